"""Silence and its reasons, at the terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.cli import main
from downlight.core.evidence.story import Track
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.core.telling.decided import Decided, Fate
from downlight.core.telling.mute import EVERYTHING, Mute
from downlight.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

GITHUB = ServiceSlug("github")
HOUR = timedelta(hours=1)
NOW = datetime.now(UTC)
BEGAN = Event(
    "github/e/began",
    NOW,
    GITHUB,
    Turn.BEGAN,
    Level.MAJOR,
    "",
    "GitHub is down",
    "Since 12:00.",
    "e",
)


@pytest.fixture(autouse=True)
def _zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Istanbul")


def said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> str:
    assert main(["--data", str(folder), *words]) == 0
    return capsys.readouterr().out.strip()


def kept(folder: Path) -> Journal:
    return Journal.open(folder / "journal.sqlite")


def test_nothing_is_muted_at_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, tmp_path, "mute") == "Nothing is muted."


@pytest.mark.parametrize(
    ("words", "hours"), [(["4h"], 4), (["1h"], 1), ([], 1)], ids=str
)
def test_a_service_is_muted_for_a_while(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], hours: int
) -> None:
    line = said(capsys, tmp_path, "mute", "github", *words)
    assert line.startswith("GitHub is muted until ")
    assert said(capsys, tmp_path, "mute") == line
    with kept(tmp_path) as journal:
        [(slug, mute)] = journal.mutes(NOW + timedelta(minutes=1)).items()
    assert slug == GITHUB
    assert mute.until is not None
    assert mute.until - mute.since == hours * HOUR


def test_everything_is_muted_and_no_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = said(capsys, tmp_path, "mute", "all", "tomorrow")
    assert line.startswith("Everything is muted until ")
    assert line.endswith("07:00.")
    assert said(capsys, tmp_path, "mute") == line
    off = said(capsys, tmp_path, "mute", "all", "off")
    assert off == "Everything is muted no more."
    assert said(capsys, tmp_path, "mute") == "Nothing is muted."


def test_until_it_ends_wants_an_outage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "mute", "github", "end"]) == 3
    err = capsys.readouterr().err
    assert err.startswith("downlight: Not muted: GitHub: no outage is open\n")
    with kept(tmp_path) as journal:
        journal.write(NOW, (), {GITHUB: Track(Level.MAJOR, NOW, episode="e")}, ())
    line = said(capsys, tmp_path, "mute", "github", "end")
    assert line == "GitHub is muted until it ends."
    with kept(tmp_path) as journal:
        assert journal.mutes(NOW)[GITHUB].episode == "e"


def test_a_service_nobody_knows_is_not_muted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "mute", "atlantis", "1h"]) == 3
    assert "No such service: atlantis" in capsys.readouterr().err


def test_where_nothing_can_be_kept_nothing_is_muted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["--data", str(tmp_path / "file"), "mute", "github", "1h"]) == 3
    captured = capsys.readouterr()
    assert "muted" not in captured.out
    assert "Nothing is remembered after you quit." in captured.err


def test_where_nothing_happened_nothing_was_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Nothing was told or held back yet."
    assert said(capsys, tmp_path, "missed") == words
    kept(tmp_path).close()
    assert said(capsys, tmp_path, "missed") == words


def test_what_was_held_is_listed_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = "Quiet hours until 07:00."
    with kept(tmp_path) as journal:
        journal.mute(EVERYTHING, Mute(NOW, NOW + HOUR))
        journal.write(NOW, (), {}, (BEGAN,))
        journal.decide([Decided(BEGAN, NOW, Fate.LATER, reason)])
    line = said(capsys, tmp_path, "missed")
    assert "GitHub is down" in line
    assert "Waits: quiet hours until 07:00." in " ".join(line.split())
    row = json.loads(said(capsys, tmp_path, "missed", "--json"))
    assert (row["event"], row["turn"]) == (BEGAN.id, "began")
    assert (row["fate"], row["reason"], row["shown"]) == ("later", reason, None)
    assert row["sentence"] == "Waits: quiet hours until 07:00."


def test_who_was_muted_and_is_not_known_any_more_is_listed_and_unmuted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with kept(tmp_path) as journal:
        journal.mute(ServiceSlug("own-atlantis"), Mute(NOW, NOW + HOUR))
    assert said(capsys, tmp_path, "mute").startswith("own-atlantis is muted until ")
    line = said(capsys, tmp_path, "mute", "own-atlantis", "off")
    assert line == "own-atlantis is muted no more."
    assert said(capsys, tmp_path, "mute") == "Nothing is muted."


def test_where_nothing_can_be_read_nobody_is_said_not_to_be_muted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["--data", str(tmp_path / "file"), "mute"]) == 3
    assert capsys.readouterr().out == ""
