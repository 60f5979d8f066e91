"""Finds out what stands at an address a person gave.

What is served there is read first, then the places where the known products answer
(in the order of `signs`), then what the page itself points out, last its feeds. A
format is recognised only when its own reader has read a whole answer: a matching
name, a 200 or a content type prove nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from downlight.core.errors import (
    CatalogError,
    NoKey,
    Refused,
    SourceError,
    Unreachable,
    Unreadable,
)
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.core.text import line
from downlight.sources import registry, signs, wire
from downlight.sources.once import Once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from downlight.core.model import Report
    from downlight.core.ports import Answer, Source, Web
    from downlight.sources.signs import Way

ACCEPT: Final = "text/html,application/json;q=0.9,application/xml;q=0.8,*/*;q=0.5"
FEED: Final = "rss"
_LOCKED: Final = frozenset({401, 403})
_ULID: Final = 26
"""Length of incident.io's ids; Statuspage's have 12 letters."""
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Unrecognised(SourceError):
    """Nothing at an address could be read; says why, and what else may be done."""

    title = "No status page we can read"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A source that was recognised, and read once."""

    spec: SourceSpec
    name: str
    """Whose page it is, as it says itself."""
    report: Report
    notes: tuple[str, ...] = ()
    """What a person should know about it, in sentences."""


async def recognise(web: Web, address: str, only: str = "") -> Recognised:
    """Find out what stands at ``address``.

    Args:
        web: The network.
        address: As a person pastes it; without a scheme ``https`` is meant.
        only: The one family to try; empty for all.

    Raises:
        Unrecognised: Nothing there can be read; its words say why.
        SourceError: The address cannot be reached at all.
    """
    if only and only not in registry.FAMILIES:
        raise _no_such(only)
    once = Once(web)
    asked = _cleaned(address)
    seen, trouble = await _look(once, asked)
    place = _Place(seen.url if seen else asked, seen, _page(seen), only)
    attempt = _Attempt(once, trouble)
    for spec, source in place.sources():
        report = await attempt.read(source)
        if report is not None:
            return _recognised(once, place, asked, spec, source, report)
    raise attempt.complaint(place)


def _recognised(
    once: Once,
    place: _Place,
    asked: str,
    spec: SourceSpec,
    source: Source,
    report: Report,
) -> Recognised:
    body = once.body(source.info.urls[0]) or place.seen
    spec = _refined(spec, body)
    name = _name(body, place.page) or signs.host_name(place.url)
    named = replace(spec, name=f"{name}'s status page")
    return Recognised(named, name, report, tuple(_notes(source, asked, place.url)))


def _no_such(family: str) -> Unrecognised:
    trouble = Unrecognised(f"{family!r}")
    trouble.title = "No such family"
    trouble.hint = f"Known: {', '.join(sorted(registry.FAMILIES))}."
    return trouble


def _cleaned(address: str) -> str:
    words = address.strip()
    try:
        parts = urlsplit(words if "://" in words else f"https://{words}")
    except ValueError as error:
        raise Unreachable("not an address", "unusable") from error
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))


async def _look(web: Once, url: str) -> tuple[Answer | None, SourceError | None]:
    """Fetch what stands there; a host that refuses may answer elsewhere."""
    try:
        return await web.get(url, accept=ACCEPT), None
    except Unreachable as error:
        if error.reason != "unusable":
            raise
        return None, error
    except Refused as error:
        return None, error


def _page(seen: Answer | None) -> signs.Page | None:
    if seen is None:
        return None
    try:
        text = wire.text(seen)
    except Unreadable:
        return None
    return signs.Page(text, seen.url) if text.lstrip()[:1] == "<" else None


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands at an address, before anybody knows what it is."""

    url: str
    """Where the address has led."""
    seen: Answer | None
    """What was served there, if anything was."""
    page: signs.Page | None
    """The same, if it is a web page."""
    only: str
    """The one family to try; empty for all."""

    @property
    def host(self) -> str:
        """Its name, in lower case."""
        return urlsplit(self.url).hostname or ""

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

    def _candidates(self) -> Iterator[tuple[SourceSpec, bool]]:
        """Return what to try, and whether it may stand on another host."""
        for spec in self._there():
            yield spec, False
        parts = urlsplit(self.url)
        root = f"{parts.scheme}://{parts.netloc}"
        base = f"{root}{parts.path}".rstrip("/")
        if self.only:
            yield _spec(signs.Way(self.only, ""), base), True
        if self.page is not None:
            for way in signs.embedded(self.page):
                yield _spec(way, base), True
        for way, is_led in signs.ways(self.host, self.page, here=self.is_here):
            for start in dict.fromkeys((base, root)):
                yield _spec(way, f"{start}{way.tail}" if way.direct else start), is_led
        for feed in self.page.first_feeds if self.page is not None else ():
            yield _spec(signs.Way(FEED, ""), feed), True

    def _there(self) -> Iterator[SourceSpec]:
        """Return what the very address may be: by its ending, then by its answer."""
        path = urlsplit(self.url).path.rstrip("/")
        for way in (*signs.GIVEN, *signs.HOSTED, *signs.VENDORS):
            if path.endswith(way.tail):
                page = self.url.rpartition(way.tail)[0]
                yield _spec(way, self.url if way.direct else page)
        for name in self._readers():
            yield _spec(signs.Way(name, ""), self.url)

    def _readers(self) -> Iterator[str]:
        """Return the families that read the very body that was served."""
        if self.seen is None or self.seen.body.strip() in _ANYBODYS:
            return
        is_feed = _reads(FEED, self.seen)
        for name in _FEEDS if is_feed else registry.FAMILIES:
            if (is_feed or self._may_be(name)) and _reads(name, self.seen):
                yield name

    def _may_be(self, name: str) -> bool:
        """Whether a body alone can speak for a family: a vendor's has its host."""
        shelf = registry.FAMILIES[name].module.split(".")[2]
        named = name.partition("-")[0] in self.host
        return shelf == "hosted" or (shelf == "vendors" and (named or self.is_here))

    @property
    def is_here(self) -> bool:
        """Whether it is this computer, where a copy of anybody's page may stand."""
        return self.host in _HERE


def _spec(way: Way, url: str) -> SourceSpec:
    if way.tail.startswith("https://"):
        url = way.tail
    return SourceSpec(
        SourceId(f"{way.family}:{url}"), way.family, "", url, dict(way.options)
    )


_ANYBODYS: Final = frozenset({b"", b"[]", b"{}"})
"""Bodies that tell nothing of their format."""
_FEEDS: Final = ("statusiq", "azure-rss", FEED)
"""Who reads a feed; of the others each takes every feed for its own."""


def _reads(family: str, seen: Answer) -> bool:
    try:
        report = registry.FAMILIES[family].parse(SourceId(family), seen)
    except SourceError:
        return False
    return family == FEED or _says_something(report)


def _says_something(report: Report) -> bool:
    return bool(report.level is not None or report.components or report.incidents)


def _refined(spec: SourceSpec, body: Answer | None) -> SourceSpec:
    """Tell incident.io's imitation from Statuspage itself."""
    if spec.family != "statuspage" or body is None:
        return spec
    if any(len(id_) == _ULID for id_ in _ids(_json(body))):
        return replace(spec, family="incidentio-compat")
    return spec


def _ids(said: Mapping[str, object]) -> Iterator[str]:
    """Return the ids of the page and of the first thing in each list."""
    for name in ("page", "components", "incidents"):
        thing = said.get(name)
        if isinstance(thing, list):
            thing = next(iter(thing), None)
        id_ = thing.get("id") if isinstance(thing, dict) else None
        if isinstance(id_, str):
            yield id_


def _name(body: Answer | None, page: signs.Page | None) -> str:
    said = _json(body) if body is not None else {}
    for way in _NAMES:
        value: object = said
        for step in way:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, str) and line(value):
            return line(value)
    return page.name if page is not None else ""


_NAMES: Final = (
    ("page", "name"),
    ("data", "attributes", "company_name"),
    ("config", "title"),
    ("page_title",),
    ("title",),
)
"""Where formats keep the name of whose page it is."""


def _json(body: Answer) -> Mapping[str, object]:
    try:
        return wire.decode(body, dict[str, object])
    except Unreadable:
        return {}


def _notes(source: Source, asked: str, url: str) -> Iterator[str]:
    before, after = urlsplit(asked).hostname, urlsplit(url).hostname
    if before != after:
        yield f"{before} leads to {after}, which is what will be asked."
    if source.info.family == FEED:
        yield (
            "A feed can tell that something is wrong, never that all is well; "
            "without news its state stays unknown."
        )
    if not source.info.verified:
        yield (
            "Unverified: nobody has recorded a real answer of this kind of page, so "
            "it may be misread."
        )


@dataclass(slots=True)
class _Attempt:
    """Reads candidates, and remembers why they could not be read."""

    web: Once
    first: SourceError | None
    """Why the address itself gave nothing."""
    failures: list[SourceError] = field(default_factory=list)

    tried: bool = False

    async def read(self, source: Source) -> Report | None:
        """Return what a candidate says; None when it is not of that format."""
        self.tried = True
        try:
            report = await source.read(self.web)
        except SourceError as error:
            self.failures.append(error)
            return None
        known = source.info.family == FEED or _says_something(report)
        return report if known else None

    def complaint(self, place: _Place) -> SourceError:
        """Return what to say when nothing could be read."""
        asks_key = next((e for e in self.failures if isinstance(e, NoKey)), None)
        if asks_key is not None:
            return asks_key
        trouble = Unrecognised(place.host)
        trouble.hint = f"{self._why(place)} {_ELSE}"
        return trouble

    def _why(self, place: _Place) -> str:
        host = place.host
        if not self.tried:
            return f"An address alone does not tell enough for {place.only}."
        if isinstance(self.first, Refused) and self.first.status in _LOCKED:
            return f"{host} lets nobody in without signing in."
        if isinstance(self.first, Refused):
            return f"{host}: {self.first}."
        if self.first is not None:  # its words name the host
            return f"{self.first}."
        if any(map(_is_page, self.failures)):
            return (
                f"{host} answers with a web page where data would be; there is nothing "
                "in it a program could rely on."
            )
        return f"None of the forms Downlight knows is there on {host}."


_ELSE: Final = (
    "Look for its RSS or Atom feed and paste that address, or watch whether the page "
    "answers from here (--check)."
)


def _is_page(error: SourceError) -> bool:
    return "web page" in str(error)
