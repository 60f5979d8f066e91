from __future__ import annotations

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.vendors import stripe
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-paused.json", None),
        ("made-up-full.json", Level.OPERATIONAL),
    ],
)
def test_the_level_is_the_worst_word(name: str, level: Level | None) -> None:
    assert shelved("stripe", name).level is level


def test_a_page_that_is_up_does_not_outvote_a_part() -> None:
    body = '{"largestatus": "up", "statuses": {"api": "down"}}'
    assert read("stripe", body).level is Level.MAJOR


def test_parts_have_their_word() -> None:
    report = shelved("stripe", "made-up-outage.json")
    assert report.headline == "Coins are stuck."
    assert [(c.id, c.name, c.level) for c in report.components] == [
        ("api", "Api", Level.MAJOR),
        ("gift_cards", "Gift cards", Level.DEGRADED),
    ]


def test_a_word_without_parts_is_not_the_whole_answer() -> None:
    with pytest.raises(Unreadable):
        read("stripe", '{"largestatus": "up"}')


@pytest.mark.parametrize(
    ("end", "path"),
    [("", "/current"), ("/current", "/current"), ("/current/full", "/current/full")],
)
def test_stripe_is_asked_for_what_is_current(end: str, path: str) -> None:
    source = stripe.build(spec("stripe", f"https://stripe.example{end}"))
    assert source.info.urls == (f"https://stripe.example{path}",)
    assert source.info.page == "https://stripe.example"
    assert not source.info.verified
