"""The honest lead in sentences: what the stamps say, and nothing beyond."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.lead import gap
from downlight.core.fusion.findings import Voice
from downlight.core.fusion.outlook import names
from downlight.core.saying.words import age, moment
from downlight.core.speech import mark, tr
from downlight.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import datetime, tzinfo

    from downlight.core.evidence.lead import Stamps

ABOUT: Final = timedelta(minutes=1)
"""A shorter gap may come from whom we happened to ask first, so none is named: we look
about once a minute when something moves."""

_SEEN: Final = {
    Voice.OWN: mark("Our own checks failed from {when}"),
    Voice.PEOPLE: mark("We saw people write more than usual about it from {when}"),
    Voice.COUNTRIES: mark("We saw measurements in countries fail from {when}"),
}
_SILENT: Final = mark("As far as we looked, the official page has not named it so far.")
_UNSEEN: Final = mark("No sign of it so far, as far as we looked: {names}.")


def words(
    stamps: Stamps,
    now: datetime,
    zone: tzinfo | None = None,
    *,
    green: bool = True,
    calm: Container[Voice] = (),
) -> tuple[str, ...]:
    """Return who saw it when, and how much earlier or later than the official page.

    Args:
        stamps: Who saw it when.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        green: Whether the official page can be read and names no incident. Its
            silence is mentioned only then: no page, or none that can be read, has
            kept silent about nothing.
        calm: Who else was heard just now and sees nothing of it; who is not asked, or
            is silent, has not looked.

    Returns:
        Whole sentences in the order in which it was seen, last who has not seen it;
        none when nothing was seen.
    """
    told = _told(stamps, now, zone, green=green)
    others = {voice for _, voice in stamps.others}
    unseen = names([v for v in _SEEN if v in calm and v not in others])
    if not told or not unseen:
        return told
    return (*told, tr(_UNSEEN, names=listed(unseen)))


def _told(
    stamps: Stamps, now: datetime, zone: tzinfo | None, *, green: bool
) -> tuple[str, ...]:
    """Return who saw it when, and whether the official page has."""
    others, page, lead = stamps.others, stamps.official, gap(stamps)
    seen = [tr(_SEEN[voice], when=moment(at, now, zone)) for at, voice in others]
    told = [f"{one}." for one in seen]
    if page is None:
        return (*told, tr(_SILENT)) if told and green else tuple(told)
    when = moment(page, now, zone)
    if lead is None:
        return (tr("We saw the official page name it at {when}.", when=when),)
    if lead.by <= -ABOUT:
        later = [
            tr("{seen}, {span} later.", seen=one, span=age(at - page))
            for one, (at, _) in zip(seen, others, strict=True)
        ]
        first = tr("We saw the official page name it first, at {when}.", when=when)
        return (first, *later)
    before = sum(at <= page for at, _ in others) if lead.by >= ABOUT else 1
    named = _named_after(lead.by, when, before)
    return (*told[:before], named, *told[before:])


def _named_after(span: timedelta, when: str, before: int) -> str:
    """Return how long after the first of so many others the page named it."""
    if span < ABOUT:
        return tr(
            "We saw the official page name it at {when}, within a minute of that.",
            when=when,
        )
    if before == 1:
        return tr(
            "We saw the official page name it at {when}, {span} after that.",
            when=when,
            span=age(span),
        )
    return tr(
        "We saw the official page name it at {when}, {span} after the first of these.",
        when=when,
        span=age(span),
    )
