"""The honest lead in sentences: what the stamps say, and nothing beyond."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Voice
from downlight.core.lead import gap
from downlight.core.words import age, moment

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.lead import Stamps

ABOUT: Final = timedelta(minutes=1)
"""A shorter gap may come from whom we happened to ask first, so none is named: we look
about once a minute when something moves."""

_SEEN: Final = {
    Voice.OWN: "Our own checks failed from",
    Voice.PEOPLE: "We saw people write more than usual about it from",
    Voice.COUNTRIES: "We saw measurements in countries fail from",
}
_NAMED: Final = "We saw the official page name it"
_SILENT: Final = "As far as we looked, the official page has not named it so far."


def words(
    stamps: Stamps,
    now: datetime,
    zone: tzinfo | None = None,
    *,
    green: bool = True,
) -> tuple[str, ...]:
    """Return who saw it when, and how much earlier or later than the official page.

    Args:
        stamps: Who saw it when.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        green: Whether the official page can be read and names no incident. Its
            silence is mentioned only then: no page, or none that can be read, has
            kept silent about nothing.

    Returns:
        Whole sentences in the order in which it was seen; none when nothing was.
    """
    others, page, lead = stamps.others, stamps.official, gap(stamps)
    told = [f"{_SEEN[voice]} {moment(at, now, zone)}" for at, voice in others]
    if page is None:
        silence = (_SILENT,) if told and green else ()
        return (*_ended(told), *silence)
    named = f"{_NAMED} at {moment(page, now, zone)}"
    if lead is None:
        return _ended([named])
    if lead.by <= -ABOUT:
        first = f"{_NAMED} first, at {moment(page, now, zone)}"
        later = [age(at - page) for at, _ in others]
        pairs = zip(told, later, strict=True)
        return _ended([first, *(f"{one}, {span} later" for one, span in pairs)])
    before = 1
    after = "within a minute of that"
    if lead.by >= ABOUT:
        before = sum(at <= page for at, _ in others)
        after = (
            f"{age(lead.by)} after {'that' if before == 1 else 'the first of these'}"
        )
    return _ended([*told[:before], f"{named}, {after}", *told[before:]])


def _ended(sentences: list[str]) -> tuple[str, ...]:
    return tuple(f"{sentence}." for sentence in sentences)
