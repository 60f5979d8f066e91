"""What a verdict says of itself."""

from __future__ import annotations

from dataclasses import replace

from downlight.core.evidence.verdict import Verdict, Word
from downlight.core.fusion.findings import Voice
from downlight.core.fusion.ruling import State
from downlight.core.level import Level
from tests.core.heard import BRAZIL, NOW, incident, judged, official

WELL = judged(official(Level.OPERATIONAL))


def test_before_anything_was_weighed_nothing_follows() -> None:
    blank = Verdict(Level.MAJOR)
    assert (blank.is_yours, blank.is_blocked, blank.is_early) == (False,) * 3
    assert (blank.is_guess, blank.calm_since, blank.title) == (False, None, "")
    assert not blank.has_official
    assert Verdict(word=Word.WAITING).has_official
    assert Verdict(incident=incident(Level.MAJOR, name="Late mail")).title == (
        "Late mail"
    )


def test_nobody_is_offline_before_that_is_known() -> None:
    assert not Verdict(online=None).offline
    assert Verdict(online=False).is_yours
    assert Verdict(judgement=replace(WELL, state=State.ITS_YOU)).is_yours


def test_early_signs_are_signs_of_what_is_not_believed_yet() -> None:
    signs = replace(WELL, odds=-2.0)
    assert Verdict(judgement=signs).is_early
    assert not Verdict(judgement=replace(WELL, odds=-4.0)).is_early
    assert not Verdict(judgement=replace(signs, state=State.DEGRADED)).is_early
    assert not Verdict(judgement=replace(signs, state=State.ITS_YOU)).is_early


def test_what_one_kind_of_evidence_says_is_a_guess() -> None:
    guess = replace(WELL, support=frozenset({Voice.OWN}), confirmed=False)
    assert Verdict(Level.DEGRADED, judgement=guess).is_guess
    assert not Verdict(Level.OPERATIONAL, judgement=guess).is_guess
    assert not Verdict(None, judgement=guess).is_guess
    sure = replace(guess, confirmed=True)
    assert not Verdict(Level.DEGRADED, judgement=sure).is_guess


def test_calm_and_places_together_mean_elsewhere() -> None:
    assert Verdict(Level.OPERATIONAL, places=(BRAZIL,)).is_elsewhere
    assert not Verdict(Level.MAJOR, places=(BRAZIL,)).is_elsewhere
    assert not Verdict(None, places=(BRAZIL,)).is_elsewhere
    assert not Verdict(Level.OPERATIONAL).is_elsewhere
    assert Verdict(judgement=replace(WELL, calm_since=NOW)).calm_since == NOW
