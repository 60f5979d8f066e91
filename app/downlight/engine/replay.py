"""Playing a recording: the same engine, on a clock that runs as fast as told."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Self

from downlight.core.errors import Refused, Unreachable
from downlight.core.ports import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from downlight.core.memory import Journal
    from downlight.core.ports import Clock
    from downlight.engine.clock import VirtualLoop
    from downlight.engine.engine import Engine, Plan
    from downlight.engine.recording import Entry, Recording

TAIL: Final = timedelta(minutes=20)
"""How long we go on looking after the last answer: four quiet polls."""


def position(journal: Journal) -> datetime | None:
    """Return where an interrupted replay goes on; None for a new one.

    Raises:
        StorageError: The journal cannot be read.
    """
    kept = journal.meta("position")
    return datetime.fromisoformat(kept) if kept else None


def end(recording: Recording, plan: Plan, until: datetime | None = None) -> datetime:
    """Return when a replay is over: late enough for every source to be asked twice."""
    slowest = max((s.info.cadence.every for s in plan.sources), default=TAIL)
    last = recording.end + max(TAIL, 2 * slowest + timedelta(minutes=1))
    return last if until is None else min(until, last)


async def play(engine: Engine, loop: VirtualLoop, until: datetime) -> None:
    """Run ``engine`` on ``loop`` up to the moment ``until``.

    Raises:
        StorageError: The journal cannot be opened.
    """
    span = (until - loop.clock()).total_seconds()
    if span <= 0:
        return
    task = asyncio.ensure_future(engine.run())
    await asyncio.wait({task}, timeout=span)
    if task.done():
        task.result()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


class RecordedWeb:
    """A network that answers as it did then."""

    def __init__(self, recording: Recording, clock: Clock) -> None:
        """Play ``recording`` by ``clock``."""
        self._recording = recording
        self._clock = clock
        self._by_url: dict[str, list[Entry]] = {}
        for entry in recording.entries:
            self._by_url.setdefault(entry.url, []).append(entry)

    async def __aenter__(self) -> Self:
        """Open; there is nothing to open."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close; there is nothing to close."""

    def now(self) -> datetime:
        """Return the moment of the replay."""
        return self._clock()

    async def get(
        self,
        url: str,
        *,
        accept: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return what ``url`` answered then.

        Raises:
            Unreachable: It did not, or nobody asked it.
            Refused: It answered with an error status.
        """
        del accept, headers
        entry = self._at(url)
        if entry.status >= HTTPStatus.BAD_REQUEST:
            raise Refused(entry.status)
        try:
            body = (
                (self._recording.folder / entry.body).read_bytes()
                if entry.body
                else b""
            )
        except OSError as error:
            raise Unreachable(f"{entry.body} cannot be read") from error
        charset = entry.content_type.partition("charset=")[2].strip(" \"'") or None
        return Answer(url, body, self._clock(), charset=charset)

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Log in nowhere: no recording holds a secret.

        Raises:
            Unreachable: Always.
        """
        del body, headers
        raise Unreachable(f"{url}: not in the recording")

    async def secret(self, name: str) -> str:
        """Return an empty secret: whoever asks by it is answered as it was then."""
        del name
        return ""

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Return the addresses ``host`` had then.

        Raises:
            Unreachable: It had none, or nobody looked.
        """
        answer = await self.get(f"dns://{host}")
        return tuple(answer.body.decode("ascii", "replace").split())

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Connect as it went then; took no time.

        Raises:
            Unreachable: It failed, or nobody tried.
        """
        self._at(f"{'tls' if tls else 'tcp'}://{host}:{port}")
        return timedelta()

    def _at(self, url: str) -> Entry:
        entries: Sequence[Entry] = self._by_url.get(url, ())
        index = bisect_right(entries, self._clock(), key=lambda entry: entry.at)
        if not index:
            raise Unreachable("not in the recording")
        entry = entries[index - 1]
        if entry.error is not None:
            raise Unreachable(f"recorded: {entry.error}", entry.error)
        return entry
