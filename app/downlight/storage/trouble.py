"""What went wrong with the disk, in words for people."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from downlight.core.errors import StorageError
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from pathlib import Path

_SCARCE: Final = 256 * 1024
"""Less free space than this, in bytes, and the disk counts as full."""


def storage_error(message: str, *, title: str, hint: str = "") -> StorageError:
    """Return a `StorageError` with its words for people.

    Args:
        message: For the log.
        title: A few words for a person.
        hint: What a person can do about it; empty when nothing.
    """
    error = StorageError(message)
    error.title = title
    error.hint = hint
    return error


def of_disk(error: OSError, path: Path) -> StorageError:
    """Return what went wrong with the file or folder at ``path``."""
    message = f"{path.name}: {error.strerror or error}"
    return full(message) if is_full(path) else refused(message, path)


def full(message: str) -> StorageError:
    """Return the words for a disk with no room left."""
    return storage_error(
        message,
        title=mark("Disk full"),
        hint=mark("Make room on the disk; what happens meanwhile is not remembered."),
    )


def refused(message: str, path: Path | None) -> StorageError:
    """Return the words for a place that may not be written or read."""
    hint = mark("Check that it exists and is yours.")
    if path is not None:
        hint = tr("Check that {folder} exists and is yours.", folder=path.parent)
    return storage_error(message, title=mark("Folder not writable"), hint=hint)


def is_full(path: Path | None) -> bool:
    """Return whether there is no room left where ``path`` lies."""
    try:
        return path is not None and shutil.disk_usage(path.parent).free < _SCARCE
    except OSError:  # no such folder: then that is what is wrong
        return False
