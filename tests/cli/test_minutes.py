"""What is said at each minute of a recording, as a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from downlight.cli import main

RECORDINGS = Path(__file__).parents[2] / "resources" / "recordings"
WHATSAPP, GITHUB = RECORDINGS / "whatsapp-2022-10-25", RECORDINGS / "github-2026-08-06"


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line of a table is broken."""
    monkeypatch.setenv("COLUMNS", "200")


def rows(
    capsys: pytest.CaptureFixture[str], data: Path, folder: Path, *more: str
) -> list[dict[str, Any]]:
    words = ["--data", str(data), "replay", str(folder), "--table", "--json", *more]
    assert main(words) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_equal_minutes_are_one_line_from_the_first_to_the_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rows(capsys, tmp_path, WHATSAPP, "--service", "whatsapp")
    said = [(row["from"][11:16], row["to"][11:16], row["word"]) for row in found]
    assert said == [
        ("06:15", "07:40", "all well"),
        ("07:41", "08:49", "down"),
        ("08:50", "09:29", "all well"),
    ]
    down = found[1]
    assert down["level"] == "major_outage"
    assert 90 <= down["sure"] < 100
    assert "WhatsApp is down" in down["sentence"]
    assert any("official page" in reason for reason in down["reasons"])
    assert any("Not heard" in reason for reason in down["reasons"])


def test_every_service_of_the_recording_is_in_it_unless_some_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    every = {row["service"] for row in rows(capsys, tmp_path, WHATSAPP)}
    assert {"whatsapp", "whatsapp-business"} < every
    some = rows(capsys, tmp_path, WHATSAPP, "--service", "whatsapp-business")
    assert {row["service"] for row in some} == {"whatsapp-business"}


def test_lines_come_by_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    starts = [row["from"] for row in rows(capsys, tmp_path, WHATSAPP)]
    assert starts == sorted(starts)


def test_it_stops_when_told_and_looks_as_often_as_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    until = ("--until", "2022-10-25T07:42:00Z", "--service", "whatsapp")
    found = rows(capsys, tmp_path, WHATSAPP, "--step", "20", *until)
    assert [row["to"] for row in found] == [
        "2022-10-25T07:40:40Z",
        "2022-10-25T07:41:40Z",
    ]


def test_while_nothing_is_claimed_nobody_is_sure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rows(capsys, tmp_path, GITHUB)
    unknown = [row for row in found if row["level"] is None]
    assert [row["word"] for row in unknown] == ["not known"]
    assert [row["sure"] for row in unknown] == [None]
    assert "cannot be read now" in unknown[0]["sentence"]


def test_for_people_it_is_a_table_with_a_line_for_each_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "replay", str(GITHUB), "--table"]) == 0
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "What is said of GitHub Actions and Pages, 6 August 2026."
    assert lines[1].split()[:4] == ["time", "service", "word", "sure"]
    days = [line for line in lines if line.startswith("2026-08-")]
    assert len(days) == len(set(days)) >= 1  # two, by most clocks
    assert any("GitHub is down" in line and "99 %" in line for line in lines)


def test_seconds_are_written_where_they_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(tmp_path), "demo", "whatsapp-2022-10-25", "--table"]
    assert main([*words, "--step", "45", "--until", "2022-10-25T06:16:30Z"]) == 0
    out = capsys.readouterr().out
    assert ":15:00–" in out
    assert ":15:45" in out


def test_a_look_that_was_alone_has_one_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(tmp_path), "demo", "whatsapp-2022-10-25", "--table"]
    assert main([*words, "--until", "2022-10-25T06:15:30Z"]) == 0
    (row,) = [
        line for line in capsys.readouterr().out.splitlines() if "all well" in line
    ]
    assert "–" not in row.split("WhatsApp")[0]


def test_it_leaves_no_journal(tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path), "replay", str(WHATSAPP), "--table"]) == 0
    assert not list(tmp_path.glob("*.sqlite"))


def test_a_step_of_nothing_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["replay", str(WHATSAPP), "--table", "--step", "0"])
    assert "whole seconds, 1 or more" in capsys.readouterr().err
