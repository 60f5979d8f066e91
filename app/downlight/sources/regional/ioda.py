"""Whether a country's Internet works at all, from IODA of Georgia Tech.

Format: https://api.ioda.inetintel.cc.gatech.edu/v2, ``/outages/alerts/country/…`` (no
key; from the code of its server and of its site, read 2026-11). No recorded answer was
ever seen.

Three independent ways of watching (routes, probes, a telescope) and Google's traffic
raise an alert when a country's signal falls, and one of level "normal" when it is
back: the newest alert of each tells where it stands. A week is looked back, so that
what began days ago and has not ended is not called well.

What it says is about all of a country's Internet, never about one service: a report
has no level, and its readings are marked as such, so that no service counts them as
evidence. Signals are not networks; the time of a reading is that of its newest alert,
and a country without alerts has none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.level import Level
from downlight.core.model import Place, RegionReading, Report
from downlight.core.places.countries import COUNTRIES
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.sources.wire import decode, moment, word

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceSpec

API: Final = "https://api.ioda.inetintel.cc.gatech.edu"
SITE: Final = "https://ioda.inetintel.cc.gatech.edu"
CADENCE: Final = Cadence(
    every=timedelta(hours=1), quick=timedelta(hours=1), ceiling=timedelta(hours=4)
)
NOTE: Final = mark("Tells of a whole country's Internet, not of one service.")

LOOKED_BACK: Final = timedelta(days=7)
RECENT: Final = timedelta(hours=2)
"""Alerts this young, on two signals, are trouble of the whole country."""
ENOUGH: Final = 2
"""Signals that must agree on that."""
SIGNALS: Final = 4
"""How many a country has: routes, probes, the telescope, Google's traffic."""
LIMIT: Final = 1000
"""Alerts asked for at most; with as many, older ones may be missing."""

LEVELS: Final = {"normal": False, "critical": True}
"""Whether a signal has fallen. Other words are possible and not known to us."""
_SAME: Final = {"ucsd_nt": "telescope", "merit_nt": "telescope"}
"""The telescope has moved from one university to another."""


class _Entity(msgspec.Struct):
    code: str
    type: str


class _Alert(msgspec.Struct):
    datasource: str
    entity: _Entity
    time: object
    level: str


class _Envelope(msgspec.Struct):
    type: str
    data: list[_Alert]
    error: object = None


@dataclass(frozen=True, slots=True)
class _Signal:
    """Where one way of watching stands in one country."""

    at: datetime
    fallen: bool | None
    """None when the newest alert has a word we do not know."""


def parse(
    source: SourceId, answer: Answer, asked: Collection[str] = frozenset()
) -> Report:
    """Turn the alerts of a week into a reading per country.

    Two signals that fell within two hours and are not back: "major", for that
    country. Fewer, or longer ago: "degraded". Everything back to normal, or no
    alert for a country that was asked for: "operational". These levels are our
    own decision.

    Args:
        source: Whose answer it is.
        answer: The alerts; its time is the present.
        asked: Codes of the countries that were asked for.

    Raises:
        Unreadable: It is something else, or holds too much to be complete.
    """
    said = decode(answer, _Envelope)
    if said.error:
        raise Unreadable("an error came where alerts were expected")
    if len(said.data) >= LIMIT:
        raise Unreadable("more alerts than fit into one answer")
    signals: dict[str, dict[str, _Signal]] = {code: {} for code in asked}
    alerts = defaultdict(list)
    for alert in said.data:
        at, code = moment(alert.time), alert.entity.code.upper()
        if at is None:
            raise Unreadable("an alert without a time")
        if alert.entity.type == "country" and code in COUNTRIES:
            alerts[code, _signal(alert.datasource)].append((at, alert))
    for (code, signal), found in alerts.items():
        at, newest = max(found, key=lambda pair: pair[0])
        state = _Signal(at, LEVELS.get(word(newest.level)))
        signals.setdefault(code, {})[signal] = state
    readings = (
        _reading(code, tuple(states.values()), answer.at)
        for code, states in sorted(signals.items())
    )
    return Report(source, answer.at, readings=tuple(readings))


def _signal(source: str) -> str:
    """Return one name for all that watch the same thing."""
    name = word(source)
    return "google" if name.startswith("gtr") else _SAME.get(name, name)


def _reading(code: str, states: tuple[_Signal, ...], now: datetime) -> RegionReading:
    fallen = [state for state in states if state.fallen]
    recent = [state for state in fallen if now - state.at <= RECENT]
    level: Level | None = Level.OPERATIONAL
    if len(recent) >= ENOUGH:
        level = Level.MAJOR
    elif fallen:
        level = Level.DEGRADED
    elif any(state.fallen is None for state in states):
        level = None
    return RegionReading(
        place=Place(code, COUNTRIES[code], (code,)),
        level=level,
        measurements=max(SIGNALS, len(states)) if level else 0,
        failing=len(fallen),
        at=max((state.at for state in states), default=None),
        internet=True,
    )


@dataclass(frozen=True, slots=True)
class Ioda:
    """The Internet of some countries."""

    info: SourceInfo
    countries: tuple[str, ...]

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask for the alerts of the last week.

        Raises:
            SourceError: There is no report.
        """
        del last  # the result hangs on the time
        now = web.now()
        start, end = (int(at.timestamp()) for at in (now - LOOKED_BACK, now))
        answer = await web.get(
            f"{self.info.urls[0]}?from={start}&until={end}&limit={LIMIT}"
        )
        report = parse(self.info.id, answer, self.countries)
        return replace(report, next_check=answer.max_age)


def build(spec: SourceSpec) -> Ioda:
    """Make the source that ``spec`` describes.

    Options:
        countries: ISO codes of the countries to ask for, at least one.
        api: Another origin, e.g. of a copy.

    Raises:
        CatalogError: No country is named, or one that there is not.
    """
    countries = tuple(code.upper() for code in spec.options.get("countries", ()))
    if not countries or not COUNTRIES.keys() >= set(countries):
        raise CatalogError(f"{spec.id}: countries: ISO codes are wanted")
    api = spec.option("api", API).rstrip("/")
    info = SourceInfo.of(
        spec,
        kind="regional",
        cadence=CADENCE,
        page=spec.url or SITE,
        urls=(f"{api}/v2/outages/alerts/country/{','.join(countries)}",),
        verified=False,
        note=NOTE,
    )
    return Ioda(info, countries)
