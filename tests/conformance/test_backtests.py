"""The shipped recordings, played for a table and by two rules, agree on what was."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from downlight.cli import main

pytestmark = pytest.mark.conformance

RECORDINGS = Path(__file__).parents[2] / "resources" / "recordings"
KNOWN = {
    folder.name: tomllib.loads((folder / "about.toml").read_text("utf-8"))
    for folder in sorted(RECORDINGS.iterdir())
    if folder.is_dir()
}
STATED = [name for name, about in KNOWN.items() if "outage" in about]
PATIENCE = timedelta(minutes=5)
"""One pause while all is quiet."""


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main([*words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def told(capsys: pytest.CaptureFixture[str], data: Path, name: str) -> dict[str, Any]:
    """Return what a back-test finds of the one service a recording is about."""
    words = ("--data", str(data), "backtest", str(RECORDINGS / name))
    (found,) = said(capsys, *words)
    (service,) = found["services"]
    return dict(service)


def test_three_of_them_say_what_was_true() -> None:
    assert {
        "whatsapp-2022-10-25",
        "google-cloud-2025-06-12",
        "github-2026-08-06",
    } <= set(STATED)


@pytest.mark.parametrize("name", STATED)
def test_a_back_test_finds_the_outage_the_recording_states(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service = told(capsys, tmp_path, name)
    stated = [
        (it["began"], it["ended"])
        for it in KNOWN[name]["outage"]
        if it["service"] == service["slug"]
    ]
    assert service["truth"] == "recording"
    assert stated == [
        (datetime.fromisoformat(it["began"]), datetime.fromisoformat(it["ended"]))
        for it in service["outages"]
    ]
    assert service["yours"] == service["shipped"]  # nobody has chosen otherwise here
    assert service["yours"]["missed"] == 0
    assert service["yours"]["false_alarms"] == []


@pytest.mark.parametrize("name", KNOWN)
def test_table_back_test_and_events_agree_when_it_began_and_ended(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (slug,) = KNOWN[name]["services"]
    (episode,) = told(capsys, tmp_path / "a", name)["yours"]["told"]
    events = said(capsys, "--data", str(tmp_path / "b"), "demo", name)
    turns = {it["turn"]: datetime.fromisoformat(it["at"]) for it in events}
    began = datetime.fromisoformat(episode["told_at"])
    ended = datetime.fromisoformat(episode["ended_at"])
    assert (turns["began"], turns["ended"]) == (
        began.replace(microsecond=0),
        ended.replace(microsecond=0),
    )
    words = ("--data", str(tmp_path), "replay", str(RECORDINGS / name), "--table")
    rows = said(capsys, *words, "--service", slug)
    bad = [row for row in rows if row["level"] not in {"operational", None}]
    step = timedelta(minutes=1)
    first = datetime.fromisoformat(bad[0]["from"])
    last = datetime.fromisoformat(bad[-1]["to"])
    assert timedelta() <= first - began.replace(microsecond=0) < step
    assert timedelta() < ended - last <= step


@pytest.mark.parametrize(
    ("name", "admitted", "over"),
    [
        # The first official word, and the last, as their own texts have it.
        ("whatsapp-2022-10-25", "2022-10-25T07:40:00Z", "2022-10-25T08:50:00Z"),
        ("google-cloud-2025-06-12", "2025-06-12T18:46:00Z", "2025-06-13T01:18:00Z"),
        ("github-2026-08-06", "2026-08-06T15:03:00Z", "2026-08-07T02:04:00Z"),
    ],
)
def test_it_is_told_within_a_pause_of_the_official_word(
    name: str,
    admitted: str,
    over: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (hit,) = told(capsys, tmp_path, name)["yours"]["outages"]
    began = datetime.fromisoformat(hit["told_at"]) - datetime.fromisoformat(admitted)
    ended = datetime.fromisoformat(hit["ended_at"]) - datetime.fromisoformat(over)
    assert timedelta() <= began <= PATIENCE
    assert timedelta() <= ended <= PATIENCE
    assert hit["by"] == ["official"]
