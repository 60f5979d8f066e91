"""What comes too fast to be seen is drawn now and then, the last of it always."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from downlight.ui.pace import Pace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Easel:
    """Draws what is there at the time."""

    def __init__(self) -> None:
        self.there = 0
        self.drawn: list[int] = []
        self.parent = QObject()
        self.pace = Pace(lambda: self.drawn.append(self.there), self.parent)

    def bring(self, *news: int) -> None:
        """Bring one after the other, faster than time goes by."""
        for self.there in news:
            self.pace.ask()

    def rest(self) -> None:
        """Let the rest be over."""
        self.pace.rest.stop()
        self.pace.rest.timeout.emit()


@pytest.fixture
def easel(qtbot: QtBot) -> Easel:
    """Return one on which nothing was drawn yet."""
    del qtbot
    return Easel()


def test_what_comes_alone_is_drawn_at_once(easel: Easel) -> None:
    easel.bring(1)
    assert easel.drawn == [1]
    easel.rest()
    easel.bring(2)
    assert easel.drawn == [1, 2]


def test_of_what_comes_during_the_rest_the_last_is_drawn_after_it(easel: Easel) -> None:
    easel.bring(*range(1, 1001))
    assert easel.drawn == [1]
    easel.rest()
    assert easel.drawn == [1, 1000]


def test_after_each_drawing_there_is_a_rest(easel: Easel) -> None:
    easel.bring(1, 2)
    easel.rest()
    easel.bring(3)
    assert easel.drawn == [1, 2]
    easel.rest()
    assert easel.drawn == [1, 2, 3]


def test_nothing_is_drawn_when_nothing_came(easel: Easel) -> None:
    easel.bring(1)
    easel.rest()
    assert easel.drawn == [1]
    assert not easel.pace.rest.isActive()


def test_the_rest_ends_by_itself(easel: Easel, qtbot: QtBot) -> None:
    easel.bring(1, 2)
    qtbot.waitUntil(lambda: easel.drawn == [1, 2])
