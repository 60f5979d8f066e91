"""What evidence is missing, and what would change the answer, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.gate import Fault
from downlight.core.fusion.ruling import TROUBLE, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.fusion.weighing import Opinion

_NAMES: Final = {
    Voice.OFFICIAL: "the official page",
    Voice.OWN: "our own checks",
    Voice.PEOPLE: "what people write",
    Voice.COUNTRIES: "measurements in countries",
}


def missing(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return which kinds of evidence say nothing now."""
    heard = {f.voice for f in findings if not f.silent}
    return tuple(name for voice, name in _NAMES.items() if voice not in heard)


def turning_points(state: State | None, opinion: Opinion) -> tuple[str, ...]:
    """Return what would change the answer, the likeliest first."""
    if state is State.ITS_YOU:
        return (
            ("Unrelated sites that answer again",)
            if opinion.fault is not None
            else ("Many people who report the same", "An incident on the official page")
        )
    if state in TROUBLE:
        ends = (
            "The official page, once it names no trouble any more"
            if opinion.alone
            else "Ten minutes in which nothing speaks for trouble",
        )
        return ends if opinion.confirmed else (*_confirmations(opinion), *ends)
    if state is None and opinion.fault is Fault.UNASKED:
        return ("Unrelated sites that answer, or do not", *_confirmations(opinion))
    return _confirmations(opinion)


def _confirmations(opinion: Opinion) -> tuple[str, ...]:
    """Return what would speak for trouble and does not yet."""
    wanted = (
        (Voice.OFFICIAL, "An incident on the official page"),
        (Voice.PEOPLE, "Many people who report it"),
        (Voice.OWN, "Our own checks failing, while unrelated sites answer"),
        (Voice.COUNTRIES, "Failing measurements in your country"),
    )
    planned = any(f.sign is Sign.PLANNED for f in opinion.reasons)
    over = ("The end of the announced maintenance",) if planned else ()
    return over + tuple(text for voice, text in wanted if voice not in opinion.support)
