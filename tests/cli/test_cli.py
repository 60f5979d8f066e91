"""The terminal face, as a person or another program uses it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from downlight.cli import main
from downlight.core.telling.bulletin import NAMES

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
DEMOS = [
    "github-2026-08-06",
    "google-cloud-2025-06-12",
    "whatsapp-2021-10-04",
    "whatsapp-2022-10-25",
]
PYTHON = os.environ.get("DOWNLIGHT_PYTHON", sys.executable)
NOWHERE = "http://127.0.0.1:9"
"""A proxy nobody runs: every request is refused at once, on this computer."""


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, NOWHERE)
        monkeypatch.setenv(name.lower(), NOWHERE)


@pytest.fixture
def _ctrl_c() -> None:
    """Let programs that are started hear Ctrl-C, though whoever started us does not.

    What a shell starts in the background does not hear it, and hands that down.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def start(*words: str, **environ: str) -> subprocess.Popen[bytes]:
    """Start the program as its own process."""
    return subprocess.Popen(
        [PYTHON, "-m", "downlight", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "app"), **environ},
    )


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_tells_an_outage_from_start_to_end(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", name, "--json", "--speed", "max"]) == 0
    events = lines(capsys.readouterr().out)
    turns = [event["turn"] for event in events]
    assert (turns[0], turns[-1]) == ("began", "ended")
    assert turns.count("began") == turns.count("ended") == 1
    assert events[-1]["level"] == "operational"
    assert tuple(events[0]) == NAMES
    assert len({e["id"] for e in events}) == len(events)
    assert len({e["episode"] for e in events if e["turn"] in {"began", "ended"}}) == 1
    assert 0 < events[0]["confidence"] <= 1
    assert [e["at"] for e in events] == sorted(e["at"] for e in events)


def test_the_demo_without_a_name_is_whatsapp(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--json"]) == 0
    assert {e["service"] for e in lines(capsys.readouterr().out)} == {"whatsapp"}


def test_demos_are_listed_and_a_wrong_name_says_which_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["demo", "--list"]) == 0
    assert capsys.readouterr().out.split() == DEMOS
    assert main(["demo", "titanic"]) == 3
    assert DEMOS[0] in capsys.readouterr().err


def test_a_replay_that_was_played_to_its_end_is_not_told_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(tmp_path), "demo", DEMOS[0], "--json"]
    assert main(words) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5
    assert main(words) == 0
    again = capsys.readouterr()
    assert again.out == ""
    assert "already played" in again.err


def test_a_replay_in_two_parts_tells_what_one_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo = ["demo", DEMOS[0], "--json"]
    assert main(demo) == 0
    whole = capsys.readouterr().out
    assert main(["--data", str(tmp_path), *demo, "--until", "2026-08-06T18:00"]) == 0
    first = capsys.readouterr().out
    assert main(["--data", str(tmp_path), *demo]) == 0
    assert first
    assert first + capsys.readouterr().out == whole


def test_a_replay_without_json_is_read_by_people(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["demo", "whatsapp-2022-10-25"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert "reconstructed" in out[0]
    assert "WhatsApp is down" in out[1]


@pytest.mark.parametrize(
    "words",
    [
        ["demo", "--speed", "0"],
        ["demo", "--speed", "fast"],
        ["demo", "--until", "soon"],
    ],
)
def test_words_that_are_off_are_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2


def test_what_is_no_recording_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(tmp_path), "--json"]) == 3
    assert "index.jsonl" in capsys.readouterr().err
    (tmp_path / "index.jsonl").write_text(
        '{"at": "2026-01-01T00:00:00Z", "url": "https://x.example/", "status": 200}'
    )
    assert main(["replay", str(tmp_path), "--json"]) == 3
    assert "no" in capsys.readouterr().err


def test_help_teaches_and_the_version_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words in (["--help"], ["--version"], ["status", "--help"]):
        with pytest.raises(SystemExit) as end:
            main(words)
        assert end.value.code == 0
    out = capsys.readouterr().out
    assert "downlight demo" in out
    assert "Downlight 0.1.0" in out


def test_services_are_found_by_any_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["services", "gh"]) == 0
    assert "github" in capsys.readouterr().out
    assert main(["services", "no such thing"]) == 1


def test_an_answer_is_read_and_told_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = {
        "page": {"id": "abcdefghijkl", "name": "Made up"},
        "status": {"indicator": "none", "description": "All good"},
        "components": [
            {"id": "c1", "name": "API", "status": "partial_outage", "group": False}
        ],
        "incidents": [],
        "scheduled_maintenances": [],
    }
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(body))
    assert main(["read", "statuspage", str(file), "--json"]) == 0
    (report,) = lines(capsys.readouterr().out)
    assert report["level"] == "partial_outage"
    assert report["components"] == [
        {"id": "c1", "name": "API", "level": "partial_outage", "region": None}
    ]
    assert (report["incidents"], report["maintenances"]) == ([], [])
    assert main(["read", "statuspage", str(file)]) == 0
    assert "partly down" in capsys.readouterr().out


@pytest.mark.parametrize("body", ["", "<html></html>", "{}", "null", '{"error": "x"}'])
def test_garbage_is_refused_in_words_and_never_well(
    body: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answer"
    file.write_text(body)
    assert main(["read", "statuspage", str(file), "--json"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "not understood" in said.err


def test_a_missing_file_a_wrong_family_and_a_dead_host_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read", "statuspage", str(tmp_path / "gone")]) == 3
    assert "No such file" in capsys.readouterr().err
    assert main(["read", "teapot", str(tmp_path)]) == 3
    assert "statuspage" in capsys.readouterr().err
    assert main(["read", "statuspage", "https://x.example/"]) == 3
    assert "downlight: " in capsys.readouterr().err
    assert main(["read", "statuspage", "http://x.example/"]) == 3


def test_status_without_a_network_is_not_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(tmp_path), "status", "github", "slack"]
    assert main([*words, "--json"]) == 3
    (state,) = lines(capsys.readouterr().out)
    assert state["online"] is False
    assert [service["level"] for service in state["services"]] == [None, None]
    assert main(words) == 3
    assert "You are offline" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []  # a look leaves nothing behind


def test_status_of_what_nobody_knows_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["status", "atlantis"]) == 3
    assert "atlantis" in capsys.readouterr().err


def test_broken_settings_are_said_and_do_no_harm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('watch = ["github"]\nconfirm_begin = 99\n')
    assert main(["--data", str(tmp_path), "status"]) == 3
    said = capsys.readouterr()
    assert "confirm_begin" in said.err
    assert "GitHub" in said.out


def test_a_reader_that_leaves_ends_it_cleanly() -> None:
    with start("demo", DEMOS[0], "--json") as program:
        assert program.stdout is not None
        assert program.stderr is not None
        first = program.stdout.readline()
        program.stdout.close()
        errors = program.stderr.read()
        assert program.wait() == 0
    assert json.loads(first)["turn"] == "began"
    assert errors == b""


@pytest.mark.usefixtures("_ctrl_c")
def test_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    with start(
        "--data", str(tmp_path), "watch", "github", PYTHONUNBUFFERED="1"
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.readline()
        program.send_signal(signal.SIGINT)
        assert program.wait() == 130
        assert program.stderr.read() == b""


def test_a_terminal_that_knows_only_ascii_gets_question_marks() -> None:
    with start("demo", "--list", LC_ALL="C", PYTHONIOENCODING="ascii") as program:
        program.communicate()
        assert program.returncode == 0
    with start(
        "read", "slack", "/dev/null", LC_ALL="C", PYTHONIOENCODING="ascii"
    ) as program:
        _, errors = program.communicate()
        assert program.returncode == 3
        assert b"Traceback" not in errors


@pytest.mark.usefixtures("_ctrl_c")
def test_recording_tells_what_it_does_and_can_be_ended(tmp_path: Path) -> None:
    with start("record", str(tmp_path / "tape"), "--service", "github") as program:
        assert program.stdout is not None
        assert b"Recording GitHub" in program.stdout.readline()
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate()
        assert (program.returncode, errors) == (130, b"")


def test_the_doctor_names_everything_it_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('watch = ["github", "slack"]\n')
    assert main(["--data", str(tmp_path), "doctor", "--json"]) == 1
    findings: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    names = [finding["what"] for finding in findings]
    for name in ("Settings", "Journal", "Screen", "Tray", "Notifications", "Keyring"):
        assert name in names
    (network,) = (f for f in findings if f["what"] == "Network")
    assert network["works"] is False
    assert main(["--data", str(tmp_path), "doctor"]) == 1
    assert "GitHub's status page" in capsys.readouterr().out
