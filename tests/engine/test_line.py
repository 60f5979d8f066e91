"""The own line: only what stands beyond the own network tells of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import Reason, Refused, Unreachable
from downlight.core.evidence.verdict import Evidence
from downlight.core.fusion import gate
from downlight.core.model import Check, Failure, Report, SourceId, Standing
from downlight.core.rungs.ladder import Climb, Rung, Trouble, failed
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.engine.line import Line

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def line(*urls: str, kind: str = "official") -> Line:
    """Return a line that hears of one source per address, named by it."""
    it = Line()
    it.adopt(
        {
            SourceId(url): SourceInfo(
                SourceId(url), url, "statuspage", kind, Cadence(), urls=(url,)
            )
            for url in urls
        }
    )
    return it


def answers(it: Line, url: str, at: datetime = NOW) -> None:
    it.take(Report(SourceId(url), at), None)


def is_silent(it: Line, url: str, at: datetime = NOW) -> None:
    it.take(Failure(SourceId(url), at, Unreachable("x", "timeout")), None)


@pytest.mark.parametrize(
    "near",
    [
        "http://localhost:3001",
        "http://127.0.0.1:8080",
        "https://nas/status",
        "https://kuma.lan",
        "https://printer.local",
        "https://192.168.1.9",
        "https://[fe80::1]",
    ],
)
def test_what_stands_in_the_own_network_says_nothing_of_the_line(near: str) -> None:
    it = line(near, "https://a.example", "https://b.example")
    answers(it, near)
    assert it.online is None
    is_silent(it, "https://a.example")
    is_silent(it, "https://b.example")
    answers(it, near, NOW + MINUTE)
    assert it.is_down
    assert it.untried == ()


@pytest.mark.parametrize("far", ["https://a.example", "https://[2606:4700::1]"])
def test_one_far_answer_settles_that_the_line_works(far: str) -> None:
    it = line(far, "https://b.example")
    answers(it, far)
    assert it.online is True


def test_silent_neighbours_do_not_put_the_blame_on_the_line() -> None:
    it = line("http://127.0.0.1:1", "http://192.168.1.2", "https://a.example")
    is_silent(it, "http://127.0.0.1:1")
    is_silent(it, "http://192.168.1.2")
    assert not it.is_down
    assert it.online is None


def test_a_neighbour_that_fails_has_failed_since_then_whoever_else_was_heard() -> None:
    near = "tcp://127.0.0.1:5432"
    it = line(near, kind="measured")
    dead = Report(SourceId(near), NOW, checks=(Check(near, None, "refused"),))
    it.take(dead, None)
    assert it.failing_since(SourceId(near)) == NOW


def test_to_a_neighbour_no_line_can_be_dead() -> None:
    near, far = "https://nas/status", ("https://a.example", "https://b.example")
    it = line(near, *far)

    def fault(*urls: str) -> gate.Fault | None:
        infos = [info for url, info in it._infos.items() if url in urls]
        return gate.fault(it.seen([Evidence(info, Standing()) for info in infos]))

    assert fault(near) is None
    assert fault(near, far[0]) is gate.Fault.UNASKED
    for url in far:
        is_silent(it, url)
    assert fault(near) is None
    assert fault(near, far[0]) is gate.Fault.OFFLINE
    answers(it, far[1])
    assert fault(near, far[0]) is None


FAR = ("https://a.example", "https://b.example")


@pytest.mark.parametrize("reason", ["untrusted", "tls", "timeout"])
def test_a_certificate_of_a_sign_in_page_is_no_answer_from_beyond(
    reason: Reason,
) -> None:
    it = line(*FAR)
    portal = failed(Rung.PORTAL, Trouble.PORTAL)
    it.heed(Climb("", (portal,)), NOW)
    it.take(Failure(SourceId(FAR[0]), NOW, Unreachable("x", reason)), None)
    assert it.online is False
    it.take(Failure(SourceId(FAR[0]), NOW, Refused(503)), None)
    assert it.online is True


def test_who_was_heard_while_the_ladder_was_climbed_refutes_a_dead_line() -> None:
    it = line(*FAR)
    answers(it, FAR[0])
    climb = Climb("", (failed(Rung.LINK, Trouble.NO_LINK),), took=MINUTE / 10)
    it.heed(climb, NOW + MINUTE / 20)
    assert (it.online, it.trouble) == (True, "")
    it.heed(climb, NOW + MINUTE)
    assert it.online is False
