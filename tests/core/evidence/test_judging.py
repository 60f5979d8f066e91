"""What is believed of one service, given what the sources say and the rule makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.evidence.facts import gather
from downlight.core.evidence.judging import conclude, hold
from downlight.core.fusion.findings import Voice
from downlight.core.fusion.gate import Line
from downlight.core.fusion.ruling import State
from downlight.core.level import Level
from downlight.core.model import Check, Place, ServiceSlug, SourceId
from downlight.core.result import Result
from downlight.core.saying import service_words
from downlight.core.scope import Scope
from downlight.core.service import Service
from tests.core.heard import (
    BRAZIL,
    MINUTE,
    NOW,
    evidence,
    incident,
    judged,
    official,
    own,
)

if TYPE_CHECKING:
    from downlight.core.evidence.verdict import Evidence, Verdict

APP = Service(ServiceSlug("app"), "App", "messaging", (), owner="Maker")
OK, MAINT, DEGRADED, PARTIAL, MAJOR = Level
PASS = Check("e1", timedelta(milliseconds=40))
DEAD = Check("e1", None, "no answer in time", Result.TIMEOUT)
ERROR = Check("e1", timedelta(milliseconds=40), "HTTP 500", Result.SERVER_ERROR)
ODD = Check("e1", timedelta(milliseconds=40), "The words are not there", Result.WRONG)


def verdict(
    *found: Evidence, announced: Level | None = None, home: str = ""
) -> Verdict:
    """Return what is believed of evidence that stands so since a minute ago."""
    facts = gather(found, NOW, online=True)
    return conclude(facts, judged(*found, home=home), announced)


@pytest.mark.parametrize("level", Level)
def test_the_official_word_counts_as_it_stands(level: Level) -> None:
    said = verdict(official(level))
    assert (said.level, said.official) == (level, level)
    assert said.has_official
    assert not said.measured


def test_what_a_page_called_down_it_may_call_partly_down() -> None:
    assert verdict(official(PARTIAL), announced=MAJOR).level is PARTIAL


def test_without_evidence_nothing_is_known() -> None:
    assert verdict().level is None
    assert verdict(evidence("official", None)).level is None
    assert verdict(official(None)).level is None
    assert verdict(official(MAJOR, at=NOW - 31 * MINUTE)).level is None


def test_a_dead_line_says_nothing_about_anyone() -> None:
    found = [official(MAJOR)]
    facts = gather(found, NOW, online=False)
    judgement = judged(*found, line=Line(link=False))
    said = conclude(facts, judgement)
    assert (said.offline, said.level, said.is_yours) == (True, None, True)
    assert said.judgement is judgement


def test_the_own_check_is_believed_after_ten_minutes_and_only_as_troubled() -> None:
    soon = verdict(official(OK), own(None, NOW - 8 * MINUTE, DEAD))
    assert (soon.level, soon.official) == (None, OK)  # who is right is not known yet
    said = verdict(official(OK), own(None, NOW - 10 * MINUTE, DEAD))
    assert (said.level, said.scope, said.measured) == (DEGRADED, Scope.HERE, True)
    assert said.since == NOW - 10 * MINUTE
    assert said.official is OK
    assert said.is_guess
    alone = verdict(own(None, NOW - 10 * MINUTE, DEAD))
    assert (alone.level, alone.measured) == (DEGRADED, True)


def test_the_own_check_alone_can_say_that_it_answers() -> None:
    said = verdict(own(OK, None, PASS))
    assert (said.level, said.measured) == (OK, True)
    assert said.official is None


def test_an_own_check_that_fails_in_part_says_nothing() -> None:
    part = own(DEGRADED, None, PASS, replace(DEAD, target="e2"))
    assert verdict(official(OK), part).level is OK
    assert verdict(part).level is None
    assert verdict(own(None, NOW, DEAD)).level is None


@pytest.mark.parametrize("wrong", [ERROR, ODD])
def test_an_own_check_answered_wrongly_is_trouble_and_no_silence(wrong: Check) -> None:
    said = verdict(own(DEGRADED, None, wrong))
    assert said.level is None  # one round may be a blip
    known = own(DEGRADED, None, wrong, at=NOW + MINUTE)
    both = verdict(official(OK), replace(known, failing_since=NOW))
    assert (both.level, both.scope) == (DEGRADED, Scope.HERE)
    assert both.wrong
    assert not both.measured  # nobody may say that it cannot be reached


def test_what_our_own_check_says_alone_is_never_called_an_outage() -> None:
    wrong = own(MAJOR, NOW - 60 * MINUTE, ODD)
    assert verdict(wrong).level is DEGRADED


def test_page_and_own_check_together_are_still_what_the_page_says() -> None:
    failing = own(None, NOW - 60 * MINUTE, DEAD)
    said = verdict(official(MAJOR), failing)
    assert (said.level, said.scope) == (MAJOR, Scope.UNKNOWN)
    assert (said.measured, said.is_guess) == (False, False)
    assert verdict(official(PARTIAL), failing).level is PARTIAL
    # "Troubled" it says, and nothing at all answers: that is an outage.
    assert verdict(official(DEGRADED), failing).level is MAJOR


def test_while_an_outage_eases_it_is_not_said_to_get_worse() -> None:
    outage = replace(judged(official(MAJOR)), state=State.OUTAGE)
    facts = gather([official(DEGRADED)], NOW, online=True)
    assert conclude(facts, outage, PARTIAL).level is PARTIAL
    assert conclude(facts, outage, MAJOR).level is MAJOR
    assert conclude(facts, outage, DEGRADED).level is MAJOR
    assert conclude(facts, outage, None).level is MAJOR


def test_planned_work_that_overran_is_not_called_all_well() -> None:
    well = judged(official(OK))
    facts = gather([official(MAINT)], NOW, online=True)
    assert conclude(facts, well).level is MAINT


def test_that_it_is_only_you_is_no_level_of_the_service() -> None:
    facts = gather([official(OK)], NOW, online=True)
    you = replace(judged(official(OK)), state=State.ITS_YOU)
    said = conclude(facts, you)
    assert (said.level, said.is_yours) == (None, True)


def test_trouble_elsewhere_is_all_well_here_but_not_hidden() -> None:
    there = official(MAJOR, incident(MAJOR, NOW, BRAZIL))
    abroad = verdict(there, home="TR")
    assert (abroad.level, abroad.is_elsewhere) == (OK, True)
    assert (abroad.scope, abroad.places) == (Scope.PLACES, (BRAZIL,))
    assert abroad.since is None
    for home in ("BR", ""):
        here = verdict(there, home=home)
        assert (here.level, here.is_elsewhere) == (MAJOR, False)
        assert here.places == (BRAZIL,)


def test_what_fails_here_is_not_said_of_where_the_page_names_trouble() -> None:
    there = official(PARTIAL, incident(PARTIAL, NOW, BRAZIL))
    facts = gather([there, own(OK, None, ERROR)], NOW, online=True)
    seen = replace(
        judged(there, own(OK, None, ERROR), home="TR"),
        state=State.OUTAGE,
        scope=Scope.HERE,
        support=frozenset({Voice.OWN}),
    )
    said = conclude(facts, seen, began=NOW - MINUTE)
    assert (said.level, said.scope, said.places) == (MAJOR, Scope.HERE, ())
    assert said.named == (BRAZIL,)
    assert said.since == NOW - MINUTE
    sentence = service_words.sentence(APP, said, NOW, NOW, UTC)
    assert sentence == (
        "App seems to be down since 11:59. Maker names trouble in Brazil only. "
        "Your own connection is fine."
    )


def test_a_part_of_a_cloud_limits_trouble_for_nobody() -> None:
    region = Place("eu-west-1", "Ireland")
    said = verdict(official(MAJOR, incident(MAJOR, NOW, region)), home="TR")
    assert (said.level, said.places) == (MAJOR, (region,))


def test_trouble_nobody_official_names_is_where_the_rule_says() -> None:
    facts = gather([own(OK, None, PASS)], NOW, online=True)
    seen = replace(
        judged(own(OK, None, PASS)),
        state=State.DEGRADED,
        scope=Scope.PLACES,
        places=("BR", "XX"),
        support=frozenset({Voice.COUNTRIES, Voice.PEOPLE}),
        confirmed=True,
        blocked=True,
    )
    said = conclude(facts, seen, None, NOW - MINUTE)
    assert said.places == (BRAZIL, Place("XX", "XX"))
    assert (said.since, said.measured) == (NOW - MINUTE, False)
    assert (said.is_guess, said.is_blocked) == (False, True)


def test_what_is_over_names_no_place_and_no_beginning() -> None:
    part = own(DEGRADED, NOW - MINUTE, PASS, replace(DEAD, target="e2"))
    said = verdict(official(OK), part)
    assert (said.level, said.scope, said.since) == (OK, Scope.UNKNOWN, None)


def test_an_announced_outage_stays_open_until_who_claimed_it_is_heard() -> None:
    page = frozenset({SourceId("official")})
    probe = verdict(own(OK, None, PASS))
    held = hold(probe, MAJOR, page)
    assert (held.level, held.last) == (None, MAJOR)
    well = verdict(official(OK))
    assert hold(well, MAJOR, page) is well
    assert hold(probe, OK, page) is probe
    assert hold(probe, None, frozenset()) is probe
    assert hold(probe, MAJOR, frozenset()) is probe  # nobody of them is asked
    other = replace(probe, level=MAJOR)
    assert hold(other, DEGRADED, page) is other


def test_an_outage_nobody_sees_is_not_known_while_who_claimed_it_is_lost() -> None:
    page = frozenset({SourceId("official")})
    probe = verdict(own(OK, None, PASS))
    assert probe.judgement is not None
    calm = replace(probe.judgement, state=State.OUTAGE, calm_since=NOW)
    still = replace(probe, level=MAJOR, judgement=calm)
    held = hold(still, MAJOR, page)
    assert (held.level, held.last) == (None, MAJOR)
    assert hold(still, MAJOR, frozenset({SourceId("measured")})) is still
    failing = replace(still, judgement=replace(calm, calm_since=None))
    assert hold(failing, MAJOR, page) is failing
