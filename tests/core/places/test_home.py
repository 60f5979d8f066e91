"""Which country a computer seems to be in, and what it is called."""

from __future__ import annotations

import pytest

from downlight.core.places import home
from downlight.core.places.countries import (
    COUNTRIES,
    called,
    country,
    find,
    with_article,
)
from downlight.core.places.home import Whereabouts
from downlight.storage.resources import resource

ZONES = home.parse(resource("zones.tsv").read_text("utf-8"))


@pytest.mark.parametrize(
    ("zone", "code"),
    [
        ("Europe/Istanbul", "TR"),
        ("Asia/Istanbul", "TR"),
        ("Turkey", "TR"),
        ("Asia/Calcutta", "IN"),
        ("Iceland", "IS"),
        ("Africa/Timbuktu", "ML"),
        ("US/Eastern", "US"),
        ("Europe/Kiev", "UA"),
        ("Europe/Stockholm", "SE"),
        ("Europe/Busingen", "DE"),
        ("Asia/Dubai", "AE"),
    ],
)
def test_a_zone_speaks_of_its_country_also_by_an_old_name(zone: str, code: str) -> None:
    assert home.guess("", zone, ZONES) == Whereabouts(code, "zone")


@pytest.mark.parametrize(
    ("zone", "locale", "code"),
    [
        ("Europe/Berlin", "sv_SE.UTF-8", "SE"),
        ("Europe/Berlin", "tr_TR.UTF-8", "DE"),
        ("Europe/London", "en_IM.UTF-8", "IM"),
        ("Europe/London", "en_US.UTF-8", "GB"),
        ("Europe/Belgrade", "sq_XK", "XK"),
        ("Asia/Bangkok", "vi_VN", "VN"),
        ("Europe/Zurich", "de_DE.UTF-8", "CH"),
        ("Europe/Simferopol", "uk_UA.UTF-8", "UA"),
    ],
)
def test_the_locale_decides_between_the_countries_of_one_zone(
    zone: str, locale: str, code: str
) -> None:
    assert home.guess(locale, zone, ZONES) == Whereabouts(code, "zone")


def test_where_zone_and_locale_contradict_the_zone_wins() -> None:
    assert home.guess("de_DE", "Europe/Istanbul", ZONES).code == "TR"


def test_whose_a_place_is_that_two_call_theirs_is_not_guessed() -> None:
    assert home.guess("en_GB", "Europe/Simferopol", ZONES) == Whereabouts()


@pytest.mark.parametrize(
    "zone", ["", "UTC", "Etc/UTC", "Etc/GMT-3", "CET", "Mars/Base"]
)
def test_without_a_zone_of_a_country_the_locale_is_believed(zone: str) -> None:
    assert home.guess("tr_TR.UTF-8", zone, ZONES) == Whereabouts("TR", "locale")
    assert home.guess("und_US", zone, ZONES).code == "US"


@pytest.mark.parametrize(
    "locale", ["", "C", "C.UTF-8", "POSIX", "en_US", "en_US.UTF-8", "EN-us", "en_001"]
)
def test_what_systems_are_set_to_by_default_is_no_evidence(locale: str) -> None:
    assert home.guess(locale, "Etc/UTC", ZONES) == Whereabouts()


@pytest.mark.parametrize(
    ("locale", "code"),
    [
        ("tr_TR.UTF-8", "TR"),
        ("sr_RS@latin", "RS"),
        ("zh-Hant-TW", "TW"),
        ("zh_Hans_CN", "CN"),
        ("haw_US", "US"),
        ("en_US@rg=trzzzz", "TR"),
        ("en_UK", ""),
        ("es_419", ""),
        ("tr", ""),
        ("_", ""),
    ],
)
def test_a_locale_names_a_country_in_many_ways_or_in_none(
    locale: str, code: str
) -> None:
    assert home.territory(locale) == code


def test_the_table_knows_only_countries_and_misses_none_that_people_live_in() -> None:
    known = {code for codes in ZONES.values() for code in codes if code}
    assert known <= set(COUNTRIES)
    assert set(COUNTRIES) - known == {"BV", "HM"}
    assert all(len(codes) == len(set(codes)) for codes in ZONES.values())


def test_what_a_person_says_goes_before_every_guess() -> None:
    assert home.said("TR") == Whereabouts("TR", "said", settled=True)
    assert home.said("none") == Whereabouts("", "withheld", settled=True)
    assert home.said("auto") is home.said("") is None


def test_why_a_country_counts_is_said() -> None:
    assert Whereabouts("TR", "zone").words == "Turkey, guessed from the time zone"
    assert Whereabouts("TR", "said").words == "Turkey, as you said"
    assert Whereabouts("", "withheld").words == "not said, as you wish"
    assert Whereabouts().words == "not known"
    assert Whereabouts("TR", "locale").words == (
        "Turkey, guessed from the language and region set on this computer"
    )


def test_a_country_stands_in_a_sentence_as_people_say_it() -> None:
    assert with_article("ES") == "Spain"
    assert with_article("NL") == "the Netherlands"
    assert country("ZZ") == "ZZ"


@pytest.mark.parametrize(
    ("words", "code"),
    [("tr", "TR"), ("TÜRKIYE", "TR"), ("uk", "GB"), ("niger", "NE"), ("Nig", "")],
)
def test_a_country_is_called_by_its_code_or_names(words: str, code: str) -> None:
    assert called(words) == code


def test_a_search_puts_what_is_called_so_first_then_what_begins_so() -> None:
    assert find("congo") == ["CG", "CD"]
    assert find("guinea")[:2] == ["GN", "GW"]
    assert find("tr")[:2] == ["TR", "TT"]
    assert find(" cote d’ivoire ") == ["CI"]
    assert find("spana") == []
    assert find("españa", {"ES": ("España", "Espanya")}) == ["ES"]


def test_without_words_all_countries_come_in_the_order_of_their_names() -> None:
    everyone = find("  ")
    assert len(everyone) == len(COUNTRIES)
    assert everyone[:3] == ["AF", "AX", "AL"]
