"""What nobody says of open trouble, and why: its cause, and how many feel it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.evidence.facts import fresh
from downlight.core.evidence.verdict import Word
from downlight.core.model import Phase
from downlight.core.speech import mark, tr
from downlight.ui.state import is_troubled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from downlight.core.model import Incident
    from downlight.core.news import ServiceView

_UNKNOWN: Final = mark("Cause: not known.")
_UNSAID: Final = mark("Cause: not known; {speaker} has not said.")
_WRITTEN: Final = mark("Cause: not known here; what {speaker} writes is below.")
_SOUGHT: Final = mark("Cause: not known; {speaker} is still looking into it.")
_EACH: Final = mark("Cause: what {speaker} says of each incident is below.")
_BY_PHASE: Final[dict[tuple[Phase | None, bool], str]] = {
    (Phase.INVESTIGATING, False): _SOUGHT,
    (Phase.INVESTIGATING, True): _SOUGHT,
    (Phase.IDENTIFIED, False): mark(
        "Cause: {speaker} says it is found, but not what it is."
    ),
    (Phase.IDENTIFIED, True): mark(
        "Cause: {speaker} says it is found; its words are below."
    ),
    (Phase.MONITORING, False): mark(
        "Cause: not known; {speaker} says only that a fix is in place and watched."
    ),
    (Phase.MONITORING, True): mark(
        "Cause: {speaker} says that a fix is in place and watched; its words are below."
    ),
}
"""By the phase of an incident, and whether anything is written of it."""


def cause_words(view: ServiceView, now: datetime) -> str:
    """Return what is said of the cause, never guessed; empty where nothing is wrong.

    A block is no fault that has one, and is told as what it is.

    Args:
        view: The service as the engine knows it.
        now: The present (aware).
    """
    verdict, speaker = view.verdict, view.service.speaker
    trouble = is_troubled(view)
    # What a page tells of other countries is not about the trouble that counts here.
    incident = None if trouble and verdict.named else verdict.incident
    if verdict.is_blocked or not (trouble or incident):
        return ""
    if verdict.read is not None:  # what it says by now cannot be read
        lost = _WRITTEN if incident and incident.updates else _UNKNOWN
        return tr(lost, speaker=speaker)
    if incident is not None:
        said = {_told(it, speaker) for it in (incident, *_open(view, now))}
        return said.pop() if len(said) == 1 else tr(_EACH, speaker=speaker)
    if verdict.word in {Word.SAID, Word.UNCLEAR}:
        return tr(_UNSAID, speaker=speaker)
    return tr(_UNKNOWN)  # there is nobody who could be read; that is said


def _open(view: ServiceView, now: datetime) -> Iterator[Incident]:
    """Yield the trouble that official pages tell of now."""
    for e in view.evidence:
        report = fresh(e, now) if e.info.kind == "official" else None
        for incident in report.open_incidents if report is not None else ():
            if incident.level is not None and incident.level.is_trouble:
                yield incident


def _told(incident: Incident, speaker: str) -> str:
    """Return what an incident says of its cause, by its phase alone."""
    written = bool(incident.updates)
    said = _BY_PHASE.get((incident.phase, written), _WRITTEN if written else _UNSAID)
    return tr(said, speaker=speaker)


def affected_words(view: ServiceView) -> str:
    """Return that nobody knows how many feel it; empty where nothing is wrong."""
    if not is_troubled(view):
        return ""
    return tr("How many people are affected is not known: no source counts them.")
