"""What each setting is called, and one sentence about it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one setting."""

    name: str
    """Before it; the letter after ``&`` leads there with Alt."""
    help: str
    """One sentence below."""

    @property
    def plain(self) -> str:
        """The name without its mark."""
        return self.name.replace("&", "")


WORDS: Final[Mapping[str, Said]] = {
    "country": Said(
        "Yo&ur country", "Trouble there is told apart from trouble elsewhere."
    ),
    "also_in": Said(
        "&Other countries that matter to you",
        "Trouble there counts as if it were in your own country: Germany, Brazil.",
    ),
    "login": Said(
        "&Start when you log in", "Downlight then waits quietly in the tray."
    ),
    "icon": Said(
        "&Icon in the tray", "Draws the icon so that it can be seen on your panel."
    ),
    "watch": Said("&What is watched", "The services this program asks about."),
    "parts": Said(
        "Parts that count",
        "Of which parts of a service you hear is chosen on the page of the service.",
    ),
    "confirm_begin": Said(
        "Looks before an outage is &believed",
        "More looks mean fewer false alarms and later news; takes effect at the next "
        "start.",
    ),
    "confirm_end": Said(
        "Looks before its &end is believed",
        "More looks mean that an outage which comes and goes is told less often; takes "
        "effect at the next start.",
    ),
    "proxy": Said(
        "&Proxy",
        "The way to the internet, where your network wants one; takes effect at the "
        "next start.",
    ),
    "notify": Said(
        "&Notify me",
        "Tells you when an outage starts and when it ends; the icon shows it in any "
        "case.",
    ),
    "notify_floor": Said(
        "&How bad it must be", "What is less bad is shown, and not told."
    ),
    "most_per_hour": Said(
        "&Most in an hour", "What comes beyond waits and is told in one go."
    ),
    "hold_while_busy": Said(
        "Wait while a &film or a talk is on",
        "News waits while something fills the screen, as far as your desktop tells, "
        "for three hours at most.",
    ),
    "notify_when": Said(
        "Each service", "Tell me of its outages always, or only of a part of them."
    ),
    "quiet_hours": Said(
        "Quiet hours",
        "What happens meanwhile is told afterwards, in one go.",
    ),
    "quiet_floor": Said(
        "&Disturb me all the same",
        "From this on you are told in quiet hours, too.",
    ),
}
"""By the key of the setting; ``login`` is kept by the desktop."""

SECTIONS: Final = (
    ("general", "General"),
    ("notify", "Notifications"),
    ("quiet", "Quiet hours"),
    ("hooks", "Automation"),
    ("sources", "Sources"),
    ("keys", "Keys"),
)
"""The sections by key, in their order."""

ICONS: Final = (
    ("auto", "As the desktop says"),
    ("light", "For a light panel"),
    ("dark", "For a dark panel"),
)
FLOORS: Final = (
    ("troubled", "Any trouble"),
    ("partly", "Partly down or worse"),
    ("down", "Only when it is down"),
)
QUIET_FLOORS: Final = (("", "Never"), *FLOORS)
WHEN: Final = (
    ("always", "Start and end"),
    ("start", "Start only"),
    ("end", "End only"),
    ("never", "Never"),
)
"""When to tell of one service."""
PROXIES: Final = (
    ("system", "As the system has it"),
    ("none", "None"),
    ("", "This one:"),
)
FROZEN: Final = "A recording is being played: settings can be seen, not changed."
