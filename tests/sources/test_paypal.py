from __future__ import annotations

import pytest

from downlight.core.level import Level
from downlight.sources.vendors import paypal
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-new-word.json", None),
    ],
)
def test_only_production_counts(name: str, level: Level | None) -> None:
    assert shelved("paypal", name).level is level


def test_no_parts_say_nothing() -> None:
    assert read("paypal", '{"result": []}').level is None


def test_parts_stand_in_their_category() -> None:
    components = shelved("paypal", "made-up-outage.json").components
    assert [(c.id, c.name, c.group, c.level) for c in components] == [
        ("3", "Purse", "product", Level.MAJOR),
        ("4", "Receipts", "product", Level.PARTIAL),
        ("5", "Coins", "api", Level.MAINTENANCE),
    ]


def test_a_part_without_a_name_goes_by_its_category() -> None:
    part = shelved("paypal", "made-up-all-well.json").components[1]
    assert (part.id, part.name, part.level) == ("api", "api", Level.OPERATIONAL)


@pytest.mark.parametrize("end", ["", "/", "/api/v1/components"])
def test_the_page_is_asked_for_its_parts(end: str) -> None:
    source = paypal.build(spec("paypal", f"https://paypal.example{end}"))
    assert source.info.urls == ("https://paypal.example/api/v1/components",)
    assert not source.info.verified
