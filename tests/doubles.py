"""A web that answers from what a test has laid down, and writes down what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from downlight.core.errors import NoKey, SourceError, Unreachable
from downlight.core.ports import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


@dataclass
class RecordedWeb:
    """Hands out answers by address; whatever was not laid down is not reachable."""

    answers: dict[str, bytes | str | SourceError] = field(default_factory=dict)
    lines: dict[str, timedelta | SourceError] = field(default_factory=dict)
    """How long dialling ``host:port`` takes, or why it fails."""
    at: datetime = NOW
    max_age: timedelta | None = None
    asked: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    posts: dict[str, bytes | str | SourceError] = field(default_factory=dict)
    """What is answered to whoever posts there."""
    posted: list[tuple[str, bytes]] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    """The headers of every request, in order."""
    secrets: dict[str, str] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def now(self) -> datetime:
        """Return a moment that moves on, a millisecond each time."""
        self.at += MILLISECOND
        return self.at

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        self.asked.append(url)
        self.accepted.append(accept)
        self.sent.append(dict(headers or {}))
        return self._answer(url, self.answers)

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        self.posted.append((url, body))
        self.sent.append(dict(headers or {}))
        return self._answer(url, self.posts)

    async def secret(self, name: str) -> str:
        if name not in self.secrets:
            raise NoKey(name)
        return self.secrets[name]

    async def resolve(self, host: str) -> tuple[str, ...]:
        if host not in self.names:
            raise Unreachable(f"{host}: the name was not found", "dns")
        return self.names[host]

    def _answer(
        self, url: str, laid: Mapping[str, bytes | str | SourceError]
    ) -> Answer:
        found = laid.get(url, Unreachable(f"nothing at {url}"))
        if isinstance(found, SourceError):
            raise found
        body = found.encode() if isinstance(found, str) else found
        return Answer(url, body, self.now(), max_age=self.max_age)

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        place = f"{host}:{port}"
        self.dialled.append(f"{place} over TLS" if tls else place)
        found = self.lines.get(place, Unreachable(f"nobody at {place}"))
        if isinstance(found, SourceError):
            raise found
        return found
