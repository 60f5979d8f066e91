"""Values of the model keep their promises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import Unreachable
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Component,
    Failure,
    Incident,
    Maintenance,
    MaintenanceState,
    Phase,
    Place,
    Report,
    Selection,
    SourceId,
    Standing,
    level_of,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ID = SourceId("statuspage:example")


def component(
    name: str, level: Level | None = Level.OPERATIONAL, group: str | None = None
) -> Component:
    return Component(id=name.lower(), name=name, level=level, group=group)


def incident(
    level: Level | None, *parts: str, is_open: bool = True, name: str = "i1"
) -> Incident:
    return Incident(name, "Trouble", level, None, is_open, component_ids=parts)


def test_a_report_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Report(ID, datetime(2026, 3, 1))  # noqa: DTZ001 - that is the point


def test_the_level_is_the_worst_of_page_components_and_open_incidents() -> None:
    parts = (component("Web"), component("Mail", Level.DEGRADED))
    assert level_of(Level.OPERATIONAL, parts, ()) is Level.DEGRADED
    assert level_of(None, (), (incident(Level.MAJOR),)) is Level.MAJOR
    closed = incident(Level.MAJOR, is_open=False)
    assert level_of(Level.OPERATIONAL, (), (closed,)) is Level.OPERATIONAL
    assert level_of(None, (component("Web", None),), ()) is None


def test_a_selection_keeps_its_parts_and_forgets_the_page() -> None:
    work = Maintenance("m", "Work", MaintenanceState.SCHEDULED, component_ids=("web",))
    report = Report(
        ID,
        NOW,
        Level.MAJOR,
        components=(
            component("Web"),
            component("Mail", Level.MAJOR),
            component("Chat", Level.DEGRADED, "Talk"),
        ),
        incidents=(
            incident(Level.MAJOR, "mail"),
            incident(Level.DEGRADED, "chat", name="i2"),
        ),
        maintenances=(work,),
    )
    assert Selection().narrow(report) is report
    web = Selection(components=frozenset({"Web"})).narrow(report)
    assert (web.level, web.incidents, web.maintenances) == (
        Level.OPERATIONAL,
        (),
        (work,),
    )
    talk = Selection(groups=frozenset({"Talk"})).narrow(report)
    assert (talk.level, len(talk.incidents)) == (Level.DEGRADED, 1)
    by_id = Selection(components=frozenset({"mail"})).narrow(report)
    assert by_id.level is Level.MAJOR
    odd = replace(report, components=(component("Web"), component("Api", None)))
    both = Selection(components=frozenset({"Web", "Api"})).narrow(odd)
    assert both.level is None  # all well but for a word we do not know
    unclear = replace(report, incidents=(incident(None, "web"),))
    assert Selection(components=frozenset({"Web"})).narrow(unclear).level is None
    nothing = Selection(components=frozenset({"gone"})).narrow(report)
    assert nothing.level is None


def test_parts_with_the_same_name_are_told_apart_by_their_ids() -> None:
    parts = (
        Component("1", "Login", Level.MAJOR, "App"),
        Component("2", "Login", Level.OPERATIONAL, "Site"),
    )
    report = Report(ID, NOW, components=parts)
    assert Selection(components=frozenset({"2"})).narrow(report).components == parts[1:]
    both = Selection(components=frozenset({"Login"})).narrow(report)
    assert both.level is Level.MAJOR


def test_where_everything_wrong_is_named_a_part_that_is_not_is_well() -> None:
    bad = component("Disks", Level.MAJOR)
    report = Report(ID, NOW, Level.MAJOR, components=(bad,), exhaustive=True)
    mail = Selection(components=frozenset({"Mail"}))
    assert mail.narrow(report).level is Level.OPERATIONAL
    assert mail.narrow(replace(report, exhaustive=False)).level is None


FRA, IAD = Place("eu-1", "Frankfurt", ("DE",)), Place("us-1", "Ashburn", ("US",))
EVERYWHERE = Place("global", "worldwide")
HERE = Selection(regions=frozenset({"eu-1"}))


def test_a_choice_of_regions_keeps_what_lies_there_or_serves_all_of_them() -> None:
    parts = (
        Component("a", "A", Level.DEGRADED, region="eu-1"),
        replace(component("B", Level.PARTIAL), place=FRA),
        Component("c", "C", Level.OPERATIONAL, region="global"),
        replace(component("D"), place=EVERYWHERE),
        Component("e", "E", Level.MAJOR, region="us-1"),
        replace(component("F", Level.MAJOR), place=IAD),
        component("G", Level.MAJOR),  # bound to no region: we do not know
    )
    found = HERE.narrow(Report(ID, NOW, Level.MAJOR, components=parts))
    assert [part.name for part in found.components] == ["A", "B", "C", "D"]
    assert found.level is Level.PARTIAL


def test_a_choice_of_regions_drops_what_is_felt_elsewhere_alone() -> None:
    parts = (
        replace(component("Here"), place=FRA),
        replace(component("There"), place=IAD),
        component("Loose"),
    )

    def ours(*ids: str, places: tuple[Place, ...] = ()) -> bool:
        told = replace(incident(Level.MAJOR, *ids), places=places)
        work = Maintenance(
            "m", "Work", MaintenanceState.SCHEDULED, component_ids=told.component_ids
        )
        report = Report(ID, NOW, components=parts, incidents=(told,))
        found = HERE.narrow(replace(report, maintenances=(work,)))
        assert places or bool(found.incidents) == bool(found.maintenances)
        return bool(found.incidents)

    assert ours()
    assert ours("here", "there")
    assert ours("loose", "there")
    assert ours("not listed")
    assert not ours("there")
    assert ours(places=(FRA, IAD))
    assert ours(places=(EVERYWHERE,))
    assert not ours(places=(IAD,))


def test_parts_and_regions_must_both_fit() -> None:
    parts = (
        Component("1", "Disks", Level.OPERATIONAL, region="eu-1"),
        Component("2", "Disks", Level.MAJOR, region="us-1"),
        Component("3", "Mail", Level.MAJOR, region="eu-1"),
    )
    both = Selection(components=frozenset({"Disks"}), regions=frozenset({"eu-1"}))
    faults = (incident(Level.MAJOR, "2", "3"), incident(Level.DEGRADED, "1", name="b"))
    found = both.narrow(Report(ID, NOW, components=parts, incidents=faults))
    assert found.components == parts[:1]
    assert found.incidents == faults[1:]
    assert found.level is Level.DEGRADED


def test_a_failed_attempt_keeps_the_last_report_until_it_is_too_old() -> None:
    report = Report(ID, NOW, Level.MAJOR)
    failure = Failure(ID, NOW, Unreachable("timed out", "timeout"))
    standing = Standing().after(report).after(failure).after(failure)
    assert standing.report is report
    assert standing.failures == 2
    assert standing.fresh(NOW + timedelta(minutes=29)) is report
    assert standing.fresh(NOW + timedelta(minutes=31)) is None
    assert standing.fresh(NOW - timedelta(minutes=4)) is report
    assert standing.fresh(NOW - timedelta(minutes=6)) is None  # a clock was wrong
    assert standing.after(report) == Standing(report)
    assert Standing().fresh(NOW) is None


def test_reports_that_differ_in_time_alone_say_the_same() -> None:
    report = Report(ID, NOW, Level.MAJOR, fingerprint="a")
    later = replace(report, at=NOW + timedelta(hours=1), fingerprint="b")
    assert report.says_the_same(later)
    assert not report.says_the_same(replace(later, level=Level.DEGRADED))


def test_how_long_a_check_took_is_no_difference_but_its_outcome_is() -> None:
    quick = Report(ID, NOW, checks=(Check("a:443", timedelta(seconds=1)),))
    slow = replace(quick, checks=(Check("a:443", timedelta(seconds=2)),))
    failed = replace(quick, checks=(Check("a:443", None, "timed out"),))
    assert quick.says_the_same(slow)
    assert not quick.says_the_same(failed)
    assert not quick.is_silent
    assert failed.is_silent
    assert not Report(ID, NOW).is_silent


def test_open_incidents_are_those_the_provider_has_not_closed() -> None:
    live, closed = incident(Level.MAJOR), incident(Level.MAJOR, is_open=False)
    assert Report(ID, NOW, incidents=(live, closed)).open_incidents == (live,)


def test_states_know_whether_they_are_over_or_active() -> None:
    assert [p for p in Phase if p.is_over] == [Phase.RESOLVED, Phase.POSTMORTEM]
    assert [s for s in MaintenanceState if s.is_active] == [
        MaintenanceState.IN_PROGRESS,
        MaintenanceState.VERIFYING,
    ]


def test_trouble_that_names_no_part_may_be_trouble_of_any() -> None:
    mail = Selection(components=frozenset({"Mail"}))
    unnamed = incident(Level.MAJOR)
    report = Report(ID, NOW, Level.MAJOR, incidents=(unnamed,), exhaustive=True)
    assert mail.narrow(report).level is None
    for harmless in (
        replace(unnamed, open=False),
        replace(unnamed, level=Level.OPERATIONAL),
        replace(unnamed, component_ids=("disks",)),
    ):
        told = replace(report, incidents=(harmless,))
        assert mail.narrow(told).level is Level.OPERATIONAL
    there = replace(unnamed, places=(IAD,))
    both = replace(mail, regions=HERE.regions)
    assert both.narrow(replace(report, incidents=(there,))).level is Level.OPERATIONAL


def test_when_one_of_the_chosen_parts_is_gone_what_is_left_is_not_all() -> None:
    report = Report(ID, NOW, components=(component("Mail"), component("Web")))
    wanted = Selection(components=frozenset({"Mail", "Chat"}), every=True)
    assert wanted.narrow(report).level is None
    assert replace(wanted, every=False).narrow(report).level is Level.OPERATIONAL
    bad = replace(report, components=(component("Mail", Level.MAJOR),))
    assert wanted.narrow(bad).level is Level.MAJOR
    assert wanted.narrow(replace(report, exhaustive=True)).level is Level.OPERATIONAL
    there = replace(component("Chat"), place=IAD)
    listed = replace(report, components=(*report.components, there))
    here = replace(wanted, regions=HERE.regions)
    assert here.narrow(listed).level is None
    mail = replace(component("Mail"), place=FRA)
    assert here.narrow(replace(listed, components=(mail, there))).level is (
        Level.OPERATIONAL
    )


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        (Level.DEGRADED, Level.DEGRADED),  # their word about our part
        (Level.PARTIAL, Level.PARTIAL),
        (Level.OPERATIONAL, Level.MAJOR),  # forgotten, as providers do
        (Level.MAINTENANCE, Level.MAJOR),
        (None, Level.MAJOR),
    ],
)
def test_an_incident_is_no_worse_for_a_part_than_the_provider_says_of_it(
    said: Level | None, ours: Level
) -> None:
    parts = (component("Mail", said), component("Chat", Level.MAJOR))
    whole = Incident(
        "1", "All is lost", Level.MAJOR, None, open=True, component_ids=("mail", "chat")
    )
    report = Report(ID, NOW, Level.MAJOR, components=parts, incidents=(whole,))
    mail = Selection(components=frozenset({"Mail"})).narrow(report)
    assert mail.level is ours
    assert mail.incidents[0].level is ours
    both = Selection(components=frozenset({"Mail", "Chat"})).narrow(report)
    assert both.level is Level.MAJOR
