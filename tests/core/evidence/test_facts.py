"""What the sources say about one service, before anything is weighed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from downlight.core.errors import Unreachable
from downlight.core.evidence.facts import fails, gather, is_wrong
from downlight.core.evidence.verdict import Evidence, Word
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Component,
    Failure,
    Maintenance,
    MaintenanceState,
    Place,
    Report,
    SourceId,
    Standing,
)
from downlight.core.scope import Scope
from tests.core.heard import (
    BRAZIL,
    MINUTE,
    NOW,
    evidence,
    incident,
    official,
    own,
)

FAST = timedelta(milliseconds=40)
WRONG = Check("status.example", FAST, "Answered with HTTP 500")


def test_the_official_word_counts_as_it_stands() -> None:
    verdict = gather([official(Level.MAJOR)], NOW, online=True)
    assert verdict.official is Level.MAJOR
    assert verdict.level is None  # that is for the rule to say
    assert verdict.has_official
    assert not verdict.measured


def test_without_evidence_nothing_is_known() -> None:
    for found in ([], [evidence("official", None)], [official(None)]):
        facts = gather(found, NOW, online=True)
        assert (facts.official, facts.sources) == (None, frozenset())


def test_a_stale_report_no_longer_counts() -> None:
    old = official(Level.MAJOR, at=NOW - 31 * MINUTE)
    assert gather([old], NOW, online=True).official is None


def test_places_come_from_incidents_and_from_troubled_components() -> None:
    parts = (
        Component("1", "API Tokyo", Level.DEGRADED, region="JP"),
        Component("2", "API Oslo", Level.OPERATIONAL, region="NO"),
    )
    verdict = gather(
        [official(Level.MAJOR, incident(Level.MAJOR, NOW, BRAZIL), components=parts)],
        NOW,
        online=True,
    )
    assert verdict.scope is Scope.PLACES
    # Japan is only troubled: it must not be named as a place that is down.
    assert [place.code for place in verdict.places] == ["BR"]
    assert verdict.parts == ("API Tokyo",)
    lesser = gather([official(None, components=parts)], NOW, online=True)
    assert (lesser.official, lesser.places) == (None, ())
    alone = gather([official(Level.DEGRADED, components=parts)], NOW, online=True)
    assert [place.code for place in alone.places] == ["JP"]


def test_no_place_is_named_for_trouble_that_is_felt_elsewhere_too() -> None:
    somewhere = incident(Level.MAJOR, NOW, BRAZIL, name="a")
    unnamed = incident(Level.MAJOR, NOW, name="b")
    both = gather([official(Level.MAJOR, somewhere, unnamed)], NOW, online=True)
    assert (both.scope, both.places) == (Scope.UNKNOWN, ())
    part = Component("1", "API", Level.MAJOR)
    loose = official(Level.MAJOR, somewhere, components=(part,))
    assert gather([loose], NOW, online=True).places == (BRAZIL,)
    about = replace(somewhere, component_ids=("2",))
    other = official(Level.MAJOR, about, components=(part,))
    assert gather([other], NOW, online=True).places == ()
    covered = replace(somewhere, component_ids=("1",))
    told = official(Level.MAJOR, covered, components=(part,))
    assert gather([told], NOW, online=True).places == (BRAZIL,)


def test_information_about_a_place_is_no_trouble_there() -> None:
    note = incident(Level.OPERATIONAL, NOW, BRAZIL)
    verdict = gather([official(Level.OPERATIONAL, note)], NOW, online=True)
    assert (verdict.places, verdict.scope) == ((), Scope.UNKNOWN)
    bad = official(Level.MAJOR, note)
    assert gather([bad], NOW, online=True).places == ()


def test_global_is_global_only_when_the_provider_says_so() -> None:
    everywhere = incident(Level.MAJOR, NOW, Place("global", "Global"))
    verdict = gather([official(Level.MAJOR, everywhere)], NOW, online=True)
    assert verdict.scope is Scope.GLOBAL


def test_the_main_incident_is_the_worst_and_of_equals_the_oldest() -> None:
    first = incident(Level.PARTIAL, NOW - 60 * MINUTE, name="first")
    late = incident(Level.MAJOR, NOW, name="late")
    early = incident(Level.MAJOR, NOW - 9 * MINUTE, name="early")
    timeless = incident(Level.MAJOR, None, name="timeless")
    verdict = gather(
        [official(Level.MAJOR, first, late, timeless, early)], NOW, online=True
    )
    assert (verdict.title, verdict.since) == ("early", NOW - 9 * MINUTE)
    assert gather([official(Level.MAJOR)], NOW, online=True).title == ""
    note = incident(Level.OPERATIONAL, NOW - 99 * MINUTE, name="we moved")
    assert gather([official(Level.MAJOR, note)], NOW, online=True).title == ""


def test_since_is_taken_from_an_incident_that_is_about_this_trouble() -> None:
    old = incident(Level.DEGRADED, NOW - 99 * MINUTE)
    part = Component("1", "API", Level.MAJOR)
    page = official(Level.MAJOR, old, components=(part,))
    assert gather([page], NOW, online=True).since is None
    about = replace(old, component_ids=("1",))
    page = official(Level.MAJOR, about, components=(part,))
    assert gather([page], NOW, online=True).since == NOW - 99 * MINUTE
    future = incident(Level.MAJOR, NOW + 99 * MINUTE)
    assert gather([official(Level.MAJOR, future)], NOW, online=True).since is None


def test_what_came_of_asking_is_told_apart() -> None:
    def word(*found: Evidence) -> tuple[Word, Word]:
        verdict = gather(found, NOW, online=True)
        return verdict.word, verdict.heard

    waiting = evidence("official", None)
    assert word() == (Word.NOBODY, Word.NOBODY)
    assert word(waiting) == (Word.WAITING, Word.WAITING)
    failure = Failure(SourceId("official"), NOW, Unreachable("no"))
    failed = replace(waiting, standing=Standing().after(failure))
    assert word(failed) == (Word.FAILED, Word.FAILED)
    assert word(official(None)) == (Word.UNCLEAR, Word.UNCLEAR)
    assert word(official(Level.MAJOR)) == (Word.SAID, Word.SAID)
    assert word(failed, own(Level.OPERATIONAL)) == (Word.FAILED, Word.SAID)


def test_maintenance_is_seen_on_the_page_or_on_a_part_with_work_under_way() -> None:
    assert gather([official(Level.MAINTENANCE)], NOW, online=True).maintenance
    part = (Component("1", "API", Level.MAINTENANCE),)
    work = (Maintenance("m", "Work", MaintenanceState.IN_PROGRESS),)
    during = official(Level.MAJOR, components=part, works=work)
    assert gather([during], NOW, online=True).maintenance
    idle = official(Level.MAJOR, components=part)
    assert not gather([idle], NOW, online=True).maintenance


def test_a_failed_attempt_does_not_hide_a_fresh_report() -> None:
    standing = Standing().after(Report(SourceId("official"), NOW, Level.MAJOR))
    standing = standing.after(Failure(SourceId("official"), NOW, Unreachable("no")))
    info = evidence("official", None).info
    facts = gather([Evidence(info, standing)], NOW, online=True)
    assert facts.official is Level.MAJOR


def test_no_place_is_named_when_another_page_says_it_is_that_bad_somewhere() -> None:
    there = official(Level.MAJOR, incident(Level.MAJOR, NOW, BRAZIL))
    whole = official(Level.MAJOR)
    both = [there, replace(whole, info=replace(whole.info, id=SourceId("second")))]
    assert gather(both, NOW, online=True).places == ()
    less = official(Level.DEGRADED)
    other = [there, replace(less, info=replace(less.info, id=SourceId("second")))]
    assert gather(other, NOW, online=True).places == (BRAZIL,)


def test_a_dead_line_says_nothing_about_anyone() -> None:
    facts = gather([official(Level.MAJOR)], NOW, online=False)
    assert facts.offline
    assert (facts.official, facts.word) == (None, Word.SAID)


def test_an_own_check_fails_when_nothing_answers_it_while_others_are_heard() -> None:
    assert fails(own(None, NOW - MINUTE), NOW) is True
    assert fails(own(None), NOW) is None  # it may be the line
    assert fails(own(Level.DEGRADED), NOW) is None  # a wall that bars one port
    assert fails(own(Level.OPERATIONAL), NOW) is False
    assert fails(own(None, NOW), NOW + timedelta(hours=1)) is None
    assert fails(official(Level.MAJOR), NOW) is None


def test_an_own_check_that_fails_claims_trouble_since_it_fails() -> None:
    facts = gather([own(None, NOW - MINUTE)], NOW, online=True)
    # Where it is felt is for the rule to say.
    assert (facts.scope, facts.since) == (Scope.UNKNOWN, NOW - MINUTE)
    assert facts.claims == facts.sources == {SourceId("measured")}
    assert not facts.measured  # nothing says that it answers
    well = gather([own(Level.OPERATIONAL)], NOW, online=True)
    assert not well.claims
    assert well.sources == {SourceId("measured")}
    assert well.measured
    part = gather([own(Level.DEGRADED)], NOW, online=True)
    assert (part.claims, part.sources) == (frozenset(), frozenset())


def test_the_official_word_outranks_our_own_view_of_where() -> None:
    both = [official(Level.MAJOR), own(None, NOW - 60 * MINUTE)]
    facts = gather(both, NOW, online=True)
    assert (facts.official, facts.scope) == (Level.MAJOR, Scope.UNKNOWN)
    assert not facts.measured
    assert facts.claims == {SourceId("official"), SourceId("measured")}


def test_a_wrong_answer_to_our_own_check_is_trouble_at_once_and_no_silence() -> None:
    wrong = own(Level.DEGRADED, None, WRONG)
    assert fails(wrong, NOW) is True
    facts = gather([wrong], NOW, online=True)
    assert facts.wrong
    assert not facts.measured  # nobody may say that it cannot be reached
    assert facts.claims == {SourceId("measured")}
    assert not gather([wrong], NOW + 31 * MINUTE, online=True).wrong


def test_what_did_not_answer_did_not_answer_wrongly() -> None:
    silent = Check("e1", None, "no answer")
    assert not is_wrong(Report(SourceId("own"), NOW, None, checks=(silent,)))
    fine = Check("e1", FAST)
    assert not is_wrong(Report(SourceId("own"), NOW, None, checks=(fine,)))
    assert is_wrong(Report(SourceId("own"), NOW, None, checks=(fine, WRONG)))
