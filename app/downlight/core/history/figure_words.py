"""The figures about the past in sentences, each with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.history import figures
from downlight.core.history.past import Root
from downlight.core.history.when import date_words
from downlight.core.words import age

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from downlight.core.history.figures import Basis, Lengths
    from downlight.core.history.past import Past

ROOTS: Final[Mapping[Root, str]] = {
    Root.EQUIPMENT: "a machine that broke",
    Root.CHANGE: "a change or maintenance",
    Root.LOAD: "too many at once",
    Root.INSIDE: "something inside, not said what",
    Root.ORDER: "an order of a court or a state",
}
"""What each kind of cause is called."""


def rests_on(basis: Basis, zone: tzinfo | None = None) -> str:
    """Return what a figure rests on: "from 22 outages since 22 February 2014"."""
    if basis.since is None:
        return "from no outage"
    outages = "one outage" if basis.n == 1 else f"{basis.n} outages"
    return f"from {outages} since {date_words(basis.since.astimezone(zone).date())}"


def lines(past: Past, zone: tzinfo | None = None) -> tuple[str, ...]:
    """Return what can be said of the past in figures, a sentence each.

    Args:
        past: What is known.
        zone: Zone for dates; None for the system's.
    """
    return tuple(
        filter(
            None,
            (
                _lasting(past, zone),
                _causes(past, zone),
                _delay(past, zone),
                _gaps(past, zone),
                _silence(past, zone),
                _uptime(past, zone),
            ),
        )
    )


def lengths(them: Lengths) -> str:
    """Return the middle, most and the longest of lengths; empty from too few."""
    if them.median is None or them.p90 is None or them.longest is None:
        return ""
    return (
        f"half of them up to {age(them.median)}, nine of ten up to {age(them.p90)}, "
        f"the longest {age(them.longest)}"
    )


def _lasting(past: Past, zone: tzinfo | None) -> str:
    found = figures.durations(past)
    words = lengths(found)
    return words and f"How long they were: {words}; {rests_on(found.basis, zone)}."


def _causes(past: Past, zone: tzinfo | None) -> str:
    found = figures.causes(past)
    if found is None:
        return ""
    if not found.named:
        return f"Causes: none was published; {rests_on(found.basis, zone)}."
    some = [f"{ROOTS[why.root]} {_count(why)}" for why in found.named]
    some.append(f"not published ({found.unknown})")
    return f"Causes: {', '.join(some)}; {rests_on(found.basis, zone)}."


def _count(why: figures.Why) -> str:
    if not why.supposed:
        return f"({why.confirmed})"
    if not why.confirmed:
        return f"({why.supposed}, only supposed)"
    return f"({why.confirmed + why.supposed}, of them {why.supposed} only supposed)"


def _delay(past: Past, zone: tzinfo | None) -> str:
    found = figures.scorecard(past).delay
    if found.median is None or found.longest is None:
        return ""
    return (
        f"{past.service.speaker} first spoke {age(found.median)} after the first "
        f"sign in the middle case, {age(found.longest)} at worst; "
        f"{rests_on(found.basis, zone)}."
    )


def _gaps(past: Past, zone: tzinfo | None) -> str:
    found = figures.scorecard(past).gaps
    if found.median is None or found.longest is None:
        return ""
    return (
        f"{past.service.speaker} lets {age(found.median)} pass between two messages "
        f"in the middle case, {age(found.longest)} at worst; {found.n} pauses "
        f"{rests_on(found.basis, zone)}."
    )


def _silence(past: Past, zone: tzinfo | None) -> str:
    found = figures.scorecard(past)
    if found.silent is None:
        return ""
    speaker = past.service.speaker
    match found.silent:
        case 0:
            words = f"{speaker} wrote a word of each"
        case 1:
            words = f"{speaker} wrote no word of one outage"
        case _:
            words = f"{speaker} wrote no word of {found.silent} outages"
    return f"{words}; {rests_on(found.heard, zone)} of which that is known."


def _uptime(past: Past, zone: tzinfo | None) -> str:
    if past.since is None:
        return ""
    found = figures.uptime(past, past.since, past.now)
    if found is None:
        return ""
    since = date_words(past.since.astimezone(zone).date())
    share = f"{100 * found.share:.2f}".rstrip("0").rstrip(".")
    return (
        f"Worked {share} % of the {age(found.looked)} that Downlight watched since "
        f"{since}; down for {age(found.down)}."
    )
