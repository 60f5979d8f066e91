"""Where an event was felt, as it says of itself."""

from __future__ import annotations

from datetime import UTC

import pytest

from downlight.core import words
from downlight.core.level import Level
from downlight.core.model import Place
from downlight.core.news import Turn
from downlight.core.scope import Scope
from downlight.core.story import Change
from downlight.core.verdict import Verdict
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
    felt = words.felt(where, BRAZIL)
    change = Change(Turn.BEGAN, Level.MAJOR, NOON, NOON, "e", where=felt)
    return turn_event(CHAT, Verdict(Level.MAJOR), change, UTC).scope


@pytest.mark.parametrize(
    ("where", "english", "other"),
    [
        (Scope.PLACES, "Brazil", "Brezilya"),
        (Scope.HERE, "here", "burada"),
        (Scope.GLOBAL, "worldwide", "dünya genelinde"),
        (Scope.UNKNOWN, "not known", "bilinmiyor"),
    ],
)
def test_a_place_is_told_without_its_preposition(
    where: Scope, english: str, other: str
) -> None:
    assert scope(where) == english
    with turkish(TURKISH):
        assert scope(where) == other
