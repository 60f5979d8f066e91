"""Writes single values into the text of a settings file. No disk in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from downlight.core.errors import SettingsError
from downlight.storage.choices import CHOICES
from downlight.storage.settings_text import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomlkit import TOMLDocument

    from downlight.core.settings import Settings

_HEAD: Final = """\
# Settings of Downlight. Change what you like: your comments and order are kept.
# The file is read when Downlight starts.
"""


def template(settings: Settings) -> str:
    """Return a new settings file that explains itself."""
    import tomlkit  # noqa: PLC0415 - only saving pays for it

    parts = [_HEAD]
    for key, choice in CHOICES.items():
        comment = "\n".join(f"# {line}" for line in choice.comment.splitlines())
        value = tomlkit.item(_as_toml(getattr(settings, key))).as_string()
        parts.append(f"{comment}\n{key} = {value}\n")
    return "\n".join(parts)


def edited(name: str, text: str, changes: Mapping[str, Any]) -> str:
    """Return ``text`` with single values changed and all else as it stands.

    Args:
        name: What the file is called.
        text: What stands in it.
        changes: New values by their keys.

    Raises:
        SettingsError: It is no TOML, or cannot be edited without breaking it.
    """
    import tomlkit  # noqa: PLC0415 - only saving pays for it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - as above

    values = {key: _as_toml(value) for key, value in changes.items()}
    wanted = _content(parse(name, text) | values)
    # Lists are changed item by item, so that comments between the items stay;
    # where tomlkit stumbles over those, the list is written anew.
    for put in (_put_items, _put_whole):
        try:
            document = tomlkit.parse(text)
            for key, value in values.items():
                put(document, key, value)
            result = tomlkit.dumps(document)
            # Read back before anything is written: a person's work is at stake.
            if _content(parse(name, result)) == wanted:
                return result
        except (TOMLKitError, SettingsError):
            continue
    error = SettingsError(f"{name} cannot be changed without breaking what is in it")
    error.hint = "Change the file by hand; it was left as it is."
    raise error


def _put_whole(document: TOMLDocument, key: str, value: object) -> None:
    document[key] = value


def _put_items(document: TOMLDocument, key: str, value: object) -> None:
    from tomlkit.items import Array  # noqa: PLC0415 - only saving pays for it

    old = document.get(key)
    if not isinstance(old, Array) or not isinstance(value, list):
        _put_whole(document, key, value)
        return
    items = old.unwrap()
    kept = [item for item in items if item in value]
    if kept != value[: len(kept)]:
        _put_whole(document, key, value)
        return
    for number in reversed(range(len(items))):
        if items[number] not in value:
            old.pop(number)
    for item in value[len(kept) :]:
        old.append(item)


def _as_toml(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _content(table: Mapping[str, Any]) -> list[str]:
    # As text, because "not a number" does not equal itself.
    return sorted(map(repr, table.items()))
