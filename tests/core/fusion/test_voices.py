"""What each voice says, as findings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.fusion import voices, weights
from downlight.core.fusion.findings import Sign, Voice
from downlight.core.fusion.seen import (
    Country,
    Kin,
    Page,
    PageWord,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


# ---------------------------------------------------------------- the official page


@pytest.mark.parametrize(
    ("page", "sign", "weight"),
    [
        (Page(PageWord.GREEN), Sign.GREEN, -0.3),
        (Page(PageWord.RESOLVED), Sign.RESOLVED, 0),
        (Page(PageWord.MINOR), Sign.MINOR, 10),
        (Page(PageWord.MAJOR, NOW - 6 * HOUR), Sign.MAJOR, 12),
        (Page(PageWord.MAJOR, NOW - 7 * HOUR), Sign.OLD_RED, 6),
        (Page(PageWord.MINOR, NOW - 25 * HOUR), Sign.OLD_RED, 2),
        (Page(PageWord.MAINTENANCE), Sign.PLANNED, 0),
        (
            Page(PageWord.MAINTENANCE, planned_end=NOW - 30 * MINUTE),
            Sign.PLANNED,
            0,
        ),
        (
            Page(PageWord.MAINTENANCE, planned_end=NOW - 31 * MINUTE),
            Sign.OVERRUN,
            0,
        ),
    ],
)
def test_the_page_weighs_by_its_word_and_its_age(
    page: Page, sign: Sign, weight: float
) -> None:
    found = voices.of_page(page, NOW)
    assert (found.voice, found.sign) == (Voice.OFFICIAL, sign)
    assert found.weight == pytest.approx(weight)


def test_an_old_incident_says_how_old_and_where() -> None:
    page = Page(PageWord.MAJOR, NOW - 9 * HOUR, ("BR", "CL"))
    found = voices.of_page(page, NOW)
    assert found.words == (
        "The official page names a large outage (last update 9 h ago) "
        "in Brazil and Chile"
    )
    assert found.since == NOW - 9 * HOUR
    assert found.is_elsewhere("NL") and not found.is_elsewhere("CL")


def test_places_of_a_page_that_is_green_limit_nothing() -> None:
    assert voices.of_page(Page(PageWord.GREEN, places=("BR",)), NOW).places == ()


# ------------------------------------------------------------ measurements, and kin


def country(
    code: str,
    failing: int = 9,
    measured: int = 10,
    networks: int = 4,
    age: timedelta = HOUR,
) -> Country:
    return Country(code, NOW - age, failing, measured, networks)


@pytest.mark.parametrize(
    ("countries", "sign"),
    [
        ((country("NL"),), Sign.HOME_FAILS),
        ((country("NL"), country("IT"), country("JP")), Sign.MANY_FAIL),
        ((country("IT"), country("JP")), Sign.OTHERS_FAIL),
        ((country("NL", measured=4, failing=4),), Sign.NOT_TOLD),
        ((country("NL", networks=1),), Sign.NOT_TOLD),
        ((country("NL", failing=4),), Sign.NOT_TOLD),
        ((country("NL", age=49 * HOUR),), Sign.NOT_TOLD),
        (tuple(country(c, failing=0) for c in ("NL", "IT", "JP")), Sign.FINE),
        (tuple(country(c, failing=0) for c in ("NL", "IT")), Sign.NOT_TOLD),
        (tuple(country(c, 0, 4) for c in ("NL", "IT", "JP")), Sign.NOT_TOLD),
        (
            tuple(country(c, 0, age=3 * HOUR) for c in ("NL", "IT", "JP")),
            Sign.NOT_TOLD,
        ),
    ],
)
def test_countries_speak_with_enough_fresh_measurements_on_enough_networks(
    countries: tuple[Country, ...], sign: Sign
) -> None:
    found = voices.of_countries(countries, "NL", NOW)
    assert found is not None
    assert found.sign is sign
    assert found.silent is (sign is Sign.NOT_TOLD)


def test_no_measurements_at_all_are_no_finding() -> None:
    assert voices.of_countries((), "NL", NOW) is None


def test_kin_is_context_and_one_sibling_is_none() -> None:
    assert not [*voices.of_kin(Kin(siblings=1), NOW)]
    found = [*voices.of_kin(Kin(parent=True, siblings=2), NOW)]
    assert [f.weight for f in found] == [weights.PARENT, weights.SIBLINGS]


def test_the_same_country_measured_thrice_is_one_country() -> None:
    same = [country("BR", failing=0)] * 3
    found = voices.of_countries(same, "NL", NOW)
    assert found is not None
    assert found.silent


def test_measurements_of_a_far_future_say_nothing() -> None:
    ahead = [country(code, age=-72 * HOUR) for code in ("BR", "CL", "NL")]
    found = voices.of_countries(ahead, "NL", NOW)
    assert found is not None
    assert found.silent


def test_what_is_not_the_persons_country_is_not_claimed_when_it_is_not_known() -> None:
    found = voices.of_countries([country("BR")], "", NOW)
    assert found is not None
    assert found.words == (
        "Network measurements fail in Brazil; your country is not known"
    )
