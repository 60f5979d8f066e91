"""The journal remembers what was wrong, and when anybody looked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.health import Health, Kept
from downlight.core.history.past import Span, Told, Traces
from downlight.core.level import Level
from downlight.core.model import Incident, Place, SourceId
from downlight.storage.journal import Journal
from downlight.storage.limits import Limits
from tests.storage.examples import (
    CHAT,
    EVENT,
    INCIDENT,
    MAIL,
    MINUTE,
    NOON,
    PAGE,
    PROBE,
    REPORT,
    TRACK,
    keep,
    rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER = SourceId("other")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path) as journal:
        yield journal


def kept(at: datetime | None, failures: int = 0) -> Kept:
    """Return the standing of a source that answered last ``at``."""
    return Kept(at or NOON, Health(answered=at), failures)


def traces(journal: Journal, *sources: SourceId) -> Traces:
    return journal.traces(CHAT, sources or (PAGE,), (PAGE,))


def told(journal: Journal) -> Told:
    (found,) = traces(journal).told
    return found


def page(at: datetime, *incidents: Incident, journal: Journal) -> None:
    """Have the page list these incidents at a moment."""
    report = replace(REPORT, at=at, incidents=incidents, headline=f"{at}")
    keep(journal, reports=(report,))


def spans(journal: Journal, *sources: SourceId) -> list[tuple[SourceId, Span]]:
    return list(traces(journal, *sources).watched)


def test_of_a_service_its_events_and_its_open_outage_are_found(
    journal: Journal,
) -> None:
    later = replace(EVENT, id="e2", at=NOON + MINUTE)
    other = replace(EVENT, id="e3", service=MAIL)
    keep(journal, later, EVENT, other, tracks={CHAT: TRACK, MAIL: TRACK})
    found = traces(journal)
    assert found.events == (EVENT, later)
    assert (found.open_episode, found.began) == (TRACK.episode, TRACK.began)


def test_of_what_was_never_watched_nothing_is_found(journal: Journal) -> None:
    assert traces(journal) == Traces()
    assert journal.last_report(PAGE) is None


def test_an_incident_comes_back_with_its_parts_places_and_words(
    journal: Journal,
) -> None:
    spain = Place("eu-1", "Madrid", ("ES",))
    incident = replace(INCIDENT, places=(spain,), component_ids=("c1", "c\ud8002"))
    page(NOON, incident, journal=journal)
    keep(journal, reports=(replace(REPORT, source=OTHER),))
    found = told(journal)
    assert found.source == PAGE
    assert found.incident == replace(
        incident, phase=None, updates=(), component_ids=("c1", "c?2")
    )
    assert found.said == (NOON - MINUTE, NOON)
    assert found.named


def test_the_worst_an_incident_ever_was_is_remembered(journal: Journal) -> None:
    for level in (Level.DEGRADED, Level.MAJOR, None, Level.OPERATIONAL):
        page(NOON, replace(INCIDENT, title=f"{level}", level=level), journal=journal)
    assert told(journal).incident.level is Level.MAJOR


def test_without_any_level_none_is_made_up(journal: Journal) -> None:
    page(NOON, replace(INCIDENT, level=None), journal=journal)
    page(NOON, replace(INCIDENT, level=None, title="again"), journal=journal)
    assert told(journal).incident.level is None


def test_an_open_incident_that_the_page_drops_is_gone_until_it_is_back(
    journal: Journal,
) -> None:
    page(NOON, INCIDENT, journal=journal)
    assert told(journal).gone is None
    page(NOON + MINUTE, journal=journal)
    page(NOON + 2 * MINUTE, journal=journal)
    assert told(journal).gone == NOON + MINUTE
    page(NOON + 3 * MINUTE, INCIDENT, journal=journal)
    assert told(journal).gone is None


def test_a_closed_incident_that_the_page_drops_is_just_old(journal: Journal) -> None:
    closed = replace(INCIDENT, open=False, ended_at=NOON)
    page(NOON, closed, journal=journal)
    page(NOON + MINUTE, journal=journal)
    assert told(journal).gone is None


def test_readings_that_follow_each_other_are_one_stretch(journal: Journal) -> None:
    for n in range(3):
        journal.write_health({PAGE: kept(NOON + n * 30 * MINUTE)})
    journal.write(NOON, [], {}, [], health={PROBE: kept(NOON)})
    assert spans(journal, PAGE, PROBE, OTHER) == [
        (PAGE, Span(NOON, NOON + 60 * MINUTE)),
        (PROBE, Span(NOON, NOON)),
    ]


def test_a_pause_is_not_bridged(journal: Journal) -> None:
    later = NOON + 32 * MINUTE
    for at in (NOON, NOON + MINUTE, later, later + MINUTE):
        journal.write_health({PAGE: kept(at)})
    assert [span for _, span in spans(journal)] == [
        Span(NOON, NOON + MINUTE),
        Span(later, later + MINUTE),
    ]


def test_failures_are_no_readings(journal: Journal) -> None:
    journal.write_health({PAGE: kept(None, failures=3)})
    assert spans(journal) == []
    for n in range(9):
        journal.write_health({PAGE: kept(NOON, failures=n)})
    assert spans(journal) == [(PAGE, Span(NOON, NOON))]


def test_a_clock_that_is_set_back_takes_nothing_away(journal: Journal) -> None:
    for minutes in (0, 20, 10):
        journal.write_health({PAGE: kept(NOON + minutes * MINUTE)})
    assert spans(journal) == [(PAGE, Span(NOON, NOON + 20 * MINUTE))]


def test_what_cannot_be_read_any_more_is_left_out(journal: Journal, path: Path) -> None:
    page(NOON, INCIDENT, replace(INCIDENT, id="i2"), journal=journal)
    journal.write_health({PAGE: kept(NOON), PROBE: kept(NOON)})
    journal.write_health({OTHER: kept(NOON)})
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in (
            "UPDATE incidents SET places = '[' WHERE id = 'i2'",
            "UPDATE updates SET at = 'noon' WHERE id = 'u2'",
            "UPDATE updates SET at = '2026-03-01T12:00:00' WHERE id <> 'u2'",
            "UPDATE watched SET begun = 'once' WHERE source = 'other'",
            (
                "UPDATE watched SET ended = '2020-01-01T00:00:00+00:00' "
                "WHERE source = 'probe:chat'"
            ),
        ):
            connection.execute(statement)
    assert told(journal).incident.id == "i1"
    assert told(journal).said == ()
    assert spans(journal, PAGE, PROBE, OTHER) == [(PAGE, Span(NOON, NOON))]


def test_what_an_earlier_version_wrote_of_incidents_names_no_parts(
    journal: Journal, path: Path
) -> None:
    page(NOON, INCIDENT, journal=journal)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE incidents SET parts = NULL, places = NULL")
    found = told(journal)
    assert not found.named
    assert (found.incident.component_ids, found.incident.places) == ((), ())


def test_an_older_journal_that_is_only_read_gives_its_events(path: Path) -> None:
    with Journal.open(path) as journal:
        keep(journal, EVENT, reports=(REPORT,))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE watched")
        for column in ("worst", "parts", "places", "gone"):
            connection.execute(f"ALTER TABLE incidents DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 4")
    with Journal.open(path, read_only=True) as reader:
        assert traces(reader) == Traces((EVENT,))


def test_the_newest_report_of_a_source_is_found(journal: Journal) -> None:
    newer = replace(REPORT, at=NOON + MINUTE, headline="Well again")
    keep(journal, reports=(REPORT, newer, replace(REPORT, source=OTHER)))
    found = journal.last_report(PAGE)
    assert found is not None
    assert found.headline == "Well again"


def test_what_a_page_lists_of_the_past_is_kept_and_drops_nothing(
    journal: Journal, path: Path
) -> None:
    page(NOON, INCIDENT, journal=journal)
    old = replace(INCIDENT, id="i0", open=False, ended_at=NOON)
    journal.write_listed(PAGE, (old,), NOON + MINUTE, "now")
    assert [it.incident.id for it in traces(journal).told] == ["i1", "i0"]
    assert all(it.gone is None for it in traces(journal).told)
    assert journal.meta(f"listed/{PAGE}") == "now"
    assert len(rows(path, "SELECT * FROM reports")) == 1


def test_old_stretches_go(path: Path) -> None:
    with Journal.open(path) as journal:
        for day in range(9):
            journal.write_health({PAGE: kept(NOON + timedelta(days=day))})
    Journal.open(path, limits=Limits(age=timedelta(days=3), floor=1)).close()
    assert len(rows(path, "SELECT * FROM watched")) == 4
