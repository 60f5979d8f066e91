"""Clauses and short sentences about a service, of which others are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.evidence.verdict import Word
from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.core.saying.words import felt, level_word, moment
from downlight.core.scope import Scope
from downlight.core.speech import tr, trn

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.evidence.spell import Spell
    from downlight.core.evidence.verdict import Verdict
    from downlight.core.service import Service


def trouble_of(service: Service, verdict: Verdict) -> str:
    """Return what is wrong, no surer than the evidence is."""
    name = service.name
    if verdict.is_blocked:
        return tr("{name} seems to be blocked", name=name)
    if verdict.measured:
        return tr("{name} cannot be reached from here", name=name)
    level = level_word(verdict.level)
    if verdict.is_guess:
        return tr("{name} seems to be {level}", name=name, level=level)
    return tr("{name} is {level}", name=name, level=level)


def felt_where(verdict: Verdict) -> str:
    """Return where what `trouble_of` says is felt; empty when not known."""
    # "From here" belongs to what was tried, not to how it is.
    tried = verdict.measured or verdict.scope is Scope.HERE
    if tried and not verdict.is_blocked:
        return ""
    return felt(verdict.scope, verdict.places)


def placed(trouble: str, place: str) -> str:
    """Return what is wrong with where that is felt, as far as that is known."""
    return tr("{trouble} {place}", trouble=trouble, place=place) if place else trouble


def own_line(verdict: Verdict) -> str:
    """Return that the own connection is fine; nothing while that is not known."""
    return tr("Your own connection is fine.") if verdict.online else ""


def _said(level: Level | None) -> str:
    """Return what a page said when it was read last."""
    if level is Level.OPERATIONAL:
        return tr("no trouble")
    return tr("nothing clear") if level is None else level_word(level)


def whose_word(
    service: Service, verdict: Verdict, now: datetime, zone: tzinfo | None
) -> str:
    """Return what the official page says, or why that is not known."""
    speaker = service.speaker
    if verdict.word is Word.SAID and verdict.read is not None:
        return tr(
            "{speaker}'s page was read last at {when}: {said}.",
            speaker=speaker,
            when=moment(verdict.read, now, zone),
            said=_said(verdict.official),
        )
    match verdict.word:
        case Word.NOBODY:
            return tr("There is no official page to ask.")
        case Word.WAITING:
            return tr("{speaker}'s page has not answered yet.", speaker=speaker)
        case Word.FAILED:
            return tr("{speaker}'s page could not be read.", speaker=speaker)
        case Word.UNCLEAR:
            return tr("{speaker}'s page says nothing clear.", speaker=speaker)
        case _:
            return _official(service, verdict)


def _official(service: Service, verdict: Verdict) -> str:
    level, speaker = verdict.official, service.speaker
    if level is not None and level.is_trouble:
        return _official_trouble(speaker, verdict, level)
    if level is Level.MAINTENANCE:
        return tr("{speaker} speaks of planned maintenance only.", speaker=speaker)
    if verdict.admitted:
        return tr("{speaker}'s page names no trouble any more.", speaker=speaker)
    return tr("{speaker} has not said so.", speaker=speaker)


def _official_trouble(speaker: str, verdict: Verdict, level: Level) -> str:
    if verdict.named:
        place = felt(Scope.PLACES, verdict.named)
        return tr("{speaker} names trouble {place} only.", speaker=speaker, place=place)
    if verdict.incident and verdict.incident.phase is Phase.MONITORING:
        return tr("{speaker} says that a fix is in place and watched.", speaker=speaker)
    if verdict.level is not None and level < verdict.level:
        word = level_word(level)
        return tr("{speaker} says that it is {level}.", speaker=speaker, level=word)
    return tr("{speaker} says so.", speaker=speaker)


def turns(spell: Spell | None, now: datetime, zone: tzinfo | None) -> str:
    """Return how often it came and went; empty where that is not to be told.

    After a long pause a count begins anew: then there is none yet.
    """
    if spell is None or spell.turns == 1:
        return ""
    return trn(
        "Trouble came or went {n} time since {when}.",
        "Trouble came or went {n} times since {when}.",
        spell.turns,
        when=moment(spell.since, now, zone),
    )
