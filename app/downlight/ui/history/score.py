"""How the provider speaks of its outages: figures, or why there are none. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.history import figures
from downlight.core.history.figure_words import rests_on
from downlight.core.history.figures import LEAST
from downlight.core.words import age

if TYPE_CHECKING:
    from datetime import tzinfo

    from downlight.core.history.figures import Lengths, Scorecard
    from downlight.core.history.past import Past

UNKNOWN: Final = "not known"


@dataclass(frozen=True, slots=True)
class Score:
    """One figure about the provider."""

    name: str
    value: str
    """`UNKNOWN` where it cannot be said."""
    note: str
    """What it rests on, or why it is not known."""


def scores(past: Past, zone: tzinfo | None = None) -> tuple[Score, ...]:
    """Return how the provider speaks of its outages, and how often it worked."""
    found = figures.scorecard(past)
    return (
        _delay(found, past.service.speaker, zone),
        _gaps(found, zone),
        _silent(found, past, zone),
        _uptime(past, zone),
    )


def _delay(found: Scorecard, speaker: str, zone: tzinfo | None) -> Score:
    name = f"Until {speaker} first spoke"
    value = _middle(found.delay)
    if not value:
        why = (
            " of which it is known when others had the first sign and when the "
            "provider first spoke"
        )
        return Score(name, UNKNOWN, _few(found.delay.n, why))
    return Score(name, value, _basis(rests_on(found.delay.basis, zone)))


def _gaps(found: Scorecard, zone: tzinfo | None) -> Score:
    name = "Between two of its messages"
    value = _middle(found.gaps)
    if not value:
        known = {0: "none is known", 1: "only one is known"}
        why = known.get(found.gaps.n, f"only {found.gaps.n} are known")
        return Score(name, UNKNOWN, f"It takes {LEAST} pauses between messages; {why}.")
    rests = rests_on(found.gaps.basis, zone)
    return Score(name, value, f"{found.gaps.n} pauses {rests}.")


def _silent(found: Scorecard, past: Past, zone: tzinfo | None) -> Score:
    name = "Outages without a word"
    if found.silent is None:
        why = _few(
            found.heard.n, " of which it is known whether the provider wrote a word"
        )
        if not past.lists:
            why = f"{why} Its page is not known to list outages."
        return Score(name, UNKNOWN, why)
    value = f"{found.silent or 'none'} of {found.heard.n}"
    return Score(name, value, _basis(rests_on(found.heard, zone)))


def _uptime(past: Past, zone: tzinfo | None) -> Score:
    name = "Worked while Downlight watched"
    found = figures.uptime(past, past.since, past.now) if past.since else None
    if found is None:
        return Score(name, UNKNOWN, "It takes a day of watching.")
    share = f"{100 * found.share:.2f}".rstrip("0").rstrip(".")
    note = f"No outage in {age(found.looked)} of watching."
    if found.basis.n:
        rests = rests_on(found.basis, zone)
        note = f"Down for {age(found.down)} of {age(found.looked)}, {rests}."
    return Score(name, f"{share} %", note)


def _middle(found: Lengths) -> str:
    """Return the middle and the longest; empty from too few."""
    if found.median is None or found.longest is None:
        return ""
    return f"{age(found.median)} in the middle case, {age(found.longest)} at worst"


def _few(n: int, what: str) -> str:
    there = {0: "is none", 1: "is one"}.get(n, f"are {n}")
    return f"It takes {LEAST} outages{what}; there {there}."


def _basis(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
