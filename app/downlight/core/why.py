"""Why a verdict is what it is: the longer explanation, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.lead_words import words as lead_words
from downlight.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from downlight.core.lead import Stamps
    from downlight.core.verdict import Verdict


@unique
class Leaning(StrEnum):
    """Which way a reason pulls."""

    TROUBLE = "trouble"
    WELL = "well"
    NEITHER = "neither"


VOICES: Final = {
    Voice.OFFICIAL: "Official page",
    Voice.OWN: "Our own checks",
    Voice.PEOPLE: "People",
    Voice.COUNTRIES: "Measurements in countries",
    Voice.PARENT: "What it stands on",
    Voice.SIBLINGS: "Related services",
}
"""Who speaks, as a person calls it."""

_SURE: Final = ((0.9, "very sure"), (0.75, "quite sure"), (0.5, "fairly sure"))
"""From which confidence on which word holds. Assumed."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is known, as a person reads it."""

    who: str
    words: str
    """A whole sentence."""
    leaning: Leaning
    weight: float
    """In nats; above 0 speaks for trouble."""
    at: datetime
    """When it was seen (aware, UTC)."""
    here: bool = True
    """Whether it counts where the person is, or where the trouble is that counts."""


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of one verdict; every text is a whole sentence."""

    sure: str = ""
    """How sure it is; empty when nothing is claimed."""
    remarks: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    """The heaviest first."""
    missing: str = ""
    """Which evidence there is not; empty when there is all."""
    changes: tuple[str, ...] = ()
    """What would change this, the likeliest first; no whole sentences."""
    lead: tuple[str, ...] = ()
    """Who saw the trouble when."""


def why(
    verdict: Verdict,
    stamps: Stamps,
    now: datetime,
    zone: tzinfo | None = None,
    home: str = "",
) -> Why:
    """Return why a verdict is what it is.

    Args:
        verdict: The verdict; before anything was weighed there is nothing to explain.
        stamps: Who first saw the trouble, and when.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        home: The person's country; empty when not known.
    """
    judgement = verdict.judgement
    if judgement is None:
        return Why()
    green = any(f.sign is Sign.GREEN and not f.silent for f in judgement.reasons)
    trouble = verdict.level is not None and verdict.level.is_trouble
    claimed = (verdict.level is not None and verdict.calm_since is None) or (
        verdict.is_yours
    )
    return Why(
        sure=_sure(judgement.confidence) if claimed else "",
        remarks=tuple(f"{remark}." for remark in judgement.remarks),
        reasons=tuple(
            _reason(found, home, judgement.abroad) for found in judgement.reasons
        ),
        missing=_missing(judgement.missing),
        changes=judgement.would_change,
        lead=lead_words(stamps, now, zone, green=green) if trouble else (),
    )


def _sure(confidence: float) -> str:
    word = next((word for least, word in _SURE if confidence >= least), "not sure")
    # Rounded down: nothing is sure.
    return f"We are {word} ({min(int(100 * confidence + 1e-6), 99)} %)."


def _reason(found: Finding, home: str, abroad: Sequence[str]) -> Reason:
    here = not found.is_elsewhere(home, abroad)
    leaning = Leaning.NEITHER
    if here and found.weight:
        leaning = Leaning.TROUBLE if found.weight > 0 else Leaning.WELL
    words = f"{found.words}."
    return Reason(VOICES[found.voice], words, leaning, found.weight, found.at, here)


def _missing(names: Sequence[str]) -> str:
    """Return what is not known for want of evidence."""
    return f"Not heard: {listed(names)}." if names else ""
