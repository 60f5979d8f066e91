"""What a person must be told exactly once, whatever happens meanwhile.

Each row: what happens in words, the story, and every notification that is shown in it,
in order. Stories begin on a Sunday at noon.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from downlight.core.level import Level
from downlight.core.telling.mute import Span
from downlight.core.telling.policy import Wanted, Wishes
from tests.engine.world import page
from tests.notify.stories import (
    DOWN,
    IS_DOWN,
    OK,
    PARTLY,
    PARTLY_DOWN,
    TROUBLED,
    WORKS,
    Story,
    apart,
    busy,
    check,
    crash,
    felt_in,
    flapping,
    house,
    jump,
    mute,
    no_screen,
    quiet,
    says,
    screen_again,
    second_light,
    silent,
    spreading,
    stuck,
    tell_once,
    unmute,
    when,
)

HOUR: Final = timedelta(hours=1)
OUTAGE: Final = page((0, OK), (10, DOWN), (40, OK))
LONG: Final = page((0, OK), (10, DOWN))
LATE: Final = page((0, OK), (10, DOWN), (100, OK))
WORSE: Final = "App got worse: down"
BOTH: Final = (IS_DOWN, WORKS)
COMES_AND_GOES: Final = "App comes and goes"
UP_AND_DOWN: Final = tuple((5 * n, DOWN if n % 2 else OK) for n in range(10))
THREE: Final = tuple(says(f"s{n}", (0, OK), (5 + 10 * n, DOWN)) for n in range(3))
NINE: Final = tuple(says(f"s{n}", (0, OK), (5, DOWN)) for n in range(9))
META: Final = house("app", "book", feeds="page")

WHATEVER_HAPPENS: Final = {
    "It begins and ends.": (Story((OUTAGE,)), BOTH),
    "It was there when we first began.": (
        Story((page((0, DOWN), (40, OK)),)),
        BOTH,
    ),
    "It begins again after it has ended.": (
        Story((page((0, OK), (10, DOWN), (40, OK), (80, DOWN)),)),
        (*BOTH, IS_DOWN),
    ),
    "The program is started again between beginning and end.": (
        Story((OUTAGE,), off=((20, 21),)),
        BOTH,
    ),
    "The program does not run when it ends.": (
        Story((OUTAGE,), off=((20, 60),)),
        BOTH,
    ),
    "The program does not run when it begins.": (
        Story((LATE,), off=((5, 60),)),
        BOTH,
    ),
    "The program is killed after the beginning was decided, before it was sent.": (
        Story((OUTAGE,), acts=((5, crash),), off=((15, 16),)),
        BOTH,
    ),
    "The program is killed after the end was decided, before it was sent.": (
        Story((OUTAGE,), acts=((30, crash),), off=((45, 46),)),
        BOTH,
    ),
    "Two programs tell from one journal.": (
        Story((OUTAGE,), acts=((5, second_light),)),
        BOTH,
    ),
    "The page is lost while it ends.": (Story((silent(OUTAGE, 35, 60),)), BOTH),
    "The computer sleeps while it ends.": (
        Story((OUTAGE,), acts=((20, jump(8 * HOUR)),), minutes=700),
        BOTH,
    ),
    "The clock is set back a day in it.": (
        Story((stuck(10),), acts=((20, jump(-24 * HOUR)),)),
        (IS_DOWN,),
    ),
    "Only our own check sees it.": (
        Story((page((0, OK)), check((20, 60)))),
        ("App cannot be reached from here", WORKS),
    ),
    "What shows notifications dies before the end and is started again after it.": (
        Story((OUTAGE,), acts=((30, no_screen), (50, screen_again)), off=((60, 61),)),
        BOTH,
    ),
    "What shows notifications is dead at the beginning: the end is told.": (
        Story((LATE,), acts=((5, no_screen), (60, screen_again))),
        (WORKS,),
    ),
    "Three services that have nothing in common go down.": (
        Story(THREE, apart(3), minutes=60),
        ("S0 is down", "S1 is down", "S2 is down"),
    ),
}

THAT_IT_COMES_AND_GOES: Final = {
    "It goes up and down, and then it works.": (
        Story((flapping(10),), minutes=240),
        (*BOTH, *BOTH, COMES_AND_GOES, WORKS),
    ),
    "It goes up and down, and then it is down.": (
        Story((flapping(9),), minutes=240),
        (*BOTH, *BOTH, COMES_AND_GOES, IS_DOWN),
    ),
    "It goes up and down, is down after all, and ends then.": (
        Story((page(*UP_AND_DOWN, (200, OK)),), minutes=240),
        (*BOTH, *BOTH, COMES_AND_GOES, IS_DOWN, WORKS),
    ),
    "It goes up and down, works after all, and begins again then.": (
        Story((page(*UP_AND_DOWN, (50, OK), (200, DOWN)),), minutes=240),
        (*BOTH, *BOTH, COMES_AND_GOES, WORKS, IS_DOWN),
    ),
    "It is down when we first begin, and goes up and down.": (
        Story((page(*((5 * n, OK if n % 2 else DOWN) for n in range(10))),)),
        (*BOTH, *BOTH, IS_DOWN, "App seems to come and go", WORKS),
    ),
    "It goes up and down, and the program does not run when it is calm.": (
        Story((flapping(10),), minutes=240, off=((70, 180),)),
        (*BOTH, *BOTH, COMES_AND_GOES, WORKS),
    ),
    "It goes up and down, and the program is killed when that is decided.": (
        Story((flapping(10),), minutes=240, acts=((22, crash),), off=((27, 28),)),
        (*BOTH, *BOTH, COMES_AND_GOES, WORKS),
    ),
    "Only its beginning is wanted, and it goes up and down.": (
        Story((flapping(9),), minutes=240, wishes=when(Wanted.START)),
        (IS_DOWN, IS_DOWN, COMES_AND_GOES, IS_DOWN),
    ),
    "Only its end is wanted, and it goes up and down.": (
        Story((flapping(10),), minutes=240, wishes=when(Wanted.END)),
        (WORKS, WORKS, WORKS),
    ),
    "It goes up and down, in quiet hours that end when it is calm.": (
        Story((flapping(10),), minutes=240, wishes=quiet("12:22-15:00")),
        (*BOTH, *BOTH, WORKS),
    ),
    "It goes up and down, in quiet hours that end meanwhile.": (
        Story((flapping(20),), minutes=85, wishes=quiet("12:22-13:00")),
        (*BOTH, *BOTH, COMES_AND_GOES),
    ),
    "It goes up and down, in quiet hours that let through what is down.": (
        Story((flapping(10),), minutes=240, wishes=quiet(floor=Level.MAJOR)),
        (*BOTH, *BOTH, COMES_AND_GOES, WORKS),
    ),
}

AS_IS_WANTED: Final = {
    "Only its beginning is wanted.": (
        Story((OUTAGE,), wishes=when(Wanted.START)),
        (IS_DOWN,),
    ),
    "Only its end is wanted.": (Story((OUTAGE,), wishes=when(Wanted.END)), (WORKS,)),
    "Nothing is wanted of another service.": (
        Story((OUTAGE,), wishes=when(Wanted.NEVER, "book")),
        BOTH,
    ),
    "It gets bad enough.": (
        Story(
            (page((0, OK), (10, TROUBLED), (40, DOWN), (80, OK)),),
            wishes=Wishes(floor=Level.MAJOR),
        ),
        (WORSE, WORKS),
    ),
    "It gets bad enough, and the program is started again before that.": (
        Story(
            (page((0, OK), (10, TROUBLED), (40, DOWN), (80, OK)),),
            wishes=Wishes(floor=Level.MAJOR),
            off=((20, 21),),
        ),
        (WORSE, WORKS),
    ),
    "It is just bad enough.": (
        Story(
            (page((0, OK), (10, PARTLY), (40, OK)),),
            wishes=Wishes(floor=Level.PARTIAL),
        ),
        (PARTLY_DOWN, WORKS),
    ),
    "Nothing of it is wanted, but once that it works again.": (
        Story(
            (page((0, OK), (10, DOWN), (40, OK), (60, DOWN), (80, OK)),),
            wishes=when(Wanted.NEVER),
            acts=((20, tell_once),),
        ),
        (WORKS,),
    ),
    "It is muted, but once it works again that is wanted.": (
        Story((OUTAGE,), acts=((5, mute(span=Span.FOUR_HOURS)), (20, tell_once))),
        (WORKS,),
    ),
    "That is wanted, and the program is started again.": (
        Story(
            (OUTAGE,),
            wishes=when(Wanted.NEVER),
            acts=((20, tell_once),),
            off=((30, 31),),
        ),
        (WORKS,),
    ),
    "It is muted until it ends.": (
        Story((OUTAGE,), acts=((20, mute(span=Span.END)),)),
        BOTH,
    ),
    "It is muted until it ends, and begins again.": (
        Story(
            (page((0, OK), (10, DOWN), (40, OK), (80, DOWN)),),
            acts=((20, mute(span=Span.END)),),
        ),
        (*BOTH, IS_DOWN),
    ),
    "It is to be muted until it ends, but has not begun.": (
        Story((OUTAGE,), acts=((5, mute(span=Span.END)),)),
        BOTH,
    ),
    "It is muted for an hour and begins after that.": (
        Story((page((0, OK), (80, DOWN)),), acts=((5, mute()),)),
        (IS_DOWN,),
    ),
    "It is muted, and soon no more.": (
        Story((OUTAGE,), acts=((2, mute()), (6, unmute))),
        BOTH,
    ),
    "Another service is muted.": (
        Story((OUTAGE,), acts=((5, mute("book")),)),
        BOTH,
    ),
    "It is muted, and the clock is set back a day: the mute is over.": (
        Story(
            (stuck(10),),
            acts=((2, mute(span=Span.FOUR_HOURS)), (5, jump(-24 * HOUR))),
        ),
        (IS_DOWN,),
    ),
}

WHAT_WAITED: Final = {
    "It begins in quiet hours and goes on after them.": (
        Story((LONG,), wishes=quiet()),
        (IS_DOWN,),
    ),
    "It begins in quiet hours and ends after them.": (
        Story((LATE,), wishes=quiet()),
        BOTH,
    ),
    "It begins and ends in quiet hours.": (
        Story((OUTAGE,), wishes=quiet()),
        (WORKS,),
    ),
    "It begins in quiet hours, and the program is started again in them.": (
        Story((LONG,), wishes=quiet(), off=((30, 40),)),
        (IS_DOWN,),
    ),
    "It begins in quiet hours, and the program does not run when they end.": (
        Story((LONG,), wishes=quiet(), off=((30, 100),)),
        (IS_DOWN,),
    ),
    "It begins before quiet hours and ends in them.": (
        Story((OUTAGE,), wishes=quiet("12:30-13:30")),
        BOTH,
    ),
    "It gets bad enough to be told in quiet hours.": (
        Story(
            (page((0, OK), (10, TROUBLED), (40, DOWN)),),
            wishes=quiet(floor=Level.MAJOR),
        ),
        (WORSE,),
    ),
    "What is down is told in quiet hours, and that it works again.": (
        Story((OUTAGE,), wishes=quiet(floor=Level.MAJOR)),
        BOTH,
    ),
    "It eases in quiet hours: what is told is how it is.": (
        Story((page((0, OK), (10, DOWN), (40, TROUBLED)),), wishes=quiet()),
        ("App is better: troubled",),
    ),
    "Two go down in quiet hours.": (
        Story(THREE[:2], apart(2), wishes=quiet()),
        ("Meanwhile: 2 outages",),
    ),
    "Two quiet hours follow upon each other.": (
        Story((LONG,), wishes=quiet("12:05-12:30", "12:30-13:30")),
        (IS_DOWN,),
    ),
    "The person presents something, and then no more.": (
        Story((LONG,), acts=((5, busy("You are presenting.")), (60, busy("")))),
        (IS_DOWN,),
    ),
    "A program says for ever that the person presents something.": (
        Story((LONG,), acts=((5, busy("You are presenting.")),), minutes=600),
        (IS_DOWN,),
    ),
    "An outage begins and ends in a film: how it was is told after it.": (
        Story(
            (OUTAGE,), acts=((5, busy("A program fills the screen.")), (90, busy("")))
        ),
        (WORKS,),
    ),
    "The person is busy, and does not want to be spared.": (
        Story(
            (OUTAGE,),
            wishes=Wishes(hold_while_busy=False),
            acts=((5, busy("You are presenting.")),),
        ),
        BOTH,
    ),
    "More go down than are wanted in an hour: the rest is told after it.": (
        Story(THREE, apart(3), wishes=Wishes(most=1)),
        ("S0 is down", "Meanwhile: 2 outages"),
    ),
    "The rest of many is told in one go when the hour has room.": (
        Story(NINE, apart(9), wishes=Wishes(most=3)),
        ("S0 is down", "S4 is down", "S8 is down", "Meanwhile: 2 outages"),
    ),
}

TOGETHER: Final = {
    "A house goes down, and the first of it is not wanted.": (
        Story((OUTAGE,), META, wishes=when(Wanted.NEVER)),
        ("Book is down", "Book works again"),
    ),
    "A house goes down, and the second of it is not wanted.": (
        Story((OUTAGE,), META, wishes=when(Wanted.NEVER, "book")),
        ("Meta: App and Book are in trouble", "Meta: App and Book work again"),
    ),
    "A house goes down, and the first of it is muted.": (
        Story((OUTAGE,), META, acts=((5, mute(span=Span.FOUR_HOURS)),)),
        ("Book is down", "Book works again"),
    ),
    "A house goes down in quiet hours.": (
        Story((LONG,), META, wishes=quiet()),
        ("Meta: App and Book are in trouble",),
    ),
    "A house goes down and comes back in quiet hours.": (
        Story((OUTAGE,), META, wishes=quiet()),
        ("Meta: App and Book work again",),
    ),
}

IN_GERMANY: Final = ("App is down in Germany", WORKS)

WHERE: Final = {
    "It is down in Germany, and the person in Turkey has named Germany.": (
        Story((felt_in(OUTAGE, "DE"),), home="TR", also=("BR", "DE")),
        IN_GERMANY,
    ),
    "The same, and our own check goes on to pass.": (
        Story((felt_in(OUTAGE, "DE"), check()), home="TR", also=("DE",)),
        IN_GERMANY,
    ),
    "The same, and the program is started again in it.": (
        Story((felt_in(OUTAGE, "DE"),), home="TR", also=("DE",), off=((20, 21),)),
        IN_GERMANY,
    ),
    "The same, and the page cannot be read for a while.": (
        Story(
            (silent(felt_in(OUTAGE, "DE"), 20, 30), check()), home="TR", also=("DE",)
        ),
        IN_GERMANY,
    ),
    "It is down in Germany, and nobody knows where the person is.": (
        Story((felt_in(OUTAGE, "DE"),), also=("BR",)),
        IN_GERMANY,
    ),
    "It is down in Germany, and then in Turkey, too, where the person is.": (
        Story((spreading(OUTAGE, 20, ("DE",), ("DE", "TR")),), home="TR", also=("DE",)),
        ("App is down in Germany", "App is down in Germany and Turkey", WORKS),
    ),
    "The same, and the program is started again before.": (
        Story(
            (spreading(OUTAGE, 25, ("DE",), ("DE", "TR")),),
            home="TR",
            also=("DE",),
            off=((15, 20),),
        ),
        ("App is down in Germany", "App is down in Germany and Turkey", WORKS),
    ),
    "It is down in Turkey, and then in Germany only.": (
        Story((spreading(OUTAGE, 20, ("TR",), ("DE",)),), home="TR", also=("DE",)),
        ("App is down in Turkey", WORKS),
    ),
    "It is down in Turkey, where the person is, and in Germany.": (
        Story((felt_in(OUTAGE, "DE", "TR"),), home="TR", also=("DE",)),
        ("App is down in Germany and Turkey", WORKS),
    ),
}

ROWS: Final = {
    **WHATEVER_HAPPENS,
    **THAT_IT_COMES_AND_GOES,
    **AS_IS_WANTED,
    **WHAT_WAITED,
    **TOGETHER,
    **WHERE,
}


@pytest.mark.parametrize("row", ROWS)
def test_all_that_must_be_told_is_told_once(row: str) -> None:
    story, told = ROWS[row]
    assert story.play().told == list(told)


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 30
