"""Switching start at login on and off at the terminal, and what then starts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from downlight.cli import main
from downlight.cli.arguments import parse

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="looks at the entry of a Linux desktop"
)


@pytest.fixture(autouse=True)
def _own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    return tmp_path / "config" / "autostart" / "downlight.desktop"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    return capsys.readouterr().out


def test_it_is_switched_on_and_off(
    entry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    off, on = "Start at login: off.\n", f"Start at login: on.\n  {entry}\n"
    assert said(capsys, "login") == off
    assert not entry.parent.exists()
    assert said(capsys, "login", "on") == on
    assert said(capsys, "login", "status") == on
    assert said(capsys, "login", "off") == off
    assert list(entry.parent.iterdir()) == []


def test_what_is_written_is_what_the_command_line_takes(
    entry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    said(capsys, "--data", str(data), "login", "on")
    [line] = [row for row in entry.read_text().splitlines() if row.startswith("Exec=")]
    python, *words = line.removeprefix("Exec=").split(" ")
    assert python == sys.executable
    assert words[:3] == ["-P", "-m", "downlight"]
    options = parse(words[3:])
    assert options.login
    assert options.data == data
    assert not data.exists()


def test_an_entry_of_another_place_is_said_and_mended(
    entry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry.parent.mkdir(parents=True)
    old = "/old/\x1b[31mplace/python -P -m downlight --login"
    entry.write_text(f"[Desktop Entry]\nType=Application\nExec={old}\n")
    words = said(capsys, "login")
    assert words.startswith("Start at login: out of date.")
    assert "  /old/?[31mplace/python -P" in words
    assert "`downlight login on` makes it this one" in words
    assert said(capsys, "login", "on").startswith("Start at login: on.\n")
    assert sys.executable in entry.read_text()


def test_a_place_that_cannot_be_written_is_said(
    entry: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry.parent.parent.mkdir()
    entry.parent.write_text("")
    assert main(["login", "on"]) == 3
    assert capsys.readouterr().err.startswith("downlight: Folder not writable: ")
