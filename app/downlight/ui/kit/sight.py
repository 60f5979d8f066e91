"""Keeps what has the keyboard's focus in sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from downlight.ui.kit.theme import GAP


class Sight(QObject):
    """Scrolls to the widget that takes the focus.

    Qt does so only while the focus moves within an area, not when it comes in from
    elsewhere, as it does with Shift+Tab.
    """

    def __init__(self, window: QWidget) -> None:
        """Look after a window and its dialogs, as long as it lives."""
        super().__init__(window)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show)

    @Slot(QWidget, QWidget)
    def _show(self, _before: QWidget | None, widget: QWidget | None) -> None:
        if widget is None or not self._is_ours(widget):
            return
        area = widget.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea) and area.isAncestorOf(widget):
                _show_in(area, widget)
            area = area.parentWidget()

    def _is_ours(self, widget: QWidget) -> bool:
        window, inside = self.parent(), widget
        while (above := inside.parentWidget()) is not None and inside is not window:
            inside = above
        return inside is window


def _show_in(area: QScrollArea, widget: QWidget) -> None:
    seen = widget.visibleRegion().boundingRect()
    if seen.height() < min(widget.height(), area.viewport().height()):
        area.ensureWidgetVisible(widget, 0, 2 * GAP)
