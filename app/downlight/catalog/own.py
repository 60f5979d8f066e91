"""The services a person added: one file, written like the catalog.

A person may edit it. What stands in it is never thrown away: an entry is put at the
end or taken out, and everything else stays as it stands, comments included.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from downlight.catalog.catalog import Catalog, gather
from downlight.catalog.entry import entries, read
from downlight.core.errors import CatalogError
from downlight.core.speech import mark

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from downlight.core.addition import Addition

_ENTRY: Final = re.compile(r"^[ \t]*\[\[[ \t]*service[ \t]*\]\]", re.MULTILINE)
_REST: Final = re.compile(r"[^a-z0-9]+")


def load(path: Path, families: Collection[str]) -> Catalog:
    """Read the services a person added; none when there is no such file.

    Raises:
        CatalogError: The file cannot be read or contradicts itself; the message
            names the line.
    """
    try:
        return parse(path.name, _read(path), families)
    except FileNotFoundError:
        return Catalog()


def parse(name: str, text: str, families: Collection[str]) -> Catalog:
    """Return the services that stand in ``text``.

    Args:
        name: What the file is called.
        text: What stands in it.
        families: Every way in which a source can be read.

    Raises:
        CatalogError: It contradicts itself; the message names the line.
    """
    lines = [text.count("\n", 0, e.start()) + 1 for e in _ENTRY.finditer(text)]
    found = entries(name, text, lines)
    return gather(((e.where, read(e, families, own=True)) for e in found), own=True)


def add(path: Path, addition: Addition, taken: Collection[str] = ()) -> None:
    """Put a service at the end of the file; make the file when there is none.

    Args:
        path: The file.
        addition: What is added; its slug must be new, see `free_slug`.
        taken: Slugs of the shipped catalog.

    Raises:
        CatalogError: Its slug is taken, the catalog could not read it, or the file
            cannot be read; it is then left as it is.
        StorageError: The disk refuses.
    """
    add_all(path, [addition], taken)


def add_all(
    path: Path, additions: Sequence[Addition], taken: Collection[str] = ()
) -> None:
    """Put services at the end of the file, as `add` does: all of them, or none.

    Raises:
        CatalogError: As `add` says, of one of them.
        StorageError: The disk refuses.
    """
    # Only saving pays for it.
    from downlight.catalog.writing import HEAD, alone, replace, written  # noqa: PLC0415

    slugs = [addition.service.slug for addition in additions]
    for slug in slugs:
        if slug in taken:
            raise CatalogError(f"{path.name}: {slug}: is taken")
    entry = "\n".join(map(written, additions))
    families = {spec.family for it in additions for spec in it.sources}
    for table in entries(path.name, entry):
        read(table, families, own=True)
    with alone(path):
        try:
            text = _read(path)
        except FileNotFoundError:
            text = HEAD
        had = _services(path, text)
        there = [_slug(service) for service in had]
        for slug in slugs:
            if slug in there:
                raise CatalogError(f"{path.name}: {slug}: is there already")
        gap = "" if text.endswith("\n") else "\n"
        new = f"{text}{gap}\n{entry}"
        if "\r\n" in text:
            new = re.sub(r"\r?\n", "\r\n", new)
        _check(path, new, [*had, *_services(path, entry)])
        replace(path, new)


def remove(path: Path, slug: str) -> None:
    """Take a service out of the file.

    Raises:
        CatalogError: It is not there, or the file cannot be read or changed; it is
            then left as it is.
        StorageError: The disk refuses.
    """
    from downlight.catalog.writing import alone, replace  # noqa: PLC0415 - as in `add`

    with alone(path):
        try:
            text = _read(path)
        except FileNotFoundError:
            text = ""
        had = _services(path, text)
        slugs = [_slug(service) for service in had]
        if slug not in slugs:
            raise CatalogError(f"{path.name}: {slug}: is not there")
        number = slugs.index(slug)
        starts = [entry.start() for entry in _ENTRY.finditer(text)]
        if len(starts) != len(had):
            raise _by_hand(path)
        start, *after = starts[number:]
        end = after[0] if after else len(text)
        new = text[:start] + _comments_below(text[start:end]) + text[end:]
        _check(path, new, had[:number] + had[number + 1 :])
        replace(path, new)


def free_slug(name: str, taken: Collection[str]) -> str:
    """Return a slug made of ``name`` that is none of ``taken``."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    slug = _REST.sub("-", plain).strip("-") or "service"
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def _comments_below(entry: str) -> str:
    """Return the comments after an entry: they are about the next one, or the file."""
    lines = entry.split("\n")
    number = len(lines)
    while lines[number - 1].lstrip()[:1] in {"", "#"}:
        number -= 1
    return "\n".join(lines[number:])


def _read(path: Path) -> str:
    try:
        # Notepad puts a mark before UTF-8; line ends stay as they are.
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path.name}: not readable: {error}") from error


def _services(path: Path, text: str) -> list[Any]:
    """Return what stands in the file, whatever it is worth."""
    try:
        found = tomllib.loads(text).get("service", [])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogError(f"{path.name}: {error}") from error
    return found if isinstance(found, list) else [found]


def _slug(service: object) -> object:
    return service.get("slug") if isinstance(service, dict) else None


def _check(path: Path, text: str, wanted: list[Any]) -> None:
    """Read back before anything is written: a person's work is at stake."""
    try:
        if _services(path, text) == wanted:
            return
    except CatalogError:
        pass
    raise _by_hand(path)


def _by_hand(path: Path) -> CatalogError:
    error = CatalogError(f"{path.name} cannot be changed without breaking it")
    error.hint = mark("Change the file by hand; it was left as it is.")
    return error
