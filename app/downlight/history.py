"""What is known about the past of a service, out of journal and public record."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from downlight import wiring
from downlight.catalog import catalog
from downlight.core.errors import CatalogError
from downlight.core.history import record as records
from downlight.core.history.gathering import gather
from downlight.core.history.past import Record, Span, Traces
from downlight.core.model import Selection
from downlight.engine.clock import system_clock
from downlight.sources import backlog
from downlight.storage.journal import Journal
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from downlight.core.history.past import Past
    from downlight.core.model import Component, SourceId
    from downlight.core.ports import Clock, Web
    from downlight.core.service import Service
    from downlight.core.source import SourceInfo
    from downlight.engine.engine import Plan
    from downlight.engine.recording import Recording
    from downlight.wiring import Home

AGAIN: Final = timedelta(days=30)
"""After so long a page is asked once more what it lists of the past."""
_LOOKING: Final = frozenset({"official", "measured"})
"""The kinds of sources that say whether it works, not only how others feel."""


def past(home: Home, slug: str, clock: Clock = system_clock) -> Past | None:
    """Return what is known about the past of a service; None: nobody knows it.

    Reads the disk only, and changes nothing; any thread may ask.

    Args:
        home: Where this run keeps its things, and what the person has chosen.
        slug: Which service; it need not be watched.
        clock: Tells the time.

    Raises:
        CatalogError: The shipped catalog or the public record is broken.
        StorageError: The journal cannot be read.
    """
    plan, _ = wiring.plan([slug], home)
    if not plan.services:
        return None
    (service,) = plan.services
    looking, official = _lookers(plan)
    traces = _traces(home.places.journal, service, looking, official)
    record = None if service.own else public_record(slug)
    return gather(service, traces, record, official, clock())


def replayed(
    tape: Recording, plan: Plan, slug: str, journal: Journal, now: datetime
) -> Past | None:
    """Return what was known at a moment of a replay; None: the service is not in it.

    That is what the replay itself saw so far, and of the public record what was over
    by then: the rest was not written yet.

    Args:
        tape: What is replayed.
        plan: What is watched in the replay.
        slug: Which service.
        journal: Where the replay writes.
        now: The moment (aware, UTC).

    Raises:
        CatalogError: The public record is broken.
        StorageError: The journal cannot be read.
    """
    services = [service for service in plan.services if service.slug == slug]
    if not services:
        return None
    looking, official = _lookers(plan)
    watched = tuple(
        (source.info.id, span)
        for source in plan.sources
        if source.info.id in looking
        for span in _answered(tape, source.info, now)
    )
    traces = _seen(journal, services[0], looking, official)
    traces = replace(traces, watched=watched)
    record = public_record(slug)
    then = None if record is None else _up_to(record, now)
    return gather(services[0], traces, then, official, now)


def _answered(tape: Recording, info: SourceInfo, now: datetime) -> Iterable[Span]:
    """Return when a source answers in a recording, up to a moment of it.

    What it answered last it answers until the next line: no poll in between fails.
    """
    ours = {url.split("?")[0] for url in info.urls}
    lines = [it for it in tape.entries if it.url.split("?")[0] in ours and it.at < now]
    ends = [*(it.at for it in lines[1:]), now]
    for line, until in zip(lines, ends, strict=False):
        if line.error is None and line.status < HTTPStatus.BAD_REQUEST:
            yield Span(line.at, until)


def _up_to(record: Record, now: datetime) -> Record:
    """Return of a public record what was over at a moment."""
    over = (it for it in record.outages if (it.ended or it.begun) <= now)
    return Record(tuple(over), min(record.as_of, now.date()))


def _lookers(plan: Plan) -> tuple[frozenset[SourceId], frozenset[SourceId]]:
    """Return which sources say whether it works, and which are the provider's."""
    kinds = {source.info.id: source.info.kind for source in plan.sources}
    official = frozenset(id_ for id_, kind in kinds.items() if kind == "official")
    return frozenset(id_ for id_, kind in kinds.items() if kind in _LOOKING), official


@cache
def public_record(slug: str) -> Record | None:
    """Return the public record of a service; None when there is none.

    Raises:
        CatalogError: The file is broken.
        StorageError: The installation is incomplete.
    """
    file = resource("outages") / f"{slug}.toml"
    return record_in(file) if file.is_file() else None


def record_in(file: Path) -> Record:
    """Return the public record in a file.

    Raises:
        CatalogError: The file is broken.
    """
    try:
        return records.read(tomllib.loads(file.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogError(f"{file.name}: {error}") from error


def _traces(
    file: Path,
    service: Service,
    looking: frozenset[SourceId],
    official: frozenset[SourceId],
) -> Traces:
    """Return what the journal of what really goes on holds."""
    for place in (file, file.with_name(wiring.LIVE_JOURNAL)):
        if not place.exists():
            continue
        with Journal.open(place, read_only=True, check=False) as journal:
            if journal.meta(wiring.MARK) in {None, wiring.LIVE}:
                return _seen(journal, service, looking, official)
    return Traces()


def _seen(
    journal: Journal,
    service: Service,
    looking: frozenset[SourceId],
    official: frozenset[SourceId],
) -> Traces:
    """Return what a journal holds."""
    found = journal.traces(service.slug, looking, official)
    return replace(
        found,
        parts=_parts(journal, service, official),
        listed=_listed(journal, official),
    )


def _parts(
    journal: Journal, service: Service, official: frozenset[SourceId]
) -> dict[SourceId, tuple[Component, ...]]:
    """Return the parts of the pages of which only some count."""
    found = {}
    for feed in service.feeds:
        if feed.source in official and feed.selection != Selection():
            report = journal.last_report(feed.source)
            if report is not None:
                found[feed.source] = wiring.locate(report).components
    return found


def _listed(journal: Journal, official: frozenset[SourceId]) -> Span | None:
    """Return of which time every page lists its incidents; None: not known."""
    spans = [_asked(journal, id_)[1] for id_ in official]
    known = [span for span in spans if span is not None]
    if not known or len(known) < len(spans):
        return None
    begun = max(span.begun for span in known)
    ended = min(span.ended for span in known)
    return Span(begun, ended) if begun < ended else None


def _asked(journal: Journal, source: SourceId) -> tuple[datetime | None, Span | None]:
    """Return when a page was asked for its past, and of which time that tells all."""
    said = (journal.meta(f"listed/{source}") or "").split()
    try:
        at, *since = map(datetime.fromisoformat, said)
    except ValueError:  # never asked
        return None, None
    return at, Span(since[0], at) if since else None


async def backfill(
    web: Web, home: Home, slug: str, clock: Clock = system_clock
) -> bool:
    """Ask the pages of a service for what they list of the past, and keep it.

    Each is asked once, and again after `AGAIN`.

    Args:
        web: The network.
        home: Where this run keeps its things.
        slug: Which service.
        clock: Tells the time.

    Returns:
        Whether anything was asked, so that `past` may know more now.

    Raises:
        SourceError: A page did not answer.
        StorageError: The journal cannot be written.
        CatalogError: The shipped catalog is broken.
    """
    found = catalog.load(resource("catalog"), wiring.FAMILIES, only=[slug])
    found = catalog.merge(found, home.own)
    feeds = [f for s in found.services if s.slug == slug for f in s.feeds]
    specs = [found.sources[feed.source] for feed in feeds]
    asked = False
    with wiring.open_journal(home.places)() as journal:
        for spec in specs:
            now = clock()
            at, _ = _asked(journal, spec.id)
            if not backlog.addresses(spec) or (at and timedelta() <= now - at < AGAIN):
                continue
            listed = await backlog.read(web, spec)
            whole = spec.family in backlog.WHOLE
            begins = [it.started_at for it in listed or () if whole and it.started_at]
            said = [now, *sorted(begins)[:1]]
            journal.write_listed(
                spec.id, listed or (), now, " ".join(it.isoformat() for it in said)
            )
            asked = True
    return asked
