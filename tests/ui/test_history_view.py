"""The words and numbers of the page History, each with what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from downlight.core.history.past import Kind, Origin, Outage, Record, Root, Span
from downlight.core.level import Level
from downlight.ui.history.days import years
from downlight.ui.history.figures import causes, hours, lasting, weekdays
from downlight.ui.history.rows import (
    cause_of,
    date_of,
    details,
    known_from,
    length_of,
    look_of,
    spoken,
    state_of,
    title,
    word_of,
)
from downlight.ui.history.score import UNKNOWN, scores
from downlight.ui.history.tracks import Part, track
from downlight.ui.history.view import EMPTY, aside, day_answer, history
from downlight.ui.history.yearly import by_year
from downlight.ui.kit.look import Look
from tests.core.history.pasts import DAY, HOUR, MINUTE, NOON, gathered, outage, past
from tests.core.spoken import turkish
from tests.ui.show_history import whatsapp

THREE = tuple(
    outage(NOON + n * DAY, (n + 1) * HOUR, root=root, sure=n > 0)
    for n, root in enumerate((Root.CHANGE, Root.CHANGE, None))
)
MONTH = outage(NOON.replace(day=1, hour=0), None, precision=31 * DAY, id="m")
WRITTEN = outage(
    word=NOON + 20 * MINUTE,
    evidence=NOON,
    said=(NOON + 20 * MINUTE, NOON + 40 * MINUTE),
)


def test_too_few_outages_give_no_figure_and_say_so() -> None:
    known = past(*THREE[:2])
    for chart, words in (
        (lasting(known, UTC), "outages of which the length is known, and there are 2"),
        (causes(known, UTC), "it takes 3 outages, and there are 2."),
        (hours(known, UTC), "outages of which the hour is known, and there are 2."),
        (weekdays(past(), UTC), "of which the hour is known, and there is none."),
        (causes(past(THREE[0]), UTC), "and there is one."),
    ):
        assert chart.bars == ()
        assert words in chart.note
        assert chart.says == ""
    assert lasting(known, UTC).note.endswith("Known: 1 h, 2 h.")


def test_how_long_they_were_is_counted_and_summed_up() -> None:
    chart = lasting(past(*THREE), UTC)
    assert [bar.size for bar in chart.bars] == [0, 1, 2, 0, 0, 0]
    assert chart.bars[2].words == "Up to 4 h: 2 outages."
    assert chart.bars[0].words == "Up to 15 min: no outages."
    assert chart.says == (
        "The shortest 1 h, half of them up to 2 h, nine of ten up to 3 h, the longest "
        "3 h."
    )
    assert chart.note == "From 3 outages since 4 March 2026."


def test_hours_and_weekdays_are_counted_and_nothing_is_made_of_little() -> None:
    known = past(*THREE)
    assert hours(known, UTC).bars[12].words == "12:00 to 12:59: 3 outages began."
    assert hours(known, UTC).says == "Most often: 12:00, 3 of 3."
    assert [bar.size for bar in weekdays(known, UTC).bars] == [0, 0, 1, 1, 1, 0, 0]
    assert weekdays(known, UTC).says == "None of them stands out."
    assert weekdays(known, UTC).bars[2].words == "Wednesday: one outage began."


def test_years_are_compared_by_number_and_length_and_hatched_where_nobody_looked() -> (
    None
):
    old = replace(MONTH, begun=datetime(2024, 2, 1, tzinfo=UTC))
    span = Span(datetime(2026, 1, 1, tzinfo=UTC), NOON + 10 * DAY)
    known = past(old, *THREE, watched=(span,))
    chart = by_year(years(known, UTC), known, UTC)
    assert chart.title == "Year by year"
    assert [bar.words for bar in chart.bars] == [
        "2024: one outage, not known how long; not watched.",
        "2025: not known, nobody looked.",
        "2026: 3 outages, 6 h in all; watched all the time.",
    ]
    assert [bar.aside for bar in chart.bars] == [
        "1",
        "not known, nobody looked",
        "3, 6 h in all",
    ]
    assert [bar.least for bar in chart.bars] == [True, False, False]
    assert chart.bars[1].unknown
    assert chart.note == (
        "From 4 outages since 1 February 2024. Hatched: there may have been more."
    )
    longer = (*THREE, outage(NOON + 4 * DAY, None, id="x"))
    (bar,) = by_year(years(past(*longer), UTC), past(*longer), UTC).bars
    assert bar.aside == "4, 6 h at least"
    seen = past(*THREE, watched=(Span(span.begun - 300 * DAY, NOON + 10 * DAY),))
    calm, _ = by_year(years(seen, UTC), seen, UTC).bars
    assert (calm.size, calm.aside, calm.least) == (0, "none known", True)
    few = past(*THREE[:2])
    assert "it takes 3 outages, and there are 2." in by_year((), few, UTC).note


def test_causes_tell_the_confirmed_from_the_supposed_and_from_the_unknown() -> None:
    change, unknown = causes(past(*THREE), UTC).bars
    assert (change.size, change.doubtful) == (2, 1)
    assert change.words == (
        "A change or maintenance: 2 outages, 1 of them only supposed."
    )
    assert (unknown.name, unknown.aside, unknown.least) == ("not published", "1", True)
    sure = tuple(outage(NOON + n * DAY, root=Root.LOAD, sure=True) for n in range(3))
    (load,) = causes(past(*sure), UTC).bars
    assert (load.aside, load.doubtful) == ("3", 0)


def test_the_scorecard_says_why_something_is_not_known() -> None:
    delay, gaps, silent, uptime = scores(past(WRITTEN), UTC)
    assert {it.value for it in (delay, gaps, silent, uptime)} == {UNKNOWN}
    assert delay.name == "Until Maker first spoke"
    assert delay.note.endswith("the provider first spoke; there is one.")
    assert gaps.note == "It takes 3 pauses between messages; only one is known."
    assert silent.note.endswith("Its page is not known to list outages.")
    assert "Its page" not in scores(past(lists=True), UTC)[2].note
    assert uptime.note == "It takes a day of watching."
    two = (WRITTEN, outage(NOON + DAY, said=WRITTEN.said))
    assert scores(past(*two), UTC)[1].note.endswith("only 2 are known.")


def test_the_scorecard_gives_figures_with_what_they_rest_on() -> None:
    some = tuple(
        outage(
            NOON + n * DAY,
            evidence=NOON + n * DAY,
            word=NOON + n * DAY + (n + 1) * 10 * MINUTE,
            said=(NOON + n * DAY, NOON + n * DAY + 30 * MINUTE),
            silent=n == 2,
        )
        for n in range(3)
    )
    watched = (Span(NOON - 7 * DAY, NOON + 3 * DAY),)
    delay, gaps, silent, uptime = scores(past(*some, watched=watched), UTC)
    assert delay.value == "20 min in the middle case, 30 min at worst"
    assert delay.note == "From 3 outages since 4 March 2026."
    assert gaps.value == "30 min in the middle case, 30 min at worst"
    assert gaps.note == "3 pauses from 3 outages since 4 March 2026."
    assert silent.value == "1 of 3"
    assert uptime.value == "98.75 %"
    assert uptime.note == "Down for 3 h of 10 d, from 3 outages since 4 March 2026."
    *_, fine = scores(past(watched=watched), UTC)
    assert (fine.value, fine.note) == ("100 %", "No outage in 10 d of watching.")


def test_the_head_counts_outages_and_names_what_is_not_counted() -> None:
    assert history(past(), UTC).said == "No outage of Chat is known here."
    assert aside(history(past(), UTC), "") == EMPTY
    assert aside(None, "") == ""
    one = history(past(THREE[0]), UTC)
    assert one.said == "One outage of Chat is known, in March 2026."
    assert aside(one, "") == ""
    assert aside(one, "then").startswith("This is a replay. Its past is what")
    block = outage(kind=Kind.BLOCK, level=None)
    assert history(past(block), UTC).said == (
        "No outage of Chat is known here. One block, or trouble elsewhere in its "
        "house, is listed, too."
    )
    assert history(whatsapp(), UTC).said.startswith(
        "26 outages of WhatsApp are known since February 2014. 9 blocks"
    )


def test_a_day_is_answered_from_all_that_is_known() -> None:
    shown = history(whatsapp(), UTC)
    found = day_answer(shown, date(2021, 10, 4))
    assert found.look is Look.MAJOR
    assert found.sentence.startswith("On 4 October 2021 WhatsApp was down. From")
    assert found.sources
    unseen = day_answer(shown, date(2021, 10, 7))
    assert unseen.look is Look.UNKNOWN
    assert unseen.sentence.startswith("Not known")
    assert day_answer(shown, date(2026, 8, 1)).look is Look.BLOCKED
    watched = (Span(NOON - 3 * DAY, NOON + 10 * DAY),)
    fine = history(past(watched=watched), UTC)
    assert day_answer(fine, NOON.date()).look is Look.OPERATIONAL


def test_a_day_that_nobody_knows_tells_of_outages_on_some_day_of_its_month() -> None:
    known = history(past(MONTH), UTC)
    assert known.vague == (MONTH,)
    assert "on a day that is not known" in day_answer(known, NOON.date()).sentence


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (outage(), "2026-03-04 12:00"),
        (outage(precision=DAY), "2026-03-04"),
        (MONTH, "2026-03"),
        (outage(precision=None), "2026-03-04 12:00"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(made: Outage, expected: str) -> None:
    assert date_of(made, UTC) == expected


def test_the_cells_of_a_row_say_what_is_known_and_no_more() -> None:
    assert length_of(outage()) == "1 h"
    assert length_of(outage(length=None)) == "–"
    assert length_of(outage(length=None, lasts=True)) == "goes on"
    assert cause_of(outage()) == "–"
    assert cause_of(outage(root=Root.LOAD)) == "load, supposed"
    assert cause_of(outage(root=Root.LOAD, sure=True)) == "load"
    assert word_of(WRITTEN) == "20 min"
    assert word_of(outage(word=NOON, evidence=NOON)) == "at once"
    assert word_of(outage(silent=True)) == "no word"
    assert word_of(outage()) == "–"
    both = (Origin.SEEN, Origin.RECORD)
    assert known_from(outage(origins=both, trust="low")) == (
        "Downlight, public record (low)"
    )
    block = outage(kind=Kind.BLOCK, level=None)
    assert (look_of(block), state_of(block)) == (Look.BLOCKED, "blocked")
    sibling = outage(kind=Kind.SIBLING, level=None)
    assert (look_of(sibling), state_of(sibling)) == (Look.UNKNOWN, "others only")
    assert (look_of(outage()), state_of(outage())) == (Look.MAJOR, "down")
    assert title(outage(where="Spain"), UTC) == "2026-03-04 12:00, Spain"
    assert spoken(outage(length=None), UTC) == (
        "2026-03-04 12:00: down, known from status page."
    )
    assert "lasted 1 h" in spoken(outage(), UTC)
    assert ": down, goes on, known from" in spoken(outage(length=None, lasts=True), UTC)


def test_what_failed_is_named_in_the_words_of_the_person() -> None:
    failed = outage(services=("WhatsApp calls", "WhatsApp"))
    with turkish({"WhatsApp calls": "WhatsApp aramaları"}):
        said = " ".join(details(failed, UTC))
    assert "WhatsApp aramaları" in said


def test_the_details_hold_all_that_is_known() -> None:
    first, *more = details(
        outage(
            services=("Mail", "Chat"),
            root=Root.LOAD,
            word=NOON + HOUR,
            evidence=NOON,
            official="A tweet",
            note="Odd",
        ),
        UTC,
    )
    assert first.startswith("4 March 2026. From 12:00 to 13:00 (1 h)")
    assert more == [
        "Failed: Mail and Chat.",
        "Cause (only supposed): too many at once.",
        "The provider spoke after 1 h. A tweet.",
        "Odd.",
    ]
    assert details(outage(cause="A cable", silent=True), UTC)[1:] == (
        "Cause: A cable.",
        "The provider never wrote a word of it.",
    )
    at_once = outage(word=NOON, evidence=NOON, kind=Kind.BLOCK, level=None)
    assert details(at_once, UTC)[1:] == (
        "A block, ordered by somebody else: the service itself worked.",
        "The provider spoke as soon as anybody else.",
    )
    assert details(outage(official="A tweet"), UTC)[1] == "The provider: A tweet."
    assert details(MONTH, UTC)[0].startswith("Some day in March 2026")


def test_an_outage_is_laid_out_from_its_beginning_as_far_as_it_is_known() -> None:
    now = NOON + 10 * DAY
    told = track(WRITTEN, now, UTC)
    assert told is not None
    zero, word = timedelta(), 20 * MINUTE
    assert told.parts == ((zero, word, Part.UNHEARD), (word, HOUR, Part.HEARD))
    assert told.messages == (word, 2 * word)
    assert told.length == HOUR
    assert told.words == (
        "2026-03-04 12:00: lasted 1 h, the provider first spoke after 20 min, 2 "
        "messages on its page."
    )
    plain = track(outage(), now, UTC)
    assert plain is not None
    assert plain.parts == ((zero, HOUR, Part.PLAIN),)
    assert plain.words.endswith("lasted 1 h, not known when the provider first spoke.")
    silent = track(outage(silent=True, said=(NOON,)), now, UTC)
    assert silent is not None
    assert silent.parts[0][2] is Part.UNHEARD
    assert silent.words.endswith("said nothing, one message on its page.")
    late = track(outage(word=NOON + 2 * HOUR), now, UTC)
    assert late is not None
    assert late.parts == ((zero, HOUR, Part.UNHEARD),)


def test_what_has_no_known_end_is_left_open_and_what_has_no_beginning_is_out() -> None:
    open_ = track(outage(length=None, lasts=True), NOON + HOUR, UTC)
    assert open_ is not None
    assert [part for *_, part in open_.parts] == [Part.PLAIN, Part.OPEN]
    assert "has gone on for 1 h" in open_.words
    lost = track(outage(length=None), NOON + HOUR, UTC)
    assert lost is not None
    assert [part for *_, part in lost.parts] == [Part.OPEN]
    assert "not known how long it lasted" in lost.words
    assert track(MONTH, NOON, UTC) is None
    assert track(outage(precision=None), NOON, UTC) is None


def test_what_was_gathered_can_be_shown() -> None:
    record = Record((outage(origins=(Origin.RECORD,), trust="low"),), NOON.date())
    shown = history(gathered(record=record), UTC)
    assert len(shown.outages) == 1
    assert shown.outages[0].level is Level.MAJOR
    assert shown.by_day[NOON.date()] == shown.outages
