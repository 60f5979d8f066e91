"""Real faults of real lines: the ladder names the rung, the rule says whose it is.

Needs root on Linux, for network namespaces. With the wrong clock it is the world that
has another time, by faketime: which of two clocks is right cannot be seen, no namespace
of Linux has a time of day of its own (time_namespaces(7)), and faketime makes the many
threads of the program wait for each other. Lost packets come from iptables, as not
every kernel brings netem.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from downlight.core.fusion.ruling import State
from tests.namespaces import world as worlds
from tests.namespaces.conftest import FOUND
from tests.namespaces.said import HOME, ask, judged
from tests.namespaces.world import (
    CENSOR,
    LATER,
    LATER_TLS,
    LIAR,
    PORTAL,
    READER,
    SERVICE_NET,
    Unable,
    run,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.rungs.ladder import Climb
    from tests.namespaces.world import Line, World

pytestmark = pytest.mark.namespaces

WEB = "web.whatsapp.com"


def captive(line: Line) -> None:
    """Let nothing out but questions to the router, and answer for the rest."""
    line.divert(PORTAL, "-p", "tcp", "--dport", "80")
    line.drop("-p", "tcp", "-m", "multiport", "--dports", "443,5222")
    line.drop("-p", "udp", "-d", worlds.RESOLVER)


def cut_by_name(line: Line) -> None:
    """Break off whatever names the service, as a filter does that reads along."""
    line.reset("-m", "string", "--algo", "bm", "--string", WEB)


def another_time(line: Line) -> None:
    """Let everybody answer from another year."""
    line.divert(LATER, "-p", "tcp", "--dport", "80")
    line.divert(LATER_TLS, "-p", "tcp", "--dport", "443")


@dataclass(frozen=True)
class Case:
    """A fault, and what is to be said of it."""

    name: str
    bend: Callable[[Line], object]
    rung: str | None
    trouble: str | None
    side: str | None
    status: int
    notices: list[str] = field(default_factory=list)


def yours(name: str, bend: Callable[[Line], object], rung: str, trouble: str) -> Case:
    return Case(name, bend, rung, trouble, "you", 1)


OWN = (
    yours("no link", lambda it: it.unplug(), "link", "no-link"),
    yours(
        "DNS dead",
        lambda it: it.drop("-d", it.router, "-p", "udp", "--dport", "53"),
        "dns",
        "dns-dead",
    ),
    yours("DNS lying", lambda it: it.ask_instead(LIAR), "dns", "dns-lies"),
    yours("captive portal", captive, "portal", "portal"),
    yours("30 % loss", lambda it: it.lose(0.3), "internet", "weak"),
    yours(
        "TLS interception",
        lambda it: it.divert(READER, "-p", "tcp", "--dport", "443"),
        "secure",
        "intercepted",
    ),
    yours("wrong clock", another_time, "secure", "clock"),
)
FAR = (
    Case(
        "one service dropped",
        lambda it: it.drop("-d", SERVICE_NET),
        "service-tcp",
        "silent",
        "open",
        2,
    ),
    Case("one service reset", cut_by_name, "service-tls", "cut-off", "open", 2),
)
BLOCKS = (
    Case(
        "country-wide block, names",
        lambda it: it.ask_instead(CENSOR),
        "service-dns",
        "name-blocked",
        "between",
        2,
    ),
    Case(
        "country-wide block, reset",
        lambda it: it.reset("-d", SERVICE_NET),
        "service-tcp",
        "refuses",
        "open",
        2,
    ),
)
FINE = (
    Case("all well", lambda it: it.add_ipv6(), None, None, None, 0),
    Case(
        "IPv6 broken, IPv4 fine",
        lambda it: it.add_ipv6(broken=True),
        None,
        None,
        None,
        0,
        notices=["ipv6"],
    ),
)


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def cases(*several: Case) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        "case", several, indirect=True, ids=lambda it: it.name
    )


@pytest.fixture
def climb(
    case: Case,
    world: World,
    line: Line,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> Climb:
    """Return how the program climbs over a line with the fault; it is said rightly."""
    case.bend(line)
    said = ask(world, line, tmp_path / "data")
    form = said.form
    found = (form["failed"], form["trouble"], form["side"])
    words = ", ".join(str(it or "-") for it in found)
    record_property(FOUND, f"{case.name:<26} {words:<34} {said.seconds:4.1f} s")
    assert found == (case.rung, case.trouble, case.side), form
    assert form["notices"] == case.notices
    assert said.status == case.status
    return said.climb


@cases(*OWN)
def test_a_fault_of_the_own_line_is_named_and_is_yours(climb: Climb) -> None:
    states = [it.state for it in judged(climb, minutes=10)]
    assert states[-1] is State.ITS_YOU
    assert not {State.OUTAGE, State.DEGRADED} & {*states}


@cases(*FAR)
def test_a_service_that_fails_alone_is_neither_you_nor_down_by_itself(
    climb: Climb,
) -> None:
    states = {it.state for it in judged(climb, minutes=30)}
    assert not {State.ITS_YOU, State.OUTAGE} & states


@cases(*BLOCKS)
def test_where_a_country_measures_the_same_it_is_a_block(climb: Climb) -> None:
    *_, last = judged(climb, minutes=10, blocked=True)
    assert last.blocked
    assert last.state in {State.DEGRADED, State.OUTAGE}
    assert last.places == (HOME,)


@cases(*FINE)
def test_where_all_is_well_nobody_is_blamed(climb: Climb) -> None:
    assert {it.state for it in judged(climb, minutes=10)} == {State.OPERATIONAL}


def test_no_way_leads_out_of_the_world(world: World, line: Line) -> None:
    for number in ("8.8.8.8", "2001:4860:4860::8888"):
        with pytest.raises(Unable, match="unreachable"):
            run("ip", "-n", world.name, "route", "get", number)


def test_nothing_is_left_of_a_line_after_a_failure(world: World) -> None:
    lines: list[Line] = []

    def fail() -> None:
        with world.line() as line:
            lines.append(line)
            run("ip", "-n", line.computer, "link", "set", "nothing", "up")

    with pytest.raises(Unable):
        fail()
    (gone,) = lines
    assert gone.computer not in run("ip", "netns", "list")
    assert not Path("/etc/netns", gone.computer).exists()
    assert gone.cable not in run("ip", "-n", world.name, "link")
