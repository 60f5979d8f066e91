"""Services that fall together are told as one event, with the affected listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.cause import (
    Ailing,
    Cause,
    causes,
    end_headline,
    headline,
    unstable_headline,
)
from downlight.core.level import Level
from downlight.core.news import Turn
from downlight.core.speech import mark, number, tr, trn
from downlight.core.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from downlight.core.evidence.story import Track
    from downlight.core.model import ServiceSlug
    from downlight.core.news import Event
    from downlight.core.service import Service

LENGTH: Final = 400
"""Longest sentence of an event, in characters."""
TOGETHER: Final = mark("Told together with others of its house.")
"""Why a turn is not told by itself."""
NAMED: Final = 3
"""More services than this are counted, not named."""


class Folding:
    """Which services are in trouble together. Belongs to the ledger."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.causes: tuple[Cause, ...] = ()
        self._names: dict[str, str] = {}
        """What messages about each cause share, by its key."""
        self._restless: dict[ServiceSlug, Cause] = {}
        """Who was told to come and go together with others, until that is over."""

    def adopt(
        self, services: Sequence[Service], tracks: Mapping[ServiceSlug, Track]
    ) -> None:
        """Fold anew: others are watched, or an earlier run told what is known.

        Args:
            services: All that are watched.
            tracks: What is known of them.
        """
        ailing = tuple(_ailing(services, tracks))
        self.causes = causes(ailing, len(services), self.causes)
        self._names = {
            cause.key: self._names.get(cause.key) or _name(cause, tracks)
            for cause in self.causes
        }

    def fold(
        self,
        events: Sequence[Event],
        services: Sequence[Service],
        tracks: Mapping[ServiceSlug, Track],
    ) -> tuple[Event, ...]:
        """Return the events as they are told.

        Of those that began together one is told and lists all; the others say so. One
        that joins or is confirmed later takes the place of what was told; and whoever
        works again says who of them does not. Those of which it is told at once that
        they come and go are told as one, then and when they work again.

        Args:
            events: What just happened.
            services: All that are watched.
            tracks: What is known of them after it.
        """
        if not any(event.turn.is_worth_telling for event in events):
            if not all(_is_ailing(tracks[s]) for c in self.causes for s in c.slugs):
                self.adopt(services, tracks)  # one ended without a word
            return tuple(events)
        before = {slug: cause for cause in self.causes for slug in cause.slugs}
        names = {service.slug: service.name for service in services}
        ailing = tuple(_ailing(services, tracks))
        self.causes = causes(ailing, len(services), self.causes)
        shared = {slug: cause for cause in self.causes for slug in cause.slugs}
        restless = _restless(events, services)
        self._restless |= restless
        shares = {
            Turn.BEGAN: shared,
            Turn.CONFIRMED: shared,
            Turn.UNSTABLE: restless,
            Turn.ENDED: before | self._restless,
        }
        kept = (*self.causes, *before.values(), *self._restless.values())
        live = {cause.key for cause in kept}
        self._names = {key: name for key, name in self._names.items() if key in live}
        told: set[tuple[str, bool]] = set()
        folded = []
        for event in events:
            cause = shares.get(event.turn, {}).get(event.service)
            if cause is None or event.held:
                folded.append(event)
                continue
            over = event.turn is Turn.ENDED
            if (cause.key, over) in told:
                name = self._names[cause.key]
                folded.append(replace(event, held=TOGETHER, cause=name))
            else:
                back = _back(events, cause) if over else ()
                first = self._first(event, cause, back, tracks, names)
                self._names[cause.key] = first.cause
                folded.append(first)
            told.add((cause.key, over))
        for event in events:
            if event.turn in {Turn.BEGAN, Turn.ENDED} and not event.held:
                self._restless.pop(event.service, None)
        return tuple(folded)

    def _first(
        self,
        event: Event,
        cause: Cause,
        back: Sequence[ServiceSlug],
        tracks: Mapping[ServiceSlug, Track],
        names: Mapping[ServiceSlug, str],
    ) -> Event:
        """Return the event that tells of all that share its turn."""
        if event.turn is Turn.UNSTABLE:
            return _unstable(event, cause, names)
        if event.turn is not Turn.ENDED:
            return _began(event, cause, tracks, names)
        name = self._names.get(cause.key, cause.key)
        return replace(_ended(event, cause, back, tracks, names), cause=name)


def _back(events: Iterable[Event], cause: Cause) -> tuple[ServiceSlug, ...]:
    """Return who of those that fell together has just come back."""
    slugs = [e.service for e in events if e.turn is Turn.ENDED and not e.held]
    return tuple(slug for slug in slugs if slug in cause.slugs)


def _is_ailing(track: Track) -> bool:
    return track.level is not None and track.level.is_trouble


def _ailing(
    services: Iterable[Service], tracks: Mapping[ServiceSlug, Track]
) -> Iterable[Ailing]:
    """Yield every service in trouble."""
    for service in services:
        track = tracks.get(service.slug)
        if track is None or track.level is None or not _is_ailing(track):
            continue
        began = track.began or track.since
        if began is None:
            continue
        yield _as_ailing(service, began, track.level)


def _as_ailing(service: Service, began: datetime, level: Level) -> Ailing:
    return Ailing(
        service.slug,
        service.name,
        service.parent,
        began,
        level,
        siblings=service.siblings,
        owner=service.owner,
    )


def _restless(
    events: Iterable[Event], services: Sequence[Service]
) -> dict[ServiceSlug, Cause]:
    """Return what those share of which it is told now that they come and go."""
    told = {it.service: it for it in events if it.turn is Turn.UNSTABLE}
    ailing = [
        _as_ailing(service, told[service.slug].at, Level.MAJOR)
        for service in services
        if service.slug in told
    ]
    found = (replace(it, key=f"{it.key}+") for it in causes(ailing, len(services)))
    return {slug: cause for cause in found for slug in cause.slugs}


def _unstable(event: Event, cause: Cause, names: Mapping[ServiceSlug, str]) -> Event:
    """Return the event that tells of all that come and go together."""
    return replace(
        event,
        title=unstable_headline(cause, names),
        sentence=cut(f"{event.title}. {event.sentence}", LENGTH),
        cause=f"{event.service}:{event.episode}",
    )


def _began(
    event: Event,
    cause: Cause,
    tracks: Mapping[ServiceSlug, Track],
    names: Mapping[ServiceSlug, str],
) -> Event:
    """Return the event that tells of all of them, in the place of the first's."""
    return replace(
        event,
        title=headline(cause, names),
        sentence=cut(f"{event.title}. {event.sentence}", LENGTH),
        cause=_name(cause, tracks),
    )


def _name(cause: Cause, tracks: Mapping[ServiceSlug, Track]) -> str:
    """Return the key of the first one's messages, whose place the cause's take."""
    first = min(cause.slugs, key=lambda slug: (tracks[slug].since or cause.began, slug))
    return f"{first}:{tracks[first].episode}"


def _ended(
    event: Event,
    cause: Cause,
    back: Sequence[ServiceSlug],
    tracks: Mapping[ServiceSlug, Track],
    names: Mapping[ServiceSlug, str],
) -> Event:
    """Return the event that says who is back, and who of the others is not."""
    still = [
        names[slug]
        for slug in cause.slugs
        if slug in names and slug not in back and _is_ailing(tracks[slug])
    ]
    if len(back) > 1:
        if cause.key.endswith("+"):  # how often this one did is not how often they did
            event = replace(event, sentence=f"{event.title}. {event.sentence}")
        event = replace(event, title=end_headline(cause, back, names))
    if not still:
        return event
    rest, more = len(still) - NAMED, ", ".join(still[:NAMED])
    if rest > 0:
        more = tr("{names} and {n} more", names=more, n=number(rest))
    said = trn(
        "{names} is still in trouble.",
        "{names} are still in trouble.",
        len(still),
        names=more,
    )
    return replace(event, sentence=cut(f"{event.sentence} {said}", LENGTH))
