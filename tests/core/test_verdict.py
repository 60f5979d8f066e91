"""What all evidence says together."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from downlight.core.errors import Unreachable
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Component,
    Failure,
    Incident,
    Maintenance,
    MaintenanceState,
    Place,
    Report,
    SourceId,
    Standing,
)
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.verdict import Evidence, Scope, Word, hold, weigh

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BRAZIL = Place("BR", "Brazil")


def evidence(
    kind: str, report: Report | None, failing_since: datetime | None = None
) -> Evidence:
    info = SourceInfo(SourceId(kind), f"The {kind} source", "x", kind, Cadence())
    return Evidence(info, Standing(report=report), failing_since)


def official(
    level: Level | None,
    *incidents: Incident,
    components: tuple[Component, ...] = (),
    at: datetime = NOW,
    works: tuple[Maintenance, ...] = (),
) -> Evidence:
    report = Report(
        SourceId("official"),
        at,
        level,
        components=components,
        incidents=incidents,
        maintenances=works,
    )
    return evidence("official", report)


def own(level: Level | None, failing_since: datetime | None = None) -> Evidence:
    return evidence("measured", Report(SourceId("own"), NOW, level), failing_since)


def incident(
    level: Level, started: datetime | None = NOW, *places: Place, name: str = "i"
) -> Incident:
    return Incident(name, name, level, None, True, started, places=places)


def test_the_official_word_counts_as_it_stands() -> None:
    verdict = weigh([official(Level.MAJOR)], NOW, online=True)
    assert (verdict.level, verdict.official) == (Level.MAJOR, Level.MAJOR)
    assert verdict.has_official
    assert not verdict.measured


def test_without_evidence_nothing_is_known() -> None:
    assert weigh([], NOW, online=True).level is None
    assert weigh([evidence("official", None)], NOW, online=True).level is None
    assert weigh([official(None)], NOW, online=True).level is None


def test_a_stale_report_no_longer_counts() -> None:
    old = official(Level.MAJOR, at=NOW - 31 * MINUTE)
    assert weigh([old], NOW, online=True).level is None


def test_a_dead_line_says_nothing_about_anyone() -> None:
    verdict = weigh([official(Level.MAJOR)], NOW, online=False)
    assert verdict.offline
    assert verdict.level is None


def test_the_own_check_is_believed_after_ten_minutes_and_only_as_troubled() -> None:
    soon = [official(Level.OPERATIONAL), own(None, NOW - 9 * MINUTE)]
    assert weigh(soon, NOW, online=True).level is Level.OPERATIONAL
    long = [official(Level.OPERATIONAL), own(None, NOW - 10 * MINUTE)]
    verdict = weigh(long, NOW, online=True)
    assert verdict.level is Level.DEGRADED
    assert verdict.scope is Scope.HERE
    assert verdict.measured
    assert verdict.since == NOW - 10 * MINUTE
    assert verdict.official is Level.OPERATIONAL


def test_the_own_check_alone_can_say_that_it_answers() -> None:
    verdict = weigh([own(Level.OPERATIONAL)], NOW, online=True)
    assert (verdict.level, verdict.measured) == (Level.OPERATIONAL, True)
    assert verdict.official is None


def test_an_own_check_that_fails_in_part_says_nothing() -> None:
    part = [official(Level.OPERATIONAL), own(Level.DEGRADED)]
    assert weigh(part, NOW, online=True).level is Level.OPERATIONAL
    assert weigh([own(Level.DEGRADED)], NOW, online=True).level is None
    assert weigh([own(None, NOW)], NOW, online=True).level is None


def answered_wrongly(level: Level = Level.DEGRADED) -> Evidence:
    check = Check(
        "status.example", timedelta(milliseconds=40), "Answered with HTTP 500"
    )
    report = Report(SourceId("own"), NOW, level, checks=(check,))
    return evidence("measured", report)


def test_a_wrong_answer_to_our_own_check_is_trouble_at_once_and_no_silence() -> None:
    verdict = weigh([answered_wrongly()], NOW, online=True)
    assert (verdict.level, verdict.scope) == (Level.DEGRADED, Scope.HERE)
    assert not verdict.measured  # nobody may say that it cannot be reached
    assert verdict.claims == {SourceId("measured")}
    page = [official(Level.OPERATIONAL), answered_wrongly()]
    assert weigh(page, NOW, online=True).level is Level.DEGRADED


def test_a_wrong_answer_to_our_own_check_is_never_called_an_outage() -> None:
    verdict = weigh([answered_wrongly(Level.MAJOR)], NOW, online=True)
    assert verdict.level is Level.DEGRADED
    old = NOW + 31 * MINUTE
    assert weigh([answered_wrongly()], old, online=True).level is None


def test_the_official_word_outranks_our_own_view_of_where() -> None:
    both = [official(Level.MAJOR), own(None, NOW - 60 * MINUTE)]
    verdict = weigh(both, NOW, online=True)
    assert (verdict.level, verdict.scope) == (Level.MAJOR, Scope.UNKNOWN)
    assert not verdict.measured


def test_places_come_from_incidents_and_from_troubled_components() -> None:
    parts = (
        Component("1", "API Tokyo", Level.DEGRADED, region="JP"),
        Component("2", "API Oslo", Level.OPERATIONAL, region="NO"),
    )
    verdict = weigh(
        [official(Level.MAJOR, incident(Level.MAJOR, NOW, BRAZIL), components=parts)],
        NOW,
        online=True,
    )
    assert verdict.scope is Scope.PLACES
    # Japan is only troubled: it must not be named as a place that is down.
    assert [place.code for place in verdict.places] == ["BR"]
    assert verdict.parts == ("API Tokyo",)
    lesser = weigh([official(None, components=parts)], NOW, online=True)
    assert lesser.level is None
    alone = weigh([official(Level.DEGRADED, components=parts)], NOW, online=True)
    assert [place.code for place in alone.places] == ["JP"]


def test_no_place_is_named_for_trouble_that_is_felt_elsewhere_too() -> None:
    somewhere = incident(Level.MAJOR, NOW, BRAZIL, name="a")
    unnamed = incident(Level.MAJOR, NOW, name="b")
    both = weigh([official(Level.MAJOR, somewhere, unnamed)], NOW, online=True)
    assert (both.scope, both.places) == (Scope.UNKNOWN, ())
    part = Component("1", "API", Level.MAJOR)
    loose = official(Level.MAJOR, somewhere, components=(part,))
    assert weigh([loose], NOW, online=True).places == (BRAZIL,)
    about = replace(somewhere, component_ids=("2",))
    other = official(Level.MAJOR, about, components=(part,))
    assert weigh([other], NOW, online=True).places == ()
    covered = replace(somewhere, component_ids=("1",))
    told = official(Level.MAJOR, covered, components=(part,))
    assert weigh([told], NOW, online=True).places == (BRAZIL,)


def test_information_about_a_place_is_no_trouble_there() -> None:
    note = incident(Level.OPERATIONAL, NOW, BRAZIL)
    verdict = weigh([official(Level.OPERATIONAL, note)], NOW, online=True)
    assert (verdict.places, verdict.scope) == ((), Scope.UNKNOWN)
    bad = official(Level.MAJOR, note)
    assert weigh([bad], NOW, online=True).places == ()


def test_global_is_global_only_when_the_provider_says_so() -> None:
    everywhere = incident(Level.MAJOR, NOW, Place("global", "Global"))
    verdict = weigh([official(Level.MAJOR, everywhere)], NOW, online=True)
    assert verdict.scope is Scope.GLOBAL


def test_the_main_incident_is_the_worst_and_of_equals_the_oldest() -> None:
    first = incident(Level.PARTIAL, NOW - 60 * MINUTE, name="first")
    late = incident(Level.MAJOR, NOW, name="late")
    early = incident(Level.MAJOR, NOW - 9 * MINUTE, name="early")
    timeless = incident(Level.MAJOR, None, name="timeless")
    verdict = weigh(
        [official(Level.MAJOR, first, late, timeless, early)], NOW, online=True
    )
    assert (verdict.title, verdict.since) == ("early", NOW - 9 * MINUTE)
    assert weigh([official(Level.MAJOR)], NOW, online=True).title == ""
    note = incident(Level.OPERATIONAL, NOW - 99 * MINUTE, name="we moved")
    assert weigh([official(Level.MAJOR, note)], NOW, online=True).title == ""


def test_since_is_taken_from_an_incident_that_is_about_this_trouble() -> None:
    old = incident(Level.DEGRADED, NOW - 99 * MINUTE)
    part = Component("1", "API", Level.MAJOR)
    page = official(Level.MAJOR, old, components=(part,))
    assert weigh([page], NOW, online=True).since is None
    about = replace(old, component_ids=("1",))
    page = official(Level.MAJOR, about, components=(part,))
    assert weigh([page], NOW, online=True).since == NOW - 99 * MINUTE
    future = incident(Level.MAJOR, NOW + 99 * MINUTE)
    assert weigh([official(Level.MAJOR, future)], NOW, online=True).since is None


def test_what_came_of_asking_is_told_apart() -> None:
    def word(*found: Evidence) -> tuple[Word, Word]:
        verdict = weigh(found, NOW, online=True)
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


def test_an_announced_outage_stays_open_until_who_claimed_it_is_heard() -> None:
    page = frozenset({SourceId("official")})
    probe = weigh([own(Level.OPERATIONAL)], NOW, online=True)
    held = hold(probe, Level.MAJOR, page)
    assert (held.level, held.last) == (None, Level.MAJOR)
    well = weigh([official(Level.OPERATIONAL)], NOW, online=True)
    assert hold(well, Level.MAJOR, page) is well
    assert hold(probe, Level.OPERATIONAL, page) is probe
    assert hold(probe, None, frozenset()) is probe
    assert hold(probe, Level.MAJOR, frozenset()) is probe  # nobody of them is asked
    other = replace(probe, level=Level.MAJOR)
    assert hold(other, Level.DEGRADED, page) is other


def test_maintenance_is_seen_on_the_page_or_on_a_part_with_work_under_way() -> None:
    assert weigh([official(Level.MAINTENANCE)], NOW, online=True).maintenance
    part = (Component("1", "API", Level.MAINTENANCE),)
    work = (Maintenance("m", "Work", MaintenanceState.IN_PROGRESS),)
    during = official(Level.MAJOR, components=part, works=work)
    assert weigh([during], NOW, online=True).maintenance
    idle = official(Level.MAJOR, components=part)
    assert not weigh([idle], NOW, online=True).maintenance


def test_a_failed_attempt_does_not_hide_a_fresh_report() -> None:
    standing = Standing().after(Report(SourceId("official"), NOW, Level.MAJOR))
    standing = standing.after(Failure(SourceId("official"), NOW, Unreachable("no")))
    info = evidence("official", None).info
    assert weigh([Evidence(info, standing)], NOW, online=True).level is Level.MAJOR


def test_no_place_is_named_when_another_page_says_it_is_that_bad_somewhere() -> None:
    there = official(Level.MAJOR, incident(Level.MAJOR, NOW, BRAZIL))
    whole = official(Level.MAJOR)
    both = [there, replace(whole, info=replace(whole.info, id=SourceId("second")))]
    assert weigh(both, NOW, online=True).places == ()
    less = official(Level.DEGRADED)
    other = [there, replace(less, info=replace(less.info, id=SourceId("second")))]
    assert weigh(other, NOW, online=True).places == (BRAZIL,)
