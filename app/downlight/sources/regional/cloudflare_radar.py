"""Outages of a country's Internet that Cloudflare's people have noted.

Format: https://api.cloudflare.com/client/v4/radar/annotations/outages (a free token of
one's own, kept in the keyring as ``cloudflare-radar``; from Cloudflare's Python
library, read 2026-11). No recorded answer was ever seen.

A note is written by hand, hours after the fact, and only of what somebody noticed:
a country without one is not called well, it is not named at all. A note is of a
whole network or country, never of one service: a report has no level, and its readings
are marked as such, so that no service counts them as evidence. Nothing was measured,
so they name no networks and no time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.level import Level, worst
from downlight.core.model import Place, RegionReading, Report
from downlight.core.places.countries import COUNTRIES
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.sources.session import bearer
from downlight.sources.wire import decode, moment, word

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceSpec

API: Final = "https://api.cloudflare.com"
SITE: Final = "https://radar.cloudflare.com/outage-center"
SECRET: Final = "cloudflare-radar"  # noqa: S105 - the name of the secret, not itself
QUERY: Final = "client/v4/radar/annotations/outages?dateRange=7d&limit=100"
CADENCE: Final = Cadence(
    every=timedelta(hours=1), quick=timedelta(hours=1), ceiling=timedelta(hours=4)
)
NOTE: Final = mark("Noted by hand at Cloudflare, of whole networks; hours late.")

WHOLE: Final = "nationwide"
"""The kind of outage that we call "major" for its country; every other one, known or
not, is "degraded". Our own decision: no list of the kinds was found."""


class _Outage(msgspec.Struct, rename="camel"):
    outage_type: str | None = None


class _Annotation(msgspec.Struct, rename="camel"):
    locations: list[str]
    start_date: object
    outage: _Outage | None = None
    end_date: object = None


class _Result(msgspec.Struct):
    annotations: list[_Annotation]


class _Envelope(msgspec.Struct):
    success: bool
    result: _Result | None = None


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the notes into a reading for each country with an outage going on.

    Raises:
        Unreadable: It is something else, an error among them.
    """
    said = decode(answer, _Envelope)
    if not said.success or said.result is None:
        raise Unreadable("an error came where outages were expected")
    levels: dict[str, Level] = {}
    for note in said.result.annotations:
        if _is_over(note, answer.at):
            continue
        kind = word((note.outage and note.outage.outage_type) or "")
        level = Level.MAJOR if kind == WHOLE else Level.DEGRADED
        for code in (place.upper() for place in note.locations):
            if code in COUNTRIES:
                levels[code] = worst((level, levels.get(code))) or level
    readings = (
        RegionReading(Place(code, COUNTRIES[code], (code,)), level, internet=True)
        for code, level in sorted(levels.items())
    )
    return Report(source, answer.at, readings=tuple(readings))


def _is_over(note: _Annotation, now: datetime) -> bool:
    """Whether a note tells of the past, or of what has yet to begin."""
    began, ended = moment(note.start_date), moment(note.end_date)
    return began is None or began > now or (ended is not None and ended <= now)


@dataclass(frozen=True, slots=True)
class Radar:
    """The noted outages of some countries, or of all."""

    info: SourceInfo
    countries: frozenset[str]

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask for the notes of the last week.

        Raises:
            SourceError: There is no report.
        """
        del last  # the result hangs on the time
        sent = bearer(await web.secret(SECRET))
        answer = await web.get(self.info.urls[0], headers=sent)
        report = parse(self.info.id, answer)
        wanted = self.countries or COUNTRIES.keys()
        readings = tuple(r for r in report.readings if r.place.code in wanted)
        return replace(report, readings=readings, next_check=answer.max_age)


def build(spec: SourceSpec) -> Radar:
    """Make the source that ``spec`` describes.

    Options:
        countries: ISO codes of the countries to tell of; all when missing.
        api: Another origin, e.g. of a copy.

    Raises:
        CatalogError: One of the countries is none.
    """
    countries = frozenset(code.upper() for code in spec.options.get("countries", ()))
    if not COUNTRIES.keys() >= countries:
        raise CatalogError(f"{spec.id}: countries: ISO codes are wanted")
    api = spec.option("api", API).rstrip("/")
    info = SourceInfo.of(
        spec,
        kind="regional",
        cadence=CADENCE,
        page=spec.url or SITE,
        urls=(f"{api}/{QUERY}",),
        verified=False,
        note=NOTE,
    )
    return Radar(info, countries)
