"""Every country has a place on the map, and it lies where it should."""

from math import pi
from pathlib import Path

import pytest

from downlight.core.places.countries import COUNTRIES
from downlight.core.places.worldmap import Land, project, read

TABLE = (Path(__file__).parents[3] / "resources" / "world.tsv").read_text("utf-8")
WORLD = {land.code: land for land in read(TABLE)}


def inside(point: tuple[float, float], land: Land) -> bool:
    """Whether a point lies in an odd number of rings."""
    x, y = point
    within = False
    for ring in land.rings:
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                within = not within
    return within


def test_every_country_has_a_place_and_no_row_is_of_anything_else() -> None:
    assert set(WORLD) == {*COUNTRIES, ""}


def test_a_mark_stands_on_the_land_it_is_of() -> None:
    drawn = [land for land in WORLD.values() if land.rings]
    assert len(drawn) > 170
    assert [land.code for land in drawn if not inside(land.point, land)] == []


@pytest.mark.parametrize(
    ("code", "point"),
    [
        ("TR", (32.9, 39.9)),
        ("BR", (-47.9, -15.8)),
        ("RU", (37.6, 55.8)),
        ("RU", (-173.0, 66.5)),
        ("FJ", (178.0, -17.8)),
        ("AQ", (0.0, -88.0)),
        ("GF", (-53.0, 4.0)),
        ("SJ", (16.0, 78.5)),
    ],
)
def test_a_place_lies_in_its_country(code: str, point: tuple[float, float]) -> None:
    assert inside(point, WORLD[code])


@pytest.mark.parametrize(
    ("code", "point"),
    [
        ("ZA", (28.3, -29.6)),
        ("FR", (-53.0, 4.0)),
        ("NO", (16.0, 78.5)),
        ("RU", (0.0, 66.5)),
    ],
)
def test_what_is_another_country_is_no_part_of_one(
    code: str, point: tuple[float, float]
) -> None:
    assert not inside(point, WORLD[code])


def test_nothing_reaches_across_the_end_of_the_world() -> None:
    for land in WORLD.values():
        for ring in land.rings:
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
            if land.code != "AQ":  # whose edge at the pole goes all around
                sides = zip(ring, (*ring[1:], ring[0]), strict=True)
                assert max(abs(a[0] - b[0]) for a, b in sides) < 60


def test_a_country_without_a_shape_is_a_point() -> None:
    assert not WORLD["SG"].rings
    assert WORLD["SG"].point == pytest.approx((103.8, 1.4), abs=0.2)


def test_rings_are_steps_in_tenths_of_a_degree_and_comments_are_left_out() -> None:
    table = "# comment\nTR\t15 -5\t10 20 5 -5 -5 0;0 0 1 1 1 0\n-\t1 2\n"
    assert read(table) == (
        Land(
            "TR",
            (1.5, -0.5),
            (
                ((1.0, 2.0), (1.5, 1.5), (1.0, 1.5)),
                ((0.0, 0.0), (0.1, 0.1), (0.2, 0.1)),
            ),
        ),
        Land("", (0.1, 0.2)),
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("QQ\t1 2", "'QQ' is no country"),
        ("TR\t1 2\t1 2 3", "half a point in '1 2 3'"),
        ("TR\t1 x", "invalid literal"),
    ],
)
def test_a_row_that_is_wrong_is_refused(row: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(row)


def test_the_sheet_is_as_wide_and_tall_as_the_projection_says() -> None:
    assert project((0, 0)) == (0, 0)
    assert project((180, 0))[0] == pytest.approx(0.8707 * pi)
    assert project((0, -90))[1] == pytest.approx(1.42239, abs=1e-4)
    assert project((0, 90))[1] == pytest.approx(-1.42239, abs=1e-4)


def test_east_is_right_and_north_is_up_and_the_poles_are_narrow() -> None:
    east, north = project((30, 45))
    assert east > 0
    assert north < 0
    assert project((180, 80))[0] < project((180, 0))[0]
