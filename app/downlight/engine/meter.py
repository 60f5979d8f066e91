"""Counts what one attempt takes of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.health import Usage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from downlight.core.ports import Answer, Web


class Meter:
    """A network that counts; what fails counts as well."""

    def __init__(self, web: Web) -> None:
        """Count what is asked of ``web`` from now on."""
        self._web = web
        self._requests = 0
        self._received = 0
        self._moved = ""

    @property
    def usage(self) -> Usage:
        """What was taken so far; of several addresses that moved, the first."""
        return Usage(self._requests, self._received, self._moved)

    def now(self) -> datetime:
        """Return the present moment."""
        return self._web.now()

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Fetch ``url``."""
        self._requests += 1
        answer = await self._web.get(url, accept=accept, headers=headers)
        self._moved = self._moved or answer.moved
        return self._weighed(answer)

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send ``body`` to ``url``."""
        self._requests += 1
        return self._weighed(await self._web.post(url, body, headers=headers))

    async def secret(self, name: str) -> str:
        """Return a secret, which costs nothing."""
        return await self._web.secret(name)

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Look up ``host``."""
        self._requests += 1
        return await self._web.resolve(host)

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Open a connection and close it again."""
        self._requests += 1
        return await self._web.dial(host, port, tls=tls)

    def _weighed(self, answer: Answer) -> Answer:
        self._received += answer.received
        return answer
