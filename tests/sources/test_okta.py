from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.sources.vendors import okta
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.html", Level.OPERATIONAL),
        ("made-up-nothing.html", Level.OPERATIONAL),
        ("made-up-outage.html", Level.MAJOR),
        ("made-up-new-words.html", None),
    ],
)
def test_the_level_is_the_worst_that_is_not_resolved(
    name: str, level: Level | None
) -> None:
    assert shelved("okta", name).level is level


def test_a_category_is_read_by_its_words_and_a_third_party_is_never_major() -> None:
    incidents = shelved("okta", "made-up-outage.html").incidents
    assert [(i.title, i.level) for i in incidents] == [
        ("The door is shut", Level.MAJOR),
        ("Service Disruption", Level.PARTIAL),
        ("Performance Issue", Level.DEGRADED),
        ("Service Outage", Level.DEGRADED),
    ]


def test_what_is_resolved_is_over() -> None:
    over = shelved("okta", "made-up-all-well.html").incidents[0]
    assert (over.open, over.phase) == (False, Phase.RESOLVED)
    assert over.started_at == datetime(2026, 10, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>Operational</body></html>",
        '<html><div data-id="incidents"></div></html>',
        '<html><div data-id="incidents"><p>None</p></div></html>',
        '<html><div data-id="incidents">{}</div></html>',
        '<html><div data-id="incidents">[]</div>',
        '<html><![odd[x]]><div data-id="incidents">[]</div></html>',
        '<div data-id="incidents">[]</div></html>' + " " * okta.SIZE,
    ],
)
def test_a_page_without_the_list_is_not_read(body: str) -> None:
    with pytest.raises(Unreadable):
        read("okta", body)


def test_the_page_itself_is_asked_for() -> None:
    source = okta.build(spec("okta", "https://okta.example"))
    assert source.info.urls == ("https://okta.example/",)
    assert (source.accept, source.info.verified) == ("text/html", False)
