"""An event in words: its title, and what is told of it."""

from __future__ import annotations

from datetime import timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Voice
from downlight.core.model import Place
from downlight.core.news import Turn
from downlight.core.places.countries import place_name
from downlight.core.saying.clauses import (
    felt_where,
    own_line,
    placed,
    trouble_of,
    turns,
    whose_word,
)
from downlight.core.saying.words import (
    FROM_HERE,
    PLACES_NAMED,
    age,
    felt,
    joined,
    level_word,
    moment,
    names_places,
    unplaced,
)
from downlight.core.scope import Scope
from downlight.core.speech import mark, tr, trc, trn
from downlight.core.text import cut

if TYPE_CHECKING:
    from downlight.core.evidence.story import Change
    from downlight.core.evidence.verdict import Verdict
    from downlight.core.service import Service

UNTIL_CALM: Final = mark(
    "No more is told of it until it has stayed the same for an hour."
)
"""What a person must know of what comes and goes."""


def headline(service: Service, verdict: Verdict, turn: Turn) -> str:
    """Return the title of an event: service, direction, place."""
    name, level = service.name, level_word(verdict.level)
    place = felt(verdict.scope, verdict.places)
    trouble = placed(trouble_of(service, verdict), felt_where(verdict))
    worse = tr("{name} got worse: {level}", name=name, level=level)
    better = tr("{name} is better: {level}", name=name, level=level)
    text = {
        Turn.BEGAN: trouble,
        Turn.CONFIRMED: tr("{trouble}: now confirmed", trouble=trouble),
        Turn.UNSTABLE: _comes_and_goes(service, verdict),
        Turn.WORSENED: placed(worse, place),
        Turn.EASED: placed(better, place),
        Turn.ENDED: _back(service, verdict),
        Turn.UPDATE: tr(
            "{name}: news from {speaker}", name=name, speaker=service.speaker
        ),
        Turn.MAINTENANCE_BEGAN: tr("{name}: planned maintenance began", name=name),
        Turn.MAINTENANCE_ENDED: tr("{name}: planned maintenance ended", name=name),
    }[turn]
    if verdict.is_guess and turn in {Turn.WORSENED, Turn.EASED}:
        now = tr("{name} now seems to be {level}", name=name, level=level)
        text = placed(now, place)
    return cut(text, 120)


def _comes_and_goes(service: Service, verdict: Verdict) -> str:
    """Return that it does, no surer than the evidence is."""
    trouble = verdict.level is not None and verdict.level.is_trouble
    if trouble and not (verdict.is_guess or verdict.measured):
        return tr("{name} comes and goes", name=service.name)
    return tr("{name} seems to come and go", name=service.name)


def _back(service: Service, verdict: Verdict) -> str:
    """Return what is known of an end: our own checks only knock at the front door."""
    if verdict.measured:
        return tr("{name} answers from here again", name=service.name)
    return tr("{name} works again", name=service.name)


def tale(
    service: Service,
    verdict: Verdict,
    change: Change,
    zone: tzinfo | None = None,
) -> str:
    """Return the body of an event: since when, how long, where, what it is about.

    Args:
        service: Which one.
        verdict: What the evidence says at the change.
        change: The turn.
        zone: Zone for clock times; None for the system's.
    """
    now, began = change.at, change.since
    often = turns(change.spell, now, zone)
    match change.turn:
        case Turn.ENDED:
            return joined(_end(change, zone), often)
        case Turn.UNSTABLE:
            return joined(often, tr(UNTIL_CALM))
        case Turn.MAINTENANCE_BEGAN | Turn.MAINTENANCE_ENDED:
            when = moment(now, now, zone)
            return tr("{when}. Planned work, not an outage.", when=when)
        case _:
            about = f"{verdict.title.rstrip('.')}." if verdict.title else ""
            since = moment(began, now, zone) if began else ""
            when = tr("Since {when}.", when=since) if since else ""
            word = whose_word(service, verdict, now, zone)
            line = own_line(verdict)
            signs = _signs(verdict)
            parts = _parts(verdict)
            return cut(joined(about, when, often, signs, word, parts, line), 400)


def _signs(verdict: Verdict) -> str:
    """Return what speaks for trouble beside the official page, the heaviest first."""
    judgement = verdict.judgement
    if judgement is None or judgement.is_ours:
        return ""
    signs = [
        f"{finding.words}."
        for finding in judgement.reasons
        if finding.voice in judgement.support and finding.voice is not Voice.OFFICIAL
    ]
    return joined(*signs[:2])


def _end(change: Change, zone: tzinfo | None) -> str:
    now = change.at
    span = change.ended - change.since if change.ended and change.since else None
    if change.ended is None:
        when = moment(now, now, zone)
        head = tr("Noticed at {when}; it may have ended earlier.", when=when)
    elif span and span > timedelta():
        when = moment(change.ended, now, zone)
        head = tr("Since {when} after {span}.", when=when, span=age(span))
    else:
        when = moment(change.ended, now, zone)
        head = trc("it works again", "Since {when}.", when=when)
    return joined(head, _was_felt(change.where))


def _was_felt(where: str) -> str:
    """Return where an outage was felt, of which we know in words of that time."""
    if not where:
        return tr("Where was not said.")
    if where in {FROM_HERE, tr(FROM_HERE)}:
        return tr("It was felt here.")
    place = place_name(Place("", unplaced(where)))
    if names_places(where):
        place = tr("in {places}", places=place)
    return tr("It was felt {place}.", place=place)


def _parts(verdict: Verdict) -> str:
    if verdict.scope is not Scope.UNKNOWN:
        return ""
    if not verdict.parts:
        return tr("Where is not said.")
    named = ", ".join(verdict.parts[:PLACES_NAMED])
    more = len(verdict.parts) - PLACES_NAMED
    if more > 0:
        return trn(
            "Affected: {names} and {n} more.",
            "Affected: {names} and {n} more.",
            more,
            names=named,
        )
    return tr("Affected: {names}.", names=named)
