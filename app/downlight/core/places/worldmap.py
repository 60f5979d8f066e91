"""The map of the world: the shape of each country, and where that is on a flat sheet.

How the table is written stands at the head of ``resources/world.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import radians
from typing import TYPE_CHECKING, Final, TypeAlias

from downlight.core.places.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator

Point: TypeAlias = tuple[float, float]
"""To the east and to the north, in degrees."""

NOBODYS: Final = "-"
"""Stands in the table for land that has no code."""
_GRID: Final = 10
"""Steps of the table's grid in a degree."""
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Land:
    """One country on the map."""

    code: str
    """ISO 3166-1 alpha-2; empty for land that has no code there."""
    point: Point
    """A place well inside of it, for a mark."""
    rings: tuple[tuple[Point, ...], ...] = ()
    """Its borders; a ring inside another is a hole. Empty where it is too small for
    the scale of the map."""


def read(text: str) -> tuple[Land, ...]:
    """Read the table.

    Raises:
        ValueError: A row names no country, or its numbers are not what they should be.
    """
    rows = (row.split("\t") for row in text.splitlines() if not row.startswith("#"))
    return tuple(_land(*row) for row in rows)


def _land(code: str, point: str, rings: str = "") -> Land:
    if code != NOBODYS and code not in COUNTRIES:
        raise ValueError(f"{code!r} is no country")
    (where,) = _ring(point)
    shape = tuple(tuple(_ring(ring)) for ring in rings.split(";") if ring)
    return Land("" if code == NOBODYS else code, where, shape)


def _ring(cells: str) -> Iterator[Point]:
    """Follow the steps of a ring.

    Raises:
        ValueError: They are no whole numbers in pairs.
    """
    numbers = [int(cell) for cell in cells.split(" ")]
    if len(numbers) % _PAIR:
        raise ValueError(f"half a point in {cells[:40]!r}")
    east = north = 0
    for step in range(0, len(numbers), _PAIR):
        east, north = east + numbers[step], north + numbers[step + 1]
        yield east / _GRID, north / _GRID


def project(point: Point) -> Point:
    """Return where a point lies on the sheet, in radii of the Earth from its middle.

    This is the Natural Earth projection (T. Patterson, B. Šavrič): shapes and sizes
    are both a little wrong and neither much.

    Args:
        point: To the east and to the north, in degrees.

    Returns:
        To the right and, as screens count, down.
    """
    turn, high = radians(point[0]), radians(point[1])
    two = high * high
    four = two * two
    wide = 0.8707 - 0.131979 * two
    wide += four * (-0.013791 + four * (0.003971 * two - 0.001529 * four))
    tall = 1.007226 + 0.015085 * two
    tall += two * four * (-0.044475 + 0.028874 * two - 0.005916 * four)
    return turn * wide, -high * tall
