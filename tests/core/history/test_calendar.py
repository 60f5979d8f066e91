"""Each day has the minutes that are known, and says for how long anybody looked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from downlight.core.history.calendar import Day, bounds, dates, days, extent, months
from downlight.core.history.past import Kind, Outage, Past, Span
from downlight.core.level import Level
from tests.core.history.pasts import DAY, HOUR, MINUTE, NOON, outage, past

TODAY = NOON.date()


def day(it: Past, on: date = TODAY, zone: tzinfo = UTC) -> Day:
    [found] = days(it, on, on, zone)
    return found


def test_a_day_of_which_nothing_is_known_has_no_level() -> None:
    it = day(past())
    assert it == Day(TODAY)
    assert not it.is_known
    assert not it.is_whole


def test_a_day_counts_its_minutes_and_the_worst_of_them() -> None:
    it = day(past(outage(), outage(NOON + 3 * HOUR, HOUR, level=Level.PARTIAL)))
    assert (it.down, it.level, it.outages, it.began) == (2 * HOUR, Level.MAJOR, 2, 2)
    assert it.is_known
    assert not it.unsure


def test_no_minute_counts_twice() -> None:
    it = day(past(outage(), outage(NOON + 30 * MINUTE)))
    assert it.down == 90 * MINUTE


def test_an_outage_over_midnight_belongs_to_both_days() -> None:
    it = past(outage(NOON + 11 * HOUR, 2 * HOUR))
    one, two = days(it, TODAY, TODAY + DAY, UTC)
    assert (one.down, one.began, one.outages) == (HOUR, 1, 1)
    assert (two.down, two.began, two.outages) == (HOUR, 0, 1)
    until = past(outage(NOON + 11 * HOUR, HOUR))
    assert [d.outages for d in days(until, TODAY, TODAY + DAY, UTC)] == [1, 0]


def test_a_day_is_one_of_the_place() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    it = past(outage(NOON + 4 * HOUR))
    assert day(it, TODAY, tokyo).outages == 0
    assert day(it, TODAY + DAY, tokyo).outages == 1
    assert bounds(TODAY, tokyo).begun == datetime(2026, 3, 3, 15, tzinfo=UTC)


def test_a_day_on_which_clocks_change_has_another_length() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert bounds(date(2026, 3, 29), berlin).length == 23 * HOUR


def test_what_lasts_counts_up_to_now() -> None:
    it = past(outage(length=None, lasts=True), now=NOON + 2 * HOUR)
    assert (day(it).down, day(it).unsure) == (2 * HOUR, False)
    assert day(it).length == 14 * HOUR


def test_what_ended_unseen_counts_as_long_as_we_looked() -> None:
    unseen = outage(length=3 * DAY, end_known=False)
    looked = past(unseen, watched=(Span(NOON - HOUR, NOON + 20 * MINUTE),))
    assert (day(looked).down, day(looked).unsure) == (20 * MINUTE, True)
    assert day(looked, TODAY + DAY).outages == 0
    nobody = past(unseen)
    assert extent(nobody, unseen) is None
    assert (day(nobody).down, day(nobody).unsure) == (0 * HOUR, True)
    assert day(nobody).level is Level.MAJOR


def test_how_long_it_was_in_sum_goes_before_when_it_came_and_went() -> None:
    waves = outage(length=2 * HOUR, lasted=90 * MINUTE)
    assert day(past(waves)).down == 90 * MINUTE
    assert day(past(outage(length=HOUR, lasted=2 * HOUR))).down == HOUR


@pytest.mark.parametrize(
    ("lasted", "down", "unsure"),
    [(40 * MINUTE, 40 * MINUTE, False), (None, timedelta(), True)],
)
def test_of_a_day_alone_only_what_somebody_says_counts(
    lasted: timedelta | None, down: timedelta, unsure: bool
) -> None:
    midnight = NOON - 12 * HOUR
    it = past(
        outage(midnight, DAY, precision=DAY, lasted=lasted),
        now=NOON + DAY,
    )
    # It is the day the sources name, wherever the reader is.
    found = day(it, TODAY, ZoneInfo("America/Lima"))
    assert (found.down, found.unsure) == (down, unsure)


def test_a_month_alone_is_no_day() -> None:
    it = outage(precision=31 * DAY)
    assert dates(past(it), it, UTC) == []
    assert day(past(it)).outages == 0


@pytest.mark.parametrize(
    ("kind", "blocked", "sibling"),
    [(Kind.BLOCK, True, False), (Kind.SIBLING, False, True)],
)
def test_blocks_and_siblings_are_marked_and_not_counted(
    kind: Kind, blocked: bool, sibling: bool
) -> None:
    it = day(past(outage(kind=kind, level=None)))
    assert (it.blocked, it.sibling) == (blocked, sibling)
    assert (it.outages, it.down, it.level) == (0, timedelta(), None)


def test_a_day_we_looked_at_all_the_time_is_whole() -> None:
    watched = (Span(NOON - 2 * DAY, NOON + 2 * DAY),)
    assert day(past(watched=watched)).is_whole
    part = past(watched=(Span(NOON, NOON + HOUR),))
    assert day(part).looked == HOUR
    assert day(part).is_known
    assert not day(part).is_whole
    assert not day(past(watched=watched, now=NOON - DAY)).is_whole


def test_a_month_is_the_sum_of_its_days() -> None:
    over: tuple[Outage, ...] = (
        outage(datetime(2026, 2, 28, 23, tzinfo=UTC), 2 * HOUR),
        outage(datetime(2026, 3, 3, 23, tzinfo=UTC), 2 * HOUR, level=Level.PARTIAL),
        outage(NOON, HOUR, kind=Kind.BLOCK, level=None),
        outage(NOON + DAY, None),
    )
    it = past(*over, watched=(Span(NOON, NOON + HOUR),))
    february, march = months(days(it, date(2026, 2, 1), date(2026, 3, 31), UTC))
    assert february == Day(
        date(2026, 2, 1),
        Level.MAJOR,
        HOUR,
        outages=1,
        began=1,
        length=28 * DAY,
    )
    assert march.down == 3 * HOUR
    assert (march.outages, march.began) == (3, 2)
    assert march.unsure
    assert march.blocked
    assert march.looked == HOUR
    assert march.length == NOON + 10 * DAY - datetime(2026, 3, 1, tzinfo=UTC)
