"""The card that tells what was: the last outages, and how long such outages took."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.history.past import DAY, HOUR
from downlight.core.history.telling import what_of, who_knows
from downlight.core.level import Level
from downlight.core.saying import words
from downlight.core.saying.dates import full_date, month_year
from downlight.core.speech import mark, tr
from downlight.ui.ages import ago, full_moment
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from downlight.core.errors import DownlightError
    from downlight.core.history.before import Before
    from downlight.core.history.past import Outage

KEY: Final = "before"
SHOWN: Final = 3
"""So many outages are named at once, the others after a click."""

_HOW: Final[Mapping[Level | None, str]] = {
    Level.DEGRADED: mark("It was troubled"),
    Level.PARTIAL: mark("It was partly down"),
    Level.MAJOR: mark("It was down"),
}
"""What an outage is called of which nobody says what failed."""
_MINUTE: Final = timedelta(minutes=1)


def before_card(
    before: Before | None,
    now: datetime,
    zone: tzinfo | None = None,
    *,
    trouble: bool = False,
    failed: DownlightError | None = None,
) -> Card | None:
    """Return the past of a service in short; None while it is not known yet.

    Args:
        before: The past.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        trouble: Whether the service is in trouble now.
        failed: Why the past could not be looked up last; None when it could.
    """
    title = tr("Earlier outages")
    if before is None:
        if failed is None:
            return None
        said = words.joined(tr("The past cannot be shown."), failed.words)
        return Card(KEY, title, summary=said)
    over = before.over(trouble=trouble)
    last = _last(over[0], now) if over else _none(before, trouble=trouble)
    old = tr("This may be old: {why}", why=failed.words) if failed is not None else ""
    return Card(
        KEY,
        title,
        tuple(_line(it, now, zone) for it in over),
        shown=SHOWN,
        summary="\n".join(filter(None, (_usual(before) if trouble else "", last))),
        footnote=words.joined(before.basis, old),
        act=tr("Show the history") if over else "",
    )


def _usual(before: Before) -> str:
    """Return how long it took so far, and that it is no forecast."""
    return words.joined(
        before.lengths, tr("That is the past: how long this one takes is not known.")
    )


def _none(before: Before, *, trouble: bool) -> str:
    if trouble:
        return tr("No earlier outage of {name} is known here.", name=before.name)
    return tr("No outage of {name} is known here.", name=before.name)


def _last(outage: Outage, now: datetime) -> str:
    """Return when the last outage was, no more exact than it is known."""
    when, length = _ago(outage, now), outage.length
    if length is None:
        return tr(
            "Last known outage: {when}; how long it lasted is not known.", when=when
        )
    if _is_rough(outage):
        return tr(
            "Last known outage: {when}, lasted about {length}.",
            when=when,
            length=words.age(length),
        )
    return tr(
        "Last known outage: {when}, lasted {length}.",
        when=when,
        length=words.age(length),
    )


def _ago(outage: Outage, now: datetime) -> str:
    day = _day(outage)
    if day:
        return day
    end = outage.ended if outage.end_known else None
    return ago(end or outage.begun, now)


def _line(outage: Outage, now: datetime, zone: tzinfo | None) -> Line:
    when = _day(outage) or _moment(outage.begun, now, zone)
    link = next((url for url in outage.sources if url.startswith("https://")), "")
    return Line(
        title=_title(outage),
        aside=" · ".join(filter(None, (when, _lasted(outage)))),
        text=who_knows(outage),
        link=link,
    )


def _moment(at: datetime, now: datetime, zone: tzinfo | None) -> str:
    """Return when it was; of another year with that, as many years stand together."""
    if at.astimezone(zone).year == now.astimezone(zone).year:
        return words.moment(at, now, zone)
    return full_moment(at, zone)


def _title(outage: Outage) -> str:
    what = what_of(outage).rstrip(".")
    if what:
        return what
    return ", ".join(filter(None, (tr(_HOW[outage.level]), outage.where)))


def _lasted(outage: Outage) -> str:
    if outage.length is None:
        return ""
    span = words.age(outage.length)
    if _is_rough(outage):
        return tr("lasted about {span}", span=span)
    return tr("lasted {span}", span=span)


def _day(outage: Outage) -> str:
    """Return the day or the month of what is not known better; else empty."""
    if outage.precision is None or outage.precision <= HOUR:
        return ""
    if outage.precision > DAY:
        return month_year(outage.begun)
    return full_date(outage.begun)


def _is_rough(outage: Outage) -> bool:
    return outage.precision is None or outage.precision > _MINUTE
