"""Where a service is in trouble, in rows, spots and words; without Qt."""

import csv
import io
from dataclasses import replace

import pytest

from downlight.core.level import Level
from downlight.core.model import WORLD, Component, Place, RegionReading
from downlight.ui.kit.look import Look
from downlight.ui.regions.regions import Regions, Row, State, as_csv
from downlight.ui.regions.view import regions
from tests.ui import made_up, show_regions
from tests.ui.made_up import ago, evidence, info, report, service, view
from tests.ui.show_regions import BRAZIL, SPAIN, chirp, glance, measured, reading, told


def rows(*readings: RegionReading, home: str = show_regions.HOME) -> tuple[Row, ...]:
    return regions(glance(chirp(measured(readings)), home)).rows


def only(found: RegionReading) -> Row:
    (row,) = rows(found, home="")
    return row


def test_your_country_comes_first_then_the_worst() -> None:
    made = regions(show_regions.GLANCES["outage"]())
    names = [row.name for row in made.rows]
    assert names[:7] == [
        *("Turkey", "Brazil", "Spain", "Iran", "Turkmenistan", "China"),
        "United Arab Emirates",
    ]
    assert made.rows[0].home and not any(row.home for row in made.rows[1:])
    assert made.rows[-1].state is State.FINE


@pytest.mark.parametrize(
    ("found", "state", "word"),
    [
        (reading("BR"), State.FINE, "fine"),
        (reading("BR", level=Level.DEGRADED), State.TROUBLED, "troubled"),
        (reading("BR", level=Level.PARTIAL), State.DOWN, "partly down"),
        (reading("BR", level=Level.MAJOR), State.DOWN, "down"),
        (reading("BR", 40, 39, level=None, blocked=True), State.BLOCKED, "blocked"),
        (reading("BR", 40, 39, level=None), State.FAILING, "most fail"),
        (reading("BR", 40, 39, level=None, networks=None), State.FAILING, "most fail"),
        (reading("BR", 40, 39, level=None, networks=1), State.FEW, "too few to say"),
        (reading("BR", 3, 3, level=None), State.FEW, "too few to say"),
        (reading("BR", 40, 3, level=None), State.FEW, "too few to say"),
        (reading("BR", 0, 0, level=None), State.UNKNOWN, "not known"),
        (reading("BR", internet=True), State.UNKNOWN, "Internet fine"),
        (reading("BR", internet=True, level=None), State.UNKNOWN, "not known"),
        (
            reading("BR", internet=True, level=Level.MAJOR),
            State.DOWN,
            "Internet down",
        ),
    ],
)
def test_a_reading_becomes_a_state_and_a_word(
    found: RegionReading, state: State, word: str
) -> None:
    row = only(found)
    assert row.state is state
    assert word in row.word


def test_the_sample_is_always_said() -> None:
    assert "3 of 120 measurements failed." in only(reading("BR")).spoken
    one = only(reading("BR", 1, 1, level=None))
    assert "The one measurement failed." in one.spoken
    well = only(reading("BR", 1, 0, level=None))
    assert "The one measurement succeeded." in well.spoken


def test_what_counts_nothing_has_no_sample_and_no_age() -> None:
    row = only(reading("BR", 0, 0, level=Level.MAJOR, internet=True, at=None))
    assert (row.measurements, row.failing, row.age) == (None, None, "")
    assert row.spoken == (
        "Brazil: Internet down. The Internet there as a whole, not this service. "
        "Open measurements, time not said."
    )


def test_a_place_the_provider_names_is_a_row_that_says_so() -> None:
    made = regions(glance(chirp(told(BRAZIL, level=Level.DEGRADED)), home=""))
    (row,) = made.rows
    assert row.spoken == (
        "Brazil: troubled. Named by the provider, not measured. "
        "Chirp's status page, 1 min ago."
    )
    assert made.spots[0].said == "Brazil: troubled"
    assert made.said == (
        "Nobody measures Chirp by country. What is known: the provider names Brazil.",
    )


def test_more_places_than_a_person_reads_are_counted() -> None:
    made = regions(show_regions.GLANCES["cloud"]())
    assert made.said == (
        (
            "Nobody measures Nimbus by country. "
            "What is known: the provider names 4 places."
        ),
    )


def test_others_who_watch_are_not_called_the_provider() -> None:
    source = info("Downlookers", "aggregator")
    part = Component("1", "Messages", Level.MAJOR, region="xx-9")
    found = evidence(source, report("d", Level.MAJOR, ago(1), components=(part,)))
    made = regions(glance(chirp(found), home=""))
    (row,) = made.rows
    assert (row.name, row.countries, made.spots) == ("xx-9", (), ())
    assert "Named by others who watch" in row.text
    assert made.said[0].endswith("What is known: others who watch name xx-9.")


def test_a_region_of_a_cloud_is_a_place_in_its_countries() -> None:
    made = regions(show_regions.GLANCES["cloud"]())
    names = {row.name: row for row in made.rows}
    paris = names["Paris, France (eu-west-0)"]
    assert (paris.countries, paris.whole) == (("FR",), False)
    spot = next(spot for spot in made.spots if spot.code == "FR")
    assert not spot.whole
    assert spot.said == "France, in Paris, France (eu-west-0): down"
    assert "São Paulo, Brazil (sa-east-1)" not in names  # nothing is wrong there


def test_the_worst_that_is_said_of_a_country_colours_it() -> None:
    view_ = chirp(told(BRAZIL), measured([reading("BR"), reading("ES")]))
    made = regions(glance(view_, home=""))
    assert [(spot.code, spot.state) for spot in made.spots] == [
        ("BR", State.DOWN),
        ("ES", State.FINE),
    ]
    assert [row.word for row in made.rows if row.name == "Brazil"] == ["down", "fine"]


def test_what_is_said_of_the_world_colours_no_country() -> None:
    made = regions(glance(chirp(told(Place(WORLD, "Global")))))
    assert [(row.name, row.word) for row in made.rows] == [
        ("Turkey", "nothing known"),
        ("Everywhere", "down"),
    ]
    assert made.spots == ()


def test_a_home_of_which_nothing_is_known_says_so() -> None:
    home, *_ = rows(reading("BR"))
    assert (home.home, home.state, home.look) == (True, State.UNKNOWN, Look.UNKNOWN)
    assert home.spoken == (
        "Turkey (your country): nothing known. No source speaks of it by name."
    )


def test_a_home_nobody_knows_has_no_row() -> None:
    assert [row.name for row in rows(reading("BR"), home="")] == ["Brazil"]


def test_the_worst_of_what_is_said_of_one_place_counts() -> None:
    source = info("Its page")
    parts = tuple(
        Component(str(n), f"Part {n}", level, place=SPAIN)
        for n, level in enumerate((Level.DEGRADED, Level.MAJOR, None))
    )
    found = evidence(source, report("p", Level.MAJOR, ago(1), components=parts))
    (row,) = regions(glance(chirp(found), home="")).rows
    assert row.word == "down"


def test_what_is_too_old_colours_nothing_and_says_so() -> None:
    made = regions(show_regions.GLANCES["old"]())
    assert made.spots == ()
    assert {row.word for row in made.rows} == {"too old to count"}
    assert made.said == (
        "Open measurements: Answered 3 d 11 h ago. What it said is too old to count.",
    )


def test_trouble_named_too_long_ago_is_not_named() -> None:
    source = info("Its page")
    part = Component("1", "Messages", Level.MAJOR, place=BRAZIL)
    old = evidence(source, report("p", Level.MAJOR, ago(900), components=(part,)))
    assert regions(glance(chirp(old))).rows == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nobody", "Nobody measures Chirp by country. Nobody names one, either."),
        ("asking", "The first answers are still awaited."),
        ("lost", "Open measurements: No answer in time."),
        ("offline", "You are offline. What is shown here was known before."),
    ],
)
def test_a_page_without_rows_says_why(name: str, said: str) -> None:
    made = regions(show_regions.GLANCES[name]())
    assert made.said[0] == said
    if name in {"nobody", "lost"}:
        assert made.rows == ()
        assert "Is it me?" in made.said[-1]


def test_a_source_that_measured_nothing_is_told_from_none() -> None:
    made = regions(glance(chirp(measured([]))))
    assert made.said[0] == "Nothing was measured in any country lately."


def test_the_internet_as_a_whole_is_not_the_service() -> None:
    made = regions(glance(chirp(measured([reading("BR", internet=True)]))))
    assert made.said == (
        (
            "Nobody measures Chirp by country. What is measured is the Internet there"
            " as a whole."
        ),
    )


def test_how_far_to_trust_it_is_said_below() -> None:
    made = regions(glance(chirp(measured([reading("BR")]))))
    assert made.notes == (show_regions.NOTE,)


def test_the_legend_explains_what_is_there_and_what_is_not() -> None:
    made = regions(glance(chirp(told(BRAZIL), measured([reading("ES")]))))
    assert made.states == (State.DOWN, State.UNKNOWN, State.FINE)
    assert Regions().states == (State.UNKNOWN,)


def test_the_same_glance_gives_equal_pages() -> None:
    seen = show_regions.GLANCES["outage"]
    assert regions(seen()) == regions(seen())


def test_a_csv_has_a_head_codes_counts_and_utc() -> None:
    view_ = chirp(told(BRAZIL), measured([reading("ES", 97, 41)]))
    made = regions(glance(view_, home=""))
    table = list(csv.DictReader(io.StringIO(as_csv(made.rows))))
    assert table == [
        {
            "country": "BR",
            "name": "Brazil",
            "state": "down",
            "failing": "",
            "measurements": "",
            "networks": "",
            "measured_at": "2026-03-04T15:13:40Z",
            "source": "Chirp's status page",
        },
        {
            "country": "ES",
            "name": "Spain",
            "state": "fine",
            "failing": "41",
            "measurements": "97",
            "networks": "12",
            "measured_at": "2026-03-03T14:14:40Z",
            "source": "Open measurements",
        },
    ]


def test_no_cell_of_a_csv_is_a_formula() -> None:
    row = replace(only(reading("BR", at=None)), name='=CMD("x"), y', source="@home")
    (cells,) = list(csv.DictReader(io.StringIO(as_csv([row]))))
    assert (cells["name"], cells["source"]) == ('\'=CMD("x"), y', "'@home")
    assert cells["measured_at"] == ""


def test_the_made_up_outage_is_shown_from_where_it_is() -> None:
    made = regions(glance(made_up.chatter(), home="BR"))
    first, second, *_ = made.rows
    assert (first.word, first.source) == ("partly down", "Chatter's status page")
    assert (second.word, second.measurements) == ("partly down", 412)


def test_offline_is_said_above_what_was_known() -> None:
    away = view(service("x", "X"), measured([reading("BR")]), online=False)
    made = regions(glance(away))
    assert made.rows
    assert made.said[0].startswith("You are offline.")
