"""The page of countries: map and table chosen together, searched, sorted, copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from downlight.core.level import Level
from downlight.core.model import Place
from downlight.core.places.worldmap import project
from downlight.ui.regions.regions import State, as_csv
from downlight.ui.regions.sheet import HINT, RegionsSheet
from downlight.ui.regions.table import (
    FAILING,
    HEADS,
    MEASUREMENTS,
    NETWORKS,
    PLACE,
    SOURCE,
    STATE,
    WHEN,
)
from tests.ui.made_up import ago
from tests.ui.show_regions import (
    BRAZIL,
    GLANCES,
    SPAIN,
    chirp,
    glance,
    lands,
    measured,
    reading,
    told,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

EUROPE = Place("europe", "Europe", ("ES", "DE"))


@pytest.fixture
def sheet(qtbot: QtBot) -> RegionsSheet:
    made = RegionsSheet(lands)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    qtbot.waitExposed(made)
    made.show_glance(GLANCES["outage"]())
    return made


def names(sheet: RegionsSheet) -> list[str]:
    return [row.name for row in sheet.table.rows]


def row_of(sheet: RegionsSheet, name: str) -> int:
    return names(sheet).index(name)


def chosen(sheet: RegionsSheet) -> str:
    row = sheet.table.row(sheet.list.currentIndex())
    return row.name if row else ""


def cell(
    sheet: RegionsSheet, name: str, column: int, role: int | None = None
) -> object:
    index = sheet.table.index(row_of(sheet, name), column)
    return index.data() if role is None else index.data(role)


def test_nothing_is_chosen_at_first_and_it_says_how_to(sheet: RegionsSheet) -> None:
    assert chosen(sheet) == ""
    assert sheet.readout.text() == HINT
    assert names(sheet)[:2] == ["Turkey", "Brazil"]


def test_a_row_chooses_its_country_on_the_map(sheet: RegionsSheet) -> None:
    sheet.list.choose(row_of(sheet, "Iran"))
    assert sheet.map.current == "IR"
    assert sheet.readout.text().startswith("Iran: looks blocked. 633 of 640")
    assert sheet.map.accessibleName() == "World map. Iran: looks blocked"


def test_a_country_on_the_map_chooses_its_row(sheet: RegionsSheet) -> None:
    at = QPoint(*map(round, sheet.map.eye.shows(project((-52.0, -10.0)))))
    QTest.mouseClick(sheet.map, Qt.MouseButton.LeftButton, pos=at)
    assert chosen(sheet) == "Brazil"
    assert sheet.readout.text().startswith("Brazil: down. Named by the provider")


def test_a_country_of_which_nothing_is_known_chooses_no_row(
    sheet: RegionsSheet,
) -> None:
    sheet.list.choose(1)
    sheet.map.choose("SO")
    sheet.map.chosen.emit("SO")
    assert chosen(sheet) == ""
    assert sheet.readout.text() == "Somalia: nothing known."


def test_keys_on_the_map_move_the_row_and_keys_in_the_table_the_map(
    sheet: RegionsSheet,
) -> None:
    sheet.map.setFocus()
    QTest.keyClick(sheet.map, Qt.Key.Key_Right)
    assert (sheet.map.current, chosen(sheet)) == ("TR", "Turkey")
    sheet.list.setFocus()
    QTest.keyClick(sheet.list, Qt.Key.Key_Down)
    assert (sheet.map.current, chosen(sheet)) == ("BR", "Brazil")


def test_what_is_below_the_mouse_is_read_and_then_the_chosen_again(
    sheet: RegionsSheet,
) -> None:
    sheet.list.choose(1)
    sheet.map.pointed.emit("CN")
    assert sheet.readout.text().startswith("China: most fail.")
    sheet.map.pointed.emit("SO")
    assert sheet.readout.text() == "Somalia: nothing known."
    sheet.map.pointed.emit("")
    assert sheet.readout.text().startswith("Brazil")


def test_a_place_in_several_countries_keeps_the_one_that_was_clicked(
    sheet: RegionsSheet,
) -> None:
    sheet.show_glance(glance(chirp(told(EUROPE)), home=""))
    sheet.map.choose("DE")
    sheet.map.chosen.emit("DE")
    assert (chosen(sheet), sheet.map.current) == ("Europe", "DE")
    sheet.map.choose("")
    sheet.list.choose(-1)
    sheet.list.choose(0)
    assert sheet.map.current == "ES"


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        (PLACE, "Afghanistan", "Zimbabwe"),
        (STATE, "Brazil", "Zimbabwe"),
        (FAILING, "United Arab Emirates", "Spain"),
    ],
)
def test_a_click_on_a_head_sorts(
    sheet: RegionsSheet, column: int, first: str, last: str
) -> None:
    sheet.list.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    found = names(sheet)
    if column == FAILING:
        sheet.list.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        found = names(sheet)
        counts = [row.failing for row in sheet.table.rows]
        assert counts[:2] == [798, 633]
        assert counts[-2:] == [None, None]  # what is not counted is never first
        assert {*found[-2:]} == {"Brazil", "Spain"}
    else:
        assert (found[0], found[-1]) == (first, last)


def test_every_column_sorts_and_the_first_order_comes_back(
    sheet: RegionsSheet,
) -> None:
    before = names(sheet)
    for column in range(len(HEADS)):
        sheet.list.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        assert sorted(names(sheet)) == sorted(before)
    sheet.list.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert names(sheet) == before


def test_the_newest_stands_first_by_age_and_what_has_none_last(
    sheet: RegionsSheet,
) -> None:
    young = reading("ES", at=ago(5))
    sheet.show_glance(
        glance(chirp(measured([reading("BR"), young, reading("DE", at=None)])))
    )
    sheet.list.sortByColumn(WHEN, Qt.SortOrder.AscendingOrder)
    assert names(sheet)[:2] == ["Spain", "Brazil"]
    assert cell(sheet, "Germany", WHEN) == "–"
    sheet.list.sortByColumn(SOURCE, Qt.SortOrder.DescendingOrder)
    assert names(sheet)[-1] == "Turkey"  # of which no source speaks


def test_space_sorts_by_the_column_one_is_in(sheet: RegionsSheet) -> None:
    sheet.list.setCurrentIndex(sheet.table.index(1, MEASUREMENTS))
    QTest.keyClick(sheet.list, Qt.Key.Key_Space)
    up = [r.measurements for r in sheet.table.rows if r.measurements is not None]
    assert up == sorted(up)
    QTest.keyClick(sheet.list, Qt.Key.Key_Space)
    down = [r.measurements for r in sheet.table.rows if r.measurements is not None]
    assert down == sorted(down, reverse=True)
    assert chosen(sheet) == "Brazil"  # the choice goes along


@pytest.mark.parametrize("words", ["bra", "BRA", "br", "Brazil"])
def test_a_place_is_found_by_name_or_code(sheet: RegionsSheet, words: str) -> None:
    sheet.search.setText(words)
    assert "Brazil" in names(sheet)
    assert len(names(sheet)) < 12


def test_a_region_is_found_by_its_code(sheet: RegionsSheet) -> None:
    sheet.show_glance(GLANCES["cloud"]())
    sheet.search.setText("eu-west")
    assert names(sheet) == ["Paris, France (eu-west-0)"]


def test_a_search_without_a_hit_says_so(sheet: RegionsSheet) -> None:
    sheet.search.setText("zzz")
    assert names(sheet) == []
    assert sheet.none.text() == "No place of this name is in the table."
    sheet.search.clear()
    assert sheet.none.isHidden()
    assert len(names(sheet)) > 200


def test_the_map_finds_what_the_search_hides(sheet: RegionsSheet) -> None:
    sheet.search.setText("iran")
    sheet.map.choose("BR")
    sheet.map.chosen.emit("BR")
    assert chosen(sheet) == "Brazil"
    assert sheet.search.text() == ""


def test_what_is_shown_is_copied_as_csv(sheet: RegionsSheet) -> None:
    sheet.copy.click()
    rows = sheet.table.rows
    assert QGuiApplication.clipboard().text() == as_csv(rows)
    assert sheet.copied.text() == f"{len(rows)} rows copied."
    sheet.search.setText("iran")
    sheet.copy.click()
    assert sheet.copied.text() == "One row copied."
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("IR,Iran,")
    sheet._quiet.timeout.emit()
    assert sheet.copied.isHidden()


def test_the_choice_and_the_place_stay_when_time_goes_on(sheet: RegionsSheet) -> None:
    sheet.list.choose(row_of(sheet, "Zambia"))
    sheet.list.verticalScrollBar().setValue(900)
    later = GLANCES["outage"]()
    sheet.show_glance(replace(later, now=ago(-3)))
    assert chosen(sheet) == "Zambia"
    assert sheet.list.verticalScrollBar().value() == 900
    assert cell(sheet, "Brazil", WHEN) == "4 min ago"


def test_the_choice_stays_when_rows_come_and_go(sheet: RegionsSheet) -> None:
    sheet.list.choose(row_of(sheet, "Spain"))
    sheet.show_glance(glance(chirp(told(SPAIN), measured([reading("JP")]))))
    assert chosen(sheet) == "Spain"
    assert sheet.map.current == "ES"
    sheet.show_glance(glance(chirp(told(BRAZIL))))
    assert chosen(sheet) == ""
    assert sheet.readout.text() == "Spain: nothing known."


def test_another_service_begins_anew(sheet: RegionsSheet) -> None:
    sheet.list.choose(1)
    sheet.search.setText("b")
    QTest.keyClick(sheet.map, Qt.Key.Key_Plus)
    sheet.show_glance(GLANCES["cloud"]())
    assert (chosen(sheet), sheet.search.text(), sheet.map.current) == ("", "", "")
    assert sheet.map.eye == sheet.map.eye.whole()
    assert sheet.readout.text() == HINT


def test_nothing_is_touched_when_nothing_changed(sheet: RegionsSheet) -> None:
    touched: list[object] = []
    sheet.table.dataChanged.connect(touched.append)
    sheet.table.modelReset.connect(lambda: touched.append(None))
    sheet.show_glance(GLANCES["outage"]())
    assert touched == []


@pytest.mark.parametrize("name", ["nobody", "asking", "lost"])
def test_without_rows_there_is_a_card_that_says_why(
    sheet: RegionsSheet, name: str
) -> None:
    sheet.show_glance(GLANCES[name]())
    assert sheet.full.isHidden()
    assert not sheet.empty.isHidden()
    assert sheet.empty.accessibleName().endswith(".")
    sheet.show_glance(GLANCES["outage"]())
    assert sheet.empty.isHidden()
    assert not sheet.full.isHidden()


def test_what_is_known_where_nobody_measures_is_said_above(
    sheet: RegionsSheet,
) -> None:
    sheet.show_glance(GLANCES["named"]())
    assert sheet.said.text().endswith("the provider names Brazil.")
    assert [spot.code for spot in sheet._shown.spots] == ["BR"]


def test_the_legend_has_what_is_on_the_map(sheet: RegionsSheet) -> None:
    assert list(sheet.legend.words) == [
        *("Down or partly down", "Looks blocked", "Most fail, no sudden change known"),
        *("Too few measurements", "Nothing known", "Fine", "Your country"),
    ]
    sheet.show_glance(glance(chirp(told(EUROPE, level=Level.DEGRADED)), home=""))
    assert list(sheet.legend.words) == [
        *("Troubled", "Nothing known", "Only somewhere in it")
    ]


def test_a_row_is_spoken_whole(sheet: RegionsSheet) -> None:
    spoken = cell(sheet, "Iran", PLACE, Qt.ItemDataRole.AccessibleTextRole)
    assert "633 of 640 measurements failed" in str(spoken)
    assert "on 12 networks" in str(spoken)
    assert cell(sheet, "Iran", NETWORKS, Qt.ItemDataRole.AccessibleTextRole) == "12"


def test_your_country_stands_out(sheet: RegionsSheet) -> None:
    assert cell(sheet, "Turkey", PLACE) == "Turkey (your country)"
    font = cell(sheet, "Turkey", PLACE, Qt.ItemDataRole.FontRole)
    assert font is not None and font.weight() >= 600  # type: ignore[attr-defined]  # a QFont
    assert cell(sheet, "Brazil", PLACE, Qt.ItemDataRole.FontRole) is None


def test_numbers_stand_at_the_right_and_have_a_help(sheet: RegionsSheet) -> None:
    right = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    assert cell(sheet, "Iran", FAILING, Qt.ItemDataRole.TextAlignmentRole) == right
    heads = sheet.table.headerData
    across = Qt.Orientation.Horizontal
    assert heads(FAILING, across, Qt.ItemDataRole.TextAlignmentRole) == right
    assert heads(FAILING, across, Qt.ItemDataRole.ToolTipRole)
    assert heads(FAILING, across, Qt.ItemDataRole.EditRole) is None
    assert heads(0, Qt.Orientation.Vertical) is None


def test_a_narrow_page_keeps_place_state_and_sample(
    sheet: RegionsSheet, qtbot: QtBot
) -> None:
    assert not any(sheet.list.isColumnHidden(c) for c in range(len(HEADS)))
    sheet.resize(520, 470)
    qtbot.waitUntil(lambda: sheet.list.isColumnHidden(SOURCE))
    for column in (PLACE, STATE, MEASUREMENTS):
        assert not sheet.list.isColumnHidden(column)
    assert sheet.list.columnWidth(PLACE) > 100


def test_space_sorts_by_no_column_that_is_left_out(
    sheet: RegionsSheet, qtbot: QtBot
) -> None:
    sheet.list.setCurrentIndex(sheet.table.index(1, SOURCE))
    sheet.resize(520, 470)
    qtbot.waitUntil(lambda: sheet.list.isColumnHidden(SOURCE))
    here = sheet.list.currentIndex()
    assert not sheet.list.isColumnHidden(here.column())
    assert chosen(sheet) == "Brazil"
    QTest.keyClick(sheet.list, Qt.Key.Key_Space)
    assert sheet.list.horizontalHeader().sortIndicatorSection() == here.column()


def test_a_larger_font_makes_the_columns_wider(sheet: RegionsSheet) -> None:
    width = sheet.list.columnWidth(STATE)
    font = sheet.list.font()
    font.setPointSizeF(2 * font.pointSizeF())
    sheet.list.setFont(font)
    assert sheet.list.columnWidth(STATE) > 1.5 * width


def test_every_part_has_a_name(sheet: RegionsSheet) -> None:
    for widget in (sheet.map, sheet.list, sheet.search):
        assert widget.accessibleName()
    assert sheet.copy.accessibleDescription()
    assert "Space sorts" in sheet.list.accessibleDescription()


def test_it_takes_other_colours(sheet: RegionsSheet) -> None:
    sheet.grab()
    before = sheet.map._ground._plain.cacheKey()
    sheet.recolour()
    sheet.grab()
    assert sheet.map._ground._plain.cacheKey() != before


def test_states_of_the_table_have_marks(sheet: RegionsSheet) -> None:
    icon = cell(sheet, "Iran", STATE, Qt.ItemDataRole.DecorationRole)
    assert icon is not None
    assert cell(sheet, "Iran", PLACE, Qt.ItemDataRole.DecorationRole) is None
    assert sheet.table.rows[row_of(sheet, "Iran")].state is State.BLOCKED
