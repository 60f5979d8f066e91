"""The real client reads what a server serves that we have not written."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest

from downlight.cli import main
from downlight.core.errors import Refused, SourceError
from downlight.core.level import Level
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.engine.clock import system_clock
from downlight.sources import registry
from downlight.sources.detect import Unrecognised, recognise
from downlight.sources.page import Page
from downlight.web.door import HttpWeb
from tests.conformance.test_adding import COPIES, Copy
from tests.real.nginx import ROBOT_PAUSE
from tests.sources.shelf import FIXTURES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from downlight.core.model import Report
    from downlight.core.ports import Answer, Web
    from tests.real.nginx import Nginx

pytestmark = pytest.mark.real

T = TypeVar("T")
SUMMARY = "/api/v2/summary.json"
WELL = (FIXTURES / "statuspage" / "all-well.json").read_bytes()
OUTAGE = (FIXTURES / "statuspage" / "outage.json").read_bytes()
SHELF = sorted(path for path in FIXTURES.glob("*/*") if path.stat().st_size)


def visit(look: Callable[[Web], Awaitable[T]]) -> T:
    """Do something with the real client."""

    async def run() -> T:
        async with HttpWeb(system_clock) as web:
            return await look(web)

    return asyncio.run(run())


def spec(url: str) -> SourceSpec:
    return SourceSpec(SourceId("real"), "statuspage", "A page", url)


@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_what_has_not_changed_is_neither_sent_nor_parsed_again(
    site: Nginx, packed: bool
) -> None:
    place = "/packed/twice" if packed else "/plain/twice"
    site.put(f"{place}{SUMMARY}", OUTAGE)
    page = registry.build(spec(site.url(place)))
    assert isinstance(page, Page)
    parsed: list[int] = []

    def parse(source: SourceId, answer: Answer) -> Report:
        parsed.append(answer.received)
        return page.parse(source, answer)

    async def twice(web: Web) -> tuple[Report, Report, Answer]:
        counted = replace(page, parse=parse)
        first = await counted.read(web)
        return first, await counted.read(web, first), await web.get(page.info.urls[0])

    first, second, third = visit(twice)
    assert [status for path, status, _ in site.said() if path == place + SUMMARY] == [
        *(200, 304, 304)
    ]
    assert len(parsed) == 1
    assert (parsed[0] < len(OUTAGE)) is packed
    assert (third.body, third.received) == (OUTAGE, 0)
    assert second == replace(first, at=second.at)
    assert second.at > first.at


def test_what_has_changed_is_sent_and_read_anew(site: Nginx) -> None:
    site.put(f"/changing{SUMMARY}", OUTAGE)
    page = registry.build(spec(site.url("/changing")))

    async def before_and_after(web: Web) -> tuple[Report, Report]:
        before = await page.read(web)
        site.put(f"/changing{SUMMARY}", WELL)
        return before, await page.read(web, before)

    before, after = visit(before_and_after)
    assert before.level is not None
    assert before.level.is_trouble
    assert after.level is Level.OPERATIONAL


@pytest.mark.parametrize(
    "path", SHELF, ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_every_answer_of_the_shelf_arrives_as_it_is(site: Nginx, path: Path) -> None:
    url = site.put(f"/shelf/{path.parent.name}/{path.name}", path.read_bytes())
    answer = visit(lambda web: web.get(url))
    assert answer.body == path.read_bytes()
    assert 0 < answer.received <= len(answer.body) + 30  # packing has a head
    report = registry.parser(path.parent.name)(SourceId("real"), answer)
    assert report.at == answer.at


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy.file)
def test_every_recorded_answer_arrives_as_it_is(site: Nginx, copy: Copy) -> None:
    url = site.put(f"/recorded/{copy.file}", copy.body)
    answer = visit(lambda web: web.get(url))
    assert answer.body == copy.body


def test_a_page_that_moved_is_named(site: Nginx) -> None:
    site.put(f"/statuspage{SUMMARY}", OUTAGE)
    answer = visit(lambda web: web.get(site.url(f"/moved{SUMMARY}")))
    assert answer.moved == answer.url == site.url(f"/statuspage{SUMMARY}")


@pytest.mark.parametrize(
    ("path", "status", "pause"),
    [
        ("/nothing.json", 404, None),
        ("/locked/x.json", 401, None),
        ("/busy/x.json", 503, timedelta(seconds=ROBOT_PAUSE)),
    ],
)
def test_a_refusal_keeps_its_status_and_how_long_to_stay_away(
    site: Nginx, path: str, status: int, pause: timedelta | None
) -> None:
    with pytest.raises(Refused) as refusal:
        visit(lambda web: web.get(site.url(path)))
    assert (refusal.value.status, refusal.value.retry_after) == (status, pause)


def test_a_host_that_answers_everything_with_its_shell_is_no_page(site: Nginx) -> None:
    site.put("/shell.html", b"<!doctype html><title>Acme</title><body>All well</body>")
    with pytest.raises(SourceError) as refusal:
        visit(lambda web: recognise(web, site.url("/shell/")))
    assert isinstance(refusal.value, Unrecognised)
    assert "a web page where data would be" in refusal.value.hint


def test_the_terminal_reads_and_adds_what_nginx_serves(
    site: Nginx, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = site.put(f"/terminal{SUMMARY}", OUTAGE)
    assert main(["read", "statuspage", url, "--json"]) == 0
    assert '"level"' in capsys.readouterr().out
    page = site.url("/terminal/")
    home = ["--data", str(tmp_path)]
    assert main([*home, "add", page, "--name", "Terminal", "--yes"]) == 0
    assert "Terminal is watched." in capsys.readouterr().out
    assert main([*home, "status", "terminal"]) != 3
    assert "Terminal" in capsys.readouterr().out
