from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import uptimerobot
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, read, shelved, spec

PAGE = "https://status.robot.example"
LIST = f"{PAGE}/api/getMonitorList/Ab-12"


def body(name: str) -> bytes:
    return (FIXTURES / "uptimerobot" / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("one-down.json", Level.PARTIAL),  # one of many is not the whole
        ("new-words.json", None),
    ],
)
def test_the_level_is_that_of_all_monitors_together(
    name: str, level: Level | None
) -> None:
    assert shelved("uptimerobot", name).level is level


def test_a_paused_monitor_is_left_out() -> None:
    parts = shelved("uptimerobot", "all-well.json").components
    assert [part.name for part in parts] == ["Web"]


@pytest.mark.parametrize(
    "other",
    [
        '{"status": "error", "data": []}',
        '{"status": true, "data": []}',
        '{"status": "ok"}',
        '{"status": "ok", "results": []}',
        '{"status": true, "results": [{"id": 1}], "meta": {"count": 1}}',
    ],
)
def test_events_and_errors_are_no_list_of_monitors(other: str) -> None:
    with pytest.raises(Unreadable):
        read("uptimerobot", other)


@pytest.mark.parametrize(
    "nothing",
    [
        '{"status": "ok", "data": []}',
        '{"status": true, "results": [], "meta": {"count": 0}}',  # its event feed
    ],
)
def test_without_monitors_nothing_is_known(nothing: str) -> None:
    assert read("uptimerobot", nothing).level is None


def test_a_key_that_is_not_known_is_looked_up_in_the_page() -> None:
    html = f"<html><script>window.pspApiPath = '{LIST}';</script></html>"
    web = RecordedWeb({PAGE: html, LIST: body("one-down.json")})
    source = uptimerobot.build(spec("uptimerobot", f"{PAGE}/"))
    assert asyncio.run(source.read(web)).level is Level.PARTIAL
    assert web.asked == [PAGE, LIST]
    assert web.accepted[0] == "text/html"


def test_a_page_that_names_no_list_is_none_of_theirs() -> None:
    web = RecordedWeb({PAGE: "<html>All systems operational</html>"})
    with pytest.raises(Unreadable):
        asyncio.run(uptimerobot.build(spec("uptimerobot", PAGE)).read(web))


def test_a_page_without_a_host_of_its_own_ends_in_its_key() -> None:
    html = '<html><script>window.pspApiPath = "/api/getMonitorList/Ab-12"</script>'
    web = RecordedWeb({f"{PAGE}/Ab-12": html, LIST: body("all-well.json")})
    source = uptimerobot.build(spec("uptimerobot", f"{PAGE}/Ab-12"))
    assert asyncio.run(source.read(web)).level is Level.OPERATIONAL


@pytest.mark.parametrize(("url", "options"), [(PAGE, {"key": ("Ab-12",)}), (LIST, {})])
def test_a_known_key_saves_the_page(
    url: str, options: dict[str, tuple[str, ...]]
) -> None:
    source = uptimerobot.build(replace(spec("uptimerobot", url), options=options))
    web = RecordedWeb({LIST: body("all-well.json")})
    assert asyncio.run(source.read(web)).level is Level.OPERATIONAL
    assert (source.info.page, source.info.verified) == (PAGE, False)
