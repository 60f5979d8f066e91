"""Whatever ends the program, what it had written is there, and sound."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from downlight.core.news import Turn
from downlight.storage.journal import Journal

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from downlight.core.level import Level
from downlight.core.model import Incident, Phase, Report
from downlight.core.news import Delivery, Event, Turn
from downlight.core.evidence.story import Track
from downlight.storage.journal import Journal

start = datetime(2026, 3, 1, tzinfo=UTC)
with Journal.open(Path(sys.argv[1])) as journal:
    for n in count(int(journal.meta("position") or 0)):
        at = start + timedelta(minutes=n)
        event = Event(f"e{n}", at, "chat", Turn.BEGAN, Level.MAJOR, "here", "Down",
                      "It is down. " * 99)
        report = Report("page", at, headline=f"news {n}", incidents=(
            Incident(f"i{n}", "Down", Level.MAJOR, Phase.IDENTIFIED, open=True),))
        journal.write(at, [report], {"chat": Track(sightings=n)}, [event],
                      meta={"position": str(n + 1)})
        print("w", n, flush=True)
        journal.record_delivery(Delivery(f"e{n}", "dbus", at, "delivered"))
        print("d", n, flush=True)
"""


@pytest.mark.parametrize("round_", range(4))
def test_kill_9_at_any_moment_loses_nothing_that_was_written(
    tmp_path: Path, round_: int
) -> None:
    chance = random.Random(f"kill {round_}")  # noqa: S311 - which moment, not a secret
    path = tmp_path / "journal.sqlite"
    written = delivered = -1
    for _ in range(2):  # the second program starts from what the first one left
        program = subprocess.Popen(
            [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        for _ in range(chance.randrange(1, 150)):
            program.stdout.readline()
        program.kill()
        # What it said before it died, and what was still on its way to us.
        said = program.communicate()[0]
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        with Journal.open(path) as journal:
            assert journal.trouble == ""
            ids = [event.id for event in reversed(journal.events())]
            count = len(ids)
            assert ids == [f"e{n}" for n in range(count)]
            # All of each write, or nothing of it.
            assert journal.meta("position") == str(count)
            [track] = journal.tracks().values()
            assert track.sightings == count - 1
            [report] = journal.last_reports().values()
            assert report.headline == f"news {count - 1}"
            waiting = journal.undelivered(LONG_AGO)
            assert len(waiting) <= 2  # at most one for each program that died
            assert all(event.turn is Turn.BEGAN for event in waiting)
        for line in said.splitlines():
            kind, _, number = line.partition(" ")
            # The first line may have lost its beginning, the last one its end.
            if kind == "w" and number:
                written = max(written, int(number))
            elif kind == "d" and number:
                delivered = max(delivered, int(number))
        assert count > written
        assert f"e{delivered}" not in {event.id for event in waiting}
