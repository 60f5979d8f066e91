from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import statusiq
from tests.sources.shelf import FIXTURES, OnePage, read, shelved, spec

PAGE = "https://status.film.example"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.rss", Level.OPERATIONAL),
        ("outage.rss", Level.MAJOR),
        ("odd.rss", None),
        ("summary-all-well.json", Level.OPERATIONAL),
        ("summary-outage.json", Level.PARTIAL),
    ],
)
def test_the_level_is_the_worst_component(name: str, level: Level | None) -> None:
    assert shelved("statusiq", name).level is level


def test_every_item_of_the_feed_is_a_component_though_all_share_a_guid() -> None:
    parts = shelved("statusiq", "all-well.rss").components
    assert [part.id for part in parts] == ["film - api", "film-web", "film-news"]


def test_an_item_without_a_status_or_with_a_new_one_is_not_known() -> None:
    parts = shelved("statusiq", "odd.rss").components
    assert [(part.name, part.level) for part in parts] == [
        ("film-api", Level.OPERATIONAL),
        ("film-web", None),
        ("Operational", None),
    ]


def test_a_long_feed_is_read_to_its_end() -> None:
    items = "<item><title>a - Operational</title></item>" * 60
    bad = "<item><title>b - Major Outage</title></item>"
    body = f"<rss xmlns:site24x7='x'><channel>{items}{bad}</channel></rss>"
    assert read("statusiq", body).level is Level.MAJOR


def test_in_the_summary_four_is_maintenance_and_other_numbers_are_not_known() -> None:
    parts = shelved("statusiq", "summary-outage.json").components
    assert [(part.group, part.name, part.level) for part in parts] == [
        ("Europe", "Screens", Level.PARTIAL),
        ("Europe", "Seats", Level.OPERATIONAL),
        (None, "Popcorn", Level.MAINTENANCE),
        (None, "Trailers", None),
        (None, "Posters", None),
        (None, "Curtains", None),
    ]
    assert [part.id for part in parts][:3] == ["c1", "c2", "Popcorn"]


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel><item><title>a - Operational</title></item></channel></rss>",
        "<?xml version='1.0'?><rss><channel/></rss>",
        "<rss xmlns:site24x7='x'><channel></channel></rss>",
        '{"data": {"current_status": []}}',
        '{"data": {"current_status": [[[[[{"component_status": 1}]]]]]}}',
    ],
)
def test_another_feed_and_an_answer_without_components_are_refused(body: str) -> None:
    with pytest.raises(Unreadable):
        read("statusiq", body)


def test_the_feed_is_asked_as_a_feed() -> None:
    page = OnePage((FIXTURES / "statusiq" / "all-well.rss").read_bytes())
    source = statusiq.build(spec("statusiq", f"{PAGE}/rss"))
    assert asyncio.run(source.read(page)).level is Level.OPERATIONAL
    assert page.asked == [f"{PAGE}/rss"]
    assert "rss" in page.accepted[0]
    assert source.info.verified


def test_with_the_encoded_id_the_summary_is_asked() -> None:
    coded = replace(spec("statusiq", PAGE), options={"page": ("CV8a=",)})
    info = statusiq.build(coded).info
    path = "/sp/api/public/summary_details/statuspages/CV8a="
    assert info.urls == (f"{PAGE}{path}",)
    assert not info.verified
