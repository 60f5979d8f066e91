"""All sources of what is watched: how each is doing, the broken ones first. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.saying import source_words, words
from downlight.core.speech import mark, number, tr, trn
from downlight.core.text import listed
from downlight.ui.kit.look import Look
from downlight.ui.now.cards import kind_words, title_of
from downlight.ui.now.source_card import UNVERIFIED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.model import SourceId
    from downlight.core.news import Snapshot
    from downlight.core.source import SourceInfo

_WEIGHTS: Final[Mapping[str, str]] = {
    "official": mark(
        "What it calls trouble counts at once; that it names none says little."
    ),
    "measured": mark(
        "Counts by itself when its servers answer with errors, or none answers for "
        "ten minutes."
    ),
    "regional": mark("Does not count by itself, only together with other signs."),
    "people": mark("Counts by itself only when far more is written than usual."),
    "aggregator": mark("Is shown, and does not count."),
}
"""What a source may weigh, by its kind; as the rule has it."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source."""

    key: str
    title: str
    state: str
    """A word or two."""
    look: Look
    """The mark beside the state."""
    kind: str
    lines: tuple[str, ...]
    """How it is doing, when it is asked, and what it may weigh."""
    link: str = ""
    """A page for people."""


@dataclass(frozen=True, slots=True)
class SourceRows:
    """All of them."""

    said: str
    """In a sentence."""
    rows: tuple[SourceRow, ...] = ()


def source_rows(
    snapshot: Snapshot | None, now: datetime, zone: tzinfo | None = None
) -> SourceRows:
    """Return all sources that are asked, the broken ones first.

    Args:
        snapshot: The state of everything; None before there is one.
        now: The present moment (aware).
        zone: Zone for clock times; None for the system's.
    """
    if snapshot is None:
        return SourceRows(tr("Asking begins in a moment."))
    found: dict[SourceId, Evidence] = {}
    about: dict[SourceId, list[str]] = {}
    for view in snapshot.services:
        for evidence in view.evidence:
            found.setdefault(evidence.info.id, evidence)
            about.setdefault(evidence.info.id, []).append(view.service.name)
    rows = [_row(e, about[id_], now, zone) for id_, e in found.items()]
    rows.sort(key=lambda row: (_ORDER[row.look], row.title.casefold()))
    return SourceRows(_said(rows), tuple(rows))


_ORDER: Final = {Look.DEGRADED: 0, Look.UNKNOWN: 1, Look.OPERATIONAL: 2}


def _said(rows: list[SourceRow]) -> str:
    if not rows:
        return tr("Nobody is asked: nothing is watched yet.")
    failing = sum(row.look is Look.DEGRADED for row in rows)
    if not failing:
        return trn(
            "One source is asked, and it reads well.",
            "{n} sources are asked; none of them fails.",
            len(rows),
        )
    return trn(
        "One source is asked, and it cannot be read just now.",
        "{n} sources are asked; {failing} cannot be read just now.",
        len(rows),
        failing=number(failing),
    )


def _row(
    e: Evidence, services: list[str], now: datetime, zone: tzinfo | None
) -> SourceRow:
    standing, info = e.standing, e.info
    if standing.failure is not None:
        state, look = tr("Cannot be read"), Look.DEGRADED
    elif standing.report is None:
        state, look = tr("Not asked yet"), Look.UNKNOWN
    else:
        state, look = tr("Reads well"), Look.OPERATIONAL
    lines = [
        source_words.source_line(standing, now, zone),
        _asked(e, now),
        f"{_about(services)} {tr(_WEIGHTS.get(info.kind, ''))}".strip(),
    ]
    if standing.health.day is not None:
        lines.insert(2, source_words.usage_line(standing.health, now))
    if not info.verified:
        lines.append(tr(UNVERIFIED))
    return SourceRow(
        key=info.id,
        title=title_of(info),
        state=state,
        look=look,
        kind=kind_words(info),
        lines=tuple(lines),
        link=_link(info),
    )


def _asked(e: Evidence, now: datetime) -> str:
    """Return when a source is asked next, and how often."""
    cadence, due = e.info.cadence, e.standing.due
    often = tr("every {span}", span=words.age(cadence.every))
    if cadence.quick < cadence.every:
        often = tr(
            "every {span}, every {quick} while something is open",
            span=words.age(cadence.every),
            quick=words.age(cadence.quick),
        )
    if due is None:
        return tr("Asked {often}.", often=often)
    wait = due - now
    if wait.total_seconds() < 1:
        return tr("Asked {often}; next now.", often=often)
    return tr("Asked {often}; next in {span}.", often=often, span=words.age(wait))


def _about(services: list[str]) -> str:
    if len(services) > _NAMED:
        return trn(
            "About {name} and {n} more service.",
            "About {name} and {n} more services.",
            len(services) - 1,
            name=services[0],
        )
    return tr("About {names}.", names=listed(services))


_NAMED: Final = 4
"""More services than this are counted."""


def _link(info: SourceInfo) -> str:
    return info.page if info.page.startswith("https://") else ""
