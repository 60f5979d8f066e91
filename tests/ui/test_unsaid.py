"""What is not in the catalogue of words is found wherever it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QMenu,
    QPushButton,
    QTabBar,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from downlight.core import speech
from downlight.core.speech import ENGLISH, tr
from tests.ui.unsaid import Bracketed, unsaid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

SAID = "Three of {n} places answer"
FORGOTTEN = "Nobody translated this"


@pytest.fixture
def language(qtbot: QtBot) -> Iterator[Bracketed]:
    """A catalogue of one sentence, spoken for one test."""
    assert qtbot is not None
    catalogue = Catalog()
    catalogue.add(SAID)
    made = Bracketed(catalogue)
    before, was = speech.language(), speech._spoken.catalogue
    speech.speak(ENGLISH, made)
    yield made
    speech.speak(before, was)


@pytest.fixture
def found(qtbot: QtBot, language: Bracketed) -> Callable[[QWidget], list[str]]:
    """Returns what is found in a window with one widget."""

    def look(widget: QWidget) -> list[str]:
        window = QWidget()
        QVBoxLayout(window).addWidget(widget)
        qtbot.addWidget(window)
        window.show()
        return [fault.what for fault in unsaid(window, language)]

    return look


class Painted(QWidget):
    """Draws its words itself."""

    __module__ = "downlight.ui.painted"

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(300, 60)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.drawText(10, 20, FORGOTTEN)
        painter.drawText(10, 40, tr(SAID, n=5))
        painter.end()


def menu() -> QWidget:
    made = QPushButton(tr(SAID, n=2))
    more = QMenu(made)
    more.addMenu(tr(SAID, n=3)).addAction(FORGOTTEN)
    made.setMenu(more)
    return made


def choice() -> QWidget:
    made = QComboBox()
    made.addItems([tr(SAID, n=4), FORGOTTEN])
    made.insertSeparator(1)
    return made


def tipped() -> QWidget:
    made = QLabel(tr(SAID, n=5))
    made.setToolTip(FORGOTTEN)
    return made


def tabs() -> QWidget:
    made = QTabBar()
    made.addTab(tr(SAID, n=6))
    made.setTabToolTip(0, FORGOTTEN)
    return made


def table() -> QWidget:
    model, made = QStandardItemModel(0, 1), QTableView()
    model.setHorizontalHeaderLabels([tr(SAID, n=7)])
    for _ in range(60):
        model.appendRow(QStandardItem(tr(SAID, n=8)))
    model.item(59).setData(FORGOTTEN, Qt.ItemDataRole.ToolTipRole)
    made.setModel(model)
    model.setParent(made)
    return made


def tree() -> QWidget:
    model, made = QStandardItemModel(), QTreeView()
    model.setHorizontalHeaderLabels([""])
    above = QStandardItem(tr(SAID, n=9))
    above.appendRow(QStandardItem(FORGOTTEN))
    model.appendRow(above)
    made.setModel(model)
    model.setParent(made)
    return made


@pytest.mark.parametrize(
    "make",
    [
        lambda: QLabel(FORGOTTEN),
        lambda: QLabel(f"<b>{FORGOTTEN}</b>"),
        lambda: QLabel(f"{tr(SAID, n=1)} {FORGOTTEN}"),
        lambda: QLabel(tr(FORGOTTEN)),
        lambda: QLabel(tr(SAID, n=FORGOTTEN)),
        Painted,
        menu,
        choice,
        tipped,
        tabs,
        table,
        tree,
    ],
)
def test_what_was_forgotten_is_found(
    found: Callable[[QWidget], list[str]], make: Callable[[], QWidget]
) -> None:
    assert set(found(make())) == {repr(FORGOTTEN)}


@dataclass(frozen=True)
class Told:
    """What somebody else said."""

    words: str


@pytest.mark.parametrize(
    "words",
    [
        "Slow uploads",
        "Slow uploads · a second thing",
        "slow uploads: 12:04, https://status.example.org/slow",
        "We see that many of the people cannot send",
        "We see tha…",
        "12 %, Ctrl+F",
    ],
)
def test_what_others_said_is_not_ours_to_translate(
    found: Callable[[QWidget], list[str]], language: Bracketed, words: str
) -> None:
    language.hear(
        [
            Told("Slow uploads"),
            Told("a second thing"),
            Told("Today we see that many of the people cannot send or receive."),
            Told("We see that"),
        ]
    )
    assert not found(QLabel(words))


def test_a_short_piece_of_what_others_said_proves_nothing(
    found: Callable[[QWidget], list[str]], language: Bracketed
) -> None:
    language.hear(Told("It has been down for most of the people since noon."))
    assert found(QLabel("down")) == ["'down'"]


def test_what_is_in_the_catalogue_is_not_taken_for_words_of_others(
    found: Callable[[QWidget], list[str]], language: Bracketed
) -> None:
    language.hear(Told(SAID))
    assert found(QLabel(SAID)) == [repr(SAID)]
    language.hear(Told(SAID), whole=True)
    assert not found(QLabel(SAID))
