"""The rungs of the own line, judged: from the cable to a secure connection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.rungs.ladder import Rung, Trouble, failed, fine, unclear
from downlight.core.rungs.readings import Fault
from downlight.core.speech import tr, trn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from downlight.core.rungs.ladder import Step
    from downlight.core.rungs.readings import Lookup, OwnLine, Reading

ENOUGH: Final = 0.6
"""Share of the references that must be reached: with less, the line is not fit for a
judgement (the gate of our own study of detection, 2026-11)."""
CLOCK_MAY_DIFFER: Final = timedelta(minutes=5)
"""Logins begin to fail beyond it: Kerberos allows five minutes (RFC 4120)."""
SAME_ISSUER: Final = 4
"""Unrelated owners whose certificates all come from one issuer, before we say that
somebody in between makes them (assumed; by themselves they have three at least)."""
LATE: Final = timedelta(milliseconds=900)
"""A connection so much later than the quickest to the same place was begun anew: what
is lost of its beginning is sent again after a second (RFC 6298)."""
LOSSY: Final = 0.15
"""Share of connections begun anew or never made, from which the line is weak. One
packet in thirteen is lost each way then. Assumed."""


@dataclass(frozen=True, slots=True)
class Around:
    """What was met outside, for the rungs that cannot be judged by themselves."""

    second: tuple[Lookup, ...] = ()
    """The known names once more, from the second name server."""
    sentinels: tuple[bool | None, ...] = ()
    """Whether somebody answered in their place; None where that cannot be told."""
    references: tuple[Reading, ...] = ()
    offsets: tuple[timedelta | None, ...] = ()
    """What the sentinels' clocks show more than ours."""
    knocks: tuple[Reading, ...] = ()
    """Places known by number, gone to again and again; empty without a doubt."""

    @property
    def is_captive(self) -> bool:
        """Whether the network itself answers instead of the world."""
        if False in self.sentinels or True not in self.sentinels:
            return False
        whole = _secured(self.references)
        # Where a number leads out, the names lie, and no door is shut.
        out = any(it.numeric for it in whole)
        return not out and not _mostly(whole, self.references)


def judge_link(own: OwnLine) -> Step:
    """Judge whether this computer is connected to a network."""
    if own.route:
        return fine(Rung.LINK)
    if own.link is False:
        return failed(Rung.LINK, Trouble.NO_LINK)
    if own.address is False:
        return failed(Rung.LINK, Trouble.NO_ADDRESS)
    if own.route is False:
        return failed(Rung.LINK, Trouble.NO_ROUTE)
    return unclear(Rung.LINK, tr("not looked at on this system"))


def judge_names(names: Sequence[Lookup], around: Around | None = None) -> Step | None:
    """Judge whether names are found, and lead where they are known to lead.

    Args:
        names: Known names, from this computer's own name server.
        around: What was met outside.

    Returns:
        None when that is needed and was not given.
    """
    right = [it.took for it in names if it.is_right and it.took is not None]
    if right:
        return fine(Rung.DNS, min(right))
    if around is None:
        return None
    # A look-up that was lost on a bad line proves less than a place that was found by
    # its name and showed its certificate.
    if any(not it.numeric for it in _secured(around.references)):
        return fine(Rung.DNS, note=tr("not all of them, or slowly"))
    if around.is_captive:
        return unclear(Rung.DNS, tr("the network itself answers"))
    if is_lossy(around.knocks) and not any(it.addresses for it in names):
        return unclear(Rung.DNS, tr("answers are lost on the way"))
    trouble = _names_fail(names, around)
    return failed(Rung.DNS, trouble) if trouble else unclear(Rung.DNS)


def _names_fail(names: Sequence[Lookup], around: Around) -> Trouble | None:
    """Return why names are not found; None when nothing at all answers."""
    if any(it.addresses for it in names):
        return Trouble.DNS_LIES
    if any(it.is_right for it in around.second):
        return Trouble.DNS_DEAD
    if any(it.numeric and it.connected is not None for it in around.references):
        return Trouble.DNS_CUT
    return None


def judge_portal(around: Around) -> Step:
    """Judge whether the network wants a log-in before it lets anybody out."""
    if around.is_captive:
        return failed(Rung.PORTAL, Trouble.PORTAL)
    if False in around.sentinels or _mostly(
        _secured(around.references), around.references
    ):
        return fine(Rung.PORTAL)
    return unclear(Rung.PORTAL, tr("could not be seen"))


def judge_internet(
    references: Sequence[Reading],
    knocks: Sequence[Reading] = (),
    *,
    proxied: bool = False,
) -> Step:
    """Judge whether unrelated places in the world are reached.

    Args:
        references: What came of them.
        knocks: Those known by number, gone to again and again.
        proxied: Whether all were asked through a proxy, which then may be silent too.
    """
    reached = reached_of(references, knocks)
    note = tr(
        "{reached} of {asked} known places answer",
        reached=len(reached),
        asked=len(references),
    )
    if is_lossy(knocks):
        lost, made = _lost(knocks)
        note = tr(
            "{places}, {lost} of {made} connections are lost or late",
            places=note,
            lost=lost,
            made=made,
        )
    elif _mostly(reached, references):
        times = (it.connected for it in (*reached, *knocks))
        return fine(Rung.INTERNET, _middle(times), note)
    if proxied and not reached:
        return failed(Rung.INTERNET, Trouble.PROXY, note)
    trouble = Trouble.WEAK if reached else Trouble.OFFLINE
    return failed(Rung.INTERNET, trouble, note)


def judge_secure(
    references: Sequence[Reading], told: Iterable[timedelta | None] = ()
) -> Step:
    """Judge whether secure connections are whole, and the own clock right.

    Args:
        references: What came of them.
        told: Clocks of others less ours, as they were told besides.
    """
    clocks = [it for it in (*told, *(it.offset for it in references)) if it is not None]
    offset = _middle(clocks) if clocks else timedelta()
    if abs(offset) > CLOCK_MAY_DIFFER:
        return failed(Rung.SECURE, Trouble.CLOCK, _off_by(offset))
    reached = [it for it in references if it.connected is not None]
    whole = _secured(reached)
    if _mostly(whole, reached):
        return fine(Rung.SECURE, _middle(it.secured for it in whole))
    faults = [it.fault for it in reached]
    dated = sum(map(faults.count, (Fault.EXPIRED, Fault.EARLY)))
    foreign = faults.count(Fault.FOREIGN)
    cut = sum(map(faults.count, (Fault.CUT, Fault.SILENT)))
    counts = {Trouble.INTERCEPTED: foreign, Trouble.CLOCK: dated, Trouble.TLS_CUT: cut}
    return failed(Rung.SECURE, max(counts, key=lambda it: counts[it]))


def reached_of(
    references: Sequence[Reading], knocks: Sequence[Reading] = ()
) -> list[Reading]:
    """Return the references that let us in, be it at a later try."""
    both = (*references, *knocks)
    there = {it.target for it in both if it.connected is not None}
    return [it for it in references if it.target in there]


def is_lossy(knocks: Sequence[Reading]) -> bool:
    """Whether much of what is sent is lost on the way."""
    lost, made = _lost(knocks)
    return lost > 0 and lost >= LOSSY * made


def _lost(knocks: Sequence[Reading]) -> tuple[int, int]:
    """Return how many were lost or sent anew, and of how many.

    Only where somebody opens at all: a place that never does may be shut off.
    """
    lost = made = 0
    for target in {it.target for it in knocks}:
        these = [it for it in knocks if it.target == target]
        times = [it.connected for it in these if it.connected is not None]
        if times:
            made += len(these)
            lost += sum(it.fault is Fault.SILENT for it in these)
            lost += sum(it - min(times) >= LATE for it in times)
    return lost, made


def is_read_along(references: Sequence[Reading]) -> bool:
    """Whether one issuer vouches for everybody: somebody trusted stands in between."""
    whole = [it for it in _secured(references) if it.issuer]
    owners = {it.owner for it in whole}
    return len(owners) >= SAME_ISSUER and len({it.issuer for it in whole}) == 1


def _secured(references: Iterable[Reading]) -> list[Reading]:
    return [it for it in references if it.secured is not None]


def _mostly(some: Sequence[Reading], of_all: Sequence[Reading]) -> bool:
    return bool(some) and len(some) >= ENOUGH * len(of_all)


def _middle(times: Iterable[timedelta | None]) -> timedelta:
    known = sorted(it for it in times if it is not None)
    return known[len(known) // 2]


def _off_by(offset: timedelta) -> str:
    """Return by how much the own clock is off, seen from it."""
    span = _span(abs(offset))
    if offset > timedelta():
        return tr("about {span} slow", span=span)
    return tr("about {span} fast", span=span)


def _span(off: timedelta) -> str:
    """Return a time in the unit of which there are two at least; one is long here."""
    if off >= timedelta(days=2):
        return trn("{n} day", "{n} days", round(off / timedelta(days=1)))
    if off >= timedelta(hours=2):
        return trn("{n} hour", "{n} hours", round(off / timedelta(hours=1)))
    return trn("{n} minute", "{n} minutes", round(off / timedelta(minutes=1)))
