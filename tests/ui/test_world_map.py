"""The map as a person uses it, by mouse and by keys, and how it is coloured."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from downlight.core.places.worldmap import project
from downlight.ui.kit.theme import Theme, contrast
from downlight.ui.regions.map_eye import CLOSEST, MIDDLE, RATIO, Eye, toward
from downlight.ui.regions.map_paint import ON_LAND, PATTERNS, colours, fill, land, sea
from downlight.ui.regions.map_picture import SMALL
from downlight.ui.regions.regions import LEGEND, Spot, State
from downlight.ui.regions.world_map import KEYS, WorldMap
from tests.ui import palettes
from tests.ui.show_regions import lands

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QPalette
    from pytestqt.qtbot import QtBot

SPOTS = (
    Spot("BR", State.DOWN, whole=True, said="Brazil: down"),
    Spot("IR", State.BLOCKED, whole=True, said="Iran: looks blocked"),
    Spot("SG", State.DOWN, whole=False, said="Singapore: down"),
    Spot("TR", State.FINE, whole=True, said="Turkey: fine"),
    Spot("US", State.FINE, whole=True, said="United States: fine"),
)
TURKEY = (35.2, 39.0)
BRAZIL = (-52.0, -10.0)


@pytest.fixture
def shown(qtbot: QtBot) -> WorldMap:
    made = WorldMap(lands())
    qtbot.addWidget(made)
    made.resize(720, 340)
    made.show_spots(SPOTS, "TR")
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def glide(over: QWidget, spot: QPoint) -> None:
    """Move the mouse there, whatever windows other tests have left."""
    none = Qt.MouseButton.NoButton
    where = QPointF(over.mapToGlobal(spot))
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(spot),
        where,
        none,
        none,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(over, moved)


def spot_of(shown: WorldMap, where: tuple[float, float]) -> QPoint:
    x, y = shown.eye.shows(project(where))
    return QPoint(round(x), round(y))


def press(shown: WorldMap, *keys: Qt.Key, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier(0)
    for key in keys:
        QTest.keyClick(shown, key, held)


@pytest.mark.parametrize("palette", [palettes.light, palettes.dark])
@pytest.mark.parametrize("state", State)
def test_a_pattern_stands_out_from_its_ground(
    palette: Callable[[], QPalette], state: State
) -> None:
    theme = Theme.of(palette())
    if state in PATTERNS:
        assert contrast(*colours(theme, state)) >= 3
    if state is not State.UNKNOWN:
        assert contrast(*colours(theme, state, whole=False)) >= 3


@pytest.mark.parametrize("palette", [palettes.light, palettes.dark])
def test_fills_without_a_pattern_keep_apart_where_they_touch(
    palette: Callable[[], QPalette],
) -> None:
    theme = Theme.of(palette())
    bare = [colours(theme, state)[0] for state in State if state not in PATTERNS]
    assert len(bare) == 2
    assert contrast(*bare) >= 3


@pytest.mark.parametrize("palette", [palettes.light, palettes.dark])
def test_the_line_between_countries_is_seen_on_every_colour(
    palette: Callable[[], QPalette],
) -> None:
    theme = Theme.of(palette())
    for state in set(State) - ON_LAND - {State.UNKNOWN}:
        assert contrast(sea(theme), colours(theme, state)[0]) >= 3
    assert land(theme) != sea(theme)


def test_no_two_patterns_are_alike_whatever_their_colours(qtbot: QtBot) -> None:
    theme = Theme.of(palettes.light())
    drawn: dict[State, list[bool]] = {}
    for state in PATTERNS:
        picture = QImage(16, 16, QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), fill(theme, state, 1.0))
        painter.end()
        ground = colours(theme, state)[0]
        spots = ((x, y) for x in range(16) for y in range(16))
        drawn[state] = [picture.pixelColor(*spot) == ground for spot in spots]
        assert True in drawn[state] and False in drawn[state]
    for one, other in combinations(PATTERNS, 2):
        assert drawn[one] != drawn[other]


def test_a_pattern_has_no_seams_on_a_fine_screen() -> None:
    theme = Theme.of(palettes.light())
    brush = fill(theme, State.DOWN, 2.0)
    assert brush.textureImage().width() == 16
    assert brush.transform().m11() == 0.5


def test_every_state_has_a_word_beside_the_map() -> None:
    assert set(LEGEND) == set(State)


def test_the_name_says_the_country_and_its_state(shown: WorldMap) -> None:
    assert shown.accessibleName() == "World map"
    shown.choose("BR")
    assert shown.accessibleName() == "World map. Brazil: down"
    shown.choose("FR")
    assert shown.accessibleName() == "World map. France: nothing known"
    assert shown.accessibleDescription() == KEYS


def test_a_click_chooses_the_country_below(shown: WorldMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.chosen) as told:
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=spot_of(shown, BRAZIL))
    assert told.args == ["BR"]
    assert shown.current == "BR"


def test_a_click_into_the_sea_or_of_another_button_chooses_nothing(
    shown: WorldMap, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(shown.chosen):
        QTest.mouseClick(
            shown, Qt.MouseButton.LeftButton, pos=spot_of(shown, (-40.0, 30.0))
        )
        QTest.mouseClick(shown, Qt.MouseButton.RightButton, pos=spot_of(shown, BRAZIL))


def test_a_mark_is_found_beside_the_point_it_stands_on(
    shown: WorldMap, qtbot: QtBot
) -> None:
    near = spot_of(shown, (103.8, 1.4)) + QPoint(4, 3)
    with qtbot.waitSignal(shown.chosen) as told:
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=near)
    assert told.args == ["SG"]


def test_the_mouse_tells_what_is_below_and_that_it_left(
    shown: WorldMap, qtbot: QtBot
) -> None:
    told: list[str] = []
    shown.pointed.connect(told.append)
    glide(shown, spot_of(shown, TURKEY))
    glide(shown, spot_of(shown, TURKEY) + QPoint(1, 0))
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Leave))
    assert told == ["TR", ""]
    assert shown.under == ""


def test_the_map_is_moved_by_the_mouse_and_nothing_is_chosen(
    shown: WorldMap, qtbot: QtBot
) -> None:
    press(shown, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    before = shown.eye
    at = spot_of(shown, (0.0, 0.0))
    with qtbot.assertNotEmitted(shown.chosen):
        QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseMove(shown, at + QPoint(2, 0))  # a trembling hand
        assert shown.eye == before
        QTest.mouseMove(shown, at + QPoint(50, 20))
        QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=at + QPoint(50, 20))
    assert shown.eye.x < before.x
    assert shown.eye.y < before.y


def test_arrows_go_to_the_next_country_of_which_something_is_known(
    shown: WorldMap,
) -> None:
    press(shown, Qt.Key.Key_Right)
    assert shown.current == "TR"  # it begins at home
    press(shown, Qt.Key.Key_Right)
    assert shown.current == "IR"
    press(shown, Qt.Key.Key_Right)
    assert shown.current == "SG"
    press(shown, Qt.Key.Key_Right)
    assert shown.current == "SG"  # there is nothing more to the right
    press(shown, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert shown.current in {"US", "BR"}


def test_arrows_begin_with_the_worst_where_nothing_is_known_of_home(
    shown: WorldMap,
) -> None:
    shown.show_spots(SPOTS[:2], "TR")
    press(shown, Qt.Key.Key_Down)
    assert shown.current == "BR"


def test_arrows_do_nothing_where_nothing_is_known(
    shown: WorldMap, qtbot: QtBot
) -> None:
    shown.show_spots((), "")
    with qtbot.assertNotEmitted(shown.chosen):
        press(shown, Qt.Key.Key_Down)


def test_keys_come_closer_go_back_and_show_it_all(shown: WorldMap) -> None:
    press(shown, Qt.Key.Key_Plus, Qt.Key.Key_Equal)
    assert shown.eye.close == pytest.approx(2.25)
    press(shown, Qt.Key.Key_Minus)
    assert shown.eye.close == pytest.approx(1.5)
    press(shown, Qt.Key.Key_Right, shift=True)
    assert shown.eye.x > 0
    press(shown, Qt.Key.Key_0)
    assert (shown.eye.close, shown.eye.x, shown.eye.y) == (1, *MIDDLE)
    press(shown, Qt.Key.Key_Plus, Qt.Key.Key_Escape)
    assert shown.eye.close == 1


def test_escape_is_for_the_window_when_all_is_shown(
    shown: WorldMap, qtbot: QtBot
) -> None:
    event = _key(Qt.Key.Key_Escape)
    shown.keyPressEvent(event)
    assert not event.isAccepted()
    other = _key(Qt.Key.Key_F5)
    shown.keyPressEvent(other)
    assert not other.isAccepted()


def _key(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier(0))


def test_the_buttons_do_what_the_keys_do(shown: WorldMap) -> None:
    buttons = shown.buttons.findChildren(QPushButton)
    names = {button.accessibleName(): button for button in buttons}
    assert set(names) == {"Closer", "Farther", "Show the whole world"}
    names["Closer"].click()
    names["Closer"].click()
    names["Farther"].click()
    assert shown.eye.close == pytest.approx(1.5)
    names["Show the whole world"].click()
    assert shown.eye == shown.eye.whole()


def test_the_wheel_comes_closer_to_what_is_below(shown: WorldMap) -> None:
    at = QPointF(spot_of(shown, BRAZIL))
    held = shown.eye.sees((at.x(), at.y()))
    event = QWheelEvent(
        at,
        shown.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier(0),
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(shown, event)
    assert event.isAccepted()
    assert shown.eye.close == pytest.approx(2.25)
    assert shown.eye.sees((at.x(), at.y())) == pytest.approx(held)


def test_a_country_out_of_sight_is_brought_into_it(shown: WorldMap) -> None:
    for _ in range(5):
        press(shown, Qt.Key.Key_Plus)
    assert not shown.eye.has(project(BRAZIL))
    shown.choose("BR")
    assert shown.eye.has(project(BRAZIL))
    shown.choose("AQ")
    assert shown.eye.has(project((0, -80))) or shown.eye.sees((0, 340))[1] > 1.2


def test_reset_shows_the_world_and_forgets_the_country(shown: WorldMap) -> None:
    shown.choose("BR")
    press(shown, Qt.Key.Key_Plus)
    shown.reset()
    assert (shown.current, shown.eye) == ("", shown.eye.whole())


def colour_at(shown: WorldMap, where: tuple[float, float]) -> QColor:
    image = shown.grab().toImage()
    return image.pixelColor(spot_of(shown, where))


def test_a_country_is_drawn_in_the_colour_of_its_state(shown: WorldMap) -> None:
    theme = Theme.of(QApplication.palette())
    assert colour_at(shown, TURKEY) == colours(theme, State.FINE)[0]
    assert colour_at(shown, (-40.0, 30.0)) == sea(theme)
    assert colour_at(shown, (2.0, 47.0)) == land(theme)
    shown.show_spots((Spot("FR", State.FINE, whole=True, said=""),), "")
    assert colour_at(shown, (2.0, 47.0)) == colours(theme, State.FINE)[0]
    assert colour_at(shown, TURKEY) == land(theme)


def test_it_is_drawn_anew_only_when_something_changed(shown: WorldMap) -> None:
    shown.grab()
    kept = shown._ground._plain.cacheKey()
    shown.choose("BR")
    shown.show_spots(SPOTS, "TR")
    glide(shown, spot_of(shown, TURKEY))
    shown.grab()
    assert shown._ground._plain.cacheKey() == kept
    shown.show_spots(SPOTS[1:], "TR")
    shown.grab()
    assert shown._ground._plain.cacheKey() != kept


def test_the_focus_is_seen(shown: WorldMap, qtbot: QtBot) -> None:
    with_it = shown.grab().toImage()
    shown.clearFocus()
    qtbot.waitUntil(lambda: not shown.hasFocus())
    assert shown.grab().toImage() != with_it


def test_an_eye_sees_where_it_shows() -> None:
    eye = Eye(800, 300).closer(3).moved(-120, 40)
    assert eye.shows(eye.sees((13, 250))) == pytest.approx((13, 250))


def test_an_eye_comes_neither_too_close_nor_too_far() -> None:
    eye = Eye(800, 300)
    assert eye.closer(1000).close == CLOSEST
    assert eye.closer(0.001) == eye


def test_the_sheet_cannot_be_pushed_out_of_sight() -> None:
    for push in ((9999, 0), (-9999, 0), (0, 9999), (0, -9999)):
        eye = Eye(800, 300).closer(4).moved(*push)
        assert abs(eye.x) < 2.74
        assert -1.4 < eye.y < 1.43
    assert Eye(800, 300).moved(9999, 0).x == 0  # all of it is there already


def test_an_eye_keeps_its_look_when_the_widget_grows() -> None:
    eye = Eye(800, 300).closer(4).turned(project(BRAZIL))
    assert eye.at_size(1200, 500).sees((600, 250)) == pytest.approx(
        eye.sees((400, 150))
    )
    assert 2.2 < RATIO < 2.4


def test_toward_prefers_what_is_straight_ahead() -> None:
    points = {"ahead": (2.0, 0.1), "aside": (1.0, 1.5), "behind": (-1.0, 0.0)}
    assert toward(points, (0, 0), (1, 0)) == "ahead"
    assert toward(points, (0, 0), (-1, 0)) == "behind"
    assert toward(points, (0, 0), (0, -1)) == ""


def test_a_small_country_on_both_edges_of_the_map_bears_a_mark(
    shown: WorldMap,
) -> None:
    [fiji] = [one for one in shown._seen if one.code == "FJ"]
    assert fiji.size < SMALL


def test_the_wheel_scrolls_the_page_where_the_map_goes_no_farther(
    shown: WorldMap,
) -> None:
    at = QPointF(spot_of(shown, BRAZIL))
    event = QWheelEvent(
        at,
        QPointF(shown.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    shown.wheelEvent(event)
    assert not event.isAccepted()
