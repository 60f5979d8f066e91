"""The page "Is it me?": while the ladder is climbed, and after."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from shiboken6 import delete

from downlight.core.about import About, Weakness
from downlight.core.errors import CatalogError, DownlightError
from downlight.core.news import Snapshot
from downlight.core.rungs.ladder import Climb, Outcome, Rung, Trouble, failed, unclear
from downlight.core.rungs.readings import Fault, Reading
from downlight.ui.about.sheet import AboutSheet
from downlight.ui.kit.look import Look
from downlight.ui.leaves import Shelf
from downlight.ui.me import view as me_view
from downlight.ui.me.sheet import MeSheet
from tests.ui import made_up
from tests.ui.made_up import NOW, world
from tests.ui.show import window as open_window
from tests.ui.show_me import DOWN, MINE, OWN, STATES, WELL, grid
from tests.ui.show_me import MS as MILLISECOND
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from downlight.core.model import ServiceSlug
    from downlight.ui.me.view import MeView
    from downlight.ui.window import Window


def view(climb: Climb) -> MeView:
    return me_view.climbed("Chatter", climb, NOW, NOW + timedelta(minutes=1), UTC)


def test_while_it_is_climbed_each_rung_shows_as_it_comes() -> None:
    shown = me_view.climbing("Chatter", OWN[:2])
    assert shown.busy
    assert [rung.word for rung in shown.rungs] == ["yes", "yes", "…", *[""] * 6]
    assert shown.rungs[2].spoken == "No log-in page in the way, being looked at"
    assert shown.rungs[8].spoken == "Chatter answers, not looked at"
    assert shown.copy == ""


@pytest.mark.parametrize(
    ("climb", "title"),
    [
        (WELL, "Your own line is fine. Chatter answers, seen from here."),
        (
            DOWN,
            "Your own line is fine. Where the trouble is cannot be told from here.",
        ),
        (MINE, "The trouble is on your side."),
        (
            Climb("Chatter", (*OWN, failed(Rung.NAME, Trouble.NAME_BLOCKED))),
            "The trouble is on the way to Chatter.",
        ),
        (
            Climb("Chatter", (*OWN, failed(Rung.NAME, Trouble.NAME_GONE))),
            "The trouble is with Chatter, not with you.",
        ),
        (
            Climb("Chatter", (*OWN, unclear(Rung.NAME))),
            "No trouble was found, but not all could be looked at.",
        ),
    ],
)
def test_the_title_says_whose_trouble_it_is(climb: Climb, title: str) -> None:
    assert view(climb).title == title


@pytest.mark.parametrize("climb", [WELL, DOWN, MINE])
def test_a_rung_that_fails_ends_the_ladder(climb: Climb) -> None:
    rungs = view(climb).rungs
    words = [rung.word for rung in rungs]
    assert len(rungs) == len(Rung)
    assert words == [*["yes"] * words.count("yes"), *words[words.count("yes") :]]
    if "no" in words:
        assert set(words[words.index("no") + 1 :]) <= {""}
        assert rungs[words.index("no")].look is Look.MAJOR


def test_every_outcome_has_a_mark_and_a_word() -> None:
    assert set(me_view.LOOKS) == set(Outcome)


def test_a_server_is_one_cell_however_many_of_its_doors_were_tried() -> None:
    half = (
        Reading("e1.x.example:443", connected=20 * MILLISECOND),
        Reading("e1.x.example:5222", fault=Fault.SILENT),
        Reading("e2.x.example:443", connected=9 * MILLISECOND),
        Reading("e3.x.example:443", fault=Fault.SILENT),
    )
    shown = view(Climb("Chatter", WELL.steps, grid=half))
    assert [(c.name, c.text, c.look) for c in shown.cells] == [
        ("e1.x.example", "1 of 2 ways answer", Look.DEGRADED),
        ("e2.x.example", "9 ms", Look.OPERATIONAL),
        ("e3.x.example", "no answer", Look.MAJOR),
    ]
    assert shown.count == "2 of 3 servers answer from here."


WEAK = Weakness("Names are lost", "t", "s", rungs=(Rung.CONNECT,))


def test_the_rung_that_fails_leads_to_how_the_service_fails_there() -> None:
    def shown(climb: Climb, *weak: Weakness) -> MeView:
        return me_view.climbed("Chatter", climb, NOW, NOW, UTC, weak)

    here = shown(DOWN, WEAK)
    links = [rung.link for rung in here.rungs if rung.link]
    assert links == ["How Chatter fails when it ends here"]
    assert here.rungs[list(Rung).index(Rung.CONNECT)].link
    assert here.ended is Rung.CONNECT
    for other in (shown(DOWN), shown(WELL, WEAK), shown(MINE, WEAK)):
        assert other.ended is None
        assert not any(rung.link for rung in other.rungs)


def written(slug: ServiceSlug) -> About | None:
    if slug == "post":
        raise CatalogError("post.toml: torn")
    return About(weaknesses=(WEAK,)) if slug == "chatter" else None


def test_from_where_it_ends_one_comes_to_how_it_fails(
    qtbot: QtBot, wishes: Granted
) -> None:
    window = open_window(world(), "chatter", wishes=wishes, shelf=Shelf(about=written))
    qtbot.add_widget(window)
    window.page.tabs.choose("me")
    fails = sheet(window).ladder.fails
    assert not fails.isVisible()
    wishes.tell_climb(DOWN)
    assert fails.isVisible()
    assert fails.text() == "How Chatter fails when it ends here"
    fails.click()
    assert window.page.tabs.key == "about"
    about = window.page.sheet("about")
    assert isinstance(about, AboutSheet)
    qtbot.wait_until(lambda: "weak" in about.cards)
    assert [line.line.tags for line in about.cards["weak"].lines] == [
        ("may end there",)
    ]
    window.page.tabs.choose("now")
    window.page.tabs.choose("about")
    assert [line.line.tags for line in about.cards["weak"].lines] == [()]


def test_where_nothing_is_written_no_link_leads_anywhere(
    qtbot: QtBot, wishes: Granted
) -> None:
    shelf = Shelf(about=written)
    window = open_window(world(), "post", wishes=wishes, shelf=shelf)
    qtbot.add_widget(window)
    window.page.tabs.choose("me")
    for slug in ("post", "calm"):
        window.side.choose(slug)
        sheet(window).look()
        wishes.tell_climb(DOWN)
        assert sheet(window).title.text().startswith("Your own line is fine.")
        assert not sheet(window).ladder.fails.isVisible()


def test_of_a_persons_own_service_no_shipped_file_tells_how_it_fails(
    qtbot: QtBot, wishes: Granted
) -> None:
    own = made_up.plainly("chatter", "Mine", None, own=True)
    shelf = Shelf(about=written)
    window = open_window(Snapshot(NOW, (own,)), wishes=wishes, shelf=shelf)
    qtbot.add_widget(window)
    window.page.tabs.choose("me")
    wishes.tell_climb(DOWN)
    assert not sheet(window).ladder.fails.isVisible()


def test_what_may_be_copied_names_no_service_of_the_person() -> None:
    own = Climb("My secret box", WELL.steps, grid=grid(), private=True)
    shown = me_view.climbed("My secret box", own, NOW, NOW, UTC)
    assert "secret" not in shown.copy
    assert "Names are found: yes (12 ms)" in shown.copy


@pytest.fixture
def wishes() -> Granted:
    return Granted()


@pytest.fixture
def window(qtbot: QtBot, wishes: Granted) -> Window:
    made = open_window(world(), "chatter", wishes=wishes)
    qtbot.add_widget(made)
    made.page.tabs.choose("me")
    return made


def sheet(window: Window) -> MeSheet:
    found = window.page.sheet("me")
    assert isinstance(found, MeSheet)
    return found


def test_who_opens_the_page_has_asked(window: Window, wishes: Granted) -> None:
    assert wishes.climbs == ["chatter"]
    assert sheet(window).title.text() == "Looking whether it is you or Chatter …"
    assert not sheet(window).again.isEnabled()


def test_what_came_of_it_stays_and_can_be_asked_again(
    window: Window, wishes: Granted
) -> None:
    wishes.step(OWN[0])
    assert [line.look for line in sheet(window).ladder.rungs][:2] == [
        Look.OPERATIONAL,
        None,
    ]
    wishes.tell_climb(DOWN)
    assert sheet(window).count.text() == "2 of 16 servers answer from here."
    window.page.tabs.choose("now")
    window.page.tabs.choose("me")
    assert wishes.climbs == ["chatter"]
    sheet(window).again.click()
    assert wishes.climbs == ["chatter", "chatter"]
    assert not sheet(window).copy.isVisible()


def test_who_goes_through_the_list_asks_about_the_one_he_stays_with(
    window: Window, wishes: Granted, qtbot: QtBot
) -> None:
    wishes.tell_climb(WELL)
    for slug in ("post", "hush", "calm"):
        window.side.choose(slug)
    qtbot.wait_until(lambda: len(wishes.climbs) > 1)
    assert wishes.climbs == ["chatter", "calm"]
    wishes.tell_climb(MINE)
    window.side.choose("chatter")
    assert sheet(window).title.text().startswith("Your own line is fine. Chatter")


@pytest.mark.parametrize("by", ["window", "tab"])
def test_who_turns_away_in_time_asks_about_nothing(
    window: Window, wishes: Granted, by: str
) -> None:
    wishes.tell_climb(WELL)
    window.side.choose("calm")
    pause = sheet(window)._pause
    assert pause.isActive()
    if by == "window":
        window.close()
    else:
        window.page.tabs.choose("now")
    assert not pause.isActive()
    assert wishes.climbs == ["chatter"]
    window.open_page("calm", "me")
    assert pause.isActive()


def test_what_stands_in_the_way_is_said(window: Window, wishes: Granted) -> None:
    error = DownlightError("a proxy")
    error.title, error.hint = "Not tested", "This test goes straight."
    wishes.tell_climb(error)
    assert sheet(window).title.text() == "Not tested."
    assert "This test goes straight." in sheet(window).text.text()
    assert sheet(window).again.isEnabled()


def test_the_copy_goes_to_the_clipboard(window: Window, wishes: Granted) -> None:
    wishes.tell_climb(DOWN)
    sheet(window).copy.click()
    assert "Your own line" not in QGuiApplication.clipboard().text()
    assert "The servers of Chatter take connections: NO" in (
        QGuiApplication.clipboard().text()
    )
    assert sheet(window).aside.text() == "Copied."


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_drawn(qtbot: QtBot, state: str) -> None:
    made = STATES[state]()
    qtbot.add_widget(made)
    made.resize(720, 460)
    assert not made.grab().isNull()


def test_nothing_is_asked_when_a_climb_ends_that_nobody_waits_for(
    window: Window, wishes: Granted
) -> None:
    window.side.choose("calm")
    window.page.tabs.choose("now")
    wishes.tell_climb(WELL)
    assert not sheet(window)._pause.isActive()
    window.page.tabs.choose("me")
    assert sheet(window)._pause.isActive()


def test_that_it_was_copied_is_said_for_a_while_only(
    window: Window, wishes: Granted
) -> None:
    wishes.tell_climb(DOWN)
    looked = sheet(window).aside.text()
    sheet(window).copy.click()
    assert sheet(window).aside.text() == "Copied."
    sheet(window)._copied.timeout.emit()
    assert sheet(window).aside.text() == looked


def test_what_was_seen_long_ago_is_not_said_of_now() -> None:
    soon = me_view.climbed("Chatter", MINE, NOW, NOW + me_view.LASTS, UTC)
    assert soon.aside == "Looked at 15:14."
    later = NOW + me_view.LASTS + timedelta(seconds=1)
    then = me_view.climbed("Chatter", MINE, NOW, later, UTC)
    assert then.aside == "Looked at 15:14; it may be otherwise now."


@pytest.mark.usefixtures("qapp")
def test_what_is_heard_when_the_window_was_let_go_is_dropped(wishes: Granted) -> None:
    made = open_window(world(), "chatter", wishes=wishes)
    made.page.tabs.choose("me")
    page = sheet(made)
    delete(made)
    wishes.step(OWN[0])
    wishes.tell_climb(DOWN)
    assert page._known == {}
