"""Measurements of volunteers, by country, from OONI: is an app blocked somewhere?

Format: https://api.ooni.io/apidocs/ (``/api/v1/aggregation``; read 2026-11, no key).
Counts of a day's measurements per country: how many failed as measurements, how many
showed an anomaly, how many were confirmed as blocked (never, for apps).

These are context and never an alarm: they lag by hours, and an anomaly is more often
censorship, or a fault of the test, than an outage. So a report of this source has no
level, and a country's is at best "operational".

Quotas are counted in the server's time (10 ms a unit, 10 a minute by default), so it
is asked hourly: the last two days, and the fortnight before to compare with, which
keeps its address for a day. Compared is the rate of the whole fortnight, since the
median of its days would cost fourteen times as many rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.countries import COUNTRIES
from downlight.core.errors import CatalogError, SourceError, Unreadable
from downlight.core.level import Level
from downlight.core.model import Place, RegionReading, Report
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.sources.wire import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceSpec

API: Final = "https://api.ooni.io"
EXPLORER: Final = "https://explorer.ooni.org"
TESTS: Final = frozenset({"whatsapp", "telegram", "signal", "facebook_messenger"})
CADENCE: Final = Cadence(
    every=timedelta(hours=1), quick=timedelta(hours=1), ceiling=timedelta(hours=4)
)
NOTE: Final = "Measured by volunteers; hours old. Tells of blocking, not of outages."

RECENT: Final = 2
"""Days that count as now, today being one of them."""
BEFORE: Final = 14
"""Days before those, to compare with."""
ENOUGH: Final = 10
"""Fewer measurements of a country than this say nothing."""
MOST: Final = 0.5
"""Share of failing measurements from which on a place is not called fine."""
SUDDEN: Final = 3
"""How many times the share of the fortnight before makes it look like a block."""

_FAR: Final = 10**9
"""Counts beyond this are nonsense."""


class _Row(msgspec.Struct):
    probe_cc: str | None = None
    measurement_count: int | None = None
    failure_count: int | None = None
    anomaly_count: int | None = None
    confirmed_count: int | None = None


class _Aggregation(msgspec.Struct):
    """An answer, or what stands in its place."""

    result: list[_Row] | _Row | msgspec.UnsetType = msgspec.UNSET
    results: object = None
    test_keys: object = None
    error: object = None


@dataclass(frozen=True, slots=True)
class _Count:
    measured: int = 0
    """Measurements that worked, as measurements."""
    failing: int = 0

    @property
    def share(self) -> float:
        return self.failing / self.measured


def parse(source: SourceId, answer: Answer, before: Answer | None = None) -> Report:
    """Turn counts by country into readings.

    A country where at least half of the measurements fail, and three times as many
    as before, may be blocked. Where as many fail but have failed before, or nobody
    knows, we do not know. Everywhere else most get through: operational.

    Args:
        source: Whose answer it is.
        answer: The aggregation over the last days.
        before: The one over the time before; without it nothing counts as sudden.

    Raises:
        Unreadable: Either is something else.
    """
    past = _counts(before) if before is not None else {}
    readings = (
        _reading(code, count, past.get(code, _Count()))
        for code, count in sorted(_counts(answer).items())
    )
    return Report(source, answer.at, readings=tuple(readings))


def _counts(answer: Answer) -> Mapping[str, _Count]:
    """Return what was measured in each country.

    Raises:
        Unreadable: It is an error (they come with HTTP 200), single measurements, or
            counts that name no country.
    """
    said = decode(answer, _Aggregation)
    if said.test_keys is not None or said.results is not None:
        raise Unreadable("single measurements came where counts were expected")
    if said.error is not None or isinstance(said.result, msgspec.UnsetType):
        raise Unreadable("no counts in it")
    rows = said.result if isinstance(said.result, list) else [said.result]
    measured: Counter[str] = Counter()
    failing: Counter[str] = Counter()
    for row in rows:
        code = (row.probe_cc or "").upper()
        if code in COUNTRIES:
            usable = max(_whole(row.measurement_count) - _whole(row.failure_count), 0)
            bad = _whole(row.anomaly_count) + _whole(row.confirmed_count)
            measured[code] += usable
            failing[code] += min(bad, usable)
    if rows and not measured:
        raise Unreadable("no country in it")
    return {code: _Count(n, failing[code]) for code, n in measured.items()}


def _whole(count: int | None) -> int:
    return min(max(count or 0, 0), _FAR)


def _reading(code: str, count: _Count, past: _Count) -> RegionReading:
    level = None
    blocked = False
    if count.measured >= ENOUGH:
        if count.share < MOST:
            level = Level.OPERATIONAL
        elif past.measured >= ENOUGH:
            blocked = count.share >= SUDDEN * past.share
    return RegionReading(
        place=Place(code, COUNTRIES[code]),
        level=level,
        blocked=blocked,
        measurements=count.measured,
        failing=count.failing,
    )


@dataclass(frozen=True, slots=True)
class Ooni:
    """One app, in every country anybody measures it in."""

    info: SourceInfo
    test: str

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask for the last days, and for those before; without these if need be."""
        del last  # the result hangs on two answers and on the day
        tomorrow = web.now().date() + timedelta(days=1)
        start = tomorrow - timedelta(days=RECENT)
        answer = await web.get(_address(self.test, start, tomorrow))
        report = parse(self.info.id, answer)
        try:
            earlier = start - timedelta(days=BEFORE)
            before = await web.get(_address(self.test, earlier, start))
            report = parse(self.info.id, answer, before)
        except SourceError:
            pass  # nothing will count as sudden
        return replace(report, next_check=answer.max_age)


def _address(test: str, start: date, end: date) -> str:
    """Return the address of the counts from ``start`` to before ``end``."""
    return (
        f"{API}/api/v1/aggregation?test_name={test}&axis_x=probe_cc"
        f"&since={start.isoformat()}&until={end.isoformat()}"
    )


def build(spec: SourceSpec) -> Ooni:
    """Make the source that ``spec`` describes; option ``test``: which app.

    Raises:
        CatalogError: The test is none of `TESTS`.
    """
    test = "".join(spec.options.get("test", ()))  # two of them are none
    if test not in TESTS:
        raise CatalogError(f"{spec.id}: not a test of OONI's: {test!r}")
    info = SourceInfo.of(
        spec,
        kind="regional",
        cadence=CADENCE,
        page=spec.url or EXPLORER,
        urls=(f"{API}/api/v1/aggregation?test_name={test}&axis_x=probe_cc",),
        note=NOTE,
    )
    return Ooni(info, test)
