from __future__ import annotations

import pytest

from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.sources.vendors import docusign
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-new-words.json", None),
    ],
)
def test_available_is_their_word_for_well(name: str, level: Level | None) -> None:
    assert shelved("docusign", name).level is level


def test_incidents_have_a_title_and_an_impact() -> None:
    now, over = shelved("docusign", "made-up-outage.json").incidents
    assert (now.id, now.title, now.level) == ("q1", "Pens are dry", Level.MAJOR)
    assert (over.id, over.open, over.phase) == ("Paper was wet", False, Phase.RESOLVED)


def test_a_state_we_do_not_know_counts_as_open() -> None:
    odd = shelved("docusign", "made-up-new-words.json").incidents[0]
    assert (odd.open, odd.level) == (True, None)


@pytest.mark.parametrize("end", ["", "/", "/api/v2/summary.json"])
def test_the_page_is_asked_for_its_summary(end: str) -> None:
    source = docusign.build(spec("docusign", f"https://sign.example{end}"))
    assert source.info.urls == ("https://sign.example/api/v2/summary.json",)
    assert not source.info.verified


@pytest.mark.parametrize(
    ("indicator", "level"),
    [
        ("none", Level.OPERATIONAL),
        ("minor", Level.DEGRADED),
        ("critical", Level.MAJOR),
        ("odd", None),
    ],
)
def test_trouble_that_only_the_page_speaks_of_counts(
    indicator: str, level: Level | None
) -> None:
    part = '{"id": "p", "name": "Pen", "status": "available"}'
    page = f'"status": {{"indicator": "{indicator}"}}'
    body = f'{{"components": [{part}], {page}}}'
    assert read("docusign", body).level is level
    assert read("docusign", f'{{"components": [], {page}}}').level is (
        level if level and level.is_trouble else None
    )
