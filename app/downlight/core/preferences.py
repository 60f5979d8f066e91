"""What is known of the hooks and files of a person, as settings show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta


@dataclass(frozen=True, slots=True)
class HookView:
    """One hook as it stands in the file."""

    name: str
    kind: str
    """``command``, or the shape of a webhook or of a status bar's file."""
    on: tuple[str, ...] = ()
    """The turns it is told of, sorted; empty where it is told of all."""
    waiting: int = 0
    """How much has not arrived yet."""
    last: str = ""
    """What came of the newest, e.g. ``delivered``; empty while there was none."""


@dataclass(frozen=True, slots=True)
class HooksView:
    """What stands in the file of the hooks."""

    hooks: tuple[HookView, ...] = ()
    faults: tuple[str, ...] = ()
    """A sentence for each entry that is left out, and why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over from a file of settings."""

    settings: int
    """How many settings are other ones than before."""
    services: int
    """How many of the person's services are new here."""
    strangers: tuple[str, ...] = ()
    """Watched services that nobody here knows, by their short names."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How one recorded outage would have been told."""

    title: str
    """Of the recording."""
    service: str
    """Its name."""
    told: bool
    """Whether it would have been told while it lasted."""
    late: timedelta | None = None
    """After its beginning; negative: before. None: not told, or it began before the
    recording."""
    end_late: timedelta | None = None
    """The same of its end; None: that was not told."""
    false: int = 0
    """How often else it would have been told."""
