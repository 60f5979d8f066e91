"""The past of services: looked up once, for all pages, and only while one is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from shiboken6 import delete

from downlight.core.errors import DownlightError, StorageError
from downlight.core.history.past import Past
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.ui.glance import Glance
from downlight.ui.now.recall import Recall
from downlight.ui.pasts import FRESH, Pasts
from tests.core.history.pasts import DAY, outage
from tests.ui import made_up
from tests.ui.made_up import NOW
from tests.ui.show_history import Archivist, many
from tests.ui.test_window import Stage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from downlight.ui.window import Window

ACME, OTHER = made_up.service("acme", "Acme"), made_up.service("other", "Other")
PAST = Past(ACME, NOW, many(4))
SLUG = ServiceSlug("acme")


def glance(level: Level | None = Level.OPERATIONAL, slug: str = "acme") -> Glance:
    return Glance(made_up.plainly(slug, slug.title(), level), NOW, zone=UTC)


def later(before: Glance, by: timedelta) -> Glance:
    return replace(before, now=before.now + by)


def rest(recall: Recall) -> None:
    """Let the moment pass after which the past is looked up."""
    if recall._rest.isActive():
        recall._rest.stop()
        recall._rest.timeout.emit()


def test_who_asks_while_it_is_looked_up_is_told_of_the_same_look_up() -> None:
    archivist = Archivist(None)
    told: list[Any] = []
    pasts = Pasts(archivist)
    pasts.look(glance())
    pasts.find(glance(), lambda past: len(past.outages), told.append)
    assert archivist.asked == ["acme"]
    assert pasts.before(SLUG) is None
    archivist.answer(PAST)
    assert archivist.asked == ["acme"]
    assert told == [4]
    short = pasts.before(SLUG)
    assert short is not None
    assert [it.id for it in short.latest] == ["o3", "o2", "o1", "o0"]


def test_what_one_page_had_looked_up_holds_for_the_other() -> None:
    archivist = Archivist(PAST)
    told: list[Any] = []
    pasts = Pasts(archivist)
    pasts.find(glance(), lambda past: past, told.append)
    pasts.look(later(glance(), FRESH / 2))
    pasts.find(later(glance(), FRESH / 2), lambda past: past, told.append)
    assert archivist.asked == ["acme"]
    assert told == [PAST, PAST]
    assert pasts.found(later(glance(), FRESH / 2)) == NOW


@pytest.mark.parametrize(
    "other",
    [
        glance(Level.MAJOR),
        later(glance(), FRESH),
        later(glance(), -DAY),
        replace(glance(), view=replace(glance().view, since=NOW - DAY)),
    ],
    ids=["it is in trouble", "it is old", "the clock was set back", "it ended"],
)
def test_another_state_is_looked_up_anew(other: Glance) -> None:
    archivist = Archivist(PAST)
    pasts = Pasts(archivist)
    pasts.look(glance())
    assert pasts.found(other) is None
    pasts.look(other)
    assert archivist.asked == ["acme", "acme"]


def test_in_a_storm_of_news_about_one_outage_it_is_looked_up_once() -> None:
    archivist = Archivist(PAST)
    pasts = Pasts(archivist)
    for number in range(30):
        level = (Level.DEGRADED, Level.PARTIAL, Level.MAJOR)[number % 3]
        pasts.look(later(glance(level), timedelta(milliseconds=number)))
    assert archivist.asked == ["acme"]


@pytest.mark.parametrize("level", [None, Level.MAINTENANCE])
def test_what_is_no_outage_makes_no_other_past(level: Level | None) -> None:
    archivist = Archivist(PAST)
    pasts = Pasts(archivist)
    pasts.look(glance())
    pasts.look(glance(level))
    assert archivist.asked == ["acme"]


def test_what_is_forgotten_is_still_shown_and_looked_up_anew() -> None:
    archivist = Archivist(PAST)
    pasts = Pasts(archivist)
    pasts.forget(SLUG)
    pasts.look(glance())
    pasts.forget(SLUG)
    assert pasts.before(SLUG) is not None
    pasts.look(glance())
    assert archivist.asked == ["acme", "acme"]


def test_what_became_outdated_while_it_was_looked_up_does_not_hold() -> None:
    archivist = Archivist(None)
    pasts = Pasts(archivist)
    pasts.look(glance())
    pasts.forget(SLUG)
    archivist.answer(PAST)
    assert pasts.before(SLUG) is not None
    assert pasts.found(glance()) is None
    pasts.look(glance())
    archivist.answer(PAST)
    assert archivist.asked == ["acme", "acme"]
    assert pasts.found(glance()) == NOW


def test_a_look_up_that_fails_says_why_and_the_next_one_makes_it_good() -> None:
    archivist = Archivist(StorageError("no disk"))
    told: list[Any] = []
    pasts = Pasts(archivist)
    heard: list[str] = []
    pasts.changed = heard.append
    pasts.find(glance(), lambda past: past, told.append)
    assert isinstance(pasts.failed(SLUG), DownlightError)
    assert told == [archivist.known]
    archivist.known = PAST
    pasts.look(glance())
    assert pasts.failed(SLUG) is None
    assert heard == ["acme", "acme"]


def test_it_is_said_only_when_the_past_in_short_is_another_one() -> None:
    archivist = Archivist(PAST)
    pasts = Pasts(archivist)
    heard: list[str] = []
    pasts.changed = heard.append
    pasts.look(glance())
    pasts.look(glance(Level.MAJOR))
    assert archivist.asked == ["acme", "acme"]
    assert heard == ["acme"]
    archivist.known = replace(PAST, outages=(*PAST.outages, outage(NOW - DAY)))
    pasts.look(glance())
    assert heard == ["acme", "acme"]


@pytest.mark.usefixtures("qapp")
def test_it_is_asked_for_once_for_each_state_that_stays_for_a_moment() -> None:
    archivist = Archivist(PAST)
    recall = Recall(Pasts(archivist))
    recall.look(glance(slug="other"))
    recall.look(glance())
    assert archivist.asked == []
    rest(recall)
    assert archivist.asked == ["acme"]
    for minutes in range(0, 60, 5):
        recall.look(later(glance(), timedelta(minutes=minutes)))
        assert not recall._rest.isActive()
    recall.look(glance(Level.MAJOR))
    assert recall._rest.isActive()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("by", [FRESH, -FRESH])
def test_what_could_not_be_looked_up_is_tried_again_after_a_while(
    by: timedelta,
) -> None:
    archivist = Archivist(None)
    recall = Recall(Pasts(archivist))
    recall.look(glance())
    rest(recall)
    archivist.answer(StorageError("in use"))
    recall.look(later(glance(), FRESH / 2))
    rest(recall)
    assert archivist.asked == ["acme"], "not at once"
    recall.look(later(glance(), by))
    rest(recall)
    assert archivist.asked == ["acme", "acme"]
    recall.look(later(glance(), by))
    rest(recall)
    assert archivist.asked == ["acme", "acme"], "it is on its way"
    archivist.answer(PAST)
    recall.look(later(glance(), 3 * by))
    rest(recall)
    assert archivist.asked == ["acme", "acme"], "it is known now"


@pytest.mark.usefixtures("qapp")
def test_who_looks_away_waits_for_nothing_and_who_comes_back_asks_what_is_old() -> None:
    archivist = Archivist(PAST)
    recall = Recall(Pasts(archivist))
    recall.look(glance())
    recall.leave()
    assert not recall._rest.isActive()
    for look, count in ((glance(), 1), (glance(), 1), (later(glance(), FRESH), 2)):
        recall.look(look)
        rest(recall)
        recall.leave()
        assert len(archivist.asked) == count


@pytest.mark.usefixtures("qapp")
def test_what_is_heard_when_the_window_was_let_go_is_dropped() -> None:
    archivist = Archivist(None)
    recall = Recall(Pasts(archivist))
    heard: list[str] = []
    recall.changed.connect(heard.append)
    recall.look(glance())
    rest(recall)
    delete(recall)
    archivist.answer(PAST)
    assert heard == []


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def tell(stage: Stage, slug: str) -> None:
    """Tell the past that was asked for last."""
    past = Past(made_up.service(slug, slug.title()), NOW, many(4))
    stage.wishes.tell_past(stage.wishes.make_past(past))


def order(window: Window) -> list[str]:
    """Return the cards from the top down, as they lie."""
    cards = window.page.now.cards
    return sorted(cards, key=lambda key: cards[key].y())


def test_the_past_comes_next_to_what_is_going_on_where_that_is_below_the_edge(
    stage: Stage,
) -> None:
    window = stage.open(slug="chatter")
    assert "before" not in window.page.now.cards
    rest(window._recall)
    assert stage.wishes.pasts == ["chatter"]
    seen = {key: card.y() for key, card in window.page.now.cards.items()}
    bottom = window.page.now.area.viewport().height()
    tell(stage, "chatter")
    assert order(window)[:3] == ["evidence", "incidents", "before"]
    cards = window.page.now.cards
    moved = [key for key, y in seen.items() if abs(cards[key].y() - y) > 1]
    assert moved
    assert all(seen[key] >= bottom for key in moved)


def test_the_past_stands_last_where_it_would_push_away_what_is_seen(
    stage: Stage,
) -> None:
    window = stage.open(slug="chatter")
    rest(window._recall)
    bar = window.page.now.area.verticalScrollBar()
    bar.setValue(bar.maximum() - 40)
    before = order(window), bar.value()
    tell(stage, "chatter")
    assert order(window) == [*before[0], "before"]
    assert bar.value() == before[1]
    window.side.choose("nimbus")
    window.side.choose("chatter")
    assert order(window)[2] == "before"


def test_time_alone_has_no_past_looked_up(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    rest(window._recall)
    tell(stage, "chatter")
    stage.time += timedelta(minutes=30)
    window._tick.timeout.emit()
    rest(window._recall)
    assert stage.wishes.pasts == ["chatter"], "time alone asks nobody"


def test_a_window_that_nobody_sees_asks_for_no_past(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    window.close()
    window.show_news(made_up.world(services=(made_up.chatter_before(),)))
    assert not window._recall._rest.isActive()
    stage.open(slug="chatter")
    window.page.tabs.choose("me")
    assert not window._recall._rest.isActive()
    window.page.tabs.choose("now")
    rest(window._recall)
    assert stage.wishes.pasts == ["chatter"]


def test_now_and_history_share_one_look_up(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    rest(window._recall)
    tell(stage, "chatter")
    card = window.page.now.cards["before"]
    card.act.click()
    assert window.page.tabs.key == "history"
    assert stage.wishes.pasts == ["chatter"]


def test_the_end_of_an_outage_has_the_past_looked_up_again(stage: Stage) -> None:
    window = stage.open(slug="chatter")
    rest(window._recall)
    tell(stage, "chatter")
    ended = made_up.plainly("chatter", "Chatter", Level.OPERATIONAL)
    window.show_news(made_up.world(services=(ended,)))
    rest(window._recall)
    assert stage.wishes.pasts == ["chatter", "chatter"]
    assert "before" in window.page.now.cards, "what is known stays meanwhile"
