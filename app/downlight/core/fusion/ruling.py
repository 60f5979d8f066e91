"""How bad it is, and whose: read off the scales by the first rule that applies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final, TypeAlias

from downlight.core.fusion import weights
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.gate import BENT, DEAD, Fault
from downlight.core.fusion.own import PATHLIKE
from downlight.core.speech import tr


@unique
class State(StrEnum):
    """The answer to "is it down?"; not knowing is the absence of one (None)."""

    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    OUTAGE = "outage"
    ITS_YOU = "its_you"
    """Something between the person and the service, not the service."""


TROUBLE: Final = frozenset({State.DEGRADED, State.OUTAGE})
CALM: Final = frozenset({State.OPERATIONAL, State.MAINTENANCE})

Ruling: TypeAlias = tuple[State | None, str]
"""A state, and the reason that goes before all findings; empty when they say it all."""

_FAILS_WHOLLY: Final = frozenset({Sign.SERVER_ERROR, Sign.PATH, Sign.EXPIRED})
_RED: Final = frozenset({Sign.MAJOR, Sign.MINOR})
_TELLS: Final = (Voice.OFFICIAL, Voice.OWN, Voice.PEOPLE)


@dataclass(frozen=True, slots=True)
class Scales:
    """What the rules look at."""

    findings: tuple[Finding, ...]
    """Those that are spoken and count here."""
    signs: frozenset[Sign]
    odds: float
    support: frozenset[Voice]
    fault: Fault | None
    afar: bool = False
    """Whether the official page names trouble, but in other countries only."""

    @property
    def official(self) -> bool:
        """Whether the official page names trouble, lately."""
        return bool(self.signs & _RED)


def rule(scales: Scales) -> Ruling:
    """Return what follows from all that is heard."""
    rulings = (ruling for by in _RULES if (ruling := by(scales)) is not None)
    return next(rulings, None) or _rest(scales)


def _own_line(s: Scales) -> Ruling | None:
    """A dead line is the person's; a bent one, unless a page that was read is red."""
    if s.fault in DEAD:
        return State.ITS_YOU, ""
    red = s.official and s.odds >= weights.ENTER
    return (State.ITS_YOU, "") if s.fault in BENT and not red else None


def _problem(s: Scales) -> Ruling | None:
    """Enough says that there is a problem."""
    if s.odds < weights.ENTER:
        return None
    if Sign.PLANNED in s.signs:
        return State.MAINTENANCE, tr("Announced maintenance explains the failures")
    wholly = bool(s.signs & _FAILS_WHOLLY) and len(s.support) > 1
    down = wholly or bool(s.signs & {Sign.MAJOR, Sign.FLOOD})
    return (State.OUTAGE if down else State.DEGRADED), ""


def _planned(s: Scales) -> Ruling | None:
    if Sign.PLANNED in s.signs:
        return State.MAINTENANCE, tr("Announced maintenance is going on")
    return None


def _poor_line(s: Scales) -> Ruling | None:
    return (State.ITS_YOU, "") if s.fault is Fault.POOR else None


def _only_here(s: Scales) -> Ruling | None:
    """Our own checks fail, and not enough else does."""
    own = next((f for f in s.findings if f.sign in PATHLIKE), None)
    calm = any(f.telling for f in s.findings)
    if own and calm and not s.signs & {*_RED, Sign.OLD_RED}:
        if own.since is not None and own.at - own.since >= weights.ONLY_YOU:
            words = tr(
                "It seems to be only you: others report nothing, no page names trouble"
            )
            return State.ITS_YOU, words
        return None, tr("Not reachable from here; waiting for other evidence")
    if s.signs & {*_FAILS_WHOLLY, Sign.WRONG, Sign.UNTRUSTED}:
        heard = any(f.voice in {Voice.OFFICIAL, Voice.PEOPLE} for f in s.findings)
        if heard:
            return None, tr(
                "Not reachable from here; no independent source says enough yet"
            )
        return None, tr(
            "Not reachable from here; no independent source to compare with"
        )
    return None


def _nobody_else(s: Scales) -> Ruling | None:
    """An old word of the page stands while nobody can be heard against it."""
    old = next((f for f in s.findings if f.sign is Sign.OLD_RED), None)
    if old is None or any(f.voice in _TELLS and f is not old for f in s.findings):
        return None
    words = tr("Nobody but the official page can be heard")
    return (State.OUTAGE if old.code == "major" else State.DEGRADED), words


def _rest(s: Scales) -> Ruling:
    # One failed round may be a blip: then it says neither that nor that all is well.
    told = s.afar or any(
        f.weight and f.sign is not Sign.FIRST for f in s.findings if f.voice in _TELLS
    )
    return (
        (State.OPERATIONAL, "")
        if told
        else (None, tr("Nothing that is heard tells how it is"))
    )


_RULES: Final = (
    _own_line,
    _problem,
    _planned,
    _poor_line,
    _only_here,
    _nobody_else,
)
