"""How much the journal keeps; the numbers are smaller here."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from downlight.core.model import (
    Report,
)
from downlight.core.news import Delivery
from downlight.storage.journal import Journal
from downlight.storage.limits import Limits
from tests.storage.examples import (
    EVENT,
    INCIDENT,
    MINUTE,
    NOON,
    PAGE,
    PROBE,
    REPORT,
    keep,
    rows,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


def test_of_changed_reports_the_newest_stay_and_of_each_source_one(path: Path) -> None:
    with Journal.open(path) as journal:
        keep(journal, reports=(Report(PROBE, NOON),))
        for n in range(9):
            keep(journal, reports=(Report(PAGE, NOON, headline=str(n)),))
    Journal.open(path, limits=Limits(reports=3)).close()
    assert rows(path, "SELECT source FROM reports") == [(PROBE,), *[(PAGE,)] * 4]
    with Journal.open(path) as journal:
        assert journal.last_reports()[PAGE].headline == "8"


def test_changed_reports_go_when_they_are_old(path: Path) -> None:
    with Journal.open(path) as journal:
        for day in range(9):
            at = NOON + timedelta(days=day)
            keep(journal, reports=(Report(PAGE, at, headline=str(day)),))
        keep(journal, reports=(Report(PROBE, NOON),))
    Journal.open(path, limits=Limits(report_age=timedelta(days=2))).close()
    assert len(rows(path, "SELECT * FROM reports")) == 4


def test_changed_reports_go_when_together_they_are_too_large(path: Path) -> None:
    with Journal.open(path) as journal:
        for n in range(9):
            headline = f"{n}" * 1000
            keep(journal, reports=(Report(PAGE, NOON, headline=headline),))
    Journal.open(path, limits=Limits(report_bytes=3900)).close()
    assert len(rows(path, "SELECT * FROM reports")) == 4


def test_of_events_and_their_deliveries_the_newest_stay(path: Path) -> None:
    with Journal.open(path) as journal:
        for n in range(9):
            keep(journal, replace(EVENT, id=str(n), at=NOON + n * MINUTE))
            journal.record_delivery(Delivery(str(n), "dbus", NOON, "failed"))
            journal.record_delivery(Delivery(str(n), "tray", NOON, "delivered"))
    with Journal.open(path, limits=Limits(rows=5)) as journal:
        assert [event.id for event in journal.events()] == list("87654")
    assert rows(path, "SELECT event FROM deliveries ORDER BY id") == [
        ("6",),
        ("7",),
        ("7",),
        ("8",),
        ("8",),
    ]


def test_old_events_go_but_a_clock_that_ran_ahead_forgets_not_all(path: Path) -> None:
    with Journal.open(path) as journal:
        for n in range(9):
            keep(journal, replace(EVENT, id=str(n), at=NOON + n * MINUTE))
        keep(journal, replace(EVENT, id="ahead", at=NOON + timedelta(days=9999)))
    with Journal.open(path, limits=Limits(floor=4)) as journal:
        found = [event.id for event in journal.events()]
    assert found == ["ahead", "8", "7", "6"]


def test_incidents_go_with_their_updates(path: Path) -> None:
    many = tuple(replace(INCIDENT, id=f"i{n}") for n in range(9))
    with Journal.open(path) as journal:
        for n in range(9):
            at = NOON + n * MINUTE
            keep(journal, reports=(replace(REPORT, at=at, incidents=many[n:][:1]),))
    Journal.open(path, limits=Limits(rows=3)).close()
    assert rows(path, "SELECT id FROM incidents ORDER BY id") == [
        ("i6",),
        ("i7",),
        ("i8",),
    ]
    assert len(rows(path, "SELECT * FROM updates")) == 3


def test_a_program_that_runs_for_long_tidies_up_as_well(path: Path) -> None:
    with Journal.open(path, limits=Limits(rows=5)) as journal:
        for n in range(200):
            keep(journal, replace(EVENT, id=str(n)))
        assert len(journal.events()) == 5


def test_the_numbers_are_those_of_the_description() -> None:
    limits = Limits()
    assert (limits.reports, limits.report_age) == (1_000, timedelta(days=90))
    assert (limits.rows, limits.floor) == (50_000, 1_000)
    assert limits.age == timedelta(days=1825)
    assert limits.report_bytes == 33_554_432
