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
    from downlight.core.ports import Answer, Web
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
    once = Once(web)
    asked = _cleaned(address)
    seen, trouble = await _look(once, asked)
    url = seen.url if seen else asked
    page = _page(seen)
    attempt = _Attempt(once, trouble)
    for spec in _specs(url, seen, page, only):
        report = await attempt.read(spec)
        if report is not None:
            break
    else:
        raise attempt.complaint(url)
    body = once.body(registry.build(spec).info.urls[0]) or seen
    spec = _refined(spec, body)
    name = _name(body, page) or signs.host_name(url)
    named = replace(spec, name=f"{name}'s status page")
    return Recognised(named, name, report, tuple(_notes(spec, asked, url)))


def _cleaned(address: str) -> str:
    words = address.strip()
    parts = urlsplit(words if "://" in words else f"https://{words}")
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


def _specs(
    url: str, seen: Answer | None, page: signs.Page | None, only: str
) -> Iterator[SourceSpec]:
    """Return everything worth trying, each once, the likeliest first."""
    tried: set[tuple[str, str]] = set()
    for spec in _candidates(url, seen, page, only):
        place = (spec.family, spec.url)
        if place not in tried and only in {"", spec.family}:
            tried.add(place)
            yield spec


def _candidates(
    url: str, seen: Answer | None, page: signs.Page | None, only: str
) -> Iterator[SourceSpec]:
    yield from _there(url, seen, only)
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    base = f"{root}{parts.path}".rstrip("/")
    if page is not None:
        yield from (_spec(way, base) for way in signs.embedded(page))
    here = parts.hostname in _HERE
    for way in signs.ways(parts.hostname or "", page, here=here):
        for start in dict.fromkeys((base, root)):
            yield _spec(way, f"{start}{way.tail}" if way.direct else start)
    for feed in page.feeds if page is not None else ():
        yield _spec(signs.Way(FEED, ""), feed)


def _there(url: str, seen: Answer | None, only: str) -> Iterator[SourceSpec]:
    """Return what the very address may be: by its ending, then by what it serves."""
    path = urlsplit(url).path
    for way in (*signs.HOSTED, *signs.VENDORS):
        if path.endswith(way.tail):
            yield _spec(way, url if way.direct else url.split(way.tail, maxsplit=1)[0])
    if only:
        yield _spec(signs.Way(only, ""), url)
    if seen is not None:
        yield from (_spec(signs.Way(name, ""), url) for name in _readers(seen))


def _spec(way: Way, url: str) -> SourceSpec:
    if way.tail.startswith("https://"):
        url = way.tail
    return SourceSpec(
        SourceId(f"{way.family}:{url}"), way.family, "", url, dict(way.options)
    )


def _readers(seen: Answer) -> Iterator[str]:
    """Return the families that read the very body that was served."""
    if seen.body.strip() in _ANYBODYS:
        return
    for name, family in registry.FAMILIES.items():
        try:
            report = family.parse(SourceId(name), seen)
        except SourceError:
            continue
        if name == FEED or _says_something(report):
            yield name


_ANYBODYS: Final = frozenset({b"", b"[]", b"{}"})
"""Bodies that tell nothing of their format."""


def _says_something(report: Report) -> bool:
    return bool(report.level is not None or report.components or report.incidents)


def _refined(spec: SourceSpec, body: Answer | None) -> SourceSpec:
    """Tell incident.io's imitation from Statuspage itself."""
    if spec.family != "statuspage" or body is None:
        return spec
    page = _json(body).get("page")
    id_ = page.get("id") if isinstance(page, dict) else None
    if isinstance(id_, str) and len(id_) == _ULID:
        return replace(spec, family="incidentio-compat")
    return spec


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


def _notes(spec: SourceSpec, asked: str, url: str) -> Iterator[str]:
    before, after = urlsplit(asked).hostname, urlsplit(url).hostname
    if before != after:
        yield f"{before} leads to {after}, which is what will be asked."
    if spec.family == FEED:
        yield (
            "A feed can tell that something is wrong, never that all is well; "
            "without news its state stays unknown."
        )
    if not registry.build(spec).info.verified:
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

    async def read(self, spec: SourceSpec) -> Report | None:
        """Return what a candidate says; None when it is not of that format."""
        try:
            report = await registry.build(spec).read(self.web)
        except SourceError as error:
            self.failures.append(error)
            return None
        known = spec.family == FEED or _says_something(report)
        return report if known else None

    def complaint(self, url: str) -> SourceError:
        """Return what to say when nothing could be read."""
        host = urlsplit(url).hostname or url
        asks_key = next((e for e in self.failures if isinstance(e, NoKey)), None)
        if asks_key is not None:
            return asks_key
        trouble = Unrecognised(host)
        if isinstance(self.first, Refused) and self.first.status in _LOCKED:
            trouble.hint = f"{host} lets nobody in without signing in."
        elif self.first is not None:
            trouble.hint = f"{host}: {self.first}."
        elif self.failures and all(map(_is_page, self.failures)):
            trouble.hint = (
                f"{host} answers every address with the same kind of web page; there "
                "is nothing in it a program could rely on."
            )
        else:
            trouble.hint = f"None of the forms Downlight knows is there on {host}."
        trouble.hint += (
            " Look for its RSS or Atom feed and paste that address, or watch whether "
            "the page answers from here (--check)."
        )
        return trouble


def _is_page(error: SourceError) -> bool:
    return "web page" in str(error)
