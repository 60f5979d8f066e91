"""Puts together what we saw, what the page told and what the public record has.

The same outage known from several of them is one (`merging`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.history.merging import clusters, one
from downlight.core.history.past import (
    Kind,
    Origin,
    Outage,
    Past,
    Span,
    cut,
    joined,
    total,
)
from downlight.core.level import worst
from downlight.core.model import SHELF_LIFE, Place, Report
from downlight.core.news import Turn
from downlight.core.places.countries import place_name
from downlight.core.saying import words
from downlight.core.speech import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from downlight.core.history.past import Record, Told, Traces
    from downlight.core.model import SourceId
    from downlight.core.news import Event
    from downlight.core.service import Feed, Service

BEFORE: Final = timedelta(minutes=10)
"""Who looked so long before saw that all was well then."""
EARLIER: Final = "seems to be blocked"
"""What is in the title of a block that an earlier Downlight kept: it spoke English
only, and its ids do not say so."""
NOTICED: Final = SHELF_LIFE
"""How far off the beginning may be of what was noticed while we looked."""

_EVER: Final = datetime.min.replace(tzinfo=UTC)


def gather(
    service: Service,
    traces: Traces,
    record: Record | None,
    official: frozenset[SourceId],
    now: datetime,
) -> Past:
    """Return the past of one service.

    Args:
        service: Which one.
        traces: What the journal holds about it.
        record: The public record; None when there is none.
        official: Those of its sources that are the provider's own pages.
        now: The present (aware, UTC).
    """
    watched = joined(span for _, span in traces.watched)
    own = any(feed.source not in official for feed in service.feeds)
    page = joined(span for source, span in traces.watched if source in official)
    seen = _seen(traces, watched, now, own=own)
    told = [
        outage
        for feed in service.feeds
        if feed.source in official
        for outage in _told(traces, feed, now)
    ]
    written = record.outages if record else ()
    known = [replace(it, where=tr(it.where)) for it in written]
    outages = (one(found) for found in clusters((*seen, *told, *known), now))
    lists = bool(traces.told)
    if lists and own:
        outages = (_unwritten(outage, page) for outage in outages)
    by_time = tuple(sorted(outages, key=lambda it: it.begun))
    return Past(service, now, by_time, watched, record, lists, traces.listed)


def _seen(
    traces: Traces, watched: Sequence[Span], now: datetime, *, own: bool
) -> list[Outage]:
    """Return the outages of which we told, or would have.

    Args:
        traces: What the journal holds.
        watched: When we looked.
        now: The present.
        own: Whether others than the page speak about the service, so that our seeing
            it is a measure of the page.
    """
    episodes: dict[str, list[Event]] = {}
    for event in traces.events:
        if event.episode:
            episodes.setdefault(event.episode, []).append(event)
    looking = _looking(watched)
    nowhere = {"", words.NOWHERE, tr(words.NOWHERE)}
    found = []
    for name, events in episodes.items():
        level = worst(e.level for e in events if e.turn is not Turn.ENDED)
        if level is None or not level.is_trouble:
            continue
        first, is_open = events[0], name == traces.open_episode
        end = _ended(events)
        exact = first.turn is Turn.BEGAN and looking(first.at)
        said = traces.began if is_open else None
        blocked = _is_blocked(events)
        where = [e.scope for e in events if e.scope not in nowhere]
        found.append(
            Outage(
                f"seen/{name}",
                said or first.at,
                (Origin.SEEN,),
                timedelta() if said else NOTICED if exact else None,
                end,
                end_known=end is not None and looking(end),
                lasts=is_open and _is_fresh(watched, now),
                kind=Kind.BLOCK if blocked else Kind.OUTAGE,
                level=None if blocked else level,
                what=events[0].title if blocked else "",
                where=_said(where[-1]) if where else "",
                evidence=first.at if own and first.turn is Turn.BEGAN else None,
            )
        )
    return found


def _said(where: str) -> str:
    """Return where it was, kept in words of that time, in those of today."""
    return place_name(Place("", where))


def _is_blocked(events: Sequence[Event]) -> bool:
    """Whether it looked like a block whenever it was said what is wrong."""
    said = [it for it in events if it.turn in {Turn.BEGAN, Turn.CONFIRMED}]
    return bool(said) and all(it.is_of_block or EARLIER in it.title for it in said)


def _ended(events: Sequence[Event]) -> datetime | None:
    """Return when an episode ended; what comes and goes may end more than once."""
    turns = [
        event
        for event in events
        if event.turn in {Turn.BEGAN, Turn.ENDED} and not event.id.endswith("/late")
    ]
    return turns[-1].at if turns and turns[-1].turn is Turn.ENDED else None


def _looking(watched: Sequence[Span]) -> Callable[[datetime], bool]:
    """Return what says whether we had looked shortly before a moment."""
    begins = [span.begun for span in watched]

    def looking(at: datetime) -> bool:
        number = bisect_right(begins, at - BEFORE)
        return number > 0 and watched[number - 1].ended >= at - NOTICED

    return looking


def _is_fresh(watched: Sequence[Span], now: datetime) -> bool:
    return bool(watched) and now - watched[-1].ended <= SHELF_LIFE


def _told(traces: Traces, feed: Feed, now: datetime) -> list[Outage]:
    """Return the incidents of one page that are outages of the service."""
    spans = joined(span for source, span in traces.watched if source == feed.source)
    looking, fresh = _looking(spans), _is_fresh(spans, now)
    found = []
    for told in _of(traces, feed):
        it = told.incident
        begun = it.started_at or (told.said[0] if told.said else None)
        if begun is None or it.level is None or not it.level.is_trouble:
            continue
        ended = (told.gone if it.open else it.ended_at) or None
        if ended is not None and ended < begun:
            ended = None
        found.append(
            Outage(
                f"told/{it.id}",
                begun,
                (Origin.TOLD,),
                timedelta() if it.started_at else None,
                ended,
                end_known=ended is not None and (not it.open or looking(ended)),
                lasts=it.open and told.gone is None and fresh,
                level=it.level,
                where=", ".join(map(place_name, it.places)),
                countries=tuple({c: "" for p in it.places for c in p.countries}),
                what=it.title,
                word=told.said[0] if told.said else None,
                silent=False,
                said=told.said,
                incidents=(it.id,),
                sources=(it.url,) if it.url else (),
            )
        )
    return found


def _of(traces: Traces, feed: Feed) -> Iterable[Told]:
    """Return the incidents of a page that touch what counts of it."""
    here = [told for told in traces.told if told.source == feed.source]
    by = feed.selection
    if not (by.groups or by.components or by.regions):
        return here
    named = {told.incident.id: told for told in here if told.named}
    # How the parts are now says nothing about how they were.
    parts = tuple(replace(p, level=None) for p in traces.parts.get(feed.source, ()))
    page = Report(
        feed.source,
        _EVER,
        components=parts,
        incidents=tuple(told.incident for told in named.values()),
    )
    return [named[incident.id] for incident in by.narrow(page).incidents]


def _unwritten(outage: Outage, page: Sequence[Span]) -> Outage:
    """Return it as one without a word where the page was read all the time.

    Only of a page that lists incidents, and where others could see it, too.
    """
    if outage.silent is not None or outage.origins != (Origin.SEEN,):
        return outage
    ended = outage.ended
    if ended is None or not outage.end_known or not outage.to_the_hour:
        return outage
    read = total(cut(page, outage.begun, ended))
    return replace(outage, silent=True) if read >= ended - outage.begun else outage
