"""What was said of late: who turned when, what is new, and how it is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from downlight.core.evidence.lead import Stamps
from downlight.core.evidence.verdict import Verdict
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.level import Level
from downlight.core.model import Incident, Maintenance, MaintenanceState, Update
from downlight.core.news import ServiceView, Snapshot
from downlight.ui.now import diary, feed
from downlight.ui.now.diary import Diary, Turn
from downlight.ui.now.feed import entries, feed_card
from tests.ui import made_up
from tests.ui.made_up import NOW, ago, evidence, info, report, service, view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.ui.views import Card, Line


def told(*incidents: Incident, works: tuple[Maintenance, ...] = ()) -> ServiceView:
    source = info("The page", page="https://status.example.org/")
    given = report(
        source.name, Level.DEGRADED, ago(1), incidents=incidents, maintenances=works
    )
    return view(service("s", "S"), evidence(source, given))


def story(name: str, *minutes: float, url: str = "") -> Incident:
    updates = tuple(Update(ago(at), f"{name} at {at}") for at in minutes)
    return Incident(
        name, name, Level.DEGRADED, None, open=True, updates=updates, url=url
    )


def card(of: ServiceView, turns: Iterable[Turn] = ()) -> Card | None:
    return feed_card(entries(of, tuple(turns)), NOW, UTC)


def lines(of: ServiceView, *turns: Turn) -> tuple[Line, ...]:
    made = card(of, turns)
    assert made is not None
    return made.lines


FAILS = Turn(ago(3), Voice.OWN, "Our own checks fail.", trouble=True)
ABROAD = Turn(ago(2), Voice.COUNTRIES, "Measurements fail.", trouble=True)
POSTS = Turn(ago(9), Voice.PEOPLE, "Far more posts than usual.", trouble=True)


def test_several_stories_are_merged_newest_first() -> None:
    found = lines(made_up.cloud())
    assert [line.aside for line in found] == [
        "15:11 · 3 min ago",
        "14:54 · 20 min ago",
        "14:44 · 30 min ago",
        "3 Mar 07:34 · 1 d 7 h ago",
    ]
    assert found[2].title == "Database upgrade in Asia"
    assert found[2].text == "“Short interruptions are possible.”"


def test_one_story_is_not_told_twice() -> None:
    assert card(made_up.chatter()) is None
    assert card(made_up.plainly("calm", "Calm", Level.OPERATIONAL)) is None


def test_all_who_speak_are_in_one_list_and_can_be_told_apart() -> None:
    found = card(told(story("a", 5)), [FAILS, ABROAD, POSTS])
    assert found is not None
    assert [(line.kin, line.text) for line in found.lines] == [
        ("Regional", "Measurements fail."),
        ("Our checks", "Our own checks fail."),
        ("Official", "“a at 5”"),
        ("People", "Far more posts than usual."),
    ]
    assert found.kins == ("Official", "Our checks", "Regional", "People")


def test_one_who_speaks_alone_needs_no_buttons() -> None:
    alone = card(told(), [FAILS])
    assert alone is not None
    assert (alone.kins, len(alone.lines)) == ((), 1)


def test_the_latest_of_a_story_leads_to_its_page() -> None:
    found = lines(told(story("a", 5, 6, url="https://x.example/a"), story("b", 7)))
    assert [line.link for line in found] == [
        "https://x.example/a",
        "",
        "https://status.example.org/",
    ]
    odd = lines(told(story("a", 5, url="javascript:x"), story("b", 7, url="http://b")))
    assert [line.link for line in odd] == ["", ""]


def test_a_feed_is_cut() -> None:
    long = (story("a", *range(50)), story("b", *range(50)))
    assert len(lines(told(*long))) == feed.LENGTH


def test_what_two_sources_repeat_word_by_word_stays_one_entry_of_each() -> None:
    twice = story("a", 5)
    found = told(replace(twice, updates=twice.updates * 2), story("b", 7))
    assert len(lines(found)) == 2


def test_planned_work_speaks_with_the_provider() -> None:
    work = Maintenance(
        "w",
        "Move",
        MaintenanceState.SCHEDULED,
        updates=(Update(ago(4), ""), Update(ago(8), "Soon.")),
    )
    first, second, _ = lines(told(story("a", 9), works=(work,)))
    assert (first.title, first.text, first.kin) == ("Move", "", "Official")
    assert second.text == "“Soon.”"


def test_what_is_new_is_marked_in_a_word_too() -> None:
    said = entries(told(story("a", 5), story("b", 7)))
    made = feed_card(said, NOW, UTC, {said[0].key})
    assert made is not None
    assert [(line.fresh, line.tags) for line in made.lines] == [
        (True, ("new",)),
        (False, ()),
    ]


def found(
    voice: Voice, weight: float, words: str = "It fails", **more: object
) -> Finding:
    made = Finding(voice, Sign.SOME, ago(1), weight, words)
    return replace(made, **more)  # type: ignore[arg-type]  # a table of fields


def weighed(
    *reasons: Finding, replay: str = "", stamps: Stamps | None = None
) -> Snapshot:
    base = made_up.plainly("s", "S", Level.OPERATIONAL)
    judgement = base.verdict.judgement
    assert judgement is not None
    verdict = replace(base.verdict, judgement=replace(judgement, reasons=reasons))
    seen = replace(base, verdict=verdict, stamps=stamps or base.stamps)
    return Snapshot(NOW, (seen,), replay=replay)


SLUG = made_up.service("s", "S").slug


def turns(*snapshots: Snapshot) -> list[tuple[Voice, str, bool, datetime]]:
    kept = Diary()
    for snapshot in snapshots:
        kept.note(snapshot)
    return [(it.voice, it.text, it.trouble, it.at) for it in kept.turns(SLUG)]


def test_a_voice_that_comes_to_say_something_else_is_taken_down_once() -> None:
    bad, good = found(Voice.OWN, 3.0, since=ago(6)), found(Voice.OWN, -2.0, "It passes")
    assert turns(weighed(good), weighed(bad), weighed(bad), weighed(good)) == [
        (Voice.OWN, "It fails.", True, ago(6)),
        (Voice.OWN, "It passes.", False, ago(1)),
    ]


def test_the_official_page_and_kin_are_not_taken_down() -> None:
    official, parent = found(Voice.OFFICIAL, 6.0), found(Voice.PARENT, 1.0)
    assert turns(weighed(official, parent)) == []


def test_what_is_not_heard_now_turns_nothing() -> None:
    bad = found(Voice.PEOPLE, 3.0)
    for odd in ("silent", "carried", "fading"):
        stands_in = found(Voice.PEOPLE, -1.0, "Calm", **{odd: True})
        assert len(turns(weighed(bad), weighed(stands_in), weighed(bad))) == 1
    assert len(turns(weighed(bad), weighed(), weighed(bad))) == 1


def test_of_several_places_one_in_trouble_counts() -> None:
    bad, good = found(Voice.COUNTRIES, 2.0), found(Voice.COUNTRIES, -4.0, "Well")
    assert [it[1] for it in turns(weighed(good, bad))] == ["It fails."]


def test_a_beginning_is_dated_as_well_as_anybody_knows() -> None:
    for voice, name in (
        (Voice.OWN, "own"),
        (Voice.COUNTRIES, "regional"),
        (Voice.PEOPLE, "posts"),
    ):
        seen = replace(Stamps(), **{name: ago(20)})
        [(_, _, _, at)] = turns(weighed(found(voice, 2.0), stamps=seen))
        assert at == ago(20)
        [(_, _, _, at)] = turns(weighed(found(voice, 2.0)))
        assert at == ago(1)


def test_only_so_many_turns_are_kept() -> None:
    bad, good = weighed(found(Voice.OWN, 1.0)), weighed(found(Voice.OWN, -1.0))
    assert len(turns(*[bad, good] * diary.KEPT)) == diary.KEPT


def test_a_replay_shares_no_memory_with_what_is_live() -> None:
    bad = found(Voice.OWN, 1.0)
    assert turns(weighed(bad), weighed(replay="a day")) == []


def test_before_anything_was_weighed_nothing_is_taken_down() -> None:
    bare = ServiceView(service("s", "S"), Verdict(), ())
    assert turns(Snapshot(NOW, (bare,))) == []


def test_at_the_first_look_nothing_is_new_and_then_what_comes() -> None:
    kept = Diary()
    assert kept.come(SLUG, ["a"]) == set()
    assert kept.come(SLUG, ["a", "b"]) == {"b"}
    assert kept.come(SLUG, ["b", "c"]) == {"b", "c"}


def test_after_turning_away_only_what_came_meanwhile_is_new() -> None:
    kept, other = Diary(), made_up.service("o", "O").slug
    kept.come(SLUG, ["a"])
    kept.come(SLUG, ["a", "b"])
    kept.come(other, [])
    assert kept.come(SLUG, ["a", "b", "c"]) == {"c"}
    kept.leave()
    assert kept.come(SLUG, ["a", "b", "c"]) == set()


def test_what_was_seen_once_is_not_new_when_it_comes_back() -> None:
    kept = Diary()
    kept.come(SLUG, ["a", "b"])
    kept.come(SLUG, ["b"])
    kept.leave()
    assert kept.come(SLUG, ["a", "b"]) == set()


def test_only_the_official_page_is_called_official() -> None:
    other = info("Others", "aggregator")
    given = report(other.name, None, ago(1), incidents=(story("a", 1), story("b", 2)))
    assert entries(view(service("s", "S"), evidence(other, given))) == ()


def test_what_was_seen_is_forgotten_when_much_came_since() -> None:
    kept = Diary()
    for count in range(10):
        kept.come(SLUG, [f"{count}-{n}" for n in range(diary.SEEN // 4)])
    assert len(kept._known[SLUG]) <= diary.SEEN
    assert kept.come(SLUG, ["9-0"]) == {"9-0"}
    kept.leave()
    assert kept.come(SLUG, ["9-0", "new"]) == {"new"}
