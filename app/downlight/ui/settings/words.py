"""What each setting is called, and one sentence about it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one setting, in English; shown by `tr`."""

    name: str
    """Before it; the letter after ``&`` leads there with Alt."""
    help: str
    """One sentence below."""

    @property
    def plain(self) -> str:
        """The name as it is shown, without its mark."""
        return tr(self.name).replace("&", "")


WORDS: Final[Mapping[str, Said]] = {
    "country": Said(
        mark("Yo&ur country"),
        mark("Trouble there is told apart from trouble elsewhere."),
    ),
    "also_in": Said(
        mark("&Other countries that matter to you"),
        mark(
            "Trouble there counts as if it were in your own country: Germany, Brazil."
        ),
    ),
    "login": Said(
        mark("&Start when you log in"),
        mark("Downlight then waits quietly in the tray."),
    ),
    "icon": Said(
        mark("&Icon in the tray"),
        mark("Draws the icon so that it can be seen on your panel."),
    ),
    "language": Said(
        mark("&Language"),
        mark("What Downlight speaks; takes effect when it starts again."),
    ),
    "watch": Said(
        mark("&What is watched"), mark("The services this program asks about.")
    ),
    "parts": Said(
        mark("Parts that count"),
        mark(
            "Of which parts of a service you hear is chosen on the page of the service."
        ),
    ),
    "confirm_begin": Said(
        mark("Looks before an outage is &believed"),
        mark(
            "More looks mean fewer false alarms and later news; takes effect at the "
            "next start."
        ),
    ),
    "confirm_end": Said(
        mark("Looks before its &end is believed"),
        mark(
            "More looks mean that an outage which comes and goes is told less often; "
            "takes effect at the next start."
        ),
    ),
    "proxy": Said(
        mark("&Proxy"),
        mark(
            "The way to the internet, where your network wants one; takes effect at "
            "the next start."
        ),
    ),
    "notify": Said(
        mark("&Notify me"),
        mark(
            "Tells you when an outage starts and when it ends; the icon shows it in "
            "any case."
        ),
    ),
    "notify_floor": Said(
        mark("&How bad it must be"), mark("What is less bad is shown, and not told.")
    ),
    "most_per_hour": Said(
        mark("&Most in an hour"), mark("What comes beyond waits and is told in one go.")
    ),
    "hold_while_busy": Said(
        mark("Wait while a &film or a talk is on"),
        mark(
            "News waits while something fills the screen, as far as your desktop "
            "tells, for three hours at most."
        ),
    ),
    "notify_when": Said(
        mark("Each service"),
        mark("Tell me of its outages always, or only of a part of them."),
    ),
    "quiet_hours": Said(
        mark("Quiet hours"),
        mark("What happens meanwhile is told afterwards, in one go."),
    ),
    "quiet_floor": Said(
        mark("&Disturb me all the same"),
        mark("From this on you are told in quiet hours, too."),
    ),
}
"""By the key of the setting; ``login`` is kept by the desktop."""

SECTIONS: Final = (
    ("general", mark("General")),
    ("notify", mark("Notifications")),
    ("quiet", mark("Quiet hours")),
    ("hooks", mark("Automation")),
    ("sources", mark("Sources")),
    ("keys", mark("Keys")),
)
"""The sections by key, in their order."""

ICONS: Final = (
    ("auto", mark("As the desktop says")),
    ("light", mark("For a light panel")),
    ("dark", mark("For a dark panel")),
)
SYSTEM: Final = mark("As the system")
LANGUAGES: Final = (("en", "English"), ("tr", "Türkçe"))
"""By what they call themselves; not translated."""
FLOORS: Final = (
    ("troubled", mark("Any trouble")),
    ("partly", mark("Partly down or worse")),
    ("down", mark("Only when it is down")),
)
QUIET_FLOORS: Final = (("", mark("Never")), *FLOORS)
WHEN: Final = (
    ("always", mark("Start and end")),
    ("start", mark("Start only")),
    ("end", mark("End only")),
    ("never", mark("Never")),
)
"""When to tell of one service."""
PROXIES: Final = (
    ("system", mark("As the system has it")),
    ("none", mark("None")),
    ("", mark("This one:")),
)
FROZEN: Final = mark("A recording is being played: settings can be seen, not changed.")


def spoken(choices: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return values, each with the words for it in the person's language."""
    return tuple((value, tr(words)) for value, words in choices)
