"""The eight marks, looked at pixel by pixel."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from downlight.ui.kit import icons, marks
from downlight.ui.kit.colours import DARK_MARKS, LIGHT_MARKS
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import Theme, contrast, mix
from tests.ui.palettes import black, dark, light, white

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPalette

WHITE, LIGHT_PANEL = QColor("#ffffff"), QColor("#f2f2f2")
BLACK, DARK_PANEL = QColor("#000000"), QColor("#202020")
CLEAR, SOLID = 0, 255
RGBA = QImage.Format.Format_RGBA8888_Premultiplied

pytestmark = pytest.mark.usefixtures("qapp")


def alpha(image: QImage) -> bytes:
    held = image.convertToFormat(QImage.Format.Format_RGBA8888)  # owns the bytes
    return bytes(held.constBits())[3::4]


def colours(image: QImage) -> set[str]:
    size = range(image.width())
    pixels = [image.pixelColor(x, y) for y in size for x in size]
    return {pixel.name() for pixel in pixels if pixel.alpha() == SOLID}


def difference(one: QImage, other: QImage) -> float:
    """Return how much of the square shows in one of them only."""
    pair = zip(alpha(one), alpha(other), strict=True)
    different = sum(abs(a - b) > SOLID / 2 for a, b in pair)
    return different / (one.width() * one.height())


@pytest.mark.parametrize("size", icons.SIZES)
@pytest.mark.parametrize(("one", "other"), list(combinations(Look, 2)))
def test_marks_differ_in_shape_and_not_only_in_colour(
    one: Look, other: Look, size: int
) -> None:
    plain = icons.image(one, size, dark=False)
    assert difference(plain, icons.image(other, size, dark=False)) >= 0.04


@pytest.mark.parametrize("size", icons.SIZES)
@pytest.mark.parametrize("look", Look)
def test_what_is_muted_differs_in_shape_from_all_else(look: Look, size: int) -> None:
    muted = icons.image(look, size, dark=False, muted=True)
    for other in Look:
        assert difference(muted, icons.image(other, size, dark=False)) >= 0.04
        if other is not look:
            also = icons.image(other, size, dark=False, muted=True)
            assert difference(muted, also) >= 0.04


@pytest.mark.parametrize("size", icons.SIZES)
@pytest.mark.parametrize("look", Look)
def test_what_is_muted_is_an_outline_of_the_same_shape(look: Look, size: int) -> None:
    muted = alpha(icons.image(look, size, dark=False, muted=True))
    border, drawn = marks.border_of(look, size), QImage(size, size, RGBA)
    drawn.fill(0)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(border, QColor("black"))
    painter.end()
    whole = alpha(drawn)
    assert sum(muted) < 0.8 * sum(whole)
    if look is not Look.OFFLINE:  # its slash sticks out at any time
        pairs = zip(muted, whole, strict=True)
        assert all(a <= b + SOLID / 4 for a, b in pairs)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("look", Look)
def test_an_outline_stands_out_on_its_panel_at_sixteen_pixels(
    look: Look, dark: bool
) -> None:
    muted = icons.image(look, 16, dark=dark, muted=True)
    places = [divmod(place, 16) for place in range(256)]
    for panel in (DARK_PANEL, BLACK) if dark else (WHITE, LIGHT_PANEL):
        seen = [
            mix(panel, pixel, pixel.alphaF())
            for pixel in (muted.pixelColor(x, y) for y, x in places)
            if pixel.alpha()
        ]
        clear = [pixel for pixel in seen if contrast(pixel, panel) >= 3]
        assert len(clear) >= 0.35 * len(seen)  # the rest is the soft edge
        assert len(clear) >= 256 * 0.1


@pytest.mark.parametrize("muted", [False, True])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("look", Look)
def test_a_mark_fills_its_square_without_being_cut_off(
    look: Look, dark: bool, muted: bool
) -> None:
    for size in icons.SIZES:
        drawn = icons.image(look, size, dark=dark, muted=muted)
        seen = [
            divmod(place, size)
            for place, value in enumerate(alpha(drawn))
            if value > SOLID / 2
        ]
        for axis in (0, 1):
            low, high = min(p[axis] for p in seen), max(p[axis] for p in seen)
            assert high - low + 1 >= size * 0.75
            assert (low + high + 1) / 2 == pytest.approx(size / 2, abs=size / 14)


def test_at_sixteen_pixels_the_straight_edges_fall_on_whole_pixels() -> None:
    square = icons.image(Look.MAJOR, 16, dark=False)
    row = [square.pixelColor(x, 5).alpha() for x in range(16)]
    assert row == [0, *[255] * 6, 0, 0, *[255] * 6, 0]
    barred = icons.image(Look.MAINTENANCE, 16, dark=False)
    column = [barred.pixelColor(8, y).alpha() for y in range(16)]
    assert column[7:9] == [CLEAR, CLEAR]
    assert column[2:7] == column[9:14] == [SOLID] * 5


@pytest.mark.parametrize("size", icons.SIZES)
def test_the_bars_of_square_and_disc_are_crisp_at_every_size(size: int) -> None:
    square = icons.image(Look.MAJOR, size, dark=False)
    middle = round(size * 0.35)
    row = [square.pixelColor(x, middle).alpha() for x in range(2, size - 2)]
    assert set(row) == {CLEAR, SOLID}


@pytest.mark.parametrize("look", Look)
def test_every_mark_stands_out_on_its_own_panel_and_on_the_other(look: Look) -> None:
    light, dark = QColor(LIGHT_MARKS[look]), QColor(DARK_MARKS[look])
    for panel in (WHITE, LIGHT_PANEL, DARK_PANEL, BLACK):
        assert contrast(light, panel) >= 3
    for panel in (DARK_PANEL, BLACK):
        assert contrast(dark, panel) >= 3
    # On a light panel the dark mark is seen by its edge, which has the light colour.
    for muted in (False, True):
        seen = colours(icons.image(look, 32, dark=True, muted=muted))
        assert seen >= {light.name()}


@pytest.mark.parametrize("palette", [light, dark, black, white])
@pytest.mark.parametrize("ground", ["card", "page", "side", "picked"])
def test_all_text_can_be_read_and_all_marks_seen_on_every_ground(
    palette: Callable[[], QPalette], ground: str
) -> None:
    theme = Theme.of(palette())
    behind = QColor(getattr(theme, ground))
    for text in (theme.text, theme.muted, theme.accent):
        assert contrast(QColor(text), behind) >= 4.5
    for look in Look:
        assert contrast(theme.word(look), behind) >= 4.5
        assert contrast(theme.mark(look), behind) >= 3


@pytest.mark.parametrize("size", icons.SIZES)
def test_a_replay_bears_a_sign_of_its_own(size: int) -> None:
    plain = alpha(icons.image(Look.OPERATIONAL, size, dark=False))
    signed = alpha(icons.image(Look.OPERATIONAL, size, dark=False, replay=True))
    different = sum(abs(a - b) > SOLID / 2 for a, b in zip(plain, signed, strict=True))
    assert different >= size * size * 0.04


def test_an_icon_brings_all_sizes_and_is_drawn_once() -> None:
    made = icons.icon(Look.MAJOR, dark=True)
    assert [size.width() for size in made.availableSizes()] == list(icons.SIZES)
    assert icons.icon(Look.MAJOR, dark=True) is made


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_a_pixmap_has_a_pixel_for_each_pixel_of_the_screen(ratio: float) -> None:
    made = icons.pixmap(Look.PARTIAL, 16, ratio, dark=False)
    assert (made.width(), made.devicePixelRatio()) == (round(16 * ratio), ratio)


def test_odd_sizes_are_drawn_too() -> None:
    for look, muted in product(Look, (False, True)):
        drawn = icons.image(look, 27, dark=False, muted=muted)
        assert max(alpha(drawn)) == SOLID


@pytest.mark.parametrize("size", icons.SIZES)
@pytest.mark.parametrize("look", [Look.UNKNOWN, Look.OPERATIONAL, Look.MAINTENANCE])
def test_the_ring_of_possible_trouble_stands_apart_from_its_mark(
    look: Look, size: int
) -> None:
    ringed = icons.image(look, size, dark=False, early=True)
    row = [ringed.pixelColor(x, size // 2) for x in range(size)]
    ring = LIGHT_MARKS[Look.DEGRADED]
    assert [row[1].name(), row[-2].name()] == [ring, ring]
    left = [pixel.alpha() for pixel in row[: size // 2]]
    gap = next(place for place, value in enumerate(left) if value < SOLID / 4)
    assert max(left[gap:]) > SOLID / 2
    plain = alpha(icons.image(look, size, dark=False))
    pair = zip(plain, alpha(ringed), strict=True)
    assert sum(abs(a - b) > SOLID / 2 for a, b in pair) >= size * size * 0.04


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", icons.SIZES)
def test_the_ring_stands_out_on_every_panel(size: int, dark: bool) -> None:
    ringed = icons.image(Look.OPERATIONAL, size, dark=dark, early=True)
    ring = [ringed.pixelColor(x, size // 2) for x in range(max(2, size // 9))]
    for panel in (WHITE, LIGHT_PANEL, DARK_PANEL, BLACK):
        seen = [mix(panel, pixel, pixel.alphaF()) for pixel in ring]
        assert max(contrast(pixel, panel) for pixel in seen) >= 3


def test_a_replay_bears_its_sign_beside_the_ring() -> None:
    ringed = alpha(icons.image(Look.OPERATIONAL, 16, dark=False, early=True))
    signed = alpha(
        icons.image(Look.OPERATIONAL, 16, dark=False, early=True, replay=True)
    )
    assert ringed != signed


@pytest.mark.parametrize("size", icons.SIZES)
def test_what_is_muted_and_perhaps_in_trouble_keeps_ring_and_shape(size: int) -> None:
    calm = (Look.UNKNOWN, Look.OPERATIONAL, Look.MAINTENANCE)
    drawn = [icons.image(x, size, dark=False, early=True, muted=True) for x in calm]
    for look, muted in zip(calm, drawn, strict=True):
        row = [muted.pixelColor(x, size // 2) for x in range(size)]
        assert row[1].name() == LIGHT_MARKS[Look.DEGRADED]
        plain = icons.image(look, size, dark=False, early=True)
        assert difference(muted, plain) >= 0.01
    for one, other in combinations(drawn, 2):
        assert difference(one, other) >= 0.02
