"""Countries are found and put in order by what the person calls them."""

from __future__ import annotations

import pytest

from downlight.core.model import Place
from downlight.core.places.countries import (
    COUNTRIES,
    called,
    country,
    find,
    named,
    place_name,
    with_article,
)
from tests.core.spoken import turkish

WORDS = {
    "Germany": "Almanya",
    "Iceland": "İzlanda",
    "Iraq": "Irak",
    "Netherlands": "Hollanda",
    "Åland Islands": "Åland Adaları",
}


def test_a_country_has_the_name_the_person_gives_it() -> None:
    with turkish(WORDS):
        assert country("DE") == with_article("DE") == "Almanya"
        assert with_article("NL") == "Hollanda"
        assert country("FR") == "France"
    assert country("DE") == "Germany"
    assert COUNTRIES["DE"] == "Germany"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("alman", "DE"),
        ("germany", "DE"),
        ("de", "DE"),
        ("izlanda", "IS"),
        ("İZLANDA", "IS"),
        ("ırak", "IQ"),
        ("holland", "NL"),
    ],
)
def test_a_country_is_found_in_both_languages_and_by_its_code(
    words: str, code: str
) -> None:
    with turkish(WORDS):
        assert find(words)[0] == code


def test_a_country_is_called_by_its_name_in_either_language() -> None:
    with turkish(WORDS):
        assert called("almanya") == called("Germany") == "DE"
    assert called("almanya") == ""


def test_countries_stand_in_the_order_of_the_names_that_are_shown() -> None:
    with turkish(WORDS):
        found = find("")
    assert found.index("AX") < found.index("AL") < found.index("DE")
    assert found.index("AO") > found.index("DE") > found.index("DZ")


def test_few_countries_are_named_and_many_counted() -> None:
    assert named(["NL"]) == "the Netherlands"
    assert named(["BR", "CL", "NL"]) == "Brazil, Chile and the Netherlands"
    assert named(["BR", "CL", "NL", "DE"]) == "Brazil, Chile and 2 more places"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("GE", "Georgia", ("GE",)), "Gürcistan"),
        (Place("GE", "Georgia"), "Gürcistan"),
        (Place("US-GA", "Georgia", ("US",)), "Georgia"),
        (Place("US-GA", "Georgia"), "Georgia"),
        (Place("ap-southeast-1", "Singapore", ("SG",)), "Singapur"),
        (Place("fra", "Frankfurt", ("DE",)), "Frankfurt"),
        (Place("benelux", "Benelux", ("BE", "LU", "NL")), "Benelüks"),
    ],
)
def test_a_state_is_not_translated_as_the_country_of_its_name(
    place: Place, said: str
) -> None:
    words = {"Georgia": "Gürcistan", "Singapore": "Singapur", "Benelux": "Benelüks"}
    with turkish(words):
        assert place_name(place) == said
    assert place_name(place) == place.name
