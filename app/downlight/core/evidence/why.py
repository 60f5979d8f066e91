"""Why a verdict is what it is: the longer explanation, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.outlook import ALIKE, CONFIRMATIONS, names, unheard
from downlight.core.saying.lead_words import words as lead_words
from downlight.core.saying.words import joined
from downlight.core.speech import mark, percent, tr
from downlight.core.text import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.evidence.lead import Stamps
    from downlight.core.evidence.verdict import Evidence, Verdict
    from downlight.core.fusion.judgement import Judgement


@unique
class Leaning(StrEnum):
    """Which way a reason pulls."""

    TROUBLE = "trouble"
    WELL = "well"
    NEITHER = "neither"


VOICES: Final = {
    Voice.OFFICIAL: mark("Official page"),
    Voice.OWN: mark("Our own checks"),
    Voice.PEOPLE: mark("People"),
    Voice.COUNTRIES: mark("Measurements in countries"),
    Voice.PARENT: mark("What it stands on"),
    Voice.SIBLINGS: mark("Related services"),
}
"""Who speaks, as a person calls it."""

SPEAKS: Final = {
    "official": Voice.OFFICIAL,
    "measured": Voice.OWN,
    "regional": Voice.COUNTRIES,
    "people": Voice.PEOPLE,
}
"""With which voice a kind of source speaks; others are shown to compare with."""
_SURE: Final = (
    (0.9, mark("We are very sure ({percent}).")),
    (0.75, mark("We are quite sure ({percent}).")),
    (0.5, mark("We are fairly sure ({percent}).")),
    (0.0, mark("We are not sure ({percent}).")),
)
"""From which confidence on which sentence holds. Assumed."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is known, as a person reads it."""

    voice: Voice
    words: str
    """A whole sentence."""
    leaning: Leaning
    weight: float
    """In nats; above 0 speaks for trouble."""
    at: datetime
    """When it was seen (aware, UTC)."""
    here: bool = True
    """Whether it counts where the person is, or where the trouble is that counts."""

    @property
    def who(self) -> str:
        """Who speaks, as a person calls it."""
        return tr(VOICES[self.voice])


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation of one verdict; every text is a whole sentence."""

    sure: str = ""
    """How sure it is; empty when nothing is claimed."""
    remarks: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    """The heaviest first."""
    missing: str = ""
    """Which evidence there is not and, where it is known, why; empty when there is
    all."""
    changes: tuple[str, ...] = ()
    """What would change this, the likeliest first; no whole sentences."""
    lead: tuple[str, ...] = ()
    """Who saw the trouble when, and who has not."""


def asked(evidence: Iterable[Evidence]) -> frozenset[Voice]:
    """Return which voices any of these sources could speak with."""
    return frozenset(SPEAKS[e.info.kind] for e in evidence if e.info.kind in SPEAKS)


def why(
    verdict: Verdict,
    stamps: Stamps,
    now: datetime,
    zone: tzinfo | None = None,
    home: str = "",
    voices: Collection[Voice] | None = None,
) -> Why:
    """Return why a verdict is what it is.

    Args:
        verdict: The verdict; before anything was weighed there is nothing to explain.
        stamps: Who first saw the trouble, and when.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        home: The person's country; empty when not known.
        voices: Who is asked at all (`asked`); None when that is not known.
    """
    judgement = verdict.judgement
    if judgement is None:
        return Why()
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
        missing=_missing(judgement, voices),
        changes=_changes(judgement, voices),
        lead=_lead(judgement, stamps, now, zone, home) if trouble else (),
    )


def _changes(judgement: Judgement, voices: Collection[Voice] | None) -> tuple[str, ...]:
    """Return what would change the answer, but for what nobody asked could say."""
    mute = set() if voices is None else CONFIRMATIONS.keys() - set(voices)
    never = {CONFIRMATIONS[voice] for voice in mute}
    never |= {ALIKE} if Voice.PEOPLE in mute else set()
    return tuple(tr(it) for it in judgement.would_change if it not in never)


def _lead(
    judgement: Judgement,
    stamps: Stamps,
    now: datetime,
    zone: tzinfo | None,
    home: str,
) -> tuple[str, ...]:
    heard = [f for f in judgement.reasons if not f.silent]
    green = any(f.sign is Sign.GREEN for f in heard)
    # Who says only a little for trouble has seen something of it, if not enough.
    calm = {
        found.voice
        for found in heard
        if found.weight < 0
        and not found.carried
        and not found.is_elsewhere(home, judgement.abroad)
    }
    return lead_words(stamps, now, zone, green=green, calm=calm)


def _sure(confidence: float) -> str:
    words = next(words for least, words in _SURE if confidence >= least)
    # Rounded down: nothing is sure.
    return tr(words, percent=percent(min(int(100 * confidence + 1e-6), 99)))


def _reason(found: Finding, home: str, abroad: Sequence[str]) -> Reason:
    here = not found.is_elsewhere(home, abroad)
    leaning = Leaning.NEITHER
    if here and found.weight:
        leaning = Leaning.TROUBLE if found.weight > 0 else Leaning.WELL
    words = f"{found.words}."
    return Reason(found.voice, words, leaning, found.weight, found.at, here)


def _missing(judgement: Judgement, voices: Collection[Voice] | None) -> str:
    """Return what is not known for want of evidence: silent, or not asked at all."""
    if voices is None:
        gone = judgement.missing
        return tr("Not heard: {names}.", names=listed(gone)) if gone else ""
    quiet = unheard(judgement.reasons)
    silent, unasked = names(quiet.intersection(voices)), names(quiet - set(voices))
    return joined(
        tr("Asked, but with no answer that counts: {names}.", names=listed(silent))
        if silent
        else "",
        tr("Not asked, as there is no such source: {names}.", names=listed(unasked))
        if unasked
        else "",
    )
