"""How news reads as a notification."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.level import Level
from downlight.core.news import Act, Turn
from downlight.notify.herald import BODY_LENGTH, TITLE_LENGTH, UNNAMED, compose, gather
from tests.notify.events import event
from tests.notify.hostile import HOSTILE, brief


def test_the_words_are_those_of_the_event() -> None:
    about = event(title="Example is down", sentence="Since 11:58.\nIts owner says so.")
    told = compose(about)
    assert (told.title, told.body) == ("Example is down", about.sentence)
    assert told.event is about


@pytest.mark.parametrize(
    ("turn", "level", "urgent"),
    [
        (Turn.BEGAN, Level.MAJOR, True),
        (Turn.BEGAN, Level.PARTIAL, True),
        (Turn.BEGAN, Level.DEGRADED, False),
        (Turn.BEGAN, None, False),
        (Turn.WORSENED, Level.MAJOR, True),
        (Turn.UNSTABLE, Level.MAJOR, False),
        (Turn.ENDED, Level.OPERATIONAL, False),
        (Turn.ENDED, Level.MAJOR, False),
    ],
)
def test_only_the_start_of_what_is_down_is_urgent(
    turn: Turn, level: Level | None, urgent: bool
) -> None:
    told = compose(event(turn, level=level))
    assert told.urgent is urgent


@pytest.mark.parametrize(
    ("turn", "acts"),
    [
        (Turn.BEGAN, (Act.OPEN, Act.MUTE, Act.ME)),
        (Turn.UNSTABLE, (Act.OPEN, Act.ME)),
        (Turn.ENDED, (Act.OPEN,)),
    ],
)
def test_only_what_is_open_for_sure_is_offered_to_be_muted_until_it_ends(
    turn: Turn, acts: tuple[Act, ...]
) -> None:
    assert compose(event(turn)).acts == acts


def test_several_outages_are_told_in_one_go() -> None:
    events = [event(service=name, title=f"{name} is down") for name in ("a", "b", "c")]
    told = gather(events)
    assert told.title == "Meanwhile: 3 outages"
    assert told.body == "a is down\nb is down\nc is down"
    assert (told.events, told.urgent) == (tuple(events), False)


def test_markup_that_is_meant_to_be_read_stays() -> None:
    told = compose(event(title="Tags like <b> fail", sentence="a < b &amp; c"))
    assert (told.title, told.body) == ("Tags like <b> fail", "a < b &amp; c")


def test_a_title_is_one_line_and_a_body_keeps_its_lines() -> None:
    told = compose(event(title="a\r\nb\u2028c", sentence=" a \t b \n\n c\u2029d "))
    assert (told.title, told.body) == ("a b c", "a b\nc d")


def test_what_cannot_be_seen_is_left_out_but_emoji_stay_whole() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    odd = f"\u202e{family}\x00\x1b\ud800\ufeff\ufdd0\uffff\U0010fffe"
    told = compose(event(title=odd, sentence="\x07"))
    assert (told.title, told.body) == (family, "")


def test_long_texts_end_in_an_ellipsis() -> None:
    told = compose(event(title="x" * 10_000, sentence="y" * 10_000))
    assert told.title == "x" * (TITLE_LENGTH - 1) + "…"
    assert told.body == "y" * (BODY_LENGTH - 1) + "…"


def test_an_event_without_a_title_is_named_after_its_service() -> None:
    told = compose(event(title="\x00", service="example-chat"))
    assert told.title == "example-chat"
    nameless = compose(event(title="\x00", service="\u202e"))
    assert nameless.title == UNNAMED


def check(text: str) -> None:
    told = compose(event(title=text, sentence=text))
    assert 1 <= len(told.title) <= TITLE_LENGTH
    assert len(told.body) <= BODY_LENGTH
    assert "\n" not in told.title
    for words in (told.title, told.body):
        assert words == words.strip()
        words.encode("utf-8")
        kinds = {unicodedata.category(c) for c in words if c not in "\n\u200c\u200d"}
        assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_the_corpus_is_large_enough() -> None:
    assert len(set(HOSTILE)) >= 200


@pytest.mark.parametrize("text", HOSTILE, ids=brief)
def test_hostile_text_is_made_harmless(text: str) -> None:
    check(text)


@given(st.text(st.characters(codec=None)))
def test_any_text_is_made_harmless(text: str) -> None:
    check(text)
