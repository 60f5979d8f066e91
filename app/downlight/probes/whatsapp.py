"""Our own check of WhatsApp: can this computer reach it?

What the apps connect to: the chat servers ``e1`` to ``e16.whatsapp.net`` on ports 443
and 5222, and ``https://web.whatsapp.com/`` (as OONI's test of WhatsApp, 0.11, read
2026-11). Each round tries four of the chat servers, in turn, so as not to be a
burden, and says no more than that something answered. A server is fine when one of
its ports answers; a web page that says 4xx is there.

It says little about the world: a wall in between looks the same as an outage. So it
never says "down"; when nothing at all answers its level is None, with every check
failed, and it is for the verdict to weigh for how long.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Refused, SourceError
from downlight.core.level import Level
from downlight.core.model import Check, Report
from downlight.core.result import result_of
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from datetime import datetime

    from downlight.core.ports import Web
    from downlight.core.source import SourceSpec

PAGE: Final = "https://web.whatsapp.com/"
PAGE_NAME: Final = "web.whatsapp.com"
HOSTS: Final = tuple(f"e{n}.whatsapp.net" for n in range(1, 17))
PORTS: Final = (443, 5222)
A_ROUND: Final = 4
"""How many of the hosts are tried each time."""
AT_ONCE: Final = 4
"""How many connections are opened at the same time."""
CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(minutes=1))
NOTE: Final = mark(
    "Tried from this computer: what fails may be the line, not WhatsApp."
)

_ERROR_OF_SERVER: Final = 500


@dataclass(frozen=True, slots=True)
class WhatsAppProbe:
    """Tries to reach WhatsApp from here."""

    info: SourceInfo

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Try four chat servers and the web page; any failure is in the checks."""
        del last
        few = asyncio.Semaphore(AT_ONCE)

        async def in_turn(check: Awaitable[Check]) -> Check:
            async with few:
                return await check

        async with asyncio.TaskGroup() as group:
            page = group.create_task(in_turn(_fetch(web)))
            chats = [
                group.create_task(in_turn(_dial(web, host, port)))
                for host in _turn(web.now())
                for port in PORTS
            ]
        chat = tuple(task.result() for task in chats)
        checks = (*chat, page.result())
        return Report(
            self.info.id, web.now(), level=_level(chat, page.result()), checks=checks
        )


def build(spec: SourceSpec) -> WhatsAppProbe:
    """Make the check that ``spec`` describes."""
    servers = (f"tcp://{host}:{port}" for host in HOSTS for port in PORTS)
    info = SourceInfo.of(
        spec,
        kind="measured",
        cadence=CADENCE,
        page=spec.url,
        urls=(*servers, PAGE),
        note=NOTE,
    )
    return WhatsAppProbe(info)


def _turn(now: datetime) -> tuple[str, ...]:
    """Return the hosts whose turn it is; all have had theirs after four minutes."""
    first = A_ROUND * (now.hour * 60 + now.minute) % len(HOSTS)
    return HOSTS[first : first + A_ROUND]


def _level(chat: tuple[Check, ...], page: Check) -> Level | None:
    parts = (any(check.took is not None for check in chat), page.took is not None)
    if not any(parts):
        return None
    return Level.OPERATIONAL if all(parts) else Level.DEGRADED


async def _dial(web: Web, host: str, port: int) -> Check:
    target = f"{host}:{port}"
    try:
        return Check(target, await web.dial(host, port))
    except SourceError as error:
        return _failed(target, error)


async def _fetch(web: Web) -> Check:
    began = web.now()
    try:
        await web.get(PAGE, accept="text/html")
    except Refused as error:
        if error.status >= _ERROR_OF_SERVER:
            return _failed(PAGE_NAME, error)
    except SourceError as error:
        return _failed(PAGE_NAME, error)
    return Check(PAGE_NAME, max(web.now() - began, timedelta()))


def _failed(target: str, error: SourceError) -> Check:
    return Check(target, None, error.title, result_of(error))
