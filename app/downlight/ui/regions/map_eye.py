"""From where the map is looked at: middle, size and closeness. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from downlight.core.places.worldmap import project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.places.worldmap import Point

CLOSEST: Final = 16.0
"""So many times larger than the whole world at once; closer, its corners show."""

_RIGHT: Final = project((180, 0))[0]
_TOP, _FOOT = project((0, 84))[1], project((0, -57))[1]
_END: Final = project((0, -90))[1]
"""Antarctica is there but not at first: it would take a quarter of the room."""
_ASIDE: Final = 2.5
"""How much farther aside than ahead something may lie and still be ahead."""
MIDDLE: Final = (0.0, (_TOP + _FOOT) / 2)
RATIO: Final = 2 * _RIGHT / (_FOOT - _TOP)
"""Width of the world by its height."""


@dataclass(frozen=True, slots=True)
class Eye:
    """Where on the sheet one looks; the sheet is that of `worldmap.project`."""

    width: float
    """Of the widget, in its pixels; as ``height``."""
    height: float
    x: float = MIDDLE[0]
    """What is in the middle, on the sheet; as ``y``."""
    y: float = MIDDLE[1]
    close: float = 1.0
    """How many times larger than the whole world at once, 1..`CLOSEST`."""

    @property
    def scale(self) -> float:
        """Pixels per unit of the sheet."""
        wide, tall = self.width / (2 * _RIGHT), self.height / (_FOOT - _TOP)
        return max(min(wide, tall), 1.0) * self.close

    def shows(self, at: Point) -> Point:
        """Return where on the widget a point of the sheet is seen."""
        return (
            self.width / 2 + (at[0] - self.x) * self.scale,
            self.height / 2 + (at[1] - self.y) * self.scale,
        )

    def sees(self, at: Point) -> Point:
        """Return which point of the sheet is seen at a point of the widget."""
        return (
            self.x + (at[0] - self.width / 2) / self.scale,
            self.y + (at[1] - self.height / 2) / self.scale,
        )

    def has(self, at: Point) -> bool:
        """Whether a point of the sheet is seen, and not at the very edge."""
        x, y = self.shows(at)
        edge = min(self.width, self.height) / 20
        return edge <= x <= self.width - edge and edge <= y <= self.height - edge

    def at_size(self, width: float, height: float) -> Eye:
        """Return the same look with a widget of another size."""
        return _held(replace(self, width=width, height=height))

    def moved(self, right: float, down: float) -> Eye:
        """Return it after the sheet was pushed by so many pixels."""
        x, y = self.x - right / self.scale, self.y - down / self.scale
        return _held(replace(self, x=x, y=y))

    def turned(self, at: Point) -> Eye:
        """Return it looking at a point of the sheet."""
        return _held(replace(self, x=at[0], y=at[1]))

    def closer(self, times: float, at: Point | None = None) -> Eye:
        """Return it closer or farther.

        Args:
            times: How many times larger all is; below 1 it is smaller.
            at: The point of the widget that stays where it is; None for the middle.
        """
        at = at or (self.width / 2, self.height / 2)
        held = self.sees(at)
        near = replace(self, close=min(max(self.close * times, 1.0), CLOSEST))
        now = near.sees(at)
        x, y = near.x + held[0] - now[0], near.y + held[1] - now[1]
        return _held(replace(near, x=x, y=y))

    def whole(self) -> Eye:
        """Return it looking at the whole world."""
        return Eye(self.width, self.height)


def _held(eye: Eye) -> Eye:
    """Return it with the sheet still before it."""
    room_x = max(_RIGHT - eye.width / 2 / eye.scale, 0)
    room_y = eye.height / 2 / eye.scale
    top = min(_TOP + room_y, MIDDLE[1])
    foot = max(_END - room_y, MIDDLE[1])
    return replace(
        eye,
        x=min(max(eye.x, -room_x), room_x),
        y=min(max(eye.y, top), foot),
    )


def toward(points: Mapping[str, Point], start: Point, way: Point) -> str:
    """Return the name of the next point in a direction; empty when there is none.

    Args:
        points: All there are, on the sheet.
        start: From where, on the sheet.
        way: One step to the right or left, down or up; the other is 0.
    """
    found: dict[str, float] = {}
    for name, (x, y) in points.items():
        right, down = x - start[0], y - start[1]
        along = right * way[0] + down * way[1]
        across = abs(right * way[1]) + abs(down * way[0])
        if along > 0 and across <= _ASIDE * along:
            found[name] = along + 2 * across
    return min(found, key=found.__getitem__, default="")
