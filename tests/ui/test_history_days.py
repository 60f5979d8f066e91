"""Days and months as they are drawn: well only where somebody looked all day."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest

from downlight.core.history.calendar import Day
from downlight.core.history.past import Kind, Past, Span
from downlight.core.level import Level
from downlight.ui.history.days import LEGEND, OLDEST, Heat, day_words, heat, in_year
from downlight.ui.history.days import years as years_of
from downlight.ui.history.heat_grid import BANDS, arrange
from tests.core.history.pasts import CHAT, DAY, HOUR, NOON, outage, past

DATE = date(2026, 3, 4)


def day(**more: object) -> Day:
    return Day(DATE, **more)  # type: ignore[arg-type]  # a table of fields


def down(minutes: float, **more: object) -> Day:
    return day(level=Level.MAJOR, outages=1, down=timedelta(minutes=minutes), **more)


@pytest.mark.parametrize(
    ("known", "drawn", "words"),
    [
        (day(), Heat.UNSEEN, "not known, nobody looked"),
        (day(looked=HOUR), Heat.PART, "no outage in the 1 h that were watched"),
        (day(looked=DAY), Heat.FINE, "no outage, watched all the time"),
        (
            day(looked=HOUR, length=HOUR),
            Heat.FINE,
            "no outage so far, watched all the time",
        ),
        (day(length=timedelta()), Heat.AHEAD, "still to come"),
        (
            day(blocked=True),
            Heat.OTHER,
            "not known, nobody looked; Chat was blocked somewhere",
        ),
        (
            day(sibling=True, looked=DAY),
            Heat.FINE,
            "no outage, watched all the time; others of its house were in trouble",
        ),
        (down(0, unsure=True), Heat.UNTIMED, "one outage, not known how long"),
        (down(0), Heat.SHORT, "one outage, 0 s"),
        (down(15), Heat.SHORT, "one outage, 15 min"),
        (down(16, looked=DAY), Heat.MIDDLE, "one outage, 16 min"),
        (down(240, unsure=True), Heat.LONG, "one outage, 4 h at least"),
        (
            day(outages=2, down=5 * HOUR, blocked=True),
            Heat.LONGEST,
            "2 outages, 5 h in all; Chat was blocked somewhere",
        ),
    ],
)
def test_a_day_is_drawn_and_said_as_it_is_known(
    known: Day, drawn: Heat, words: str
) -> None:
    assert heat(known) is drawn
    assert day_words(known, "Chat") == f"Wednesday, 4 March 2026: {words}."


def test_a_year_is_summed_up_and_each_month_says_what_it_rests_on() -> None:
    watched = (Span(NOON - 3 * DAY, NOON + 10 * DAY),)
    known = past(outage(), outage(NOON + DAY, None, precision=DAY), watched=watched)
    (year,) = years_of(known, UTC)
    assert (year.number, len(year.days), len(year.heats)) == (2026, 365, 365)
    assert year.summary == (
        "2026: an outage on 2 days, none on 11 days watched from begin to end, none "
        "seen on one day watched in part and not known how it was on 59 days."
    )
    january, february, march, april, *_ = year.months
    assert (january.size, january.unknown, january.name) == (None, True, "Jan")
    assert february.words == "February 2026: not known, nobody looked."
    assert (march.size, march.least) == (60, True)
    assert march.words == (
        "March 2026: 2 outages, 1 h at least; 13 d of it were watched."
    )
    assert (april.size, april.unknown) == (None, False)
    assert april.words == "April 2026: still to come."
    assert year.down == (HOUR,)
    assert year.legend == tuple(heat for heat in LEGEND if heat in year.heats)
    assert Heat.AHEAD not in year.legend


def test_a_month_without_an_outage_is_fine_only_where_it_was_watched() -> None:
    whole = Span(NOON.replace(month=1, day=1), NOON + 10 * DAY)
    (year,) = years_of(past(watched=(whole,)), UTC)
    _, february, *_ = year.months
    assert (february.size, february.fine, february.least) == (0, True, False)
    assert february.words == "February 2026: no outage; watched all the time."
    assert year.summary.startswith("2026: no outage is known, none on 72 days")


def test_a_month_nobody_watched_can_have_an_outage() -> None:
    (year,) = years_of(past(outage(NOON - 40 * DAY)), UTC)
    assert year.months[0].words == "January 2026: one outage, 1 h; not watched."
    assert year.months[0].least


def test_a_month_whose_outage_has_no_known_length_is_marked_as_not_known() -> None:
    (year,) = years_of(past(outage(length=None, precision=DAY)), UTC)
    march = year.months[2]
    assert (march.size, march.unknown) == (None, True)
    assert march.words.startswith("March 2026: one outage, not known how long;")


def test_there_are_all_years_from_the_first_outage_but_no_more_than_can_be_true() -> (
    None
):
    assert [year.number for year in years_of(past(), UTC)] == [2026]
    known = past(outage(NOON - 700 * DAY), outage())
    assert [year.number for year in years_of(known, UTC)] == [2024, 2025, 2026]
    ancient = past(outage(NOON.replace(year=1970)))
    assert len(years_of(ancient, UTC)) == OLDEST
    ahead = past(outage(NOON.replace(year=2031)))
    assert [year.number for year in years_of(ahead, UTC)] == [2026]


def test_the_last_of_february_is_another_day_in_other_years() -> None:
    assert in_year(date(2024, 2, 29), 2025) == date(2025, 2, 28)
    assert in_year(date(2025, 2, 28), 2024) == date(2024, 2, 28)


def test_a_block_that_goes_on_hides_no_day_that_was_watched() -> None:
    block = outage(NOON - 30 * DAY, None, kind=Kind.BLOCK, level=None, lasts=True)
    known = Past(CHAT, NOON, (block,), (Span(NOON - 5 * DAY, NOON),))
    (year,) = years_of(known, UTC)
    assert year.heats.count(Heat.FINE) == 5
    assert year.heats.count(Heat.OTHER) == 25


@pytest.mark.parametrize("width", [180, 300, 420, 560, 1200])
@pytest.mark.parametrize("year", [2023, 2024, 2028])
def test_every_day_of_a_year_has_a_place_of_its_own(width: int, year: int) -> None:
    grid = arrange(year, width, side=30, top=18, least=10, most=16)
    first = date(year, 1, 1)
    days = [first + n * DAY for n in range((date(year + 1, 1, 1) - first).days)]
    places = [grid.at(it) for it in days]
    assert len(set(places)) == len(days)
    for it, (x, y) in zip(days, places, strict=True):
        assert grid.day(x + grid.pitch / 2, y + grid.pitch / 2) == it
        assert x >= 30
        assert x + grid.pitch <= max(width, 30 + 15 * 4 + 30 * 4)
        assert y + grid.pitch <= grid.height
    assert grid.bands in BANDS


def test_where_there_is_no_day_none_is_found() -> None:
    grid = arrange(2026, 700, side=30, top=18, least=10, most=16)
    assert grid.day(5, 40) is None  # the name of a day
    assert grid.day(300, 3) is None  # the name of a month
    assert grid.day(300, 5000) is None
    assert grid.day(31, 19) is None  # the Monday before the first of January
    assert grid.day(30 + 60 * grid.pitch, 40) is None
    halves = arrange(2026, 420, side=30, top=18, least=10, most=16)
    assert halves.bands == 2
    x, y = halves.at(date(2026, 6, 30))
    assert halves.day(x + 1, y + halves.pitch + 1) is None  # July, in the other half
