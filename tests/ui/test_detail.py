"""The right side of the window in words: sentence, chips, cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import Unreachable
from downlight.core.evidence.verdict import Evidence, Verdict
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Component,
    Failure,
    Incident,
    Maintenance,
    MaintenanceState,
    Place,
    RegionReading,
    Standing,
)
from downlight.core.places.gazetteer import Gazetteer
from downlight.storage.resources import resource
from downlight.ui.kit.look import Look
from downlight.ui.now.cards import answers_words
from downlight.ui.now.detail import detail as bare_detail
from downlight.ui.views import Choice
from tests.core.spoken import turkish
from tests.ui import made_up
from tests.ui.made_up import NOW, ago, evidence, info, plainly, report, service, view

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.news import ServiceView
    from downlight.ui.views import Card, Detail, Line


PLACES = Gazetteer.parse(resource("places.tsv").read_text("utf-8"))
ALL = Choice()


def detail(
    of: ServiceView,
    now: datetime,
    zone: tzinfo,
    *,
    asking: bool = False,
    choice: Choice = ALL,
) -> Detail:
    return bare_detail(
        of, now, zone, gazetteer=lambda: PLACES, asking=asking, choice=choice
    )


def card(of: ServiceView, key: str) -> Card:
    found = cards(of)
    assert key in found, f"no card {key} among {list(found)}"
    return found[key]


def cards(of: ServiceView) -> dict[str, Card]:
    return {made.key: made for made in detail(of, NOW, UTC).cards}


def told(level: Level | None = Level.OPERATIONAL, **more: object) -> ServiceView:
    source = info("The page")
    return view(
        service("s", "S"), evidence(source, report("The page", level, ago(1), **more))
    )


def titles(lines: tuple[Line, ...]) -> list[str]:
    return [line.title for line in lines]


def test_the_header_answers_what_where_since_when_and_whose_word_it_is() -> None:
    shown = detail(made_up.chatter(), NOW, UTC)
    assert shown.look is Look.PARTIAL
    assert shown.sentence == (
        "Chatter is partly down in Brazil and Spain since 14:02. "
        "Chattercorp says so. Your own connection is fine."
    )
    assert shown.facts == (
        "Brazil and Spain",
        "since 14:02 (1 h 12 min), as Chattercorp dates it",
        "official word: partly down",
        "checked 12 s ago",
    )


def test_the_official_word_stands_beside_what_our_own_check_finds() -> None:
    facts = detail(made_up.unreached(), NOW, UTC).facts
    assert "official word: all well" in facts
    assert facts[0] == "here"


def test_the_official_word_is_told_apart_from_having_none() -> None:
    def word(of: ServiceView) -> str:
        [said] = [it for it in detail(of, NOW, UTC).facts if "official" in it]
        return said

    assert word(plainly("a", "A", Level.OPERATIONAL)) == "official word: all well"
    assert word(made_up.silent()) == "official word: not known"
    own = info("From here", "measured")
    alone = view(service("a", "A"), evidence(own, report("x", Level.OPERATIONAL, NOW)))
    assert word(alone) == "no official page"


def test_an_outage_nobody_dated_has_no_since() -> None:
    assert detail(plainly("a", "A", Level.MAJOR), NOW, UTC).facts == (
        "where is not said",
        "official word: down",
        "checked 32 s ago",
    )


def test_nothing_asked_yet_shows_no_moment_of_checking() -> None:
    fresh = view(service("a", "A"), evidence(info("The page"), None))
    shown = detail(fresh, NOW, UTC, asking=True)
    assert shown.sentence == "Asking about A …"
    assert shown.facts == ("official word: not known",)
    assert card(fresh, "incidents").summary == (
        "The official page has not been asked yet."
    )


def test_evidence_says_who_says_what_and_how_old_it_is() -> None:
    official, own, regional = card(made_up.chatter(), "evidence").lines
    assert official.word == "partly down"
    assert (official.aside, official.tags) == ("40 s ago", ("official",))
    assert official.text == "“Partial system outage”"
    assert own.text == "14 of 16 addresses answer from here."
    assert (regional.look, regional.word) == (Look.PARTIAL, "in 1 of 34 places")
    assert regional.text == "The worst place is partly down. One looks blocked."


def test_measurements_of_places_that_are_well_say_so_without_alarm() -> None:
    source = info("Open measurements", "regional")
    readings = tuple(
        RegionReading(Place(n, n), Level.OPERATIONAL, blocked=True) for n in "ab"
    )
    made = view(
        service("s", "S"), evidence(source, report("r", None, NOW, readings=readings))
    )
    [line] = card(made, "evidence").lines
    assert (line.look, line.word) == (Look.OPERATIONAL, "in 2 of 2 places")
    assert line.text == "2 look blocked."
    none = replace(readings[0], blocked=False)
    made = view(
        service("s", "S"), evidence(source, report("r", None, NOW, readings=(none,)))
    )
    assert card(made, "evidence").lines[0].text == ""


def test_measurements_that_bring_no_reading_say_so() -> None:
    source = info("Open measurements", "regional")
    made = view(service("s", "S"), evidence(source, report("r", None, ago(5))))
    [line] = card(made, "evidence").lines
    assert (line.look, line.word) == (Look.UNKNOWN, "not known")
    assert line.text == "It measured nothing of late."


def test_an_answer_past_its_shelf_life_is_shown_as_not_known() -> None:
    [line] = card(made_up.silent(), "evidence").lines
    assert line.look is Look.UNKNOWN
    assert line.text == (
        "No answer in time; last good answer 3 h 20 min ago. Too old to count."
    )


def test_a_source_that_never_answered_says_why() -> None:
    [line] = card(made_up.unreadable(), "evidence").lines
    assert line.text.startswith("Answer not understood.")
    assert line.aside == ""


def test_a_fresh_answer_whose_successor_failed_says_so() -> None:
    source = info("The page")
    failure = Failure(source.id, ago(0), Unreachable("no"))
    made = view(
        service("s", "S"),
        evidence(source, report("p", Level.OPERATIONAL, ago(2)), failure),
    )
    assert card(made, "evidence").lines[0].text == "The latest attempt failed."


@pytest.mark.parametrize(
    ("minutes", "look", "words"),
    [
        (4, Look.UNKNOWN, "since 15:10."),
        (18, Look.DEGRADED, "since 14:56."),
    ],
)
def test_our_own_check_is_believed_only_after_a_while(
    minutes: int, look: Look, words: str
) -> None:
    own = info("From here", "measured")
    tried = Evidence(
        own, Standing(report("own", None, ago(0.1))), failing_since=ago(minutes)
    )
    [line] = card(view(service("s", "S"), tried), "evidence").lines
    assert line.look is look
    assert line.text == f"Nothing answers from here {words}"


def test_an_own_check_that_is_too_old_proves_nothing() -> None:
    own = info("From here", "measured")
    tried = Evidence(
        own, Standing(report("own", None, ago(500))), failing_since=ago(600)
    )
    [line] = card(view(service("s", "S"), tried), "evidence").lines
    assert line.look is Look.UNKNOWN


def test_without_sources_the_cards_still_say_a_word() -> None:
    alone = view(service("s", "S"))
    assert card(alone, "evidence").summary == "No source speaks about this service."
    assert card(alone, "incidents").summary == (
        "There is no official page that would tell."
    )


def test_troubled_parts_come_first_and_the_others_wait_behind_a_click() -> None:
    parts = card(made_up.chatter(), "parts")
    assert parts.summary == "3 of 6 parts are well."
    assert parts.shown is not None
    assert titles(parts.lines[: parts.shown]) == [
        "App",
        "Messages",
        "Calls",
        "Business",
        "Business interface",
    ]
    assert parts.lines[4].text == "The provider says “wobbly”."
    assert titles(parts.lines[5:7]) == ["Other parts", "Registration"]


def test_parts_that_are_all_well_are_only_counted() -> None:
    part = Component("1", "One", Level.OPERATIONAL)
    parts = card(told(components=(part, replace(part, id="2"))), "parts")
    assert (parts.summary, parts.shown) == ("All 2 parts are well.", 0)
    alone = card(told(components=(part,)), "parts")
    assert (alone.summary, alone.shown, titles(alone.lines)) == ("", None, ["One"])
    assert "parts" not in cards(told())


def test_a_group_has_a_head_only_beside_others() -> None:
    part = Component("1", "One", Level.OPERATIONAL, group="some-id-of-a-machine")
    both = (part, replace(part, id="2", name="Two"))
    assert titles(card(told(components=both), "parts").lines) == ["One", "Two"]
    apart = (part, replace(part, id="2", name="Two", group="Other"))
    assert titles(card(told(components=apart), "parts").lines) == [
        "some-id-of-a-machine",
        "One",
        "Other",
        "Two",
    ]


def test_a_providers_own_group_keeps_its_name_in_every_language() -> None:
    part = Component("1", "One", Level.OPERATIONAL, group="Africa")
    apart = (part, replace(part, id="2", name="Two", group="Other"))
    with turkish({"Africa": "Afrika"}):
        assert titles(card(told(components=apart), "parts").lines)[0] == "Africa"


def test_a_state_in_which_an_incident_is_felt_is_no_country() -> None:
    felt = Incident(
        "i",
        "Slow",
        Level.DEGRADED,
        None,
        open=True,
        places=(Place("US-GA", "Georgia", ("US",)), Place("ES", "Spain", ("ES",))),
    )
    with turkish({"Georgia": "Gürcistan", "Spain": "İspanya"}):
        [head, *_] = card(told(incidents=(felt,)), "incidents").lines
    assert head.text.startswith("Georgia, İspanya")


def old(**more: object) -> ServiceView:
    page = info("The page")
    given = report(page.name, Level.OPERATIONAL, ago(142), **more)
    return view(service("s", "S"), evidence(page, given))


def test_parts_of_a_report_that_counts_no_more_are_not_called_well() -> None:
    part = Component("1", "Messages", Level.OPERATIONAL, raw="No known issues")
    alone = card(old(components=(part,)), "parts")
    assert alone.summary == (
        "As it stood 2 h 22 min ago: all well. Whether it still is so is not known."
    )
    [line] = alone.lines
    assert (line.look, line.word) == (Look.UNKNOWN, "not known")
    assert line.text == "", "what the provider said then is not what it says"
    bad = replace(part, id="2", level=Level.MAJOR)
    several = card(old(components=(part, bad, replace(part, id="3"))), "parts")
    assert several.summary == (
        "As it stood 2 h 22 min ago: 2 of 3 parts were well. Whether they still are is "
        "not known."
    )
    assert {line.look for line in several.lines} == {Look.UNKNOWN}
    assert several.shown == 0, "so many unknowns tell nothing one by one"
    unsaid = replace(part, level=None)
    assert card(old(components=(unsaid,)), "parts").summary == ""


def test_parts_of_a_page_that_counts_are_told_apart_from_those_of_an_old_one() -> None:
    part = Component("1", "Messages", Level.OPERATIONAL)
    pages = [info("One"), info("Two")]
    both = [
        evidence(page, report(page.name, Level.OPERATIONAL, at, components=(it,)))
        for page, at, it in zip(
            pages,
            (ago(1), ago(142)),
            (part, replace(part, id="2", name="Calls")),
            strict=True,
        )
    ]
    parts = card(view(service("s", "S"), *both), "parts")
    assert [(line.title, line.look) for line in parts.lines] == [
        ("Calls", Look.UNKNOWN),
        ("Messages", Look.OPERATIONAL),
    ]
    assert parts.summary.startswith("As it stood 2 h 22 min ago: all well.")
    assert parts.shown == 1


def test_a_round_of_our_own_that_counts_no_more_bears_no_green_marks() -> None:
    fine, silent = Check("a:443", timedelta(milliseconds=9)), Check("b:443", None)
    odd = replace(fine, target="c:443", trouble="Answered with HTTP 503")
    several = card(old(checks=(fine, silent, odd)), "checks")
    assert several.summary == (
        "As it stood 2 h 22 min ago: 1 of 3 addresses answered as they should. Whether "
        "they still do is not known."
    )
    assert [(line.title, line.look, line.word) for line in several.lines] == [
        (target, Look.UNKNOWN, "not known") for target in ("a:443", "b:443", "c:443")
    ]
    assert [(line.aside, line.text) for line in several.lines] == [("", "")] * 3
    assert card(old(checks=(fine,)), "checks").summary == (
        "As it stood 2 h 22 min ago: it answered as it should. Whether it still does "
        "is not known."
    )
    assert card(old(checks=(odd,)), "checks").summary == (
        "As it stood 2 h 22 min ago: it did not answer as it should. Whether that is "
        "still so is not known."
    )


def test_our_own_check_is_folded_and_shows_what_failed_first() -> None:
    checks = card(made_up.chatter(), "checks")
    assert checks.summary == "14 of 16 addresses answer from here."
    assert checks.shown == 0
    assert [line.aside for line in checks.lines[:3]] == [
        "no answer in time",
        "no answer in time",
        "34 ms",
    ]


def test_a_check_says_why_it_failed_or_how_long_it_took() -> None:
    tries = (*(Check(f"h{n}", None) for n in range(20)), Check("ok", timedelta()))
    checks = card(told(checks=tries), "checks")
    assert checks.lines[0].aside == "no answer"
    assert checks.lines[-1].aside == "0 ms"
    assert "checks" not in cards(told())


def test_an_incident_tells_its_story_newest_first() -> None:
    told_card = card(made_up.chatter(), "incidents")
    head, *steps = told_card.lines
    assert head.kind == "head"
    assert (head.title, head.word) == ("Messages are not delivered", "partly down")
    assert head.text == "identified · since 14:02 · Brazil, Spain"
    assert head.link == "https://status.example.org/i1"
    assert [step.aside for step in steps] == ["15:10", "14:43", "14:16", "14:04"]
    assert steps[-1].title == "Investigating"


def test_the_worst_open_incident_comes_first() -> None:
    heads = [x for x in card(made_up.cloud(), "incidents").lines if x.kind == "head"]
    assert [head.word for head in heads] == ["down", "troubled"]
    assert "eu-west-5 and 3 more" in heads[0].text


def test_of_incidents_as_bad_the_one_that_is_named_above_comes_first() -> None:
    dated, undated = (
        Incident(name, name, Level.MAJOR, None, open=True, started_at=at)
        for name, at in (("dated", ago(30)), ("undated", None))
    )
    of = told(Level.MAJOR, incidents=(undated, dated))
    assert of.verdict.title == "dated"
    assert titles(card(of, "incidents").lines) == ["dated", "undated"]


def test_an_incident_for_information_is_called_a_notice() -> None:
    notice = Incident(
        "n", "Read this", Level.OPERATIONAL, None, open=True, url="ftp://x"
    )
    [head] = card(told(incidents=(notice,)), "incidents").lines
    assert (head.word, head.text, head.link) == ("notice", "no message yet", "")


def test_no_incident_is_said_in_the_words_that_are_true() -> None:
    def summary(of: ServiceView) -> str:
        return card(of, "incidents").summary

    assert summary(plainly("a", "A", Level.OPERATIONAL)) == "A reports nothing."
    assert summary(plainly("a", "A", Level.MAJOR)) == (
        "A gives no details. Cause: not known; A has not said."
    )
    assert summary(plainly("a", "A", None)) == "The official page does not say."
    assert summary(made_up.silent()) == (
        "The official page could not be read, so this is not known."
    )
    offline = replace(made_up.silent(), verdict=Verdict(online=False))
    assert summary(offline) == "You are offline, so this is not known."


def test_planned_work_that_goes_on_comes_before_what_is_to_come() -> None:
    works = card(made_up.cloud(), "works").lines
    assert card(made_up.cloud(), "works").act == "Save for your calendar …"
    assert [work.word for work in works] == ["going on", "planned"]
    assert works[0].aside == "14:44 to 17:14"
    assert works[1].aside == "7 Mar 15:14 to 7 Mar 19:14"
    assert works[1].look is None


def test_planned_work_that_is_done_is_not_listed() -> None:
    done = Maintenance(
        "m", "Done", MaintenanceState.COMPLETED, url="https://x.example/"
    )
    assert "works" not in cards(told(maintenances=(done,)))
    unsure = replace(done, state=MaintenanceState.VERIFYING)
    works = card(told(maintenances=(unsure,)), "works")
    assert works.act == "", "what has no date has no place in a calendar"
    [line] = works.lines
    assert (line.word, line.aside, line.link) == (
        "being checked",
        "",
        "https://x.example/",
    )


def test_an_unknown_kind_of_source_is_named_as_it_is() -> None:
    made = view(service("s", "S"), evidence(info("Odd", "rumour"), None))
    assert card(made, "evidence").lines[0].tags == ("rumour",)


def test_a_check_that_is_answered_wrongly_is_not_called_well() -> None:
    made = made_up.wrong()
    [line] = card(made, "evidence").lines
    assert (line.title, line.look) == ("Our own check of Parcel", Look.DEGRADED)
    assert line.text == (
        "It answers from here, but not as it should. Answered with HTTP 503."
    )
    checks = card(made, "checks")
    assert checks.summary == "It answers from here, but not as it should."
    assert checks.shown is None
    [tried] = checks.lines
    assert (tried.look, tried.aside) == (Look.DEGRADED, "84 ms")
    assert tried.text == "Answered with HTTP 503"


def test_one_wrong_answer_of_many_is_counted_and_shown_after_those_that_failed() -> (
    None
):
    fine, odd = Check("a", timedelta()), Check("b", timedelta(), "Odd")
    silent = Check("c", None)
    checks = card(told(checks=(fine, odd, silent)), "checks")
    assert titles(checks.lines) == ["c", "b", "a"]
    assert checks.summary == "2 of 3 addresses answer from here, 1 not as it should."
    alone = card(told(checks=(silent,)), "checks")
    assert alone.summary == "It does not answer from here."


def test_what_people_write_is_counted_and_has_no_level() -> None:
    _, posts, others, _ = card(made_up.network(), "evidence").lines
    assert (posts.look, posts.word) == (None, "")
    assert posts.text == (
        "13 posts in the last hour, each person counted once in 15 min."
    )
    assert posts.tags == ("what people write",)
    assert (others.look, others.tags) == (Look.DEGRADED, ("others who watch",))
    crowd = info("Posts", "people")
    for times, words in ((), "No post"), ((ago(59),), "One post"):
        made = view(
            service("s", "S"), evidence(crowd, report("p", None, NOW, mentions=times))
        )
        assert card(made, "evidence").lines[0].text == f"{words} in the last hour."


def test_people_who_cannot_be_read_are_said_to_be_so() -> None:
    made = view(service("s", "S"), evidence(info("Posts", "people"), None))
    [line] = card(made, "evidence").lines
    assert (line.word, line.text) == ("not known", "Not asked yet.")


def test_many_places_are_shown_by_continent() -> None:
    parts = card(made_up.network(), "parts")
    assert parts.summary == "58 of 62 parts are well."
    assert parts.shown == 3
    europe, oceania, asia, *rest = parts.lines
    assert europe.word == "1 of 47 partly down, 1 troubled"
    assert europe.text == "London, United Kingdom · Ireland"
    assert (oceania.title, oceania.look) == ("Oceania", Look.MAINTENANCE)
    assert (asia.look, asia.word) == (Look.UNKNOWN, "1 of 6 not known")
    assert titles(tuple(rest))[-3:] == ["Products", "Dashboard", "DNS"]
    assert "Other parts" not in titles(tuple(rest))


def test_a_continent_names_only_so_many_places() -> None:
    bad = tuple(
        Component(
            str(n), f"P{n}", Level.DEGRADED, place=Place(f"P{n}", f"Town {n}", ("DE",))
        )
        for n in range(50)
    )
    [europe] = card(told(Level.DEGRADED, components=bad), "parts").lines
    assert europe.text.endswith("Town 5, Germany and 44 more")


def test_a_part_says_where_it_is_unless_its_name_does() -> None:
    town = Place("FRA", "Frankfurt", ("DE",))
    parts = (
        Component("1", "API (eu-central-1)", Level.MAJOR, place=town),
        Component("2", "Frankfurt, Germany - (FRA)", Level.MAJOR, place=town),
        Component("3", "Plain", Level.MAJOR),
    )
    lines = card(told(Level.MAJOR, components=parts), "parts").lines
    assert [line.aside for line in lines] == ["Frankfurt, Germany", "", ""]


def parts_of(of: ServiceView, choice: Choice) -> Card:
    shown = detail(of, NOW, UTC, choice=choice)
    return {made.key: made for made in shown.cards}["parts"]


def test_the_card_says_plainly_how_many_parts_count() -> None:
    some = told(components=(Component("1", "One", Level.OPERATIONAL),))
    chosen = Choice(("One",), 14, may_change=True)
    assert parts_of(some, chosen).summary == "1 of 14 parts count, as you chose."
    assert parts_of(some, chosen).act == "Choose parts …"
    unknown = replace(chosen, listed=None)
    assert parts_of(some, unknown).summary == "1 part counts, as you chose."
    assert parts_of(told(), replace(chosen, chosen=("A", "B"))).summary == (
        "2 of 14 parts count, as you chose. The page does not name them now."
    )
    assert parts_of(some, Choice(may_change=True)).act == ""
    assert parts_of(made_up.cloud(), Choice()).act == ""
    assert parts_of(made_up.cloud(), Choice(may_change=True)).act != ""


def test_what_went_on_when_the_page_was_last_read_is_not_said_of_now() -> None:
    page = info("The page")
    story = Incident("i", "Slow", Level.DEGRADED, None, open=True)

    def summary(minutes: float) -> str:
        given = report(page.name, Level.DEGRADED, ago(minutes), incidents=(story,))
        return card(view(service("s", "S"), evidence(page, given)), "incidents").summary

    assert summary(1) == "Cause: not known; S has not said."
    assert summary(60 * 24) == (
        "As it stood 1 d ago; whether it still does is not known."
    )


def test_planned_work_of_a_page_that_was_read_long_ago_is_not_said_of_now() -> None:
    page, work = info("The page"), Maintenance("m", "M", MaintenanceState.IN_PROGRESS)

    def summary(minutes: float) -> str:
        given = report(page.name, None, ago(minutes), maintenances=(work,))
        return card(view(service("s", "S"), evidence(page, given)), "works").summary

    assert summary(1) == ""
    assert summary(60 * 24) == (
        "As it stood 1 d ago; whether it still does is not known."
    )


def test_planned_work_of_one_page_of_two_that_is_old_says_so_by_itself() -> None:
    work = Maintenance("m", "M", MaintenanceState.IN_PROGRESS)
    other = replace(work, title="N")
    old = report("old", None, ago(60 * 24), maintenances=(work, other))
    new = report("new", None, ago(1), maintenances=(other,))
    pages = evidence(info("new"), new), evidence(info("old"), old)
    shown = card(view(service("s", "S"), *pages), "works")
    assert shown.summary == ""
    said = {(line.title, line.text) for line in shown.lines}
    assert said == {("M", "as it stood 1 d ago"), ("N", "")}


def test_a_check_that_tried_nothing_is_not_called_unanswered() -> None:
    assert answers_words(()) == "Nothing was tried from here."


def test_a_check_of_which_some_fail_bears_no_green_mark() -> None:
    own = info("From here", "measured")
    took = timedelta(milliseconds=9)

    def line(*answers: timedelta | None) -> Line:
        checks = tuple(Check(f"e{n}", took) for n, took in enumerate(answers))
        given = report(own.name, Level.OPERATIONAL, ago(1), checks=checks)
        [found] = card(view(service("s", "S"), evidence(own, given)), "evidence").lines
        return found

    assert line(took, took).look is Look.OPERATIONAL
    assert (line(took, None).look, line(took, None).word) == (None, "")
    assert line(took, None).text == "1 of 2 addresses answer from here."
