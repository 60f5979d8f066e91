"""What may stand in the settings file: each key, its form, and words about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from downlight.core.model import ServiceSlug
from downlight.core.places.countries import COUNTRIES
from downlight.core.settings import BY_GUESS, HOW_BAD, NOT_SAID, WHEN, Settings
from downlight.core.speech import tr
from downlight.core.telling import quiet
from downlight.core.text import line
from downlight.storage import forms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from downlight.storage.forms import Form

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ICONS: Final = ("auto", "light", "dark")
_LANGUAGES: Final = ("", "en", "tr")
_COUNTS: Final = range(1, 11)
_HOURLY: Final = range(1, 61)
MOST_WINDOWS: Final = 20
"""So many quiet hours are enough for anybody."""
_PROXIES: Final = ("http", "https", "socks5", "socks5h")
MOST_PARTS: Final = 200
"""So many parts of one service can be chosen; more is no choice."""


class Unfit(ValueError):
    """A value does not have the form its key wants."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One key of the settings file."""

    key: str
    """Also the name of the field in `Settings`."""
    form: Form
    """What may stand there."""
    check: Callable[[Any], Any]
    """Turns what TOML gave into what `Settings` holds, or raises `Unfit`."""
    comment: str
    """Stands above the key in a new file."""
    secret: bool = False
    """Whether the value may hold a password, and is not repeated in words."""

    @property
    def default(self) -> Any:  # noqa: ANN401 - of whatever type the field has
        """What is used when nothing fit stands there."""
        return getattr(Settings(), self.key)


def shown(value: object) -> str:
    """Return a value as TOML writes it, cut short, for words about it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{line(value, length=40)}"'
        case list() | tuple():
            # A file may nest them deeper than Python can follow.
            items = ("[…]" if isinstance(it, list) else shown(it) for it in value)
            return line(f"[{', '.join(items)}]", length=80)
        case dict():
            return tr("a table") if value else tr("an empty table")
        case _:
            return line(str(value), length=40)


def is_slug(value: object) -> bool:
    """Return whether a value has the form of a service's short name."""
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None


def _watch(value: object) -> tuple[ServiceSlug, ...]:
    # Single names that are no names are told of by whoever reads the file.
    if not isinstance(value, list):
        raise Unfit
    names = [ServiceSlug(item) for item in value if is_slug(item)]
    return tuple(dict.fromkeys(names))


def is_choice_of_parts(value: object) -> bool:
    """Return whether a value is a list of 1 to `MOST_PARTS` names."""
    return (
        isinstance(value, list)
        and 1 <= len(value) <= MOST_PARTS
        and all(isinstance(item, str) and line(item) for item in value)
    )


def _parts(value: object) -> dict[ServiceSlug, tuple[str, ...]]:
    # Single entries that do not fit are told of by whoever reads the file.
    if not isinstance(value, dict):
        raise Unfit
    return {
        # As pages' own names are kept, so that they are the same.
        ServiceSlug(slug): tuple(dict.fromkeys(map(line, names)))
        for slug, names in value.items()
        if is_slug(slug) and is_choice_of_parts(names)
    }


def is_when(value: object) -> bool:
    """Return whether a value says when to tell of a service."""
    return isinstance(value, str) and value in WHEN


def _when(value: object) -> dict[ServiceSlug, str]:
    # Single entries that do not fit are told of by whoever reads the file.
    if not isinstance(value, dict):
        raise Unfit
    return {
        ServiceSlug(slug): when
        for slug, when in value.items()
        if is_slug(slug) and is_when(when)
    }


def _floor(value: object) -> str:
    if isinstance(value, str) and value in HOW_BAD:
        return value
    raise Unfit


def _quiet_floor(value: object) -> str:
    return "" if value == "" else _floor(value)


def is_window(value: object) -> bool:
    """Return whether a value says when it shall be quiet."""
    try:
        return isinstance(value, str) and bool(quiet.parse(value))
    except ValueError:
        return False


def _quiet_hours(value: object) -> tuple[str, ...]:
    # Single windows that are none are told of by whoever reads the file.
    if not isinstance(value, list) or len(value) > MOST_WINDOWS:
        raise Unfit
    windows = [item for item in value if is_window(item)]
    if quiet.is_endless(map(quiet.parse, windows)):
        raise Unfit  # what waits would never be told
    return tuple(dict.fromkeys(windows))


def _country(value: object) -> str:
    if not isinstance(value, str):
        raise Unfit
    if value.casefold() in {"", NOT_SAID, BY_GUESS}:
        return value.casefold()
    if is_country(value):
        return value.upper()
    raise Unfit


def is_country(value: object) -> bool:
    """Return whether a value is the code of a country, in capitals or not."""
    # Not every capital of one letter is one letter: "ß" would be South Sudan.
    return isinstance(value, str) and value.isascii() and value.upper() in COUNTRIES


def _also_in(value: object) -> tuple[str, ...]:
    # Single items that are no countries are told of by whoever reads the file.
    if not isinstance(value, list):
        raise Unfit
    return tuple(dict.fromkeys(item.upper() for item in value if is_country(item)))


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit


def _icon(value: object) -> str:
    if isinstance(value, str) and value in _ICONS:
        return value
    raise Unfit


def _language(value: object) -> str:
    if isinstance(value, str) and value in _LANGUAGES:
        return value
    raise Unfit


def _count(value: object) -> int:
    # In Python, though not in TOML, true is a number.
    if isinstance(value, int) and not isinstance(value, bool) and value in _COUNTS:
        return value
    raise Unfit


def _most(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value in _HOURLY:
        return value
    raise Unfit


def _proxy(value: object) -> str:
    if isinstance(value, str) and (value in {"system", "none"} or _is_proxy(value)):
        return value
    raise Unfit


def _is_proxy(value: str) -> bool:
    try:
        address = urlsplit(value)
        return address.scheme in _PROXIES and bool(address.hostname and address.port)
    except ValueError:
        return False


CHOICES: Final[Mapping[str, Choice]] = {
    choice.key: choice
    for choice in (
        Choice(
            "watch",
            forms.SLUGS,
            _watch,
            "The services to watch, by their short names.\n"
            "The window has the list of all of them.",
        ),
        Choice(
            "country",
            forms.COUNTRY,
            _country,
            'Your country as two letters, e.g. "ES", to tell trouble there from\n'
            'trouble elsewhere. "auto": as the time zone tells; "none": not said.\n'
            'Empty: as "auto", and the window asks once.',
        ),
        Choice(
            "also_in",
            forms.COUNTRIES,
            _also_in,
            "Other countries whose trouble counts, too, as where your family or your\n"
            'servers are, e.g. ["DE", "BR"]. While your own country is not known,\n'
            "trouble anywhere counts.",
        ),
        Choice(
            "notify",
            forms.TRUTH,
            _truth,
            "Whether to tell you when an outage starts and when it ends.",
        ),
        Choice(
            "notify_floor",
            forms.FLOOR,
            _floor,
            'How bad it must be to tell you: "troubled", "partly" (down) or "down".',
        ),
        Choice(
            "quiet_hours",
            forms.WINDOWS,
            _quiet_hours,
            "When not to disturb you; what happens meanwhile is told afterwards, in\n"
            'one go. E.g. ["22:00-07:00", "sat-sun 00:00-24:00"]',
        ),
        Choice(
            "quiet_floor",
            forms.QUIET_FLOOR,
            _quiet_floor,
            "How bad it must be to tell you in quiet hours, too, in the same words;\n"
            "empty: nothing is told then.",
        ),
        Choice(
            "most_per_hour",
            forms.HOURLY,
            _most,
            "How many notifications an hour, 1 to 60; what comes beyond waits and is\n"
            "told in one go.",
        ),
        Choice(
            "hold_while_busy",
            forms.TRUTH,
            _truth,
            "Whether notifications wait while a film or a talk is on, as far as your\n"
            "desktop tells; three hours at most.",
        ),
        Choice(
            "icon",
            forms.ICON,
            _icon,
            'Draw the icon for a "light" or a "dark" panel; "auto": as the\n'
            "desktop says.",
        ),
        Choice(
            "language",
            forms.LANGUAGE,
            _language,
            'What Downlight speaks: "en" (English) or "tr" (Turkish); empty: as the\n'
            "system. Takes effect when it starts again.",
        ),
        Choice(
            "confirm_begin",
            forms.LOOKS,
            _count,
            "How often in a row an outage must be seen before it is believed, 1 to 10.",
        ),
        Choice(
            "confirm_end",
            forms.LOOKS,
            _count,
            "How often in a row its end must be seen before it is believed, 1 to 10.",
        ),
        Choice(
            "proxy",
            forms.PROXY,
            _proxy,
            '"system": the proxy of the system; "none": no proxy; or an address,\n'
            'e.g. "http://proxy.example:8080" or "socks5://127.0.0.1:1080".',
            secret=True,
        ),
        Choice(
            "notify_when",
            forms.WHENS,
            _when,
            'When to tell you of a service, where not always: "start", "end" or\n'
            '"never", e.g. github = "end"',
        ),
        Choice(
            "parts",
            forms.PARTS,
            _parts,
            "The parts that count, where not all parts of a service do, by the names\n"
            'on its page, e.g. github = ["Actions", "Git Operations"]',
        ),
    )
}
"""Every key, in the order of a new file; what is a table stands last."""
