"""The journal keeps what it was given, once, and gives it back."""

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from downlight.core.errors import StorageError
from downlight.core.evidence.story import Track
from downlight.core.level import Level
from downlight.core.model import (
    Phase,
    Report,
    ServiceSlug,
    Update,
)
from downlight.core.news import Delivery, Turn
from downlight.storage.journal import Journal
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
    from downlight.core import memory


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path) as journal:
        yield journal


def test_it_is_a_journal_as_the_core_wants_it(journal: Journal) -> None:
    port: memory.Journal = journal
    assert port.events() == ()
    assert port.tracks() == {}
    assert port.last_reports() == {}
    assert port.undelivered(NOON) == ()
    assert port.meta("position") is None
    assert journal.trouble == ""


def test_everything_comes_back_after_a_restart(path: Path) -> None:
    with Journal.open(path) as journal:
        journal.write(NOON, [REPORT], {CHAT: TRACK}, [EVENT], meta={"position": "7"})
        journal.set_meta("theme", "dark")
    with Journal.open(path) as journal:
        assert journal.last_reports() == {PAGE: REPORT}
        assert journal.tracks() == {CHAT: TRACK}
        assert journal.events() == (EVENT,)
        assert journal.meta("position") == "7"
        assert journal.meta("theme") == "dark"
    assert not path.with_name("journal.sqlite-wal").exists()


def test_after_a_restart_the_same_body_is_read_once_more(path: Path) -> None:
    with Journal.open(path) as journal:
        keep(journal, reports=(replace(REPORT, fingerprint="f1"),))
    with Journal.open(path) as journal:
        assert journal.last_reports()[PAGE].fingerprint == ""


def test_a_small_value_is_overwritten(journal: Journal) -> None:
    journal.set_meta("position", "1")
    journal.write(NOON, [], {}, [], meta={"position": "2"})
    assert journal.meta("position") == "2"


def test_another_process_sees_what_was_written_at_once(
    journal: Journal, path: Path
) -> None:
    keep(journal, EVENT)
    with Journal.open(path, read_only=True) as reader:
        assert reader.events() == (EVENT,)
        with pytest.raises(StorageError) as caught:
            keep(reader, replace(EVENT, id="e2"))
    assert caught.value.title == "Folder not writable"
    assert str(path.parent) in caught.value.hint


def test_of_a_report_that_says_the_same_only_its_time_moves(
    journal: Journal, path: Path
) -> None:
    later = replace(
        REPORT,
        at=NOON + 5 * MINUTE,
        next_check=None,
        fingerprint="f2",
    )
    keep(journal, reports=(REPORT,))
    keep(journal, reports=(later,))
    later = replace(later, fingerprint="")
    assert journal.last_reports() == {PAGE: later}
    assert len(rows(path, "SELECT * FROM reports")) == 1


def test_a_report_that_says_something_else_is_kept_beside_the_one_before(
    journal: Journal, path: Path
) -> None:
    better = replace(REPORT, at=NOON + MINUTE, level=None, incidents=())
    keep(journal, reports=(REPORT, Report(PROBE, NOON), better))
    assert journal.last_reports() == {PAGE: better, PROBE: Report(PROBE, NOON)}
    assert rows(path, "SELECT source, level FROM reports ORDER BY id") == [
        (PAGE, "partial_outage"),
        (PROBE, None),
        (PAGE, None),
    ]


def test_a_report_that_can_no_longer_be_read_is_not_known_and_replaced(
    journal: Journal, path: Path
) -> None:
    keep(journal, reports=(REPORT, Report(PROBE, NOON)))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE reports SET report = '{' WHERE source = ?", (PAGE,))
    connection.close()
    assert journal.last_reports() == {PROBE: Report(PROBE, NOON)}
    keep(journal, reports=(REPORT,))
    assert journal.last_reports()[PAGE] == REPORT


@pytest.mark.parametrize("pause", [1e300, float("inf"), -1e18])
def test_a_pause_that_can_no_longer_be_read_spoils_nothing_else(
    journal: Journal, path: Path, pause: float
) -> None:
    keep(journal, reports=(REPORT, Report(PROBE, NOON)))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(
        "UPDATE reports SET next_check = ? WHERE source = ?", (pause, PAGE)
    )
    connection.close()
    assert journal.last_reports() == {PROBE: Report(PROBE, NOON)}


@pytest.mark.parametrize("seen", ["~ no date", "0001-01-01T00:00:00+00:00"])
def test_a_moment_that_can_no_longer_be_read_spoils_nothing_else(
    path: Path, seen: str
) -> None:
    with Journal.open(path) as journal:
        keep(journal, EVENT, reports=(REPORT, Report(PROBE, NOON)))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE reports SET seen = ? WHERE source = ?", (seen, PAGE))
    connection.execute("UPDATE events SET at = ?", (seen,))
    connection.execute("UPDATE reports SET next_check = 1 WHERE source = ?", (PROBE,))
    connection.close()
    with Journal.open(path) as journal:
        assert journal.last_reports()[PROBE].next_check == timedelta(seconds=1)
        assert (PAGE in journal.last_reports()) is (seen[0] == "0")
        assert len(journal.events()) == (seen[0] == "0")


def test_incidents_keep_every_update_and_their_newest_state(
    journal: Journal, path: Path
) -> None:
    ended = replace(
        INCIDENT,
        open=False,
        phase=Phase.RESOLVED,
        ended_at=NOON + MINUTE,
        updates=(Update(NOON + MINUTE, "Mended.", None, "u3"),),
    )
    keep(journal, reports=(REPORT,))
    keep(journal, reports=(replace(REPORT, at=NOON + MINUTE, incidents=(ended,)),))
    assert rows(
        path,
        "SELECT id, title, level, phase, open, ended_at, first_at, last_at "
        "FROM incidents",
    ) == [
        (
            "i1",
            "Messages arrive late",
            "partial_outage",
            "resolved",
            0,
            "2026-03-01T12:01:00.000000+00:00",
            "2026-03-01T12:00:00.000000+00:00",
            "2026-03-01T12:01:00.000000+00:00",
        )
    ]
    assert rows(path, "SELECT phase, text FROM updates ORDER BY at") == [
        ("investigating", "We look into it."),
        ("identified", "We found it."),
        (None, "Mended."),
    ]


def test_a_foreign_time_without_a_zone_is_not_known(
    journal: Journal, path: Path
) -> None:
    naive = replace(INCIDENT, started_at=NOON.replace(tzinfo=None), updates=())
    keep(journal, reports=(replace(REPORT, incidents=(naive,)),))
    assert rows(path, "SELECT started_at FROM incidents") == [(None,)]


def test_the_same_event_is_kept_once_and_as_it_was_first(journal: Journal) -> None:
    keep(journal, EVENT)
    keep(journal, replace(EVENT, title="again"), replace(EVENT, id="e2"))
    assert [(event.id, event.title) for event in journal.events()] == [
        ("e2", EVENT.title),
        ("e1", EVENT.title),
    ]


def test_events_come_newest_first_of_one_service_or_of_all(journal: Journal) -> None:
    other = replace(EVENT, id="e2", service=MAIL, at=NOON + MINUTE, level=None)
    early = replace(
        EVENT, id="e3", at=datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=2)))
    )
    keep(journal, EVENT, other, early)
    assert [event.id for event in journal.events()] == ["e2", "e1", "e3"]
    assert journal.events(CHAT) == (EVENT, early)
    assert journal.events(MAIL) == (other,)
    assert journal.events(ServiceSlug("none")) == ()


def test_an_event_that_can_no_longer_be_read_is_left_out(
    journal: Journal, path: Path
) -> None:
    keep(journal, EVENT, *(replace(EVENT, id=name) for name in ("e2", "e3", "e4")))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE events SET turn = 'twirled' WHERE id = 'e1'")
    connection.execute("UPDATE events SET level = 'purple' WHERE id = 'e2'")
    connection.execute("UPDATE events SET at = '2026-11-21T12:00:00' WHERE id = 'e4'")
    connection.close()
    assert [event.id for event in journal.events()] == ["e3"]


def test_all_of_a_write_is_kept_or_nothing(journal: Journal) -> None:
    class Unwritable(dict[str, str]):
        def items(self) -> NoReturn:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        journal.write(
            NOON, [REPORT], {CHAT: TRACK}, [EVENT], meta=Unwritable(position="1")
        )
    assert journal.events() == ()
    assert journal.last_reports() == {}
    assert journal.tracks() == {}
    keep(journal, EVENT)
    assert journal.events() == (EVENT,)


def test_a_track_is_replaced_and_others_stay(journal: Journal) -> None:
    keep(journal, tracks={CHAT: TRACK, MAIL: Track()})
    keep(journal, tracks={CHAT: Track(level=Level.OPERATIONAL)})
    assert journal.tracks() == {CHAT: Track(level=Level.OPERATIONAL), MAIL: Track()}


def test_a_track_that_can_no_longer_be_read_is_not_known(
    journal: Journal, path: Path
) -> None:
    keep(journal, tracks={CHAT: TRACK, MAIL: TRACK})
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE tracks SET track = '[]' WHERE service = 'chat'")
    connection.close()
    assert journal.tracks() == {MAIL: TRACK}


@pytest.mark.parametrize("turn", Turn)
def test_only_the_beginning_and_the_end_wait_to_be_told(
    journal: Journal, turn: Turn
) -> None:
    event = replace(EVENT, turn=turn)
    keep(journal, event)
    assert journal.undelivered(NOON) == ((event,) if turn.is_worth_telling else ())


def test_untold_events_come_oldest_first_and_not_from_before(journal: Journal) -> None:
    ended = replace(EVENT, id="e2", turn=Turn.ENDED, at=NOON + MINUTE)
    old = replace(EVENT, id="e0", at=NOON - timedelta(microseconds=1))
    keep(journal, ended, EVENT, old)
    assert journal.undelivered(NOON) == (EVENT, ended)


@pytest.mark.parametrize(
    ("outcomes", "waits"),
    [
        ([], True),
        (["failed"], True),
        (["failed", "delivered"], False),
        (["held"], False),
    ],
)
def test_an_event_waits_until_a_channel_took_it_or_it_was_held(
    journal: Journal, outcomes: list[str], waits: bool
) -> None:
    keep(journal, EVENT)
    for outcome in outcomes:
        journal.record_delivery(Delivery("e1", "dbus", NOON, outcome, "why"))
    assert journal.undelivered(NOON) == ((EVENT,) if waits else ())


def test_of_one_channel_all_it_has_not_taken_wait_whatever_their_turn(
    journal: Journal,
) -> None:
    update = replace(EVENT, id="e2", turn=Turn.UPDATE, at=NOON + MINUTE)
    old = replace(EVENT, id="e0", at=NOON - MINUTE)
    keep(journal, update, EVENT, old)
    journal.record_delivery(Delivery("e1", "dbus", NOON, "delivered"))
    assert journal.undelivered(NOON, "json") == (EVENT, update)
    journal.record_delivery(Delivery("e1", "json", NOON, "failed"))
    assert journal.undelivered(NOON, "json") == (EVENT, update)
    journal.record_delivery(Delivery("e1", "json", NOON, "delivered"))
    journal.record_delivery(Delivery("e2", "json", NOON, "held"))
    assert journal.undelivered(NOON, "json") == ()
    assert journal.undelivered(NOON) == ()
    assert journal.undelivered(NOON, "dbus") == (update,)


def test_every_attempt_to_notify_is_kept(journal: Journal, path: Path) -> None:
    keep(journal, EVENT)
    journal.record_delivery(Delivery("e1", "dbus", NOON, "failed", "nobody there"))
    journal.record_delivery(Delivery("e1", "plyer", NOON + MINUTE, "delivered"))
    journal.record_delivery(Delivery("never kept", "plyer", NOON, "delivered"))
    assert rows(path, "SELECT event, channel, at, outcome, detail FROM deliveries") == [
        ("e1", "dbus", "2026-03-01T12:00:00.000000+00:00", "failed", "nobody there"),
        ("e1", "plyer", "2026-03-01T12:01:00.000000+00:00", "delivered", ""),
    ]


def test_a_time_without_a_zone_is_refused(journal: Journal) -> None:
    with pytest.raises(ValueError, match="naive"):
        journal.write(NOON.replace(tzinfo=None), [], {}, [])


def test_in_memory_it_keeps_as_long_as_it_is_open_and_says_why() -> None:
    with Journal.in_memory(trouble="The disk is full.") as journal:
        keep(journal, EVENT, reports=(REPORT,), tracks={CHAT: TRACK})
        journal.record_delivery(Delivery("e1", "dbus", NOON, "delivered"))
        assert journal.events() == (EVENT,)
        assert journal.undelivered(NOON) == ()
        assert journal.trouble == "The disk is full."
        journal.close()


def test_a_journal_nobody_will_open_again_can_do_without_reports() -> None:
    with Journal.in_memory(reports=False) as journal:
        keep(journal, EVENT, reports=(REPORT,), tracks={CHAT: TRACK})
        assert journal.last_reports() == {}
        assert journal.events() == (EVENT,)
        assert journal.tracks() == {CHAT: TRACK}


def test_a_closed_journal_is_a_mistake_and_not_a_full_disk(journal: Journal) -> None:
    journal.close()
    with pytest.raises(sqlite3.ProgrammingError):
        journal.events()
    with pytest.raises(sqlite3.ProgrammingError):
        keep(journal, EVENT)


def test_who_waits_too_long_for_another_writer_is_told(
    journal: Journal, path: Path
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError) as caught:
        Journal.open(path, patience=timedelta())
    other.close()
    assert caught.value.title == "Journal in use"
    keep(journal, EVENT)


def test_many_threads_lose_nothing(path: Path) -> None:
    shared = Journal.open(path)
    failures: list[BaseException] = []

    def write(number: int, journal: Journal) -> None:
        try:
            for n in range(20):
                keep(journal, replace(EVENT, id=f"{number}/{n}"), tracks={CHAT: TRACK})
                journal.record_delivery(Delivery(f"{number}/{n}", "-", NOON, "held"))
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failures.append(error)

    def alone(number: int) -> None:
        with Journal.open(path) as journal:
            write(number, journal)

    threads = [threading.Thread(target=alone, args=(n,)) for n in range(3)]
    threads += [threading.Thread(target=write, args=(n, shared)) for n in (3, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(shared.events()) == 100
    assert shared.undelivered(NOON) == ()
    shared.close()


def test_a_disk_that_takes_no_more_is_told_and_what_was_kept_stays(
    journal: Journal,
) -> None:
    keep(journal, EVENT)
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError) as caught:
        keep(journal, replace(EVENT, id="e2", sentence="long " * 10_000))
    assert caught.value.title == "Disk full"
    assert "not remembered" in caught.value.hint
    assert journal.events() == (EVENT,)
    journal._connection.execute("PRAGMA max_page_count = 1000000")
    keep(journal, replace(EVENT, id="e2"))
    assert len(journal.events()) == 2
