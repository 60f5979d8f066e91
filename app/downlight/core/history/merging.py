"""Tells whose words are about the same outage, and makes one of them.

It lasted from the first to the last that anybody says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.history.past import DAY, Kind, Origin, Outage
from downlight.core.level import worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SLACK: Final = timedelta(minutes=30)
"""How much earlier something may have begun of which nobody knows how much."""

_BEST: Final = (Origin.RECORD, Origin.TOLD, Origin.SEEN)
"""Whose words are taken, the first first."""


def clusters(outages: Iterable[Outage], now: datetime) -> list[list[Outage]]:
    """Return the outages by time, those together that different origins know of."""
    found: list[list[Outage]] = []
    near: list[_Near] = []
    """Those that a later one may still belong to."""
    for outage in sorted(outages, key=lambda it: it.begun):
        oldest, end = outage.begun - DAY, _end(outage, now)
        near = [it for it in near if it.end >= oldest]
        mine = _mine(outage, near, now)
        if mine is None:
            mine = _Near([], end)
            near.append(mine)
            found.append(mine.members)
        mine.members.append(outage)
        mine.end = max(mine.end, end)
    return found


@dataclass(slots=True)
class _Near:
    """What is told of one outage so far."""

    members: list[Outage]
    end: datetime
    """The last end among them."""


def _mine(outage: Outage, near: Sequence[_Near], now: datetime) -> _Near | None:
    """Return what is told of the same outage; None when nothing is.

    What overlaps as it is said goes before what may overlap as it is not exact.
    """
    alike = [
        (it, said) for it in near for said in it.members if _is_alike(said, outage)
    ]
    for loosely in (False, True):
        for cluster, said in alike:
            if _overlap(said, outage, now, loosely=loosely):
                return cluster
    return None


def _is_alike(one: Outage, other: Outage) -> bool:
    """Whether two could be the same: of two origins, and not only a month is known."""
    return (
        one.origins != other.origins
        and one.kind is other.kind is Kind.OUTAGE
        and not (_is_vague(one) or _is_vague(other))
    )


def _overlap(one: Outage, other: Outage, now: datetime, *, loosely: bool) -> bool:
    begun, later = (
        it.begun - (_slack(it) if loosely else timedelta()) for it in (one, other)
    )
    return begun <= _end(other, now) and later <= _end(one, now)


def _is_vague(outage: Outage) -> bool:
    return outage.precision is not None and outage.precision > DAY


def _slack(outage: Outage) -> timedelta:
    return SLACK if outage.precision is None else outage.precision


def _end(outage: Outage, now: datetime) -> datetime:
    """Return up to when it may be told of by others."""
    if outage.lasts:
        return max(now, outage.begun)
    return outage.ended or outage.begun + (outage.lasted or timedelta())


def one(found: list[Outage]) -> Outage:
    """Return what is known of one outage, whoever knows it."""
    if len(found) == 1:
        return found[0]
    best = sorted(found, key=lambda it: _BEST.index(it.origins[0]))
    exact = [it for it in found if it.to_the_hour]
    first = min(exact or found, key=lambda it: it.begun)
    ends = [it.ended for it in found if it.ended and it.end_known]
    late = [it.ended for it in found if it.ended]
    lasts = any(it.lasts for it in found)
    said = sorted({at for it in found for at in it.said})
    record = best[0]
    merged = replace(
        record,
        begun=first.begun,
        precision=first.precision,
        origins=tuple(dict.fromkeys(it.origins[0] for it in best)),
        ended=None if lasts else max(ends or late, default=None),
        end_known=bool(ends),
        lasts=lasts,
        lasted=None,
        level=worst(it.level for it in found),
        where=_text(it.where for it in best),
        countries=tuple({c: "" for it in best for c in it.countries}),
        what=_text(it.what for it in best),
        word=_first(it.word for it in found),
        silent=_silent([it.silent for it in found]),
        said=tuple(said),
        evidence=_first(it.evidence for it in found),
        incidents=tuple(id_ for it in best for id_ in it.incidents),
        sources=tuple({s: "" for it in best for s in it.sources}),
    )
    if merged.length is None and not lasts:
        return replace(merged, lasted=record.lasted)
    return merged


def _text(texts: Iterable[str]) -> str:
    return next(filter(None, texts), "")


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)


def _silent(said: list[bool | None]) -> bool | None:
    if False in said:
        return False
    return True if True in said else None
