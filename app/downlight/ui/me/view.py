"""The ladder "is it me?" as it is shown: rung by rung, while it is climbed. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.rungs import advice, far_rungs
from downlight.core.rungs.ladder import Outcome, Rung
from downlight.core.rungs.remedies import Side
from downlight.core.saying import words
from downlight.core.speech import mark, tr
from downlight.ui.kit.look import Look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from downlight.core.about import Weakness
    from downlight.core.errors import DownlightError
    from downlight.core.rungs.ladder import Climb, Step
    from downlight.core.rungs.readings import Reading

LOOKS: Final = {
    Outcome.FINE: Look.OPERATIONAL,
    Outcome.FAILED: Look.MAJOR,
    Outcome.OPEN: Look.UNKNOWN,
}
_ANSWERS: Final = {
    Outcome.FINE: mark("yes"),
    Outcome.FAILED: mark("no"),
    Outcome.OPEN: mark("not known"),
}
WAITING: Final = "…"
LASTS: Final = timedelta(minutes=10)
"""What was seen longer ago is not said without doubt. Assumed."""
_SIDES: Final = {
    Side.YOU: mark("The trouble is on your side."),
    Side.BETWEEN: mark("The trouble is on the way to {service}."),
    Side.THEM: mark("The trouble is with {service}, not with you."),
    Side.OPEN: mark(
        "Your own line is fine. Where the trouble is cannot be told from here."
    ),
}


@dataclass(frozen=True, slots=True)
class RungView:
    """One rung."""

    claim: str
    """What holds when it does."""
    look: Look | None
    """None while it was not looked at."""
    word: str
    """Whether it holds: "yes", "no", "not known", "…"; empty: not looked at."""
    details: str = ""
    """How long it took and other numbers."""
    own: bool = True
    """Whether it is of the person's own line."""
    link: str = ""
    """Leads to how the service fails when it ends here, as a link says it; empty:
    nothing is known of that."""

    @property
    def spoken(self) -> str:
        """The rung as a screen reader says it."""
        waiting = {"": tr("not looked at"), WAITING: tr("being looked at")}
        word = waiting.get(self.word, self.word)
        return ", ".join(it for it in (self.claim, word, self.details) if it)


@dataclass(frozen=True, slots=True)
class Cell:
    """One server of a service."""

    name: str
    look: Look
    text: str
    """How long it took, or why there is no answer."""


@dataclass(frozen=True, slots=True)
class MeView:
    """All of the page."""

    title: str
    """What came of it, or what is going on."""
    text: str = ""
    """What it means, and what to do."""
    rungs: tuple[RungView, ...] = ()
    cells: tuple[Cell, ...] = ()
    count: str = ""
    """How many servers answer."""
    notices: tuple[str, ...] = ()
    aside: str = ""
    """When it was looked at."""
    busy: bool = False
    copy: str = ""
    """All of it as text that may be sent to anybody; empty while there is none."""
    ended: Rung | None = None
    """The rung that failed, where it is known how the service fails when it ends
    there."""


def climbing(service: str, steps: Sequence[Step]) -> MeView:
    """Return what is shown while the ladder is climbed.

    Args:
        service: The name of the service.
        steps: The rungs that are known by now.
    """
    return MeView(
        tr("Looking whether it is you or {service} …", service=service),
        tr(
            "This takes a few seconds: a few well-known places are asked, and then "
            "{service} itself.",
            service=service,
        ),
        _rungs(service, steps, going_on=True),
        busy=True,
    )


def climbed(
    service: str,
    climb: Climb,
    at: datetime,
    now: datetime,
    zone: tzinfo | None,
    weaknesses: Sequence[Weakness] = (),
) -> MeView:
    """Return what came of it.

    Args:
        service: The name of the service.
        climb: How far it went.
        at: When that was.
        now: The present (aware).
        zone: For clock times; None for the system's.
        weaknesses: The ways in which the service fails, as far as they are known.
    """
    what, do = advice.conclusion(climb)
    side = advice.side(climb)
    title = tr(_SIDES[side], service=service) if side is not None else what
    text = f"{what} {do}" if side is not None else do
    there, of_all = far_rungs.servers(climb.grid)
    ended = _ended(climb, weaknesses)
    return MeView(
        title,
        text.strip(),
        _rungs(service, climb.steps, ended=ended),
        _cells(climb.grid),
        tr("{there} of {known} servers answer from here.", there=there, known=of_all)
        if climb.grid
        else "",
        advice.notices(climb),
        _looked(at, now, zone),
        copy=advice.as_text(climb),
        ended=ended,
    )


def _ended(climb: Climb, weaknesses: Sequence[Weakness]) -> Rung | None:
    """Return the rung that failed, if it is known how a service fails there."""
    failed = climb.failed
    if failed is None or not any(failed.rung in it.rungs for it in weaknesses):
        return None
    return failed.rung


def _looked(at: datetime, now: datetime, zone: tzinfo | None) -> str:
    when = words.moment(at, now, zone)
    if now - at > LASTS:
        return tr("Looked at {when}; it may be otherwise now.", when=when)
    return tr("Looked at {when}.", when=when)


def refused(service: str, error: DownlightError) -> MeView:
    """Return why the ladder was not climbed, and what to do.

    Args:
        service: The name of the service.
        error: What stood in the way.
    """
    return MeView(f"{tr(error.title)}.", error.words, _rungs(service, ()))


def _rungs(
    service: str,
    steps: Sequence[Step],
    *,
    going_on: bool = False,
    ended: Rung | None = None,
) -> tuple[RungView, ...]:
    known = {step.rung: step for step in steps}
    found, next_is_first = [], going_on
    for rung in Rung:
        step = known.get(rung)
        claim = tr(advice.RUNGS[rung], service=service)
        if step is None:
            word = WAITING if next_is_first else ""
            next_is_first = False
            found.append(RungView(claim, None, word, own=rung.is_own))
        else:
            word, text = tr(_ANSWERS[step.outcome]), advice.details(step)
            look = LOOKS[step.outcome]
            link = ""
            if rung is ended:
                link = tr("How {service} fails when it ends here", service=service)
            found.append(RungView(claim, look, word, text, rung.is_own, link))
    return tuple(found)


def _cells(grid: Sequence[Reading]) -> tuple[Cell, ...]:
    """Return one cell for each server, whichever of its ports were tried."""
    hosts: dict[str, list[Reading]] = {}
    for reading in grid:
        hosts.setdefault(reading.target.rpartition(":")[0], []).append(reading)
    return tuple(_cell(host, readings) for host, readings in hosts.items())


def _cell(host: str, readings: Sequence[Reading]) -> Cell:
    if all(it.connected is None for it in readings):
        return Cell(host, Look.MAJOR, tr("no answer"))
    times = [it.took for it in readings if it.took is not None]
    if len(times) < len(readings):
        some = tr("{some} of {known} ways answer", some=len(times), known=len(readings))
        return Cell(host, Look.DEGRADED, some)
    return Cell(host, Look.OPERATIONAL, advice.milliseconds(min(times)))
