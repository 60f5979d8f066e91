"""The outages of the page History: a table, two compared, and what is painted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from downlight.core.history.past import Past
from downlight.core.level import Level
from downlight.ui.glance import Glance
from downlight.ui.history.bar import Bar
from downlight.ui.history.bars import Bars
from downlight.ui.history.days import Heat
from downlight.ui.history.heat_paint import Patch
from downlight.ui.history.outages_card import HINT, ONE, OPEN
from downlight.ui.history.table import BEGAN, HEADS, KNOWN, LASTED, STATE, WHERE, WORD
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import Theme, contrast
from tests.ui import made_up, palettes
from tests.ui.show_history import CHIRP, NOW, Archivist, many, rich, sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from downlight.ui.history.sheet import HistorySheet


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., HistorySheet]:
    def made(archivist: Archivist, width: int = 900, **more: object) -> HistorySheet:
        page = sheet(archivist, **more)
        qtbot.addWidget(page)
        page.resize(width, 2200)
        page.show()
        qtbot.waitExposed(page)
        return page

    return made


@pytest.fixture
def full(show: Callable[..., HistorySheet]) -> HistorySheet:
    return show(Archivist(rich()))


def glance(level: Level = Level.OPERATIONAL, slug: str = "chirp") -> Glance:
    view = made_up.plainly(slug, slug.title(), level)
    service = CHIRP if slug == "chirp" else view.service
    return Glance(replace(view, service=service), NOW, zone=UTC)


def cells(page: HistorySheet, column: int) -> list[str]:
    table = page.outages.table
    return [str(table.index(n, column).data()) for n in range(table.rowCount())]


def test_the_table_is_sorted_by_mouse_or_keys_and_the_unknown_stands_last(
    full: HistorySheet,
) -> None:
    list_ = full.outages.list
    newest = cells(full, BEGAN)
    assert newest == sorted(newest, reverse=True)
    list_.setFocus()
    list_.setCurrentIndex(full.outages.table.index(0, LASTED))
    chosen = full.outages.table.row(list_.currentIndex())
    QTest.keyClick(list_, Qt.Key.Key_Space)
    assert cells(full, LASTED)[:2] == ["3 min", "3 min"]
    assert cells(full, LASTED)[-1] == "–"
    assert full.outages.table.row(list_.currentIndex()) == chosen
    QTest.keyClick(list_, Qt.Key.Key_Space)
    assert cells(full, LASTED)[0] == "10 h"
    assert cells(full, LASTED)[-1] == "–"
    for column in (STATE, WHERE, WORD, KNOWN, BEGAN):
        list_.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert cells(full, BEGAN) == sorted(newest)
    list_.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert cells(full, BEGAN) == newest


def test_the_chosen_outage_is_told_in_full(full: HistorySheet) -> None:
    assert full.outages.hint.text() == HINT
    full.outages.list.choose(3)
    assert full.outages.details.text().startswith("6 January 2026. From 23:26 to")
    assert [b.text() for b in full.outages.links.buttons] == ["status.example.org"]
    full.outages.list.choose(-1)
    assert not full.outages.list.currentIndex().isValid()


def test_two_outages_are_ticked_and_laid_over_each_other(full: HistorySheet) -> None:
    card = full.outages
    card.list.choose(1)
    QTest.keyClick(card.list, Qt.Key.Key_Return)
    assert card.hint.text() == ONE
    assert card.overlay.isHidden()
    state = Qt.ItemDataRole.CheckStateRole
    assert card.table.setData(card.table.index(5, BEGAN), Qt.CheckState.Checked, state)
    assert not card.table.setData(card.table.index(5, BEGAN), 1)
    assert not card.overlay.isHidden()
    assert card.overlay.accessibleDescription() == card.courses.text().replace(
        "\n", " "
    )
    assert "lasted 7 min" in card.courses.text()
    card.table.tick(2)
    begun = [it.begun for it in card.table.ticked]
    assert begun == [card.table.outages[5].begun, card.table.outages[2].begun]
    ticked = card.table.index(2, BEGAN).data(state)
    assert ticked == Qt.CheckState.Checked
    card.table.tick(2)
    assert card.overlay.isHidden()


def test_what_goes_on_is_ticked_by_itself_once(
    show: Callable[..., HistorySheet],
) -> None:
    going = replace(many()[-1], ended=None, end_known=False, lasts=True, id="now")
    archivist = Archivist(replace(rich(), outages=(*rich().outages, going)))
    card = (page := show(archivist)).outages
    assert card.table.ticked == (going,)
    assert card.hint.text() == OPEN
    card.table.tick(3)
    assert "has gone on for" in card.courses.text()
    assert not card.overlay.isHidden()
    card.table.tick(card.table.place("now"))
    card.table.tick(3)
    page.show_glance(glance(Level.MAJOR))
    assert not card.table.ticked, "a tick that was taken away stays away"


def test_what_begins_is_ticked_by_itself_unless_others_are(
    show: Callable[..., HistorySheet],
) -> None:
    going = replace(many()[-1], ended=None, end_known=False, lasts=True, id="now")
    archivist = Archivist(rich())
    page = show(archivist)
    page.outages.table.tick(2)
    archivist.known = replace(rich(), outages=(*rich().outages, going))
    page.show_glance(glance(Level.MAJOR))
    assert [it.id for it in page.outages.table.ticked] == ["o20"]
    assert page.outages.hint.text() == ONE


def test_what_is_known_to_the_day_only_is_not_laid_over_another(
    full: HistorySheet,
) -> None:
    card = full.outages
    card.table.tick(0)
    card.table.tick(card.table.place("o100"))
    assert "cannot be laid over another one" in card.courses.text()
    assert not card.overlay.isHidden()


def test_choice_and_ticks_outlive_news_and_not_another_service(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(rich())
    page = show(archivist)
    card = page.outages
    card.list.choose(3)
    card.table.tick(0)
    card.table.tick(1)
    archivist.known = replace(rich(), outages=rich().outages[1:])
    page.show_glance(glance(Level.MAJOR))
    assert card.details.text().startswith("6 January 2026.")
    assert card.list.currentIndex().row() == 3
    assert [it.id for it in card.table.ticked] == ["o22", "o21"]
    archivist.known = Past(made_up.service("other", "Other"), NOW, many(4))
    page.show_glance(glance(slug="other"))
    assert card.table.ticked == ()
    assert card.details.isHidden()


def test_a_name_of_a_column_that_was_left_out_has_room_when_it_is_back(
    full: HistorySheet,
) -> None:
    list_ = full.outages.list
    font, width = list_.font(), list_.columnWidth(WORD)
    for scale in (3.0, 1 / 3):
        font.setPointSizeF(font.pointSizeF() * scale)
        list_.setFont(font)
        assert list_.isColumnHidden(WORD) is (scale > 1)
    assert list_.columnWidth(WORD) == width


def test_a_tick_of_what_is_not_known_any_more_pushes_out_no_other(
    show: Callable[..., HistorySheet],
) -> None:
    archivist, gone = Archivist(rich()), rich().outages[0].id
    page = show(archivist)
    table = page.outages.table
    table.tick(table.place("o21"))
    table.tick(table.place(gone))
    archivist.known = replace(rich(), outages=rich().outages[1:])
    page.show_glance(glance(Level.MAJOR))
    assert [it.id for it in table.ticked] == ["o21"]
    table.tick(table.place("o20"))
    assert [it.id for it in table.ticked] == ["o21", "o20"]


def test_the_table_tells_all_of_a_row_to_those_who_hear_it(
    full: HistorySheet,
) -> None:
    table = full.outages.table
    spoken = table.index(0, BEGAN).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("2026-02-18 18:02: partly down, lasted 42 min")
    assert table.index(0, STATE).data(Qt.ItemDataRole.DecorationRole) is not None
    assert table.index(0, WHERE).data(Qt.ItemDataRole.ToolTipRole) == "worldwide"
    assert table.index(0, LASTED).data(Qt.ItemDataRole.FontRole) is None
    head = table.headerData
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert [head(n, across) for n in range(len(HEADS))] == list(HEADS)
    assert head(0, down) is None
    assert "Tick two" in str(head(BEGAN, across, Qt.ItemDataRole.ToolTipRole))
    assert head(BEGAN, across, Qt.ItemDataRole.FontRole) is None
    assert table.data(table.index(-1, 0)) is None


@pytest.mark.parametrize("size", [10, 20])
@pytest.mark.parametrize("width", [380, 420, 560, 700, 900])
def test_columns_that_have_no_room_are_left_out_and_dates_never(
    show: Callable[..., HistorySheet], width: int, size: int
) -> None:
    list_ = show(Archivist(rich()), width).outages.list
    font = list_.font()
    font.setPointSize(size)
    list_.setFont(font)
    heads = list_.horizontalHeader()
    shown = [n for n in range(len(HEADS)) if not list_.isColumnHidden(n)]
    assert BEGAN in shown
    assert (KNOWN in shown) <= (STATE in shown) <= (WHERE in shown)
    assert (WHERE in shown) <= (LASTED in shown)
    narrow = [n for n in shown if list_.columnWidth(n) < heads.sectionSizeHint(n)]
    assert not narrow


def test_bars_are_read_one_by_one_with_the_keys(qtbot: QtBot) -> None:
    bars = Bars("Minutes")
    qtbot.addWidget(bars)
    heard: list[str] = []
    bars.read.connect(heard.append)
    bars.show_bars(
        (
            Bar("a", 1, "One."),
            Bar("b", None, "Who knows.", unknown=True),
            Bar("c", 0, "None.", fine=True),
            Bar("d", 0, "None so far.", fine=True, least=True),
            Bar("e", 3, "Three at least.", least=True),
        ),
        "3",
    )
    bars.show()
    bars.setFocus()
    qtbot.waitUntil(lambda: heard == ["One."])
    QTest.keyClick(bars, Qt.Key.Key_Right)
    QTest.keyClick(bars, Qt.Key.Key_End)
    assert heard[1:] == ["Who knows.", "Three at least."]
    assert bars.accessibleName() == "Minutes. Three at least."
    QTest.keyClick(bars, Qt.Key.Key_Home)
    QTest.keyClick(bars, Qt.Key.Key_Left)
    QTest.keyClick(bars, Qt.Key.Key_A)
    assert bars.accessibleName() == "Minutes. One."
    assert bars.accessibleDescription().startswith("One. Who knows. Three at least.")
    bars.clearFocus()
    assert heard[-1] == ""


@pytest.mark.parametrize("palette", [palettes.light, palettes.dark])
def test_every_mark_of_the_calendar_is_seen_on_its_card(
    qtbot: QtBot, palette: Callable[..., object]
) -> None:
    theme = Theme.of(palette())  # type: ignore[arg-type]  # both return a palette
    card = QColor(theme.card)
    for look in (Look.OPERATIONAL, Look.DEGRADED, Look.PARTIAL, Look.MAJOR):
        assert contrast(theme.mark(look), card) >= 3
    assert contrast(QColor(theme.muted), card) >= 4.5
    assert contrast(QColor(theme.accent), card) >= 3


def test_no_two_states_of_a_day_look_alike_even_without_colours(
    qtbot: QtBot,
) -> None:
    drawn = set()
    for heat in Heat:
        patch = Patch(heat)
        qtbot.addWidget(patch)
        image = patch.grab().toImage()
        empty = image.pixelColor(0, 0)
        drawn.add(
            tuple(
                image.pixelColor(x, y) != empty
                for x in range(image.width())
                for y in range(image.height())
            )
        )
    assert len(drawn) == len(Heat)


def test_ten_thousand_outages_are_rows_of_a_model_and_not_widgets(
    show: Callable[..., HistorySheet],
) -> None:
    few = show(Archivist(Past(CHIRP, NOW, many(20))))
    lots = show(Archivist(Past(CHIRP, NOW, many(10_000, 0.35))))
    assert lots.outages.table.rowCount() == 10_000
    more = len(lots.findChildren(QWidget)) - len(few.findChildren(QWidget))
    assert more < 10  # some links, say


def test_it_takes_the_colours_of_the_theme_and_is_painted_at_any_width(
    full: HistorySheet,
) -> None:
    full.outages.table.tick(0)
    full.outages.table.tick(2)
    for width in (380, 620, 1300):
        full.resize(width, 900)
        full.recolour()
        assert not full.grab().isNull()
    assert full.isVisible()


def test_too_few_outages_for_any_figure_are_one_line(
    show: Callable[..., HistorySheet],
) -> None:
    archivist = Archivist(Past(CHIRP, NOW, many(2)))
    charts = show(archivist).charts
    assert charts.few.text().endswith("and there are 2. Known: 7 min, 42 min.")
    assert all(view.isHidden() for view in charts.views)
    assert not show(Archivist(rich())).charts.views[0].isHidden()
