"""Names and codes lead to places; what could mean another place leads to none."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from downlight.core.level import Level
from downlight.core.model import Component, Incident, Place, Report, SourceId
from downlight.core.places.atlas import Kind, read
from downlight.core.places.countries import COUNTRIES
from downlight.core.places.gazetteer import Gazetteer

TABLE = (Path(__file__).parents[3] / "resources" / "places.tsv").read_text("utf-8")
WORLD = Gazetteer.parse(TABLE)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def part(name: str, group: str | None = None, region: str | None = None) -> Component:
    return Component(name.lower(), name, Level.OPERATIONAL, group, region)


def told(*places: Place, parts: tuple[str, ...] = ()) -> Incident:
    return Incident(
        "i", "Trouble", Level.MAJOR, None, open=True, component_ids=parts, places=places
    )


def report(*components: Component, incidents: tuple[Incident, ...] = ()) -> Report:
    return Report(SourceId("x"), NOW, components=tuple(components), incidents=incidents)


@pytest.mark.parametrize(
    ("words", "code", "countries"),
    [
        ("eu-west-1", "eu-west-1", "IE"),
        ("API (eu-west-1)", "eu-west-1", "IE"),
        ("Storage ME-CENTRAL-1 status", "me-central-1", "AE"),
        ("europe-west3", "europe-west3", "DE"),
        ("Frankfurt (europe-west3)", "FRA", "DE"),
        ("Oregon (us-west1)", "us-west1", "US"),
        ("westeurope", "westeurope", "NL"),
        ("us-ashburn-1", "us-ashburn-1", "US"),
        ("Volumes - NYC3", "NYC3", "US"),
        ("nyc3", "NYC3", "US"),
        ("us-east-1a", "us-east", "US"),
        ("FRA", "FRA", "DE"),
        ("[FRA] edge", "FRA", "DE"),
        ("Edge, FRA", "FRA", "DE"),
        ("Frankfurt, Germany - (FRA)", "FRA", "DE"),
        ("Europe - Frankfurt, Germany -  (FRA)", "FRA", "DE"),
        ("Europe (Frankfurt)", "FRA", "DE"),
        ("edge in frankfurt", "FRA", "DE"),
        ("Portland, OR, United States - (PDX)", "PDX", "US"),
        ("San Jose, CA, United States - (SJC)", "SJC", "US"),
        ("San José, Costa Rica - (SJO)", "SJO", "CR"),
        ("San Diego, CA, United States - (SAN)", "SAN", "US"),
        ("Dongguan, China - (SZX)", "Dongguan", "CN"),
        ("Atlanta, Georgia", "ATL", "US"),
        ("Tbilisi, Georgia", "TBS", "GE"),
        ("Amman, Jordan", "AMM", "JO"),
        ("SAO PAULO (brazil)", "GRU", "BR"),
        ("Sa\u0303o Paulo", "GRU", "BR"),
        ("Brazil", "BR", "BR"),
        ("Türkiye", "TR", "TR"),
        ("Jordan", "JO", "JO"),
        ("Singapore, Singapore - (SIN)", "SIN", "SG"),
        ("Singapore", "SG", "SG"),
        ("New Mexico", "US-NM", "US"),
        ("Mexico City", "MEX", "MX"),
        ("US", "US", "US"),
        ("U.S.", "US", "US"),
        ("Pages (UK)", "GB", "GB"),
        ("Login - JP", "JP", "JP"),
        ("US East", "us-east", "US"),
        ("US East (N. Virginia)", "US-VA", "US"),
        ("Canada (Central)", "CA", "CA"),
        ("NA", "north-america", "US CA MX"),
        ("Nordics", "nordics", "DK FI IS NO SE"),
        ("Western Europe", "western-europe", ""),
        ("Western Europe (Paris)", "CDG", "FR"),
        ("Global", "global", ""),
        ("worldwide", "global", ""),
    ],
)
def test_a_name_leads_to_its_place(words: str, code: str, countries: str) -> None:
    place = WORLD.find(words)
    assert place is not None
    assert (place.code, " ".join(place.countries)) == (code, countries)


@pytest.mark.parametrize(
    "words",
    [
        *("", "API", "Pull Requests", "children", "Services for children", "Romeo"),
        *("contact us", "CONTACT US", "about us", "Rest of Europe", "EU to US sync"),
        # words that mean something else as well
        *("Mobile", "Nice", "Reading", "Orange", "Cork tools", "Jordan API", "Georgia"),
        *(
            "Mobile App (Georgia)",
            "male",
            "chad",
            "nice",
            "jersey",
            "Global Accelerator",
        ),
        # airports that are abbreviations
        *("SAN", "Storage Area Network (SAN)", "One-Time Password (OTP)", "POS", "ARN"),
        *("DNS over HTTPS (DOH)", "Data Interchange (EDI)", "Office Tools (IT)"),
        # not set off, not in capitals
        *("FRAME", "the FRA team", "(fra)", "N/A", "login na", "br"),
        # two places, or all but one
        *("San Jose", "US/EU", "Dallas, Denver", "Dallas, Phoenix, US", "Texas, Ohio"),
        *(
            "Europe and UK",
            "APAC & Japan",
            "APAC except Japan",
            "non-US",
            "London, Paris",
        ),
        *("London (eu-west-1)", "Europe (EMEA)", "Multi-region: nam-eur-asia1"),
    ],
)
def test_a_name_that_could_mean_another_place_leads_to_none(words: str) -> None:
    assert WORLD.find(words) is None


def test_large_regions_hold_their_countries() -> None:
    emea, apac = WORLD.find("EMEA"), WORLD.find("Asia Pacific (APAC)")
    union, latin = WORLD.find("EU"), WORLD.find("LATAM")
    assert emea
    assert {"DE", "ZA", "AE"} <= set(emea.countries)
    assert not {"US", "JP"} & set(emea.countries)
    assert apac
    assert {"JP", "AU"} <= set(apac.countries)
    assert union
    assert len(union.countries) == 27
    assert latin
    assert {"BR", "MX", "JM"} <= set(latin.countries)


def test_places_have_a_continent_unless_they_span_several() -> None:
    def continent(words: str) -> str:
        place = WORLD.find(words)
        assert place is not None
        return WORLD.continent(place)

    assert continent("eu-west-1") == "Europe"
    assert continent("Frankfurt") == "Europe"
    assert continent("EU") == "Europe"
    assert continent("Dubai") == "Middle East"
    assert continent("NA") == "North America"  # though Mexico is in it
    assert continent("Mexico City") == "Latin America and the Caribbean"
    assert continent("Western Europe") == "Europe"
    assert [continent(words) for words in ("EMEA", "APAC", "Global")] == [""] * 3
    # A provider's own code is not taken for a country's.
    assert WORLD.continent(Place("CA", "California", ("US",))) == "North America"
    assert WORLD.continent(Place("DE", "Delivery")) == ""
    assert WORLD.continent(Place("x", "Odd", ("XX",))) == ""


def test_components_get_the_place_of_their_region_name_or_group() -> None:
    parts = (
        part("Compute", region="us-central1"),
        part("API", region="DE"),
        part("Login (EU)", region="blue"),
        part("Tokyo, Japan - (NRT)"),
        part("Chat", group="Brazil"),
        part("Web"),
        part("Global"),
        replace(part("London"), place=Place("lon", "Our London")),
    )
    found = WORLD.locate(report(*parts))
    codes = [c.place and c.place.code for c in found.components]
    assert codes == ["us-central1", "DE", "EU", "NRT", "BR", None, None, "lon"]
    assert WORLD.locate(found) is found


def test_a_report_that_says_nothing_of_places_is_returned_as_it_is() -> None:
    for same in (report(), report(part("Web"), incidents=(told(parts=("web",)),))):
        assert WORLD.locate(same) is same


def test_an_incident_is_felt_where_all_of_its_parts_are() -> None:
    parts = (part("Tokyo"), part("Osaka"), part("Web"))

    def places(*ids: str) -> list[str]:
        found = WORLD.locate(report(*parts, incidents=(told(parts=ids),)))
        return [place.name for place in found.incidents[0].places]

    assert places("tokyo", "osaka", "tokyo") == ["Tokyo", "Osaka"]
    assert places("tokyo", "web") == []
    assert places("tokyo", "not listed") == []
    assert places() == []


@pytest.mark.parametrize(
    ("given", "then"),
    [
        (Place("us-central1", "Iowa"), Place("us-central1", "Iowa", ("US",))),
        (Place("asia-east1", "asia-east1"), Place("asia-east1", "Taiwan", ("TW",))),
        (Place("BR", ""), Place("BR", "Brazil", ("BR",))),
        (Place("NA", "NA"), Place("NA", "Namibia", ("NA",))),  # as the model says
        (Place("blue", "Frankfurt"), Place("blue", "Frankfurt", ("DE",))),
        (Place("DE", "Zone 7"), Place("DE", "Zone 7", ("DE",))),
        (Place("fsn1", "Zone 7"), Place("fsn1", "Zone 7", ("DE",))),
        (Place("blue", "Zone 7"), Place("blue", "Zone 7")),
        (Place("global", "global"), Place("global", "global")),
        (Place("DE", "Berlin", ("DE",)), Place("DE", "Berlin", ("DE",))),
    ],
)
def test_places_a_provider_names_get_their_countries(given: Place, then: Place) -> None:
    found = WORLD.locate(report(incidents=(told(given),)))
    assert found.incidents[0].places == (then,)
    assert WORLD.locate(found) is found


def test_every_country_has_a_continent_and_is_found_by_its_name() -> None:
    assert all(WORLD.continent(Place(c, n, (c,))) for c, n in COUNTRIES.items())
    lost = {c for c, n in COUNTRIES.items() if WORLD.find(n) is None}
    # Also a state, a maker of networks, an editor, a cloth, a typeface; a neighbour.
    assert lost == {"GE", "AW", "MC", "JE", "MS", "CG"}


def test_every_city_and_every_region_of_the_table_is_found_as_pages_write_it() -> None:
    lost = []
    for row in TABLE.splitlines():
        if row.startswith("#"):
            continue
        code, kind, name, codes, *_ = (*row.split("\t"), "", "", "")
        code, name = code.lstrip("~?"), name.lstrip("~?-")
        if kind == "region":
            place = WORLD.find(f"Compute ({code})")
            assert place == Place(code, name, (codes,))
        if kind == "city":
            mark = f" - ({code})" if code else ""
            place = WORLD.find(f"{name}, {COUNTRIES[codes]}{mark}")
            if place != Place(code or name, name, (codes,)):
                lost.append(name)
    assert lost == []


def test_no_word_of_the_table_means_two_places_of_one_country_and_kind() -> None:
    for words, meanings in read(TABLE).words.items():
        kinds = [(word.kind, word.place.countries) for word in meanings]
        assert len(set(kinds)) == len(kinds), words
    assert [kind.name for kind in sorted(Kind)][-1] == "CITY"


@pytest.mark.parametrize("row", ["X\tplanet", "x\tarea\tOdd\tMu", "XX\tcountry"])
def test_a_table_that_is_wrong_is_refused(row: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        Gazetteer.parse(f"# head\n{row}\n")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("London, Ontario", None),
        ("London, ON", None),
        ("Dublin, OH", None),
        ("Athens, GA", None),
        ("Melbourne, FL", None),
        ("Vancouver, WA", None),
        ("Georgia, GA", None),
        ("Chicago, IL", "ORD"),
        ("Dublin, IE (DUB)", "DUB"),
        ("Toronto, ON", "YYZ"),
        ("Berlin, DE", "TXL"),
        ("Wilmington, DE", None),
        ("London OK", "LHR"),
    ],
)
def test_a_city_in_another_country_than_the_one_of_that_name_is_not_taken_for_it(
    words: str, code: str | None
) -> None:
    found = WORLD.find(words)
    assert (found and found.code) == code


def test_two_countries_are_called_congo() -> None:
    assert WORLD.find("Congo") is None
    assert WORLD.find("Republic of the Congo") is not None
