"""The recordings and the history that come with Downlight are well formed."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from downlight import cli, wiring
from downlight.engine import recording

RESOURCES: Final = Path(__file__).parents[1] / "resources"
FOLDERS: Final = sorted(
    folder for folder in (RESOURCES / "recordings").iterdir() if folder.is_dir()
)
LARGEST: Final = 60_000
"""Bytes in one recording: they all travel in the wheel."""

every_recording = pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)


def lines(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "index.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def about(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))


def test_there_are_four_and_two_of_them_are_whatsapp() -> None:
    names = {folder.name for folder in FOLDERS}
    assert len(names) >= 4
    assert {"whatsapp-2021-10-04", "whatsapp-2022-10-25"} <= names


@every_recording
def test_its_times_ascend_and_each_line_is_an_answer_or_an_error(folder: Path) -> None:
    index = lines(folder)
    times = [datetime.fromisoformat(line["at"]) for line in index]
    assert times == sorted(times)
    assert all(at.utcoffset() == UTC.utcoffset(None) for at in times)
    for line in index:
        assert line["url"].startswith(("https://", "tcp://"))
        if "error" in line:
            assert set(line) == {"at", "url", "error"}
        else:
            assert set(line) == {"at", "url", "status", "headers", "body"}


@every_recording
def test_its_bodies_are_json_and_all_of_them_are_used(folder: Path) -> None:
    named = {line["body"] for line in lines(folder) if line.get("body")}
    there = {file.name for file in folder.iterdir()} - {"index.jsonl", "about.toml"}
    assert named == there
    for name in named:
        json.loads((folder / name).read_text(encoding="utf-8"))


@every_recording
def test_it_is_small(folder: Path) -> None:
    assert sum(file.stat().st_size for file in folder.iterdir()) < LARGEST


@every_recording
def test_it_says_what_it_is_and_where_from(folder: Path) -> None:
    page = about(folder)
    assert page["name"] == folder.name
    assert page["title"] and page["shows"] and page["how"]
    assert page["known"] and page["assumed"]
    assert all(source.startswith("https://") for source in page["sources"])
    assert isinstance(page["reconstructed"], bool)


@every_recording
def test_the_services_it_names_can_be_replayed_from_it(folder: Path) -> None:
    slugs = wiring.about(folder).services
    plan = wiring.replay_plan(recording.load(folder), slugs)
    assert {service.slug for service in plan.services} == set(slugs)
    asked = {source.info.id for source in plan.sources}
    for service in plan.services:
        assert asked & {feed.source for feed in service.feeds}


def test_whatsapp_2022_says_that_it_was_put_together_afterwards() -> None:
    folder = RESOURCES / "recordings" / "whatsapp-2022-10-25"
    assert about(folder)["reconstructed"] is True
    # Nothing is invented for what nobody asked that day.
    hosts = {line["url"].split("/")[2] for line in lines(folder)}
    assert hosts == {"metastatus.com"}
    orgs = json.loads((folder / "0740-orgs.json").read_text(encoding="utf-8"))
    assert "reconstructed" in orgs[0]["services"][0]["name"]


def test_two_recordings_lose_a_source_in_the_middle() -> None:
    lost = {
        folder.name: {line["error"] for line in lines(folder) if "error" in line}
        for folder in FOLDERS
    }
    assert {name: errors for name, errors in lost.items() if errors} == {
        "github-2026-08-06": {"timeout", "dns"},
        "whatsapp-2021-10-04": {"resolver"},
    }


def test_in_whatsapp_2021_every_name_of_metas_is_gone_and_no_other() -> None:
    folder = RESOURCES / "recordings" / "whatsapp-2021-10-04"
    assert about(folder)["reconstructed"] is True
    noon = "2021-10-04T18:00:00Z"
    then = {line["url"]: line for line in lines(folder) if line["at"] <= noon}
    gone = {url.split("/")[2].split(":")[0] for url in then if "error" in then[url]}
    there = {url.split("/")[2] for url in then if "error" not in then[url]}
    chats = {f"e{number}.whatsapp.net" for number in range(1, 17)}
    assert gone == {*chats, "web.whatsapp.com", "metastatus.com"}
    # Somebody else is heard, so the line is there; what he measured is not invented.
    assert there == {"api.ooni.io"}
    counted = json.loads((folder / "none-counted.json").read_text(encoding="utf-8"))
    assert counted == {"result": []}


def played(folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> list[Any]:
    """Return the events of a recording, as `downlight demo --json` prints them."""
    words = ["--data", str(data), "demo", folder.name, "--json", "--speed", "max"]
    assert cli.main(words) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@every_recording
def test_played_it_begins_once_and_ends_once(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = played(folder, tmp_path, capsys)
    turns = [event["turn"] for event in events]
    assert turns[0] == "began"
    assert turns[-1] == "ended"
    assert turns.count("began") == turns.count("ended") == 1
    assert {event["service"] for event in events} == set(about(folder)["services"])


def test_whatsapp_2022_is_told_when_the_first_official_word_came(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RESOURCES / "recordings" / "whatsapp-2022-10-25"
    events = played(folder, tmp_path, capsys)
    began, ended = (datetime.fromisoformat(events[n]["at"]) for n in (0, -1))
    day = datetime(2022, 10, 25, tzinfo=UTC)
    patience = timedelta(minutes=5)
    assert timedelta(hours=7, minutes=40) <= began - day
    assert began - day <= timedelta(hours=7, minutes=40) + patience
    assert "Since 06:45" in events[0]["sentence"]
    assert timedelta(hours=8, minutes=50) <= ended - day
    assert ended - day <= timedelta(hours=8, minutes=50) + patience
    assert events[0]["level"] == "major_outage"


def test_whatsapp_2021_is_told_after_ten_minutes_as_what_it_looks_like_from_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RESOURCES / "recordings" / "whatsapp-2021-10-04"
    began, ended = played(folder, tmp_path, capsys)
    day = datetime(2021, 10, 4, tzinfo=UTC)
    told = datetime.fromisoformat(began["at"]) - day
    gone = timedelta(hours=15, minutes=39)
    assert timedelta(minutes=9) <= told - gone <= timedelta(minutes=11)
    assert began["title"] == "WhatsApp cannot be reached from here"
    assert began["sentence"].startswith("Since 15:39. ")
    assert began["sentence"].endswith("Your own connection is fine.")
    # One kind of evidence, and that our own: never "down", nor worse later.
    assert (began["level"], began["scope"]) == ("degraded", "here")
    assert "down" not in f"{began['title']} {began['sentence']}"
    # Names are back, and our own check passes for ten minutes: that ends it, though
    # the page cannot be read for another hour and a half.
    over = datetime.fromisoformat(ended["at"]) - day
    back = timedelta(hours=21, minutes=5)
    assert timedelta(minutes=9) <= over - back <= timedelta(minutes=11)
    assert ended["sentence"].startswith("Since 21:05 after 5 h 26 min.")


def test_github_2026_worsens_twice_and_losing_the_page_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RESOURCES / "recordings" / "github-2026-08-06"
    events = played(folder, tmp_path, capsys)
    steps = [
        (event["turn"], event["level"]) for event in events if event["turn"] != "update"
    ]
    assert steps == [
        ("began", "degraded"),
        ("worsened", "partial_outage"),
        ("worsened", "major_outage"),
        ("ended", "operational"),
    ]
    lost = ("2026-08-06T19:05", "2026-08-06T19:44")
    assert not [event for event in events if lost[0] <= event["at"] < lost[1]]


def test_the_history_of_whatsapp_is_told_with_its_sources() -> None:
    text = (RESOURCES / "outages" / "whatsapp.toml").read_text(encoding="utf-8")
    history = tomllib.loads(text)["outage"]
    assert len(history) >= 30
    assert len({outage["id"] for outage in history}) == len(history)
    starts = [outage["start"] for outage in history]
    assert [day[:10] for day in starts] == sorted(day[:10] for day in starts)
    for outage in history:
        assert outage["sources"], outage["id"]
        assert all("://" in source for source in outage["sources"])
        assert outage["kind"] in {"outage", "partial", "block", "sibling"}
        assert outage["scope"] in {"global", "several", "one"}
        assert outage["trust"] in {"high", "medium", "low"}
        assert outage["what"] and outage["where"] and outage["services"]
        assert outage["start"] <= outage.get("end", "9")
