"""What the official page, countries and kin say, as findings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import weights
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.seen import Country, Kin, Page, PageWord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RED: Final = {
    PageWord.MAJOR: (Sign.MAJOR, weights.OFFICIAL_MAJOR, "a large outage"),
    PageWord.MINOR: (Sign.MINOR, weights.OFFICIAL_MINOR, "some trouble"),
}
HOUR: Final = timedelta(hours=1)


def of_page(page: Page, now: datetime) -> Finding:
    """Return what the official page says."""
    if page.word in _RED:
        return _red(page, now)
    match page.word:
        case PageWord.MAINTENANCE:
            over = now - (page.planned_end or now) > weights.OVERRUN
            sign = Sign.OVERRUN if over else Sign.PLANNED
            weight, words = 0.0, "announces maintenance"
            words += " that should be over by now" if over else ""
        case PageWord.RESOLVED:
            sign, weight, words = Sign.RESOLVED, 0.0, "says it is resolved"
        case _:
            sign, weight = Sign.GREEN, weights.OFFICIAL_GREEN
            words = "shows no incident"
    return _official(page, sign, now, weight, words)


def _red(page: Page, now: datetime) -> Finding:
    sign, weight, trouble = _RED[page.word]
    age = now - (page.updated or now)
    words = f"names {trouble}"
    if age > weights.OLD:
        sign = Sign.OLD_RED
        share = weights.OLD_SHARE
        if age > weights.VERY_OLD:
            share = weights.VERY_OLD_SHARE
        weight *= share
        words += f" (last update {age / HOUR:.0f} h ago)"
    if page.places:
        words += f" in {', '.join(page.places)}"
    return _official(page, sign, now, weight, words, page.places)


def _official(
    page: Page,
    sign: Sign,
    now: datetime,
    weight: float,
    words: str,
    places: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        Voice.OFFICIAL,
        sign,
        now,
        weight,
        f"The official page {words}",
        code=page.word,
        places=places,
        since=page.updated,
    )


def of_countries(
    countries: Sequence[Country], home: str, now: datetime
) -> Finding | None:
    """Return what measurements in countries say; None when there are none at all."""
    if not countries:
        return None
    failing = {c.code: c for c in sorted(countries, key=_code) if _fails(c, now)}
    fine = {c.code for c in countries if _is_fine(c, now)} - failing.keys()
    named = ", ".join(failing)
    if len(failing) >= weights.SEVERAL:
        words = f"Network measurements fail in {named}"
        return _measured(Sign.MANY_FAIL, now, weights.COUNTRIES_FAIL, words)
    if bad := failing.get(home):
        words = (
            f"Measurements in your country fail: {bad.failing} of {bad.measured}, "
            f"on {bad.networks} networks in your region ({home})"
        )
        weight = weights.COUNTRY_FAILS
        return _measured(Sign.HOME_FAILS, now, weight, words, (home,))
    if failing:
        words = f"Network measurements fail in {named}{beyond(home)}"
        return _measured(Sign.OTHERS_FAIL, now, 0.0, words, tuple(failing))
    if len(fine) >= weights.SEVERAL:
        words = f"Network measurements are normal in {len(fine)} countries"
        return _measured(Sign.FINE, now, weights.COUNTRIES_FINE, words)
    words = "Measurements in countries are too few or too old to say anything"
    return Finding(Voice.COUNTRIES, Sign.NOT_TOLD, now, 0.0, words, silent=True)


def of_kin(kin: Kin, now: datetime) -> Iterator[Finding]:
    """Yield what related services say: context, never a verdict."""
    if kin.parent:
        words = "The parent platform it stands on has an incident"
        yield Finding(Voice.PARENT, Sign.PARENT, now, weights.PARENT, words)
    if kin.siblings > 1:
        words = f"{kin.siblings} sibling services of the same house are in alarm"
        yield Finding(Voice.SIBLINGS, Sign.SIBLINGS, now, weights.SIBLINGS, words)


def beyond(home: str) -> str:
    """Return the end of a sentence about other countries than the person's."""
    return ", not in your region" if home else "; your country is not known"


def hot_places(places: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Return the countries a rise is limited to; empty when it is in most of them."""
    hot = sorted(code for code, ratio in places if ratio >= weights.SURGE_RATIO)
    cold = [code for code, ratio in places if ratio < weights.COLD_RATIO]
    return tuple(hot) if len(hot) <= len(cold) else ()


def _measured(
    sign: Sign,
    now: datetime,
    weight: float,
    words: str,
    places: tuple[str, ...] = (),
) -> Finding:
    return Finding(Voice.COUNTRIES, sign, now, weight, words, places=places)


def _code(country: Country) -> str:
    return country.code


def _fails(c: Country, now: datetime) -> bool:
    return (
        c.measured >= weights.MEASUREMENTS
        and c.networks >= weights.NETWORKS
        and c.failing >= weights.FAILING_SHARE * c.measured
        and abs(now - c.at) <= weights.FAILING_AGE
    )


def _is_fine(c: Country, now: datetime) -> bool:
    return (
        c.measured >= weights.MEASUREMENTS
        and c.failing < weights.FINE_SHARE * c.measured
        and abs(now - c.at) <= weights.FINE_AGE
    )
