"""What the icon says when it is pointed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.level import Level
from downlight.core.saying.service_words import sentence
from downlight.core.saying.words import PLACES_NAMED
from downlight.core.speech import number, tr, trc, trn
from downlight.core.text import listed

if TYPE_CHECKING:
    from datetime import tzinfo

    from downlight.core.news import Snapshot


def tooltip(snapshot: Snapshot, zone: tzinfo | None = None) -> str:
    """Return what the icon says when pointed at: one short sentence per trouble."""
    said = _halt(snapshot) or _trouble(snapshot, zone) or _calm_names(snapshot)
    if snapshot.replay:
        return tr("Replay of {name}: {said}", name=snapshot.replay, said=said)
    return said


def _halt(snapshot: Snapshot) -> str:
    """Return why nothing can be said about any service; empty when something can."""
    if snapshot.trouble:
        return snapshot.trouble
    if snapshot.online is False:
        return tr("You are offline.")
    return "" if snapshot.services else tr("Nothing is watched yet.")


def _trouble(snapshot: Snapshot, zone: tzinfo | None) -> str:
    bad = [
        view
        for view in snapshot.services
        if view.verdict.level is not None and view.verdict.level.is_trouble
    ]
    bad.sort(key=lambda view: -(view.verdict.level or 0))
    lines = [
        sentence(view.service, view.verdict, view.since, snapshot.at, zone)
        for view in bad[:PLACES_NAMED]
    ]
    if len(bad) > len(lines):
        more = len(bad) - len(lines)
        lines.append(trn("{n} more in trouble.", "{n} more in trouble.", more))
    return "\n".join(lines)


def _calm_names(snapshot: Snapshot) -> str:
    if snapshot.asking:
        return tr("Asking …")
    if names := _names(snapshot, None):
        return tr("Not known: {names}.", names=names)
    if names := _names(snapshot, Level.MAINTENANCE):
        return tr("Planned maintenance: {names}.", names=names)
    return tr("All well: {names}.", names=_names(snapshot, Level.OPERATIONAL))


def _names(snapshot: Snapshot, level: Level | None) -> str:
    names = [
        view.service.name for view in snapshot.services if view.verdict.level is level
    ]
    if len(names) > PLACES_NAMED + 1:
        more = number(len(names) - PLACES_NAMED)
        names[PLACES_NAMED:] = [trc("services", "{n} more", n=more)]
    return listed(names)
