"""Parts stand in groups, trouble first; a page that is a map stands by continent."""

from datetime import UTC, datetime

from downlight.core.level import Level
from downlight.core.model import (
    Component,
    Incident,
    Place,
    Report,
    Selection,
    ServiceSlug,
    SourceId,
)
from downlight.core.parts import PLACES_LISTED, Group, choose, outline
from downlight.core.places.gazetteer import Gazetteer
from downlight.core.service import Feed, Service

WELL, WORK, PARTLY = Level.OPERATIONAL, Level.MAINTENANCE, Level.PARTIAL
NOWHERE = Gazetteer.parse(
    "DE\tcountry\t\t\tEurope\nJP\tcountry\t\t\tAsia\nEU\tarea\tHere\tDE, JP"
)
PAGE, MEASURED = SourceId("page"), SourceId("measured")


def part(
    name: str,
    level: Level | None = WELL,
    group: str | None = None,
    place: Place | None = None,
) -> Component:
    return Component(name.lower(), name, level, group, place=place)


def city(number: int, countries: str, level: Level | None = WELL) -> Component:
    name = f"City {number}"
    place = Place(f"C{number}", name, tuple(countries.split()))
    return part(name, level, "Network", place)


def names(groups: tuple[Group, ...]) -> list[tuple[str, list[str]]]:
    return [(group.name, [c.name for c in group.parts]) for group in groups]


def nobody(_place: Place) -> str:
    """Fail: where no place is named there is no table of places to be read."""
    raise AssertionError("nobody should be asked")


def test_parts_stand_in_their_groups_with_trouble_first() -> None:
    found = outline(
        [
            part("Web"),
            part("Chat", WELL, "Talk"),
            part("Odd", None, "New"),
            part("Calls", Level.MAJOR, "Talk"),
            part("Mail", WORK),
        ],
        nobody,
    )
    assert names(found) == [
        ("Talk", ["Calls", "Chat"]),
        ("", ["Mail", "Web"]),
        ("New", ["Odd"]),
    ]
    assert [group.level for group in found] == [Level.MAJOR, WORK, None]
    assert not any(group.folded for group in found)
    assert outline([], NOWHERE.continent) == ()


def test_many_places_are_shown_by_continent() -> None:
    cities = [city(n, "DE") for n in range(PLACES_LISTED)]
    trouble = [city(90, "JP", PARTLY), city(91, "JP"), city(92, "DE JP")]
    found = outline(
        [part("Web", WELL, "Network"), *cities, *trouble], NOWHERE.continent
    )
    assert [(group.name, len(group.parts), group.folded) for group in found] == [
        ("Asia", 2, True),
        ("Network", 1, False),
        ("Europe", 40, True),
        ("Elsewhere", 1, True),
    ]
    assert found[0].summary == "1 of 2 partly down"
    assert found[2].summary == "all 40 well"


def test_few_places_in_many_products_stay_with_their_products() -> None:
    home = Place("DE", "Germany", ("DE",))
    parts = [part("Here", WELL, f"Product {n}", home) for n in range(90)]
    assert len(outline(parts, NOWHERE.continent)) == 90
    few = [city(n, "DE") for n in range(PLACES_LISTED)]
    assert [group.name for group in outline(few, NOWHERE.continent)] == ["Network"]


def test_a_group_says_in_a_few_words_how_it_is() -> None:
    def summary(*levels: Level | None) -> str:
        return Group(
            "g", tuple(part(str(n), lv) for n, lv in enumerate(levels))
        ).summary

    assert summary(WELL) == "all well"
    assert summary(PARTLY) == "partly down"
    assert summary(WELL, WELL) == "all 2 well"
    assert summary(Level.MAJOR, Level.MAJOR) == "all 2 down"
    assert summary(WELL, PARTLY, WORK, None, PARTLY) == (
        "2 of 5 partly down, 1 in maintenance, 1 not known"
    )
    assert summary(WELL, Level.DEGRADED) == "1 of 2 troubled"


def test_counts_stand_with_the_worst_first() -> None:
    levels = (WELL, None, PARTLY, WELL)
    group = Group("g", tuple(part(str(n), lv) for n, lv in enumerate(levels)))
    assert group.counts == ((PARTLY, 1), (None, 1), (WELL, 2))


def test_a_choice_of_parts_narrows_official_pages_alone() -> None:
    before = Selection(frozenset({"Talk"}), regions=frozenset({"eu"}))
    service = Service(ServiceSlug("x"), "X", "ai", (Feed(PAGE, before), Feed(MEASURED)))
    chosen = choose(service, ("Web", "Chat"), {PAGE})
    assert chosen.feeds == (
        Feed(
            PAGE,
            Selection(
                components=frozenset({"Web", "Chat"}),
                regions=frozenset({"eu"}),
                every=True,
            ),
        ),
        Feed(MEASURED),
    )
    assert choose(service, (), {PAGE}) is service
    both = choose(service, ("Web",), {PAGE, MEASURED})
    assert [feed.selection.every for feed in both.feeds] == [False, False]


def test_a_chosen_part_has_the_level_of_its_own_row() -> None:
    service = Service(ServiceSlug("x"), "X", "ai", (Feed(PAGE),))
    loose = Incident("i", "Trouble", Level.MAJOR, None, open=True)
    report = Report(
        PAGE,
        datetime(2026, 3, 1, tzinfo=UTC),
        Level.MAJOR,
        components=(part("Web"), part("Chat", PARTLY)),
        incidents=(loose,),  # names no part, as some pages do for every incident
    )

    def seen(*parts: str) -> Report:
        return choose(service, parts, {PAGE}).feeds[0].selection.narrow(report)

    assert (seen("Web").level, seen("Web").incidents) == (WELL, ())
    assert seen("Web", "chat").level is PARTLY
    assert seen("Gone", "Lost").level is None
