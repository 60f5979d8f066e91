"""Who saw an outage first, and what may be said about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.evidence.lead import FORGET, Lead, Stamps, gap, note
from downlight.core.fusion import weights
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.model import SKEW
from downlight.core.saying.lead_words import words

NOW = datetime(2026, 3, 1, 14, 3, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
EMPTY = Stamps()

RED = Finding(Voice.OFFICIAL, Sign.MAJOR, NOW, 12, "The official page names an outage")
GREEN = Finding(Voice.OFFICIAL, Sign.GREEN, NOW, -0.3, "The official page is green")
FAIL = Finding(Voice.OWN, Sign.PATH, NOW, 6, "Our own checks fail", since=NOW - MINUTE)
RISE = Finding(Voice.PEOPLE, Sign.RISE, NOW, 5, "More than usual")
HOME = Finding(Voice.COUNTRIES, Sign.HOME_FAILS, NOW, 6, "Fails", places=("ES",))
KIN = Finding(Voice.PARENT, Sign.PARENT, NOW, 9, "The platform has an incident")


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (RED, Stamps(official=NOW, sign=NOW)),
        (replace(RED, since=at(-50)), Stamps(official=NOW, sign=NOW)),
        (FAIL, Stamps(own=at(-1), sign=NOW)),
        (replace(FAIL, since=None), Stamps(own=NOW, sign=NOW)),
        (replace(FAIL, since=at(3)), Stamps(own=NOW, sign=NOW)),
        (RISE, Stamps(posts=NOW, sign=NOW)),
        (replace(RISE, at=at(3)), Stamps(posts=NOW, sign=NOW)),
        (replace(RISE, at=at(-3)), Stamps(posts=at(-3), sign=at(-3))),
        (HOME, Stamps(regional=NOW, sign=NOW)),
        (replace(RISE, weight=weights.SUPPORT), Stamps(posts=NOW, sign=NOW)),
    ],
)
def test_the_moment_we_saw_it_is_stamped(found: Finding, expected: Stamps) -> None:
    assert note(EMPTY, [found], "ES", NOW) == expected


@pytest.mark.parametrize(
    "found",
    [
        GREEN,
        KIN,
        replace(RISE, weight=weights.SUPPORT - 0.01),
        replace(RED, carried=True),
        replace(FAIL, silent=True),
        replace(FAIL, sign=Sign.FIRST),
        replace(HOME, places=("FR", "IT")),
    ],
)
def test_what_does_not_speak_here_and_now_stamps_nothing(found: Finding) -> None:
    assert note(EMPTY, [found], "ES", NOW) is EMPTY


def test_without_a_known_country_none_is_elsewhere() -> None:
    assert note(EMPTY, [HOME], "", NOW).regional == NOW


def test_one_failed_round_counts_from_its_beginning_once_a_second_confirms_it() -> None:
    first = replace(FAIL, sign=Sign.FIRST, since=NOW)
    blip = note(EMPTY, [first], "", NOW)
    second = replace(FAIL, at=at(1), since=NOW)
    assert blip is EMPTY
    assert note(blip, [second], "", at(1)) == Stamps(own=NOW, sign=at(1))


def test_a_stamp_once_set_stays_while_signs_go_on() -> None:
    stamps = EMPTY
    for minute in range(0, 300, 50):
        red = replace(RED, at=at(minute))
        rise = replace(RISE, at=at(minute)) if minute else GREEN
        stamps = note(stamps, [red, rise], "", at(minute))
    assert stamps == Stamps(posts=at(50), official=NOW, sign=at(250))


def test_that_a_sign_goes_on_is_noted_every_ten_minutes() -> None:
    stamps = note(EMPTY, [FAIL], "", NOW)
    goes_on = [replace(FAIL, at=at(minute)) for minute in (9, 10)]
    assert note(stamps, goes_on[:1], "", at(9)) is stamps
    assert note(stamps, goes_on[1:], "", at(10)).sign == at(10)


def test_the_same_object_comes_back_when_nothing_is_new() -> None:
    stamps = note(EMPTY, [RED, FAIL], "", NOW)
    assert note(stamps, [RED, FAIL], "", at(5)) is stamps
    assert note(stamps, [GREEN], "", at(6)) is stamps
    assert note(stamps, [], "", NOW + FORGET - SECOND) is stamps
    old = replace(stamps, sign=NOW - 2 * FORGET)
    assert note(old, [], "", NOW) == EMPTY


def test_after_an_hour_without_a_sign_an_incident_begins_anew() -> None:
    stamps = note(EMPTY, [RED], "", NOW)
    later = NOW + FORGET
    rise = replace(RISE, at=later)
    assert note(stamps, [GREEN], "", later) == EMPTY
    assert note(stamps, [rise], "", later) == Stamps(posts=later, sign=later)


def test_a_clock_set_back_a_little_forgets_nothing() -> None:
    stamps = note(EMPTY, [RED], "", NOW)
    back = NOW - SKEW
    assert note(stamps, [], "", back) is stamps
    assert note(stamps, [replace(RISE, at=back)], "", back) == Stamps(
        posts=back, official=NOW, sign=NOW
    )


def test_stamps_of_a_clock_that_was_set_back_far_are_not_believed() -> None:
    stamps = note(EMPTY, [RED], "", NOW)
    back = NOW - SKEW - SECOND
    assert note(stamps, [], "", back) == EMPTY
    fail = replace(FAIL, at=back)
    assert note(stamps, [fail], "", back) == Stamps(own=back, sign=back)


def test_the_gap_is_measured_from_the_first_who_saw_it() -> None:
    stamps = Stamps(posts=at(4), own=at(2), regional=at(9), official=at(47) + SECOND)
    assert gap(stamps) == Lead(Voice.OWN, 45 * MINUTE + SECOND)
    assert gap(replace(stamps, own=at(5))) == Lead(Voice.PEOPLE, 43 * MINUTE + SECOND)
    assert gap(replace(stamps, official=NOW)) == Lead(Voice.OWN, -2 * MINUTE)


def test_of_two_at_the_same_moment_our_own_checks_come_first() -> None:
    stamps = Stamps(posts=NOW, own=NOW, regional=NOW, official=NOW)
    assert gap(stamps) == Lead(Voice.OWN, timedelta())


def test_the_first_of_all_is_whoever_saw_it_first() -> None:
    stamps = Stamps(posts=at(4), own=at(2), regional=at(1), official=NOW, sign=at(9))
    assert stamps.first == NOW
    assert replace(stamps, official=None).first == at(1)
    assert EMPTY.first is None


def test_without_both_sides_there_is_no_gap() -> None:
    assert gap(EMPTY) is None
    assert gap(Stamps(official=NOW)) is None
    assert gap(Stamps(posts=NOW, own=NOW)) is None


OWN = "Our own checks failed from"
PEOPLE = "We saw people write more than usual about it from"
PAGE = "We saw the official page name it"


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        (EMPTY, ()),
        (Stamps(official=NOW), (f"{PAGE} at 14:03.",)),
        (
            Stamps(own=NOW),
            (
                f"{OWN} 14:03.",
                "As far as we looked, the official page has not named it so far.",
            ),
        ),
        (
            Stamps(own=NOW, official=at(47.99)),
            (f"{OWN} 14:03.", f"{PAGE} at 14:50, 47 min after that."),
        ),
        (
            Stamps(own=NOW, posts=at(-2), regional=at(70), official=at(58)),
            (
                f"{PEOPLE} 14:01.",
                f"{OWN} 14:03.",
                f"{PAGE} at 15:01, 1 h after the first of these.",
                "We saw measurements in countries fail from 15:13.",
            ),
        ),
        (
            Stamps(own=at(5), posts=at(9), official=NOW),
            (
                f"{PAGE} first, at 14:03.",
                f"{OWN} 14:08, 5 min later.",
                f"{PEOPLE} 14:12, 9 min later.",
            ),
        ),
        (
            Stamps(own=NOW, posts=NOW + SECOND, official=NOW - 59 * SECOND),
            (
                f"{OWN} 14:03.",
                f"{PAGE} at 14:02, within a minute of that.",
                f"{PEOPLE} 14:03.",
            ),
        ),
        (
            Stamps(own=NOW, official=NOW + 59 * SECOND),
            (f"{OWN} 14:03.", f"{PAGE} at 14:03, within a minute of that."),
        ),
    ],
)
def test_the_sentences_say_what_the_stamps_say(
    stamps: Stamps, expected: tuple[str, ...]
) -> None:
    assert words(stamps, at(120), UTC) == expected


def test_a_page_that_cannot_be_read_is_not_called_silent() -> None:
    assert words(Stamps(own=NOW), NOW, UTC, green=False) == (f"{OWN} 14:03.",)


def test_who_has_not_seen_it_is_named_last_and_only_where_somebody_has() -> None:
    calm = {Voice.OWN, Voice.PEOPLE, Voice.OFFICIAL}
    assert words(EMPTY, NOW, UTC, calm=calm) == ()
    assert words(Stamps(own=NOW), NOW, UTC, calm=calm)[-1] == (
        "No sign of it so far, as far as we looked: what people write."
    )
    assert words(Stamps(own=NOW, posts=NOW), NOW, UTC, green=False, calm=calm) == (
        f"{OWN} 14:03.",
        f"{PEOPLE} 14:03.",
    )


def test_the_sentences_keep_to_the_zone_and_the_day() -> None:
    zone = timezone(timedelta(hours=2))
    assert words(Stamps(official=NOW), NOW, zone) == (f"{PAGE} at 16:03.",)
    tomorrow = NOW + timedelta(days=1)
    assert words(Stamps(official=NOW), tomorrow, UTC) == (f"{PAGE} at 1 Mar 14:03.",)


moments = st.integers(-50_000, 50_000).map(lambda seconds: NOW + seconds * SECOND)
findings = st.builds(
    Finding,
    voice=st.sampled_from(Voice),
    sign=st.sampled_from([Sign.PATH, Sign.FIRST, Sign.MAJOR]),
    at=moments,
    weight=st.sampled_from([-0.3, 3.0, 9.5]),
    words=st.just("words"),
    places=st.sampled_from([(), ("ES",), ("FR",)]),
    since=st.none() | moments,
    carried=st.booleans(),
    silent=st.booleans(),
)
rounds = st.lists(st.tuples(moments, st.lists(findings, max_size=3)), max_size=6)


@given(rounds)
def test_whatever_the_clock_does_no_stamp_is_later_than_the_last_sign(
    seen: list[tuple[datetime, list[Finding]]],
) -> None:
    stamps = EMPTY
    for now, found in seen:
        stamps = note(stamps, found, "ES", now)
        assert note(stamps, [], "ES", now) in {stamps, EMPTY}
        kept = [stamps.posts, stamps.own, stamps.regional, stamps.official]
        known = [moment for moment in kept if moment is not None]
        assert bool(known) is (stamps.sign is not None)
        assert all(stamps.sign >= moment for moment in known if stamps.sign)
        assert stamps.sign is None or stamps.sign <= now + SKEW
        assert msgspec.json.decode(msgspec.json.encode(stamps), type=Stamps) == stamps


@given(*[st.none() | moments] * 4)
def test_one_sentence_for_each_stamp(
    posts: datetime | None,
    own: datetime | None,
    regional: datetime | None,
    official: datetime | None,
) -> None:
    stamps = Stamps(posts, own, regional, official)
    told = words(stamps, NOW, UTC, green=False)
    assert len(told) == sum(s is not None for s in (posts, own, regional, official))
    assert all(one.endswith(".") for one in told)


def test_of_trouble_abroad_only_what_speaks_of_there_is_stamped() -> None:
    red = replace(RED, places=("DE", "PL"))
    assert note(EMPTY, [red, FAIL], "TR", NOW) == Stamps(own=at(-1), sign=NOW)
    there = note(EMPTY, [red, FAIL], "TR", NOW, ("DE",))
    assert there == Stamps(official=NOW, sign=NOW)
