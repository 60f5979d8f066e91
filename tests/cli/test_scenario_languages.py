"""The rule that weighs says the same in whatever language it is said."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from downlight.cli.scenario_minutes import minutes
from downlight.cli.scenario_table import Scenario, read
from downlight.core import speech
from downlight.core.speech import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from downlight.cli.scenario_minutes import Minute
    from downlight.core.fusion.judgement import Judgement

TABLE: Final = Path(__file__).parents[1] / "fixtures" / "scenarios.tsv"
SCENARIOS: Final = [row for row in read(TABLE) if isinstance(row, Scenario)]
FIELD: Final = re.compile(r"(\{\w+\})")


class Backwards(NullTranslations):
    """English read from its end: no sentence begins, ends or sorts as before."""

    def gettext(self, message: str) -> str:
        """Turn all around but the fields."""
        parts = reversed(FIELD.split(message))
        return "".join(it if FIELD.fullmatch(it) else it[::-1] for it in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Turn around the one that goes with the number."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Turn it around."""
        del context
        return self.gettext(message)


@contextmanager
def speaking_backwards() -> Iterator[None]:
    speech.speak("xx", Backwards())
    try:
        yield
    finally:
        speech.speak(ENGLISH, NullTranslations())


def judged(said: Judgement) -> Judgement:
    """Return a judgement without its words, but for how many there are."""
    return replace(
        said,
        remarks=("",) * len(said.remarks),
        missing=("",) * len(said.missing),
        would_change=("",) * len(said.would_change),
        reasons=tuple(replace(found, words="") for found in said.reasons),
    )


def held(minute: Minute) -> tuple[Any, ...]:
    """Return what is held to be so at a minute, without the words for it."""
    verdict = minute.verdict
    return (
        judged(minute.judgement),
        (verdict.level, verdict.scope, verdict.since, verdict.measured, verdict.last),
        [place.code for place in verdict.places],
        [(by.voice, by.leaning, by.weight, by.here) for by in minute.why.reasons],
        [(it.id, it.turn, it.level, it.held) for it in minute.events],
    )


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda by: by.name)
def test_a_scenario_ends_the_same_in_another_language(scenario: Scenario) -> None:
    english = [*minutes(scenario)]
    with speaking_backwards():
        foreign = [*minutes(scenario)]
    assert [*map(held, foreign)] == [*map(held, english)]
    assert foreign[-1].sentence != english[-1].sentence


def test_no_word_of_the_rule_is_left_in_english() -> None:
    with speaking_backwards():
        foreign = [by.judgement for row in SCENARIOS for by in minutes(row)]
    said = {
        text
        for by in foreign
        for text in (
            *by.remarks,
            *by.missing,
            *(found.words for found in by.reasons),
        )
    }
    for text in said:
        assert not re.search(r"\b(the|our|your|page|checks|people|write)\b", text), text
    assert len(said) >= 50
