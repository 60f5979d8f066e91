"""What the window and the tray draw: plain values, made by the presenter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from downlight.core.level import Level
from downlight.core.words import LEVEL_WORDS

if TYPE_CHECKING:
    from downlight.core.model import ServiceSlug


@unique
class Look(StrEnum):
    """The seven marks: one per level, one for not knowing, one for our own line."""

    UNKNOWN = "unknown"
    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL = "partial"
    MAJOR = "major"
    OFFLINE = "offline"

    @classmethod
    def of(cls, level: Level | None) -> Look:
        """Return the mark of a level."""
        return _LOOKS[level]


_LOOKS: Final[dict[Level | None, Look]] = {
    None: Look.UNKNOWN,
    Level.OPERATIONAL: Look.OPERATIONAL,
    Level.MAINTENANCE: Look.MAINTENANCE,
    Level.DEGRADED: Look.DEGRADED,
    Level.PARTIAL: Look.PARTIAL,
    Level.MAJOR: Look.MAJOR,
}

LOOK_WORDS: Final[dict[Look, str]] = {
    **{look: LEVEL_WORDS[level] for level, look in _LOOKS.items()},
    Look.OFFLINE: "you are offline",
}
"""One word or two for each mark, so that shape and colour never stand alone."""

RANK: Final[dict[Look, int]] = {
    Look.MAJOR: 0,
    Look.PARTIAL: 1,
    Look.DEGRADED: 2,
    Look.OFFLINE: 3,
    Look.UNKNOWN: 4,
    Look.MAINTENANCE: 5,
    Look.OPERATIONAL: 6,
}
"""Worst first; what is not known stands above what is known to be well."""


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
    """How old the information is, short: "40 s"; empty when there is none."""

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        parts = [self.name, self.word, self.line, self.age and f"{self.age} old"]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One current problem in the tray's menu."""

    slug: str
    """Empty: opens the window on the worst."""
    look: Look
    text: str


@dataclass(frozen=True, slots=True)
class TrayView:
    """Everything the tray shows."""

    look: Look
    tooltip: str
    lines: tuple[MenuLine, ...] = ()
    worst: str = ""
    """Slug of the service a click opens; empty when none is watched."""
    replay: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """One short fact under the sentence."""

    label: str
    value: str


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


@dataclass(frozen=True, slots=True)
class Detail:
    """The right side of the window, for one service."""

    slug: ServiceSlug
    look: Look
    name: str
    sentence: str
    chips: tuple[Chip, ...]
    cards: tuple[Card, ...]


BannerKind: TypeAlias = Literal["replay", "trouble", "offline", "no tray", "settings"]


@dataclass(frozen=True, slots=True)
class Banner:
    """One strip across the window, about all of it."""

    kind: BannerKind
    text: str
