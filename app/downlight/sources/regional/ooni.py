"""Measurements of volunteers, by country, from OONI: is an app blocked somewhere?

Format: https://api.ooni.io/apidocs/ (``/api/v1/aggregation``, no key; and the code of
its server, ooni/backend, read 2026-11). A row counts the measurements of a country in
one network: how many failed as measurements, how many showed an anomaly, how many
were confirmed as blocked (never, for apps). No recorded answer was ever seen.

These are context and never an alarm: they lag by hours, and an anomaly is more often
censorship, or a fault of the test, than an outage. So a report of this source has no
level, and a country's is at best "operational".

Old versions of a test call blocked what is not. Counts know no version, so these
cannot be left out by us; what OONI does (``fastpath/core.py``, read 2026-11):

* signal: versions with an outdated root certificate or host (up to 0.2.4, and engines
  before 3.17.2) are counted as failed measurements. We subtract those.
* whatsapp: judged anew, by the HTTPS requests and the endpoints, so that the "blocked"
  of 0.9.0, for an unexpected status of the web page, does not count.
* telegram, facebook_messenger: the probe is believed, whatever its version. Of these
  "blocked" is never said, only how many failed.

When a service changes its servers every version is wrong at once, until somebody
notices, days later (Signal: 2022-10, 2023-05, 2023-11).

Quotas are counted in the server's time (10 ms a unit, 10 a minute by default), so it
is asked hourly: the last two days by country and network, and the fortnight before by
country, to compare with, which keeps its address for a day. Compared is the rate of
the whole fortnight, since the median of its days would cost fourteen times as many
rows. Two days have at most a row, of 130 bytes, for each measurement: 15 000 of Signal
in 2023 (ooni/backend#679), 2 MB.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import CatalogError, SourceError, Unreadable
from downlight.core.fusion.weights import NETWORKS
from downlight.core.level import Level
from downlight.core.model import Place, RegionReading, Report
from downlight.core.places.countries import COUNTRIES
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
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
VETTED: Final = frozenset({"whatsapp", "signal"})
"""Tests whose known false alarms are not in the counts: only these say "blocked"."""
CADENCE: Final = Cadence(
    every=timedelta(hours=1), quick=timedelta(hours=1), ceiling=timedelta(hours=4)
)
NOTE: Final = mark(
    "Measured by volunteers; hours old. Tells of blocking, not of outages."
)

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
    probe_asn: int | None = None
    """0 when the probe did not find out."""
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
    """What was counted in one country."""

    measured: int = 0
    """Measurements that worked, as measurements."""
    failing: int = 0
    networks: int = 0
    """In how many networks: where most measurements fail, those in which most do."""

    @classmethod
    def of(cls, measured: Counter[int], failing: Counter[int]) -> _Count:
        """Add up what was counted by network; 0 is one that nobody knows."""
        fails = failing.total() >= MOST * measured.total()
        networks = sum(
            asn != 0 and number > 0 and (failing[asn] >= MOST * number or not fails)
            for asn, number in measured.items()
        )
        return cls(measured.total(), failing.total(), networks)

    @property
    def share(self) -> float:
        return self.failing / self.measured


def parse(
    source: SourceId,
    answer: Answer,
    before: Answer | None = None,
    *,
    since: datetime | None = None,
    vetted: bool = False,
) -> Report:
    """Turn counts by country and network into readings.

    A country where at least half of the measurements fail, in two networks or more,
    and three times as many as before, may be blocked. Where as many fail but have
    failed before, or nobody knows, we do not know. Everywhere else most get through:
    operational.

    Args:
        source: Whose answer it is.
        answer: The aggregation over the last days.
        before: The one over the time before; without it nothing counts as sudden.
        since: When the last days began; without it nobody knows when it was measured.
        vetted: Whether the test is known to raise no false alarm (`VETTED`); without
            that nothing counts as blocked.

    Raises:
        Unreadable: Either is something else.
    """
    past = _counts(before) if before is not None else {}
    readings = _readings(_counts(answer), past, _middle(since, answer), vetted=vetted)
    return Report(source, answer.at, readings=readings)


def _middle(since: datetime | None, answer: Answer) -> datetime | None:
    return since and since + (answer.at - since) / 2


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
    measured: defaultdict[str, Counter[int]] = defaultdict(Counter)
    failing: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        code, asn = (row.probe_cc or "").upper(), row.probe_asn or 0
        if code in COUNTRIES:
            usable = max(_whole(row.measurement_count) - _whole(row.failure_count), 0)
            bad = _whole(row.anomaly_count) + _whole(row.confirmed_count)
            measured[code][asn] += usable
            failing[code][asn] += min(bad, usable)
    if rows and not measured:
        raise Unreadable("no country in it")
    return {code: _Count.of(found, failing[code]) for code, found in measured.items()}


def _whole(count: int | None) -> int:
    return min(max(count or 0, 0), _FAR)


def _readings(
    counts: Mapping[str, _Count],
    past: Mapping[str, _Count],
    at: datetime | None,
    *,
    vetted: bool,
) -> tuple[RegionReading, ...]:
    return tuple(
        _reading(code, count, past.get(code, _Count()), at, vetted=vetted)
        for code, count in sorted(counts.items())
    )


def _reading(
    code: str, count: _Count, past: _Count, at: datetime | None, *, vetted: bool
) -> RegionReading:
    enough = count.measured >= ENOUGH
    fails = enough and count.share >= MOST
    sudden = fails and past.measured >= ENOUGH and count.share >= SUDDEN * past.share
    told = enough and count.networks >= NETWORKS
    return RegionReading(
        place=Place(code, COUNTRIES[code]),
        level=Level.OPERATIONAL if told and not fails else None,
        blocked=told and sudden and vetted,
        measurements=count.measured,
        failing=count.failing,
        networks=count.networks or None,
        at=at,
        sudden=sudden,
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
        networks = "&axis_y=probe_asn"
        answer = await web.get(_address(self.test, start, tomorrow, networks))
        counts = _counts(answer)
        past: Mapping[str, _Count] = {}
        with suppress(SourceError):  # without them nothing counts as sudden
            earlier = start - timedelta(days=BEFORE)
            past = _counts(await web.get(_address(self.test, earlier, start)))
        at = _middle(datetime.combine(start, time(), UTC), answer)
        readings = _readings(counts, past, at, vetted=self.test in VETTED)
        return Report(
            self.info.id, answer.at, readings=readings, next_check=answer.max_age
        )


def _address(test: str, start: date, end: date, axis: str = "") -> str:
    """Return the address of the counts from ``start`` to before ``end``."""
    return (
        f"{API}/api/v1/aggregation?test_name={test}&axis_x=probe_cc{axis}"
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
