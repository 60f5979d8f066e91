from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from downlight.core.errors import NoKey, Unreadable
from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.sources.vendors import m365_graph
from tests.sources.shelf import FIXTURES, OnePage, read, shelved, spec

PAGE = "https://admin.example/status"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-issues.json", None),
    ],
)
def test_the_level_is_the_worst_of_services_and_open_issues(
    name: str, level: Level | None
) -> None:
    assert shelved("m365-graph", name).level is level


def test_issues_belong_to_their_service_and_posts_stand_newest_first() -> None:
    report = shelved("m365-graph", "made-up-outage.json")
    now, over = report.incidents
    assert (now.open, now.component_ids) == (True, ("Letters",))
    assert [u.text for u in now.updates] == ["We know.", "We look."]
    assert (over.open, over.phase) == (False, Phase.POSTMORTEM)
    assert over.component_ids == ("Elsewhere",)
    assert over.ended_at == datetime(2026, 10, 1, 9, tzinfo=UTC)
    assert [c.level for c in report.components] == [Level.MAJOR, Level.PARTIAL]


def test_an_issue_in_a_new_state_is_open_and_of_no_known_level() -> None:
    issue = shelved("m365-graph", "made-up-issues.json").incidents[0]
    assert (issue.open, issue.level, issue.component_ids) == (True, None, ())


@pytest.mark.parametrize(
    "body",
    [
        '{"@odata.context": "https://graph.example/$metadata#users", "value": []}',
        '{"@odata.context": "x#admin/serviceAnnouncement/issues", "value": [{}]}',
        '{"@odata.context": "x#admin/serviceAnnouncement/messages", "value": [7]}',
        '{"error": {"code": "InvalidAuthenticationToken"}}',
    ],
)
def test_other_answers_of_graph_are_not_read(body: str) -> None:
    with pytest.raises(Unreadable):
        read("m365-graph", body)


def test_it_is_asked_with_the_token() -> None:
    page = OnePage((FIXTURES / "m365-graph" / "made-up-all-well.json").read_bytes())
    page.secrets["microsoft-graph"] = "abc"
    source = m365_graph.build(spec("m365-graph", PAGE))
    first = asyncio.run(source.read(page))
    again = asyncio.run(source.read(page, first))
    assert again.components is first.components
    assert page.asked[0].startswith("https://graph.microsoft.com/v1.0/admin/")
    assert page.sent[0] == {"Authorization": "Bearer abc"}
    assert (source.info.page, source.info.verified) == (PAGE, False)


def test_without_a_token_nothing_is_asked() -> None:
    page = OnePage(b"")
    with pytest.raises(NoKey, match="microsoft-graph"):
        asyncio.run(m365_graph.build(spec("m365-graph", PAGE)).read(page))
    assert page.asked == []


def test_another_host_may_be_asked() -> None:
    options = {"api": ("http://127.0.0.1:8000/",)}
    source = m365_graph.build(replace(spec("m365-graph", PAGE), options=options))
    assert source.info.urls[0].startswith("http://127.0.0.1:8000/v1.0/")


def test_where_there_is_more_on_another_page_all_well_is_not_said() -> None:
    told = json.loads((FIXTURES / "m365-graph" / "made-up-all-well.json").read_bytes())
    told["@odata.nextLink"] = "https://graph.example/more"
    assert read("m365-graph", json.dumps(told)).level is None
