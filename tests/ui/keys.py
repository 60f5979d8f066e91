"""Walks through a window with Tab and back, and looks whether the focus can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QHeaderView,
    QTableView,
    QTreeView,
    QWidget,
)

from downlight.ui.kit.theme import contrast
from tests.ui.walker import Fault, actionable, path, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST: Final = 2000
"""No window has so many places for the focus: it goes round without coming home."""
FIELDS: Final = 8
"""So many places for the focus a single widget may have, as a date has: no trap yet."""
RING: Final = 12
"""So many pixels must change for the focus to be seen, at least."""
CHANGE: Final = 3.0
"""How much such a pixel must change, as a contrast."""


def unreached(window: QWidget) -> list[Fault]:
    """Return what Tab or Shift+Tab do not come to, and where the focus is not seen.

    The window must be active.
    """
    found: list[Fault] = []
    wanted = [w for w in shown(window) if actionable(w)]
    for back in (False, True):
        order, unseen = stroll(window, back=back)
        way = "Shift+Tab" if back else "Tab"
        reached = _with_groups(order)
        found += [
            Fault("unreached", path(w), f"{way} does not come here")
            for w in wanted
            if w not in reached
        ]
        found += unseen
        if back:
            continue
        found += [Fault("unfocused", path(w), what) for w, what in blind(order)]
    found += [
        Fault("unreached", path(w), "sorts by a click only") for w in unsorted(window)
    ]
    return found


def stroll(window: QWidget, *, back: bool) -> tuple[list[QWidget], list[Fault]]:
    """Press Tab until the focus comes home.

    Returns:
        Where it came, in order, and where it came without being in sight.
    """
    order: list[QWidget] = []
    unseen: list[Fault] = []
    stays = 0
    for _ in range(MOST):
        step(window, back=back)
        at = QApplication.focusWidget()
        stays = stays + 1 if order and at is order[-1] else 0
        if 0 < stays <= FIELDS:
            continue
        if at is None or at in order:
            break
        order.append(at)
        if at.visibleRegion().isEmpty():
            unseen.append(Fault("unreached", path(at), "has the focus out of sight"))
    return order, unseen


def step(window: QWidget, *, back: bool = False) -> None:
    """Press Tab once, or Shift+Tab."""
    key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
    held = Qt.KeyboardModifier.ShiftModifier if back else Qt.KeyboardModifier(0)
    QTest.keyClick(window.windowHandle(), key, held)


def blind(order: Sequence[QWidget]) -> Iterator[tuple[QWidget, str]]:
    """Say which widgets look with the focus as they do without."""
    for widget in order:
        if not widget.isVisible():
            continue
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        there = _image(widget)
        widget.clearFocus()
        QApplication.processEvents()
        changed = _changed(_image(widget), there)
        if changed < RING:
            yield widget, f"the focus changes {changed} pixels, not {RING}"


def _image(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def _changed(one: QImage, other: QImage) -> int:
    """Count the pixels that are clearly another colour."""
    if one.size() != other.size():
        return one.width() * one.height()
    pairs: dict[tuple[int, int], int] = {}
    for pair in zip(
        memoryview(one.constBits()).cast("I"),
        memoryview(other.constBits()).cast("I"),
        strict=True,
    ):
        if pair[0] != pair[1]:
            pairs[pair] = pairs.get(pair, 0) + 1
    return sum(
        count
        for (a, b), count in pairs.items()
        if contrast(QColor.fromRgb(a), QColor.fromRgb(b)) >= CHANGE
    )


def _with_groups(order: Sequence[QWidget]) -> set[QWidget]:
    """Add what the arrows reach: the other buttons of a group of which one is on."""
    reached = set(order)
    for widget in order:
        if not isinstance(widget, QAbstractButton):
            continue
        group: QButtonGroup | None = widget.group()
        parent = widget.parentWidget()
        if group is not None:
            reached.update(group.buttons())
        elif widget.autoExclusive() and parent is not None:
            beside = parent.findChildren(QAbstractButton)
            reached.update(button for button in beside if button.autoExclusive())
    return reached


def unsorted(window: QWidget) -> Iterator[QWidget]:
    """Return the tables that a click on a head sorts, and the space bar does not."""
    for view in shown(window):
        if not isinstance(view, QTableView | QTreeView) or not view.isSortingEnabled():
            continue
        heads = _heads(view)
        before = (heads.sortIndicatorSection(), heads.sortIndicatorOrder())
        view.setFocus()
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
        if before == (heads.sortIndicatorSection(), heads.sortIndicatorOrder()):
            yield view
        heads.setSortIndicator(*before)


def _heads(view: QTableView | QTreeView) -> QHeaderView:
    return view.horizontalHeader() if isinstance(view, QTableView) else view.header()
