"""Writes a person's own services into their file: wholly, or not at all."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from downlight.core.errors import StorageError
from downlight.core.speech import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from downlight.core.addition import Addition
    from downlight.core.model import Selection

HEAD: Final = """\
# Services you added to Downlight, written as in its own catalog. Change what you
# like: your comments and order are kept. The file is read when Downlight starts.
"""


def written(addition: Addition) -> str:
    """Return the entry of a service and its sources as it stands in the file."""
    return "".join(f"{line}\n" for line in _lines(addition))


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other programs from changing what stands at ``path`` meanwhile.

    Raises:
        StorageError: The disk refuses.
    """
    # A file of its own, as the other one is replaced. It stays: were it taken away,
    # two could hold a lock of one name. The lock falls with the process.
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.with_name(f".{target.name}-guard").open("ab") as guard:
            _lock(guard.fileno())
            yield
    except OSError as error:
        raise _refused(path, error) from error


def replace(path: Path, text: str) -> None:
    """Replace what stands at ``path``; a link is followed.

    Raises:
        StorageError: The disk refuses; the file is as it was.
    """
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
            Path(name).chmod(mode)
            Path(name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> StorageError:
    failure = StorageError(f"{path.name}: {error.strerror or error}")
    failure.title = tr("{file} cannot be written", file=path.name)
    failure.hint = tr(
        "Check that {folder} exists, is yours and has room.", folder=path.parent
    )
    return failure


def _lines(addition: Addition) -> Iterator[str]:
    service = addition.service
    yield "[[service]]"
    for key in ("slug", "name", "category", "owner", "parent"):
        yield from _pair(key, getattr(service, key))
    yield from _pair("aliases", service.aliases)
    yield from _pair("page", service.page)
    yield from _pair("note", service.note)
    if service.measured_only:
        yield "measured_only = true"
    yield from _pair("siblings", service.siblings)
    yield from _pair("alternatives", service.alternatives)
    chosen = {feed.source: feed.selection for feed in service.feeds}
    for spec in addition.sources:
        yield from ("", "[[service.sources]]")
        for key in ("family", "url", "name", "note"):
            yield from _pair(key, getattr(spec, key))
        options = [
            # A single word tells two sources at one address apart.
            (key, values[0] if len(values) == 1 else values)
            for key, values in spec.options.items()
        ]
        yield from _inner("options", options)
        if spec.id in chosen:
            yield from _inner("select", _selected(chosen[spec.id]))
    for fact in service.facts:
        yield from ("", "[[service.facts]]")
        for key in ("topic", "text", "source", "as_of"):
            yield from _pair(key, getattr(fact, key))


def _selected(selection: Selection) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key in ("groups", "components", "regions"):
        if names := getattr(selection, key):
            yield key, tuple(sorted(names))


def _pair(key: str, value: str | tuple[str, ...]) -> Iterator[str]:
    if value:
        yield f"{key} = {_value(value)}"


def _inner(
    key: str, pairs: Iterable[tuple[str, str | tuple[str, ...]]]
) -> Iterator[str]:
    inside = ", ".join(f"{_value(k)} = {_value(v)}" for k, v in pairs)
    if inside:
        yield f"{key} = {{ {inside} }}"


def _value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    # What JSON writes is a basic string of TOML, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        """Wait for an open file until nobody else has it locked, ten seconds at most.

        Raises:
            OSError: Somebody does not let go.
        """
        msvcrt.locking(number, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(number: int) -> None:
        """Wait for an open file until nobody else has it locked."""
        fcntl.flock(number, fcntl.LOCK_EX)
