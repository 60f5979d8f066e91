"""Whether many more people write than usual, and how often that is told."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.detectors import baseline, counts
from downlight.core.detectors.counts import Counts, Cusum
from downlight.core.detectors.episode import GAP, Episode, false_alarms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)

posts = st.one_of(st.integers(0, 10**7), st.floats(0, 1e300))
usual = st.floats(baseline.FLOOR, 1e6)
spread = st.floats(1, 20)


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - the same chance every time, no secret


def chance(draw: random.Random, mean: float) -> float:
    """Return a number of posts: chance alone, as if nobody answered anybody."""
    if mean > 15:
        return max(0, round(draw.gauss(mean, math.sqrt(mean))))
    left, product, count = math.exp(-mean), draw.random(), 0
    while product > left:
        product *= draw.random()
        count += 1
    return count


def flow(
    seen: Counts, start: datetime, numbers: Iterable[float | None]
) -> list[Counts]:
    """Count one minute after the other."""
    after = []
    for minute, number in enumerate(numbers):
        seen = seen.after(number, start + minute * MINUTE)
        after.append(seen)
    return after


def by_day(at: datetime, mean: float = 3.0) -> float:
    """Return how many posts a minute are usual: most in the evening."""
    hour = at.hour + at.minute / 60
    return mean * (1 + 0.7 * math.cos((hour - 20) / 24 * 2 * math.pi))


def weeks(number: int, mean: Callable[[datetime], float]) -> list[float]:
    draw, minutes = dice(number), range(number * WEEK // MINUTE)
    return [chance(draw, mean(MONDAY + minute * MINUTE)) for minute in minutes]


@cache
def settled() -> Counts:
    """What is remembered after three usual weeks."""
    return flow(Counts(), MONDAY, weeks(3, by_day))[-1]


AFTER = MONDAY + 3 * WEEK


@cache
def risen() -> list[Counts]:
    """Count for three weeks in which twenty times as many write, and go on to."""
    return flow(settled(), AFTER, weeks(3, lambda at: 20 * by_day(at)))


# How much better "five times as many" explains the last minutes.


@given(st.lists(st.tuples(posts, usual, spread)))
def test_the_sum_is_a_number_within_its_bounds(
    minutes: list[tuple[float, float, float]],
) -> None:
    seen = Cusum()
    for minute in minutes:
        seen = seen.after(*minute)
        assert 0 <= seen.nats <= counts.CEILING


@given(st.floats(0, 30), posts, posts, usual, spread)
def test_more_posts_never_make_the_sum_smaller(
    nats: float, one: float, other: float, expected: float, dispersion: float
) -> None:
    few, many = sorted((one, other))
    seen = Cusum(nats)
    less, more = (seen.after(n, expected, dispersion).nats for n in (few, many))
    assert less <= more


@given(st.floats(0, 30), posts, usual, usual, spread)
def test_the_same_posts_say_less_where_more_are_usual(
    nats: float, count: float, one: float, other: float, dispersion: float
) -> None:
    rare, frequent = sorted((one, other))
    seen = Cusum(nats)
    more, less = (seen.after(count, n, dispersion).nats for n in (rare, frequent))
    assert less <= more


@given(st.floats(0.1, 30), usual, spread)
def test_silence_makes_the_sum_smaller_until_it_is_nothing(
    nats: float, expected: float, dispersion: float
) -> None:
    seen = Cusum(nats).after(0, expected, dispersion)
    assert seen.nats < nats
    minutes = math.ceil(nats * dispersion / (4 * expected)) + 1
    for _ in range(min(minutes, 10_000)):
        seen = seen.after(0, expected, dispersion)
    assert seen.nats == 0 or minutes > 10_000


@given(st.floats(0, 30), posts, usual, spread)
def test_one_minute_alone_is_no_alarm_however_many_posts_it_has(
    nats: float, count: float, expected: float, dispersion: float
) -> None:
    assert Cusum(nats).after(count, expected, dispersion).nats <= nats + counts.CAP
    assert counts.CAP < counts.ELEVATED


def test_an_alarm_takes_six_minutes_of_very_many_posts() -> None:
    seen, minutes = Cusum(), 0
    while seen.nats < counts.ALARM:
        seen, minutes = seen.after(1000, 3, 1.3), minutes + 1
    assert minutes == 6


def test_after_an_end_the_sum_comes_down_within_minutes() -> None:
    seen, minutes = Cusum(counts.CEILING), 0
    while seen.nats >= counts.ELEVATED:
        seen, minutes = seen.after(3, 3, 1.3), minutes + 1
    assert minutes == 4


# What is usual.


def test_nothing_is_said_in_the_first_week() -> None:
    first = flow(Counts(), MONDAY, [3.0] * (WEEK // MINUTE - 1))[-1]
    assert first.is_elevated is None
    assert first.is_alarm is None
    last = first.after(3, MONDAY + WEEK - MINUTE)
    assert last.is_elevated is False
    assert last.is_alarm is False


def test_a_flood_in_the_first_week_is_not_learnt_whole() -> None:
    before = flow(Counts(), MONDAY, [3.0] * 1440)[-1].baseline
    at = MONDAY + DAY
    after = before.after(10**6, at)
    assert after.level - before.level < 0.1


def test_the_hours_of_the_week_are_told_apart() -> None:
    known = settled().baseline
    for hour in (3, 8, 14, 20):
        at = AFTER + timedelta(hours=hour, minutes=30)
        assert known.expected(at) == pytest.approx(by_day(at), abs=0.5)
    assert 1.0 <= known.dispersion < 1.3


def test_between_two_hours_what_is_usual_has_no_step() -> None:
    known = settled().baseline
    day = [known.expected(AFTER + minute * MINUTE) for minute in range(1441)]
    steps = [abs(b - a) for a, b in pairwise(day)]
    assert max(steps) < 0.05


def test_a_missing_minute_is_no_silence() -> None:
    seen = settled()
    assert seen.after(None, AFTER) is seen
    gaps: list[float | None] = [None if n % 3 else 3.0 for n in range(6 * 60)]
    assert flow(seen, AFTER, gaps)[-1].baseline.level > 2.9
    silence = flow(seen, AFTER, [0.0 if n % 3 else 3.0 for n in range(6 * 60)])
    assert silence[-1].baseline.level < flow(seen, AFTER, gaps)[-1].baseline.level


def test_one_post_is_no_alarm_where_nobody_ever_writes() -> None:
    seen = flow(Counts(), MONDAY, [0.0] * (2 * WEEK // MINUTE))[-1]
    assert seen.baseline.expected(MONDAY) == baseline.FLOOR
    after = flow(seen, MONDAY + 2 * WEEK, [1.0, *[0.0] * 59, 1.0, *[0.0] * 59])
    assert not any(one.is_elevated for one in after)
    five = flow(seen, MONDAY + 2 * WEEK, [1.0] * 9)
    assert five[-1].is_elevated


def test_an_outage_is_not_learnt() -> None:
    seen = settled()
    outage = flow(seen, AFTER, [60.0] * 240)
    assert outage[-1].is_alarm
    assert outage[-1].baseline.level == pytest.approx(seen.baseline.level, rel=0.01)


def test_learning_stands_still_for_twelve_hours_at_most() -> None:
    # The study's first version froze for ever after one lasting change of level.
    outage = flow(settled(), AFTER, [18.0] * (14 * 60))
    held = outage[12 * 60].baseline
    assert outage[60].baseline.level == held.level
    assert held.held == baseline.FREEZE
    assert outage[-1].baseline.level > held.level
    assert outage[-1].baseline.held == baseline.FREEZE


def test_a_lasting_change_of_level_is_usual_after_two_weeks() -> None:
    # Were the standstill to begin anew after each calm night, the busy hours would
    # never be learnt: in the third week it was still elevated for hours every day.
    later = risen()
    assert later[60].is_alarm
    assert not any(one.is_elevated for one in later[16 * 1440 :])
    assert later[-1].baseline.level == pytest.approx(60, rel=0.1)


def test_after_a_change_of_level_an_outage_is_still_seen() -> None:
    outage = flow(risen()[-1], AFTER + 3 * WEEK, [2000.0] * 15)
    assert outage[-1].is_alarm


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), posts), st.integers(-100_000, 100_000)),
        max_size=60,
    )
)
def test_whatever_is_counted_whenever_what_is_usual_is_a_number(
    minutes: list[tuple[float | None, int]],
) -> None:
    seen = Counts()
    for count, minute in minutes:
        seen = seen.after(count, MONDAY + minute * MINUTE)
        assert 0 <= seen.cusum.nats <= counts.CEILING
        assert all(0 <= number < math.inf for number in seen.numbers())
        assert baseline.FLOOR <= seen.baseline.expected(MONDAY) <= baseline.MOST
    assert Counts.of(seen.numbers()).numbers() == seen.numbers()


@pytest.mark.parametrize("count", [-1, -0.5, math.nan])
def test_what_is_no_number_of_posts_is_refused(count: float) -> None:
    with pytest.raises(ValueError, match="not a number of posts"):
        Counts().after(count, MONDAY)


# The clock.


def test_a_minute_counts_once() -> None:
    seen = settled().after(1000, AFTER)
    assert seen.after(1000, AFTER) is seen


def test_a_gap_begins_the_sum_anew() -> None:
    seen = flow(settled(), AFTER, [60.0] * 5)[-1]
    assert seen.cusum.nats == 10
    at = AFTER + 4 * MINUTE + counts.SILENCE
    assert seen.after(60, at).is_alarm
    late = seen.after(60, at + MINUTE)
    assert late.cusum.nats == counts.CAP


@pytest.mark.parametrize("jump", [timedelta(hours=-1), -DAY, timedelta(hours=8)])
def test_a_clock_that_jumps_is_no_alarm_and_counting_goes_on(jump: timedelta) -> None:
    before = flow(settled(), AFTER, [60.0] * 5)[-1]
    at = AFTER + jump
    seen = flow(before, at, [by_day(at)] * 30)
    assert not any(one.is_elevated for one in seen)
    assert seen[-1].at == at + 29 * MINUTE
    assert flow(seen[-1], at + 30 * MINUTE, [60.0] * 9)[-1].is_alarm


def test_the_change_to_summer_time_is_no_alarm() -> None:
    def shifted(at: datetime) -> float:
        return by_day(at + timedelta(hours=1))

    after = flow(settled(), AFTER, weeks(1, shifted))
    assert not any(one.is_elevated for one in after)


# Four weeks in which nothing is wrong.


def nuisances() -> list[float | None]:
    """Return four quiet weeks with bots, late deliveries and missing minutes."""
    draw, quiet = dice(3), weeks(4, by_day)
    for _ in range(6):
        bot = draw.randrange(len(quiet) - 2)
        quiet[bot : bot + 2] = [200.0, 90.0]
    for _ in range(4):
        first = draw.randrange(len(quiet) - 40)
        length = draw.randint(5, 30)
        late = sum(quiet[first : first + length])
        quiet[first : first + length] = [0.0] * length
        quiet[first + length] = late
    return [None if draw.random() < 0.01 else n for n in quiet]


def test_bots_backlogs_and_gaps_are_no_alarm_in_four_weeks() -> None:
    after = flow(settled(), AFTER, nuisances())
    moments = [(AFTER + i * MINUTE, bool(one.is_alarm)) for i, one in enumerate(after)]
    assert false_alarms(moments) == 0


# One event is one report.


def test_one_surge_is_one_episode() -> None:
    seen = flow(settled(), AFTER, [60.0] * 30 + [3.0] * 20 + [60.0] * 30)
    began = {one.episode.began for one in seen} - {None}
    assert began == {AFTER + 5 * MINUTE}


def test_two_surges_far_apart_are_two_episodes() -> None:
    seen = flow(settled(), AFTER, [60.0] * 20 + [3.0] * 120 + [60.0] * 20)
    assert len({one.episode.began for one in seen} - {None}) == 2


def test_a_surge_is_not_told_again_after_a_start() -> None:
    before = flow(settled(), AFTER, [60.0] * 20)[-1]
    again = Counts.of(before.numbers())
    assert again.cusum.nats == 0
    assert again.at is None
    after = flow(again, AFTER + 21 * MINUTE, [60.0] * 20)[-1]
    assert after.is_alarm
    assert after.episode.began == before.episode.began


def test_a_clock_set_back_does_not_keep_an_episode_open() -> None:
    seen = Episode().after(MONDAY, exceeds=True)
    assert seen.is_open(MONDAY - GAP)
    assert not seen.is_open(MONDAY - GAP - MINUTE)
    assert seen.after(MONDAY - DAY, exceeds=True) == Episode(MONDAY - DAY, MONDAY - DAY)


def minutes_on(*on: int, of: int = 20_000) -> list[tuple[datetime, bool]]:
    return [(MONDAY + minute * MINUTE, minute in on) for minute in range(of)]


def test_false_alarms_are_counted_as_events() -> None:
    assert false_alarms(minutes_on()) == 0
    assert false_alarms(minutes_on(5, 6, 7, 60, 200)) == 2
    assert false_alarms([]) == 0


def test_what_is_always_on_has_no_number_of_false_alarms() -> None:
    # In the study its exceedances melted into one event, which looked perfect.
    assert false_alarms((at, True) for at, _ in minutes_on()) is None
    assert false_alarms(minutes_on(*range(0, 600, 50))) == 1
    assert false_alarms(minutes_on(*range(0, 6_000, 50))) is None


# The journal.


def test_what_is_kept_is_small() -> None:
    assert len(settled().numbers()) < 350


def test_counting_goes_on_after_a_start_as_before() -> None:
    again = Counts.of(settled().numbers())
    assert again.baseline == settled().baseline


def broken(numbers: Iterable[float | None], place: int, by: object) -> list[object]:
    return [by if i == place else n for i, n in enumerate(numbers)]


@pytest.mark.parametrize(
    "numbers",
    [
        [],
        [0.0],
        list(Counts().numbers())[:-1],
        [*Counts().numbers(), 0],
        broken(Counts().numbers(), 5, -1.0),
        broken(Counts().numbers(), 7, math.nan),
        broken(Counts().numbers(), 9, math.inf),
        broken(Counts().numbers(), 0, -1.0),
        broken(Counts().numbers(), 1, 1e300),
    ],
)
def test_numbers_that_are_no_counts_are_refused(numbers: list[float]) -> None:
    with pytest.raises(ValueError, match="not"):
        Counts.of(numbers)
