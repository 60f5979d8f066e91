"""The models of the two lists: small changes only, and never a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from downlight.core.model import ServiceSlug
from downlight.ui.kit.look import Look
from downlight.ui.picking.catalog_list import CatalogList
from downlight.ui.service_list import ServiceList
from downlight.ui.views import Row
from tests.ui.made_up import catalog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("qapp")


def row(slug: str, look: Look = Look.OPERATIONAL) -> Row:
    return Row(ServiceSlug(slug), look, slug.upper(), look.value, "", "1 s")


lists = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(Look)),
    unique_by=lambda pair: pair[0],
)


@given(steps=st.lists(lists, min_size=1, max_size=6))
def test_any_list_becomes_any_other(steps: list[list[tuple[str, Look]]]) -> None:
    model = ServiceList()
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    for step in steps:
        rows = tuple(row(slug, look) for slug, look in step)
        model.show_rows(rows)
        assert model.rows == rows
    tester.deleteLater()


@given(before=st.permutations("abcdef"), after=st.permutations("abcdef"))
def test_the_choice_stays_with_its_service_wherever_that_moves(
    before: list[str], after: list[str]
) -> None:
    model = ServiceList()
    model.show_rows(tuple(row(slug) for slug in before))
    choice = QItemSelectionModel(model)
    chosen = model.index(model.place("c"))
    choice.setCurrentIndex(chosen, QItemSelectionModel.SelectionFlag.SelectCurrent)
    model.show_rows(tuple(row(slug) for slug in after))
    assert choice.currentIndex().row() == after.index("c")


def test_only_the_row_that_changed_is_told(qtbot: QtBot) -> None:
    model = ServiceList()
    model.show_rows((row("a"), row("b"), row("c")))
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    with qtbot.assert_not_emitted(model.modelReset):
        model.show_rows((row("a"), row("b", Look.MAJOR), row("c")))
    assert told == [1]


def test_a_row_can_be_heard() -> None:
    model = ServiceList()
    model.show_rows((row("a"),))
    index = model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "A, operational, 1 s old"
    assert index.data() == "A"
    assert index.data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(QModelIndex()) is None
    assert model.rowCount(index) == 0
    assert model.place("zz") == -1


def test_the_catalog_is_in_order_and_finds_by_name_alias_and_kind() -> None:
    model = CatalogList(catalog(), [])
    QAbstractItemModelTester(model)
    names = [model.index(n).data() for n in range(model.rowCount())]
    assert names == sorted(names, key=str.casefold)
    for words, count in (("atlas app", 1), ("payments", 4), ("chat", 1), ("zzz", 0)):
        model.search(words)
        assert model.rowCount() == count, words


def test_ticks_outlive_a_search_and_old_ones_keep_their_order() -> None:
    watched = [ServiceSlug("works"), ServiceSlug("calm"), ServiceSlug("chatter")]
    model = CatalogList(catalog(), watched)
    for words in ("beacon", "atlas", "calm"):
        model.search(words)
        model.toggle(model.index(0))
    model.search("")
    assert model.picked == ("works", "chatter", "atlas", "beacon")
    assert model.total == len(catalog())


def test_ticking_nothing_changes_nothing(qtbot: QtBot) -> None:
    model = CatalogList(catalog(), [])
    with qtbot.assert_not_emitted(model.ticked):
        model.toggle(QModelIndex())
    assert model.picked == ()


def test_a_line_of_the_catalog_can_be_heard() -> None:
    model = CatalogList(catalog(), [ServiceSlug("atlas")])
    index = model.index(0)
    heard = Qt.ItemDataRole.AccessibleTextRole
    assert index.data(heard) == "Atlas, hosting, watched"
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    model.toggle(index)
    assert index.data(heard) == "Atlas, hosting, not watched"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QPersistentModelIndex()) is None
    assert model.rowCount(index) == 0
