"""The text of the settings file: parsed, judged, edited. No disk in here.

A value that does not fit is named with its line, and the default is used for it
alone. Editing changes single values and leaves all else as it stands.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from downlight.core.errors import SettingsError
from downlight.core.settings import Settings
from downlight.storage.choices import (
    CHOICES,
    MOST_PARTS,
    Unfit,
    is_choice_of_parts,
    is_country,
    is_slug,
    is_when,
    is_window,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from downlight.storage.choices import Choice

_POSITION: Final = re.compile(r"\(at line (\d+), column (\d+)\)$")
_LOOKS: Final = 50
"""So many lines are looked at in search of a key; then its line stays unnamed."""
_ITEMS: Final[Mapping[str, tuple[Callable[[object], bool], str]]] = {
    "watch": (is_slug, "the short name of a service"),
    "also_in": (is_country, "a country code of two letters"),
    "quiet_hours": (is_window, 'a window such as "mon-fri 22:00-07:00"'),
}
"""What an item of a list must be, and that in words."""
_ENTRIES: Final[Mapping[str, tuple[Callable[[object], bool], str, str]]] = {
    "parts": (
        is_choice_of_parts,
        f"a list of 1 to {MOST_PARTS} names of parts",
        "all of its parts count",
    ),
    "notify_when": (
        is_when,
        '"always", "start", "end" or "never"',
        "it is told always",
    ),
}
"""What an entry of a table of services must be, that in words, and what else holds."""
_END: Final = re.compile(r"\(at end of document\)$")


def parse(name: str, text: str) -> dict[str, Any]:
    """Return the table in ``text``, which stands in the file called ``name``.

    Raises:
        SettingsError: It is no TOML; the message names line and column.
    """
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise unreadable(f"{name} is nested too deeply") from error
    except ValueError as error:  # TOMLDecodeError, or a number of 5,000 digits
        raise unreadable(f"{name}{_where_and_why(text, error)}") from error


def judge(
    name: str, text: str, table: dict[str, Any]
) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in ``table``, and what in it could not be used.

    Args:
        name: What the file is called.
        text: What stands in it, to find lines.
        table: The same, parsed.
    """
    fit: dict[str, Any] = {}
    complaints: list[str] = []
    for key, value in table.items():
        choice = CHOICES.get(key)
        where = _line_of(key, text)
        head = f"{name}{where}: "
        if choice is None:
            complaints.append(f"{head}{_unknown(key)}")
            continue
        try:
            fit[key] = choice.check(value)
        except Unfit:
            complaints.append(f"{head}{_unfit(choice, value)}")
            continue
        complaints.extend(f"{head}{words}" for words in _left_out(key, value))
        if isinstance(value, dict):
            complaints.extend(
                f"{name}{_line_of(slug, text, key) or where}: {words}"
                for slug, words in _entries_left_out(key, value)
            )
    return replace(Settings(), **fit), tuple(complaints)


def _unfit(choice: Choice, value: object) -> str:
    given = "" if choice.secret else f", not {shown(value)}"
    return (
        f"{choice.key} must be {choice.expected}{given}; "
        f"{shown(choice.default)} is used."
    )


def _unknown(key: str) -> str:
    import difflib  # noqa: PLC0415 - only a file with a slip pays for it

    near = difflib.get_close_matches(key, CHOICES, n=1)
    hint = f"did you mean {near[0]}?" if near else "it is ignored."
    return f"there is no setting called {shown(key)}; {hint}"


def _left_out(key: str, value: object) -> Iterator[str]:
    """Return why each item of a list cannot be used that cannot."""
    fits, what = _ITEMS.get(key, (_anything, ""))
    for item in value if isinstance(value, list) else ():
        if not fits(item):
            yield f"in {key}, {shown(item)} is not {what}; it is left out."


def _anything(_item: object) -> bool:
    return True


def _entries_left_out(key: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Return each entry of a table of services that cannot be used, and why."""
    fits, form, instead = _ENTRIES[key]
    for slug, value in table.items():
        if not is_slug(slug):
            why = f"{shown(slug)} is not the short name of a service; it is left out."
        elif not fits(value):
            why = f"{slug} must be {form}, not {shown(value)}; {instead}."
        else:
            continue
        yield slug, f"in {key}, {why}"


def _line_of(key: str, text: str, inside: str = "") -> str:
    """Return ", line 3" for the line where a key stands; empty when not found.

    The parser does not tell. A line that looks right is right if what stands
    before it is a whole document in which the key would be a new one.

    Args:
        key: A key at the top, or in the table ``inside``.
        text: The whole document.
        inside: Name of a table at the top; empty for the top itself.
    """
    forms = "|".join(re.escape(form) for form in (key, f'"{key}"', f"'{key}'"))
    looks_right = re.compile(
        rf"^[ \t]*(\[*)[ \t]*(?:{forms})[ \t]*[=.\]]", re.MULTILINE
    )
    for found in islice(looks_right.finditer(text), _LOOKS):
        before = text[: found.start()]
        try:
            known = tomllib.loads(before)
            then = tomllib.loads(before + ("" if found[1] else f'"{key}" = 0\n'))
        except (ValueError, RecursionError):
            continue
        if inside:
            known, then = known.get(inside, {}), then.get(inside, {})
        if (found[1] and not inside) or (key in then and key not in known):
            return f", line {before.count(chr(10)) + 1}"
    return ""


def _where_and_why(text: str, error: ValueError) -> str:
    words = str(error)
    found = _POSITION.search(words)
    if found:
        return (
            f", line {found[1]}, column {found[2]}: "
            f"{words[: found.start()].strip() or 'not TOML'}"
        )
    lines = text.splitlines() or [""]
    if _END.search(words):
        reason = _END.sub("", words).strip()
        return f", line {len(lines)}, column {len(lines[-1]) + 1}: {reason}"
    return ": a number has too many digits"


def unreadable(message: str, hint: str = "") -> SettingsError:
    """Return the error for a file that is there and cannot be used."""
    error = SettingsError(message)
    error.hint = hint or "Mend the file, or rename it to begin with a fresh one."
    return error
