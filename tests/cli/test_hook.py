"""``downlight hook``: what is done on change, shown and tried."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from downlight.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

FILE = """
[[command]]
name = "say"
run = ["sh", "-c", "echo \\"$1\\"; cat", "sh", "{title}"]

[[command]]
name = "fail"
run = ["sh", "-c", "echo oh no; exit 3"]

[[webhook]]
name = "team"
shape = "slack"
secret = "hook-team"
token = "hook-token"

[[webhook]]
name = "nobody"
shape = "json"
url = "http://127.0.0.1:9/in"

[[file]]
name = "bar"
path = "FOLDER/bar"
shape = "xbar"

[[file]]
name = "no-bar"
path = "FOLDER/hooks.toml/bar"
shape = "xbar"
"""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs the program in a folder with some hooks."""
    text = FILE.replace("FOLDER", str(tmp_path))
    (tmp_path / "hooks.toml").write_text(text, "utf-8")
    (tmp_path / "settings.toml").write_text('proxy = "none"\n', "utf-8")

    def call(*words: str) -> tuple[int, str, str]:
        status = main(["--data", str(tmp_path), "hook", *words])
        out, err = capsys.readouterr()
        return status, out, err

    return call


def test_they_are_listed(run: Run) -> None:
    status, out, err = run()
    assert (status, err) == (0, "")
    names = [line.split()[0] for line in out.splitlines()]
    assert names == ["say", "fail", "team", "nobody", "bar", "no-bar"]


def test_without_a_file_it_says_where_they_would_stand(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "hooks.toml").unlink()
    status, out, _ = run()
    assert status == 0
    assert str(tmp_path / "hooks.toml") in out


def test_faults_of_the_file_are_said(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "hooks.toml").open("a", encoding="utf-8") as file:
        file.write('[[command]]\nname = "bad"\nrun = ["a", "{oh}"]\n')
    status, out, err = run("list")
    assert status == 3
    assert "say" in out
    assert 'command "bad": run: nobody knows {oh}' in err


def test_a_preview_of_a_command_shows_what_it_would_be_handed(run: Run) -> None:
    status, out, _ = run("preview", "say")
    assert status == 0
    assert out.startswith("""sh -c 'echo "$1"; cat' sh 'Downlight: a test'\n""")
    assert "DOWNLIGHT_TURN=began" in out


def test_a_preview_of_a_webhook_shows_no_secret_and_asks_for_none(run: Run) -> None:
    status, out, _ = run("preview", "team")
    assert status == 0
    assert out.startswith("POST (the address kept as hook-team)\n")
    assert "Bearer (what is kept as hook-token)" in out
    assert "This is a test; nothing is down." in out
    assert "http://127.0.0.1:9/in" in run("preview", "nobody")[1]


def test_a_preview_of_a_bar_writes_nothing(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("preview", "bar")
    assert status == 0
    assert "Downlight: a test\n---\n" in out
    assert not (tmp_path / "bar").exists()


def test_a_test_runs_the_command_with_a_made_up_event(run: Run) -> None:
    status, out, _ = run("test", "say")
    title, said, done = out.splitlines()
    assert (status, title, done) == (0, "Downlight: a test", "say: done.")
    assert json.loads(said)["service"] == "test"


def test_a_test_writes_the_file(run: Run, tmp_path: Path) -> None:
    assert run("test", "bar")[0] == 0
    assert (tmp_path / "bar").read_text("utf-8").startswith("Downlight: a test\n")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("fail", "fail: exit status 3: oh no"),
        ("nobody", "nobody: 127.0.0.1: the connection was refused"),
        ("no-bar", "no-bar: not written: "),
    ],
)
def test_a_test_that_fails_says_why(name: str, why: str, run: Run) -> None:
    status, _, err = run("test", name)
    assert status == 1
    assert why in err


@pytest.mark.parametrize("words", [("test",), ("preview", "nope")])
def test_a_name_nobody_knows_is_answered_with_those_there_are(
    words: tuple[str, ...], run: Run
) -> None:
    status, _, err = run(*words)
    assert status == 3
    assert "say, fail, team, nobody, bar, no-bar" in err


def test_the_state_of_a_hook_is_shown(run: Run, tmp_path: Path) -> None:
    from downlight.core.telling.hooks import Letter
    from downlight.engine.clock import system_clock
    from downlight.storage.outbox import Outbox

    outbox = Outbox.open(tmp_path / "outbox.sqlite", system_clock())
    assert outbox is not None
    letter = Letter("team", "a", system_clock(), "chat", "", {})
    outbox.keep([letter])
    outbox.postpone(letter, "HTTP 500")
    outbox.close()
    assert "team                 slack    on began, ended" in run()[1]
    assert "; last: waiting: HTTP 500; 1 waiting" in run()[1]


def test_the_hooks_of_a_run_are_none_of_another(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    assert main(["--data", str(empty), "hook"]) == 0
    assert "There are no hooks." in capsys.readouterr().out
    assert not empty.exists() or os.listdir(empty) == []  # noqa: PTH208 - names only
