"""From a snapshot to what the window draws: words, marks and order. No Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.speech import number, tr
from downlight.ui.ages import full_moment, short_age
from downlight.ui.hush import NONE, service_hushes
from downlight.ui.state import (
    TROUBLED,
    is_troubled,
    line_of,
    seen,
    worst_first,
)
from downlight.ui.views import Banner, Row, Together

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView, Snapshot
    from downlight.core.telling.mute import Mute

PEERS_NAMED: Final = 6
"""Of more services in trouble together the rest is counted."""


def rows(
    snapshot: Snapshot,
    now: datetime,
    search: str = "",
    zone: tzinfo | None = None,
    mutes: Mapping[ServiceSlug, Mute] = NONE,
) -> tuple[Row, ...]:
    """Return the list of services, worst first.

    Args:
        snapshot: The state of everything.
        now: The present (aware).
        search: Words every row must match; empty shows all.
        zone: Zone for clock times; None for the system's.
        mutes: Those that hold, `EVERYTHING` among them for all services.
    """
    return tuple(
        _row(view, snapshot, now, zone, mutes)
        for view in worst_first(snapshot.services)
        if not search or view.service.matches(search)
    )


def empty_words(snapshot: Snapshot, search: str = "") -> str:
    """Return why the list is empty."""
    if search.strip() and snapshot.services:
        none = tr("No watched service matches “{search}”.", search=search.strip())
        # A replay has nothing to add.
        more = tr("“Add a service …” searches all there are.")
        return none if snapshot.replay or snapshot.trouble else f"{none} {more}"
    if snapshot.trouble:
        return tr("Nothing is known now.")
    return tr("Asking …") if snapshot.asking else tr("Nothing is watched yet.")


def banners(
    snapshot: Snapshot | None,
    complaints: Sequence[str] = (),
    *,
    tray_here: bool = True,
    zone: tzinfo | None = None,
) -> tuple[Banner, ...]:
    """Return the strips across the window, most important first.

    Args:
        snapshot: The state of everything; None before the first news.
        complaints: What is wrong with the settings, one sentence each.
        tray_here: Whether the light can be seen in a tray.
        zone: Zone for clock times; None for the system's.
    """
    strips = []
    if snapshot is not None and snapshot.replay:
        text = tr(
            "Replay of {name}, at {when}. Nothing here happens now.",
            name=tr(snapshot.replay),
            when=full_moment(snapshot.at, zone),
        )
        strips.append(Banner("replay", text))
    if snapshot is not None and snapshot.trouble:
        strips.append(Banner("trouble", snapshot.trouble))
    own = _own_line(snapshot) if snapshot is not None else None
    if own is not None:
        strips.append(own)
    strips.extend(Banner("settings", complaint) for complaint in complaints)
    if not tray_here:
        text = tr(
            "This desktop shows no tray, so closing the window keeps Downlight in "
            "the task bar."
        )
        strips.append(Banner("no tray", text))
    return tuple(strips)


def last_answer(view: ServiceView) -> datetime | None:
    """Return when a source last told us something; None when none has."""
    reports = [e.standing.report for e in view.evidence]
    return max((report.at for report in reports if report is not None), default=None)


def last_attempt(view: ServiceView) -> datetime | None:
    """Return when a source was last asked, answered or not."""
    failures = [e.standing.failure for e in view.evidence]
    moments = [failure.at for failure in failures if failure is not None]
    answer = last_answer(view)
    return max([*moments, answer] if answer is not None else moments, default=None)


def together(snapshot: Snapshot, slug: str) -> Together | None:
    """Return who is in trouble together with a service; None when nobody is."""
    views = {v.service.slug: v for v in snapshot.services if is_troubled(v)}
    for cause in snapshot.causes:
        others = [views[it] for it in cause.slugs if it in views and it != slug]
        if others and slug in cause.slugs and slug in views:
            named = tuple(
                (view.service.slug, view.service.name) for view in others[:PEERS_NAMED]
            )
            more = len(others) - len(named)
            label = tr("Together with:") if cause.house else tr("At the same time as:")
            rest = tr("and {n} more", n=number(more)) if more else ""
            return Together(label, named, rest)
    return None


def _row(
    view: ServiceView,
    snapshot: Snapshot,
    now: datetime,
    zone: tzinfo | None,
    mutes: Mapping[ServiceSlug, Mute],
) -> Row:
    (look, early, word), at = seen(view), last_answer(view)
    waiting = snapshot.asking and at is None and not view.verdict.offline
    return Row(
        slug=view.service.slug,
        look=look,
        name=view.service.name,
        word=tr("asking …") if waiting else word,
        line=line_of(view, now, zone) if look in TROUBLED else "",
        age=short_age(at, now) if at is not None else "",
        early=early,
        hushes=service_hushes(view, snapshot, mutes, zone),
    )


def _own_line(snapshot: Snapshot) -> Banner | None:
    """Return what is wrong with the own line; None when nothing is, or nobody looked.

    Whether something answers is known at once, what is in the way only later.
    """
    if snapshot.online is False:
        wrong = snapshot.line or tr("You are offline")
        known = any(map(last_answer, snapshot.services))
        before = (
            tr("What is shown is what was known before.")
            if known
            else tr("Nothing is known until something answers; Downlight keeps asking.")
        )
        return Banner("offline", f"{wrong}. {before}")
    return Banner("line", f"{snapshot.line}.") if snapshot.line else None
