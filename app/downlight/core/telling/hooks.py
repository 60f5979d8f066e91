"""What a person wants done when something changes: commands, webhooks, bars."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from downlight.core.news import Turn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from downlight.core.news import Event
    from downlight.core.saying.template import Template

Shape: TypeAlias = Literal["slack", "discord", "matrix", "ntfy", "json"]
"""What a webhook's receiver understands."""
BarShape: TypeAlias = Literal["waybar", "polybar", "i3status", "xbar"]
"""What a status bar reads."""

LIMIT: Final = timedelta(seconds=10)
"""How long a command may take where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Interest:
    """Which events are of interest."""

    on: frozenset[Turn] = frozenset({Turn.BEGAN, Turn.ENDED})
    services: frozenset[str] = frozenset()
    """Slugs; empty for all of them."""
    held: bool = False
    """Whether those, too, of which no notification is due."""

    def takes(self, event: Event) -> bool:
        """Whether ``event`` is one of them."""
        return (
            event.turn in self.on
            and (self.held or not event.held)
            and (not self.services or event.service in self.services)
        )


@dataclass(frozen=True, slots=True)
class Command:
    """A program that is run."""

    name: str
    interest: Interest
    run: tuple[Template, ...]
    """The program and its arguments, each filled by itself."""
    limit: timedelta = LIMIT
    """How long it may take."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is posted to."""

    name: str
    interest: Interest
    shape: Shape
    title: Template
    text: Template
    url: str = ""
    """Where to; empty when the address is secret."""
    secret: str = ""
    """The name under which the keyring holds the address."""
    token: str = ""
    """The name under which it holds what proves who we are; empty for nothing."""
    room: str = ""
    """Of Matrix, e.g. ``!abc:example.org``."""
    fields: Mapping[str, Template] = field(default_factory=dict)
    """Of plain JSON: what to send in place of our own form."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A file that a status bar reads."""

    name: str
    path: str
    shape: BarShape


@dataclass(frozen=True, slots=True)
class Hooks:
    """Everything a person wants done."""

    commands: tuple[Command, ...] = ()
    webhooks: tuple[Webhook, ...] = ()
    bars: tuple[Bar, ...] = ()

    @property
    def told(self) -> tuple[Command | Webhook, ...]:
        """Those that are told of events, rather than shown the state."""
        return (*self.commands, *self.webhooks)

    def __bool__(self) -> bool:
        """Whether there is anything to do at all."""
        return bool(self.told or self.bars)


@dataclass(frozen=True, slots=True)
class Letter:
    """One event on its way to one hook."""

    hook: str
    id: str
    """`Event.id`; with ``hook`` it names the letter."""
    at: datetime
    """When the event was known (aware, UTC)."""
    service: str
    cause: str
    """`Event.cause`."""
    said: Mapping[str, str | float | None]
    """The event as `core.bulletin` has it."""
    tries: int = 0
    """How often it was tried in vain."""
    due: datetime | None = None
    """Before then it is not tried again; None: at once."""
