"""Services that fall together are one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.evidence.cause import (
    AT_ONCE,
    LENGTH,
    NEAR,
    Ailing,
    Cause,
    causes,
    headline,
    unstable_headline,
)
from downlight.core.level import Level
from downlight.core.model import ServiceSlug

if TYPE_CHECKING:
    from random import Random

START = datetime(2026, 3, 1, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
MANY_WATCHED = 100


def ill(
    slug: str,
    house: str = "",
    minute: float = 0,
    *,
    level: Level = Level.MAJOR,
    places: tuple[str, ...] = (),
    siblings: tuple[str, ...] = (),
    owner: str = "",
) -> Ailing:
    return Ailing(
        ServiceSlug(slug),
        slug.title(),
        house,
        START + minute * MINUTE,
        level,
        places,
        tuple(map(ServiceSlug, siblings)),
        owner,
    )


def slugs(found: tuple[Cause, ...]) -> list[tuple[str, ...]]:
    return [cause.slugs for cause in found]


META = [ill("chat", "meta"), ill("photos", "meta", 5), ill("calls", "meta", 9)]
STORM = [ill("a"), ill("b", "", 1), ill("c", "house", 2), ill("d", "house", 3)]


def test_services_of_one_house_that_fall_together_are_one_event() -> None:
    (cause,) = causes([*META, ill("mail", "post")], MANY_WATCHED)
    assert cause.slugs == ("chat", "photos", "calls")
    assert (cause.key, cause.name) == ("meta@20260301T1000Z", "Meta")
    assert (cause.began, cause.house) == (START, "meta")


def test_one_service_is_no_shared_cause() -> None:
    assert causes([], 0) == ()
    assert causes([ill("chat", "meta"), ill("mail", "post")], 2) == ()


def test_a_platform_falls_with_what_stands_on_it() -> None:
    (cause,) = causes([ill("aws"), ill("aws-eu", "aws")], MANY_WATCHED)
    assert cause.slugs == ("aws", "aws-eu")


def test_it_is_enough_that_one_sibling_names_the_other() -> None:
    one, other = ill("logs"), ill("logs-eu", siblings=("logs", "unknown"))
    assert slugs(causes([one, other], MANY_WATCHED)) == [("logs", "logs-eu")]


def test_siblings_of_siblings_are_of_one_family() -> None:
    ring = [ill("c", siblings=("b",)), ill("b", siblings=("a",)), ill("a")]
    assert slugs(causes(ring, MANY_WATCHED)) == [("a", "b", "c")]


def test_near_is_measured_from_the_first_and_never_drags_on() -> None:
    chain = [ill(f"s{n}", "meta", 20 * n) for n in range(6)]
    assert slugs(causes(chain, MANY_WATCHED)) == [
        ("s0", "s1"),
        ("s2", "s3"),
        ("s4", "s5"),
    ]


@pytest.mark.parametrize(
    ("minute", "together"), [(30, True), (30.99, True), (31, False)]
)
def test_near_counts_in_minutes(minute: float, *, together: bool) -> None:
    found = causes([ill("a", "meta"), ill("b", "meta", minute)], MANY_WATCHED)
    assert bool(found) is together


def test_one_region_of_a_cloud_is_named_where_all_are_in_it() -> None:
    here = ill("vm", "cloud", places=("Dublin", "Paris"))
    there = ill("disk", "cloud", places=("Dublin",))
    nowhere = ill("dns", "cloud")
    assert causes([here, there], MANY_WATCHED)[0].places == ("Dublin",)
    assert causes([here, there, nowhere], MANY_WATCHED)[0].places == ()


@pytest.mark.parametrize(
    ("pair", "name"),
    [
        ([ill("a", "sw", owner="SolarWinds"), ill("b", "sw", owner="SolarWinds")],
         "SolarWinds"),
        ([ill("a", "one-house", owner="A"), ill("b", "one-house", owner="B")],
         "One House"),
        ([ill("aws"), ill("b", "aws", owner="Amazon")], "Aws"),
        ([replace(ill("aws"), name="AWS"), ill("b", "aws")], "AWS"),
    ],
)  # fmt: skip
def test_a_house_is_called_what_people_call_it(pair: list[Ailing], name: str) -> None:
    assert causes(pair, MANY_WATCHED)[0].name == name


def test_everything_at_once_is_one_event() -> None:
    (cause,) = causes(STORM, 8)
    assert cause.slugs == ("a", "b", "c", "d")
    assert (cause.key, cause.name, cause.house) == ("@20260301T1000Z", "", "")


@pytest.mark.parametrize(
    ("ailing", "watched"),
    [
        (STORM, 9),
        (STORM[:3], 3),
        ([*STORM[1:], ill("e", "house", 4)], 4),
        ([*STORM[:3], ill("d", "house", 11)], 4),
    ],
)
def test_less_than_everything_folds_by_house_only(
    ailing: list[Ailing], watched: int
) -> None:
    assert all(cause.house for cause in causes(ailing, watched))


def test_everything_is_where_most_fell_not_where_one_fell_before() -> None:
    stray = ill("stray", "", -9)
    late = ill("late", "", 8)
    (cause,) = causes([stray, *STORM, late], 6)
    assert cause.slugs == ("a", "b", "c", "d", "late")


def test_two_storms_are_two_events() -> None:
    second = [ill(f"z{n}", f"h{n}", 60) for n in range(4)]
    first, other = causes([*second, *STORM], 8)
    assert (first.began, other.began) == (START, START + 60 * MINUTE)


def test_the_key_lives_on_when_the_first_recovers() -> None:
    first = causes(META, MANY_WATCHED)
    rest = causes(META[1:], MANY_WATCHED, first)
    last = causes(META[2:], MANY_WATCHED, rest)
    assert slugs(last) == [("calls",)]
    assert {cause.key for cause in (*rest, *last)} == {first[0].key}
    assert (last[0].began, last[0].name) == (START, "Meta")
    assert causes([], MANY_WATCHED, last) == ()


def test_who_falls_near_the_first_joins_even_after_that_one_recovered() -> None:
    before = causes(META, MANY_WATCHED)
    near, far = ill("near", "meta", 30), ill("far", "meta", 31)
    early = ill("early", "meta", -30)
    sibling = ill("friend", "", 12, siblings=("calls",))
    stranger = ill("stranger", "post", 9)
    now = [*META[1:], near, far, early, sibling, stranger]
    (cause,) = causes(now, MANY_WATCHED, before)
    assert cause.slugs == ("early", "photos", "calls", "friend", "near")
    assert cause.key == before[0].key


def test_who_recovered_and_fell_again_later_is_not_the_same_event() -> None:
    before = causes(META, MANY_WATCHED)
    again = replace(META[0], began=START + 50 * MINUTE)
    assert slugs(causes([again, META[1]], MANY_WATCHED, before)) == [("photos",)]


def test_an_event_keeps_its_own_before_others_take_from_it() -> None:
    two = [ill("a", "m"), ill("b", "m"), ill("c", "m", 31), ill("d", "m", 35)]
    before = causes(two, MANY_WATCHED)
    revised = [*two[:2], replace(two[2], began=START + 25 * MINUTE), two[3]]
    assert slugs(causes(revised, MANY_WATCHED, before)) == [("a", "b"), ("c", "d")]


def test_everything_at_once_takes_over_what_a_house_had() -> None:
    house = causes(STORM[2:], 8)
    storm = causes(STORM, 8, house)
    assert slugs(storm) == [("a", "b", "c", "d")]
    late = ill("late", "other", 10)
    later, early = ill("later", "", 15), ill("early", "", -1)
    (cause,) = causes([STORM[3], late, later, early], 8, storm)
    assert cause.slugs == ("d", "late")
    assert cause.key == storm[0].key


def test_the_worst_are_named_first() -> None:
    mild = ill("mild", "meta", 0, level=Level.DEGRADED)
    assert causes([mild, *META], MANY_WATCHED)[0].slugs[-1] == "mild"


def titled(house: str, *names: str, places: tuple[str, ...] = ()) -> str:
    known = {ServiceSlug(name.lower()): name for name in names}
    cause = Cause("key", house.title(), tuple(known), START, places, house)
    return headline(cause, known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            titled("meta", "WhatsApp", "Instagram", "Messenger"),
            "Meta: WhatsApp, Instagram and Messenger are in trouble",
        ),
        (titled("meta", "A", "B", "C", "D"), "Meta: A, B, C and D are in trouble"),
        (
            titled("meta", "A", "B", "C", "D", "E"),
            "Meta: A, B, C and 2 more are in trouble",
        ),
        (titled("meta", "WhatsApp"), "Meta: WhatsApp is in trouble"),
        (
            titled("cloud", "A", "B", places=("Dublin", "Paris")),
            "Cloud in Dublin and Paris: A and B are in trouble",
        ),
        (
            titled("cloud", "A", "B", places=("P", "Q", "R", "S")),
            "Cloud: A and B are in trouble",
        ),
        (titled("", *"ABCDEF"), "6 services at once: A, B, C and 3 more"),
        (
            titled("", "A", "B", places=("Spain",)),
            "2 services at once in Spain: A and B",
        ),
        (titled("", "A"), "A is in trouble"),
        (titled("", "A", places=("Spain",)), "A is in trouble in Spain"),
    ],
)
def test_the_headline(text: str, expected: str) -> None:
    assert text == expected


def test_of_those_that_come_and_go_the_headline_claims_no_cause() -> None:
    known = {ServiceSlug("chat"): "Chat", ServiceSlug("calls"): "Calls"}
    house = Cause("key", "Meta", tuple(known), START, house="meta")
    assert unstable_headline(house, known) == "Meta: Chat and Calls seem to come and go"
    flood = Cause("key", "", tuple(known), START)
    assert unstable_headline(flood, known) == "Chat and Calls seem to come and go"


def test_a_headline_is_never_long_and_names_every_service_somehow() -> None:
    cause = Cause("key", "Meta", (ServiceSlug("chat"),), START, house="meta")
    assert headline(cause, {}) == "Meta: chat is in trouble"
    assert len(titled("meta", "A" * 200, "B")) == LENGTH


ailments = st.lists(
    st.builds(
        ill,
        slug=st.sampled_from([f"s{n}" for n in range(12)]),
        house=st.sampled_from(["", "meta", "cloud", "s1"]),
        minute=st.integers(0, 90) | st.floats(0, 90),
        level=st.sampled_from([Level.DEGRADED, Level.MAJOR]),
        siblings=st.lists(st.sampled_from(["s2", "s3"]), max_size=1).map(tuple),
    ),
    unique_by=lambda one: one.slug,
    max_size=12,
)
watched_counts = st.integers(0, 24)


@given(ailments, watched_counts, st.randoms(use_true_random=False))
def test_the_order_of_the_services_does_not_matter(
    ailing: list[Ailing], watched: int, chance: Random
) -> None:
    shuffled = list(ailing)
    chance.shuffle(shuffled)
    assert causes(shuffled, watched) == causes(ailing, watched)


@given(ailments, watched_counts)
def test_new_events_are_apart_and_hold_what_is_near_their_first(
    ailing: list[Ailing], watched: int
) -> None:
    found = causes(ailing, watched)
    known = {one.slug: one for one in ailing}
    told = [slug for cause in found for slug in cause.slugs]
    assert len(set(told)) == len(told)
    assert len({cause.key for cause in found}) == len(found)
    for cause in found:
        assert len(cause.slugs) > 1
        reach = NEAR if cause.house else AT_ONCE
        minutes = [known[slug].minute for slug in cause.slugs]
        assert min(minutes) == cause.began >= max(minutes) - reach


@given(ailments, watched_counts)
def test_while_nothing_changes_the_events_stay_the_same(
    ailing: list[Ailing], watched: int
) -> None:
    found = causes(ailing, watched)
    assert causes(ailing, watched, found) == found


loners = ailments.map(lambda found: [replace(one, siblings=()) for one in found])
"""Without siblings: when one that links two houses recovers, they are two again."""


@given(loners, watched_counts, st.sets(st.integers(0, 11)))
def test_a_key_lives_while_one_of_its_services_does(
    ailing: list[Ailing], watched: int, well: set[int]
) -> None:
    before = causes(ailing, watched)
    left = [one for n, one in enumerate(ailing) if n not in well]
    still = {one.slug for one in left}
    after = {cause.key: cause for cause in causes(left, watched, before)}
    for cause in before:
        remaining = still.intersection(cause.slugs)
        assert (cause.key in after) is bool(remaining)
        assert remaining <= set(after[cause.key].slugs if remaining else ())
