from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import freshstatus
from tests.sources.shelf import read, shelved, spec

API = "https://public-api.freshstatus.io"
PATH = "/v1/public-components/?account_id="


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.PARTIAL),
        ("new-word.json", None),
    ],
)
def test_the_level_is_the_worst_component(name: str, level: Level | None) -> None:
    assert shelved("freshstatus", name).level is level


def test_what_its_owner_keeps_out_of_the_whole_is_left_out() -> None:
    parts = shelved("freshstatus", "all-well.json").components
    assert [(part.id, part.name) for part in parts] == [("41", "Desk")]


def test_two_letters_stand_for_a_level() -> None:
    parts = shelved("freshstatus", "outage.json").components
    assert [part.level for part in parts] == [
        Level.PARTIAL,
        Level.DEGRADED,
        Level.MAINTENANCE,
    ]


@pytest.mark.parametrize(
    "body",
    ['{"results": []}', '[{"id": 1, "name": "Desk", "status": "Operational"}]'],
)
def test_a_list_of_nothing_or_of_somebody_else_is_refused(body: str) -> None:
    with pytest.raises(Unreadable):
        read("freshstatus", body)


def test_the_list_is_asked_for_by_the_number_of_the_account() -> None:
    numbered = replace(spec("freshstatus", API), options={"account": ("3616",)})
    info = freshstatus.build(numbered).info
    assert info.urls == (f"{API}{PATH}3616",)
    assert not info.verified
    here = {"account": ("3616",), "api": ("http://127.0.0.1:8/",)}
    copied = freshstatus.build(replace(numbered, options=here)).info
    assert copied.urls == (f"http://127.0.0.1:8{PATH}3616",)


def test_a_list_given_by_its_own_address_is_asked_as_it_is() -> None:
    url = f"{API}{PATH}3616"
    assert freshstatus.build(spec("freshstatus", url)).info.urls == (url,)


def test_without_a_number_there_is_nothing_to_ask() -> None:
    with pytest.raises(CatalogError):
        freshstatus.build(spec("freshstatus", API))


def test_where_there_is_more_on_another_page_all_well_is_not_said() -> None:
    row = '{"id": 1, "name": "Desk", "status": "OP"}'
    assert read("freshstatus", f'{{"results": [{row}], "next": null}}').level
    more = f'{{"results": [{row}], "next": "https://desk.example/?page=2"}}'
    assert read("freshstatus", more).level is None
