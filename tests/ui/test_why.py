"""Why: the card in words, and the block of the page as a person uses it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QLabel

from downlight.core.evidence.verdict import Verdict
from downlight.core.evidence.why import Leaning
from downlight.core.level import Level
from downlight.core.model import Place, RegionReading
from downlight.ui.kit.theme import contrast, present
from downlight.ui.now.why_card import why_card
from downlight.ui.now.why_view import WhyView
from downlight.ui.window import Window
from tests.ui import made_up, uneasy
from tests.ui.made_up import NOW, ago, evidence, info, plainly, report
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from downlight.core.news import ServiceView
    from downlight.ui.views import WhyCard


def card(of: ServiceView) -> WhyCard:
    made = why_card(of, NOW, UTC, uneasy.HOME)
    assert made is not None
    return made


def test_the_heaviest_reason_comes_first_with_who_what_age_and_leaning() -> None:
    people, own, page = card(uneasy.early()).grounds
    assert (people.who, people.word, people.age) == (
        "People",
        "speaks for trouble",
        "just now",
    )
    assert people.text.startswith("People write more than usual: ×3.5")
    assert (own.leaning, own.age) == (Leaning.WELL, "18 s ago")
    assert (page.who, page.word) == ("Official page", "speaks against trouble")


def test_a_page_and_measurements_are_as_old_as_what_they_brought() -> None:
    ages = {it.who: it.age for it in card(uneasy.blocked()).grounds}
    assert ages["Official page"] == "40 s ago"
    assert ages["Measurements in countries"] == "1 h ago"


def test_a_page_that_never_answered_is_as_old_as_its_silence() -> None:
    crowd = uneasy.early()
    bare = replace(crowd, evidence=())
    assert [it.age for it in card(bare).grounds] == ["just now", "18 s ago", "just now"]


def test_what_says_nothing_speaks_for_neither() -> None:
    [own] = card(uneasy.your_side()).grounds
    assert (own.leaning, own.word) == (Leaning.NEITHER, "speaks for neither")


def test_what_is_measured_elsewhere_is_said_to_count_there_only() -> None:
    source = info("Open measurements", "regional")
    readings = (
        RegionReading(
            Place("BR", "Brazil"), None, False, 20, 15, 3, ago(30), sudden=True
        ),
    )
    abroad = evidence(source, report("r", None, ago(1), readings=readings))
    grounds = card(uneasy.weighed("s", "S", uneasy.page(), abroad)).grounds
    [found] = [it for it in grounds if it.who == "Measurements in countries"]
    assert (found.leaning, found.word) == (Leaning.NEITHER, "counts elsewhere only")


def test_it_tells_how_sure_what_is_missing_what_would_change_it_and_who_led() -> None:
    made = card(uneasy.blocked())
    assert made.summary.startswith("We are ")
    assert made.missing == ("Not asked, as there is no such source: what people write.")
    assert made.changes == ("Ten minutes in which nothing speaks for trouble",)
    assert made.lead[0] == "Our own checks failed from 14:49."
    assert not made.calm


def test_in_short_it_is_how_sure_and_the_heaviest_reason() -> None:
    made = card(plainly("calm", "Calm", Level.OPERATIONAL))
    assert made.calm
    assert made.brief == f"{made.summary} The official page shows no incident."
    assert card(made_up.offline().services[0]).brief.startswith("We are ")


def test_early_signs_and_what_is_not_known_are_not_calm() -> None:
    assert not card(uneasy.early()).calm
    assert not card(uneasy.your_side()).calm


def test_before_anything_was_weighed_there_is_nothing_to_explain() -> None:
    bare = replace(uneasy.early(), verdict=Verdict())
    assert why_card(bare, NOW, UTC, "") is None


class Stage:
    """A window on what is neither well nor plainly down."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = Window(made_up.catalog, Granted(), clock=lambda: NOW)
        qtbot.add_widget(self.window)
        self.qtbot = qtbot
        self.window.show_news(uneasy.world())

    def open(self, slug: str) -> WhyView:
        with self.qtbot.wait_active(self.window):
            self.window.open_on(slug)
        return self.window.page.now.why


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_it_stands_right_below_the_sentence(stage: Stage) -> None:
    block, page = stage.open("wiki"), stage.window.page
    stage.qtbot.wait_until(lambda: block.y() > 0)
    assert page.header.y() < block.y() < min(c.y() for c in page.now.cards.values())
    assert len(block.grounds) == 3
    assert block.grounds[0].says == (
        "Our own checks, speaks for trouble, 18 s ago: "
        "Our own checks fail: 3 of 3, no answer in time."
    )
    assert block.changes.says == ("Ten minutes in which nothing speaks for trouble",)
    assert len(block.lead.says) == 3


def test_it_neither_scrolls_nor_cuts_at_the_smallest_window(stage: Stage) -> None:
    block = stage.open("chatty")
    stage.window.resize(stage.window.minimumSize())
    stage.qtbot.wait_until(lambda: stage.window.width() == 720)
    assert block.findChildren(QAbstractScrollArea) == []
    stage.qtbot.wait_until(lambda: not clipped(block))


def test_seven_long_reasons_are_shown_whole(qtbot: QtBot) -> None:
    made = card(uneasy.crowded())
    long = tuple(
        replace(made.grounds[0], text=f"Reason {n}: {made_up.LONG} and so on.")
        for n in range(7)
    )
    block = WhyView()
    qtbot.add_widget(block)
    block.show_card(replace(made, grounds=long))
    block.resize(360, block.heightForWidth(360))
    block.show()
    assert len(block.grounds) == 7
    qtbot.wait_until(lambda: not clipped(block))


def clipped(block: WhyView) -> list[str]:
    labels = [x for x in block.findChildren(QLabel) if x.isVisible()]
    assert labels
    return [
        label.text()
        for label in labels
        if label.height() < label.heightForWidth(label.width())
        or label.width() < label.minimumSizeHint().width()
    ]


def is_unfolded(block: WhyView) -> bool:
    return block.is_unfolded


def test_while_all_is_well_it_is_one_line_that_unfolds(stage: Stage) -> None:
    block = stage.open("calm")
    assert not is_unfolded(block)
    assert block.brief.isVisible()
    block.toggle.setFocus()
    QTest.keyClick(block.toggle, Qt.Key.Key_Space)
    assert is_unfolded(block)
    assert not block.brief.isVisible()
    assert block.toggle.accessibleName() == "Show less of why"


def test_what_was_folded_stays_so_for_its_like_and_for_the_run(stage: Stage) -> None:
    block = stage.open("wiki")
    block.toggle.click()
    assert not is_unfolded(block)
    stage.open("chatty")
    assert not is_unfolded(block)
    stage.open("calm")
    block.toggle.click()
    assert is_unfolded(block)
    stage.open("wiki")
    assert not is_unfolded(block)
    stage.open("calm")
    assert is_unfolded(block)


def test_fewer_reasons_leave_no_empty_lines(stage: Stage) -> None:
    block = stage.open("chatty")
    assert [it.says[:6] for it in block.grounds][1:3] == ["People", "Our ow"]
    stage.open("mail")
    [left] = block.grounds
    assert left.says.startswith("Our own checks, speaks for neither, ")
    assert not block.lead.isVisible()


def test_nothing_weighed_hides_it(stage: Stage) -> None:
    block = stage.open("wiki")
    views = uneasy.world().services
    bare = tuple(replace(v, verdict=Verdict()) for v in views)
    stage.window.show_news(uneasy.world(services=bare))
    assert not block.isVisible()


def test_leanings_can_be_read_on_a_card(stage: Stage) -> None:
    block = stage.open("wiki")
    inks = [it._word.palette().windowText().color() for it in block.grounds]
    assert inks[0] == inks[1] != inks[2]
    assert all(contrast(ink, QColor(present().card)) >= 4.5 for ink in inks)
