"""The ladder climbed: with answers laid down, and against servers of our own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import Unreachable
from downlight.core.rungs.ladder import Climb, Notice, Outcome, Rung, Step, Trouble
from downlight.core.rungs.readings import Fault, OwnLine, Reading
from downlight.engine.clock import VirtualLoop
from downlight.probes.ascent import KNOCKS
from downlight.probes.endpoints import ONLY_NAME
from downlight.probes.ladder import Goal, Tools, climb
from downlight.probes.place import Place
from downlight.probes.references import Known, References, Sentinel
from tests.doubles import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MS = timedelta(milliseconds=1)
HOSTS = ("a.example", "b.example", "c.example", "d.example")
NUMBER = Place("192.0.2.1", path="/", owner="E")
SIX = Place("2001:db8::1", path="/", owner="F")
PLAIN = Sentinel(Place("s.example", 80, False, "/", "GET"), "well")
BY = References(
    resolvers=("192.0.2.53",),
    names=(Known("dns.example", frozenset({"192.0.2.53"})),),
    sentinels=(PLAIN,),
    places=(NUMBER, *(Place(it, path="/", owner=it) for it in HOSTS)),
    ipv6=SIX,
)
CHAT = Place("chat.example", path="/", method="GET")
SERVER = Place("e1.example", 5222, tls=False)
GOAL = Goal("Chat", (SERVER, CHAT))
LINE = OwnLine(True, True, True)
GOOD = Reading("", connected=20 * MS, secured=30 * MS, answered=40 * MS, status=200)
SHUT = Reading("", connected=20 * MS, fault=Fault.FOREIGN)


def broken(fault: Fault) -> Reading:
    return Reading("", fault=fault)


@dataclass
class World:
    """What answers, by host; what is not laid down is well."""

    own: OwnLine = LINE
    proxied: bool = False
    names: dict[str, tuple[str, ...] | Unreachable | None] = field(default_factory=dict)
    """None: nobody ever says."""
    doubts: dict[str, tuple[str, ...] | Unreachable | None] = field(
        default_factory=dict
    )
    readings: dict[str, Reading] = field(default_factory=dict)
    names_fail: bool = False
    rest: Reading | None = None
    """What comes of every place that is not laid down."""
    asked: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)

    async def resolve(self, host: str) -> tuple[str, ...]:
        default = None if self.names_fail else address(host)
        return await said(self.names.get(host, default))

    async def second(self, host: str) -> tuple[str, ...]:
        self.doubted.append(host)
        return await said(self.doubts.get(host, address(host)))

    async def ask(
        self, place: Place, addresses: Sequence[str], patience: timedelta
    ) -> Reading:
        self.asked.append(place.host)
        default = self.rest or GOOD
        if place is PLAIN.place and self.rest is None:
            default = replace(GOOD, secured=None, body="well\n")
        reading = self.readings.get(place.host, default)
        return replace(
            reading,
            target=place.written,
            owner=place.owner,
            numeric=place.numeric,
        )

    def climb(
        self, goal: Goal = GOAL, tell: Callable[[Step], object] = lambda _: None
    ) -> Climb:
        tools = Tools(
            lambda: self.own, self.resolve, self.second, self.ask, self.proxied
        )
        loop = VirtualLoop(NOW)  # who never answers is waited for at once
        try:
            met = loop.run_until_complete(climb(goal, BY, tools, tell))
            self.took = timedelta(seconds=loop.time())
            return met
        finally:
            loop.close()


def address(host: str) -> tuple[str, ...]:
    return ("192.0.2.53",) if host == "dns.example" else ("8.8.8.8", "2001:4860::8")


async def said(found: tuple[str, ...] | Unreachable | None) -> tuple[str, ...]:
    if found is None:
        await asyncio.Event().wait()
        raise AssertionError
    if isinstance(found, Unreachable):
        raise found
    return found


def rungs(met: Climb) -> list[str]:
    return [str(it.rung) for it in met.steps]


def test_when_all_is_well_every_rung_is_told_in_order() -> None:
    told: list[Step] = []
    world = World()
    met = world.climb(tell=told.append)
    assert rungs(met) == [str(it) for it in Rung]
    assert {it.outcome for it in met.steps} == {Outcome.FINE}
    assert tuple(told) == met.steps
    assert met.notices == ()
    assert len(met.grid) == 2
    assert world.doubted == ["dns.example"]
    assert SIX.host not in world.asked
    assert met.steps[-1].took == GOOD.answered


def test_many_names_that_nobody_tells_are_waited_for_together() -> None:
    hosts = [f"n{number}.example" for number in range(6)]
    world = World(names=dict.fromkeys(hosts), doubts=dict.fromkeys(hosts))
    places = tuple(Place(host, ONLY_NAME, tls=False) for host in hosts)
    met = world.climb(Goal("Names", places))
    assert met.failed is not None
    assert met.failed.trouble is Trouble.NAME_LOST
    assert world.took < timedelta(seconds=5)


def test_without_a_service_only_the_own_line_is_climbed() -> None:
    met = World().climb(Goal())
    assert rungs(met) == ["link", "dns", "portal", "internet", "secure"]
    assert (met.failed, met.arrived, met.reached_service) == (None, True, False)


GONE = Unreachable("no such name", "dns")
NO_LINE = OwnLine(False, False, False)
OTHER: dict[str, tuple[str, ...] | Unreachable | None] = {"dns.example": ("192.0.2.9",)}
LOST: dict[str, tuple[str, ...] | Unreachable | None] = {"dns.example": None}
LOGIN = replace(GOOD, secured=None, status=302, moved="http://login.example/")
DATED = replace(GOOD, secured=None, body="well", offset=timedelta(days=2))


@pytest.mark.parametrize(
    ("world", "rung", "trouble"),
    [
        (World(own=NO_LINE), Rung.LINK, Trouble.NO_LINK),
        (World(names_fail=True), Rung.DNS, Trouble.DNS_DEAD),
        (World(names_fail=True, doubts=LOST), Rung.DNS, Trouble.DNS_CUT),
        (
            World(
                names=OTHER,
                readings=dict.fromkeys((*HOSTS, PLAIN.place.host), SHUT),
            ),
            Rung.DNS,
            Trouble.DNS_LIES,
        ),
        (
            World(rest=SHUT, readings={PLAIN.place.host: LOGIN}),
            Rung.PORTAL,
            Trouble.PORTAL,
        ),
        (
            World(names=OTHER, rest=SHUT, readings={PLAIN.place.host: LOGIN}),
            Rung.PORTAL,
            Trouble.PORTAL,
        ),
        (
            World(names_fail=True, doubts=LOST, rest=broken(Fault.SILENT)),
            Rung.INTERNET,
            Trouble.OFFLINE,
        ),
        (
            World(readings={it: broken(Fault.SILENT) for it in HOSTS}),
            Rung.INTERNET,
            Trouble.WEAK,
        ),
        (World(rest=SHUT), Rung.SECURE, Trouble.INTERCEPTED),
        (
            World(readings={PLAIN.place.host: DATED}, rest=None),
            Rung.SECURE,
            Trouble.CLOCK,
        ),
        (
            World(names={CHAT.host: GONE, SERVER.host: None}),
            Rung.NAME,
            Trouble.NAME_BLOCKED,
        ),
        (
            World(
                names={CHAT.host: GONE, SERVER.host: GONE},
                doubts={CHAT.host: GONE, SERVER.host: GONE},
            ),
            Rung.NAME,
            Trouble.NAME_GONE,
        ),
        (
            World(readings={it.host: broken(Fault.SILENT) for it in (CHAT, SERVER)}),
            Rung.CONNECT,
            Trouble.SILENT,
        ),
        (
            World(readings={CHAT.host: broken(Fault.SILENT)}),
            Rung.CONNECT,
            Trouble.PARTLY,
        ),
        (World(readings={CHAT.host: SHUT}), Rung.HANDSHAKE, Trouble.FOREIGN),
        (
            World(readings={CHAT.host: replace(GOOD, status=502)}),
            Rung.ANSWER,
            Trouble.ERROR,
        ),
    ],
)
def test_the_first_rung_that_fails_is_named_and_nothing_above_it(
    world: World, rung: Rung, trouble: Trouble
) -> None:
    if trouble is Trouble.CLOCK:  # everybody tells the same other time
        world.rest = replace(GOOD, offset=timedelta(days=2))
    met = world.climb()
    assert met.failed is not None
    assert (met.failed.rung, met.failed.trouble) == (rung, trouble)
    assert met.steps[-1] is met.failed
    assert world.took < timedelta(seconds=5)  # of virtual time


def test_a_line_on_which_nobody_ever_answers_is_over_in_time() -> None:
    class Deaf(World):
        async def ask(
            self, place: Place, addresses: Sequence[str], patience: timedelta
        ) -> Reading:
            loop = asyncio.get_running_loop()
            end = loop.create_future()
            loop.call_later(patience.total_seconds(), end.set_result, None)
            await end
            return Reading(place.written, numeric=place.numeric, fault=Fault.SILENT)

    world = Deaf(own=replace(LINE, ipv6=True), names_fail=True, doubts=LOST)
    met = world.climb()
    assert met.failed is not None
    assert met.failed.trouble is Trouble.OFFLINE
    assert world.took < timedelta(seconds=5)
    slow = Deaf()
    assert slow.climb().failed is not None
    assert slow.took < timedelta(seconds=5)


def test_a_line_that_loses_much_is_weak_and_no_name_server_is_blamed() -> None:
    class Lossy(World):
        async def ask(
            self, place: Place, addresses: Sequence[str], patience: timedelta
        ) -> Reading:
            found = await super().ask(place, addresses, patience)
            if place.host != NUMBER.host or self.asked.count(place.host) % 2:
                return found
            return replace(found, connected=None, secured=None, fault=Fault.SILENT)

    world = Lossy(names_fail=True)
    met = world.climb()
    assert met.failed is not None
    assert (met.failed.rung, met.failed.trouble) == (Rung.INTERNET, Trouble.WEAK)
    assert world.asked.count(NUMBER.host) == 1 + KNOCKS
    assert (met.reached, met.asked) == (1, 5)
    assert met.took == world.took < timedelta(seconds=5)


def test_where_all_comes_back_at_once_nothing_is_asked_again() -> None:
    world = World()
    met = world.climb()
    assert sorted(world.asked) == sorted({*world.asked})
    assert (met.reached, met.asked) == (5, 5)


def test_a_question_to_a_name_server_that_is_lost_is_put_once_more() -> None:
    class Forgetful(World):
        looked: list[str]

        async def resolve(self, host: str) -> tuple[str, ...]:
            self.looked = [*getattr(self, "looked", []), host]
            if self.looked.count(host) == 1:
                await asyncio.Event().wait()
            return await super().resolve(host)

    world = Forgetful()
    assert world.climb().failed is None
    assert {world.looked.count(host) for host in world.looked} == {2}
    assert world.took < timedelta(seconds=2)


def test_ipv6_that_leads_nowhere_is_noticed_and_breaks_nothing() -> None:
    world = World(
        own=replace(LINE, ipv6=True), readings={SIX.host: broken(Fault.SILENT)}
    )
    met = world.climb()
    assert met.notices == (Notice.IPV6,)
    assert met.failed is None


def test_a_vpn_and_altered_pages_are_noticed() -> None:
    own = replace(LINE, vpn="WireGuard")
    met = World(own=own, readings={PLAIN.place.host: LOGIN}).climb()
    assert met.notices == (Notice.VPN, Notice.PLAIN_ALTERED)
    assert (met.vpn, met.failed) == ("WireGuard", None)


def test_a_trusted_box_that_reads_along_is_noticed() -> None:
    met = World(rest=replace(GOOD, issuer="Box", body="well")).climb(Goal())
    assert met.notices == (Notice.READ_ALONG,)


def test_with_a_proxy_its_names_are_its_own_affair() -> None:
    world = World(proxied=True, names_fail=True)
    met = world.climb()
    assert [it.rung for it in met.steps if it.outcome is Outcome.OPEN] == [
        Rung.DNS,
        Rung.PORTAL,
        Rung.NAME,
    ]
    assert met.notices == (Notice.PROXY,)
    assert (met.failed, met.arrived) == (None, True)
    assert PLAIN.place.host not in world.asked
    assert world.doubted == []


def test_a_dead_proxy_is_named() -> None:
    met = World(proxied=True, rest=broken(Fault.PROXY)).climb()
    assert met.failed is not None
    assert met.failed.trouble is Trouble.PROXY


def test_names_of_the_own_network_are_told_to_nobody() -> None:
    shelf = Place("shelf.example", 8080, tls=False)
    world = World(names={shelf.host: ("10.0.0.7",)})
    met = world.climb(Goal("Shelf", (shelf,), private=True))
    assert world.doubted == ["dns.example"]
    assert rungs(met)[-2:] == ["service-dns", "service-tcp"]
    assert (met.failed, met.private) == (None, True)


def test_of_a_number_no_name_is_looked_up() -> None:
    met = World().climb(Goal("Box", (Place("192.0.2.7", 22, tls=False),)))
    assert rungs(met)[-2:] == ["secure", "service-tcp"]


def test_where_only_a_name_is_known_the_ladder_ends_there() -> None:
    world = World()
    met = world.climb(Goal("Shop", (Place("shop.example", ONLY_NAME, tls=False),)))
    assert rungs(met)[-1] == "service-dns"
    assert "shop.example" not in world.asked
    assert met.arrived


def test_each_name_is_looked_up_once() -> None:
    class Counting(World):
        looked: list[str]

        async def resolve(self, host: str) -> tuple[str, ...]:
            self.looked = [*getattr(self, "looked", []), host]
            return await super().resolve(host)

    world = Counting()
    places = (SERVER, replace(SERVER, port=443), CHAT)
    world.climb(Goal("Chat", places))
    assert sorted(world.looked) == sorted(set(world.looked))
