"""How recorded outages would have been told, in sentences. No Qt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from downlight.core.saying import words
from downlight.core.speech import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.preferences import Rehearsal


def lines(rehearsals: Iterable[Rehearsal]) -> tuple[str, ...]:
    """Return a line for each outage: which one, and how it would have been told."""
    return tuple(f"{tr(it.title)}. {_said(it)}" for it in rehearsals)


def _said(it: Rehearsal) -> str:
    if not it.told:
        said = tr("{name}: you would not have been told.", name=it.service)
    else:
        said = tr(
            "{name}: you would have been told {beginning}, and {end}.",
            name=it.service,
            beginning=_beginning(it.late),
            end=_end(it.end_late),
        )
    if not it.false:
        return said
    false = trn("False alarms: once.", "False alarms: {n} times.", it.false)
    return f"{said} {false}"


def _beginning(late: timedelta | None) -> str:
    """Return when the beginning would have been told."""
    if late is None:
        return tr("of its beginning")
    if not late:
        return tr("at once when it began")
    if late < timedelta():
        return tr("{span} before it began", span=words.age(-late))
    return tr("{span} after it began", span=words.age(late))


def _end(late: timedelta | None) -> str:
    """Return when the end would have been told."""
    if late is None:
        return tr("of its end not at all")
    if not late:
        return tr("of its end at once when it was over")
    if late < timedelta():
        return tr("of its end {span} before it was over", span=words.age(-late))
    return tr("of its end {span} after it was over", span=words.age(late))
