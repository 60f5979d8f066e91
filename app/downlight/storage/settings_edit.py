"""Writes single values into the text of a settings file. No disk in here."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, Final

from downlight.core.errors import SettingsError
from downlight.core.speech import mark, tr
from downlight.storage.choices import CHOICES
from downlight.storage.settings_text import parse

if TYPE_CHECKING:
    from typing import TypeAlias

    from downlight.core.settings import Settings

    Container: TypeAlias = MutableMapping[str, Any]

_HEAD: Final = """\
# Settings of Downlight. Change what you like: your comments and order are kept.
# The file is read when Downlight starts.
"""


def template(settings: Settings, head: str = _HEAD) -> str:
    """Return a new settings file that explains itself.

    Args:
        settings: What stands in it.
        head: The comment above everything.
    """
    import tomlkit  # noqa: PLC0415 - only saving pays for it

    parts = [head]
    for key, choice in CHOICES.items():
        comment = "\n".join(f"# {line}" for line in choice.comment.splitlines())
        given = _as_toml(getattr(settings, key))
        value = tomlkit.item(given).as_string()
        form = f"[{key}]\n{value}" if isinstance(given, dict) else f"{key} = {value}\n"
        parts.append(f"{comment}\n{form}")
    return "\n".join(parts)


def edited(name: str, text: str, changes: Mapping[str, Any]) -> str:
    """Return ``text`` with single values changed and all else as it stands.

    Args:
        name: What the file is called.
        text: What stands in it.
        changes: New values by their keys; of a table, new values of its entries,
            of which an empty one is taken out.

    Raises:
        SettingsError: It is no TOML, or cannot be edited without breaking it.
    """
    import tomlkit  # noqa: PLC0415 - only saving pays for it
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415 - as above

    values = {key: _as_toml(value) for key, value in changes.items()}
    wanted = _content(_merged(parse(name, text), values))
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
    error = SettingsError(
        tr("{file} cannot be changed without breaking what is in it", file=name)
    )
    error.hint = mark("Change the file by hand; it was left as it is.")
    raise error


def _merged(table: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with new values; what is a table keeps its other entries."""
    merged = {**table, **values}
    for key, value in values.items():
        if isinstance(value, dict):
            old = table.get(key)
            entries = {**(old if isinstance(old, dict) else {}), **value}
            gone = {name for name, entry in value.items() if not entry}
            merged[key] = {n: entry for n, entry in entries.items() if n not in gone}
    return merged


def _put_whole(document: Container, key: str, value: object) -> None:
    if isinstance(value, dict):
        # What stands there comes anew, too: its place may be in the way.
        value = _merged({key: _plain(document.pop(key, None))}, {key: value})[key]
    document[key] = value


def _put_entries(table: Container, entries: Mapping[str, Any]) -> None:
    for name, entry in entries.items():
        if entry:
            _put_items(table, name, entry)
        else:
            table.pop(name, None)


def _put_items(document: Container, key: str, value: object) -> None:
    from tomlkit.items import Array  # noqa: PLC0415 - only saving pays for it

    old = document.get(key)
    if isinstance(value, dict) and isinstance(old, MutableMapping):
        _put_entries(old, value)
        return
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


def _plain(value: Any) -> object:  # noqa: ANN401 - whatever stands in the file
    return value.unwrap() if hasattr(value, "unwrap") else value


def _as_toml(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _as_toml(inner) for key, inner in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _content(value: object) -> str:
    """Return a value in one form, whatever the order of its keys."""
    if isinstance(value, dict):
        return repr(sorted((key, _content(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return repr([_content(inner) for inner in value])
    # As text, because "not a number" does not equal itself.
    return repr(value)
