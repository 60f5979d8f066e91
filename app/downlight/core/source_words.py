"""How a source is doing, and what asking it took, in sentences."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from downlight.core.text import cut
from downlight.core.words import age, joined, moment

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
        often = _often(standing.failures, since, now, zone)
        return joined(_failing(error.title, error.hint, often, heard, now), moved)
    if report is None:
        return joined("Not asked yet.", moved)
    ago = age(now - report.at)
    if not report.checks:
        return joined(f"Answered {ago} ago.", moved)
    fine = sum(check.took is not None for check in report.checks)
    return joined(f"Tried {ago} ago: {fine} of {len(report.checks)} answered.", moved)


def kept_line(kept: Kept, now: datetime, zone: tzinfo | None = None) -> str:
    """Return how a source was doing when that was kept, as `source_line` does."""
    heard, moved = kept.health.answered, _moved(kept.health)
    if kept.trouble:
        often = _often(kept.failures, kept.failing_since, now, zone)
        return joined(_failing(kept.trouble, kept.hint, often, heard, now), moved)
    ago = f"Answered {age(now - heard)} ago." if heard else "Not asked yet."
    return joined(ago, moved)


def _often(
    failures: int, since: datetime | None, now: datetime, zone: tzinfo | None
) -> str:
    """Return how often it failed in a row and since when; empty for the first time."""
    if failures < 2:
        return ""
    when = f" since {moment(since, now, zone)}" if since else ""
    return f"Failed {failures} times in a row{when}"


def _failing(
    title: str, hint: str, often: str, heard: datetime | None, now: datetime
) -> str:
    if often:
        last = f"Last answer {age(now - heard)} ago." if heard else ""
        return joined(f"{often}: {title}.", last, hint)
    known = f"; last good answer {age(now - heard)} ago" if heard else ""
    return joined(f"{title}{known}.", hint)


def _moved(health: Health) -> str:
    place = health.moved.removeprefix("https://").rstrip("/")
    return f"Has moved to {cut(place, 80)}." if place else ""


def usage_line(health: Health, now: datetime | None = None) -> str:
    """Return what asking a source took today (UTC).

    Args:
        health: How asking it went.
        now: The present (aware), so that an earlier day is not called today; None
            while it is asked all the time.
    """
    if health.day is None or (now and health.day != now.astimezone(UTC).date()):
        return "Not asked today."
    one = health.requests == 1
    asked = f"{health.requests} request{'' if one else 's'}"
    share = health.unchanged_share
    # Rounded down: 99.6 % is not all. The first answer cannot be like another.
    told = share is not None and health.answers > 1
    new = f"; {int((share or 0) * 100)} % brought nothing new" if told else ""
    return f"Today: {asked}, {_size(health.received)}{new}."


def _size(count: int) -> str:
    """Return a number of bytes in the unit people read: "640 kB", "1.4 MB"."""
    if count < 1_000:
        return f"{count} B"
    if count < 999_500:
        return f"{count / 1e3:.0f} kB"
    return f"{count / 1e6:.1f} MB"
