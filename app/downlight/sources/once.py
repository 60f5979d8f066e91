"""A web that is not asked twice, for whoever tries many formats on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from downlight.core.ports import Answer, Web


class Once:
    """A web that asks each address once, however many formats may stand there."""

    def __init__(self, web: Web) -> None:
        """Stand before ``web``."""
        self._web = web
        self._kept: dict[str, Answer | SourceError] = {}

    def body(self, url: str) -> Answer | None:
        """Return what was answered at ``url``, if anything was."""
        kept = self._kept.get(url)
        return None if isinstance(kept, SourceError) else kept

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
        """Return what ``url`` answers, or answered a moment ago."""
        if url not in self._kept:
            try:
                self._kept[url] = await self._web.get(
                    url, accept=accept, headers=headers
                )
            except SourceError as error:
                self._kept[url] = error
        kept = self._kept[url]
        if isinstance(kept, SourceError):
            raise kept
        return kept

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send; nothing of it is kept."""
        return await self._web.post(url, body, headers=headers)

    async def secret(self, name: str) -> str:
        """Return a secret."""
        return await self._web.secret(name)

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Look up a name."""
        return await self._web.resolve(host)

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Open a connection."""
        return await self._web.dial(host, port, tls=tls)
