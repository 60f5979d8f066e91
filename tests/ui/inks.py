"""Looks at the pixels of a window: can its texts and marks be told from what is behind?

The figures are those of WCAG 2: 4.5 for text, 3 for marks.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

from downlight.ui.kit.labels import MarkView
from downlight.ui.kit.theme import contrast
from tests.ui.walker import Fault, cells, inner, path, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT: Final = 4.5
MARK: Final = 3.0
ROUNDING: Final = 0.02
"""What colours of eight bits may take from a ratio."""
LEAST: Final = (4, 8)
"""Of a widget at the edge of what is seen: too little to judge it by, in pixels."""
SPOTS: Final = 2
"""So many pixels of a colour are no accident."""


def faint(window: QWidget) -> list[Fault]:
    """Return the texts and marks of a window that are hard to tell from their ground.

    Scrolls through everything that scrolls downwards, and back.
    """
    found: list[Fault] = []
    judged: set[QWidget] = set()
    for _ in _through(window):
        picture = Picture(window)
        for widget in shown(window):
            if widget in judged or inner(widget) or not widget.isEnabled():
                continue
            place = seen(widget)
            if place.width() < LEAST[0] or place.height() < LEAST[1]:
                continue
            judged.add(widget)
            found += [
                Fault("faint", path(widget), what) for what in _weak(picture, widget)
            ]
    return found


def seen(widget: QWidget) -> QRect:
    """Return the part of a widget that is on the screen, in its own coordinates."""
    return widget.visibleRegion().boundingRect()


class Picture:
    """What a window looks like now."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        image = window.grab().toImage()
        self._image = image.convertToFormat(QImage.Format.Format_RGB32)
        self._ratio = image.devicePixelRatio()

    def colours(self, widget: QWidget, place: QRect) -> Counter[int]:
        """Count the colours in a part of a widget."""
        corner = widget.mapTo(self._window, place.topLeft())
        r = self._ratio
        there = QRect(
            QPoint(round(corner.x() * r), round(corner.y() * r)),
            (place.size().toSizeF() * r).toSize(),
        )
        piece = self._image.copy(there.intersected(self._image.rect()))
        if piece.isNull():
            return Counter()
        return Counter(memoryview(piece.constBits()).cast("I"))


def _through(window: QWidget) -> Iterator[None]:
    """Scroll through a window's pages, one step after the other."""
    yield
    areas = [w for w in shown(window) if isinstance(w, QScrollArea)]
    for area in areas:
        bar = area.verticalScrollBar()
        before, step = bar.value(), max(40, area.viewport().height() - 60)
        for value in range(step, bar.maximum() + step, step):
            bar.setValue(min(value, bar.maximum()))
            QApplication.processEvents()
            yield
        bar.setValue(before)
    QApplication.processEvents()


def _weak(picture: Picture, widget: QWidget) -> Iterator[str]:
    """Say what of a widget is hard to see."""
    place = seen(widget)
    if isinstance(widget, MarkView):
        yield from _drawn(picture, widget, place, MARK, widget.accessibleName())
    elif isinstance(widget, QToolButton) and not widget.text():
        yield from _drawn(picture, widget, place, MARK, "its icon")
    elif isinstance(widget, QTabBar):
        yield from _tabs(picture, widget, place)
    elif isinstance(widget, QAbstractItemView):
        yield from _cells(picture, widget)
    elif isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        yield from _written(picture, widget, place)


def _tabs(picture: Picture, bar: QTabBar, place: QRect) -> Iterator[str]:
    for number in range(bar.count()):
        tab = bar.tabRect(number).intersected(place)
        if not tab.isEmpty():
            yield from _drawn(picture, bar, tab, TEXT, bar.tabText(number))


def _cells(picture: Picture, view: QAbstractItemView) -> Iterator[str]:
    ground = view.viewport()
    for index in cells(view):
        whole = view.visualRect(index)
        cell = whole.intersected(ground.rect())
        # Of a row at the edge the letters may be what is not seen.
        if index.data() and cell.height() == whole.height() >= LEAST[1]:
            yield from _drawn(picture, ground, cell, TEXT, str(index.data()))


def _written(
    picture: Picture,
    widget: QLabel | QAbstractButton | QLineEdit | QComboBox,
    place: QRect,
) -> Iterator[str]:
    text, role = _text(widget)
    colours = picture.colours(widget, place)
    if not text.strip() or not colours:
        return
    ground = QColor.fromRgb(colours.most_common(1)[0][0])
    ink = widget.palette().color(role)
    if ink.alpha() < 255:
        ink = _over(ink, ground)
    ratio = contrast(ink, ground)
    if ratio < TEXT - ROUNDING:
        yield (
            f"{text[:40]!r} is {ink.name()} on {ground.name()}: {ratio:.2f}, "
            f"not {TEXT:g}"
        )
    if isinstance(widget, QCheckBox | QRadioButton):
        yield from _drawn(picture, widget, place, MARK, "its box")


def _text(
    widget: QLabel | QAbstractButton | QLineEdit | QComboBox,
) -> tuple[str, QPalette.ColorRole]:
    if isinstance(widget, QLineEdit):
        if widget.text():
            return widget.text(), QPalette.ColorRole.Text
        return widget.placeholderText(), QPalette.ColorRole.PlaceholderText
    if isinstance(widget, QComboBox):
        return widget.currentText(), widget.foregroundRole()
    return widget.text(), widget.foregroundRole()


def _over(ink: QColor, ground: QColor) -> QColor:
    """Return what a colour that shines through looks like."""
    share = ink.alphaF()
    return QColor.fromRgbF(
        ink.redF() * share + ground.redF() * (1 - share),
        ink.greenF() * share + ground.greenF() * (1 - share),
        ink.blueF() * share + ground.blueF() * (1 - share),
    )


def _drawn(
    picture: Picture, widget: QWidget, place: QRect, least: float, what: str
) -> Iterator[str]:
    """Judge by the pixels alone: the ground is what there is most of."""
    colours = picture.colours(widget, place)
    if not colours or not what.strip():
        return
    ground = QColor.fromRgb(colours.most_common(1)[0][0])
    inks = [rgb for rgb, count in colours.items() if count >= SPOTS]
    ratio = max(contrast(QColor.fromRgb(rgb), ground) for rgb in inks)
    if ratio < least - ROUNDING:
        yield f"{what[:40]!r} on {ground.name()}: {ratio:.2f}, not {least:g}"
