"""The network of the made-up month: everything between the program and the world."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Self

from downlight.core.errors import Refused, Unreachable
from downlight.core.ports import Answer
from downlight.core.rungs.ladder import Climb, Rung, Trouble, fine
from downlight.core.rungs.ladder import failed as fails
from tests.bench.almanac import DAY, MINUTE, OWN, Kind
from tests.bench.tapes import Reels

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from downlight.core.errors import Reason
    from downlight.engine.clock import VirtualLoop
    from tests.bench.almanac import Month, Spell
    from tests.bench.cast import Cast
    from tests.bench.tapes import Reel

PATIENCE: Final = 10.0
"""Seconds after which nobody waits for an answer any more."""
LOGIN: Final = b"<!doctype html><title>Welcome</title><p>Sign in to the Wi-Fi.</p>"
SORRY: Final = b"<!doctype html><title>One moment</title><p>Checking your browser.</p>"
POSTS: Final = 40
"""How many posts a timeline gives at once."""
TALK: Final = 0.15
"""Posts a minute while nothing is wrong. Assumed."""


@dataclass
class Time:
    """The clock of a computer, which may be wrong, and what time it really is."""

    loop: VirtualLoop
    error: timedelta = timedelta()

    def clock(self) -> datetime:
        """Return what the computer believes."""
        return self.loop.clock()

    def true(self) -> datetime:
        """Return what is so."""
        return self.loop.clock() - self.error

    def shift(self, by: timedelta) -> None:
        """Let the clock jump, while no timer of the program's moves."""
        self.loop._start += by

    async def out(self) -> None:
        """Wait until nobody waits for an answer any more."""
        over = self.loop.create_future()
        bell = self.loop.call_later(PATIENCE, over.set_result, None)
        try:
            await over
        finally:
            bell.cancel()


def posts(month: Month, slug: str, lot: random.Random) -> list[tuple[datetime, str]]:
    """Return when people write about a service, and who."""
    bad = [it for it in month.outages if it.on == slug and not it.here]
    echo, bots = month.of(Kind.ECHO, on=slug), month.of(Kind.BOTS, on=slug)
    found = []
    at, most = month.begin - DAY, 20 * TALK
    while (at := at + lot.expovariate(most) * MINUTE) < month.end:
        usual = 0.4 if at.hour < 7 else 1.0
        times = 12.0 if any(it.holds(at) for it in bad) else 1.0
        times *= 1.8 if echo.at(at) else 1.0
        if lot.random() * 20 < usual * times:
            found.append((at, f"p{lot.randrange(5000)}"))
    for spell in bots.all:
        lasts = spell.ended - spell.began
        found += (
            (spell.began + lot.random() * lasts, f"bot{lot.randrange(4)}")
            for _ in range(lot.randrange(5, 40))
        )
    return sorted(found)


class Air:
    """A network that fails as it does on a person's desk."""

    def __init__(
        self, month: Month, cast: Cast, tapes: Iterable[Reel], lot: random.Random
    ) -> None:
        """Bring the month to whoever asks; `time` is set with each run."""
        self.time: Time
        self._cast, self._lot = cast, lot
        self._moves = [spell.began for spell in month.of(Kind.NETWORK).all]
        self._reels = Reels(tapes)
        self._own = month.of(*OWN)
        slugs = set(cast.whose.values())
        self._fails = {slug: month.of(Kind.FAILS, on=slug) for slug in slugs}
        self._robot = {slug: month.of(Kind.ROBOT, on=slug) for slug in slugs}
        self._blip = {slug: month.of(Kind.BLIP, on=slug) for slug in slugs}
        self._stall = {slug: month.of(Kind.STALL, on=slug) for slug in slugs}
        self._bad = {s: [o for o in month.outages if o.on == s] for s in slugs}
        self._posts = {
            url: posts(month, slug, lot) for url, slug in cast.people.items()
        }

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing to close."""

    def now(self) -> datetime:
        return self.time.clock()

    async def get(
        self,
        url: str,
        *,
        accept: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Fetch ``url``.

        Raises:
            Unreachable: It is not to be reached, or the line is bad.
            Refused: It has trouble, or takes us for a robot.
        """
        own = await self._line()
        at = self.time.true()
        if own is not None:
            return self._answer(url, LOGIN)
        if url in self._cast.pages:
            body = self._cast.pages[url].body(at)
            failing = self._fails[self._cast.whose[url]].at(at)
            return self._answer(url, await self._spoilt(body, failing))
        if url in self._cast.people:
            return self._answer(url, self._timeline(url, at))
        slug = self._cast.whose.get(url, "")
        if slug in self._cast.checks:
            await self._try(slug, at)
            return self._answer(url, b"<!doctype html><p>Hello.</p>")
        return self._answer(url, self._reels.answer(url, at))

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Connect.

        Raises:
            Unreachable: Nobody is there.
        """
        if await self._line() is not None:
            raise Unreachable("a sign-in page", "untrusted" if tls else "refused")
        url, at = f"tcp://{host}:{port}", self.time.true()
        slug = self._cast.whose.get(url, "")
        if slug in self._cast.checks:
            await self._try(slug, at, answers=False)
        else:
            self._reels.answer(url, at)
        return timedelta(milliseconds=40)

    async def climb(self) -> Climb:
        """Return what the ladder finds of the own line."""
        own = self._own.at(self.time.true())
        match own and own.kind:
            case Kind.OFFLINE:
                return Climb("", (fails(Rung.LINK, Trouble.NO_LINK),))
            case Kind.NAMES:
                return Climb("", (fails(Rung.DNS, Trouble.DNS_DEAD),))
            case Kind.PORTAL:
                return Climb("", (fails(Rung.PORTAL, Trouble.PORTAL),))
            case Kind.WIFI:
                weak = fails(Rung.INTERNET, Trouble.WEAK)
                return Climb("", (weak,), reached=2, asked=5)
            case _:
                return Climb("", (fine(Rung.LINK),), reached=7, asked=7)

    def way(self) -> str:
        """Name the network the computer is in."""
        return str(bisect_right(self._moves, self.time.true()))

    async def _line(self) -> Spell | None:
        """Return the sign-in page that stands in between, if one does.

        Raises:
            Unreachable: The own line is bad.
        """
        own = self._own.at(self.time.true())
        if own is None or own.kind is Kind.PORTAL:
            return own
        if own.kind is Kind.WIFI and self._lot.random() < 0.4:
            return None
        if own.kind is Kind.WIFI:
            await self.time.out()
        reasons: dict[Kind, Reason] = {Kind.WIFI: "timeout", Kind.NAMES: "resolver"}
        raise Unreachable("the own line", reasons.get(own.kind, "broken"))

    async def _spoilt(self, body: bytes, failing: Spell | None) -> bytes:
        """Return what comes of a body while a page fails."""
        match None if failing is None else int(failing.seed * 6):
            case 0:
                await self.time.out()
                raise Unreachable("no answer", "timeout")
            case 1:
                raise Refused(503)
            case 2:
                raise Refused(429, 5 * MINUTE)
            case 3:
                return SORRY
            case 4:
                return body[: len(body) // 2]
            case 5:
                return b""
            case _:
                return body

    async def _try(self, slug: str, at: datetime, *, answers: bool = True) -> None:
        """Let a check of ours fail, if it does.

        Raises:
            Unreachable: Nobody is there.
            Refused: Somebody is, and is in trouble or takes us for a robot.
        """
        shapes = {it.shape for it in self._bad[slug] if it.holds(at)}
        if shapes & {"silent", "path"}:
            await self.time.out()
            raise Unreachable("no answer", "timeout")
        if answers and ("5xx" in shapes or self._blip[slug].at(at)):
            raise Refused(500)
        if answers and (robot := self._robot[slug].at(at)):
            raise Refused(429 if robot.seed < 0.5 else 403)

    def _timeline(self, url: str, at: datetime) -> bytes:
        stall = self._stall[self._cast.people[url]].at(at)
        until = stall.began if stall else at
        written = self._posts[url]
        last = bisect_right(written, until, key=lambda post: post[0])
        return json.dumps(
            [
                {
                    "id": f"{n}",
                    "uri": f"https://town.example/{n}",
                    "created_at": f"{moment:%Y-%m-%dT%H:%M:%S}Z",
                    "account": {"id": who},
                }
                for n, (moment, who) in enumerate(written[max(last - POSTS, 0) : last])
            ]
        ).encode()

    def _answer(self, url: str, body: bytes) -> Answer:
        return Answer(url, body, self.time.clock())
