"""What Now says of the past: the last outage, and how long such outages took."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from downlight.core.errors import StorageError
from downlight.core.history.before import before
from downlight.core.history.past import Origin, Outage, Past, Record
from downlight.core.level import Level
from downlight.core.places.gazetteer import Gazetteer
from downlight.ui.now.before_card import KEY, before_card
from downlight.ui.now.detail import detail
from downlight.ui.views import Card, Line
from tests.core.history.pasts import CHAT, DAY, HOUR, MINUTE, NOON, outage, past
from tests.core.spoken import turkish
from tests.ui import made_up

NOW = NOON + 10 * DAY
PAST = "That is the past: how long this one takes is not known."


def nowhere() -> Gazetteer:
    return Gazetteer.parse("")


def card(*outages: Outage, trouble: bool = False, record: Record | None = None) -> Card:
    known = before(past(*outages, record=record), UTC)
    made = before_card(known, NOW, UTC, trouble=trouble)
    assert made is not None
    return made


def line(one: Outage) -> Line:
    [made] = card(one).lines
    return made


def test_nothing_is_said_while_the_past_is_not_there_yet() -> None:
    assert before_card(None, NOW, UTC, trouble=True) is None
    shown = detail(made_up.chatter(), made_up.NOW, UTC, gazetteer=nowhere)
    assert KEY not in {it.key for it in shown.cards}


def test_the_last_outage_is_told_when_all_is_well_with_who_knows_it() -> None:
    made = card(outage(NOON - 2 * DAY, id="first"), outage(NOON, 100 * MINUTE))
    assert made.summary == "Last known outage: 9 d 22 h ago, lasted 1 h 40 min."
    assert made.lines[0] == Line(
        "Messages do not arrive",
        aside="4 Mar 12:00 · lasted 1 h 40 min",
        text="Its status page listed it.",
    )
    assert [it.aside for it in made.lines[1:]] == ["2 Mar 12:00 · lasted 1 h"]
    assert made.footnote == "Downlight has not watched Chat yet."
    assert made.act == "Show the history"


def test_it_stands_last_and_in_trouble_next_to_what_is_going_on() -> None:
    known = before(past(outage()), UTC)
    for view, place in (
        (made_up.chatter(), 2),
        (made_up.plainly("calm", "Calm", Level.OPERATIONAL), -1),
    ):
        shown = detail(view, made_up.NOW, UTC, gazetteer=nowhere, before=known).cards
        assert shown[place].key == KEY
        without = detail(view, made_up.NOW, UTC, gazetteer=nowhere)
        assert tuple(it for it in shown if it.key != KEY) == without.cards


def test_in_trouble_it_says_how_long_outages_took_and_that_this_is_no_forecast() -> (
    None
):
    them = [outage(NOON + n * DAY, (n + 1) * HOUR, id=f"o{n}") for n in range(3)]
    said = card(*them, trouble=True).summary
    assert said == (
        "How long outages of Chat took so far: half of them up to 2 h, nine of ten up "
        "to 3 h, the longest 3 h; from 3 outages since 4 March 2026. "
        f"{PAST}\nLast known outage: 7 d 21 h ago, lasted 3 h."
    )
    assert "took" not in card(*them).summary


def test_in_trouble_from_too_few_outages_it_says_that_it_is_not_known() -> None:
    said = card(outage(), trouble=True).summary
    assert "is not known: there is only one of known length" in said
    assert PAST in said


def test_trouble_that_nobody_hears_of_at_present_is_trouble_all_the_same() -> None:
    view = made_up.chatter()
    lost = replace(view.verdict, level=None, last=Level.MAJOR)
    known = before(past(outage(NOON, None)), UTC)
    shown = detail(
        replace(view, verdict=lost), NOW, UTC, gazetteer=nowhere, before=known
    )
    [made] = [it for it in shown.cards if it.key == KEY]
    assert made.summary.endswith("No earlier outage of Chat is known here.")
    assert made.lines == ()


def test_where_no_outage_is_known_it_says_on_what_that_rests() -> None:
    record = Record((), date(2026, 2, 1))
    made = card(record=record)
    assert made.summary == "No outage of Chat is known here."
    assert made.footnote == (
        "Downlight has not watched Chat yet. The public record goes to February 2026 "
        "and is not complete."
    )
    assert made.act == ""


def test_it_is_told_no_more_exactly_than_it_is_known() -> None:
    record: dict[str, Any] = {
        "origins": (Origin.RECORD,),
        "trust": "high",
        "ended": None,
    }
    day = outage(NOON, None, **record, precision=DAY, lasted=6 * HOUR)
    assert line(day).aside == "4 March 2026 · lasted about 6 h"
    assert card(day).summary == "Last known outage: 4 March 2026, lasted about 6 h."
    month = outage(NOON, None, **record, precision=31 * DAY)
    assert line(month).aside == "March 2026"
    assert card(month).summary == (
        "Last known outage: March 2026; how long it lasted is not known."
    )
    noticed = outage(NOON, HOUR, precision=None)
    assert line(noticed).aside == "4 Mar 12:00"
    over_by = outage(NOON, HOUR, end_known=False)
    assert card(over_by).summary.startswith("Last known outage: 10 d ago; how long")
    about = outage(NOON, HOUR, precision=timedelta(minutes=20))
    assert line(about).aside == "4 Mar 12:00 · lasted about 1 h"


def test_an_outage_of_which_nobody_says_what_failed_has_a_title_too() -> None:
    seen: dict[str, Any] = {"what": "", "origins": (Origin.SEEN,)}
    assert line(outage(**seen)).title == "It was down"
    partly = outage(**seen, level=Level.PARTIAL, where="Brazil")
    assert line(partly).title == "It was partly down, Brazil"
    assert line(partly).text == "Downlight saw it."
    assert line(outage(**seen, level=Level.DEGRADED)).title == "It was troubled"


def test_only_a_safe_address_is_offered() -> None:
    sources = ("http://a.example", "https://b.example/1")
    assert line(outage(sources=sources)).link == "https://b.example/1"
    assert line(outage(sources=sources[:1])).link == ""


def test_what_cannot_be_looked_up_says_so_and_what_was_known_stays() -> None:
    failed = StorageError("no disk")
    bare = before_card(None, NOW, UTC, failed=failed)
    assert bare is not None
    assert bare.summary == f"The past cannot be shown. {failed.words}"
    known = before(Past(CHAT, NOW, (outage(),)), UTC)
    kept = before_card(known, NOW, UTC, failed=failed)
    assert kept is not None
    assert kept.lines
    assert kept.footnote.endswith(f"This may be old: {failed.words}")


def test_its_titles_can_be_said_in_another_language() -> None:
    with turkish({"It was down": "Çalışmıyordu", "Earlier outages": "Önceki"}):
        made = card(outage(what=""))
    assert (made.title, made.lines[0].title) == ("Önceki", "Çalışmıyordu")


def test_the_year_is_named_of_what_is_long_ago() -> None:
    old = outage(datetime(2021, 10, 4, 15, 39, tzinfo=UTC), 7 * HOUR)
    assert line(old).aside == "4 Oct 2021 15:39 · lasted 7 h"
    lately = outage(datetime(2025, 12, 31, 22, tzinfo=UTC))
    assert line(lately).aside == "31 Dec 2025 22:00 · lasted 1 h"
