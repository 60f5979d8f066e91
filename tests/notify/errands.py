"""Errands as a person might have them, and an outbox that can be looked into."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from queue import SimpleQueue
from typing import TYPE_CHECKING

from downlight.core.errors import NoKey, StorageError
from downlight.core.news import Turn
from downlight.core.saying.template import Template
from downlight.core.telling.bulletin import NAMES, bulletin
from downlight.core.telling.hooks import Command, Hooks, Interest, Letter, Webhook
from tests.notify.events import event
from tests.notify.memory import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime

    from downlight.core.errors import SourceError
    from downlight.core.news import Event
    from downlight.core.telling.hooks import Shape

EVERYTHING = Interest(frozenset(Turn))


def template(text: str) -> Template:
    return Template.of(text, NAMES)


def command(
    *run: str,
    name: str = "run",
    limit: timedelta = timedelta(seconds=20),
    interest: Interest = EVERYTHING,
) -> Command:
    return Command(name, interest, tuple(map(template, run)), limit)


def webhook(
    shape: Shape = "json",
    url: str = "https://chat.example/in",
    *,
    name: str = "team",
    kept: str = "",
    proof: str = "",
    room: str = "",
    text: str = "{sentence}",
    fields: Mapping[str, Template] | None = None,
    interest: Interest = EVERYTHING,
) -> Webhook:
    return Webhook(
        name=name,
        interest=interest,
        shape=shape,
        title=template("{title}"),
        text=template(text),
        url="" if kept else url,
        secret=kept,
        token=proof,
        room=room,
        fields=fields or {},
    )


def hooks(*told: Command | Webhook) -> Hooks:
    return Hooks(
        tuple(it for it in told if isinstance(it, Command)),
        tuple(it for it in told if isinstance(it, Webhook)),
    )


def letter(about: Event | None = None, hook: str = "team") -> Letter:
    it = about or event()
    said = bulletin(it)
    return Letter(hook, it.id, it.at, it.service, it.cause, said)


@dataclass
class Shelf:
    """An outbox in memory that refuses on demand; it outlives a run."""

    letters: dict[tuple[str, str], Letter] = field(default_factory=dict)
    outcomes: dict[tuple[str, str], str] = field(default_factory=dict)
    whys: list[str] = field(default_factory=list)
    firsts: dict[str, datetime] = field(default_factory=dict)
    refuses: bool = False
    closed: int = 0
    settled: SimpleQueue[str] = field(default_factory=SimpleQueue)
    """The outcomes again, to wait for."""

    def waiting(self) -> Sequence[Letter]:
        self._try()
        left = self.letters.items()
        return tuple(it for key, it in left if self._is_open(key))

    def known(self, hook: str) -> frozenset[str]:
        self._try()
        return frozenset(id_ for name, id_ in self.letters if name == hook)

    def since(self, hook: str, now: datetime) -> datetime:
        self._try()
        return self.firsts.setdefault(hook, now)

    def keep(self, letters: Sequence[Letter]) -> None:
        self._try()
        for it in letters:
            self.letters.setdefault((it.hook, it.id), it)

    def postpone(self, letter: Letter, why: str) -> None:
        self._try()
        self.letters[letter.hook, letter.id] = letter
        self.whys.append(why)

    def settle(self, letter: Letter, outcome: str, at: datetime, why: str = "") -> None:
        self._try()
        self.outcomes[letter.hook, letter.id] = outcome
        self.whys.append(why)
        self.settled.put(outcome)

    def wait_for(self, count: int, outcome: str = "delivered") -> None:
        """Wait until so many more letters have come to this end."""
        while count:
            count -= self.settled.get(timeout=PATIENCE) == outcome

    def close(self) -> None:
        self.closed += 1

    def _is_open(self, key: tuple[str, str]) -> bool:
        return key not in self.outcomes

    def _try(self) -> None:
        if self.refuses:
            raise StorageError("the disk refuses")


@dataclass
class Mouth:
    """A `Post` that notes what it is to send, and fails as told."""

    failures: list[SourceError] = field(default_factory=list)
    """Raised one after another; then all goes well."""
    secrets: dict[str, str] = field(default_factory=dict)
    sent: list[tuple[str, str, bytes, dict[str, str]]] = field(default_factory=list)
    """Method, address, body, headers."""

    async def send(
        self,
        url: str,
        body: bytes,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.sent.append((method, url, body, dict(headers or {})))
        if self.failures:
            raise self.failures.pop(0)

    async def secret(self, name: str) -> str:
        if name not in self.secrets:
            raise NoKey(name)
        return self.secrets[name]

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Mouth]:
        yield self
