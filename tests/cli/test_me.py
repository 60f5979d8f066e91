"""``downlight me``: the ladder in the terminal."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.cli import main, me
from downlight.core.rungs.ladder import Climb, Rung, Trouble, failed, fine, unclear
from downlight.core.rungs.readings import Fault, OwnLine, Reading
from downlight.engine.clock import VirtualLoop
from downlight.probes.ladder import Goal, Tools
from downlight.probes.place import Place
from downlight.probes.references import Known, References
from tests.doubles import NOW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MS = timedelta(milliseconds=1)
BY = References(
    resolvers=("192.0.2.53",),
    names=(Known("dns.example", frozenset({"8.8.8.8"})),),
    sentinels=(),
    places=(Place("a.example", path="/"),),
)
GOAL = Goal("Chat", (Place("e1.example", 443, tls=False), Place("e2.example", 443)))


async def resolve(host: str) -> tuple[str, ...]:
    return ("8.8.8.8",)


def climb(*silent: str, goal: Goal = GOAL, as_json: bool = False) -> int:
    async def ask(
        place: Place, addresses: Sequence[str], patience: timedelta
    ) -> Reading:
        if place.host in silent:
            return Reading(place.written, fault=Fault.SILENT)
        return Reading(
            place.written, connected=12 * MS, secured=30 * MS, answered=40 * MS
        )

    tools = Tools(lambda: OwnLine(True, True, True), resolve, resolve, ask)
    loop = VirtualLoop(NOW)  # on which nothing takes any time
    try:
        return loop.run_until_complete(me.climb(goal, BY, tools, json=as_json))
    finally:
        loop.close()


def test_each_rung_is_a_line_and_the_end_a_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert climb("e2.example") == 0
    assert capsys.readouterr().out.splitlines() == [
        "● Connected to a network: yes",
        "● Names are found: yes  0 ms",
        "● No log-in page in the way: yes",
        "● The internet answers: yes  12 ms, 1 of 1 known places answer",
        "● Connections are secure, the clock is right: yes  30 ms",
        "● The name of Chat is found: yes  0 ms",
        "● The servers of Chat take connections: yes  12 ms, 1 of 2 servers answer",
        "No answer from: e2.example:443",
        "",
        "Your own line is fine. The servers of Chat take connections, seen from here.",
    ]


def test_the_failing_rung_comes_last_with_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert climb("a.example") == 1
    *_, rung, empty, what, do = capsys.readouterr().out.splitlines()
    assert rung == "■ The internet answers: NO  0 of 1 known places answer"
    assert (empty, what) == ("", "Nothing outside of your own network answers.")
    assert do.startswith("Restart the router.")


def test_machines_get_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert climb("e1.example", "e2.example", as_json=True) == 2
    (line,) = capsys.readouterr().out.splitlines()
    said = json.loads(line)
    assert (said["service"], said["failed"], said["trouble"], said["side"]) == (
        "Chat",
        "service-tcp",
        "silent",
        "open",
    )
    assert said["rungs"][3] == {
        "rung": "internet",
        "outcome": "fine",
        "ms": 12.0,
        "note": "1 of 1 known places answer",
    }
    assert said["servers"][0]["fault"] == "silent"
    assert (said["notices"], said["vpn"]) == ([], None)
    assert said["references"] == {"reached": 1, "asked": 1}
    assert said["ms"] == 0.0


def test_what_machines_get_of_an_own_service_names_nothing() -> None:
    place = Reading("192.168.7.9:443", fault=Fault.REFUSED)
    steps = (fine(Rung.SECURE), failed(Rung.CONNECT, Trouble.REFUSES))
    said = json.dumps(me.form(Climb("Cellar", steps, grid=(place,), private=True)))
    assert "Cellar" not in said
    assert "192.168" not in said
    assert "The servers of the service refuse the connection." in said


UP = fine(Rung.SECURE)


@pytest.mark.parametrize(
    ("met", "status"),
    [
        (Climb("", (UP,)), 0),
        (Climb("Chat", (UP,)), 3),
        (Climb("Chat", (UP, fine(Rung.NAME))), 0),
        (Climb("Chat", (UP, unclear(Rung.NAME))), 3),
        (Climb("", (failed(Rung.DNS, Trouble.DNS_DEAD),)), 1),
        (Climb("Chat", (UP, failed(Rung.ANSWER, Trouble.ERROR))), 2),
    ],
)
def test_the_exit_status_says_whose_it_is(met: Climb, status: int) -> None:
    assert me.exit_status(met) == status


def test_a_service_nobody_knows_is_said_before_anything_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "me", "titanic"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "titanic" in said.err


def test_a_proxy_of_another_kind_is_not_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('proxy = "socks5://127.0.0.1:9"\n', "utf-8")
    assert main(["--data", str(tmp_path), "me"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "'socks5' is set" in said.err


def test_many_silent_servers_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    hosts = [f"e{n}.example" for n in range(12)]
    goal = Goal("Chat", tuple(Place(it, 443, tls=False) for it in hosts))
    assert climb(*hosts[:6], goal=goal) == 0
    assert "e3.example:443 and 2 more" in " ".join(capsys.readouterr().out.split())


def test_through_a_dead_proxy_the_program_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "")
    status = main(["--data", str(tmp_path), "me", "whatsapp", "--json"])
    said = json.loads(capsys.readouterr().out)
    assert said["notices"][-1:] == ["proxy"]
    # A computer that tests without any network at all ends a rung earlier.
    assert said["trouble"] in {"proxy", "no-link", "no-address", "no-route"}
    assert status == 1
    assert said["servers"] == []
