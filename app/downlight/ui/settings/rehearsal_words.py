"""How recorded outages would have been told, in sentences. No Qt."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from downlight.core import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.preferences import Rehearsal


def lines(rehearsals: Iterable[Rehearsal]) -> tuple[str, ...]:
    """Return a line for each outage: which one, and how it would have been told."""
    return tuple(f"{it.title}. {_said(it)}" for it in rehearsals)


def _said(it: Rehearsal) -> str:
    if not it.told:
        said = f"{it.service}: you would not have been told."
    else:
        began = "of its beginning" if it.late is None else _when(it.late, "it began")
        end = "of its end not at all"
        if it.end_late is not None:
            end = f"of its end {_when(it.end_late, 'it was over')}"
        said = f"{it.service}: you would have been told {began}, and {end}."
    if it.false:
        times = "once" if it.false == 1 else f"{it.false} times"
        said += f" False alarms: {times}."
    return said


def _when(late: timedelta, what: str) -> str:
    if not late:
        return f"at once when {what}"
    side = "before" if late < timedelta() else "after"
    return f"{words.age(abs(late))} {side} {what}"
