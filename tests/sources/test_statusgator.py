"""The services on a board of StatusGator, as far as anyone knows their form."""

from __future__ import annotations

import asyncio
import json

import pytest

from downlight.core.errors import CatalogError, NoKey, Unreadable
from downlight.core.level import Level
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.sources.aggregators.statusgator import PAGE_LENGTH, SECRET, build
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES, read, shelved

URL = "http://127.0.0.1:5/api/v3/boards/b-17/monitors?per_page=100"
BODY = (FIXTURES / "statusgator" / "outage.json").read_bytes()


def spec(**options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("s"), "statusgator", "Board", options=options)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("outage.json", Level.MAJOR),
        ("maintenance.json", Level.MAINTENANCE),
        ("odd.json", None),  # a new word: not all is known to be well
    ],
)
def test_a_board_is_as_bad_as_its_worst_service(name: str, level: Level | None) -> None:
    assert shelved("statusgator", name).level is level


def test_each_service_is_a_part_with_its_own_word() -> None:
    parts = shelved("statusgator", "odd.json").components
    assert [(p.id, p.name, p.level, p.raw) for p in parts] == [
        ("1", "Pigeonpost", Level.OPERATIONAL, "up"),
        ("1#2", "Pigeonpost again", None, "puzzled"),
    ]


def test_an_empty_board_says_nothing() -> None:
    assert read("statusgator", '{"data":[]}').level is None


def test_a_full_page_may_hide_trouble_on_the_next_one() -> None:
    well = {"id": 1, "display_name": "Pigeonpost", "filtered_status": "up"}
    for count, level in ((PAGE_LENGTH - 1, Level.OPERATIONAL), (PAGE_LENGTH, None)):
        body = json.dumps({"data": [well | {"id": n} for n in range(count)]})
        assert read("statusgator", body).level is level


@pytest.mark.parametrize(
    "body", ['{"error":"unauthorized"}', '{"data":[{"id":1,"name":"x"}]}']
)
def test_another_form_is_refused(body: str) -> None:
    with pytest.raises(Unreadable):
        read("statusgator", body)


def test_a_board_is_asked_for_with_the_persons_own_token() -> None:
    source = build(spec(board=("b-17",), api=("http://127.0.0.1:5/",)))
    web = RecordedWeb({URL: BODY}, secrets={SECRET: "t0k3n"})
    first = asyncio.run(source.read(web))
    again = asyncio.run(source.read(web, first))
    assert again.components is first.components
    assert web.sent[0] == {"Authorization": "Bearer t0k3n"}
    assert (source.info.kind, source.info.verified) == ("aggregator", False)
    with pytest.raises(NoKey):
        asyncio.run(source.read(RecordedWeb({URL: BODY})))


@pytest.mark.parametrize("board", [(), ("a/b",)])
def test_a_board_that_is_none_is_a_mistake(board: tuple[str, ...]) -> None:
    with pytest.raises(CatalogError, match="board"):
        build(spec(board=board))
