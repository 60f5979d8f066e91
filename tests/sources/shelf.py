"""The shelf of made-up answers, and a web that hands them out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from downlight.core.model import SourceId
from downlight.core.ports import Answer
from downlight.core.source import SourceSpec
from downlight.sources import registry
from tests.doubles import RecordedWeb

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from downlight.core.model import Report

FIXTURES = Path(__file__).parents[1] / "fixtures"
NOW = datetime(2026, 10, 4, 9, 0, tzinfo=UTC)
"""When every answer on the shelf was received."""
ID = SourceId("shelf")


def answer(body: bytes | str, url: str = "", charset: str | None = None) -> Answer:
    """Return an answer with this body, received at `NOW`."""
    data = body.encode() if isinstance(body, str) else body
    return Answer(url or "https://status.example/api.json", data, NOW, charset)


def read(family: str, body: bytes | str, url: str = "") -> Report:
    """Read a body as an answer of `family`."""
    return registry.parser(family)(ID, answer(body, url))


def shelved(family: str, name: str, url: str = "") -> Report:
    """Read the file `name` from the shelf of `family`."""
    return read(family, (FIXTURES / family / name).read_bytes(), url)


def spec(family: str, url: str) -> SourceSpec:
    """Return what the catalog would say about a source."""
    return SourceSpec(ID, family, "A page", url, note="A note.")


class OnePage(RecordedWeb):
    """A web that answers everything with one body and writes down what was asked."""

    def __init__(self, body: bytes, max_age: timedelta | None = None) -> None:
        super().__init__(at=NOW, max_age=max_age)
        self.body = body

    def now(self) -> datetime:
        return NOW

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        self.answers[url] = self.body
        return await super().get(url, accept=accept, headers=headers)
