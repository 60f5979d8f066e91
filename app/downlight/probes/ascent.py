"""One climb of the ladder while it lasts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from downlight.core.errors import Unreachable
from downlight.core.rungs import far_rungs, own_rungs
from downlight.core.rungs.ladder import Notice, Outcome, Rung
from downlight.core.rungs.readings import Fault, Lookup, Reading, is_tampered
from downlight.probes.endpoints import ONLY_NAME

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence

    from downlight.core.rungs.ladder import Step
    from downlight.core.rungs.readings import OwnLine
    from downlight.probes.ladder import Goal, Tools
    from downlight.probes.place import Place
    from downlight.probes.references import Known, References

T = TypeVar("T")
DOUBTED: Final = 3
"""Of how many names of a service another name server is asked."""
AGAIN: Final = timedelta(milliseconds=700)
"""After this a question to a name server is put once more: the system's own way waits
for five seconds before it takes it for lost (resolv.conf(5))."""
DOUBT: Final = timedelta(seconds=1)
"""What is not back by then may have been lost on the way. With the patience for a place
it is no more than a look-up and a place are waited for."""
KNOCKS: Final = 10
"""How often each place known by number is knocked at then: of a line that loses three
packets in ten each way, three of twenty at least miss all but once in 6000 times."""


class Ascent:
    """One climb while it lasts: what is asked, and what came of it."""

    def __init__(
        self, goal: Goal, by: References, tools: Tools, tell: Callable[[Step], object]
    ) -> None:
        self._goal = goal
        self._by = by
        self._tools = tools
        self._tell = tell
        self._begun: list[asyncio.Future[Any]] = []
        self._names: dict[str, asyncio.Task[Lookup]] = {}
        self.steps: list[Step] = []
        self.notices: list[Notice] = []
        self.grid: list[Reading] = []
        self.reached = 0
        self.asked = 0

    async def run(self, own: OwnLine) -> None:
        """Climb; what came of it stands in the attributes."""
        if own.vpn:
            self.notices.append(Notice.VPN)
        if self._tools.proxied:
            self.notices.append(Notice.PROXY)
        if not self._take(own_rungs.judge_link(own)):
            return
        # All at once: what a lower rung makes worthless is thrown away.
        six = self._by.ipv6 if own.ipv6 and not self._tools.proxied else None
        self._places = self._begin(map(self._read, self._by.places))
        self._six = self._begin([self._read(six)] if six else [])
        tried = [it for it in self._goal.places if it.port != ONLY_NAME]
        self._tries = self._begin(map(self._read, tried))
        if await (self._by_proxy() if self._tools.proxied else self._straight()):
            await self._service(tried)

    async def stop(self) -> None:
        """Let go of whatever is still on its way."""
        for task in self._begun:
            task.cancel()
        await asyncio.gather(*self._begun, return_exceptions=True)

    async def _by_proxy(self) -> bool:
        """Climb the rungs of the own line that a proxy leaves to us."""
        self._take(far_rungs.not_looked(Rung.DNS))
        self._take(far_rungs.not_looked(Rung.PORTAL))
        return await self._world(own_rungs.Around(references=await _all(self._places)))

    async def _straight(self) -> bool:
        """Climb the rungs of the own line; whether all hold."""
        names = self._begin(self._known(it, self._look) for it in self._by.names)
        second = self._begin(self._known(it, self._doubt) for it in self._by.names)
        sentinels = self._by.sentinels
        plain = self._begin(self._read(it.place) for it in sentinels)
        knocks = self._begin([self._knock((*names, *plain, *self._places))])

        async def around() -> own_rungs.Around:
            answers = zip(await _all(plain), sentinels, strict=True)
            return own_rungs.Around(
                await _all(second),
                tuple(is_tampered(it, sentinel.body) for it, sentinel in answers),
                await _all(self._places),
                tuple(it.offset for it in await _all(plain)),
                *await _all(knocks),
            )

        looked = await _all(names)
        step = own_rungs.judge_names(looked)
        step = step or own_rungs.judge_names(looked, await around())
        if not self._take(step):
            return False
        met = await around()
        if not self._take(own_rungs.judge_portal(met)):
            return False
        if True in met.sentinels and False not in met.sentinels:
            self.notices.append(Notice.PLAIN_ALTERED)
        return await self._world(met)

    async def _world(self, met: own_rungs.Around) -> bool:
        """Climb from the log-in page to a secure connection."""
        places, proxied = met.references, self._tools.proxied
        self.asked = len(places)
        self.reached = len(own_rungs.reached_of(places, met.knocks))
        step = own_rungs.judge_internet(places, met.knocks, proxied=proxied)
        if not self._take(step):
            return False
        if not self._take(own_rungs.judge_secure(places, met.offsets)):
            return False
        if any(it.connected is None for it in await _all(self._six)):
            self.notices.append(Notice.IPV6)
        if own_rungs.is_read_along(places):
            self.notices.append(Notice.READ_ALONG)
        return True

    async def _knock(self, asked: Iterable[asyncio.Task[Any]]) -> tuple[Reading, ...]:
        """Go to the places known by number again and again, if anything is late."""
        _, late = await asyncio.wait(asked, timeout=DOUBT.total_seconds())
        if not late:
            return ()
        doors = (replace(it, tls=False, path="") for it in self._by.places)
        reads = (self._read(it) for it in doors if it.numeric for _ in range(KNOCKS))
        return await _all(self._begin(reads))

    async def _service(self, tried: Sequence[Place]) -> None:
        """Climb from the name of the service to its answer."""
        if self._tools.proxied:
            self._take(far_rungs.not_looked(Rung.NAME))
        elif not await self._name():
            return
        if not tried:
            return
        grid = await _all(self._tries)
        self.grid.extend(grid)
        pairs = list(zip(tried, grid, strict=True))
        pages = [it for place, it in pairs if place.path]
        proving = [it for place, it in pairs if place.tls and it.connected is not None]
        if not self._take(far_rungs.judge_connect(grid, pages)):
            return
        if proving and not self._take(far_rungs.judge_handshake(proving)):
            return
        if pages:
            self._take(far_rungs.judge_answer(pages))

    async def _name(self) -> bool:
        """Climb to the name of the service; whether it is found."""
        hosts = {it.host: it for it in self._goal.places if not it.numeric}
        if not hosts:
            return True
        names = await _all(self._begin(map(self._look, hosts)))
        step = far_rungs.judge_name(names)
        if step is None:
            # A name of the person's own network is nobody else's affair.
            some = [] if self._goal.private else list(hosts)[:DOUBTED]
            doubts = await _all(self._begin(map(self._doubt, some)))
            step = far_rungs.judge_name(names, doubts)
        return self._take(step)

    def _take(self, step: Step | None) -> bool:
        """Tell a rung; whether it may be climbed on."""
        if step is None:
            raise AssertionError("judged with all there is, and not judged")
        self.steps.append(step)
        self._tell(step)
        return step.outcome is not Outcome.FAILED

    def _begin(self, what: Iterable[Coroutine[Any, Any, T]]) -> list[asyncio.Task[T]]:
        tasks = [asyncio.get_running_loop().create_task(it) for it in what]
        self._begun.extend(tasks)
        return tasks

    async def _read(self, place: Place) -> Reading:
        if self._tools.proxied:
            return await self._tools.ask(place, (), self._tools.patience.place)
        addresses: tuple[str, ...] = (place.host,)
        if not place.numeric:
            found = await self._look(place.host)
            if not found.addresses:
                return Reading(place.written, place.owner, fault=Fault.NAMELESS)
            addresses = _some(found.addresses)
        return await self._tools.ask(place, addresses, self._tools.patience.place)

    async def _known(
        self, known: Known, look: Callable[[str], Awaitable[Lookup]]
    ) -> Lookup:
        return replace(await look(known.host), expected=known.addresses)

    async def _look(self, host: str) -> Lookup:
        """Look a name up by this computer's own way; each name once."""
        if host not in self._names:
            (self._names[host],) = self._begin([self._ask(host, self._tools.resolve)])
        return await asyncio.shield(self._names[host])

    async def _doubt(self, host: str) -> Lookup:
        return await self._ask(host, self._tools.second)

    async def _ask(
        self, host: str, resolve: Callable[[str], Awaitable[tuple[str, ...]]]
    ) -> Lookup:
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(self._tools.patience.name.total_seconds()):
                addresses = await self._insist(resolve, host)
        except TimeoutError:
            return Lookup(host, fault=Fault.SILENT)
        except Unreachable as error:
            fault = Fault.NOWHERE if error.reason == "dns" else Fault.SILENT
            return Lookup(host, fault=fault)
        return Lookup(host, addresses, timedelta(seconds=clock() - began))

    async def _insist(
        self, resolve: Callable[[str], Awaitable[tuple[str, ...]]], host: str
    ) -> tuple[str, ...]:
        """Return the first answer; the question may be lost, and is put twice."""
        tries = [asyncio.ensure_future(resolve(host))]
        self._begun.extend(tries)
        done, _ = await asyncio.wait(tries, timeout=AGAIN.total_seconds())
        if not done:
            again = asyncio.ensure_future(resolve(host))
            self._begun.append(again)
            first = asyncio.FIRST_COMPLETED
            done, _ = await asyncio.wait([*tries, again], return_when=first)
        return done.pop().result()


async def _all(tasks: Iterable[asyncio.Task[T]]) -> tuple[T, ...]:
    return tuple([await task for task in tasks])


def _some(addresses: Sequence[str]) -> tuple[str, ...]:
    """Return the few that are tried: two of IPv4, one of IPv6."""
    four = [it for it in addresses if ":" not in it]
    six = [it for it in addresses if ":" in it]
    return (*four[:2], *six[:1])
