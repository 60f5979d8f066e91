"""Where an event was felt, as it says of itself."""

from __future__ import annotations

from datetime import UTC

import pytest

from downlight.core.evidence.story import Change
from downlight.core.evidence.verdict import Verdict
from downlight.core.level import Level
from downlight.core.model import Place
from downlight.core.news import Turn
from downlight.core.saying import words
from downlight.core.scope import Scope
from downlight.engine.events import turn_event
from tests.core.history.pasts import CHAT, NOON
from tests.core.spoken import turkish

BRAZIL = (Place("BR", "Brazil", ("BR",)),)
TURKISH = {
    "in {places}": "{places} için",
    "Brazil": "Brezilya",
    "from here": "buradan",
    "here": "burada",
    "worldwide": "dünya genelinde",
    "not known": "bilinmiyor",
}


def scope(where: Scope) -> str:
    felt = words.kept(where, BRAZIL)
    change = Change(Turn.BEGAN, Level.MAJOR, NOON, NOON, "e", where=felt)
    return turn_event(CHAT, Verdict(Level.MAJOR), change, UTC).scope


@pytest.mark.parametrize(
    ("where", "english", "other"),
    [
        (Scope.PLACES, "Brazil", "Brezilya"),
        (Scope.HERE, "here", "here"),
        (Scope.GLOBAL, "worldwide", "worldwide"),
        (Scope.UNKNOWN, "not known", "not known"),
    ],
)
def test_a_place_is_told_without_its_preposition_and_no_place_in_english(
    where: Scope, english: str, other: str
) -> None:
    assert scope(where) == english
    with turkish(TURKISH):
        assert scope(where) == other


@pytest.mark.parametrize(
    ("felt", "said"), [("in Brazil", "Brazil"), ("from here", "here")]
)
@pytest.mark.parametrize("form", ["{places}", "{places} için"])
def test_what_was_noted_in_english_has_no_preposition_in_the_next_language(
    felt: str, said: str, form: str
) -> None:
    change = Change(Turn.ENDED, Level.MAJOR, NOON, NOON, "e", where=felt, ended=NOON)
    with turkish({**TURKISH, "in {places}": form}):
        assert turn_event(CHAT, Verdict(), change, UTC).scope == said
