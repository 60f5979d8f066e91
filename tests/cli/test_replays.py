"""Recordings played from the terminal: whose journal, which part, about whom."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from downlight import wiring
from downlight.cli import main
from downlight.cli.doctor import _journal
from downlight.cli.record import _record
from downlight.core.errors import RecordingError
from downlight.core.level import Level
from downlight.core.model import Report, ServiceSlug, SourceId
from downlight.core.news import Event, Turn
from downlight.desktop import Replay
from downlight.engine import recording
from downlight.storage import paths
from downlight.storage.journal import Journal
from downlight.ui.tray import Light

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RECORDINGS = Path(__file__).parents[2] / "resources" / "recordings"
GITHUB, GOOGLE = "github-2026-08-06", "google-cloud-2025-06-12"


def play(data: Path, name: str, *more: str) -> int:
    return main(["--data", str(data), "demo", name, "--json", *more])


def services(journal: Path) -> set[str]:
    """The services a journal knows events of."""
    with closing(sqlite3.connect(journal)) as database:
        return {row[0] for row in database.execute("SELECT service FROM events")}


def test_two_recordings_share_a_folder_and_no_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert play(tmp_path, GITHUB) == 0
    first = capsys.readouterr()
    assert (play(tmp_path, GOOGLE), play(tmp_path, GITHUB)) == (0, 0)
    second = capsys.readouterr()
    assert first.err == ""
    assert "journal.sqlite here belongs to something else" in second.err
    assert f"{GITHUB} was already played here" in second.err
    assert {json.loads(line)["service"] for line in second.out.splitlines()} == {
        "google-cloud"
    }
    (beside,) = tmp_path.glob("replay-*.sqlite")
    assert beside.name.startswith(f"replay-{GOOGLE}-")
    assert services(tmp_path / "journal.sqlite") == {"github"}
    assert services(beside) == {"google-cloud"}
    assert play(tmp_path, GOOGLE) == 0
    assert f"{GOOGLE} was already played here" in capsys.readouterr().err


def test_live_watching_stays_out_of_the_journal_of_a_replay(tmp_path: Path) -> None:
    assert play(tmp_path, GITHUB) == 0
    opening = wiring.open_journal(paths.places(tmp_path))
    for _ in range(2):  # the engine's and the courier's, today's and tomorrow's
        with opening() as journal:
            assert not journal.events()
            assert journal.trouble == (
                "journal.sqlite here belongs to a replay; "
                "this run keeps journal-live.sqlite."
            )


def event() -> Event:
    return Event(
        "a", NOW, ServiceSlug("a"), Turn.BEGAN, Level.MAJOR, "", "A", "A.", "a"
    )


@pytest.mark.parametrize("marked", [True, False])
def test_a_replay_stays_out_of_the_journal_of_the_light(
    marked: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = paths.places(tmp_path)
    if marked:  # it has watched, but nothing was known yet
        wiring.open_journal(places)().close()
    else:  # it was kept by a Downlight that did not mark its journals
        with Journal.open(places.journal) as journal:
            journal.write(NOW, (), {}, (event(),))
    assert play(tmp_path, GITHUB) == 0
    assert "this run keeps replay-github" in capsys.readouterr().err
    with wiring.open_journal(places)() as journal:
        assert journal.trouble == ""
        assert len(journal.events()) == (0 if marked else 1)
        assert not journal.tracks()


def test_a_replay_killed_before_it_marked_its_journal_goes_on_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Journal.open(tmp_path / "journal.sqlite").close()
    assert play(tmp_path, GITHUB) == 0
    assert capsys.readouterr().err == ""
    assert services(tmp_path / "journal.sqlite") == {"github"}


def test_a_journal_that_was_set_aside_is_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"no database" * 500)
    assert play(tmp_path, GITHUB) == 0
    assert "set-aside" in capsys.readouterr().err


@pytest.mark.parametrize("until", ["2020-01-01", "0001-01-01T00:00:00+14:00"])
def test_before_its_start_nothing_happens_and_nothing_is_kept(
    until: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert play(tmp_path, GITHUB, "--until", until) == 3
    said = capsys.readouterr()
    assert "nothing happens before 2026-08-06" in said.err
    assert "already" not in said.err
    assert list(tmp_path.iterdir()) == []
    assert play(tmp_path, GITHUB) == 0
    assert capsys.readouterr().out


def test_a_recording_says_about_whom_it_says_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["replay", str(RECORDINGS / GITHUB), "--json", "--service"]
    assert main([*words, "slack"]) == 3
    said = capsys.readouterr()
    assert f"{GITHUB} holds nothing about Slack" in said.err
    assert said.out == ""
    assert main([*words, "atlantis"]) == 3
    assert "nobody knows 'atlantis'" in capsys.readouterr().err
    assert main([*words, "slack", "--service", "github"]) == 0
    said = capsys.readouterr()
    assert f"{GITHUB} holds nothing about Slack" in said.err
    assert '"service":"github"' in said.out


def test_what_is_wrong_with_a_recording_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.jsonl").write_text("{}")
    assert main(["replay", str(tmp_path), "--json"]) == 3
    said = capsys.readouterr().err
    assert said.count("missing 'at'") == 1
    assert len(said.splitlines()) == 1


def test_a_title_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "about.toml").write_text(
        'title = "A\\u001b[2J\\u202e\\n<b>day</b>"\nreconstructed = true\n', "utf-8"
    )
    assert wiring.about(tmp_path).title == "A[2J day (reconstructed)"


def made(folder: Path, about: str) -> recording.Recording:
    """Return a recording of one answer that says ``about`` of itself."""
    line = {
        "at": "2026-03-01T12:00:00Z",
        "url": "https://www.githubstatus.com/api/v2/summary.json",
        "error": "dns",
    }
    folder.mkdir()
    (folder / "index.jsonl").write_text(json.dumps(line), "utf-8")
    (folder / "about.toml").write_text(about, "utf-8")
    return recording.load(folder)


@pytest.mark.parametrize("about", ["title = ", f"x = {'[' * 5000}", "services = 1"])
def test_what_a_recording_says_about_itself_wrongly_is_said(
    about: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(tmp_path / "tape", about)
    assert main(["replay", str(tmp_path / "tape"), "--json"]) == 3
    assert "tape: about.toml: " in capsys.readouterr().err


def test_the_window_says_in_words_what_cannot_be_played(
    qtbot: QtBot, tmp_path: Path
) -> None:
    tape = made(tmp_path / "tape", "title = ")
    plan = wiring.replay_plan(tape, ())
    light = Light()
    desktop = Replay(light, tmp_path / "data", tape, plan, 60, None)
    desktop.begin()
    assert desktop.end()
    assert desktop.snapshot is not None
    words = desktop.snapshot.trouble
    assert words.startswith("Monitoring stopped: Recording not readable. tape: about")
    assert words.endswith(".")


def test_reports_alone_make_a_journal_used(tmp_path: Path) -> None:
    places = paths.places(tmp_path)
    with Journal.open(places.journal) as journal:
        journal.write(NOW, (Report(SourceId("a"), NOW, Level.MAJOR),), {}, ())
    tape = recording.load(RECORDINGS / GITHUB)
    with wiring.open_journal(places, tape)() as journal:
        assert "belongs to something else" in journal.trouble


def test_recording_to_a_place_that_cannot_be_written_begins_with_no_promise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    words = ["--data", str(tmp_path), "record", str(tmp_path / "file" / "tape")]
    assert main([*words, "--service", "github"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "tape: cannot be written (Not a directory)" in said.err


def test_recording_ends_with_words_when_its_folder_takes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # refused, on this computer
    home = wiring.open_home(tmp_path)
    plan, _ = wiring.plan(["github"], home)
    with pytest.raises(RecordingError, match="gone: cannot be written"):
        asyncio.run(_record(home, plan, tmp_path / "gone"))
    assert "bug" not in caplog.text


def test_the_doctor_does_not_take_the_journal_of_a_replay_for_the_lights(
    tmp_path: Path,
) -> None:
    home = wiring.open_home(tmp_path)
    wiring.open_journal(home.places)().close()
    assert _journal(home).words.endswith(", 0 events kept")
    home.places.journal.unlink()
    tape = recording.load(RECORDINGS / GITHUB)
    wiring.open_journal(home.places, tape)().close()
    assert _journal(home).words.endswith("(of a replay)")
