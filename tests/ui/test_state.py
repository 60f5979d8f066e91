"""Early signs, blocks, recovery, the own side and shared causes, in list and tray."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.evidence.cause import Cause
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Snapshot
from downlight.ui import light_view, presenter
from downlight.ui.kit.look import Look
from downlight.ui.light_view import tray
from downlight.ui.state import is_early, look_of, word_of
from tests.ui import made_up, uneasy
from tests.ui.made_up import NOW, plainly

if TYPE_CHECKING:
    from downlight.core.news import ServiceView
    from downlight.ui.views import Row


def rows(snapshot: Snapshot) -> dict[str, Row]:
    return {row.slug: row for row in presenter.rows(snapshot, NOW, zone=UTC)}


def alone(*views: ServiceView, **more: object) -> Snapshot:
    made = Snapshot(NOW, views, online=True)
    return replace(made, **more)  # type: ignore[arg-type]  # a table of fields


CALM = plainly("calm", "Calm", Level.OPERATIONAL)


def test_possible_trouble_is_a_ring_around_the_level_and_a_word() -> None:
    row = rows(uneasy.world())["chirp"]
    assert (row.look, row.early, row.word) == (
        Look.OPERATIONAL,
        True,
        "possible trouble",
    )
    assert row.spoken == "Chirp, possible trouble, 18 s old"
    unknown = rows(uneasy.world())["post"]
    assert (unknown.look, unknown.early) == (Look.UNKNOWN, True)


def test_trouble_that_is_believed_needs_no_ring() -> None:
    for made in (uneasy.blocked(), uneasy.recovering(), uneasy.crowded()):
        assert not is_early(made)


def test_a_block_has_a_mark_and_a_word_of_its_own() -> None:
    row = rows(uneasy.world())["wiki"]
    assert (row.look, row.word) == (Look.BLOCKED, "blocked here")
    assert row.line == "since 14:49 · Turkey"


def test_what_gets_better_is_said_to_recover() -> None:
    row = rows(uneasy.world())["pigeon"]
    assert (row.look, row.word) == (Look.PARTIAL, "partly down, recovering")
    assert "partly down, recovering" in row.spoken


def test_a_fault_of_the_own_line_is_your_side() -> None:
    assert word_of(uneasy.your_side()) == "your side"
    assert look_of(uneasy.your_side()) is Look.UNKNOWN
    assert word_of(uneasy.only_you()) == "only you, it seems"


def test_possible_trouble_comes_after_trouble_and_before_all_else() -> None:
    order = list(rows(uneasy.world()))
    assert order[-5:] == ["post", "chirp", "mail", "shop", "calm"]
    assert order[:6] == ["chatty", "pictures", "talk", "walkie", "pigeon", "wiki"]


def test_the_tray_bears_the_ring_while_nothing_is_worse() -> None:
    light = tray(alone(CALM, uneasy.early()), UTC)
    assert (light.look, light.early, light.worst) == (Look.OPERATIONAL, True, "chirp")
    assert [(line.text, line.early) for line in light.lines] == [
        ("Chirp: possible trouble", True)
    ]
    worse = tray(alone(CALM, uneasy.early(), uneasy.blocked()), UTC)
    assert (worse.look, worse.early, worse.worst) == (Look.BLOCKED, False, "wiki")


def test_the_tooltip_tells_of_possible_trouble() -> None:
    tooltip = tray(alone(CALM, uneasy.early()), UTC).tooltip
    assert tooltip == (
        "Possible trouble with Chirp: "
        "People write more than usual: ×3.5 the usual reports, 14 people."
    )
    replayed = tray(alone(uneasy.early(), replay="a day"), UTC).tooltip
    assert replayed.startswith("Replay of a day: Possible trouble with Chirp: ")


def test_the_tooltip_tells_of_trouble_first() -> None:
    tooltip = tray(alone(uneasy.early(), uneasy.blocked()), UTC).tooltip
    first, second = tooltip.split("\n")
    assert first.startswith("Wiki seems to be blocked in Turkey since 14:49.")
    assert second.startswith("Possible trouble with Chirp: ")


def test_of_many_early_signs_the_tooltip_counts_the_rest() -> None:
    views = [uneasy.early() for _ in range(light_view.EARLY_NAMED + 2)]
    said = tray(alone(*views), UTC).tooltip.split("\n")
    assert said[-1] == "Possible trouble with 2 more."
    assert len(said) == light_view.EARLY_NAMED + 1


def test_early_signs_beyond_the_menu_are_counted_as_such() -> None:
    views = [uneasy.early() for _ in range(light_view.MENU_LINES + 2)]
    last = tray(alone(*views), UTC).lines[-1]
    assert (last.text, last.early) == ("2 more perhaps …", True)


@pytest.mark.parametrize("online", [True, False])
def test_what_is_wrong_with_the_own_line_is_said_once(online: bool) -> None:
    words = uneasy.PORTAL_WORDS
    snapshot = alone(uneasy.your_side(), line=words, online=online)
    [strip] = presenter.banners(snapshot)
    assert strip.text.startswith(f"{words}.")
    assert strip.kind == ("line" if online else "offline")
    assert strip.text.endswith("known before.") is not online
    light = tray(snapshot, UTC)
    assert light.tooltip.count(words) == 1
    assert light.lines[0].text == words
    assert "You are offline" not in f"{strip.text}{light.tooltip}{light.lines}"


def test_without_a_finding_offline_is_called_by_its_name() -> None:
    [strip] = presenter.banners(made_up.offline())
    assert strip.text == "You are offline. What is shown is what was known before."


def test_monitoring_that_stopped_matters_more_than_early_signs() -> None:
    stopped = alone(uneasy.early(), trouble="Monitoring stopped.", line="Odd")
    assert tray(stopped, UTC).tooltip == "Monitoring stopped."


def test_what_is_in_trouble_together_is_said_once_above_its_services() -> None:
    views, cause = uneasy.house()
    lines = tray(alone(*views, CALM, causes=(cause,)), UTC).lines
    assert lines[0].text == "Meta: Pictures, Talk & More and Walkie are in trouble"
    assert (lines[0].slug, lines[0].look) == ("pictures", Look.MAJOR)
    assert [line.slug for line in lines[1:]] == ["pictures", "talk", "walkie"]


def test_who_is_left_of_a_cause_is_not_together_with_anybody() -> None:
    views, cause = uneasy.house()
    left = alone(views[0], CALM, causes=(cause,))
    assert len(tray(left, UTC).lines) == 1
    assert presenter.together(left, "pictures") is None


def test_a_cause_that_is_too_long_for_the_menu_is_counted() -> None:
    views, cause = uneasy.house()
    long = tuple(
        replace(v, service=replace(v.service, name=f"{v.service.name} of the World"))
        for v in views
    )
    lines = tray(alone(*long, causes=(cause,)), UTC).lines
    assert lines[0].text == "Meta: 3 services are in trouble"
    nameless = replace(cause, name="", house="")
    lines = tray(alone(*long, causes=(nameless,)), UTC).lines
    assert lines[0].text == "3 services are in trouble"


def test_the_page_names_the_others() -> None:
    views, cause = uneasy.house()
    found = presenter.together(alone(*views, causes=(cause,)), "talk")
    assert found is not None
    assert (found.label, found.more) == ("Together with:", "")
    assert found.others == (("pictures", "Pictures"), ("walkie", "Walkie"))
    assert presenter.together(alone(*views, causes=(cause,)), "calm") is None


def test_what_fell_at_once_claims_no_house_and_counts_the_many() -> None:
    views = [plainly(f"s{n}", f"S{n}", Level.MAJOR) for n in range(9)]
    slugs = tuple(ServiceSlug(f"s{n}") for n in range(9))
    flood = Cause("@", "", slugs, NOW - timedelta(minutes=5))
    found = presenter.together(alone(*views, causes=(flood,)), "s0")
    assert found is not None
    assert found.label == "At the same time as:"
    assert len(found.others) == presenter.PEERS_NAMED
    assert found.more == "and 2 more"
