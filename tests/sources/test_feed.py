from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.sources.feedlog import FEED_ITEMS, FEED_SIZE
from downlight.sources.hosted import feed
from tests.sources.shelf import FIXTURES, ID, OnePage, answer, read, shelved, spec

ITEM = "<item><title>{0}</title><description>{1}</description></item>"


def rss(*items: str) -> str:
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("empty.xml", None),
        ("open.xml", Level.DEGRADED),
        ("all-over.xml", None),
        ("pairs.xml", Level.DEGRADED),
        ("prefixes.xml", Level.DEGRADED),
        ("one-guid.xml", None),
        ("forgotten.xml", Level.DEGRADED),
        ("atom.xml", Level.DEGRADED),
    ],
)
def test_a_feed_has_a_level_only_while_it_tells_of_something_open(
    name: str, level: Level | None
) -> None:
    assert shelved("rss", name).level is level


def test_a_status_line_in_the_text_is_believed() -> None:
    now, over = shelved("rss", "open.xml").incidents
    assert (now.phase, now.open) == (Phase.INVESTIGATING, True)
    assert (over.phase, over.open) == (Phase.RESOLVED, False)
    assert now.updates[0].at == datetime(2026, 10, 4, 8, 30, tzinfo=UTC)
    assert now.url == "https://status.kettle.example/i/2"


def test_words_of_an_end_close_and_other_words_are_for_information() -> None:
    incidents = shelved("rss", "all-over.xml").incidents
    assert [(i.title, i.phase) for i in incidents] == [
        ("[RESOLVED] No water", Phase.RESOLVED),
        ("Lid stuck", Phase.RESOLVED),
        ("We moved", None),
        ("Service is operating normally: Warm handle", Phase.RESOLVED),
        ("Whistle: quiet", Phase.RESOLVED),
    ]
    assert not any(i.open for i in incidents)


def test_two_entries_with_one_guid_are_down_and_up_again() -> None:
    boiler, spout = shelved("rss", "pairs.xml").incidents
    assert (boiler.title, boiler.open) == ("Boiler recovered", False)
    assert len(boiler.updates) == 2
    assert (spout.title, spout.open) == ("Spout went down", True)


def test_entries_that_differ_by_a_prefix_are_about_one_thing() -> None:
    base, cable = shelved("rss", "prefixes.xml").incidents
    assert (base.title, base.open) == ("Resolved - Cracked base", False)
    assert (cable.phase, cable.open) == (Phase.MONITORING, True)


def test_one_guid_for_everything_tells_nothing_apart() -> None:
    report = shelved("rss", "one-guid.xml")
    assert [i.id for i in report.incidents] == [
        "same#boiler - Operational",
        "same#spout - Operational",
    ]


def test_what_nobody_closed_for_a_week_was_forgotten() -> None:
    rust, undated = shelved("rss", "forgotten.xml").incidents
    assert (rust.open, rust.level, rust.phase) == (False, None, Phase.INVESTIGATING)
    assert (undated.open, undated.updates) == (True, ())


def test_what_is_dated_far_ahead_does_not_stay_open_till_then() -> None:
    item = "<item><title>Investigating: x</title><pubDate>{}</pubDate></item>"
    report = read("rss", rss(item.format("Sun, 04 Oct 2099 08:00:00 GMT")))
    assert (report.level, report.incidents[0].open) == (None, False)


def test_links_that_are_not_https_are_dropped() -> None:
    assert shelved("rss", "forgotten.xml").incidents[0].url == ""


def test_markup_that_is_escaped_twice_is_read() -> None:
    incident = shelved("rss", "atom.xml").incidents[0]
    assert incident.updates[0].text == "Update - Still cold."
    assert (incident.open, incident.phase) == (True, None)
    assert incident.url == "https://status.kettle.example/1"


def test_only_the_first_entries_of_a_long_feed_are_read() -> None:
    items = (ITEM.format(f"No {n}", "") for n in range(FEED_ITEMS + 10))
    assert len(read("rss", rss(*items)).incidents) == FEED_ITEMS


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>Up</body></html>",
        "<rss version='2.0'></rss>",
        "<rss><channel>",
        "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><rss><channel>&a;</channel></rss>",
        rss(ITEM.format("x" * FEED_SIZE, "")),
    ],
)
def test_anything_but_a_modest_feed_is_not_read(body: str) -> None:
    with pytest.raises(Unreadable):
        read("rss", body)


def test_a_feed_may_name_its_charset_itself() -> None:
    head = "<?xml version='1.0' encoding='iso-8859-1'?>"
    body = head + rss(ITEM.format("Tür klemmt", ""))
    report = feed.parse(ID, answer(body.encode("latin-1")))
    assert report.incidents[0].title == "Tür klemmt"


def test_a_feed_is_asked_as_a_feed_and_read_anew_each_time() -> None:
    page = OnePage((FIXTURES / "rss" / "open.xml").read_bytes(), timedelta(minutes=3))
    source = feed.build(spec("rss", "https://feeds.example/feed.rss"))
    first = asyncio.run(source.read(page))
    again = asyncio.run(source.read(page, first))
    assert first == again
    assert again.incidents is not first.incidents
    assert (first.level, first.next_check) == (Level.DEGRADED, timedelta(minutes=3))
    assert page.asked == ["https://feeds.example/feed.rss"] * 2
    assert page.accepted[0].startswith("application/rss+xml")
    assert source.info.verified


@pytest.mark.parametrize("end", ["", "/", "/state_feed/feed.atom"])
def test_a_page_of_hund_has_nothing_but_its_feed_which_never_says_well(
    end: str,
) -> None:
    source = feed.build(spec("hund", f"https://status.kennel.example{end}"))
    assert source.info.urls == ("https://status.kennel.example/state_feed/feed.atom",)
    assert source.info.page == "https://status.kennel.example"
    assert not source.info.verified
    assert shelved("hund", "open.atom").level is Level.DEGRADED
    assert shelved("hund", "all-over.atom").level is None


DATED = (
    "<item><title>{0}</title><guid>{1}</guid><description>{2}</description>"
    "<pubDate>Sun, 04 Oct 2026 0{3}:00:00 GMT</pubDate></item>"
)


def test_an_incident_keeps_its_id_when_entries_are_added() -> None:
    first = DATED.format("[Investigating] No steam", "a", "", 5)
    second = DATED.format("[Identified] No steam", "b", "", 6)
    third = DATED.format("[Resolved] No steam", "c", "", 7)
    for items in ((first,), (second, first), (third, second, first)):
        [incident] = read("rss", rss(*items)).incidents
        assert incident.id == "a"


def test_a_title_that_comes_back_after_an_end_is_another_incident() -> None:
    items = (
        DATED.format("[Investigating] No steam", "d", "", 8),
        DATED.format("[Resolved] No steam", "c", "Postmortem", 7),
        DATED.format("[Resolved] No steam", "b", "", 6),
        DATED.format("[Investigating] No steam", "a", "", 5),
    )
    now, before = read("rss", rss(*items)).incidents
    assert (now.id, now.open, len(now.updates)) == ("d", True, 1)
    assert (before.id, before.open, len(before.updates)) == ("a", False, 3)


@pytest.mark.parametrize("family", ["rss", "auth0", "zscaler"])
def test_entries_that_share_a_guid_do_not_change_names_when_one_is_added(
    family: str,
) -> None:
    old = [DATED.format(f"[Resolved] No {x}", "same", "", 5) for x in ("tea", "milk")]
    new = DATED.format("[Investigating] No sugar", "same", "", 6)
    before = {i.id for i in read(family, rss(*old)).incidents}
    after = {i.id for i in read(family, rss(new, *old)).incidents}
    assert len(before) == 2
    assert before < after
    assert read(family, rss(*old, new)).level is Level.DEGRADED


def test_a_single_pair_in_a_feed_is_about_one_thing() -> None:
    down = DATED.format("Boiler went down", "a", "", 5)
    up = DATED.format("Boiler recovered", "a", "", 6)
    [now] = read("rss", rss(down)).incidents
    [later] = read("rss", rss(up, down)).incidents
    assert (now.id, now.open) == ("a", True)
    assert (later.id, later.open) == ("a", False)
