"""What was decided, and who is muted, outlives the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.evidence.story import Track
from downlight.core.news import Delivery, Turn
from downlight.core.telling.decided import Decided, Fate
from downlight.core.telling.mute import EVERYTHING, Mute
from downlight.storage.journal import Journal
from tests.storage.examples import CHAT, EVENT, MAIL, MINUTE, NOON, TRACK, keep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUR = timedelta(hours=1)
ENDED = replace(EVENT, id="e2", turn=Turn.ENDED, at=NOON + MINUTE)
TOLD = Decided(EVENT, NOON, Fate.TOLD)
WAITS = Decided(ENDED, NOON + MINUTE, Fate.LATER, "Quiet hours until 07:00.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path) as journal:
        yield journal


def test_decisions_come_newest_first_and_after_a_restart(path: Path) -> None:
    with Journal.open(path) as journal:
        keep(journal, EVENT, ENDED)
        journal.decide([TOLD, WAITS])
    with Journal.open(path) as journal:
        assert journal.decisions() == (WAITS, TOLD)
        assert journal.decisions(1) == (WAITS,)


def test_a_decision_is_overwritten_when_what_waited_is_told(journal: Journal) -> None:
    keep(journal, ENDED)
    journal.decide([WAITS])
    told = Decided(ENDED, NOON + HOUR, Fate.TOLD, "Told later.")
    journal.decide([told])
    assert journal.decisions() == (told,)


@pytest.mark.parametrize(
    ("outcomes", "shown"),
    [([], None), (["failed"], False), (["failed", "delivered"], True)],
)
def test_it_is_known_whether_what_was_to_be_told_was_shown(
    journal: Journal, outcomes: list[str], *, shown: bool | None
) -> None:
    keep(journal, EVENT)
    journal.decide([TOLD])
    for outcome in outcomes:
        journal.record_delivery(Delivery(EVENT.id, "dbus", NOON, outcome))
    assert journal.decisions() == (replace(TOLD, shown=shown),)


def test_of_an_event_that_was_never_kept_nothing_is_kept(journal: Journal) -> None:
    journal.decide([TOLD])
    assert journal.decisions() == ()


def test_decisions_go_with_their_events(journal: Journal, path: Path) -> None:
    keep(journal, EVENT)
    journal.decide([TOLD])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM events")
    assert journal.decisions() == ()


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE decisions SET fate = 'perhaps' WHERE event = 'e1'",
        "UPDATE decisions SET at = 'noon' WHERE event = 'e1'",
        "UPDATE decisions SET at = '2026-03-01T12:00:00' WHERE event = 'e1'",
    ],
)
def test_a_decision_that_can_no_longer_be_read_is_left_out(
    journal: Journal, path: Path, broken: str
) -> None:
    keep(journal, EVENT, ENDED)
    journal.decide([TOLD, WAITS])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(broken)
    assert journal.decisions() == (WAITS,)


def test_a_decision_about_an_event_that_cannot_be_read_is_left_out(
    journal: Journal, path: Path
) -> None:
    keep(journal, EVENT)
    journal.decide([TOLD])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE events SET turn = 'exploded'")
    assert journal.decisions() == ()


def test_what_nothing_was_decided_about_comes_oldest_first(journal: Journal) -> None:
    others = [
        replace(EVENT, id=str(turn), turn=turn, at=NOON + HOUR)
        for turn in (Turn.UPDATE, Turn.WORSENED, Turn.MAINTENANCE_BEGAN)
    ]
    held = replace(EVENT, id="held", held="It changes.", at=NOON + 2 * HOUR)
    old = replace(EVENT, id="old", at=NOON - HOUR)
    told = replace(EVENT, id="told")
    keep(journal, held, EVENT, ENDED, *others, old, told)
    journal.record_delivery(Delivery("told", "stdout", NOON, "delivered"))
    assert journal.undecided(NOON) == (EVENT, ENDED, others[1], held)
    journal.decide([TOLD, WAITS])
    assert journal.undecided(NOON) == (others[1], held)


def test_mutes_outlive_the_program_and_are_replaced_or_ended(path: Path) -> None:
    one, other = Mute(NOON, NOON + HOUR), Mute(NOON, NOON + 4 * HOUR)
    with Journal.open(path) as journal:
        journal.mute(CHAT, one)
        journal.mute(EVERYTHING, one)
        journal.mute(CHAT, other)
    with Journal.open(path) as journal:
        assert journal.mutes(NOON) == {CHAT: other, EVERYTHING: one}
        assert journal.mutes(NOON + HOUR) == {CHAT: other}
        journal.mute(CHAT, None)
        assert journal.mutes(NOON) == {EVERYTHING: one}


def test_a_mute_until_the_end_holds_while_that_outage_is_open(journal: Journal) -> None:
    keep(journal, tracks={CHAT: TRACK})
    journal.mute(CHAT, Mute(NOON, episode=TRACK.episode))
    journal.mute(MAIL, Mute(NOON, episode="e"))
    assert set(journal.mutes(NOON)) == {CHAT}
    keep(journal, tracks={CHAT: Track()})
    assert journal.mutes(NOON) == {}


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE mutes SET since = 'x'",
        "UPDATE mutes SET until = '2026-03-01T12:00:00'",
    ],
)
def test_a_mute_that_can_no_longer_be_read_holds_no_more(
    journal: Journal, path: Path, broken: str
) -> None:
    journal.mute(CHAT, Mute(NOON, NOON + HOUR))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(broken)
    assert journal.mutes(NOON) == {}


def test_a_decision_and_that_nobody_asks_any_more_are_kept_as_one(
    path: Path,
) -> None:
    with Journal.open(path) as journal:
        keep(journal, ENDED)
        journal.ask_once(CHAT)
        journal.ask_once(MAIL)
        journal.decide([WAITS], answered={CHAT})
    with Journal.open(path) as journal:
        assert journal.decisions() == (WAITS,)
        assert journal.once() == {MAIL}


def test_whom_to_tell_once_is_kept_until_it_is_done(path: Path) -> None:
    with Journal.open(path) as journal:
        journal.ask_once(CHAT)
        journal.ask_once(CHAT)
        journal.ask_once(MAIL)
    with Journal.open(path) as journal:
        assert journal.once() == {CHAT, MAIL}
        journal.ask_once(CHAT, wanted=False)
        assert journal.once() == {MAIL}
