"""Views are worked out when something was heard, or time alone changes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from downlight.core.level import Level
from downlight.core.model import Check, Component, Report, Selection, SourceId
from downlight.core.service import Feed
from downlight.engine.ledger import Ledger
from tests.engine.world import MINUTE, START, incident, info, report, service

PAGE, OWN = SourceId("page"), SourceId("own")
OK, MAJOR = Level.OPERATIONAL, Level.MAJOR


def ledger() -> Ledger:
    it = Ledger(zone=UTC)
    it.adopt((service("page", "own"),), (info(), info("own", "measured")))
    return it


def test_when_a_source_is_asked_next_is_shown_before_anything_was() -> None:
    it = ledger()
    it.plan(PAGE, START + MINUTE)
    (view,) = it.snapshot(START).services
    assert [e.standing.due for e in view.evidence] == [START + MINUTE, None]
    it.plan(OWN, START + 2 * MINUTE)
    (after,) = it.snapshot(START).services
    assert [e.standing.due for e in after.evidence] == [
        START + MINUTE,
        START + 2 * MINUTE,
    ]
    assert after.verdict is view.verdict


def test_a_view_stays_the_same_until_what_it_rests_on_is_too_old() -> None:
    it = ledger()
    it.take(report(START, OK))
    (first,) = it.snapshot(START).services
    (later,) = it.snapshot(START + 29 * MINUTE).services
    assert later is first
    (last,) = it.snapshot(START + 30 * MINUTE).services
    assert last.verdict.level is OK
    (old,) = it.snapshot(START + 30 * MINUTE + timedelta(seconds=1)).services
    assert (first.verdict.level, old.verdict.level) == (OK, None)
    (again,) = it.snapshot(START).services  # a clock that is set back
    assert again.verdict.level is OK
    (wrong,) = it.snapshot(START - timedelta(hours=1)).services
    assert wrong.verdict.level is None
    (right,) = it.snapshot(START - timedelta(minutes=4)).services
    assert right.verdict.level is OK


def test_an_incident_begins_when_its_time_comes() -> None:
    it = ledger()
    dated = incident(MAJOR, at=START + 5 * MINUTE)
    undated = replace(dated, id="i2", started_at=None)
    it.take(report(START, MAJOR, undated, dated))
    (before,) = it.snapshot(START + 4 * MINUTE).services
    (after,) = it.snapshot(START + 5 * MINUTE).services
    assert (before.verdict.incident, after.verdict.incident) == (undated, dated)


def test_an_outage_that_ran_when_we_came_may_have_begun_earlier() -> None:
    it = ledger()
    it.take(report(START, MAJOR))
    (found,) = it.snapshot(START).services
    it = ledger()
    it.take(report(START, OK))
    it.take(report(START + MINUTE, MAJOR))
    (seen,) = it.snapshot(START + MINUTE).services
    assert (found.late, seen.late) == (True, False)


def test_the_own_check_is_believed_when_its_time_comes() -> None:
    it = ledger()
    failed = replace(report(START, None, name="own"), checks=(Check("a", None),))
    it.take(failed)
    it.take(report(START + MINUTE, OK))
    it.take(replace(failed, at=START + 9 * MINUTE))
    (before,) = it.snapshot(START + 9 * MINUTE).services
    assert it.wake == START + 10 * MINUTE
    it.look(START + 10 * MINUTE)
    (after,) = it.snapshot(START + 10 * MINUTE).services
    assert (before.verdict.level, after.verdict.level) == (OK, Level.DEGRADED)


def test_a_part_of_a_page_that_says_the_same_is_cut_out_once() -> None:
    chosen = Feed(PAGE, Selection(components=frozenset({"x"})))
    it = Ledger(zone=UTC)
    it.adopt((replace(service(), feeds=(chosen,)),), (info(),))
    parts = (Component("x", "X", OK), Component("y", "Y", MAJOR))

    def cut(told: Report) -> Report:
        it.take(told)
        (view,) = it.snapshot(told.at).services
        (evidence,) = view.evidence
        assert evidence.standing.report is not None
        return evidence.standing.report

    whole = report(START, MAJOR, components=parts)
    first = cut(whole)
    assert (first.components, first.level) == ((parts[0],), OK)
    anew = cut(replace(whole, at=START + MINUTE, next_check=MINUTE))
    assert anew.components is first.components
    assert (anew.at, anew.next_check) == (START + MINUTE, MINUTE)
    worse = (replace(parts[0], level=MAJOR), parts[1])
    other = cut(replace(whole, at=START + 2 * MINUTE, components=worse))
    assert (other.components, other.level) == (worse[:1], MAJOR)


def test_that_somebody_else_is_heard_makes_an_own_check_that_fails_count() -> None:
    it = Ledger(zone=UTC)
    it.adopt(
        (service("own"), service("page", slug="b")), (info(), info("own", "measured"))
    )
    failed = replace(report(START, None, name="own"), checks=(Check("a", None),))
    it.take(report(START - MINUTE, OK))
    it.take(failed)
    (before, _) = it.snapshot(START).services
    it.take(report(START + MINUTE, OK))
    (after, _) = it.snapshot(START + MINUTE).services
    it.take(replace(failed, at=START + 9 * MINUTE))
    it.look(START + 10 * MINUTE)
    (late, _) = it.snapshot(START + 10 * MINUTE).services
    assert before.evidence[0].failing_since is None
    assert after.evidence[0].failing_since == START
    assert late.verdict.level is Level.DEGRADED
