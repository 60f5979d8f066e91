"""The text of the settings file: parsed, judged, edited. No disk in here.

A value that does not fit is named with its line, and the default is used for it
alone. Editing changes single values and leaves all else as it stands.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from downlight.core.errors import SettingsError
from downlight.core.settings import Settings
from downlight.core.speech import mark, tr
from downlight.storage import forms
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
    "watch": (is_slug, forms.NO_SLUG),
    "also_in": (is_country, forms.NO_COUNTRY),
    "quiet_hours": (is_window, forms.NO_WINDOW),
}
"""What an item of a list must be, and what is said of one that is not."""
_ENTRIES: Final[Mapping[str, tuple[Callable[[object], bool], str, str]]] = {
    "parts": (is_choice_of_parts, forms.NO_PARTS, forms.ALL_PARTS),
    "notify_when": (is_when, forms.NO_WHEN, forms.ALWAYS),
}
"""What an entry of a table of services must be, what is said of one that is not, and
what holds instead."""
_END: Final = re.compile(r"\(at end of document\)$")


@dataclass(frozen=True, slots=True)
class Complaint:
    """Something in the file that cannot be used."""

    where: str
    """The file, and the line if it is known."""
    why: str
    """A clause."""
    instead: str
    """What is done instead: a clause that ends a sentence."""

    @property
    def words(self) -> str:
        """All of it in a sentence."""
        return tr(
            "{where}: {why}; {instead}",
            where=self.where,
            why=self.why,
            instead=self.instead,
        )


def parse(name: str, text: str) -> dict[str, Any]:
    """Return the table in ``text``, which stands in the file called ``name``.

    Raises:
        SettingsError: It is no TOML; the message names line and column.
    """
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise unreadable(tr("{file} is nested too deeply", file=name)) from error
    except ValueError as error:  # TOMLDecodeError, or a number of 5,000 digits
        raise unreadable(_where_and_why(name, text, error)) from error


def judge(
    name: str, text: str, table: dict[str, Any]
) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings in ``table``, and a sentence for what could not be used.

    Args:
        name: What the file is called.
        text: What stands in it, to find lines.
        table: The same, parsed.
    """
    settings, complaints = weigh(name, text, table)
    return settings, tuple(it.words for it in complaints)


def weigh(
    name: str, text: str, table: dict[str, Any]
) -> tuple[Settings, tuple[Complaint, ...]]:
    """Return what `judge` does, with the complaints in their parts."""
    fit: dict[str, Any] = {}
    complaints: list[Complaint] = []
    for key, value in table.items():
        choice = CHOICES.get(key)
        number = _line_of(key, text)
        where = _where(name, number)
        if choice is None:
            complaints.append(_unknown(where, key))
            continue
        try:
            fit[key] = choice.check(value)
        except Unfit:
            complaints.append(_unfit(where, choice, value))
            continue
        complaints.extend(
            Complaint(where, why, tr(forms.LEFT_OUT)) for why in _left_out(key, value)
        )
        if isinstance(value, dict):
            complaints.extend(
                Complaint(_where(name, _line_of(slug, text, key) or number), *said)
                for slug, *said in _entries_left_out(key, value)
            )
    return replace(Settings(), **fit), tuple(complaints)


def _where(name: str, number: int | None) -> str:
    return tr("{file}, line {line}", file=name, line=number) if number else name


def _unfit(where: str, choice: Choice, value: object) -> Complaint:
    why = tr(choice.form.of_key, key=choice.key)
    if not choice.secret:
        why = tr("{must}, not {given}", must=why, given=shown(value))
    return Complaint(where, why, tr("{value} is used.", value=shown(choice.default)))


def _unknown(where: str, key: str) -> Complaint:
    import difflib  # noqa: PLC0415 - only a file with a slip pays for it

    why = tr("there is no setting called {key}", key=shown(key))
    for near in difflib.get_close_matches(key, CHOICES, n=1):
        return Complaint(where, why, tr("did you mean {key}?", key=near))
    return Complaint(where, why, tr("it is ignored."))


def _left_out(key: str, value: object) -> Iterator[str]:
    """Return why each item of a list cannot be used that cannot."""
    fits, wrong = _ITEMS.get(key, (_anything, ""))
    for item in value if isinstance(value, list) else ():
        if not fits(item):
            yield tr(wrong, key=key, item=shown(item))


def _anything(_item: object) -> bool:
    return True


def _entries_left_out(
    key: str, table: dict[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Return each entry of a table of services that cannot be used, why, and what then.

    Names of services are looked at, too.
    """
    fits, wrong, instead = _ENTRIES[key]
    for slug, value in table.items():
        if not is_slug(slug):
            why = tr(forms.NO_SLUG, key=key, item=shown(slug))
            yield slug, why, tr(forms.LEFT_OUT)
        elif not fits(value):
            given = shown(value)
            why = tr(wrong, key=key, name=slug, given=given, most=MOST_PARTS)
            yield slug, why, tr(instead)


def _line_of(key: str, text: str, inside: str = "") -> int | None:
    """Return the line where a key stands; None when not found.

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
            return before.count("\n") + 1
    return None


def _where_and_why(name: str, text: str, error: ValueError) -> str:
    words = str(error)
    found = _POSITION.search(words)
    if found:
        line, column = int(found[1]), int(found[2])
        reason = words[: found.start()].strip() or tr("not TOML")
    elif _END.search(words):
        lines = text.splitlines() or [""]
        line, column = len(lines), len(lines[-1]) + 1
        reason = _END.sub("", words).strip()
    else:
        return tr("{file}: a number has too many digits", file=name)
    return tr(
        "{file}, line {line}, column {column}: {reason}",
        file=name,
        line=line,
        column=column,
        reason=reason,
    )


def unreadable(message: str, hint: str = "") -> SettingsError:
    """Return the error for a file that is there and cannot be used."""
    error = SettingsError(message)
    error.hint = hint or mark("Mend the file, or rename it to begin with a fresh one.")
    return error
