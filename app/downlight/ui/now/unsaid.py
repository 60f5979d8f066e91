"""What nobody says of open trouble, and why: its cause, and how many feel it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.model import Phase
from downlight.core.speech import tr
from downlight.core.verdict import Word
from downlight.ui.state import is_troubled

if TYPE_CHECKING:
    from downlight.core.model import Incident
    from downlight.core.news import ServiceView


def cause_words(view: ServiceView) -> str:
    """Return what is said of the cause, never guessed; empty where nothing is wrong.

    A block is no fault that has one, and is told as what it is.
    """
    verdict, speaker = view.verdict, view.service.speaker
    trouble = is_troubled(view)
    # What a page tells of other countries is not about the trouble that counts here.
    incident = None if trouble and verdict.named else verdict.incident
    if verdict.is_blocked or not (trouble or incident):
        return ""
    if incident is not None:
        return _told(incident, speaker)
    if verdict.word in {Word.SAID, Word.UNCLEAR}:
        return tr("Cause: not known; {speaker} has not said.", speaker=speaker)
    return tr("Cause: not known.")  # there is nobody who could be read; that is said


def _told(incident: Incident, speaker: str) -> str:
    """Return what an incident says of its cause, by its phase alone."""
    match incident.phase:
        case Phase.INVESTIGATING:
            return tr(
                "Cause: not known; {speaker} is still looking into it.", speaker=speaker
            )
        case Phase.IDENTIFIED if incident.updates:
            return tr(
                "Cause: {speaker} says it is found; its words are below.",
                speaker=speaker,
            )
        case Phase.IDENTIFIED:
            return tr(
                "Cause: {speaker} says it is found, but not what it is.",
                speaker=speaker,
            )
        case Phase.MONITORING if incident.updates:
            return tr(
                "Cause: {speaker} says that a fix is in place and watched; its words "
                "are below.",
                speaker=speaker,
            )
        case Phase.MONITORING:
            return tr(
                "Cause: not known; {speaker} says only that a fix is in place and "
                "watched.",
                speaker=speaker,
            )
        case _ if incident.updates:
            return tr(
                "Cause: not known here; what {speaker} writes is below.",
                speaker=speaker,
            )
        case _:
            return tr("Cause: not known; {speaker} has not said.", speaker=speaker)


def affected_words(view: ServiceView) -> str:
    """Return that nobody knows how many feel it; empty where nothing is wrong."""
    if not is_troubled(view):
        return ""
    return tr("How many people are affected is not known: no source counts them.")
