"""Where the boxes of the picture of ties stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from downlight.core.model import ServiceSlug
    from downlight.ui.about.view import Node, Ties
    from downlight.ui.kit.look import Look

MARK: Final = 14
"""Edge of a mark in a box, in device-independent pixels."""
LANE: Final = 5 * GAP
"""Room for the lines between two columns, in device-independent pixels."""
WIDEST: Final = 27 * GAP
"""The widest box, in device-independent pixels."""
NARROWEST: Final = 11
"""Average letters a box must have room for; with less there is no picture."""
WRAP: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)
ACROSS, DOWN = GAP + 2, GAP - 2
"""Room between the edge of a box and what is in it."""


@dataclass(frozen=True, slots=True)
class Box:
    """One name at its place."""

    area: QRect
    name: str
    text: str = ""
    slug: ServiceSlug | None = None
    look: Look | None = None
    word: str = ""

    @property
    def inside(self) -> QRect:
        """Where its words stand."""
        room = self.area.adjusted(ACROSS, DOWN, -ACROSS, -DOWN)
        return room.adjusted(_beside(self.look), 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Boxes:
    """All of them."""

    middle: Box
    needs: tuple[Box, ...]
    needed: tuple[Box, ...]

    @property
    def all(self) -> tuple[Box, ...]:
        """Every box, the service itself first."""
        return (self.middle, *self.needs, *self.needed)

    @property
    def bottom(self) -> int:
        """Where the lowest ends."""
        return max(box.area.bottom() for box in self.all)


def bold(font: QFont) -> QFont:
    """Return the font of the service itself."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def arrange(ties: Ties, width: int, font: QFont) -> Boxes | None:
    """Return where each box stands; None where there is no room for three columns.

    Args:
        ties: What to show.
        width: Room from side to side, in device-independent pixels.
        font: Of the names.
    """
    metrics = QFontMetrics(font)
    room = min(WIDEST, (width - 2 * LANE) // 3)
    if room < NARROWEST * metrics.averageCharWidth() + 2 * ACROSS:
        return None
    top = metrics.height() + GAP
    left = (width - 3 * room - 2 * LANE) // 2
    needs = _column(ties.needs, left, top, room, font)
    needed = _column(ties.needed, left + 2 * (room + LANE), top, room, font)
    own = Box(
        QRect(left + room + LANE, top, room, 0),
        ties.name,
        look=ties.look,
        word=ties.word,
    )
    own = _grown(own, font, bold(font))
    columns = (needs, needed, (own,))
    lowest = max(column[-1].area.bottom() for column in columns if column)
    # What is shorter stands beside the middle of what is longer.
    (middle,) = _lowered((own,), lowest)
    return Boxes(middle, _lowered(needs, lowest), _lowered(needed, lowest))


def _column(
    nodes: tuple[Node, ...], x: int, y: int, width: int, font: QFont
) -> tuple[Box, ...]:
    boxes = []
    for node in nodes:
        area = QRect(x, y, width, 0)
        line = node.line
        box = Box(area, node.name, node.text, node.slug, line.look, line.word)
        boxes.append(_grown(box, font, font))
        y = boxes[-1].area.bottom() + 1 + GAP
    return tuple(boxes)


def _grown(box: Box, font: QFont, name: QFont) -> Box:
    """Return a box as high as its words need."""
    room = QRect(0, 0, box.inside.width(), 10_000)
    high = QFontMetrics(name).boundingRect(room, WRAP, box.name).height()
    if box.word:
        high += QFontMetrics(font).height()
    area = QRect(box.area)
    area.setHeight(high + 2 * DOWN)
    return replace(box, area=area)


def _lowered(boxes: tuple[Box, ...], lowest: int) -> tuple[Box, ...]:
    down = (lowest - boxes[-1].area.bottom()) // 2 if boxes else 0
    return tuple(replace(box, area=box.area.translated(0, down)) for box in boxes)


def _beside(look: Look | None) -> int:
    """Return the room that a mark takes."""
    return 0 if look is None else MARK + DOWN
