"""Meta's status page. Every answer here is made up: none was ever recorded."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from downlight.core.errors import Refused, SourceError, Unreachable, Unreadable
from downlight.core.level import Level
from downlight.core.model import Phase, Report, Selection, SourceId
from downlight.core.ports import Answer
from downlight.core.source import SourceSpec
from downlight.sources.vendors.meta import Meta, build, parse
from downlight.sources.vendors.metawire import level_said
from tests.doubles import NOW, RecordedWeb

SHELF = Path(__file__).parents[1] / "fixtures" / "meta"
ID = SourceId("meta")
SITE = "https://metastatus.com"
ORGS = f"{SITE}/data/orgs.json"
OUTAGES = f"{SITE}/data/outages/whatsapp-business-api.json"
FEED = f"{SITE}/outage-events-feed-whatsapp-business-api.rss"
SHELL = "<!doctype html><html><body>Meta status</body></html>"
WHATSAPP = Selection(groups=frozenset({"whatsapp-business-api"}))


def shelf(name: str) -> bytes:
    return (SHELF / f"made_up_{name}").read_bytes()


def parsed(body: bytes | str, url: str = ORGS) -> Report:
    data = body.encode() if isinstance(body, str) else body
    return parse(ID, Answer(url, data, NOW))


def meta(*orgs: str) -> Meta:
    return build(SourceSpec(ID, "meta", "Meta's status page", options={"orgs": orgs}))


def ask(web: RecordedWeb, *orgs: str, last: Report | None = None) -> Report:
    return asyncio.run(meta(*(orgs or ("whatsapp-business-api",))).read(web, last))


# --- words


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("No known issues", Level.OPERATIONAL),
        ("  no known\nISSUES. ", Level.OPERATIONAL),
        ("Operational", Level.OPERATIONAL),
        ("Resolved", Level.OPERATIONAL),
        ("Issue resolved", Level.OPERATIONAL),
        ("Issue being resolved", None),
        ("Mostly resolved", None),
        ("Resolved: high disruptions", Level.OPERATIONAL),
        ("Low disruptions", Level.DEGRADED),
        ("Low", Level.DEGRADED),
        ("Some disruption", Level.DEGRADED),
        ("Minor disruptions", Level.DEGRADED),
        ("Degraded performance", Level.DEGRADED),
        ("Known issue", Level.DEGRADED),
        ("Medium disruptions", Level.PARTIAL),
        ("Medium", Level.PARTIAL),
        ("Partial outage", Level.PARTIAL),
        ("Partially resolved", Level.PARTIAL),
        ("High disruptions", Level.MAJOR),
        ("Major disruptions", Level.MAJOR),
        ("Major outage", Level.MAJOR),
        ("Outage", Level.MAJOR),
        ("Not resolved", None),
        ("Unresolved", None),
        ("No data", None),
        ("No outage that we know of", None),
        ("Sparkling", None),
        ("Highly available", None),
        ("", None),
        (None, None),
    ],
)
def test_each_word_means_what_its_readers_agree_on(
    said: str | None, level: Level | None
) -> None:
    assert level_said(said) is level


def test_only_the_beginning_of_a_long_word_is_looked_at() -> None:
    assert level_said("low " + "be " * 100 + "resolved") is Level.DEGRADED


# --- answers


def test_every_service_is_a_component_in_the_group_of_its_organisation() -> None:
    report = parsed(shelf("all_well.json"))
    assert [(c.id, c.name, c.group) for c in report.components] == [
        ("whatsapp-business-api/4", "Cloud API", "whatsapp-business-api"),
        ("whatsapp-business-api/7", "Embedded Signup", "whatsapp-business-api"),
        ("messenger/11", "Send API", "messenger"),
    ]
    assert report.level is Level.OPERATIONAL
    assert report.components[1].raw == "Resolved"


def test_an_outage_shows_in_the_levels_of_its_services() -> None:
    report = parsed(shelf("outage.json"))
    assert report.level is Level.MAJOR
    assert [c.level for c in report.components] == [
        Level.MAJOR,
        Level.PARTIAL,
        Level.OPERATIONAL,
        Level.OPERATIONAL,
        Level.DEGRADED,
    ]
    messenger = Selection(groups=frozenset({"messenger"})).narrow(report)
    assert messenger.level is Level.OPERATIONAL


def test_missing_fields_odd_ids_and_unknown_words_are_borne() -> None:
    report = parsed(shelf("odd_fields.json"))
    assert [(c.id, c.name, c.level) for c in report.components] == [
        ("17/cloud", "cloud", Level.DEGRADED),
        ("17/Calling", "Calling", None),
        ("17/Calling#2", "Calling", None),
        ("17/", "", None),
        ("No id/1", "One", Level.OPERATIONAL),
    ]


def test_an_unknown_word_keeps_the_page_from_being_well() -> None:
    body = '[{"id":"a","services":[{"id":1,"status":"Operational"},{"status":"?"}]}]'
    assert parsed(body).level is None


def test_open_outages_are_incidents_with_their_newest_post_first() -> None:
    report = parsed(shelf("outages_open.json"), OUTAGES)
    first, second = report.incidents
    assert first.open
    assert first.id == "9001"
    assert first.title == "High disruptions"
    assert first.level is Level.MAJOR
    assert first.phase is None
    assert first.started_at == datetime(2026, 11, 21, 10, 40, tzinfo=UTC)
    assert first.ended_at is None
    assert [update.text for update in first.updates] == [
        "Most messages are not delivered.",
        "Some messages are slow.",
    ]
    assert first.component_ids == ("whatsapp-business-api/4",)
    assert first.url == f"{SITE}/whatsapp-business-api"
    assert second.phase is Phase.INVESTIGATING
    assert second.level is Level.DEGRADED  # its own word names no severity
    assert report.level is Level.MAJOR


def test_past_outages_are_closed_and_keep_the_worst_they_were() -> None:
    url = OUTAGES.replace(".json", ".history.json")
    report = parsed(shelf("history.json"), url)
    first, second, third, fourth, fifth = report.incidents
    assert not first.open
    assert first.title == "High disruptions"
    assert first.level is Level.MAJOR
    assert first.phase is Phase.RESOLVED
    assert first.ended_at == datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
    assert first.component_ids == ("whatsapp-business-api/4",)
    assert (second.open, second.level, second.id) == (
        False,
        None,
        "whatsapp-business-api/4@2026-10-09T07:00:00Z",
    )
    assert (third.open, third.level, third.title) == (True, None, "")
    assert len({i.id for i in (first, second, third, fourth, fifth)}) == 5
    assert report.level is None


def test_outages_of_an_unknown_organisation_still_count() -> None:
    (only,) = parsed('[{"service_id":4,"status":"High disruptions"}]', "x").incidents
    assert only.component_ids == ("4",)
    assert only.url == ""


def test_an_empty_list_says_nothing() -> None:
    assert parsed("[]").level is None


@pytest.mark.parametrize(
    "body",
    [
        SHELL,
        "",
        "{}",
        "[1]",
        "[{}]",
        '[{"name":"GitHub"}]',
        '{"orgs":null}',
        '[{"services":7}]',
        '[{"services":[{"status":7}]}]',
        '[{"services":[]},7]',
        '[{"posts":[7]}]',
        '[{"service_id":[]}]',
        "<rss",
        "<?xml version='1.0'?><html/>",
    ],
)
def test_everything_else_is_not_readable(body: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parsed(body)
    assert "GitHub" not in str(caught.value)


def test_a_metric_is_named_as_what_it_is() -> None:
    with pytest.raises(Unreadable, match="metric"):
        parsed('{"values":[99.9,null]}', f"{SITE}/metrics/a/cloudapi_uptime_daily.json")


def test_an_entry_of_the_feed_is_an_open_outage() -> None:
    report = parsed(shelf("feed_open.rss"), FEED)
    high, wobbly, bare, over = report.incidents
    assert (high.title, high.level, high.open) == (
        "Cloud API: High disruptions",
        Level.MAJOR,
        True,
    )
    assert high.started_at == datetime(2026, 11, 21, 10, 40, tzinfo=UTC)
    assert [update.text for update in high.updates] == ["Messages are not delivered."]
    assert (wobbly.level, wobbly.updates) == (Level.DEGRADED, ())
    assert (bare.title, bare.level) == ("Something is up with Calling", Level.DEGRADED)
    assert (over.open, over.level, over.phase) == (False, None, Phase.RESOLVED)
    assert over.ended_at == datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    (component,) = report.components
    assert component.id == "whatsapp-business-api/feed"
    assert component.name == "WhatsApp Business Platform Status"
    assert WHATSAPP.narrow(report).level is Level.MAJOR
    assert len(WHATSAPP.narrow(report).incidents) == 4


def test_a_feed_without_entries_does_not_say_that_all_is_well() -> None:
    report = parsed(shelf("feed_empty.rss"), "x")
    assert report.level is None
    assert [c.level for c in report.components] == [None]


# --- asking


def test_while_all_is_well_one_question_is_enough() -> None:
    web = RecordedWeb({ORGS: shelf("all_well.json").replace(b"Resolved", b"No data")})
    ask(web, "messenger")
    assert web.asked == [ORGS]


def test_the_outages_of_our_own_troubled_organisations_are_asked_for() -> None:
    web = RecordedWeb({ORGS: shelf("outage.json"), OUTAGES: shelf("outages_open.json")})
    report = ask(web, "messenger", "whatsapp-business-api")
    assert web.asked == [ORGS, OUTAGES]
    first, second = report.incidents
    assert first.title == "Cloud API: High disruptions"
    assert first.component_ids == ("whatsapp-business-api/4",)
    # Nobody knows service 99, so it is told of all services there.
    assert len(second.component_ids) == 3
    assert len(WHATSAPP.narrow(report).incidents) == 2
    assert report.level is Level.MAJOR


def test_a_resolved_service_is_asked_about_for_its_last_words() -> None:
    web = RecordedWeb({ORGS: shelf("all_well.json"), OUTAGES: shelf("history.json")})
    report = ask(web)
    assert web.asked == [ORGS, OUTAGES]
    assert report.incidents[0].phase is Phase.RESOLVED


def test_outages_that_fail_cost_no_component() -> None:
    web = RecordedWeb({ORGS: shelf("outage.json"), OUTAGES: SHELL})
    report = ask(web)
    assert len(report.components) == 5
    assert report.incidents == ()
    assert report.level is Level.MAJOR


def test_outages_that_fail_leave_those_known_before() -> None:
    web = RecordedWeb({ORGS: shelf("outage.json"), OUTAGES: shelf("outages_open.json")})
    last = ask(web)
    web.answers[OUTAGES] = Unreachable("gone")
    assert ask(web, last=last).incidents == last.incidents


def test_outages_that_fail_do_not_outlive_the_word_that_all_is_well() -> None:
    web = RecordedWeb({ORGS: shelf("outage.json"), OUTAGES: shelf("outages_open.json")})
    last = ask(web)
    web.answers[ORGS] = shelf("all_well.json").replace(b"No known issues", b"Resolved")
    web.answers[OUTAGES] = SHELL
    report = ask(web, last=last)
    assert (report.level, report.incidents) == (Level.OPERATIONAL, ())


def test_outages_that_fail_do_not_bring_back_those_of_long_ago() -> None:
    web = RecordedWeb({ORGS: shelf("outage.json"), OUTAGES: shelf("outages_open.json")})
    last = ask(web)
    web.answers[OUTAGES] = SHELL
    old = replace(last, at=last.at - timedelta(days=3))
    assert ask(web, last=old).incidents == ()


def test_outages_are_read_anew_though_the_state_is_the_same() -> None:
    web = RecordedWeb(
        {ORGS: shelf("outage.json"), OUTAGES: shelf("outages_open.json")},
        max_age=timedelta(minutes=3),
    )
    last = ask(web)
    web.answers[OUTAGES] = "[]"
    again = ask(web, last=last)
    assert again.components is last.components
    assert again.incidents == ()
    assert again.at > last.at
    assert again.next_check == timedelta(minutes=3)


def test_an_outage_is_gone_once_all_is_well() -> None:
    web = RecordedWeb({ORGS: shelf("outage.json"), OUTAGES: shelf("outages_open.json")})
    last = ask(web)
    web.answers[ORGS] = shelf("all_well.json").replace(b"Resolved", b"No known issues")
    report = ask(web, last=last)
    assert report.incidents == ()
    assert report.level is Level.OPERATIONAL


@pytest.mark.parametrize("broken", [SHELL, "[]", Refused(404), Refused(410)])
def test_the_feeds_are_asked_when_the_state_cannot_be_read(
    broken: str | SourceError,
) -> None:
    web = RecordedWeb({ORGS: broken, FEED: shelf("feed_open.rss")})
    report = ask(web, "whatsapp-business-api", "messenger")
    assert web.accepted == [
        "application/json",
        "application/rss+xml",
        "application/rss+xml",
    ]
    assert report.level is Level.MAJOR
    assert [c.group for c in report.components] == ["whatsapp-business-api"]
    assert WHATSAPP.narrow(report).level is Level.MAJOR


def test_empty_feeds_leave_everything_not_known() -> None:
    web = RecordedWeb({ORGS: SHELL, FEED: shelf("feed_empty.rss")})
    assert ask(web).level is None


def test_without_a_feed_either_the_first_failure_counts() -> None:
    with pytest.raises(Refused):
        ask(RecordedWeb({ORGS: Refused(404), FEED: SHELL}))


@pytest.mark.parametrize("error", [Refused(503), Refused(429), Unreachable("off")])
def test_a_site_that_is_away_is_not_asked_more(error: SourceError) -> None:
    web = RecordedWeb({ORGS: error, FEED: shelf("feed_open.rss")})
    with pytest.raises(type(error)):
        ask(web)
    assert web.asked == [ORGS]


def test_it_says_what_it_covers_and_that_nobody_saw_it() -> None:
    info = meta().info
    assert "not the consumer app" in info.note
    assert not info.verified
    assert info.kind == "official"
    assert info.urls == (ORGS,)
    assert info.page == SITE


def test_another_site_and_note_can_be_given() -> None:
    spec = SourceSpec(ID, "meta", "Mirror", "https://mirror.example/", note="A copy.")
    source = build(spec)
    assert source.info.urls == ("https://mirror.example/data/orgs.json",)
    assert source.info.note == "A copy."
