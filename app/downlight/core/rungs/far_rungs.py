"""The rungs of a service, judged: its name, its servers, its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.rungs.ladder import Rung, Trouble, failed, fine, unclear
from downlight.core.rungs.readings import Fault
from downlight.core.speech import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from downlight.core.rungs.ladder import Step
    from downlight.core.rungs.readings import Lookup, Reading

ERROR_OF_SERVER = 500
"""The HTTP statuses from here on are the server's own fault; those below say that it
is there (87 % of the "outages" of plain web checks are such refusals, study 2026-11).
"""


def judge_name(
    names: Sequence[Lookup], second: Sequence[Lookup] | None = None
) -> Step | None:
    """Judge whether the names of a service are found.

    Args:
        names: From this computer's own name server, at least one.
        second: The same from the second name server.

    Returns:
        None when the second is needed and was not given.
    """
    found = [it for it in names if it.addresses]
    if any(it.is_public for it in found):
        return _found(found, len(names))
    if second is None:
        return None
    if any(it.is_public for it in second):
        # Nothing, or an address that leads nowhere: a common way to block.
        return failed(Rung.NAME, Trouble.NAME_BLOCKED)
    if found:
        return _found(found, len(names))  # a service of the own network
    if all(any(it.fault is Fault.NOWHERE for it in by) for by in (names, second)):
        return failed(Rung.NAME, Trouble.NAME_GONE)
    return failed(Rung.NAME, Trouble.NAME_LOST)


def _found(found: Sequence[Lookup], asked: int) -> Step:
    quickest = min((it.took for it in found if it.took is not None), default=None)
    if len(found) == asked:
        return fine(Rung.NAME, quickest)
    note = tr("{found} of {asked} names found", found=len(found), asked=asked)
    return fine(Rung.NAME, quickest, note)


def judge_connect(grid: Sequence[Reading], pages: Sequence[Reading] = ()) -> Step:
    """Judge whether the servers of a service let us in.

    Args:
        grid: Every place that was tried.
        pages: Those of them that were asked for a page: one must be there.
    """
    times = [it.connected for it in grid if it.connected is not None]
    if times:
        there, known = servers(grid)
        shut = bool(pages) and all(it.connected is None for it in pages)
        if shut or 2 * there < known:
            return failed(Rung.CONNECT, Trouble.PARTLY, _servers(grid))
        return fine(Rung.CONNECT, min(times), _servers(grid))
    faults = [it.fault for it in grid]
    if Fault.PROXY in faults:
        return failed(Rung.CONNECT, Trouble.CUT_OFF, tr("at the proxy"))
    for fault, trouble in (
        (Fault.REFUSED, Trouble.REFUSES),
        (Fault.CUT, Trouble.CUT_OFF),
    ):
        if 2 * faults.count(fault) > len(faults):
            return failed(Rung.CONNECT, trouble)
    return failed(Rung.CONNECT, Trouble.SILENT)


def judge_handshake(grid: Sequence[Reading]) -> Step:
    """Judge whether a service proves who it is.

    Args:
        grid: The places that must, at least one of them reached.
    """
    times = [it.secured for it in grid if it.secured is not None]
    if times:
        return fine(Rung.HANDSHAKE, min(times))
    faults = {it.fault for it in grid}
    if Fault.FOREIGN in faults:
        return failed(Rung.HANDSHAKE, Trouble.FOREIGN)
    if faults & {Fault.EXPIRED, Fault.EARLY}:
        return failed(Rung.HANDSHAKE, Trouble.EXPIRED)
    return failed(Rung.HANDSHAKE, Trouble.CUT_OFF)


def judge_answer(grid: Sequence[Reading]) -> Step:
    """Judge whether a service answers; a refusal is an answer, its own error is not.

    Args:
        grid: The places that were asked for a page.
    """
    times: list[timedelta] = []
    errors: list[int] = []
    for it in grid:
        if it.status is not None and it.status >= ERROR_OF_SERVER:
            errors.append(it.status)
        elif it.answered is not None:
            times.append(it.answered)
    if times:
        return fine(Rung.ANSWER, min(times))
    if errors:
        return failed(Rung.ANSWER, Trouble.ERROR, f"HTTP {errors[0]}")
    return failed(Rung.ANSWER, Trouble.MUTE)


def servers(grid: Sequence[Reading]) -> tuple[int, int]:
    """Return how many servers let us in, by any of their ports, and of how many."""
    hosts = {it.target.rpartition(":")[0] for it in grid}
    there = {it.target.rpartition(":")[0] for it in grid if it.connected is not None}
    return len(there), len(hosts)


def _servers(grid: Sequence[Reading]) -> str:
    there, known = servers(grid)
    if known == 1:
        return ""
    return tr("{there} of {known} servers answer", there=there, known=known)


def not_looked(rung: Rung) -> Step:
    """Return a rung that a proxy climbs in our place."""
    return unclear(rung, tr("left to the proxy"))
