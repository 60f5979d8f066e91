"""What a person may choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from downlight.core.model import ServiceSlug
from downlight.core.story import Patience

if TYPE_CHECKING:
    from collections.abc import Mapping

IconStyle: TypeAlias = Literal["auto", "light", "dark"]
"""Drawn for a light panel, for a dark panel, or as the desktop says."""

NOT_SAID = "none"
"""In place of a country: the person does not say, and no guess counts."""
BY_GUESS = "auto"
"""In place of a country: the guess counts, and the person knows it."""

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
    notify: bool = True
    """Whether to notify when an outage starts and ends."""
    icon: IconStyle = "auto"
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
