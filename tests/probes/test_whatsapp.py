"""Our own check of WhatsApp, without WhatsApp."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from downlight import probes
from downlight.core.errors import Refused, SourceError, Unreachable
from downlight.core.level import Level
from downlight.core.model import Report, SourceId
from downlight.core.result import Result
from downlight.core.source import SourceSpec
from downlight.probes.whatsapp import AT_ONCE, HOSTS, PAGE, PORTS, build
from tests.doubles import MILLISECOND, NOW, RecordedWeb

QUICK = timedelta(milliseconds=20)
ALL_LINES: dict[str, timedelta | SourceError] = {
    f"{host}:{port}": QUICK for host in HOSTS for port in PORTS
}
PAGE_UP: dict[str, bytes | str | SourceError] = {PAGE: "<html></html>"}
SPEC = SourceSpec(SourceId("whatsapp-probe"), "whatsapp-probe", "Our own check")


def ask(web: RecordedWeb) -> Report:
    return asyncio.run(build(SPEC).read(web))


def test_when_everything_answers_it_works_from_here() -> None:
    report = ask(RecordedWeb(PAGE_UP, ALL_LINES))
    assert report.level is Level.OPERATIONAL
    assert [check.target for check in report.checks] == [
        "e1.whatsapp.net:443",
        "e1.whatsapp.net:5222",
        "e2.whatsapp.net:443",
        "e2.whatsapp.net:5222",
        "e3.whatsapp.net:443",
        "e3.whatsapp.net:5222",
        "e4.whatsapp.net:443",
        "e4.whatsapp.net:5222",
        "web.whatsapp.com",
    ]
    assert all(check.took == QUICK for check in report.checks[:-1])
    assert report.checks[-1].took is not None
    assert not any(check.trouble for check in report.checks)


@pytest.mark.parametrize("port", PORTS)
def test_one_port_of_one_server_is_enough(port: int) -> None:
    report = ask(RecordedWeb(PAGE_UP, {f"e3.whatsapp.net:{port}": QUICK}))
    assert report.level is Level.OPERATIONAL
    assert sum(check.took is None for check in report.checks) == 7


def test_servers_that_are_silent_while_the_page_answers_are_trouble() -> None:
    report = ask(RecordedWeb(PAGE_UP))
    assert report.level is Level.DEGRADED
    assert report.checks[0].took is None
    assert report.checks[0].trouble == "Not reachable"


def test_a_page_that_is_silent_while_servers_answer_is_trouble() -> None:
    late: dict[str, bytes | str | SourceError] = {PAGE: Unreachable("x", "timeout")}
    report = ask(RecordedWeb(late, ALL_LINES))
    assert report.level is Level.DEGRADED
    assert report.checks[-1].trouble == "No answer in time"
    assert report.checks[-1].result is Result.TIMEOUT
    assert {check.result for check in report.checks[:-1]} == {Result.OK}


def test_when_nothing_answers_we_do_not_know_and_every_check_says_why() -> None:
    report = ask(RecordedWeb())
    assert report.level is None
    assert all(check.took is None and check.trouble for check in report.checks)
    assert Result.OK not in {check.result for check in report.checks}


@pytest.mark.parametrize(
    ("status", "level", "result"),
    [
        (400, Level.OPERATIONAL, Result.OK),
        (403, Level.OPERATIONAL, Result.OK),
        (503, Level.DEGRADED, Result.SERVER_ERROR),
    ],
)
def test_a_page_that_refuses_is_there_unless_its_server_fails(
    status: int, level: Level, result: Result
) -> None:
    report = ask(RecordedWeb({PAGE: Refused(status)}, ALL_LINES))
    assert report.level is level
    assert (report.checks[-1].took is None) is (level is Level.DEGRADED)
    assert report.checks[-1].result is result


def test_all_servers_have_their_turn_within_four_minutes() -> None:
    tried: set[str] = set()
    for minute in range(4):
        web = RecordedWeb(PAGE_UP, ALL_LINES, at=NOW + timedelta(minutes=minute))
        ask(web)
        assert len(web.dialled) == 8
        tried |= {place.partition(":")[0] for place in web.dialled}
    assert tried == set(HOSTS)


def test_a_clock_that_is_set_back_gives_no_negative_time() -> None:
    class Backwards(RecordedWeb):
        def now(self) -> datetime:
            self.at -= MILLISECOND
            return self.at

    report = ask(Backwards(PAGE_UP, ALL_LINES))
    assert report.checks[-1].took == timedelta()


def test_no_more_than_a_few_are_tried_at_once() -> None:
    class Crowded(RecordedWeb):
        open_now = 0
        most = 0

        async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
            self.open_now += 1
            self.most = max(self.most, self.open_now)
            for _ in range(3):  # let the others go first
                turn = asyncio.get_running_loop().create_future()
                asyncio.get_running_loop().call_soon(turn.set_result, None)
                await turn
            self.open_now -= 1
            return QUICK

    web = Crowded(PAGE_UP)
    ask(web)
    assert web.most == AT_ONCE


def test_it_says_how_it_asks() -> None:
    info = build(SPEC).info
    assert info.kind == "measured"
    assert info.family == "whatsapp-probe"
    assert info.urls[0] == "tcp://e1.whatsapp.net:443"
    assert len(info.urls) == 33
    assert info.cadence.every == timedelta(minutes=5)
    assert info.cadence.quick == timedelta(minutes=1)


def test_the_list_of_checks_knows_it() -> None:
    assert probes.build(SPEC) == build(SPEC)
