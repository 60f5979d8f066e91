"""What is muted, in words, and what may be muted."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Snapshot
from downlight.core.telling.mute import EVERYTHING, Mute, Span
from downlight.ui import hush, presenter
from downlight.ui.light_view import tray
from downlight.ui.views import UNHUSHED, TrayView
from tests.ui.made_up import NOW, offline, plainly, world

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.ui.views import Hushes

A, B, C = ServiceSlug("a"), ServiceSlug("b"), ServiceSlug("c")
HOUR = Mute(NOW, NOW + timedelta(hours=1))
ENDS = Mute(NOW, episode="e")


def three() -> Snapshot:
    """Return two services in trouble and one that is well."""
    levels = (("a", Level.MAJOR), ("b", Level.PARTIAL), ("c", Level.OPERATIONAL))
    views = (plainly(slug, slug.upper(), level) for slug, level in levels)
    return Snapshot(NOW, tuple(views), online=True)


def light(mutes: Mapping[ServiceSlug, Mute], of: Snapshot | None = None) -> TrayView:
    return tray(of or three(), UTC, mutes)


def alone(slug: ServiceSlug, mutes: Mapping[ServiceSlug, Mute]) -> Hushes:
    view = next(v for v in three().services if v.service.slug == slug)
    return hush.service_hushes(view, three(), mutes, UTC)


def texts(found: Hushes) -> list[str]:
    return [offer.text for offer in found.offers]


def test_while_nothing_is_muted_nothing_is_said_of_it() -> None:
    shown = light({})
    assert (shown.hushes.said, shown.hushes.end, shown.muted) == ("", None, False)
    assert "uted" not in shown.tooltip
    assert not any(line.muted for line in shown.lines)


def test_everything_muted_is_said_last_and_seen_on_every_mark() -> None:
    shown = light({EVERYTHING: HOUR})
    assert shown.muted
    assert shown.tooltip.splitlines()[-1] == "Muted until 16:14."
    assert all(line.muted for line in shown.lines)
    assert shown.hushes.end is not None
    assert (shown.hushes.end.text, shown.hushes.end.slugs) == ("Unmute", ())


def test_another_day_is_named() -> None:
    late = Mute(NOW, NOW + timedelta(hours=16))
    assert light({EVERYTHING: late}).hushes.said == "Muted until Thursday 07:14"


def test_until_it_ends_is_of_those_that_are_in_trouble_now() -> None:
    offer = light({}).hushes.offers[-1]
    assert offer.text == "All 2 in trouble until each ends"
    assert (offer.span, offer.slugs) == (Span.END, (A, B))
    left = light({A: ENDS}).hushes.offers[-1]
    assert (left.text, left.slugs) == ("B until it ends", (B,))


def test_until_it_ends_is_not_offered_where_there_is_no_trouble_or_no_word() -> None:
    calm = Snapshot(NOW, three().services[2:], online=True)
    everything = ["Everything for 1 hour", "Everything for 4 hours"]
    everything.append("Everything until tomorrow")
    assert texts(light({}, calm).hushes) == everything
    assert texts(light({EVERYTHING: HOUR}).hushes) == everything
    assert texts(light({A: ENDS, B: HOUR}).hushes) == everything


def test_the_light_is_an_outline_only_when_all_trouble_is_muted() -> None:
    assert not light({A: ENDS}).muted
    assert light({A: ENDS, B: HOUR}).muted
    assert not light({C: HOUR}).muted
    assert not light({C: HOUR}, Snapshot(NOW, three().services[2:])).muted
    assert [line.muted for line in light({A: ENDS}).lines] == [True, False]


def test_one_service_is_named_and_several_are_counted() -> None:
    one = light({A: ENDS}).hushes
    assert one.said == "A is muted until it ends"
    assert one.end is not None
    assert (one.end.text, one.end.span, one.end.slugs) == ("Unmute A", None, (A,))
    two = light({A: ENDS, C: HOUR}).hushes
    assert two.said == "2 services are muted"
    assert two.end is not None
    assert (two.end.text, two.end.slugs) == ("Unmute 2 services", (A, C))


def test_everything_is_ended_before_single_services() -> None:
    both = light({EVERYTHING: HOUR, A: ENDS}).hushes
    assert both.end is not None
    assert both.end.slugs == ()


def test_a_service_that_is_not_watched_is_no_matter() -> None:
    assert light({ServiceSlug("gone"): HOUR}).hushes == light({}).hushes


def test_what_is_over_is_not_shown_though_nobody_said_so() -> None:
    over = Mute(NOW - timedelta(hours=2), NOW)
    assert light({EVERYTHING: over, A: over}) == light({})


def test_where_nothing_is_told_any_more_nothing_can_be_muted_but_a_mute_ended() -> None:
    stopped = Snapshot(NOW, trouble="Monitoring stopped.")
    assert light({}, stopped).hushes == UNHUSHED
    muted = light({EVERYTHING: HOUR}, stopped)
    assert muted.hushes.offers == ()
    assert muted.hushes.end is not None
    assert muted.tooltip == "Monitoring stopped.\nMuted until 16:14."


def test_offline_it_is_muted_all_the_same() -> None:
    assert light({EVERYTHING: HOUR}, offline()).muted


def test_one_service_can_be_muted_by_itself() -> None:
    calm, bad = alone(C, {}), alone(A, {})
    assert texts(calm) == ["Mute for 1 hour", "Mute for 4 hours", "Mute until tomorrow"]
    assert texts(bad) == [*texts(calm), "Mute until it ends"]
    assert {offer.slugs for offer in bad.offers} == {(A,)}
    assert (bad.said, bad.end) == ("", None)


def test_one_service_says_until_when_it_is_muted_and_how_to_end_it() -> None:
    own = alone(A, {A: ENDS})
    assert own.said == "Muted until it ends"
    assert own.end is not None
    assert (own.end.text, own.end.slugs) == ("Unmute", (A,))
    whole = alone(C, {EVERYTHING: HOUR})
    assert whole.said == "Muted until 16:14"
    assert whole.end is not None
    assert (whole.end.text, whole.end.slugs) == ("Unmute everything", ())


def test_a_row_is_spoken_with_its_mute() -> None:
    rows = presenter.rows(world(), NOW, zone=UTC, mutes={ServiceSlug("calm"): HOUR})
    spoken = {row.slug: row.spoken for row in rows}
    assert ", Muted until 16:14," in spoken[ServiceSlug("calm")]
    assert "uted" not in spoken[ServiceSlug("chatter")]
