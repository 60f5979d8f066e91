"""From a snapshot to what the tray shows: mark, sentence, lines of the menu. No Qt."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from downlight.core.evidence import cause
from downlight.core.saying import icon_words, words
from downlight.core.speech import number, tr, trc
from downlight.core.text import cut
from downlight.core.works import near
from downlight.ui.hush import NONE, hushes, is_hushed, is_light_hushed
from downlight.ui.kit.look import Look
from downlight.ui.state import (
    is_early,
    is_troubled,
    line_of,
    look_of,
    shown_look,
    word_of,
    worst_first,
)
from downlight.ui.views import MenuLine, TrayView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.model import Maintenance, ServiceSlug
    from downlight.core.news import ServiceView, Snapshot
    from downlight.core.telling.mute import Mute

MENU_LINES: Final = 8
"""More problems than this are counted in one line of the menu, not listed."""
MENU_NAME: Final = 32
"""Longest name in a menu line, so that there is room for what is wrong."""
MENU_LENGTH: Final = 70
"""Longest menu line in characters: panels do not wrap and cut without a sign."""
EARLY_NAMED: Final = 3
"""Of more services in possible trouble the tooltip says only how many they are."""


def tray(
    snapshot: Snapshot,
    zone: tzinfo | None = None,
    mutes: Mapping[ServiceSlug, Mute] = NONE,
) -> TrayView:
    """Return what the tray shows.

    Args:
        snapshot: The state of everything.
        zone: Zone for clock times; None for the system's.
        mutes: Those that hold, `EVERYTHING` among them for all services.
    """
    hushed = hushes(snapshot, mutes, zone)
    said = f"\n{hushed.said}." if hushed.said else ""
    views = worst_first(snapshot.services)
    worst = views[0] if views else None
    return TrayView(
        look=shown_look(snapshot, worst),
        tooltip=_unmarked(_tooltip(snapshot, views, zone) + said),
        lines=_menu_lines(snapshot, views, zone, mutes),
        worst=worst.service.slug if worst else "",
        replay=bool(snapshot.replay),
        early=worst is not None and is_early(worst),
        muted=is_light_hushed(snapshot, mutes),
        hushes=hushed,
    )


def _tooltip(
    snapshot: Snapshot, views: Sequence[ServiceView], zone: tzinfo | None
) -> str:
    said = _live_tooltip(replace(snapshot, replay=""), views, zone)
    if snapshot.replay:
        return tr("Replay of {name}: {said}", name=tr(snapshot.replay), said=said)
    return said


def _live_tooltip(
    snapshot: Snapshot, views: Sequence[ServiceView], zone: tzinfo | None
) -> str:
    plain = icon_words.tooltip(snapshot, zone)
    line = f"{snapshot.line}." if snapshot.line else ""
    if snapshot.trouble:
        return plain
    if snapshot.online is False:
        return line or plain
    early = [view for view in _noted(views) if is_early(view)]
    # Who is well is no news beside who may not be.
    told = plain if not early or is_troubled(views[0]) else ""
    return "\n".join(filter(None, (line, told, *_signs(early))))


def _signs(early: Sequence[ServiceView]) -> Iterator[str]:
    for view in early[:EARLY_NAMED]:
        judgement = view.verdict.judgement
        found = judgement.reasons if judgement is not None else ()
        sign = next((it.words for it in found if it.weight > 0), "")
        name = view.service.name
        yield (
            tr("Possible trouble with {name}: {sign}.", name=name, sign=sign)
            if sign
            else tr("Possible trouble with {name}.", name=name)
        )
    if more := len(early[EARLY_NAMED:]):
        yield tr("Possible trouble with {n} more.", n=number(more))


def _menu_lines(
    snapshot: Snapshot,
    views: Sequence[ServiceView],
    zone: tzinfo | None,
    mutes: Mapping[ServiceSlug, Mute],
) -> tuple[MenuLine, ...]:
    if snapshot.online is False:
        text = cut(snapshot.line, MENU_LENGTH) or tr("You are offline")
        return (MenuLine("", Look.OFFLINE, text),)
    lines = [MenuLine("", Look.UNKNOWN, cut(snapshot.line, MENU_LENGTH))]
    lines = lines if snapshot.line else []
    lines.extend(_shared(snapshot, views))
    bad = _noted(views)
    lines.extend(
        replace(
            _menu_line(view, snapshot.at, zone),
            muted=is_hushed(view, snapshot, mutes),
        )
        for view in bad[:MENU_LINES]
    )
    if more := bad[MENU_LINES:]:
        n, early = number(len(more)), is_early(more[0])
        if is_troubled(more[0]):
            text = tr("{n} more in trouble …", n=n)
        else:
            text = tr("{n} more perhaps …", n=n)
        lines.append(MenuLine("", look_of(more[0]), text, early=early))
    return (*lines, *_planned(snapshot, zone, mutes))


def _planned(
    snapshot: Snapshot, zone: tzinfo | None, mutes: Mapping[ServiceSlug, Mute]
) -> Iterator[MenuLine]:
    """Yield a line for the planned work that goes on or comes first; no alert."""
    found = [
        (view, work)
        for view in snapshot.services
        if (work := near(view.evidence, snapshot.at)) is not None
    ]
    if not found:
        return
    view, work = min(found, key=lambda it: _order(it[1], snapshot.at))
    text = _planned_words(cut(view.service.name, MENU_NAME), work, snapshot.at, zone)
    if others := len(found) - 1:
        more = trc("services", "{n} more", n=number(others))
        text = f"{text} · {more}"
    yield MenuLine(
        view.service.slug,
        Look.MAINTENANCE,
        cut(text, MENU_LENGTH),
        muted=is_hushed(view, snapshot, mutes),
    )


def _order(work: Maintenance, now: datetime) -> tuple[bool, datetime]:
    """Return the place of a piece of work: what goes on first, then by beginning."""
    return not work.state.is_active, work.starts_at or now


def _planned_words(
    name: str, work: Maintenance, now: datetime, zone: tzinfo | None
) -> str:
    begins, ends = work.starts_at, work.ends_at
    if begins is not None and begins > now and not work.state.is_active:
        here = begins.astimezone(zone)
        # Within a day may be the day after tomorrow, where clocks are put forward.
        if (here.date() - now.astimezone(zone).date()).days == 1:
            clock = f"{here:%H:%M}"
            return tr("Planned: {name}, tomorrow {when}", name=name, when=clock)
        when = words.moment(begins, now, zone)
        return tr("Planned: {name}, {when}", name=name, when=when)
    if ends is not None and ends > now:
        until = words.moment(ends, now, zone)
        return tr("Planned: {name}, until {when}", name=name, when=until)
    return tr("Planned: {name}, going on", name=name)


def _noted(views: Sequence[ServiceView]) -> list[ServiceView]:
    """Return who is in trouble or may be: they stand before all others."""
    return list(takewhile(lambda view: is_troubled(view) or is_early(view), views))


def _shared(snapshot: Snapshot, views: Sequence[ServiceView]) -> Iterator[MenuLine]:
    """Yield a line for each trouble that several services share."""
    noted = _noted(views) if snapshot.causes else ()
    bad = {view.service.slug: view for view in noted if is_troubled(view)}
    names = {slug: view.service.name for slug, view in bad.items()}
    for found in snapshot.causes:
        here = tuple(slug for slug in found.slugs if slug in bad)
        if len(here) > 1:
            text = cause.headline(replace(found, slugs=here), names)
            if len(text) > MENU_LENGTH:
                who = f"{found.name}: " if found.name else ""
                said = tr("{n} services are in trouble", n=number(len(here)))
                text = cut(f"{who}{said}", MENU_LENGTH)
            worst = next(slug for slug in bad if slug in here)
            yield MenuLine(worst, look_of(bad[worst]), text)


def _menu_line(view: ServiceView, now: datetime, zone: tzinfo | None) -> MenuLine:
    line = line_of(view, now, zone)
    text = f"{cut(view.service.name, MENU_NAME)}: {word_of(view)}"
    text = cut(f"{text} · {line}" if line else text, MENU_LENGTH)
    return MenuLine(view.service.slug, look_of(view), text, early=is_early(view))


def _unmarked(text: str) -> str:
    # Some panels render a tooltip as rich text, others as it stands: without
    # angle brackets both show the same.
    return text.replace("<", "‹").replace(">", "›")
