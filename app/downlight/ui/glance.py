"""What a page of the window is given to show: one service, at one moment. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.news import ServiceView
    from downlight.core.rungs.ladder import Rung


@dataclass(frozen=True, slots=True)
class Glance:
    """One service, at one moment, for one person."""

    view: ServiceView
    now: datetime
    """The present (aware); of a recording that is played, its own."""
    zone: tzinfo | None = None
    """For clock times; None for the system's."""
    asking: bool = False
    """Whether the first answer is still being waited for."""
    replay: str = ""
    """Name of the recording that is played; empty when live."""
    home: str = ""
    """The person's country (ISO 3166-1 alpha-2); empty when not known."""
    rung: Rung | None = None
    """Where the ladder "is it me?" ended, when a person has just come from there."""
