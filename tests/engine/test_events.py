"""What an event says of itself besides its words."""

from __future__ import annotations

from datetime import UTC

from downlight.core.evidence.story import Change
from downlight.core.evidence.verdict import Verdict
from downlight.core.history.past import Kind
from downlight.core.level import Level
from downlight.core.news import Event, Turn
from downlight.engine.events import turn_event
from tests.core.history.pasts import BLOCK, CHAT, NOON, gathered


def told(turn: Turn, verdict: Verdict) -> Event:
    return turn_event(CHAT, verdict, Change(turn, Level.MAJOR, NOON, NOON, "e"), UTC)


def test_what_is_told_of_a_block_says_so_in_its_id() -> None:
    block, down = Verdict(Level.MAJOR, judgement=BLOCK), Verdict(Level.MAJOR)
    says = [turn for turn in Turn if told(turn, block).is_of_block]
    assert says == [Turn.BEGAN, Turn.CONFIRMED]
    assert not any(told(turn, down).is_of_block for turn in Turn)


def test_a_block_that_was_told_is_no_outage_in_the_history() -> None:
    block = Verdict(Level.MAJOR, judgement=BLOCK)
    [found] = gathered(told(Turn.BEGAN, block)).outages
    assert (found.kind, found.what) == (Kind.BLOCK, "Chat seems to be blocked")
