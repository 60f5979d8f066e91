"""When a person must not be disturbed, and what is told all the same.

Each row: what happens in words, the story, and every notification that is shown in it.
Stories begin on a Sunday at noon; the page is asked every five minutes while all is
well, every minute in trouble.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from downlight.core.errors import Refused, Unreadable
from downlight.core.level import Level
from downlight.core.telling.mute import Span
from downlight.core.telling.policy import Wanted, Wishes
from tests.engine.world import page, service
from tests.notify.stories import (
    DOWN,
    IS_DOWN,
    MAINT,
    OFF,
    OK,
    PARTLY,
    PARTLY_DOWN,
    TROUBLED,
    WORKS,
    Story,
    apart,
    breaking,
    busy,
    check,
    felt_in,
    flapping,
    house,
    jump,
    mute,
    no_link,
    parts,
    quiet,
    refresh,
    says,
    second_light,
    silent,
    spreading,
    stuck,
    watch,
    when,
    writing,
)

HOUR: Final = timedelta(hours=1)
WELL: Final = page((0, OK))
OUTAGE: Final = page((0, OK), (10, DOWN), (40, OK))
LONG: Final = page((0, OK), (10, DOWN))
SMALL: Final = page((0, OK), (10, TROUBLED), (40, OK))
PARTIAL: Final = page((0, OK), (10, PARTLY), (40, OK))
TWO: Final = (service("a", slug="a"), service("b", slug="b"))
TWICE: Final = (IS_DOWN, WORKS, IS_DOWN, WORKS)
COMES_AND_GOES: Final = "App comes and goes"
ONE_PAGE: Final = tuple(
    service("page", slug=slug) for slug in ("app", "book", "gram", "mail")
)

NOTHING_IS_WRONG: Final = {
    "All is well for a day.": (Story((WELL,), minutes=24 * 60), ()),
    "The first start, and all is well.": (Story((WELL,), minutes=1), ()),
    "A restart, and all is well.": (Story((WELL,), off=((30, 60),)), ()),
    "Planned work begins and ends.": (
        Story((page((0, OK), (10, MAINT), (60, OK)),)),
        (),
    ),
    "Planned work was going on when we began.": (
        Story((page((0, MAINT), (60, OK)),)),
        (),
    ),
    "The page says a word nobody knows.": (Story((page((0, None)),)), ()),
    "The page says a word nobody knows, for a while.": (
        Story((page((0, OK), (10, None), (40, OK)),)),
        (),
    ),
    "The page cannot be reached for half an hour.": (
        Story((silent(WELL, 10, 40),)),
        (),
    ),
    "The page was never reached.": (Story((silent(WELL),)), ()),
    "The page answers with an error.": (
        Story((breaking(WELL, Refused(503), 10, 40),)),
        (),
    ),
    "The page answers in a form nobody knows.": (
        Story((breaking(WELL, Unreadable("no page"), 10),)),
        (),
    ),
    "The page and its mirror say that all is well.": (
        Story((WELL, says("mirror", (0, OK)))),
        (),
    ),
    "A person asks again and again.": (
        Story((WELL,), acts=tuple((n, refresh) for n in range(5, 60, 5))),
        (),
    ),
    "Another service is watched, and no more.": (
        Story(
            (says("a", (0, OK)), says("b", (0, OK))),
            TWO,
            acts=((10, watch(0)), (20, watch(0, 1)), (30, watch(1))),
        ),
        (),
    ),
}

ONLY_ON_THIS_SIDE: Final = {
    "Our own check fails once.": (Story((WELL, check((20, 21)))), ()),
    "Our own check fails for less than ten minutes.": (
        Story((WELL, check((20, 27)))),
        (),
    ),
    "Everything falls silent at once: the own line.": (
        Story((silent(WELL, 20, 60), check((20, 60)))),
        (),
    ),
    "Two pages of different hosts fall silent at once.": (
        Story((silent(says("a", (0, OK)), 20), silent(says("b", (0, OK)), 20)), TWO),
        (),
    ),
    "Our own check fails, and the ladder finds no link.": (
        Story((silent(WELL, 20, 60), check((20, 60))), climb=no_link),
        (),
    ),
    "The line is dead when we begin.": (
        Story((silent(WELL, 0, 30), check((0, 30)))),
        (),
    ),
    "The line comes and goes.": (
        Story(
            (
                silent(silent(silent(WELL, 10, 15), 20, 25), 30, 35),
                check((10, 15), (20, 25), (30, 35)),
            )
        ),
        (),
    ),
    "The computer sleeps for a night.": (
        Story((WELL,), acts=((30, jump(8 * HOUR)),)),
        (),
    ),
    "The computer sleeps, and the line takes a while to be there.": (
        Story(
            (silent(WELL, 510, 520), check((510, 520))), acts=((30, jump(8 * HOUR)),)
        ),
        (),
    ),
    "An outage began and ended while the computer slept.": (
        Story((page((0, OK), (100, DOWN), (200, OK)),), acts=((30, jump(8 * HOUR)),)),
        (),
    ),
    "An outage began and ended while the program did not run.": (
        Story((page((0, OK), (60, DOWN), (80, OK)),), off=((30, 90),)),
        (),
    ),
    "The clock is set forward a day.": (
        Story((WELL,), acts=((30, jump(24 * HOUR)),)),
        (),
    ),
}

TOLD_ALREADY: Final = {
    "The outage goes on for two hours.": (Story((LONG,)), (IS_DOWN,)),
    "The program is started again in the outage.": (
        Story((LONG,), off=((30, 31),)),
        (IS_DOWN,),
    ),
    "It is started again and again.": (
        Story((LONG,), off=tuple((n, n + 1) for n in range(20, 80, 10))),
        (IS_DOWN,),
    ),
    "It does not run for hours, and the outage goes on.": (
        Story((LONG,), off=((30, 500),), minutes=600),
        (IS_DOWN,),
    ),
    "A second program tells from the same journal.": (
        Story((LONG,), acts=((5, second_light),)),
        (IS_DOWN,),
    ),
    "A second program begins in the outage.": (
        Story((LONG,), acts=((30, second_light),)),
        (IS_DOWN,),
    ),
    "The page is lost in the outage and comes back.": (
        Story((silent(LONG, 30, 60),)),
        (IS_DOWN,),
    ),
    "The page says a word nobody knows, and that it is down again.": (
        Story((page((0, OK), (10, DOWN), (30, None), (50, DOWN)),)),
        (IS_DOWN,),
    ),
    "It gets worse.": (
        Story((page((0, OK), (10, PARTLY), (40, DOWN)),)),
        (PARTLY_DOWN,),
    ),
    "It gets better, but not well.": (
        Story((page((0, OK), (10, DOWN), (40, TROUBLED)),)),
        (IS_DOWN,),
    ),
    "It gets worse and better in turns.": (
        Story(
            (
                page(
                    (0, OK),
                    *((n, (DOWN, PARTLY)[n // 10 % 2]) for n in range(10, 90, 10)),
                ),
            )
        ),
        (PARTLY_DOWN,),
    ),
    "Planned work begins on what is down.": (
        Story((page((0, OK), (10, DOWN), (40, MAINT)),)),
        (IS_DOWN,),
    ),
    "The page writes about it every ten minutes.": (
        Story((writing(10),)),
        (IS_DOWN,),
    ),
    "Its mirror says the same, later.": (
        Story((LONG, says("mirror", (0, OK), (25, DOWN)))),
        (IS_DOWN,),
    ),
    "Our own check fails, too.": (Story((LONG, check((15, 90)))), (IS_DOWN,)),
    "Forty parts of the page go down at once.": (Story((parts(40),)), (IS_DOWN,)),
    "The clock is set back a day in the outage.": (
        Story((stuck(10),), acts=((30, jump(-24 * HOUR)),)),
        (IS_DOWN,),
    ),
    "The clock is set forward a day in the outage.": (
        Story((LONG,), acts=((30, jump(24 * HOUR)),)),
        (IS_DOWN,),
    ),
    "The computer sleeps for a night in the outage.": (
        Story((LONG,), acts=((30, jump(8 * HOUR)),), minutes=700),
        (IS_DOWN,),
    ),
    "A person asks again and again in the outage.": (
        Story((LONG,), acts=tuple((n, refresh) for n in range(15, 60, 5))),
        (IS_DOWN,),
    ),
    "It goes up and down every five minutes for an hour: twice is enough.": (
        Story((flapping(12),), minutes=65),
        (*TWICE, COMES_AND_GOES),
    ),
    "It goes up and down all day.": (
        Story((flapping(144),), minutes=725),
        (*TWICE, COMES_AND_GOES),
    ),
    "It goes up and down, and the program is started again meanwhile.": (
        Story((flapping(24),), minutes=125, off=((27, 28), (52, 53), (83, 84))),
        (*TWICE, COMES_AND_GOES),
    ),
    "It goes up and down four times, and no more.": (
        Story((flapping(4),), minutes=240),
        TWICE,
    ),
    "The program does not run for a minute after the end.": (
        Story((OUTAGE,), off=((50, 51),)),
        (IS_DOWN, WORKS),
    ),
}

NOT_WANTED: Final = {
    "Notifications are off.": (Story((OUTAGE,), wishes=OFF), ()),
    "Nothing of this service is wanted.": (
        Story((OUTAGE,), wishes=when(Wanted.NEVER)),
        (),
    ),
    "Its end is not wanted.": (Story((OUTAGE,), wishes=when(Wanted.START)), (IS_DOWN,)),
    "Its beginning is not wanted.": (
        Story((LONG,), wishes=when(Wanted.END)),
        (),
    ),
    "Nothing of it is wanted, and it goes up and down.": (
        Story((flapping(10),), wishes=when(Wanted.NEVER), minutes=240),
        (),
    ),
    "Its end is not wanted, and it goes up and down.": (
        Story((flapping(10),), wishes=when(Wanted.START), minutes=240),
        (IS_DOWN, IS_DOWN, COMES_AND_GOES),
    ),
    "It is muted, and goes up and down.": (
        Story((flapping(10),), acts=((2, mute(span=Span.FOUR_HOURS)),), minutes=200),
        (),
    ),
    "It goes up and down, and was never bad enough.": (
        Story(
            (page(*((5 * n, TROUBLED if n % 2 else OK) for n in range(11))),),
            wishes=Wishes(floor=Level.MAJOR),
            minutes=240,
        ),
        (),
    ),
    "Trouble is not bad enough.": (
        Story((SMALL,), wishes=Wishes(floor=Level.PARTIAL)),
        (),
    ),
    "Partly down is not bad enough.": (
        Story((PARTIAL,), wishes=Wishes(floor=Level.MAJOR)),
        (),
    ),
    "It eases and ends, and was never bad enough.": (
        Story(
            (page((0, OK), (10, PARTLY), (20, TROUBLED), (40, OK)),),
            wishes=Wishes(floor=Level.MAJOR),
        ),
        (),
    ),
    "The service is muted for an hour.": (
        Story((OUTAGE,), acts=((5, mute()),), minutes=60),
        (),
    ),
    "Everything is muted for four hours.": (
        Story((OUTAGE,), acts=((5, mute(None, Span.FOUR_HOURS)),)),
        (),
    ),
    "Everything is muted until tomorrow.": (
        Story(
            (page((0, OK), (600, DOWN)),),
            acts=((5, mute(None, Span.TOMORROW)),),
            minutes=700,
        ),
        (),
    ),
    "It is muted, and the program is started again.": (
        Story((OUTAGE,), acts=((5, mute()),), off=((8, 9),), minutes=60),
        (),
    ),
    "It is muted until it ends, and gets worse.": (
        Story(
            (page((0, OK), (10, PARTLY), (40, DOWN)),),
            acts=((20, mute(span=Span.END)),),
        ),
        (PARTLY_DOWN,),
    ),
    "It was muted when it began, and ends when it is muted no more.": (
        Story((page((0, OK), (10, DOWN), (90, OK)),), acts=((5, mute()),)),
        (),
    ),
}

ELSEWHERE: Final = {
    "It is down in Brazil, and the person is in Turkey.": (
        Story((felt_in(OUTAGE, "BR"),), home="TR"),
        (),
    ),
    "It is down in Brazil, and the person in Turkey has named Germany.": (
        Story((felt_in(OUTAGE, "BR"),), home="TR", also=("DE",)),
        (),
    ),
    "It is down in Germany, and the person in Turkey has named it; Brazil follows.": (
        Story(
            (spreading(LONG, 40, ("DE",), ("BR", "DE")),),
            home="TR",
            also=("DE",),
        ),
        ("App is down in Germany",),
    ),
    "Our own check fails for a bit while it is troubled in Germany, which is named.": (
        Story(
            (felt_in(page((0, OK), (10, TROUBLED)), "DE"), check((20, 27))),
            home="TR",
            also=("DE",),
        ),
        ("App is troubled in Germany",),
    ),
    "The same for an hour: that is of here, and its end is not the end of all of it.": (
        Story(
            (felt_in(page((0, OK), (10, TROUBLED)), "DE"), check((20, 90))),
            home="TR",
            also=("DE",),
        ),
        ("App is troubled in Germany", "App cannot be reached from here"),
    ),
}

NOT_NOW: Final = {
    "It begins in quiet hours.": (Story((LONG,), wishes=quiet(), minutes=85), ()),
    "It begins and ends in quiet hours.": (
        Story((OUTAGE,), wishes=quiet(), minutes=85),
        (),
    ),
    "It goes up and down in quiet hours.": (
        Story((flapping(16),), wishes=quiet(), minutes=85),
        (),
    ),
    "It begins at the weekend.": (
        Story((OUTAGE,), wishes=quiet("sat-sun 00:00-24:00")),
        (),
    ),
    "It begins before quiet hours and ends in them.": (
        Story((OUTAGE,), wishes=quiet("12:30-14:00"), minutes=110),
        (IS_DOWN,),
    ),
    "Quiet hours let through only what is down.": (
        Story((PARTIAL,), wishes=quiet(floor=Level.MAJOR), minutes=85),
        (),
    ),
    "What was partly down ends in quiet hours that let through what is down.": (
        Story((PARTIAL,), wishes=quiet("12:30-14:00", floor=Level.MAJOR), minutes=110),
        (PARTLY_DOWN,),
    ),
    "The program is started again in quiet hours.": (
        Story((LONG,), wishes=quiet(), off=((30, 40),), minutes=85),
        (),
    ),
    "Two quiet hours follow upon each other.": (
        Story((LONG,), wishes=quiet("12:05-12:30", "12:30-13:30"), minutes=85),
        (),
    ),
    "It is muted while it waits for the end of quiet hours.": (
        Story((LONG,), wishes=quiet(), acts=((60, mute()),), minutes=110),
        (),
    ),
    "The person presents something.": (
        Story((OUTAGE,), acts=((5, busy("You are presenting.")),)),
        (),
    ),
    "The person presents something, and the program is started again.": (
        Story((LONG,), acts=((5, busy("You are presenting.")),), off=((30, 31),)),
        (),
    ),
    "A film begins in the outage, and the outage ends in the film.": (
        Story((OUTAGE,), acts=((20, busy("A program fills the screen.")),)),
        (IS_DOWN,),
    ),
    "Quiet hours end in a film.": (
        Story(
            (LONG,), wishes=quiet(), acts=((80, busy("A program fills the screen.")),)
        ),
        (),
    ),
    "Two have been told within the hour, and that is as many as is wanted.": (
        Story(
            (
                says("s0", (0, OK), (5, DOWN)),
                says("s1", (0, OK), (15, DOWN)),
                says("s2", (0, OK), (25, DOWN)),
            ),
            apart(3),
            wishes=Wishes(most=2),
            minutes=60,
        ),
        ("S0 is down", "S1 is down"),
    ),
}

TOGETHER: Final = {
    "A service goes down with what it stands on.": (
        Story((LONG,), house("page", "book", feeds="page")),
        ("Meta: Book and Page are in trouble",),
    ),
    "A house of three goes down and comes back.": (
        Story((OUTAGE,), house("app", "book", "gram", feeds="page")),
        (
            "Meta: App, Book and Gram are in trouble",
            "Meta: App, Book and Gram work again",
        ),
    ),
    "A house goes up and down together.": (
        Story((flapping(10),), house("app", "book", "gram", feeds="page"), minutes=240),
        (
            *(
                "Meta: App, Book and Gram are in trouble",
                "Meta: App, Book and Gram work again",
            )
            * 2,
            "Meta: App, Book and Gram seem to come and go",
            "Meta: App, Book and Gram work again",
        ),
    ),
    "A house goes up and down together, and then it is down.": (
        Story((flapping(9),), house("app", "book", feeds="page"), minutes=240),
        (
            *("Meta: App and Book are in trouble", "Meta: App and Book work again") * 2,
            "Meta: App and Book seem to come and go",
            "Meta: App and Book are in trouble",
        ),
    ),
    "A house goes down that is muted as a whole.": (
        Story(
            (LONG,),
            house("app", "book", feeds="page"),
            acts=((5, mute(None, Span.FOUR_HOURS)),),
        ),
        (),
    ),
    "A house is down, and the program is started again.": (
        Story((LONG,), house("app", "book", feeds="page"), off=((30, 31),)),
        ("Meta: App and Book are in trouble",),
    ),
    "Four services stand on one page that goes down.": (
        Story((LONG,), ONE_PAGE),
        ("4 services at once: App, Book, Gram and Mail",),
    ),
}

ROWS: Final = {
    **NOTHING_IS_WRONG,
    **ONLY_ON_THIS_SIDE,
    **TOLD_ALREADY,
    **NOT_WANTED,
    **ELSEWHERE,
    **NOT_NOW,
    **TOGETHER,
}


@pytest.mark.parametrize("row", ROWS)
def test_no_more_is_told_than_must_be(row: str) -> None:
    story, told = ROWS[row]
    assert story.play().told == list(told)


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 60
