"""What evidence is missing, and what would change the answer, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.gate import Fault
from downlight.core.fusion.ruling import TROUBLE, State
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from downlight.core.fusion.weighing import Opinion

_NAMES: Final = {
    Voice.OFFICIAL: mark("the official page"),
    Voice.OWN: mark("our own checks"),
    Voice.PEOPLE: mark("what people write"),
    Voice.COUNTRIES: mark("measurements in countries"),
}
CONFIRMATIONS: Final = {
    Voice.OFFICIAL: mark("An incident on the official page"),
    Voice.PEOPLE: mark("Many people who report it"),
    Voice.OWN: mark("Our own checks failing, while unrelated sites answer"),
    Voice.COUNTRIES: mark("Failing measurements in your country"),
}
"""What each voice would say if there were trouble."""
ALIKE: Final = mark("Many people who report the same")
"""What people would say if it were not only you."""


def missing(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return which kinds of evidence say nothing now."""
    return names(unheard(findings))


def unheard(findings: Iterable[Finding]) -> frozenset[Voice]:
    """Return who says nothing now, of all who could."""
    return frozenset(_NAMES) - {f.voice for f in findings if not f.silent}


def names(voices: Container[Voice]) -> tuple[str, ...]:
    """Return the kinds of evidence as they stand amid a sentence, always in order."""
    return tuple(tr(name) for voice, name in _NAMES.items() if voice in voices)


def turning_points(state: State | None, opinion: Opinion) -> tuple[str, ...]:
    """Return what would change the answer, the likeliest first; to be said by `tr`."""
    if state is State.ITS_YOU:
        return (
            (mark("Unrelated sites that answer again"),)
            if opinion.fault is not None
            else (ALIKE, CONFIRMATIONS[Voice.OFFICIAL])
        )
    if state in TROUBLE:
        ends = (
            mark("The official page, once it names no trouble any more")
            if opinion.alone
            else mark("Ten minutes in which nothing speaks for trouble"),
        )
        return ends if opinion.confirmed else (*_confirmations(opinion), *ends)
    if state is None and opinion.fault is Fault.UNASKED:
        sites = mark("Unrelated sites that answer, or do not")
        return (sites, *_confirmations(opinion))
    return _confirmations(opinion)


def _confirmations(opinion: Opinion) -> tuple[str, ...]:
    """Return what would speak for trouble and does not yet."""
    planned = any(f.sign is Sign.PLANNED for f in opinion.reasons)
    over = (mark("The end of the announced maintenance"),) if planned else ()
    wanted = (
        text for voice, text in CONFIRMATIONS.items() if voice not in opinion.support
    )
    return (*over, *wanted)
