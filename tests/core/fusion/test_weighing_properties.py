"""What holds of all findings, whatever they say."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from downlight.core.fusion.findings import KIN, Finding, Sign, Voice
from downlight.core.fusion.gate import Fault
from downlight.core.fusion.ruling import TROUBLE, State
from downlight.core.fusion.weighing import Opinion, confidence, weigh

if TYPE_CHECKING:
    from random import Random

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def find(
    voice: Voice,
    sign: Sign,
    weight: float,
    *places: str,
    lasting: timedelta = MINUTE,
    telling: bool = False,
) -> Finding:
    return Finding(
        voice,
        sign,
        NOW,
        weight,
        f"{voice} {sign}",
        places=places,
        since=NOW - lasting,
        telling=telling,
    )


def opinion(*findings: Finding, fault: Fault | None = None) -> Opinion:
    return weigh(findings, fault, "NL")


VOICES = st.sampled_from(Voice)
FINDINGS = st.builds(
    find,
    VOICES,
    st.sampled_from(Sign),
    st.floats(-12, 12),
    lasting=st.sampled_from([MINUTE, 30 * MINUTE]),
    telling=st.booleans(),
)
WHO_NAMES_PLACES = {Voice.OFFICIAL, Voice.COUNTRIES, Voice.PEOPLE}


def at(found: Finding, places: tuple[str, ...]) -> Finding:
    """Put it there, if whoever says it can tell places apart."""
    return replace(found, places=places if found.voice in WHO_NAMES_PLACES else ())


MANY_FINDINGS = st.lists(
    st.builds(at, FINDINGS, st.sampled_from([(), ("NL",), ("JP",)])),
    max_size=8,
)
FAULTS = st.sampled_from([None, *Fault])


@given(MANY_FINDINGS, FINDINGS)
def test_a_red_finding_never_lowers_the_odds(
    findings: list[Finding], more: Finding
) -> None:
    red = replace(more, weight=abs(more.weight))
    before, after = opinion(*findings).odds, opinion(*findings, red).odds
    assert red.weight == 0 or after >= before - 1e-9


@given(MANY_FINDINGS, FAULTS, st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(
    findings: list[Finding], fault: Fault | None, chance: Random
) -> None:
    shuffled = findings.copy()
    chance.shuffle(shuffled)
    here, there = opinion(*findings, fault=fault), opinion(*shuffled, fault=fault)
    assert here.state is there.state
    assert here.odds == there.odds
    assert (here.scope, here.places) == (there.scope, there.places)
    assert here.support == there.support
    assert confidence(here.state, here) == confidence(there.state, there)


@given(MANY_FINDINGS, st.sets(VOICES), FAULTS)
def test_a_source_that_falls_silent_never_makes_us_surer(
    findings: list[Finding], lost: set[Voice], fault: Fault | None
) -> None:
    silent = [
        replace(f, silent=True, weight=0, said=f.weight) if f.voice in lost else f
        for f in findings
    ]
    before, after = opinion(*findings, fault=fault), opinion(*silent, fault=fault)
    for state in (before.state, after.state):
        assert confidence(state, after) <= confidence(state, before) + 1e-9


@given(MANY_FINDINGS)
def test_context_alone_is_no_evidence(findings: list[Finding]) -> None:
    assert not opinion(*findings).support & KIN


@given(MANY_FINDINGS, FAULTS)
def test_every_judgement_is_a_sane_number(
    findings: list[Finding], fault: Fault | None
) -> None:
    said = opinion(*findings, fault=fault)
    assert math.isfinite(said.odds)
    assert all(0 <= confidence(state, said) <= 1 for state in (None, *State))


@given(MANY_FINDINGS, FAULTS, st.sampled_from([("JP",), ("BR", "JP"), ("BR",)]))
def test_a_country_that_was_named_adds_trouble_there_and_changes_none_here(
    findings: list[Finding], fault: Fault | None, also: tuple[str, ...]
) -> None:
    here, said = opinion(*findings, fault=fault), weigh(findings, fault, "NL", also)
    if said != here:
        assert here.state not in TROUBLE
        assert said.state in TROUBLE
        assert (said.abroad, said.places) == (("JP",), ("JP",))
        assert not said.blocked
