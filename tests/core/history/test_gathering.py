"""One past out of what we saw, what the page told and what was written about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from downlight.core.evidence.verdict import Verdict
from downlight.core.history.past import Kind, Origin, Outage, Record, Span
from downlight.core.level import Level
from downlight.core.model import Component, Place, Selection
from downlight.core.news import BLOCKED, Event, Turn
from downlight.core.saying.event_words import headline
from downlight.core.service import Feed
from tests.core.history.pasts import (
    BLOCK,
    BOTH,
    CHAT,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    PAGE,
    event,
    gathered,
    outage,
    told,
)
from tests.core.spoken import turkish

ALL_DAY = (Span(NOON - 12 * HOUR, NOON + DAY),)
BEGAN, ENDED = event(Turn.BEGAN), event(Turn.ENDED, NOON + HOUR)
SEEN, TOLD, RECORD = Origin.SEEN, Origin.TOLD, Origin.RECORD


def only(*events: Event, **more: object) -> Outage:
    facts: dict[str, Any] = {**more}
    [found] = gathered(*events, **facts).outages
    return found


def record(*outages: Outage) -> Record:
    here = (replace(it, origins=(RECORD,), trust="high") for it in outages)
    return Record(tuple(here), date(2026, 11, 1))


def test_nothing_is_known_of_what_nobody_saw() -> None:
    it = gathered()
    assert (it.outages, it.watched, it.record, it.lists) == ((), (), None, False)


def test_what_we_saw_from_begin_to_end_is_as_exact_as_we_looked() -> None:
    it = only(BEGAN, ENDED, watched=ALL_DAY)
    assert (it.begun, it.ended, it.end_known) == (NOON, NOON + HOUR, True)
    assert it.precision == 30 * MINUTE
    assert it.length == HOUR
    assert it.level is Level.MAJOR
    assert it.evidence == NOON
    assert it.origins == (SEEN,)


@pytest.mark.parametrize(
    "pause",
    [
        (),
        (Span(NOON, NOON + DAY),),  # nobody had looked before
        (Span(NOON - 5 * MINUTE, NOON + DAY),),
        (Span(NOON - HOUR, NOON - 31 * MINUTE),),
    ],
)
def test_what_was_noticed_after_a_pause_began_earlier(pause: tuple[Span, ...]) -> None:
    it = only(BEGAN, ENDED, watched=pause)
    assert it.precision is None
    assert it.length is None


def test_what_was_over_after_a_pause_ended_earlier() -> None:
    it = only(BEGAN, ENDED, watched=(Span(NOON - HOUR, NOON + 20 * MINUTE),))
    assert (it.ended, it.end_known, it.length) == (NOON + HOUR, False, None)


def test_the_worst_it_came_to_counts_and_where_it_was_last_felt() -> None:
    it = only(
        event(Turn.BEGAN, level=Level.DEGRADED, scope="Spain"),
        event(Turn.WORSENED, NOON + MINUTE, scope="Spain, Brazil"),
        event(Turn.EASED, NOON + 2 * MINUTE, level=Level.DEGRADED),
        ENDED,
    )
    assert (it.level, it.where) == (Level.MAJOR, "Spain, Brazil")


def test_what_comes_and_goes_ends_when_it_ended_last() -> None:
    again = event(Turn.BEGAN, NOON + 2 * HOUR)
    over = event(Turn.ENDED, NOON + 3 * HOUR)
    late = event(Turn.ENDED, NOON + 5 * HOUR, id="chat/e/ended/late")
    assert only(BEGAN, ENDED, again, over, late).ended == NOON + 3 * HOUR
    assert only(BEGAN, ENDED, again).ended is None


def test_an_outage_of_which_no_more_was_told_has_no_end_that_is_known() -> None:
    it = only(BEGAN)
    assert (it.ended, it.end_known, it.lasts) == (None, False, False)


def test_the_open_one_lasts_while_we_look() -> None:
    late = NOON + DAY
    it = only(BEGAN, open_episode="e", began=NOON - HOUR, watched=ALL_DAY, now=late)
    assert (it.begun, it.precision, it.lasts) == (NOON - HOUR, 0 * HOUR, True)
    later = only(BEGAN, open_episode="e", watched=ALL_DAY, now=late + HOUR)
    assert later.lasts is False


def test_an_outage_whose_beginning_was_forgotten_is_no_measure_of_the_page() -> None:
    it = only(event(Turn.WORSENED), ENDED, watched=ALL_DAY)
    assert (it.precision, it.evidence) == (None, None)


def test_what_looked_like_a_block_is_no_outage_in_whatever_language_it_was_told() -> (
    None
):
    title = "Chat engellenmiş görünüyor"
    began = event(Turn.BEGAN, id=f"chat/e/began{BLOCKED}", title=title)
    it = only(began, ENDED, watched=ALL_DAY)
    assert (it.kind, it.level, it.counts) == (Kind.BLOCK, None, False)
    assert it.what == title
    other = event(Turn.CONFIRMED, NOON + MINUTE, title="Chat is down: now confirmed")
    it = only(began, other, ENDED, watched=ALL_DAY)
    assert (it.kind, it.level) == (Kind.OUTAGE, Level.MAJOR)


def test_a_block_that_an_earlier_version_kept_is_known_by_its_title() -> None:
    title = headline(CHAT, Verdict(Level.MAJOR, judgement=BLOCK), Turn.BEGAN)
    assert only(event(Turn.BEGAN, title=title), ENDED).kind is Kind.BLOCK


def test_no_news_of_an_outage_makes_none() -> None:
    works = event(Turn.MAINTENANCE_BEGAN, episode="")
    update = event(Turn.UPDATE, level=Level.OPERATIONAL)
    ended = event(Turn.ENDED, episode="other")
    assert gathered(works, update, ended).outages == ()


def test_where_only_the_page_speaks_our_seeing_it_measures_nothing() -> None:
    assert only(BEGAN, ENDED, service=CHAT).evidence is None


def test_an_incident_of_the_page_is_an_outage_as_it_says() -> None:
    said = (NOON + MINUTE, NOON + HOUR)
    places = (Place("ES", "Spain", ("ES",)), Place("fra", "Frankfurt", ("DE",)))
    it = only(told=(told(said=said, places=places, url="https://p.example/i"),))
    assert it == Outage(
        f"told/i{NOON}",
        NOON,
        (TOLD,),
        ended=NOON + HOUR,
        level=Level.PARTIAL,
        where="Spain, Frankfurt",
        countries=("ES", "DE"),
        what="Messages do not arrive",
        word=NOON + MINUTE,
        silent=False,
        said=said,
        incidents=(f"i{NOON}",),
        sources=("https://p.example/i",),
    )


def test_where_it_was_is_said_in_the_words_of_the_person() -> None:
    words = {"worldwide": "dünya genelinde", "Spain": "İspanya", "Georgia": "Gürcistan"}
    places = (Place("ES", "Spain", ("ES",)), Place("US-GA", "Georgia", ("US",)))
    written = outage(NOON, HOUR, where="worldwide")
    with turkish(words):
        assert only(told=(told(places=places),)).where == "İspanya, Georgia"
        assert only(record=record(written)).where == "dünya genelinde"
        felt = event(Turn.BEGAN, scope="worldwide")
        assert only(felt, ENDED).where == "dünya genelinde"
        state = event(Turn.BEGAN, scope="Georgia")
        assert only(state, ENDED).where == "Georgia"


def test_information_and_what_is_not_understood_is_no_outage() -> None:
    it = gathered(
        told=(
            told(level=None),
            told(level=Level.OPERATIONAL),
            told(None),
        )
    )
    assert it.outages == ()
    assert it.lists


def test_without_a_beginning_the_first_word_is_when_it_was_noticed() -> None:
    it = only(told=(told(None, said=(NOON,)),))
    assert (it.begun, it.precision, it.end_known) == (NOON, None, False)


def test_an_end_before_the_beginning_is_none() -> None:
    assert only(told=(told(length=-HOUR),)).ended is None


def test_an_open_incident_lasts_while_the_page_is_read() -> None:
    it = told(length=None)
    assert only(told=(it,), watched=ALL_DAY).lasts
    unread = only(told=(it,))
    assert (unread.lasts, unread.ended, unread.end_known) == (False, None, False)


def test_an_incident_that_the_page_drops_is_over() -> None:
    gone = told(length=None, gone=NOON + HOUR)
    it = only(told=(gone,), watched=ALL_DAY)
    assert (it.ended, it.end_known, it.lasts) == (NOON + HOUR, True, False)
    unread = only(told=(gone,))
    assert (unread.ended, unread.end_known) == (NOON + HOUR, False)


def test_of_a_large_page_only_what_touches_the_service_counts() -> None:
    part = Selection(components=frozenset({"Chat"}))
    service = replace(BOTH, feeds=(Feed(PAGE, part),))
    parts = {
        PAGE: (Component("c1", "Chat", Level.MAJOR), Component("c2", "Mail", None))
    }
    mine = told(component_ids=("c1",), level=Level.MAJOR)
    other = told(NOON + HOUR, component_ids=("c2",))
    older = told(NOON - DAY, named=False)
    it = gathered(told=(older, mine, other), service=service, parts=parts)
    assert [(o.begun, o.level) for o in it.outages] == [(NOON, Level.MAJOR)]


def test_of_who_is_no_page_no_incident_is_taken() -> None:
    other = replace(told(), source=BOTH.feeds[1].source)
    assert gathered(told=(other,)).outages == ()


def test_the_same_outage_from_all_three_is_one() -> None:
    page = told(NOON + 10 * MINUTE, HOUR, said=(NOON + 12 * MINUTE,))
    written = outage(
        NOON - 5 * MINUTE,
        2 * HOUR,
        precision=10 * MINUTE,
        lasted=90 * MINUTE,
        what="No messages",
        where="worldwide",
        sources=("https://paper.example",),
        evidence=NOON - 5 * MINUTE,
    )
    it = only(BEGAN, ENDED, told=(page,), watched=ALL_DAY, record=record(written))
    assert it.origins == (RECORD, TOLD, SEEN)
    assert (it.begun, it.ended) == (NOON - 5 * MINUTE, NOON + 115 * MINUTE)
    assert it.precision == 10 * MINUTE
    assert it.length == 2 * HOUR
    assert it.level is Level.MAJOR
    assert (it.what, it.where, it.trust) == ("No messages", "worldwide", "high")
    assert it.word == NOON + 12 * MINUTE
    assert it.delay == 17 * MINUTE
    assert it.silent is False
    assert it.incidents == (f"i{NOON + 10 * MINUTE}",)


def test_what_nobody_timed_is_as_long_as_somebody_says() -> None:
    written = outage(NOON - 12 * HOUR, DAY, precision=DAY, lasted=40 * MINUTE)
    it = only(BEGAN, record=record(written))
    assert it.origins == (RECORD, SEEN)
    assert it.ended == NOON + 12 * HOUR
    assert it.length == 40 * MINUTE


def test_two_incidents_at_the_same_time_stay_two_unless_we_saw_one() -> None:
    pair = (told(), told(NOON + MINUTE, HOUR))
    assert len(gathered(told=pair).outages) == 2
    it = only(BEGAN, ENDED, told=pair, watched=ALL_DAY)
    assert len(it.incidents) == 2


def test_two_waves_stay_two_and_each_finds_its_own() -> None:
    two = NOON + 80 * MINUTE
    it = gathered(
        BEGAN,
        ENDED,
        event(Turn.BEGAN, two, "f"),
        event(Turn.ENDED, two + HOUR, "f"),
        told=(told(), told(two - MINUTE)),
        watched=ALL_DAY,
    )
    assert [o.origins for o in it.outages] == [(TOLD, SEEN), (TOLD, SEEN)]
    assert it.outages[1].begun == two - MINUTE


def test_what_was_noticed_shortly_after_the_page_closed_it_is_the_same() -> None:
    late = event(Turn.BEGAN, NOON + 70 * MINUTE)
    assert only(late, told=(told(),)).origins == (TOLD, SEEN)
    later = event(Turn.BEGAN, NOON + 100 * MINUTE)
    assert len(gathered(later, told=(told(),)).outages) == 2


def test_a_block_and_a_month_are_never_taken_for_what_we_saw() -> None:
    block = outage(kind=Kind.BLOCK, level=None)
    month = outage(NOON - 3 * DAY, None, precision=31 * DAY)
    it = gathered(BEGAN, ENDED, watched=ALL_DAY, record=record(block, month))
    assert len(it.outages) == 3


def test_the_open_one_is_the_page_s_open_one() -> None:
    page = told(NOON + HOUR, None)
    it = only(BEGAN, told=(page,), open_episode="e", watched=ALL_DAY)
    assert it.lasts
    assert it.ended is None


def test_a_page_that_lists_incidents_and_lists_none_is_silent() -> None:
    before = told(NOON - 3 * DAY)
    silent = gathered(BEGAN, ENDED, told=(before,), watched=ALL_DAY).outages[-1]
    assert silent.silent is True
    gap = (Span(NOON - HOUR, NOON + 5 * MINUTE), Span(NOON + 20 * MINUTE, NOON + DAY))
    unread = gathered(BEGAN, ENDED, told=(before,), watched=gap).outages[-1]
    assert unread.silent is None


def test_a_page_is_not_called_silent_without_grounds() -> None:
    before = told(NOON - 3 * DAY)
    for it in (
        gathered(BEGAN, ENDED, watched=ALL_DAY),  # it may list no incidents at all
        gathered(BEGAN, ENDED, told=(before,)),  # it was not read
        gathered(BEGAN, told=(before,), watched=ALL_DAY),  # it may still speak
        gathered(BEGAN, ENDED, told=(before,), watched=ALL_DAY, service=CHAT),
    ):
        assert it.outages[-1].silent is None


def test_of_two_who_know_of_silence_the_one_who_heard_a_word_is_believed() -> None:
    written = outage(silent=True)
    assert only(BEGAN, ENDED, record=record(written)).silent is True
    spoken = replace(written, silent=None)
    it = only(BEGAN, ENDED, record=record(spoken))
    assert it.silent is None
