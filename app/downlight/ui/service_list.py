"""The list of watched services: a model that changes little, a delegate that draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from downlight.core.speech import tr
from downlight.ui.kit.icons import pixmap
from downlight.ui.kit.look import Look
from downlight.ui.kit.rows import NOWHERE
from downlight.ui.kit.theme import GAP, SMALL, Theme, present

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.model import ServiceSlug
    from downlight.ui.views import Row

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
"""Gives the whole `Row`."""
MARK: Final = 20


class ServiceList(QAbstractListModel):
    """Rows as the presenter ordered them; what stays is kept, and its choice."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return tuple(self._rows)

    def place(self, slug: str) -> int:
        """Return the row number of a service, or -1."""
        slugs = [row.slug for row in self._rows]
        return slugs.index(slug) if slug in slugs else -1  # type: ignore[arg-type]  # a plain word is asked for

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Become ``rows``, touching only what differs, so that the choice stays."""
        if rows and not self._rows:
            self.beginInsertRows(NOWHERE, 0, len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
            return
        places = {row.slug: place for place, row in enumerate(rows)}
        for number in reversed(range(len(self._rows))):
            if self._rows[number].slug not in places:
                self.beginRemoveRows(NOWHERE, number, number)
                del self._rows[number]
                self.endRemoveRows()
        self._order(places)
        changed = []
        for number, row in enumerate(rows):
            if number == len(self._rows) or self._rows[number].slug != row.slug:
                self.beginInsertRows(NOWHERE, number, number)
                self._rows.insert(number, row)
                self.endInsertRows()
            elif self._rows[number] != row:
                self._rows[number] = row
                changed.append(number)
        if changed:  # told once: with time, nearly all of them grow older
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def _order(self, places: Mapping[ServiceSlug, int]) -> None:
        """Put the rows that stay in their new order at once; the choice goes along.

        In a storm of news nearly all of them move: told one by one, each would be a
        walk through the list.
        """
        old = [places[row.slug] for row in self._rows]
        new = sorted(old)
        if old == new:
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        self._rows.sort(key=lambda row: places[row.slug])
        at = {place: number for number, place in enumerate(new)}
        moved = [self.index(at[old[it.row()]]) for it in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many services are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name, the row, or the row in words."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.UserRole:
                return row
            case _:
                return None


class RowDelegate(QStyledItemDelegate):
    """Draws mark, name, age, word and place of a service on two lines."""

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return room for two lines."""
        height = _metrics(option).height() + _small_metrics(option).height()
        return QSize(120, height + 2 * GAP + 6)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        row: Row = index.data(ROW_ROLE)
        theme = present()
        rect = _rect(option).adjusted(GAP, 1, -GAP, -1)
        painter.save()
        draw_ground(painter, option, theme)
        rtl = QGuiApplication.isRightToLeft()
        ratio = painter.device().devicePixelRatioF()
        mark = pixmap(
            row.look,
            MARK,
            ratio,
            dark=theme.dark,
            early=row.early,
            muted=bool(row.hushes.said),
        )
        left = rect.right() - GAP - MARK if rtl else rect.left() + GAP
        painter.drawPixmap(round(left), round(rect.center().y() - MARK / 2), mark)
        room = MARK + 2 * GAP + 2
        words = rect.adjusted(GAP if rtl else room, 0, -room if rtl else -GAP, 0)
        self._paint_words(painter, option, row, words, theme)
        painter.restore()

    def _paint_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: Row,
        rect: QRectF,
        theme: Theme,
    ) -> None:
        tall, small = _metrics(option), _small_metrics(option)
        top = rect.top() + (rect.height() - tall.height() - small.height() - 2) / 2
        first = QRectF(rect.left(), top, rect.width(), tall.height())
        second = QRectF(rect.left(), first.bottom() + 2, rect.width(), small.height())
        painter.setFont(_small_font(option))
        painter.setPen(QColor(theme.muted))
        painter.drawText(first, _END, row.age)
        taken = small.horizontalAdvance(row.age) + GAP if row.age else 0
        self._paint_pair(painter, second, small, row, theme)
        painter.setFont(_font(option))
        painter.setPen(QColor(theme.text))
        _draw_start(painter, first, tall, row.name, rect.width() - taken)

    def _paint_pair(
        self,
        painter: QPainter,
        rect: QRectF,
        metrics: QFontMetrics,
        row: Row,
        theme: Theme,
    ) -> None:
        painter.setPen(theme.word(Look.DEGRADED if row.early else row.look))
        used = _draw_start(painter, rect, metrics, row.word, rect.width())
        until = row.hushes.until
        said = tr("muted {until}", until=until) if until else ""
        if line := " · ".join(filter(None, (row.line, said))):
            painter.setPen(QColor(theme.muted))
            rtl = QGuiApplication.isRightToLeft()
            rest = rect.adjusted(0 if rtl else used, 0, -used if rtl else 0, 0)
            _draw_start(painter, rest, metrics, f" · {line}", rest.width())


_START: Final = (
    Qt.AlignmentFlag.AlignLeading
    | Qt.AlignmentFlag.AlignVCenter
    | Qt.TextFlag.TextSingleLine
)
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


def draw_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Draw what lies behind a row: chosen, pointed at, or nothing."""
    state: QStyle.StateFlag = option.state
    colour = ""
    if state & QStyle.StateFlag.State_Selected:
        colour = theme.picked
    elif state & QStyle.StateFlag.State_MouseOver:
        colour = theme.hover
    rect = _rect(option).adjusted(GAP, 1, -GAP, -1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if colour:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(rect, 6, 6)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.accent))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _draw_start(
    painter: QPainter, rect: QRectF, metrics: QFontMetrics, text: str, width: float
) -> float:
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(max(width, 0)))
    painter.drawText(rect, int(_START), shown)
    return float(metrics.horizontalAdvance(shown))


def _rect(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect)


def _font(option: QStyleOptionViewItem) -> QFont:
    return QFont(option.font)


def _small_font(option: QStyleOptionViewItem) -> QFont:
    font = _font(option)
    font.setPointSizeF(font.pointSizeF() * SMALL)
    return font


def _metrics(option: QStyleOptionViewItem) -> QFontMetrics:
    return QFontMetrics(_font(option))


def _small_metrics(option: QStyleOptionViewItem) -> QFontMetrics:
    return QFontMetrics(_small_font(option))
