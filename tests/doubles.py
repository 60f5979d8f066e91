"""A web that answers from what a test has laid down, and writes down what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from downlight.core.errors import SourceError, Unreachable
from downlight.core.ports import Answer

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

    def now(self) -> datetime:
        """Return a moment that moves on, a millisecond each time."""
        self.at += MILLISECOND
        return self.at

    async def get(self, url: str, *, accept: str = "application/json") -> Answer:
        self.asked.append(url)
        self.accepted.append(accept)
        found = self.answers.get(url, Unreachable(f"nothing at {url}"))
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
