"""What the window and the tray draw: plain values, made by the presenter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from downlight.core.saying.words import LEVEL_WORDS
from downlight.core.speech import mark, tr
from downlight.ui.ages import NOW
from downlight.ui.kit.look import Look

if TYPE_CHECKING:
    from downlight.core.evidence.why import Leaning
    from downlight.core.model import ServiceSlug
    from downlight.core.telling.mute import Span


LOOK_WORDS: Final[dict[Look, str]] = {
    **{Look.of(level): word for level, word in LEVEL_WORDS.items()},
    Look.OFFLINE: mark("you are offline"),
    Look.BLOCKED: mark("blocked here"),
}
"""One word or two for each mark, so that shape and colour never stand alone;
in English, to be said by `tr`, as the two that follow."""
EARLY_WORD: Final = mark("possible trouble")
"""The word of the ring around a mark."""
MUTED_WORD: Final = mark("muted")
"""The word of a mark that is an outline only."""


@dataclass(frozen=True, slots=True)
class Hush:
    """A mute that a person may begin, or end."""

    text: str
    """As a line of a menu says it."""
    span: Span | None
    """For how long; None ends it."""
    slugs: tuple[ServiceSlug, ...] = ()
    """Of which services; empty: of all, as long as it lasts."""


@dataclass(frozen=True, slots=True)
class Hushes:
    """What is muted, and what a person may do about it."""

    said: str = ""
    """What is muted until when; empty while nothing is."""
    offers: tuple[Hush, ...] = ()
    end: Hush | None = None
    """Ends what is muted; None while nothing is."""
    until: str = ""
    """How long, of one service that is muted: "until 14:00"."""


UNHUSHED: Final = Hushes()


@dataclass(frozen=True, slots=True)
class Row:
    """One service in the list."""

    slug: ServiceSlug
    look: Look
    name: str
    word: str
    line: str
    """Where or what, in a few words; may be empty."""
    age: str
    """How old the information is, short: "40 s", "now"; empty when there is none."""
    early: bool = False
    """Whether the mark bears the ring of possible trouble."""
    hushes: Hushes = UNHUSHED
    """While it is muted the mark is an outline only."""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        age = self.age and _old(self.age)
        parts = [self.name, self.word, self.line, self.hushes.said, age]
        return ", ".join(part for part in parts if part)


def _old(age: str) -> str:
    return age if age == tr(NOW) else tr("{age} old", age=age)


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One current problem in the tray's menu."""

    slug: str
    """Empty: opens the window on the worst."""
    look: Look
    text: str
    early: bool = False
    muted: bool = False


@dataclass(frozen=True, slots=True)
class TrayView:
    """Everything the tray shows."""

    look: Look
    tooltip: str
    lines: tuple[MenuLine, ...] = ()
    worst: str = ""
    """Slug of the service a click opens; empty when none is watched."""
    replay: bool = False
    early: bool = False
    """Whether the mark bears the ring of possible trouble."""
    muted: bool = False
    """Whether the mark is an outline only."""
    hushes: Hushes = UNHUSHED


LineKind: TypeAlias = Literal["row", "group", "head", "update"]
"""An entry; a heading over entries; an incident's title; one step of its story."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a card."""

    title: str
    kind: LineKind = "row"
    look: Look | None = None
    """The mark before it, which also colours ``word``."""
    word: str = ""
    aside: str = ""
    """Muted, at the right: an age, a time, a sample size."""
    text: str = ""
    tags: tuple[str, ...] = ()
    link: str = ""
    """An https address to open after a click; empty for none."""
    link_text: str = mark("Open the page")
    indented: bool = False
    """Whether the room of the mark is kept where there is none."""
    notes: tuple[tuple[str, str], ...] = ()
    """What is known besides, each with a word for what it is; with the link behind a
    click. Empty: nothing unfolds."""
    kin: str = ""
    """Of which kind it is, where a card can be narrowed to some kinds."""
    fresh: bool = False
    """Whether it came since the person looked last."""


@dataclass(frozen=True, slots=True)
class Card:
    """One block of the page."""

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    shown: int | None = None
    """How many lines show at once, the rest after a click; None: all of them."""
    summary: str = ""
    """A sentence above the lines, or in their place."""
    footnote: str = ""
    act: str = ""
    """What a person can do here, as a button says it; empty for nothing."""
    kins: tuple[str, ...] = ()
    """The kinds of lines it can be narrowed to; empty: it cannot."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which parts of a service a person lets count."""

    chosen: tuple[str, ...] = ()
    """Their names or ids; empty for all."""
    listed: int | None = None
    """How many parts there are; None when not known."""
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason of a verdict."""

    who: str
    text: str
    leaning: Leaning
    word: str
    """Which way it pulls, in words."""
    age: str


@dataclass(frozen=True, slots=True)
class WhyCard:
    """Why a verdict is what it is."""

    brief: str
    """All that is shown while it is folded."""
    calm: bool
    """Whether all is well, so that it need not be unfolded."""
    summary: str = ""
    grounds: tuple[Ground, ...] = ()
    """The heaviest first."""
    missing: str = ""
    changes: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """The other services that are in trouble together with one."""

    label: str
    others: tuple[tuple[ServiceSlug, str], ...]
    """Slug and name of each."""
    more: str = ""
    """How many others there are; empty when all are named."""


@dataclass(frozen=True, slots=True)
class Detail:
    """The right side of the window, for one service."""

    slug: ServiceSlug
    look: Look
    name: str
    sentence: str
    facts: tuple[str, ...]
    """Short facts under the sentence."""
    cards: tuple[Card, ...]
    early: bool = False
    """Whether the mark bears the ring of possible trouble."""
    hushes: Hushes = UNHUSHED
    """While it is muted the mark is an outline only."""
    why: WhyCard | None = None
    """None before anything was weighed."""
    together: Together | None = None


BannerKind: TypeAlias = Literal[
    "replay", "trouble", "offline", "line", "no tray", "settings"
]


@dataclass(frozen=True, slots=True)
class Banner:
    """One strip across the window, about all of it."""

    kind: BannerKind
    text: str
