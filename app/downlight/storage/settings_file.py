"""The settings file: TOML that people edit, read with patience.

A value that does not fit is named with its line, and the default is used for it
alone. What a person wrote is never thrown away: saving changes single values and
leaves comments, order and everything else as they stand.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from downlight.core.errors import SettingsError
from downlight.core.settings import Settings
from downlight.core.speech import tr
from downlight.storage.choices import CHOICES
from downlight.storage.settings_text import judge, parse, unreadable
from downlight.storage.trouble import of_disk

LARGEST: Final = 1_000_000
"""A settings file has at most this many bytes."""


def load(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Read the settings; never fails.

    Returns:
        The settings, and a sentence for each thing in the file that could not
        be used: where it stands, what was expected, what is used instead. A
        file that is not there has nothing to complain about.
    """
    try:
        text = read_text(path)
        table = parse(path.name, text)
    except FileNotFoundError:
        return Settings(), ()
    except SettingsError as error:
        return Settings(), (
            tr(
                "{why}. All defaults are used and the file is left as it is.",
                why=error,
            ),
        )
    return judge(path.name, text, table)


def is_written(path: Path) -> bool:
    """Whether there is a settings file, or anything in its place."""
    return os.path.lexists(path)


def save(path: Path, settings: Settings, was: Settings | None = None) -> None:
    """Put settings into the file; write a commented one when there is none.

    Only values that differ from what the file says are touched.

    Args:
        path: The file; a link is followed.
        settings: What shall hold from now on.
        was: What was in force before. What did not change since is then left as
            it stands in the file: a person may have edited it meanwhile.

    Raises:
        SettingsError: The file there cannot be read, so it is not touched.
        StorageError: The disk refuses.
    """
    # tomlkit is only needed here, and start-up is felt.
    from downlight.storage.settings_edit import edited, template  # noqa: PLC0415 - above

    try:
        text = read_text(path)
    except FileNotFoundError:
        _write(path, template(settings))
        return
    present, _ = judge(path.name, text, parse(path.name, text))
    changes = _changes(settings, present, was)
    if changes:
        _write(path, edited(path.name, text, changes))


def _changes(
    settings: Settings, present: Settings, was: Settings | None
) -> dict[str, Any]:
    """Return what to put into the file; of a table, its entries that change.

    An entry that shall go has nothing in it.
    """
    changes: dict[str, Any] = {}
    for key in CHOICES:
        new, old = getattr(settings, key), getattr(present, key)
        before = new if was is None else getattr(was, key)
        if isinstance(old, Mapping):
            entries = {
                name: new.get(name, ())
                for name in (*new, *old)
                if new.get(name) != old.get(name)
                and (was is None or new.get(name) != before.get(name))
            }
            if entries:
                changes[key] = entries
        elif new != old and (was is None or new != before):
            changes[key] = new if was is None else _joined(new, old, before)
    return changes


def _joined(new: Any, old: Any, before: Any) -> Any:  # noqa: ANN401 - of any key
    """Return what to put for a value; of a list what others did to it stays done.

    Args:
        new: What shall hold.
        old: What stands in the file.
        before: What was in force.
    """
    if not isinstance(new, tuple) or old == before:
        return new
    kept = (item for item in old if item in new or item not in before)
    added = (item for item in new if item not in before)
    return tuple(dict.fromkeys((*kept, *added)))


def read_text(path: Path) -> str:
    """Return what stands in the file, line ends and all.

    Raises:
        FileNotFoundError: There is none.
        SettingsError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise unreadable(
            tr(
                "{file} cannot be read: {why}",
                file=path.name,
                why=error.strerror or error,
            ),
            hint=tr("Check that {file} is a file and is yours.", file=path),
        ) from error
    if len(body) > LARGEST:
        raise unreadable(
            tr("{file} is too large to be a settings file", file=path.name)
        )
    try:
        # Notepad puts a mark before UTF-8.
        return body.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as error:
        number = body.count(b"\n", 0, error.start) + 1
        raise unreadable(
            tr(
                "{file}, line {line}: this is not UTF-8",
                file=path.name,
                line=number,
            )
        ) from error


def _write(path: Path, text: str) -> None:
    """Replace what stands at ``path``: wholly, or not at all."""
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
        number, name = tempfile.mkstemp(".tmp", f".{target.name}-", target.parent)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            draft = Path(name)
            draft.chmod(mode)
            draft.replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        _keep_name(target.parent)
    except OSError as error:
        raise of_disk(error, path) from error


def _keep_name(folder: Path) -> None:
    """Make sure that the new name, too, outlives a power cut."""
    if os.name == "posix":  # elsewhere a folder cannot be opened
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
