"""Asking at the terminal whether a service was down on a day."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight import wiring
from downlight.cli import main
from downlight.core.health import Health, Kept
from downlight.core.level import Level
from downlight.core.model import Incident, Report
from downlight.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")


def when(
    capsys: pytest.CaptureFixture[str], folder: Path, *words: str
) -> tuple[int, str]:
    status = main(["--data", str(folder), "when", *words])
    return status, capsys.readouterr().out.strip()


def fill(folder: Path, level: Level = Level.MAJOR) -> None:
    """Have GitHub's page be read for three days, with one incident in them."""
    plan, _ = wiring.plan(["github"], wiring.open_home(folder))
    page = plan.sources[0].info.id
    incident = Incident(
        "i1",
        "Pushes fail",
        level,
        None,
        open=False,
        started_at=NOON,
        ended_at=NOON + HOUR,
    )
    with Journal.open(folder / "journal.sqlite") as journal:
        journal.write(NOON, [Report(page, NOON, incidents=(incident,))], {}, [])
        for number in range(3 * 48):
            at = NOON - timedelta(days=1) + number * HOUR / 2
            journal.write_health({page: Kept(at, Health(answered=at))})


def test_yes_and_no_and_not_known_have_their_words_and_their_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path)
    status, words = when(capsys, tmp_path, "github", "2026-03-04")
    assert status == 2
    assert words == (
        "On 4 March 2026 GitHub was down. From 12:00 to 13:00 (1 h): Pushes fail. "
        "Its status page listed it."
    )
    status, words = when(capsys, tmp_path, "github", "2026-03-05")
    assert status == 0
    assert words.startswith("No outage of GitHub was seen on 5 March 2026:")
    status, words = when(capsys, tmp_path, "github", "2026-02-05")
    assert status == 3
    words_then = "Not known: Downlight has watched GitHub since 3 March 2026."
    assert words == words_then


def test_troubled_has_a_status_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path, Level.DEGRADED)
    assert when(capsys, tmp_path, "github", "2026-03-04")[0] == 1


def test_a_machine_reads_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(tmp_path)
    status, text = when(capsys, tmp_path, "github", "2026-03-04", "--json")
    found = json.loads(text)
    assert status == 2
    assert found["down"] is True
    assert found["level"] == "major_outage"
    assert found["watched_whole_day"] is True
    assert found["watched_seconds"] == 86_400
    (outage,) = found["outages"]
    assert outage["begun"] == "2026-03-04T12:00:00Z"
    assert outage["seconds"] == 3600
    assert outage["known_from"] == ["told"]
    text = when(capsys, tmp_path, "github", "2026-02-05", "--json")[1]
    assert json.loads(text)["down"] is None


def test_without_a_day_all_that_is_known_is_listed_newest_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = when(capsys, tmp_path, "whatsapp", "--json")
    found = [json.loads(line) for line in text.splitlines()]
    assert status == 0
    assert len(found) == 35
    begun = [outage["begun"] for outage in found]
    assert begun == sorted(begun, reverse=True)
    assert {outage["kind"] for outage in found} == {"outage", "block", "sibling"}
    assert all(outage["sources"] for outage in found)


def test_the_list_for_people_ends_with_figures_and_their_grounds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = when(capsys, tmp_path, "whatsapp")[1]
    lines = text.splitlines()
    assert any(line.startswith("2023-02 ") for line in lines)
    assert any(line.startswith("2021-10-04") for line in lines)
    assert any(line.startswith("2015-12-17     block") for line in lines)
    assert "from 22 outages since 22 February 2014." in text
    assert lines[-1] == (
        "Downlight has not watched WhatsApp yet. The public record goes to November "
        "2026 and is not complete."
    )


def test_where_nothing_is_known_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = when(capsys, tmp_path, "github")
    assert status == 0
    assert text == (
        "No outage of GitHub is known here.\nDownlight has not watched GitHub yet."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_service_nobody_knows_and_a_day_that_is_none_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "when", "atlantis"]) == 3
    assert capsys.readouterr().err == "downlight: No such service: atlantis\n"
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path), "when", "github", "yesterday"])
    assert "'yesterday': a day like 2022-10-25" in capsys.readouterr().err
