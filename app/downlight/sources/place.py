"""What stands at an address, and what is worth trying there, the likeliest first.

First what the ending of the address says, then what the page speaks of, what was served
there, what is drawn into the page; then every place where a known product answers (in
the order of `signs`), last the page's feeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from downlight.core.errors import CatalogError, SourceError, Unreadable
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.sources import registry, signs, wire
from downlight.sources.signs import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from downlight.core.model import Report
    from downlight.core.ports import Answer, Source

FEED: Final = "rss"
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_ANYBODYS: Final = frozenset({b"", b"[]", b"{}"})
"""Bodies that tell nothing of their format."""
_FEEDS: Final = ("statusiq", "azure-rss", FEED)
"""Who reads a feed; of the others each takes every feed for its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at an address, before anybody knows what it is."""

    url: str
    """Where the address has led."""
    seen: Answer | None
    """What was served there, if anything was."""
    page: signs.Page
    """The same as a web page; an empty one if it is none."""
    only: str
    """The one family to try; empty for all."""

    @property
    def host(self) -> str:
        """Its name, in lower case."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_here(self) -> bool:
        """Whether it is this computer, where a copy of anybody's page may stand."""
        return self.host in _HERE

    def sources(self) -> Iterator[tuple[SourceSpec, Source]]:
        """Return everything worth trying, each once, the likeliest first.

        Nobody else's host is asked, unless host or page point there: who pastes an
        address of his own does not want strangers to hear of it.
        """
        tried: set[tuple[str, str]] = set()
        for spec, is_led in self._candidates():
            key = (spec.family, spec.url)
            if key in tried or self.only not in {"", spec.family}:
                continue
            tried.add(key)
            try:
                source = registry.build(spec)
            except CatalogError:  # it wants to know what no address tells
                continue
            if is_led or urlsplit(source.info.urls[0]).hostname == self.host:
                yield spec, source

    def _candidates(self) -> Iterable[tuple[SourceSpec, bool]]:
        """Return what to try, and whether it may stand on another host."""
        start = self._starts()[0]
        return chain(
            _said(self._there(), is_led=False),
            _said([_spec(Way(self.only, ""), start)] if self.only else (), is_led=True),
            # What is meant for programs goes before what is drawn for people.
            _said(self._spoken(), is_led=False),
            _said(self._readers(), is_led=False),
            _said((_spec(w, start) for w in signs.embedded(self.page)), is_led=True),
            (
                (spec, is_led)
                for way, is_led in signs.ways(self.host, here=self.is_here)
                for spec in self._below(way)
            ),
            _said(map(_feed, self.page.first_feeds), is_led=True),
        )

    def _starts(self) -> tuple[str, ...]:
        """Return the addresses a page may begin at: this one, and the host's."""
        parts = urlsplit(self.url)
        root = f"{parts.scheme}://{parts.netloc}"
        return tuple(dict.fromkeys((f"{root}{parts.path}".rstrip("/"), root)))

    def _below(self, way: Way) -> Iterator[SourceSpec]:
        for start in self._starts():
            yield _spec(way, f"{start}{way.tail}" if way.direct else start)

    def _spoken(self) -> Iterator[SourceSpec]:
        for way in signs.first(self.host, self.page):
            yield from self._below(way)

    def _there(self) -> Iterator[SourceSpec]:
        """Return what the very address may be by its ending."""
        path = urlsplit(self.url).path.rstrip("/")
        for way in (*signs.GIVEN, *signs.HOSTED, *signs.VENDORS):
            if path.endswith(way.tail):
                page = self.url.rpartition(way.tail)[0]
                yield _spec(way, self.url if way.direct else page)

    def _readers(self) -> Iterator[SourceSpec]:
        """Return what reads the very body that was served."""
        if self.seen is None or self.seen.body.strip() in _ANYBODYS:
            return
        is_feed = _reads(FEED, self.seen)
        for name in _FEEDS if is_feed else registry.FAMILIES:
            if (is_feed or self._may_be(name)) and _reads(name, self.seen):
                yield _spec(Way(name, ""), self.url)

    def _may_be(self, name: str) -> bool:
        """Whether a body alone can speak for a family: a vendor's has its host."""
        shelf = registry.FAMILIES[name].module.split(".")[2]
        named = name.partition("-")[0] in self.host
        return shelf == "hosted" or (shelf == "vendors" and (named or self.is_here))


def stood(url: str, seen: Answer | None, only: str = "") -> Place:
    """Return the place an address has led to, with what was served there."""
    there = seen.url if seen is not None else url
    try:
        text = wire.text(seen) if seen is not None else ""
    except Unreadable:
        text = ""
    page = text if text.lstrip()[:1] == "<" else ""
    return Place(there, seen, signs.Page(page, there), only)


def says_something(report: Report) -> bool:
    """Whether a report tells anything, so that its format was really there."""
    return bool(report.level is not None or report.components or report.incidents)


def _said(
    specs: Iterable[SourceSpec], *, is_led: bool
) -> Iterator[tuple[SourceSpec, bool]]:
    return ((spec, is_led) for spec in specs)


def _spec(way: Way, url: str) -> SourceSpec:
    if way.tail.startswith("https://"):
        url = way.tail
    return SourceSpec(
        SourceId(f"{way.family}:{url}"), way.family, "", url, dict(way.options)
    )


def _feed(url: str) -> SourceSpec:
    return _spec(Way(FEED, ""), url)


def _reads(family: str, seen: Answer) -> bool:
    try:
        report = registry.FAMILIES[family].parse(SourceId(family), seen)
    except SourceError:
        return False
    return family == FEED or says_something(report)
