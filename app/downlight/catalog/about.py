"""Reads what is known about a service beyond the catalog.

How the files are written: ``resources/about/README.md``.
"""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from downlight.catalog.table import Table
from downlight.core.about import (
    About,
    Example,
    Ground,
    Outlet,
    Question,
    Tie,
    Use,
    Weakness,
)
from downlight.core.errors import CatalogError
from downlight.core.model import ServiceSlug
from downlight.core.rungs.ladder import Rung
from downlight.core.service import Fact

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

_PARTS: Final = frozenset(
    ("fact", "needs", "needed", "use", "failure", "question", "channel")
)
_WORD: Final = ("source", "as_of")
_GROUND: Final = (*_WORD, "by_design")
_MONTH: Final = len("2026-11")


def load(folder: Path, slug: str) -> About | None:
    """Return what is known about a service; None when nobody wrote it down.

    Args:
        folder: Where the files are, each named by a slug.
        slug: Which service.

    Raises:
        CatalogError: The file cannot be read; the message says why.
    """
    file = folder / f"{slug}.toml"
    if not file.is_file():
        return None
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{file.name}: {error}") from error
    return read(file.name, text)


def read(file: str, text: str) -> About:
    """Turn the text of a file into what it says.

    Args:
        file: What the file is called, for messages.
        text: What stands in it.

    Raises:
        CatalogError: It is no TOML, says something nobody knows, or misses something.
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogError(f"{file}: {error}") from error
    page = Table(file, document, _PARTS)
    about = About(
        facts=_all(page, "fact", ("topic", "text", *_WORD), _fact),
        needs=_all(page, "needs", ("name", "text", "slug", *_GROUND), _tie),
        needed=_all(page, "needed", ("name", "text", "slug", *_GROUND), _tie),
        uses=_all(page, "use", ("who", "does", "fails", *_GROUND), _use),
        weaknesses=_all(
            page, "failure", ("title", "text", "rungs", "sign", "example"), _weakness
        ),
        questions=_all(page, "question", ("ask", "answer", *_GROUND), _question),
        outlets=_all(page, "channel", ("name", "text", "url", *_WORD), _outlet),
    )
    if about == About():
        raise CatalogError(f"{file}: there is nothing in it")
    return about


def _all(
    page: Table, key: str, keys: tuple[str, ...], read_one: Callable[[Table], T]
) -> tuple[T, ...]:
    return tuple(
        read_one(Table(f"{page.where}: {key} {number}", values, frozenset(keys)))
        for number, values in enumerate(page.tables(key), start=1)
    )


def _fact(entry: Table) -> Fact:
    said = _said(entry)
    return Fact(entry.text("topic"), entry.text("text"), said.source, said.as_of)


def _tie(entry: Table) -> Tie:
    slug = entry.text("slug", "")
    return Tie(
        entry.text("name"),
        entry.text("text"),
        _ground(entry),
        ServiceSlug(slug) if slug else None,
    )


def _use(entry: Table) -> Use:
    return Use(
        entry.text("who"), entry.text("does"), entry.text("fails"), _ground(entry)
    )


def _weakness(entry: Table) -> Weakness:
    try:
        rungs = tuple(map(Rung, entry.texts("rungs")))
    except ValueError as error:
        raise entry.wrong("rungs", str(error)) from error
    keys = frozenset(("outage", "text", "day", "sure", "sources"))
    example = entry.inner("example", keys)
    return Weakness(
        entry.text("title"),
        entry.text("text"),
        entry.text("sign"),
        rungs,
        _example(example) if example.items() else None,
    )


def _example(entry: Table) -> Example:
    day, sources = _date(entry, "day"), entry.texts("sources")
    if len(day) <= _MONTH:
        raise entry.wrong("day", f"{day!r} is no day")
    if not sources:
        raise entry.wrong("sources", "missing")
    return Example(
        entry.text("text"),
        day,
        tuple(_source(entry, "sources", source) for source in sources),
        entry.flag("sure"),
        entry.text("outage", ""),
    )


def _question(entry: Table) -> Question:
    return Question(entry.text("ask"), entry.text("answer"), _ground(entry))


def _outlet(entry: Table) -> Outlet:
    return Outlet(
        entry.text("name"), entry.text("text"), entry.address("url"), _said(entry)
    )


def _ground(entry: Table) -> Ground:
    """Return what a statement rests on; a word of somebody, or nobody's."""
    if not entry.flag("by_design"):
        return _said(entry)
    if any(key in _WORD for key, _ in entry.items()):
        raise entry.wrong("by_design", "cannot have a source and a date as well")
    return Ground()


def _said(entry: Table) -> Ground:
    source = _source(entry, "source", entry.text("source"))
    return Ground(source, _date(entry, "as_of"))


def _source(entry: Table, key: str, source: str) -> str:
    if "://" not in source:
        return source
    where = f"{entry.where}: {key}"
    return Table(where, {"address": source}, frozenset({"address"})).address("address")


def _date(entry: Table, key: str) -> str:
    text = entry.text(key)
    whole = f"{text}-01" if len(text) == _MONTH else text
    try:
        normal = date.fromisoformat(whole).isoformat()
    except ValueError:
        normal = ""
    if normal != whole:
        raise entry.wrong(key, f"{text!r} is no date like 2026-11-21 or 2026-11")
    return text
