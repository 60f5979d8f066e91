"""The countries as they are seen from somewhere, and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform

from downlight.core.places.worldmap import project
from downlight.ui.kit.icons import pixmap
from downlight.ui.regions.map_paint import LOOKS, ON_LAND, fill, land, sea
from downlight.ui.regions.regions import RANK, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from downlight.core.places.worldmap import Land, Point
    from downlight.ui.kit.theme import Theme
    from downlight.ui.regions.map_eye import Eye
    from downlight.ui.regions.regions import Spot

SMALL: Final = 7.0
"""Of a country smaller than this on the screen no pattern is seen, in pixels."""
BARELY: Final = 16.0
"""The same where it must not be overlooked."""
MARK: Final = 12
"""Edge of that mark, in device-independent pixels."""
LITTLE: Final = 8
"""The same where little is known."""
NEAR: Final = 8.0
"""So close to a mark counts as on it, in pixels."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A country on the sheet of `worldmap.project`."""

    code: str
    point: Point
    path: QPainterPath
    """Empty where it is too small for the map's scale."""
    size: float
    """The longer side of its largest piece: where a country goes over both edges of
    the sheet, that is not the whole of the sheet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A country on the screen."""

    code: str
    point: QPointF
    path: QPainterPath
    box: QRectF
    size: float
    """The longer side of its largest piece; 0 where it is but a point."""


def shapes(lands: Iterable[Land]) -> tuple[Shape, ...]:
    """Return the countries laid flat."""
    return tuple(_shape(land) for land in lands)


def _shape(land: Land) -> Shape:
    path = QPainterPath()  # whose rings inside others are holes
    size = 0.0
    for ring in land.rings:
        first, *more = map(project, ring)
        wide, tall = (max(side) - min(side) for side in zip(first, *more, strict=True))
        size = max(size, wide, tall)
        path.moveTo(*first)
        for point in more:
            path.lineTo(*point)
        path.closeSubpath()
    return Shape(land.code, project(land.point), path, size)


def seen_by(countries: Iterable[Shape], eye: Eye) -> tuple[Seen, ...]:
    """Return the countries as an eye sees them, in the widget's pixels."""
    left, top = eye.shows((0.0, 0.0))
    turn = QTransform(eye.scale, 0, 0, eye.scale, left, top)
    return tuple(_seen(shape, eye, turn) for shape in countries)


def _seen(shape: Shape, eye: Eye, turn: QTransform) -> Seen:
    path = turn.map(shape.path)
    at, box = QPointF(*eye.shows(shape.point)), path.boundingRect()
    return Seen(shape.code, at, path, box, shape.size * eye.scale)


def found(seen: Sequence[Seen], at: QPointF, spots: Mapping[str, Spot]) -> str:
    """Return the code of the country at a point; empty at sea.

    Args:
        seen: The countries on the screen.
        at: Where, in the widget's pixels.
        spots: What is known; a mark goes before the land it stands on.
    """
    near = {
        one.code: _apart(one.point, at)
        for one in seen
        if one.code in spots
        and one.size < marked_below(spots[one.code].state)
        and _apart(one.point, at) <= NEAR
    }
    if near:
        return min(near, key=near.__getitem__)
    on = (it.code for it in seen if it.box.contains(at) and it.path.contains(at))
    return next(on, "")


def _apart(one: QPointF, other: QPointF) -> float:
    away = one - other
    return float((away.x() ** 2 + away.y() ** 2) ** 0.5)


def draw(
    painter: QPainter,
    seen: Sequence[Seen],
    spots: Mapping[str, Spot],
    theme: Theme,
    room: QRectF,
) -> None:
    """Draw every country with what is known of it.

    Args:
        painter: On the widget, or on a picture of its size.
        seen: The countries.
        spots: What is known, by code.
        theme: Light or dark.
        room: What of the widget is shown.
    """
    ratio = painter.device().devicePixelRatioF()
    fills: dict[tuple[State, bool], QBrush] = {}
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    there = [one for one in seen if one.box.intersects(room)]
    for one in there:
        spot = spots.get(one.code)
        key = (spot.state, spot.whole) if spot else (State.UNKNOWN, True)
        if key not in fills:
            fills[key] = fill(theme, key[0], ratio, whole=key[1])
        painter.setBrush(fills[key])
        painter.drawPath(one.path)
    _draw_borders(painter, there, theme, ratio)
    small = [it for it in seen if it.size < BARELY and room.contains(it.point)]
    painter.setPen(Qt.PenStyle.NoPen)
    points = [it for it in small if not it.size]
    bare = (it for it in points if it.code not in spots)
    _draw_dots(painter, bare, land(theme), 1.8)
    green = {code for code, spot in spots.items() if spot.state is State.FINE}
    fine = [it for it in points if it.code in green]
    _draw_dots(painter, fine, sea(theme), 3.6)
    _draw_dots(painter, fine, theme.mark(LOOKS[State.FINE]), 2.6)
    known = [(it, spots[it.code]) for it in small if it.code in spots]
    known.sort(key=lambda pair: -RANK[pair[1].state])  # the worst on top of the others
    for one, spot in known:
        if spot.state is not State.FINE and one.size < marked_below(spot.state):
            size = LITTLE if spot.state in ON_LAND else MARK
            mark = pixmap(LOOKS[spot.state], size, ratio, dark=theme.dark)
            painter.drawPixmap(one.point - QPointF(size / 2, size / 2), mark)


def marked_below(state: State) -> float:
    """Return below which size on the screen a country in this state bears a mark.

    Well goes without a mark where there is land to colour.
    """
    if state is State.FINE:
        return 1.0
    return SMALL if state in ON_LAND else BARELY


def _draw_dots(
    painter: QPainter, countries: Iterable[Seen], colour: QColor, size: float
) -> None:
    dots = QPainterPath()
    dots.setFillRule(Qt.FillRule.WindingFill)
    for one in countries:
        dots.addEllipse(one.point, size, size)
    painter.setBrush(colour)
    painter.drawPath(dots)


def _draw_borders(
    painter: QPainter, seen: Sequence[Seen], theme: Theme, ratio: float
) -> None:
    """Draw the lines that part the countries.

    A line as thin as a pixel of the screen is drawn twenty times as fast as a wider
    one. So on fine screens there are two, half a pixel apart.
    """
    painter.setPen(QPen(sea(theme), 1 / ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shift in (0.0, 0.5 / ratio) if ratio > 1 else (0.0,):
        painter.translate(shift, shift)
        for one in seen:
            painter.drawPath(one.path)
        painter.translate(-shift, -shift)


def outline(painter: QPainter, one: Seen, colour: QColor, width: float) -> None:
    """Draw a line around a country; around its mark where it is small.

    Args:
        painter: On the widget.
        one: The country.
        colour: Of the line.
        width: Of the line, in device-independent pixels.
    """
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)  # a third of the time of round ones
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if one.size < SMALL:
        painter.drawEllipse(one.point, NEAR, NEAR)
    else:
        painter.drawPath(one.path)
