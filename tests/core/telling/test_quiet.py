"""Quiet hours, as people write them, on the clock on the wall."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.telling import quiet
from downlight.core.telling.quiet import Window, parse, until

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)
NIGHT = parse("22:00-07:00")
WEEKEND = parse("sat-sun 00:00-24:00")

WINDOWS = st.builds(
    Window,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, 24 * 60 - 1).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 24 * 60).map(lambda n: timedelta(minutes=n)),
)
MOMENTS = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001 - hypothesis wants them bare
    datetime(2028, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.sampled_from(
        [UTC, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]
    ),
)


def at(text: str, *, fold: int = 0) -> datetime:
    """Return a moment of March 2026, whose first day is a Sunday: "2 22:30"."""
    day, clock = text.split()
    hours, minutes = map(int, clock.split(":"))
    return datetime(2026, 3, int(day), hours, minutes, tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("text", "days", "begins", "lasts"),
    [
        ("22:00-07:00", range(7), 22, 9),
        (" 9:00 - 12:00 ", range(7), 9, 3),
        ("00:00-24:00", range(7), 0, 24),
        ("Sat-Sun  00:00-24:00", (5, 6), 0, 24),
        ("mon,wed-thu 13:00-14:00", (0, 2, 3), 13, 1),
        ("fri-mon 18:00-00:00", (4, 5, 6, 0), 18, 6),
    ],
)
def test_a_window_is_written_as_people_say_it(
    text: str, days: tuple[int, ...], begins: int, lasts: int
) -> None:
    hours = timedelta(hours=begins), timedelta(hours=lasts)
    assert parse(text) == Window(frozenset(days), *hours)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not of the form"),
        ("at night", "not of the form"),
        ("22-07", "not of the form"),
        ("22:00-07:00 mon", "not of the form"),
        ("٢٢:00-07:00", "not of the form"),
        ("24:00-07:00", "a day has 24 hours"),
        ("22:00-25:00", "a day has 24 hours"),
        ("22:60-07:00", "an hour has 60 minutes"),
        ("07:00-07:00", "it ends when it begins"),
        ("mon-wed-fri 22:00-07:00", "not days: 'mon-wed-fri'"),
        ("mon,dim 22:00-07:00", "not days: 'dim'"),
    ],
)
def test_what_is_no_window_is_refused_with_a_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse(text)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2 21:59", None),
        ("2 22:00", "3 07:00"),
        ("3 06:59", "3 07:00"),
        ("3 07:00", None),
    ],
)
def test_a_window_goes_on_past_midnight(now: str, end: str | None) -> None:
    assert until([NIGHT], at(now)) == (at(end) if end else None)


def test_a_window_past_midnight_belongs_to_the_day_it_begins_on() -> None:
    friday = parse("fri 22:00-07:00")
    assert until([friday], at("7 03:00")) == at("7 07:00")  # a Saturday
    assert until([friday], at("6 03:00")) is None


def test_windows_that_follow_upon_each_other_are_one() -> None:
    # Friday night, the weekend, and the night before Monday.
    assert until([NIGHT, WEEKEND], at("6 23:00")) == at("9 07:00")


def test_without_windows_it_is_never_quiet() -> None:
    assert until([], at("2 03:00")) is None


def test_a_night_in_which_clocks_change_ends_by_the_clock_on_the_wall() -> None:
    end = until([NIGHT], at("28 23:00"))
    assert end == at("29 07:00")
    assert end.astimezone(UTC) - at("28 23:00").astimezone(UTC) == timedelta(hours=7)


def test_in_the_hour_that_comes_twice_the_end_is_never_past() -> None:
    window = parse("02:00-02:45")
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    end = until([window], second)
    assert end is not None
    assert end.astimezone(UTC) - second.astimezone(UTC) == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("windows", "endless"),
    [
        (["00:00-24:00"], True),
        (["07:00-22:00", "22:00-07:00"], True),
        (["mon-fri 00:00-24:00", "sat-sun 00:00-24:00"], True),
        (["mon-sat 00:00-24:00", "sun 00:00-23:59"], False),
        (["22:00-07:00"], False),
        ([], False),
    ],
)
def test_quiet_that_never_ends_is_known(windows: list[str], *, endless: bool) -> None:
    assert quiet.is_endless(map(parse, windows)) is endless


@given(WINDOWS, MOMENTS)
def test_a_window_ends_within_a_day(window: Window, now: datetime) -> None:
    end = window.end(now)
    if end is not None:
        left = end.replace(tzinfo=None) - now.replace(tzinfo=None)
        assert timedelta() < left <= DAY


@given(st.lists(WINDOWS, max_size=4), MOMENTS)
def test_when_quiet_ends_it_is_not_quiet_unless_all_of_the_week_is(
    windows: list[Window], now: datetime
) -> None:
    end = until(windows, now)
    if end is None:
        assert all(window.end(now) is None for window in windows)
        return
    left = end.replace(tzinfo=None) - now.replace(tzinfo=None)
    assert timedelta() < left <= timedelta(days=8)
    assert quiet.is_endless(windows) or until(windows, end) is None


@given(st.text())
def test_any_text_is_a_window_or_refused_as_none(text: str) -> None:
    try:
        window = parse(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017 - both ways are fine
    else:
        assert timedelta() < window.lasts <= DAY
