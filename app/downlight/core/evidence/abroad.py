"""What reports measured in countries, as the rule takes it.

Left out is what would be counted for something it is not:

* what does not say when it was measured, and what is no country;
* a country's Internet as a whole: when that is gone, no service is to blame;
* failures abroad that are no news. Some services have been blocked in several
  countries for years, and the rule takes failures in several countries at once for an
  outage (`weights.COUNTRIES_FAIL`). Who lives in such a country is told all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.fusion import weights
from downlight.core.fusion.seen import Country
from downlight.core.places.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.model import RegionReading, Report


def countries(
    reports: Sequence[Report], now: datetime, home: str = ""
) -> tuple[Country, ...]:
    """Return what was measured in each country, by its code.

    Where several sources measured, what is young enough to count goes first, then
    what counted more. What names no networks stands for one: too few to speak.

    Args:
        reports: What the sources of one service said last, as far as it is fresh.
        now: The moment for which it is asked.
        home: The person's country (ISO 3166-1 alpha-2); empty when not known.
    """
    found: dict[str, Country] = {}
    for reading in (reading for report in reports for reading in report.readings):
        country = _country(reading, home)
        if country is not None:
            rival = found.setdefault(country.code, country)
            if _rank(country, now) > _rank(rival, now):
                found[country.code] = country
    return tuple(found[code] for code in sorted(found))


def _country(reading: RegionReading, home: str) -> Country | None:
    """Return what a reading says to the rule; None when that is nothing."""
    code = reading.place.code
    if reading.at is None or reading.internet or code not in COUNTRIES:
        return None
    fails = reading.failing >= weights.FAILING_SHARE * reading.measurements
    if fails and not reading.sudden and code != home:
        return None
    return Country(
        code=code,
        at=reading.at,
        failing=reading.failing,
        measured=reading.measurements,
        networks=1 if reading.networks is None else reading.networks,
    )


def _rank(country: Country, now: datetime) -> tuple[bool, int]:
    return abs(now - country.at) <= weights.FAILING_AGE, country.measured
