"""A layout that sets widgets like words: side by side, then on the next line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Fills lines from the leading side, whichever that is in the language."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take over an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it grows in no direction."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that narrower means taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height needed at ``width`` pixels."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items into ``rect``."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the size on one line."""
        sizes = [i.sizeHint() for i in self._items if not i.isEmpty()]
        width = sum(size.width() + self._gap for size in sizes)
        height = max((size.height() for size in sizes), default=0)
        return QSize(max(0, width - self._gap), height)

    def minimumSize(self) -> QSize:
        """Return the size of the largest item."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, height = 0, 0, 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if size.width() > rect.width() > 0:
                size = QSize(rect.width(), item.heightForWidth(rect.width()))
            if x and x + size.width() > rect.width():
                x, y, height = 0, y + height + self._gap, 0
            if move:
                item.setGeometry(self._placed(QRect(QPoint(x, y), size), rect))
            x += size.width() + self._gap
            height = max(height, size.height())
        return y + height

    def _placed(self, item: QRect, rect: QRect) -> QRect:
        parent = self.parentWidget()
        if parent is not None and parent.isRightToLeft():
            item.moveRight(rect.width() - 1 - item.left())
        return item.translated(rect.topLeft())
