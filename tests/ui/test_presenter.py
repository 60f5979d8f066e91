"""Words, marks and order of the tray and of the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from downlight.core.level import Level
from downlight.core.model import Maintenance, MaintenanceState, ServiceSlug
from downlight.core.news import ServiceView, Snapshot
from downlight.core.telling.mute import Mute
from downlight.ui import light_view, presenter
from downlight.ui.ages import ago, short_age
from downlight.ui.kit.look import RANK, Look
from downlight.ui.views import LOOK_WORDS, MenuLine, Row
from tests.core.spoken import turkish
from tests.ui import made_up
from tests.ui.made_up import NOW, plainly, world


@pytest.mark.parametrize("level", [None, *Level])
def test_each_level_has_a_mark_and_a_word_of_its_own(level: Level | None) -> None:
    others = {Look.of(other) for other in (None, *Level) if other is not level}
    assert Look.of(level) not in others
    assert LOOK_WORDS[Look.of(level)] not in {LOOK_WORDS[look] for look in others}
    assert len(RANK) == len(Look)


def test_the_worst_service_comes_first_and_what_is_well_last() -> None:
    looks = [row.look for row in presenter.rows(world(), NOW, zone=UTC)]
    assert looks == sorted(looks, key=RANK.__getitem__)
    assert looks[0] is Look.MAJOR
    assert looks[-1] is Look.OPERATIONAL


def test_what_is_not_known_stands_above_what_is_known_to_be_well() -> None:
    snapshot = Snapshot(
        NOW, (plainly("a", "A", Level.OPERATIONAL), plainly("b", "B", None))
    )
    assert [row.name for row in presenter.rows(snapshot, NOW)] == ["B", "A"]


def test_equals_are_ordered_by_name_whatever_its_case() -> None:
    views = [plainly(n.lower(), n, Level.OPERATIONAL) for n in ("beta", "Alpha", "Cee")]
    rows = presenter.rows(Snapshot(NOW, tuple(views)), NOW)
    assert [row.name for row in rows] == ["Alpha", "beta", "Cee"]


def test_a_row_says_what_since_when_and_where() -> None:
    [row] = presenter.rows(world(), NOW, "chatter", UTC)
    assert (row.word, row.age) == ("partly down", "12 s")
    assert row.line == "since 14:02 · Brazil and Spain"
    assert row.spoken == (
        "Chatter, partly down, since 14:02 · Brazil and Spain, 12 s old"
    )


def test_a_row_that_is_muted_says_until_when_beside_its_word() -> None:
    mutes = {ServiceSlug("chatter"): Mute(NOW, NOW + timedelta(hours=1))}
    [row] = presenter.rows(world(), NOW, "chatter", UTC, mutes)
    assert row.hushes.until == "until 16:14"
    [free] = presenter.rows(world(), NOW, "chatter", UTC)
    assert not free.hushes.until


def test_an_age_in_another_language_is_told_from_what_was_just_heard() -> None:
    words = {"now": "şimdi", "{age} old": "{age} önceki bilgi", "just now": "az önce"}
    with turkish(words):
        late = NOW - timedelta(seconds=40)
        row = Row(ServiceSlug("s"), Look.MAJOR, "S", "down", "", short_age(NOW, NOW))
        assert (ago(NOW, NOW), row.spoken) == ("az önce", "S, down, şimdi")
        old = replace(row, age=short_age(late, NOW))
        assert old.spoken == "S, down, 40 s önceki bilgi"


def test_a_row_without_any_answer_has_no_age() -> None:
    [row] = presenter.rows(world(), NOW, "rune")
    assert (row.word, row.line, row.age) == ("not known", "", "")
    assert row.spoken == "Rune, not known"


def test_a_row_that_waits_for_its_first_answer_says_so() -> None:
    [row] = presenter.rows(world(asking=True), NOW, "rune")
    assert row.word == "asking …"


def test_offline_is_said_of_each_service_and_never_as_its_own_fault() -> None:
    rows = presenter.rows(made_up.offline(), NOW)
    assert {row.look for row in rows} == {Look.OFFLINE}
    assert {row.word for row in rows} == {"you are offline"}


def test_the_search_knows_other_names() -> None:
    assert [r.slug for r in presenter.rows(world(), NOW, "chattercorp")] == ["chatter"]
    assert presenter.rows(world(), NOW, "nothing such") == ()


def test_the_tray_shows_the_worst_and_a_click_leads_there() -> None:
    view = light_view.tray(world(), UTC)
    assert (view.look, view.worst, view.replay) == (Look.MAJOR, "nimbus", False)


def test_the_tray_names_each_problem_in_one_line_worst_first() -> None:
    *lines, planned = light_view.tray(world(), UTC).lines
    assert [line.slug for line in lines] == ["nimbus", "chatter", "post", "slow"]
    assert planned.look is Look.MAINTENANCE
    assert lines[1].text == "Chatter: partly down · since 14:02 · Brazil and Spain"
    assert lines[3].text == "Snail: troubled"
    assert all(len(line.text) <= light_view.MENU_LENGTH for line in lines)


HOUR = timedelta(hours=1)
RUNNING = MaintenanceState.IN_PROGRESS
PLANNED = MaintenanceState.SCHEDULED


def planned(
    slug: str, *works: tuple[MaintenanceState, float, float], now: datetime = NOW
) -> ServiceView:
    """Return a service that is well, with work in so many hours until so many."""
    told = tuple(
        Maintenance(f"{n}", "Work", state, now + begin * HOUR, now + end * HOUR)
        for n, (state, begin, end) in enumerate(works)
    )
    calm = plainly(slug, slug.title(), Level.OPERATIONAL)
    [found] = calm.evidence
    report = found.standing.report
    assert report is not None
    standing = replace(
        found.standing, report=replace(report, at=now, maintenances=told)
    )
    return replace(calm, evidence=(replace(found, standing=standing),))


@pytest.mark.parametrize(
    ("work", "text"),
    [
        ((PLANNED, 2, 3), "Planned: Acme, 17:14"),
        ((PLANNED, 12, 15), "Planned: Acme, tomorrow 03:14"),
        ((PLANNED, -1, 2), "Planned: Acme, until 17:14"),
        ((RUNNING, -1, 2), "Planned: Acme, until 17:14"),
        ((RUNNING, -1, 24), "Planned: Acme, until 5 Mar 15:14"),
        ((RUNNING, -3, -1), "Planned: Acme, going on"),
    ],
)
def test_planned_work_is_named_once_in_the_menu(
    work: tuple[MaintenanceState, float, float], text: str
) -> None:
    view = light_view.tray(Snapshot(NOW, (planned("acme", work),)), UTC)
    assert view.lines == (MenuLine("acme", Look.MAINTENANCE, text),)
    assert view.look is Look.OPERATIONAL


def test_the_day_after_tomorrow_is_not_called_tomorrow() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    eve = datetime(2026, 3, 28, 23, 30, tzinfo=berlin).astimezone(UTC)
    work = planned("acme", (PLANNED, 24, 25), now=eve)
    [line] = light_view.tray(Snapshot(eve, (work,)), berlin).lines
    assert line.text == "Planned: Acme, 30 Mar 00:30", "the day between has 23 hours"


def test_planned_work_of_a_service_that_is_muted_bears_a_muted_mark() -> None:
    mutes = {ServiceSlug("acme"): Mute(NOW, NOW + HOUR)}
    views = (planned("acme", (PLANNED, 2, 3)),)
    [line] = light_view.tray(Snapshot(NOW, views), UTC, mutes).lines
    assert line.muted


def test_of_several_planned_works_the_first_is_named_below_all_trouble() -> None:
    views = (
        planned("far", (PLANNED, 30, 31)),
        planned("soon", (PLANNED, 1, 2)),
        planned("here", (PLANNED, 3, 4), (RUNNING, -1, 1)),
        plainly("bad", "Bad", Level.MAJOR),
    )
    lines = light_view.tray(Snapshot(NOW, views), UTC).lines
    assert [line.slug for line in lines] == ["bad", "here"]
    assert lines[1].text == "Planned: Here, until 16:14 · 1 more"


def test_a_long_name_leaves_room_for_what_is_wrong() -> None:
    text = light_view.tray(world(), UTC).lines[0].text
    assert text.startswith("Nimbus Cloud Platform for Very…: down · since 14:49")


def test_more_problems_than_the_menu_holds_are_counted() -> None:
    views = tuple(plainly(f"s{n}", f"S{n}", Level.MAJOR) for n in range(12))
    lines = light_view.tray(Snapshot(NOW, views)).lines
    assert len(lines) == light_view.MENU_LINES + 1
    assert (lines[-1].slug, lines[-1].text) == ("", "4 more in trouble …")


def test_offline_the_tray_blames_nobody() -> None:
    view = light_view.tray(made_up.offline())
    assert view.look is Look.OFFLINE
    assert [line.text for line in view.lines] == ["You are offline"]


def test_a_tray_without_services_is_grey_and_leads_nowhere() -> None:
    view = light_view.tray(Snapshot(NOW))
    assert (view.look, view.lines, view.worst) == (Look.UNKNOWN, (), "")


def test_a_replay_is_marked() -> None:
    view = light_view.tray(world(replay="a bad day"))
    assert view.replay
    assert view.tooltip.startswith("Replay of a bad day: ")


def test_a_tooltip_holds_nothing_a_panel_could_take_for_markup() -> None:
    views = (plainly("x", "<b>Bold</b> & Co", Level.MAJOR),)
    tooltip = light_view.tray(Snapshot(NOW, views, online=True)).tooltip
    assert "‹b›Bold‹/b› & Co" in tooltip
    assert "<" not in tooltip


def test_banners_come_most_important_first() -> None:
    snapshot = replace(made_up.offline(), replay="a day", trouble="The disk is full.")
    strips = presenter.banners(snapshot, ["Line 3 is odd."], tray_here=False, zone=UTC)
    assert [strip.kind for strip in strips] == [
        "replay",
        "trouble",
        "offline",
        "settings",
        "no tray",
    ]
    assert strips[0].text == (
        "Replay of a day, at 4 Mar 2026 15:14. Nothing here happens now."
    )
    assert strips[3].text == "Line 3 is odd."


def test_when_all_is_in_order_no_banner_is_up() -> None:
    assert presenter.banners(world()) == ()
    assert presenter.banners(None) == ()


def test_offline_it_promises_nothing_that_was_never_known() -> None:
    never = replace(made_up.plainly("a", "A", None), evidence=())
    [strip] = presenter.banners(Snapshot(NOW, (never,), online=False))
    assert strip.text == (
        "You are offline. Nothing is known until something answers; Downlight keeps "
        "asking."
    )


def test_an_empty_list_says_why() -> None:
    none = "No watched service matches “zz”."
    assert presenter.empty_words(world(), " zz ") == (
        f"{none} “Add a service …” searches all there are."
    )
    assert presenter.empty_words(world(replay="a day"), "zz") == none
    assert presenter.empty_words(Snapshot(NOW)) == "Nothing is watched yet."
    assert presenter.empty_words(Snapshot(NOW, asking=True)) == "Asking …"
    stopped = Snapshot(NOW, trouble="Monitoring stopped.")
    assert presenter.empty_words(stopped) == "Nothing is known now."


def test_a_failed_attempt_counts_as_asked_but_not_as_answered() -> None:
    silent = made_up.silent()
    assert presenter.last_attempt(silent) == NOW - timedelta(minutes=1)
    assert presenter.last_answer(silent) == NOW - timedelta(minutes=200)
    assert presenter.last_attempt(replace(silent, evidence=())) is None


def test_what_was_told_this_moment_is_not_counted_in_seconds() -> None:
    [row] = presenter.rows(
        Snapshot(NOW, (plainly("a", "A", Level.OPERATIONAL),)),
        NOW - timedelta(seconds=31),
    )
    assert (row.age, row.spoken) == ("now", "A, all well, now")
    assert (ago(NOW, NOW), ago(NOW - timedelta(seconds=9), NOW)) == (
        "just now",
        "9 s ago",
    )
