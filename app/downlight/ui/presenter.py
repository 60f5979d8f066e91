"""From a snapshot to what is drawn: words, marks and order. No Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core import words
from downlight.core.scope import Scope
from downlight.core.text import cut
from downlight.ui.ages import full_moment, short_age
from downlight.ui.look import RANK, Look
from downlight.ui.views import LOOK_WORDS, Banner, MenuLine, Row, TrayView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from downlight.core.news import ServiceView, Snapshot

MENU_LINES: Final = 8
"""More problems than this are counted in one line of the menu, not listed."""
MENU_NAME: Final = 32
"""Longest name in a menu line, so that there is room for what is wrong."""
MENU_LENGTH: Final = 70
"""Longest menu line in characters: panels do not wrap and cut without a sign."""


def look_of(view: ServiceView) -> Look:
    """Return the mark of one service."""
    return Look.OFFLINE if view.verdict.offline else Look.of(view.verdict.level)


def tray(snapshot: Snapshot, zone: tzinfo | None = None) -> TrayView:
    """Return what the tray shows.

    Args:
        snapshot: The state of everything.
        zone: Zone for clock times; None for the system's.
    """
    views = _worst_first(snapshot)
    look = Look.OFFLINE if snapshot.online is False else Look.of(snapshot.level)
    return TrayView(
        look=look,
        tooltip=_unmarked(words.tooltip(snapshot, zone)),
        lines=_menu_lines(snapshot, views, zone),
        worst=views[0].service.slug if views else "",
        replay=bool(snapshot.replay),
    )


def rows(
    snapshot: Snapshot, now: datetime, search: str = "", zone: tzinfo | None = None
) -> tuple[Row, ...]:
    """Return the list of services, worst first.

    Args:
        snapshot: The state of everything.
        now: The present (aware).
        search: Words every row must match; empty shows all.
        zone: Zone for clock times; None for the system's.
    """
    return tuple(
        _row(view, snapshot, now, zone)
        for view in _worst_first(snapshot)
        if view.service.matches(search)
    )


def empty_words(snapshot: Snapshot, search: str = "") -> str:
    """Return why the list is empty."""
    if search.strip() and snapshot.services:
        return f"No watched service matches “{search.strip()}”."
    if snapshot.trouble:
        return "Nothing is known now."
    return "Asking …" if snapshot.asking else "Nothing is watched yet."


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
        at = full_moment(snapshot.at, zone)
        text = f"Replay of {snapshot.replay}, at {at}. Nothing here happens now."
        strips.append(Banner("replay", text))
    if snapshot is not None and snapshot.trouble:
        strips.append(Banner("trouble", snapshot.trouble))
    if snapshot is not None and snapshot.online is False:
        text = "You are offline. What is shown is what was known before."
        strips.append(Banner("offline", text))
    strips.extend(Banner("settings", complaint) for complaint in complaints)
    if not tray_here:
        text = (
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


def _worst_first(snapshot: Snapshot) -> list[ServiceView]:
    return sorted(
        snapshot.services, key=lambda v: (RANK[look_of(v)], v.service.name.casefold())
    )


def _row(
    view: ServiceView, snapshot: Snapshot, now: datetime, zone: tzinfo | None
) -> Row:
    look, at = look_of(view), last_answer(view)
    waiting = snapshot.asking and at is None and not view.verdict.offline
    return Row(
        slug=view.service.slug,
        look=look,
        name=view.service.name,
        word="asking …" if waiting else LOOK_WORDS[look],
        line=_row_line(view, now, zone),
        age=short_age(at, now) if at is not None else "",
    )


def _row_line(view: ServiceView, now: datetime, zone: tzinfo | None) -> str:
    verdict = view.verdict
    if verdict.level is None or not verdict.level.is_trouble:
        return ""
    place = words.where(verdict.scope, verdict.places)
    began = verdict.since or view.since
    when = f"since {words.moment(began, now, zone)}" if began else ""
    known = "" if verdict.scope is Scope.UNKNOWN else place
    return " · ".join(part for part in (when, known) if part)


def _menu_lines(
    snapshot: Snapshot, views: Sequence[ServiceView], zone: tzinfo | None
) -> tuple[MenuLine, ...]:
    if snapshot.online is False:
        return (MenuLine("", Look.OFFLINE, "You are offline"),)
    bad = [v for v in views if v.verdict.level and v.verdict.level.is_trouble]
    lines = [
        MenuLine(v.service.slug, look_of(v), _menu_text(v, snapshot.at, zone))
        for v in bad[:MENU_LINES]
    ]
    if len(bad) > MENU_LINES:
        worst = look_of(bad[MENU_LINES])
        text = f"{len(bad) - MENU_LINES} more in trouble …"
        lines.append(MenuLine("", worst, text))
    return tuple(lines)


def _menu_text(view: ServiceView, now: datetime, zone: tzinfo | None) -> str:
    line = _row_line(view, now, zone)
    text = f"{cut(view.service.name, MENU_NAME)}: {LOOK_WORDS[look_of(view)]}"
    return cut(f"{text} · {line}" if line else text, MENU_LENGTH)


def _unmarked(text: str) -> str:
    # Some panels render a tooltip as rich text, others as it stands: without
    # angle brackets both show the same.
    return text.replace("<", "‹").replace(">", "›")
