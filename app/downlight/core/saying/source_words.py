"""How a source is doing, and what asking it took, in sentences."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from downlight.core.saying.words import age, joined, moment
from downlight.core.speech import number, percent, tr, trn
from downlight.core.text import cut

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.health import Health, Kept
    from downlight.core.model import Standing


def source_line(standing: Standing, now: datetime, zone: tzinfo | None = None) -> str:
    """Return how a source is doing, for the list of sources.

    Args:
        standing: Where it stands.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
    """
    report, error = standing.report, standing.failure and standing.failure.error
    heard = report.at if report is not None else standing.health.answered
    moved = _moved(standing.health)
    if error:
        since = standing.failing_since
        often = _often(error.title, standing.failures, since, now, zone)
        return joined(_failing(error.title, error.hint, often, heard, now), moved)
    if report is None:
        return joined(tr("Not asked yet."), moved)
    ago = age(now - report.at)
    if not report.checks:
        return joined(tr("Answered {span} ago.", span=ago), moved)
    tried = tr(
        "Tried {span} ago: {fine} of {n} answered.",
        span=ago,
        fine=sum(check.took is not None for check in report.checks),
        n=len(report.checks),
    )
    return joined(tried, moved)


def kept_line(kept: Kept, now: datetime, zone: tzinfo | None = None) -> str:
    """Return how a source was doing when that was kept, as `source_line` does."""
    heard, moved = kept.health.answered, _moved(kept.health)
    if kept.trouble:
        often = _often(kept.trouble, kept.failures, kept.failing_since, now, zone)
        return joined(_failing(kept.trouble, kept.hint, often, heard, now), moved)
    if not heard:
        return joined(tr("Not asked yet."), moved)
    return joined(tr("Answered {span} ago.", span=age(now - heard)), moved)


def _often(
    title: str,
    failures: int,
    since: datetime | None,
    now: datetime,
    zone: tzinfo | None,
) -> str:
    """Return how often it failed in a row, since when and why; empty the first time."""
    if failures < 2:
        return ""
    if not since:
        return trn(
            "Failed {n} time in a row: {trouble}.",
            "Failed {n} times in a row: {trouble}.",
            failures,
            trouble=tr(title),
        )
    return trn(
        "Failed {n} time in a row since {when}: {trouble}.",
        "Failed {n} times in a row since {when}: {trouble}.",
        failures,
        when=moment(since, now, zone),
        trouble=tr(title),
    )


def _failing(
    title: str, hint: str, often: str, heard: datetime | None, now: datetime
) -> str:
    span = age(now - heard) if heard else ""
    if often:
        last = tr("Last answer {span} ago.", span=span) if span else ""
        return joined(often, last, tr(hint))
    failed = f"{tr(title)}."
    if span:
        failed = tr(
            "{trouble}; last good answer {span} ago.", trouble=tr(title), span=span
        )
    return joined(failed, tr(hint))


def _moved(health: Health) -> str:
    place = health.moved.removeprefix("https://").rstrip("/")
    return tr("Has moved to {place}.", place=cut(place, 80)) if place else ""


def usage_line(health: Health, now: datetime | None = None) -> str:
    """Return what asking a source took today (UTC).

    Args:
        health: How asking it went.
        now: The present (aware), so that an earlier day is not called today; None
            while it is asked all the time.
    """
    if health.day is None or (now and health.day != now.astimezone(UTC).date()):
        return tr("Not asked today.")
    asked = trn("{n} request", "{n} requests", health.requests)
    size, share = _size(health.received), health.unchanged_share
    # The first answer cannot be like another.
    if share is None or health.answers <= 1:
        return tr("Today: {requests}, {size}.", requests=asked, size=size)
    return tr(
        "Today: {requests}, {size}; {share} brought nothing new.",
        requests=asked,
        size=size,
        share=percent(int(share * 100)),  # rounded down: 99.6 % is not all
    )


def _size(count: int) -> str:
    """Return a number of bytes in the unit people read: "640 kB", "1.4 MB"."""
    if count < 1_000:
        return tr("{n} B", n=count)
    if count < 999_500:
        return tr("{n} kB", n=number(count / 1e3))
    return tr("{n} MB", n=number(count / 1e6, 1))
