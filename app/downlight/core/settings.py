"""What a person may choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from downlight.core.evidence.story import Patience
from downlight.core.model import ServiceSlug
from downlight.core.telling.policy import FLOORS, MOST, Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

IconStyle: TypeAlias = Literal["auto", "light", "dark"]
"""Drawn for a light panel, for a dark panel, or as the desktop says."""

NOT_SAID = "none"
"""In place of a country: the person does not say, and no guess counts."""
BY_GUESS = "auto"
"""In place of a country: the guess counts, and the person knows it."""

WHEN = tuple(map(str, Wanted))
"""When to tell of a service, in words."""
HOW_BAD = tuple(FLOORS)
"""How bad it is, in words, from the least."""

DEFAULT_WATCH = (ServiceSlug("whatsapp"), ServiceSlug("messenger"))


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice, with the default we stand behind."""

    watch: tuple[ServiceSlug, ...] = DEFAULT_WATCH
    """Slugs of the services to watch."""
    parts: Mapping[ServiceSlug, tuple[str, ...]] = field(default_factory=dict)
    """Names or ids of the components that count, by service; all where it is not in
    here."""
    country: str = ""
    """ISO 3166-1 alpha-2 of the user, `NOT_SAID` or `BY_GUESS`; empty: not asked
    yet, and the guess counts meanwhile."""
    also_in: tuple[str, ...] = ()
    """Countries besides the own one whose trouble counts too, ISO 3166-1 alpha-2. Of
    no effect while the own one is not known: then trouble anywhere counts."""
    notify: bool = True
    """Whether to notify when an outage starts and ends."""
    notify_when: Mapping[ServiceSlug, str] = field(default_factory=dict)
    """Of which of its turns to tell, by service: one of `WHEN`; always where it is not
    in here."""
    notify_floor: str = "troubled"
    """How bad it must be to be told: one of `HOW_BAD`."""
    quiet_hours: tuple[str, ...] = ()
    """Windows as `downlight.core.telling.quiet` reads them; they leave something of a
    week."""
    quiet_floor: str = ""
    """How bad it must be to be told in quiet hours: one of `HOW_BAD`; empty: nothing
    is."""
    most_per_hour: int = MOST
    """Notifications an hour, 1..60; what comes beyond waits and is told together."""
    hold_while_busy: bool = True
    """Whether news waits while something is presented or fills the screen."""
    icon: IconStyle = "auto"
    language: str = ""
    """What we speak, ISO 639-1 of a language we know; empty: as the system."""
    confirm_begin: int = 1
    """Sightings in a row before an outage is believed, 1..10."""
    confirm_end: int = 1
    """Sightings in a row before its end is believed, 1..10."""
    proxy: str = "system"
    """``system``, ``none`` or an http(s) or socks5 address."""

    @property
    def patience(self) -> Patience:
        """The confirmation counts as the story wants them."""
        return Patience(self.confirm_begin, self.confirm_end)
