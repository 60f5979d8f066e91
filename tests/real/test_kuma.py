"""A real Uptime Kuma is recognised and read, and its bare host is not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from downlight.cli import main
from downlight.core.level import Level
from downlight.engine.clock import system_clock
from downlight.sources.detect import Recognised, Unrecognised, recognise
from downlight.web.door import HttpWeb

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real.kuma import Kuma

pytestmark = [pytest.mark.real, pytest.mark.timeout(60)]


async def look(url: str) -> Recognised:
    async with HttpWeb(system_clock) as web:
        return await recognise(web, url)


def test_its_page_is_recognised_and_tells_what_it_found(robot: Kuma) -> None:
    found = asyncio.run(look(robot.url("/status/bakery")))
    assert found.spec.family == "uptime-kuma"
    assert found.name == "Bakery"
    report = found.report
    assert [(c.name, c.group, c.level) for c in report.components] == [
        ("Oven", "Kitchen", Level.OPERATIONAL),
        ("Cellar", "Kitchen", Level.MAJOR),
    ]
    assert report.level is Level.PARTIAL
    assert [incident.title for incident in report.open_incidents] == [
        "The cellar is flooded"
    ]
    assert report.open_incidents[0].started_at is not None


def test_its_own_shell_is_no_page(robot: Kuma) -> None:
    with pytest.raises(Unrecognised) as refusal:
        asyncio.run(look(robot.url("/dashboard")))
    assert "a web page where data would be" in refusal.value.hint


def test_a_page_it_does_not_have_is_not_well(robot: Kuma) -> None:
    with pytest.raises(Unrecognised):
        asyncio.run(look(robot.url("/status/castle")))


def test_the_terminal_adds_it_and_asks_it_again(
    robot: Kuma, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--data", str(tmp_path)]
    assert main([*home, "add", robot.url("/status/bakery"), "--yes"]) == 0
    assert "Bakery is watched." in capsys.readouterr().out
    assert main([*home, "status", "bakery", "--json"]) != 3
    assert "partial_outage" in capsys.readouterr().out
