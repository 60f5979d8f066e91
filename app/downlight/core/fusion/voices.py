"""What the official page, countries and kin say, as findings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import weights
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.seen import Country, Kin, Page, PageWord
from downlight.core.places.countries import country, named
from downlight.core.speech import mark, number, tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RED: Final = {
    PageWord.MAJOR: (
        Sign.MAJOR,
        weights.OFFICIAL_MAJOR,
        mark("The official page names a large outage"),
    ),
    PageWord.MINOR: (
        Sign.MINOR,
        weights.OFFICIAL_MINOR,
        mark("The official page names some trouble"),
    ),
}
_BEYOND: Final = mark("Network measurements fail in {places}, not in your region")
_PERHAPS_HERE: Final = mark(
    "Network measurements fail in {places}; your country is not known"
)
HOUR: Final = timedelta(hours=1)


def of_page(page: Page, now: datetime) -> Finding:
    """Return what the official page says."""
    if page.word in _RED:
        return _red(page, now)
    match page.word:
        case PageWord.MAINTENANCE:
            sign, weight = Sign.PLANNED, 0.0
            words = tr("The official page announces maintenance")
            if now - (page.planned_end or now) > weights.OVERRUN:
                sign = Sign.OVERRUN
                words = tr(
                    "The official page announces maintenance that should be over by now"
                )
        case PageWord.RESOLVED:
            sign, weight = Sign.RESOLVED, 0.0
            words = tr("The official page says it is resolved")
        case _:
            sign, weight = Sign.GREEN, weights.OFFICIAL_GREEN
            words = tr("The official page shows no incident")
    return _official(page, sign, now, weight, words)


def _red(page: Page, now: datetime) -> Finding:
    sign, weight, trouble = _RED[page.word]
    age = now - (page.updated or now)
    words = tr(trouble)
    if age > weights.OLD:
        sign = Sign.OLD_RED
        share = weights.OLD_SHARE
        if age > weights.VERY_OLD:
            share = weights.VERY_OLD_SHARE
        weight *= share
        words = tr(
            "{trouble} (last update {hours} h ago)",
            trouble=words,
            hours=number(age / HOUR),
        )
    if page.places:
        places = named(page.places)
        words = tr("{trouble} in {places}", trouble=words, places=places)
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
        words,
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
    if len(failing) >= weights.SEVERAL:
        words = tr("Network measurements fail in {places}", places=named([*failing]))
        return _measured(Sign.MANY_FAIL, now, weights.COUNTRIES_FAIL, words)
    if bad := failing.get(home):
        words = tr(
            "Measurements in your country fail: {failing} of {measured}, "
            "on {networks} networks in your region ({home})",
            failing=number(bad.failing),
            measured=number(bad.measured),
            networks=number(bad.networks),
            home=country(home),
        )
        weight = weights.COUNTRY_FAILS
        return _measured(Sign.HOME_FAILS, now, weight, words, (home,))
    if failing:
        words = tr(_BEYOND if home else _PERHAPS_HERE, places=named([*failing]))
        return _measured(Sign.OTHERS_FAIL, now, 0.0, words, tuple(failing))
    if len(fine) >= weights.SEVERAL:
        words = trn(
            "Network measurements are normal in {n} country",
            "Network measurements are normal in {n} countries",
            len(fine),
        )
        return _measured(Sign.FINE, now, weights.COUNTRIES_FINE, words)
    words = tr("Measurements in countries are too few or too old to say anything")
    return Finding(Voice.COUNTRIES, Sign.NOT_TOLD, now, 0.0, words, silent=True)


def of_kin(kin: Kin, now: datetime) -> Iterator[Finding]:
    """Yield what related services say: context, never a verdict."""
    if kin.parent:
        words = tr("The parent platform it stands on has an incident")
        yield Finding(Voice.PARENT, Sign.PARENT, now, weights.PARENT, words)
    if kin.siblings > 1:
        words = trn(
            "{n} sibling service of the same house is in alarm",
            "{n} sibling services of the same house are in alarm",
            kin.siblings,
        )
        yield Finding(Voice.SIBLINGS, Sign.SIBLINGS, now, weights.SIBLINGS, words)


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
