"""What is usual is learnt, kept in the journal, and comes back from there."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.detectors import baseline, latency
from downlight.core.detectors.counts import Counts
from downlight.core.model import Check, Report, ServiceSlug, SourceId
from downlight.core.service import Feed, Service
from downlight.engine.senses import Senses
from tests.engine.world import info

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE = timedelta(minutes=1)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
CHAT, MAIL = ServiceSlug("chat"), ServiceSlug("mail")
SKY, PROBE, PAGE = info("sky", "people"), info("probe", "measured"), info("page")


def service(slug: ServiceSlug, *sources: SourceId) -> Service:
    return Service(slug, slug, "test", tuple(Feed(id_) for id_ in sources))


def senses(read: Callable[[str], str | None] | None = None) -> Senses:
    made = Senses()
    if read is not None:
        made.restore(read)
    services = [service(CHAT, SKY.id, PROBE.id, PAGE.id), service(MAIL, PAGE.id)]
    made.adopt(services, [SKY, PROBE, PAGE])
    return made


def wrote(at: datetime, *minutes: int, by: SourceId = SKY.id) -> Report:
    """Return an answer with posts so many minutes before it came."""
    return Report(by, at, mentions=tuple(at - n * MINUTE for n in minutes))


def checked(at: datetime, seconds: float | None = 0.2) -> Report:
    took = None if seconds is None else timedelta(seconds=seconds)
    return Report(PROBE.id, at, checks=(Check("e1:443", took),))


def read_for(made: Senses, minutes: int) -> datetime:
    """Ask what people write for so long, every hour; return the moment after."""
    now = MONDAY
    while now <= MONDAY + minutes * MINUTE:
        assert made.posts(CHAT, [wrote(now)], now) == ()
        now += 60 * MINUTE
    return now


def minutes_learnt(kept: str) -> int:
    return Counts.of(json.loads(kept)["sky"]).baseline.minutes


def test_what_people_write_is_told_after_a_week_and_kept() -> None:
    made = senses()
    now = read_for(made, baseline.READY)
    said = made.posts(CHAT, [wrote(now, 5), wrote(now, 5, by=PAGE.id)], now)
    assert len(said) == 60
    assert sum(one.rate for one in said) == 1
    assert made.posts(CHAT, [wrote(now, 5)], now) == ()
    kept = made.kept()
    assert list(kept) == ["usual/chat"]
    assert made.kept() == {}
    again = senses(kept.get)
    assert again.posts(CHAT, [wrote(now)], now) == ()
    then = now + 10 * MINUTE
    assert len(again.posts(CHAT, [wrote(then)], then)) == 10


def test_a_service_nobody_writes_about_has_nothing_to_learn() -> None:
    made = senses()
    for slug in (MAIL, ServiceSlug("other")):
        assert made.posts(slug, [wrote(MONDAY)], MONDAY) == ()
    assert made.kept() == {}


def test_answers_slower_than_ever_are_told_and_kept() -> None:
    made = senses()
    at = MONDAY
    while at < MONDAY + (latency.WARM + 1) * MINUTE:
        made.take(checked(at))
        at += MINUTE
    assert not made.is_slow(PROBE.id)
    made.take(checked(at, 9.0))
    assert made.is_slow(PROBE.id)
    kept = made.kept()
    assert list(kept) == ["pace/probe"]
    made.take(checked(at, None))
    assert not made.is_slow(PROBE.id)
    assert made.kept() == {}
    again = senses(kept.get)
    assert not again.is_slow(PROBE.id)
    again.take(checked(at, 99.0))
    assert again.is_slow(PROBE.id)


def test_only_our_own_checks_have_a_pace() -> None:
    made = senses()
    made.take(wrote(MONDAY))
    assert not made.is_slow(SKY.id)
    assert made.kept() == {}


def test_whoever_is_watched_again_goes_on_where_it_was() -> None:
    made = senses()
    now = read_for(made, 120)
    made.take(checked(now))
    made.adopt([], [])
    made.take(checked(now))
    assert made.posts(CHAT, [wrote(now)], now) == ()
    kept = made.kept()
    assert set(kept) == {"usual/chat", "pace/probe"}
    assert minutes_learnt(kept["usual/chat"]) == 120
    made.adopt([service(CHAT, SKY.id)], [SKY])
    made.posts(CHAT, [wrote(now)], now)
    assert minutes_learnt(made.kept()["usual/chat"]) == 180


def test_what_was_learnt_of_a_feed_that_is_gone_is_not_taken_over() -> None:
    made = senses()
    read_for(made, 120)
    kept = made.kept()["usual/chat"].replace('"sky"', '"ground"')
    again = senses({"usual/chat": kept}.get)
    again.posts(CHAT, [wrote(MONDAY)], MONDAY)
    assert '"ground"' not in again.kept()["usual/chat"]


@pytest.mark.parametrize(
    "text", ["", "null", "[", '{"sky":[1,2]}', "[0,0]", '{"sky":["1"]}', "\ud800"]
)
def test_what_was_kept_and_is_broken_is_said_once_and_learnt_anew(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    made = senses({"usual/chat": text, "pace/probe": text}.get)
    with caplog.at_level(logging.WARNING):
        for now in (MONDAY, MONDAY + 10 * MINUTE):
            assert made.posts(CHAT, [wrote(now)], now) == ()
            made.take(checked(now))
            assert not made.is_slow(PROBE.id)
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "usual/chat",
        "pace/probe",
    ]
    assert set(made.kept()) == {"usual/chat", "pace/probe"}
