"""What is believed of one service: what the sources say, and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Voice
from downlight.core.fusion.ruling import State
from downlight.core.level import Level
from downlight.core.model import Place
from downlight.core.places.countries import COUNTRIES
from downlight.core.scope import Scope

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.evidence.verdict import Verdict
    from downlight.core.fusion.judgement import Judgement
    from downlight.core.model import SourceId

_LEVELS: Final = {
    State.OPERATIONAL: Level.OPERATIONAL,
    State.MAINTENANCE: Level.MAINTENANCE,
    State.DEGRADED: Level.DEGRADED,
    State.OUTAGE: Level.MAJOR,
}


def conclude(
    facts: Verdict,
    judgement: Judgement,
    announced: Level | None = None,
    began: datetime | None = None,
) -> Verdict:
    """Return the verdict that follows.

    Args:
        facts: What the sources say as it stands (`facts.gather`).
        judgement: What the rule makes of it.
        announced: The level that was announced last.
        began: When the trouble was first noticed, by whomever.
    """
    if facts.offline:
        return replace(facts, judgement=judgement)
    if judgement.elsewhere:
        facts = replace(facts, named=facts.places)
    level = _level(facts, judgement.state, announced, others=_hears_others(judgement))
    verdict = replace(facts, level=level, judgement=judgement)
    if level is None or not level.is_trouble:
        red = facts.official is not None and facts.official.is_trouble
        elsewhere = red and level is not None
        return replace(
            verdict,
            scope=facts.scope if elsewhere else Scope.UNKNOWN,
            places=facts.places if elsewhere else (),
            since=None,
        )
    if facts.official is not None and facts.official.is_trouble and not facts.named:
        return replace(verdict, measured=False, since=facts.since or began)
    places = tuple(Place(c, COUNTRIES.get(c, c)) for c in judgement.places)
    return replace(
        verdict,
        scope=judgement.scope,
        places=places,
        since=began if facts.named else facts.since or began,
        measured=judgement.is_ours and not facts.wrong,
    )


def _hears_others(judgement: Judgement) -> bool:
    """Whether anybody speaks who gives no level: people, measurements in countries."""
    others = {Voice.PEOPLE, Voice.COUNTRIES}
    return any(f.voice in others and not f.silent for f in judgement.reasons)


def _level(
    facts: Verdict, state: State | None, announced: Level | None, *, others: bool
) -> Level | None:
    if state is None or state is State.ITS_YOU or not (facts.sources or others):
        return None
    level = _LEVELS[state]
    if facts.official is Level.MAINTENANCE and state is State.OPERATIONAL:
        return Level.MAINTENANCE  # it overran, which is no trouble by itself
    if state is not State.OUTAGE:
        return level
    # Who says "partly" is believed; while a milder word waits, nothing gets worse.
    page = None if facts.named else facts.official
    said = (it for it in (page, announced) if it is not None and it.is_outage)
    return next(said, level)


def hold(verdict: Verdict, announced: Level | None, by: frozenset[SourceId]) -> Verdict:
    """Keep an announced outage open while those who claimed it are not heard.

    Args:
        verdict: What the evidence says now.
        announced: The level that was announced last.
        by: Who claimed it, as far as they are still asked.
    """
    if announced is None or not announced.is_trouble or by <= verdict.sources:
        return verdict
    # Others who see it no more cannot end it: then it is not known.
    seen = verdict.level if verdict.calm_since is None else None
    if seen is not None and seen >= announced:
        return verdict
    return replace(verdict, level=None, last=announced, scope=Scope.UNKNOWN, places=())
