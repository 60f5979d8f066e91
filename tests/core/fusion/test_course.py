"""What is believed over time, and what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from downlight.core.fusion.course import Course, Notice, advance
from downlight.core.fusion.findings import Voice
from downlight.core.fusion.gate import Fault
from downlight.core.fusion.ruling import State
from downlight.core.fusion.weighing import Opinion
from downlight.core.scope import Scope

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

CALM = Opinion(
    State.OPERATIONAL,
    odds=-8,
    places=(),
    scope=Scope.UNKNOWN,
    support=frozenset(),
    official=False,
    blocked=False,
    fault=None,
    remarks=(),
    reasons=(),
)
DARK = replace(CALM, state=None)
WORKS = replace(CALM, state=State.MAINTENANCE)
ONE = replace(CALM, state=State.DEGRADED, odds=2, support=frozenset({Voice.OWN}))
TWO = replace(ONE, odds=4, support=frozenset({Voice.OWN, Voice.PEOPLE}))
DOWN = replace(ONE, state=State.OUTAGE)
PAGE = replace(ONE, odds=5, official=True)
PAGE_DOWN = replace(PAGE, state=State.OUTAGE)
YOU = replace(CALM, state=State.ITS_YOU, fault=Fault.OFFLINE)
UNPLUGGED = replace(YOU, fault=Fault.NO_LINK)
POOR = replace(YOU, fault=Fault.POOR)


def tell(
    *parts: tuple[int, Opinion], course: Course = Course()
) -> tuple[Course, dict[int, Notice]]:
    """Advance a minute at a time; return the course, and what was told in which."""
    told: dict[int, Notice] = {}
    opinions = [opinion for minutes, opinion in parts for _ in range(minutes)]
    for minute, opinion in enumerate(opinions):
        course, notice = advance(course, opinion, START + minute * MINUTE)
        if notice is not None:
            told[minute] = notice
    return course, told


def test_calm_is_believed_at_once_after_a_start_and_nothing_is_told() -> None:
    course, told = tell((1, CALM))
    assert course.state is State.OPERATIONAL
    assert course.changes == ()
    assert told == {}


def test_trouble_must_hold_for_two_looks() -> None:
    assert tell((5, CALM), (1, ONE), (5, CALM))[1] == {}
    assert tell((5, CALM), (2, ONE))[1] == {6: Notice.EARLY_WARNING}


def test_the_page_is_believed_at_once() -> None:
    assert tell((5, CALM), (1, PAGE))[1] == {5: Notice.ALERT}


def test_a_second_voice_confirms_once() -> None:
    told = tell((5, CALM), (3, ONE), (5, TWO), (3, ONE), (3, TWO))[1]
    assert told == {6: Notice.EARLY_WARNING, 8: Notice.CONFIRMED}


def test_trouble_is_over_after_ten_calm_looks() -> None:
    course, told = tell((1, CALM), (5, PAGE), (9, CALM))
    assert course.state is State.DEGRADED
    course, told = tell((1, CALM), (5, PAGE), (10, CALM))
    assert course.state is State.OPERATIONAL
    assert told == {1: Notice.ALERT, 15: Notice.RECOVERY}


def test_not_knowing_during_trouble_is_no_recovery() -> None:
    course, told = tell((1, CALM), (5, PAGE), (30, DARK))
    assert course.state is None
    assert told == {1: Notice.ALERT}


def test_trouble_that_turns_into_maintenance_is_no_recovery_yet() -> None:
    parts = ((1, CALM), (5, PAGE), (5, WORKS))
    assert tell(*parts)[1] == {1: Notice.ALERT}
    assert tell(*parts, (2, CALM))[1] == {1: Notice.ALERT, 12: Notice.RECOVERY}


def test_a_worsening_is_told_once_and_not_right_after_a_notice() -> None:
    assert tell((1, CALM), (9, PAGE), (5, PAGE_DOWN))[1] == {1: Notice.ALERT}
    told = tell((1, CALM), (10, PAGE), (9, PAGE_DOWN), (15, PAGE), (9, PAGE_DOWN))[1]
    assert told == {1: Notice.ALERT, 11: Notice.UPDATE}


def test_an_outage_has_eased_after_five_looks() -> None:
    assert tell((3, PAGE_DOWN), (4, PAGE))[0].state is State.OUTAGE
    assert tell((3, PAGE_DOWN), (5, PAGE))[0].state is State.DEGRADED


def test_a_cable_that_is_out_is_told_at_once() -> None:
    assert tell((5, CALM), (1, UNPLUGGED))[1] == {5: Notice.ITS_YOU}
    assert tell((5, CALM), (2, YOU))[1] == {6: Notice.ITS_YOU}


def test_a_poor_line_must_last() -> None:
    assert tell((5, CALM), (7, POOR), (5, CALM))[1] == {}
    assert tell((5, CALM), (8, POOR))[1] == {12: Notice.ITS_YOU}


def test_the_person_is_told_at_most_every_half_hour_that_it_is_them() -> None:
    told = tell((5, CALM), (2, UNPLUGGED), (5, CALM), (2, UNPLUGGED), (5, CALM))[1]
    assert told == {5: Notice.ITS_YOU}
    told = tell((5, CALM), (2, UNPLUGGED), (28, CALM), (2, UNPLUGGED))[1]
    assert told == {5: Notice.ITS_YOU, 35: Notice.ITS_YOU}


def test_trouble_that_outlasts_a_dead_line_is_not_told_again() -> None:
    told = tell((2, CALM), (5, PAGE), (15, UNPLUGGED), (5, PAGE), (12, CALM))[1]
    assert told == {2: Notice.ALERT, 7: Notice.ITS_YOU, 36: Notice.RECOVERY}


def test_too_many_changes_are_told_no_more_and_an_hour_later_again() -> None:
    flaps = ((2, CALM), (2, UNPLUGGED)) * 3
    course, told = tell(*flaps)
    assert told == {2: Notice.ITS_YOU}
    assert course.is_unstable
    course, told = tell(*flaps, (2, CALM), (3, PAGE), (70, PAGE))
    assert not course.is_unstable
    assert told == {2: Notice.ITS_YOU, 70: Notice.ALERT}


def test_a_recovery_while_nothing_is_told_is_told_later() -> None:
    flaps = ((2, CALM), (2, PAGE), *((2, UNPLUGGED), (2, PAGE)) * 2, (20, CALM))
    course, told = tell(*flaps)
    assert course.is_unstable and course.told
    course, told = tell(*flaps, (60, CALM))
    assert [*told.values()][-1] is Notice.RECOVERY
    assert not course.told


def test_after_a_sleep_nothing_is_believed_but_what_was_told_is_kept() -> None:
    course, _ = tell((2, CALM), (5, PAGE))
    slept = course.rebased(forget_state=True, forget_times=False)
    assert (slept.state, slept.since, slept.told) == (None, None, Notice.ALERT)
    assert slept.noted == course.noted
    assert tell((1, CALM), course=slept)[1] == {0: Notice.RECOVERY}


def test_after_a_jump_of_the_clock_moments_mean_nothing() -> None:
    course, _ = tell((2, CALM), (5, PAGE))
    late = replace(course, muted=START + timedelta(days=9))
    course = late.rebased(forget_state=False, forget_times=True)
    assert course.state is State.DEGRADED
    assert (course.noted, course.muted, course.changes) == (None, None, ())


def test_what_a_clock_that_was_far_ahead_wrote_silences_nobody() -> None:
    future = START + timedelta(days=900)
    course = Course(
        State.OPERATIONAL,
        fresh=False,
        changes=(future,) * 3,
        turns=(future,) * 3,
        hushed=future,
        quiet=True,
        noted=future,
        muted=future,
    )
    course, told = tell((1, CALM), (1, PAGE), course=course)
    assert told == {1: Notice.ALERT}
    assert (course.quiet, course.is_unstable) == (False, False)
    assert (len(course.changes), len(course.turns)) == (1, 1)
    blamed = Course(State.OPERATIONAL, fresh=False, blamed=future)
    assert tell((1, UNPLUGGED), course=blamed)[1] == {0: Notice.ITS_YOU}


def test_a_clock_set_back_a_little_shortens_no_silence() -> None:
    until = START + timedelta(hours=1, minutes=5)
    course = Course(State.OPERATIONAL, fresh=False, hushed=until, muted=until)
    course, told = tell((1, PAGE), course=course)
    assert (course.quiet, course.is_unstable, told) == (True, True, {})


def test_a_silence_about_turns_lasts_an_hour_after_the_last_of_them() -> None:
    flaps = ((2, CALM), (2, PAGE), (10, CALM), (2, PAGE), (10, CALM))
    course, _ = tell(*flaps)
    first = course.hushed
    assert first == START + 85 * MINUTE
    course, _ = tell(*flaps, (30, CALM), (2, PAGE))
    assert course.hushed == START + 116 * MINUTE
    course, _ = tell(*flaps, (30, CALM), (2, PAGE), (69, CALM))
    assert course.quiet
    course, _ = tell(*flaps, (30, CALM), (2, PAGE), (71, CALM))
    assert (course.hushed, course.quiet) == (None, False)
