"""What is muted, in words, and what a person can mute or end. No Qt here."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from downlight.core.speech import mark, tr, trn
from downlight.core.telling import mute as muting
from downlight.core.telling.mute import EVERYTHING, Span
from downlight.core.text import cut
from downlight.ui.state import is_troubled
from downlight.ui.views import Hush, Hushes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView, Snapshot
    from downlight.core.telling.mute import Mute

NAME: Final = 32
"""Longest name in a line of a menu, in characters."""
NONE: Final[Mapping[ServiceSlug, Mute]] = {}
"""Nothing is muted."""
ALL: Final = (
    (Span.HOUR, mark("Everything for 1 hour")),
    (Span.FOUR_HOURS, mark("Everything for 4 hours")),
    (Span.TOMORROW, mark("Everything until tomorrow")),
)
"""How all may be muted at any time, and how that is said in a menu of mutes."""
ONE: Final = (
    (Span.HOUR, mark("Mute for 1 hour")),
    (Span.FOUR_HOURS, mark("Mute for 4 hours")),
    (Span.TOMORROW, mark("Mute until tomorrow")),
)
"""How one service may be."""
WHILE_IT_LASTS: Final = (Span.END, mark("Mute until it ends"))
"""How one that is in trouble may be, too."""


def hushes(
    snapshot: Snapshot, mutes: Mapping[ServiceSlug, Mute], zone: tzinfo | None = None
) -> Hushes:
    """Return what the tray says of mutes and offers.

    Args:
        snapshot: The state of everything.
        mutes: Those that hold, `EVERYTHING` among them for all services.
        zone: Zone for clock times; None for the system's.
    """
    held, views = _held(snapshot, mutes), snapshot.services
    local = snapshot.at.astimezone(zone)
    quiet = [view for view in views if view.service.slug in held]
    said, end = "", None
    if EVERYTHING in held:
        said = tr("Muted {until}", until=muting.words(held[EVERYTHING], local))
        end = Hush(tr("Unmute"), None)
    elif len(quiet) == 1:
        name, slug = _name(quiet[0]), quiet[0].service.slug
        until = muting.words(held[slug], local)
        said = tr("{name} is muted {until}", name=name, until=until)
        end = Hush(tr("Unmute {name}", name=name), None, (slug,))
    elif quiet:
        n, slugs = len(quiet), tuple(view.service.slug for view in quiet)
        said = trn("{n} service is muted", "{n} services are muted", n)
        end = Hush(trn("Unmute {n} service", "Unmute {n} services", n), None, slugs)
    if snapshot.trouble:  # nothing is told any more: there is nothing to mute
        return Hushes(said, end=end)
    offers = [Hush(tr(words), span) for span, words in ALL]
    if EVERYTHING not in held:
        offers.extend(_until_it_ends(views, held))
    return Hushes(said, tuple(offers), end)


def service_hushes(
    view: ServiceView,
    snapshot: Snapshot,
    mutes: Mapping[ServiceSlug, Mute],
    zone: tzinfo | None = None,
) -> Hushes:
    """Return what the window says of mutes of one service, and offers.

    Args:
        view: Which service.
        snapshot: The state of everything.
        mutes: As for `hushes`.
        zone: Zone for clock times; None for the system's.
    """
    slug, held = view.service.slug, _held(snapshot, mutes)
    mute = held.get(EVERYTHING) or held.get(slug)
    local = snapshot.at.astimezone(zone) if mute is not None else snapshot.at
    until = muting.words(mute, local) if mute is not None else ""
    said = tr("Muted {until}", until=until) if until else ""
    end = Hush(tr("Unmute"), None, (slug,)) if slug in held else None
    if EVERYTHING in held:
        end = Hush(tr("Unmute everything"), None)
    offers = () if snapshot.trouble else _offers(slug, bad=is_troubled(view))
    return Hushes(said, offers, end, until)


@lru_cache(maxsize=1024)
def _offers(slug: ServiceSlug, *, bad: bool) -> tuple[Hush, ...]:
    """Return what may be muted of a service; asked of each in the list, always anew."""
    spans = (*ONE, WHILE_IT_LASTS) if bad else ONE
    return tuple(Hush(tr(words), span, (slug,)) for span, words in spans)


def is_hushed(
    view: ServiceView, snapshot: Snapshot, mutes: Mapping[ServiceSlug, Mute]
) -> bool:
    """Return whether nothing is told of a service."""
    held = _held(snapshot, mutes)
    return EVERYTHING in held or view.service.slug in held


def is_light_hushed(snapshot: Snapshot, mutes: Mapping[ServiceSlug, Mute]) -> bool:
    """Return whether nothing is told of what the light shows.

    All is muted, or there is trouble, and all that is in trouble is.
    """
    held = _held(snapshot, mutes)
    if not held or EVERYTHING in held:
        return bool(held)
    bad = [view.service.slug for view in snapshot.services if is_troubled(view)]
    return bool(bad) and held.keys() >= set(bad)


def _until_it_ends(
    views: Sequence[ServiceView], held: Mapping[ServiceSlug, Mute]
) -> list[Hush]:
    """Return the offer to be spared what goes on now, and nothing that begins later."""
    bad = [v for v in views if is_troubled(v) and v.service.slug not in held]
    if not bad:
        return []
    text = trn(
        "All {n} in trouble until each ends",
        "All {n} in trouble until each ends",
        len(bad),
    )
    if len(bad) == 1:
        text = tr("{name} until it ends", name=_name(bad[0]))
    return [Hush(text, Span.END, tuple(view.service.slug for view in bad))]


def _held(
    snapshot: Snapshot, mutes: Mapping[ServiceSlug, Mute]
) -> Mapping[ServiceSlug, Mute]:
    """Return what is not over by the time of the snapshot, should nobody say so."""
    return mutes and {
        slug: mute
        for slug, mute in mutes.items()
        if mute.until is None or snapshot.at < mute.until
    }


def _name(view: ServiceView) -> str:
    return cut(view.service.name, NAME)
