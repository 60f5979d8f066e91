"""What a person asked to be spared, and what to be told in any case."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from downlight.core.telling import mute as muting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event
    from downlight.core.ports import Clock
    from downlight.core.telling.mute import Mute, Span
    from downlight.notify.record import Record

log = logging.getLogger(__name__)


class Spared:
    """Mutes, and whose end is wanted once; the journal holds them, if it takes them."""

    def __init__(self, record: Record, clock: Clock) -> None:
        """Begin with what the journal remembers."""
        self._record = record
        self._clock = clock
        self.mutes: Mapping[ServiceSlug, Mute] = {}
        """Those that hold, as far as was looked; replaced, never changed."""
        self.once: frozenset[ServiceSlug] = frozenset()
        """Of whom a person asked to be told once, when it works again."""
        self._refused = False
        """Whether the journal did not take what the person asked for: then we alone
        know it, and do not look there any more."""
        self.look()

    def look(self) -> None:
        """Look what the person asked for: another process may have been told."""
        now = self._clock()
        mutes, once = None, None
        if not self._refused:
            mutes, once = self._record.mutes(now), self._record.once()
        if mutes is None:
            mutes = {s: it for s, it in self.mutes.items() if it.lasts(now, it.episode)}
        self.mutes = mutes
        self.once = self.once if once is None else once

    def ends(self) -> Iterator[datetime]:
        """Yield when mutes end by themselves."""
        return (it.until for it in self.mutes.values() if it.until is not None)

    def mute(
        self, name: ServiceSlug, span: Span, local: datetime, episode: str
    ) -> None:
        """Spare the person a service, or all.

        Args:
            name: Which service, or `downlight.core.telling.mute.EVERYTHING`.
            span: How long.
            local: The present moment in the zone the person lives by.
            episode: The outage of the service that is open; empty when none is.
        """
        try:
            mute = muting.begin(span, local, episode)
        except ValueError as error:
            log.info("%s is not muted: %s", name, error)
            return
        self.mutes = {**self.mutes, name: mute}
        self._refused |= not self._record.mute(name, mute)

    def unmute(self, name: ServiceSlug) -> None:
        """End a mute."""
        self.mutes = {slug: it for slug, it in self.mutes.items() if slug != name}
        self._refused |= not self._record.mute(name, None)

    def tell_once(self, slug: ServiceSlug, *, wanted: bool) -> None:
        """Tell in any case when a service works again, once; or no more."""
        self.once = self.once | {slug} if wanted else self.once - {slug}
        self._refused |= not self._record.ask_once(slug, wanted=wanted)

    def over(self, event: Event) -> None:
        """End what lasted until this outage did.

        Also where the journal, which would know, does not take part.
        """
        self.mutes = {
            slug: it
            for slug, it in self.mutes.items()
            if slug != event.service or it.until or it.episode != event.episode
        }

    def answered(self, slugs: frozenset[ServiceSlug], *, is_kept: bool) -> None:
        """Note whose end was asked for and is told now.

        Args:
            slugs: Which services.
            is_kept: Whether the journal has noted it, too.
        """
        self.once -= slugs
        self._refused |= bool(slugs) and not is_kept
