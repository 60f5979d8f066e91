"""The catalog as a list with ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from downlight.ui.service_list import NOWHERE, draw_ground
from downlight.ui.theme import GAP, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import ServiceSlug
    from downlight.core.service import Service

CATEGORY_ROLE: Final = Qt.ItemDataRole.UserRole
"""Gives the category of a service."""
BOX: Final = 17


class CatalogList(QAbstractListModel):
    """All services that match the search, ticked when watched."""

    ticked = Signal()

    def __init__(
        self, services: Sequence[Service], watched: Sequence[ServiceSlug]
    ) -> None:
        super().__init__()
        self._all = sorted(services, key=lambda s: s.name.casefold())
        self._shown = self._all
        self._watched = tuple(watched)
        self._ticked = set(watched)

    @property
    def picked(self) -> tuple[ServiceSlug, ...]:
        """The ticked ones: those watched before in their order, then the new ones."""
        kept = [slug for slug in self._watched if slug in self._ticked]
        new = (s.slug for s in self._all if s.slug not in self._watched)
        return (*kept, *(slug for slug in new if slug in self._ticked))

    @property
    def total(self) -> int:
        """How many services there are to choose from."""
        return len(self._all)

    def search(self, words: str) -> None:
        """Show only what matches; ticks stay, seen or not."""
        self.beginResetModel()
        self._shown = [s for s in self._all if _matches(s, words)]
        self.endResetModel()

    def toggle(self, index: QModelIndex) -> None:
        """Tick or untick one."""
        if index.isValid():
            self._ticked ^= {self._shown[index.row()].slug}
            self.dataChanged.emit(index, index)
            self.ticked.emit()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many services are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return name, category, tick, or all of it in words."""
        if not index.isValid():
            return None
        service = self._shown[index.row()]
        on = service.slug in self._ticked
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return service.name
            case Qt.ItemDataRole.UserRole:
                return service.category
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                tick = "watched" if on else "not watched"
                return f"{service.name}, {service.category}, {tick}"
            case _:
                return None


def _matches(service: Service, words: str) -> bool:
    return service.matches(words) or words.strip().casefold() in (
        service.category.casefold()
    )


class TickDelegate(QStyledItemDelegate):
    """Draws a tick box, the name and, at the far side, the category."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for one line and its air."""
        return QSize(100, super().sizeHint(option, index).height() + GAP + 4)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        theme = present()
        rect: QRect = option.rect
        painter.save()
        draw_ground(painter, option, theme)
        rtl = QGuiApplication.isRightToLeft()
        inner = rect.adjusted(2 * GAP, 0, -2 * GAP, 0)
        left = inner.right() - BOX if rtl else inner.left()
        top = inner.center().y() - BOX // 2 + 1
        self._paint_box(painter, QRect(left, top, BOX, BOX), index)
        room = BOX + GAP
        words = inner.adjusted(0 if rtl else room, 0, -room if rtl else 0, 0)
        category = str(index.data(CATEGORY_ROLE) or "")
        metrics = QFontMetrics(painter.font())
        taken = metrics.horizontalAdvance(category) + 2 * GAP
        name = metrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width() - taken
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.muted))
        painter.drawText(words, Qt.AlignmentFlag.AlignTrailing | middle, category)
        painter.setPen(QColor(theme.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeading | middle, name)
        painter.restore()

    @staticmethod
    def _paint_box(
        painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = present()
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        ground, edge = (theme.accent, theme.accent) if on else (theme.page, theme.muted)
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if on:
            pen = QPen(QColor(theme.card), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            corners = ((0.24, 0.52), (0.43, 0.70), (0.77, 0.31))
            painter.drawPolyline(
                [QPointF(rect.x() + x * BOX, rect.y() + y * BOX) for x, y in corners]
            )
