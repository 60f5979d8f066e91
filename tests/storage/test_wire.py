"""What is written can be read back, whatever it is."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downlight.core.evidence.spell import Spell
from downlight.core.evidence.story import Track
from downlight.core.fusion.course import Course, Notice
from downlight.core.fusion.ruling import State
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Component,
    Incident,
    Phase,
    Place,
    RegionReading,
    Report,
    SourceId,
    Update,
)
from downlight.core.news import Delivery, Turn
from downlight.core.result import Result
from downlight.storage import wire
from downlight.storage.journal import Journal
from tests.storage.examples import (
    CHAT,
    EVENT,
    INCIDENT,
    NOON,
    PAGE,
    REPORT,
    keep,
)


@pytest.fixture
def journal() -> Iterator[Journal]:
    with Journal.in_memory() as journal:
        yield journal


WORDS = st.text(max_size=12)
LEVELS = st.none() | st.sampled_from(Level)
TIMES = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-11))]))
REPORTS = st.builds(
    Report,
    source=WORDS.map(SourceId),
    at=st.timedeltas(timedelta(-9999), timedelta(9999)).map(lambda past: NOON + past),
    level=LEVELS,
    headline=WORDS,
    components=st.lists(
        st.builds(Component, WORDS, WORDS, LEVELS, st.none() | WORDS), max_size=3
    ).map(tuple),
    incidents=st.lists(
        st.builds(
            Incident,
            WORDS,
            WORDS,
            LEVELS,
            st.none() | st.sampled_from(Phase),
            st.booleans(),
            st.none() | TIMES,
            updates=st.lists(st.builds(Update, TIMES, WORDS), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    readings=st.lists(
        st.builds(
            RegionReading,
            st.builds(Place, WORDS, WORDS),
            LEVELS,
            st.booleans(),
            st.integers(),
        ),
        max_size=2,
    ).map(tuple),
    checks=st.lists(
        st.builds(
            Check,
            WORDS,
            st.none() | st.timedeltas(),
            WORDS,
            st.sampled_from(Result),
        ),
        max_size=2,
    ).map(tuple),
    mentions=st.lists(TIMES, max_size=2).map(tuple),
    reaches=st.none() | TIMES,
    next_check=st.none() | st.timedeltas(timedelta(), timedelta(days=9)),
)


@settings(max_examples=40)
@given(REPORTS)
def test_any_report_comes_back_and_is_recognised(report: Report) -> None:
    with Journal.in_memory() as journal:
        keep(journal, reports=(report,))
        keep(journal, reports=(report,))
        [kept] = journal.last_reports().values()
        count = journal._connection.execute("SELECT count(*) FROM reports")
        assert count.fetchone() == (1,)
    assert kept == report


def test_a_report_kept_before_checks_had_a_result_is_still_read() -> None:
    known = msgspec.json.decode(wire.to_json(REPORT))
    for check in known["checks"]:
        del check["result"]
    plain = tuple(replace(check, result=Result.OK) for check in REPORT.checks)
    assert plain != REPORT.checks
    assert wire.report_of(json.dumps(known)) == replace(REPORT, checks=plain)


def test_a_report_kept_before_readings_told_of_networks_and_age_is_still_read() -> None:
    measured = replace(REPORT.readings[0], networks=4, at=NOON, sudden=True)
    known = msgspec.json.decode(wire.to_json(replace(REPORT, readings=(measured,))))
    for reading in known["readings"]:
        for name in ("networks", "at", "sudden", "internet"):
            del reading[name]
    assert wire.report_of(json.dumps(known)) == REPORT


def test_a_result_there_no_longer_is_makes_a_report_unreadable_and_no_worse() -> None:
    text = wire.to_json(REPORT).replace('"cert_untrusted"', '"cert_mislaid"')
    assert wire.report_of(text) is None


@settings(max_examples=40)
@given(
    st.builds(
        Track,
        level=LEVELS,
        since=st.none() | TIMES,
        sightings=st.integers(),
        where=WORDS,
        told=st.lists(WORDS, max_size=3).map(tuple),
    )
)
def test_any_track_comes_back(track: Track) -> None:
    assert wire.track_of(wire.to_json(track)) == track


def test_half_a_character_from_outside_harms_nothing(journal: Journal) -> None:
    half = "half \ud83d"
    whole = "half ?"
    bad = replace(INCIDENT, title=half, updates=(Update(NOON, half),))
    report = replace(REPORT, headline=half, incidents=(bad,))
    for _ in range(2):
        journal.write(
            NOON,
            [report],
            {CHAT: Track(where=half)},
            [replace(EVENT, id=half, title=half)],
            meta={"m": half},
        )
    journal.record_delivery(Delivery(half, "dbus", NOON, "delivered", half))
    assert journal.last_reports()[PAGE].headline == whole
    assert journal.tracks()[CHAT].where == whole
    assert [event.title for event in journal.events()] == [whole]
    assert journal.undelivered(NOON) == ()
    assert journal.meta("m") == whole


def test_the_numbers_of_the_levels_mean_what_they_always_meant() -> None:
    assert {level.code: level.value for level in Level} == {
        "operational": 1,
        "maintenance": 2,
        "degraded": 3,
        "partial_outage": 4,
        "major_outage": 5,
    }


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (NOON, "2026-03-01T12:00:00.000000+00:00"),
        (
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))),
            "0001-01-01T00:00:00.000000+00:00",
        ),
    ],
)
def test_moments_are_written_in_utc_at_fixed_width(at: datetime, text: str) -> None:
    assert wire.moment(at) == text


def test_a_word_of_the_rule_there_no_longer_is_costs_no_story() -> None:
    course = Course(State.OUTAGE, fresh=False, told=Notice.ALERT)
    track = Track(
        Level.MAJOR, NOON, episode="20260301T120000Z", told=("a",), course=course
    )
    text = wire.to_json(track)
    assert wire.track_of(text) == track
    for word in ('"outage"', '"alert"'):
        strange = text.replace(word, '"unheard-of"')
        assert wire.track_of(strange) == replace(track, course=Course())
    assert wire.track_of(text.replace('"level":5', '"level":"dire"')) is None


def test_how_often_it_turned_is_kept_and_an_earlier_track_knows_of_no_turns() -> None:
    spell = Spell(NOON, NOON, Level.MAJOR, 5)
    track = Track(Level.OPERATIONAL, NOON, owed=Turn.ENDED, spell=spell)
    text = wire.to_json(track)
    assert wire.track_of(text) == track
    earlier = text.replace(f',"spell":{msgspec.json.encode(spell).decode()}', "")
    assert "spell" not in earlier
    assert wire.track_of(earlier) == replace(track, spell=None)
