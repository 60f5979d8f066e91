"""Finds out what stands at an address a person gave.

What is worth trying there, `place` says. A format is recognised only when its own
reader has read a whole answer: a matching name, a 200 or a content type prove nothing.
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
from downlight.core.source import PAGE_OF
from downlight.core.speech import mark, tr
from downlight.core.text import line
from downlight.sources import registry, signs, wire
from downlight.sources.once import Once
from downlight.sources.place import FEED, Place, says_something, stood

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from downlight.core.model import Report
    from downlight.core.ports import Answer, Source, Web
    from downlight.core.source import SourceSpec

ACCEPT: Final = "text/html,application/json;q=0.9,application/xml;q=0.8,*/*;q=0.5"
_LOCKED: Final = frozenset({401, 403})
_ULID: Final = 26
"""Length of incident.io's ids; Statuspage's have 12 letters."""


class Unrecognised(SourceError):
    """Nothing at an address could be read; says why, and what else may be done."""

    title = mark("No status page we can read")


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
    place = stood(asked, seen, only)
    attempt = _Attempt(once, trouble)
    for spec, source in place.sources():
        report = await attempt.read(source)
        if report is not None:
            return _recognised(once, place, asked, spec, source, report)
    raise attempt.complaint(place)


def _recognised(
    once: Once,
    place: Place,
    asked: str,
    spec: SourceSpec,
    source: Source,
    report: Report,
) -> Recognised:
    body = once.body(source.info.urls[0]) or place.seen
    spec = _refined(spec, body)
    name = _name(body, place.page) or signs.host_name(place.url)
    named = replace(spec, name=PAGE_OF.format(name=name))
    return Recognised(named, name, report, tuple(_notes(source, asked, place.url)))


def _no_such(family: str) -> Unrecognised:
    trouble = Unrecognised(f"{family!r}")
    trouble.title = mark("No such family")
    known = ", ".join(sorted(registry.FAMILIES))
    trouble.hint = tr("Known: {names}.", names=known)
    return trouble


def _cleaned(address: str) -> str:
    words = address.strip()
    try:
        parts = urlsplit(words if "://" in words else f"https://{words}")
    except ValueError as error:
        raise Unreachable(mark("not an address"), "unusable") from error
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


def _name(body: Answer | None, page: signs.Page) -> str:
    said = _json(body) if body is not None else {}
    for way in _NAMES:
        value: object = said
        for step in way:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, str) and line(value):
            return line(value)
    return page.name


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
        yield tr(
            "{before} leads to {after}, which is what will be asked.",
            before=before,
            after=after,
        )
    if source.info.family == FEED:
        yield tr(
            "A feed can tell that something is wrong, never that all is well; "
            "without news its state stays unknown."
        )
    if not source.info.verified:
        yield tr(
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
        known = source.info.family == FEED or says_something(report)
        return report if known else None

    def complaint(self, place: Place) -> SourceError:
        """Return what to say when nothing could be read."""
        asks_key = next((e for e in self.failures if isinstance(e, NoKey)), None)
        if asks_key is not None:
            return asks_key
        trouble = Unrecognised(place.host)
        trouble.hint = f"{self._why(place)} {tr(_ELSE)}"
        return trouble

    def _why(self, place: Place) -> str:
        host = place.host
        if not self.tried:
            return tr(
                "An address alone does not tell enough for {family}.", family=place.only
            )
        if isinstance(self.first, Refused) and self.first.status in _LOCKED:
            return tr("{host} lets nobody in without signing in.", host=host)
        if isinstance(self.first, Refused):
            return f"{host}: {self.first}."
        if self.first is not None:
            *named, what = str(self.first).split(": ", 1)
            return f"{': '.join((*named, tr(what)))}."
        if any(map(_is_page, self.failures)):
            return tr(
                "{host} answers with a web page where data would be; there is nothing "
                "in it a program could rely on.",
                host=host,
            )
        return tr("None of the forms Downlight knows is there on {host}.", host=host)


_ELSE: Final = mark(
    "Look for its RSS or Atom feed and paste that address, or watch whether the page "
    "answers from here (--check)."
)


def _is_page(error: SourceError) -> bool:
    return "web page" in str(error)
