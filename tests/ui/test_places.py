"""Where something is, beside what the provider calls it."""

from __future__ import annotations

from downlight.core.model import Component, Place
from downlight.ui.places import beside, place_words
from tests.core.spoken import turkish

FRANKFURT = Place("FRA", "Frankfurt", ("DE",))
BRAZIL = Place("BR", "Brazil", ("BR",))
WORDS = {"Germany": "Almanya", "Brazil": "Brezilya"}


def part(name: str, place: Place | None) -> Component:
    return Component("x", name, None, place=place)


def test_a_place_has_its_country_unless_it_is_one_or_lies_in_several() -> None:
    assert place_words(FRANKFURT) == "Frankfurt, Germany"
    assert place_words(BRAZIL) == "Brazil"
    assert place_words(Place("EU", "Europe", ("DE", "FR"))) == "Europe"
    assert place_words(Place("ZZ", "Nowhere", ("ZZ",))) == "Nowhere"


def test_a_place_that_the_name_tells_is_not_told_again() -> None:
    assert beside(part("West", None)) == ""
    assert beside(part("West", FRANKFURT)) == "Frankfurt, Germany"
    assert beside(part("Europe (Frankfurt, Germany)", FRANKFURT)) == ""


def test_in_another_language_names_are_still_compared_in_that_of_providers() -> None:
    with turkish(WORDS):
        assert beside(part("West", FRANKFURT)) == "Frankfurt, Almanya"
        assert beside(part("Brazil", BRAZIL)) == ""
        assert place_words(BRAZIL) == "Brezilya"


def test_a_state_keeps_its_name_and_its_country_has_that_of_the_person() -> None:
    georgia = Place("US-GA", "Georgia", ("US",))
    words = {"Georgia": "Gürcistan", "United States": "Amerika Birleşik Devletleri"}
    with turkish(words):
        assert place_words(georgia) == "Georgia, Amerika Birleşik Devletleri"
        assert beside(part("Georgia, United States", georgia)) == ""
