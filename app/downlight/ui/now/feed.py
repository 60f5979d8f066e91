"""The card of what was said of late: by provider, checks, measurements and people."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Voice
from downlight.core.saying import words
from downlight.core.speech import mark, tr
from downlight.ui.ages import ago
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.model import Incident, Maintenance, Report
    from downlight.core.news import ServiceView
    from downlight.ui.now.diary import Turn

LENGTH: Final = 40
"""Longest feed, in entries."""
SHOWN: Final = 4
"""Entries shown at once; older ones wait behind a click."""
OFFICIAL: Final = mark("Official")
KINDS: Final = {
    Voice.OFFICIAL: OFFICIAL,
    Voice.OWN: mark("Our checks"),
    Voice.COUNTRIES: mark("Regional"),
    Voice.PEOPLE: mark("People"),
}
"""Who speaks, as the buttons say it, in their order; in English."""
_TITLES: Final = {
    Voice.OWN: mark("Our own checks"),
    Voice.COUNTRIES: mark("Measurements in countries"),
    Voice.PEOPLE: mark("What people write"),
}
NEW: Final = mark("new")
"""The word of what came since the person looked last."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was said, by whomever."""

    key: str
    """Names it among all entries of the service."""
    at: datetime
    """When, as whoever says it dates it (aware, UTC)."""
    kind: str
    """Who speaks: one of `KINDS`."""
    title: str
    text: str
    story: str = ""
    """Names the incident or work it belongs to; empty when to none."""
    link: str = ""


def entries(view: ServiceView, turns: Sequence[Turn] = ()) -> tuple[Entry, ...]:
    """Return what was said of a service of late, the latest first.

    Args:
        view: The service as the engine knows it.
        turns: What turned with our own checks, in places and among people.
    """
    told = {entry.key: entry for entry in _official(view)}
    told |= {turn.key: _turned(turn) for turn in turns}
    latest = sorted(told.values(), key=lambda entry: entry.at, reverse=True)
    return tuple(latest[:LENGTH])


def feed_card(
    told: Sequence[Entry],
    now: datetime,
    zone: tzinfo | None,
    fresh: Collection[str] = (),
) -> Card | None:
    """Return what was said, merged; None when one story tells it all.

    Args:
        told: All entries, the latest first.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        fresh: The names of those that are new to the person.
    """
    stories = {entry.story or entry.kind for entry in told}
    if not stories or (len(stories) == 1 and told[0].story):
        return None
    there = {entry.kind for entry in told}
    kins = tuple(tr(kind) for kind in KINDS.values() if kind in there)
    return Card(
        key="feed",
        title=tr("Live updates"),
        lines=tuple(_lines(told, now, zone, fresh)),
        shown=SHOWN,
        kins=kins if kins[1:] else (),
    )


def _official(view: ServiceView) -> Iterator[Entry]:
    stories = [
        (told, e.info)
        for e in view.evidence
        if e.info.kind == "official" and (report := e.standing.report) is not None
        for told in _told(report)
        if told.updates
    ]
    # Whatever is among the latest is of a story whose own latest is among them.
    for told, info in nlargest(LENGTH, stories, key=lambda it: it[0].updates[0].at):
        name, link = f"{info.id}/{told.id}", told.url or info.page
        for update in told.updates[:LENGTH]:
            yield Entry(
                key=f"{name}/{update.id or words.stamp(update.at)}/{hash(update.text)}",
                at=update.at,
                kind=OFFICIAL,
                title=told.title,
                text=f"“{update.text}”" if update.text else "",
                story=name,
                link=link if link.startswith("https://") else "",
            )


def _told(report: Report) -> tuple[Incident | Maintenance, ...]:
    return (*report.incidents, *report.maintenances)


def _turned(turn: Turn) -> Entry:
    return Entry(
        turn.key, turn.at, KINDS[turn.voice], tr(_TITLES[turn.voice]), turn.text
    )


def _lines(
    told: Sequence[Entry], now: datetime, zone: tzinfo | None, fresh: Collection[str]
) -> Iterator[Line]:
    linked = set()
    for entry in told:
        # The latest of a story leads to the page of all of it.
        link = "" if entry.story in linked else entry.link
        linked.add(entry.story)
        new = entry.key in fresh
        yield Line(
            title=entry.title,
            kind="update",
            aside=f"{words.moment(entry.at, now, zone)} · {ago(entry.at, now)}",
            text=entry.text,
            tags=(tr(NEW),) if new else (),
            link=link,
            link_text=tr("Read it there"),
            kin=tr(entry.kind),
            fresh=new,
        )
