"""The figures about the past in sentences, each with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.history import figures
from downlight.core.history.past import Root
from downlight.core.saying.dates import full_date
from downlight.core.saying.words import age
from downlight.core.speech import mark, number, percent, tr, trn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from downlight.core.history.figures import Basis, Lengths
    from downlight.core.history.past import Past

ROOTS: Final[Mapping[Root, str]] = {
    Root.EQUIPMENT: mark("a machine that broke"),
    Root.CHANGE: mark("a change or maintenance"),
    Root.LOAD: mark("too many at once"),
    Root.INSIDE: mark("something inside, not said what"),
    Root.ORDER: mark("an order of a court or a state"),
}
"""What each kind of cause is called within a sentence."""


def rests_on(basis: Basis, zone: tzinfo | None = None) -> str:
    """Return what a figure rests on, within a sentence: "from 22 outages since …"."""
    if basis.since is None:
        return tr("from no outage")
    return trn(
        "from one outage since {day}",
        "from {n} outages since {day}",
        basis.n,
        day=_day(basis.since, zone),
    )


def ground(basis: Basis, zone: tzinfo | None = None) -> str:
    """Return what a figure rests on as a sentence: "From 22 outages since …."."""
    if basis.since is None:
        return tr("From no outage.")
    return trn(
        "From one outage since {day}.",
        "From {n} outages since {day}.",
        basis.n,
        day=_day(basis.since, zone),
    )


def pauses(them: Lengths, zone: tzinfo | None = None) -> str:
    """Return of how many pauses between messages there are lengths, and from where."""
    basis = rests_on(them.basis, zone)
    return trn("one pause {basis}", "{n} pauses {basis}", them.n, basis=basis)


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
    return tr(
        "half of them up to {median}, nine of ten up to {most}, the longest {longest}",
        median=age(them.median),
        most=age(them.p90),
        longest=age(them.longest),
    )


def share_words(share: float) -> str:
    """Return a share (0..1) with as many decimals as it needs, two at most."""
    value = round(100 * share, 2)
    digits = next((n for n in (0, 1) if round(value, n) == value), 2)
    return percent(value, digits)


def _lasting(past: Past, zone: tzinfo | None) -> str:
    found = figures.durations(past)
    words = lengths(found)
    if not words:
        return ""
    return tr(
        "How long they were: {lengths}; {basis}.",
        lengths=words,
        basis=rests_on(found.basis, zone),
    )


def _causes(past: Past, zone: tzinfo | None) -> str:
    found = figures.causes(past)
    if found is None:
        return ""
    basis = rests_on(found.basis, zone)
    if not found.named:
        return tr("Causes: none was published; {basis}.", basis=basis)
    some = [_count(why) for why in found.named]
    some.append(tr("not published ({n})", n=number(found.unknown)))
    return tr("Causes: {causes}; {basis}.", causes=", ".join(some), basis=basis)


def _count(why: figures.Why) -> str:
    cause, supposed = tr(ROOTS[why.root]), number(why.supposed)
    if not why.supposed:
        return f"{cause} ({number(why.confirmed)})"
    if not why.confirmed:
        return tr("{cause} ({n}, only supposed)", cause=cause, n=supposed)
    return tr(
        "{cause} ({n}, of them {supposed} only supposed)",
        cause=cause,
        n=number(why.confirmed + why.supposed),
        supposed=supposed,
    )


def _delay(past: Past, zone: tzinfo | None) -> str:
    found = figures.scorecard(past).delay
    if found.median is None or found.longest is None:
        return ""
    return tr(
        "{speaker} first spoke {median} after the first sign in the middle case, "
        "{longest} at worst; {basis}.",
        speaker=past.service.speaker,
        median=age(found.median),
        longest=age(found.longest),
        basis=rests_on(found.basis, zone),
    )


def _gaps(past: Past, zone: tzinfo | None) -> str:
    found = figures.scorecard(past).gaps
    if found.median is None or found.longest is None:
        return ""
    return tr(
        "{speaker} lets {median} pass between two messages in the middle case, "
        "{longest} at worst; {pauses}.",
        speaker=past.service.speaker,
        median=age(found.median),
        longest=age(found.longest),
        pauses=pauses(found, zone),
    )


def _silence(past: Past, zone: tzinfo | None) -> str:
    found = figures.scorecard(past)
    if found.silent is None:
        return ""
    speaker, basis = past.service.speaker, rests_on(found.heard, zone)
    if found.silent == 0:
        return tr(
            "{speaker} wrote a word of each; {basis} of which that is known.",
            speaker=speaker,
            basis=basis,
        )
    return trn(
        "{speaker} wrote no word of one outage; {basis} of which that is known.",
        "{speaker} wrote no word of {n} outages; {basis} of which that is known.",
        found.silent,
        speaker=speaker,
        basis=basis,
    )


def _uptime(past: Past, zone: tzinfo | None) -> str:
    if past.since is None:
        return ""
    found = figures.uptime(past, past.since, past.now)
    if found is None:
        return ""
    return tr(
        "Worked {share} of the {looked} that Downlight watched since {day}; down for "
        "{down}.",
        share=share_words(found.share),
        looked=age(found.looked),
        day=_day(past.since, zone),
        down=age(found.down),
    )


def _day(at: datetime, zone: tzinfo | None) -> str:
    return full_date(at.astimezone(zone).date())
