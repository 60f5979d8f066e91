from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.errors import CatalogError
from downlight.core.level import Level
from downlight.sources.hosted import statuscake
from tests.sources.shelf import read, shelved, spec

PAGE = "https://status.mail.example"
PATH = "/Workfloor/PublicReportHandler.php?PublicID="


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.json", Level.OPERATIONAL),
        ("one-down.json", Level.PARTIAL),
        ("all-down.json", Level.MAJOR),
        ("new-word.json", None),
    ],
)
def test_the_level_is_that_of_all_tests_together(
    name: str, level: Level | None
) -> None:
    assert shelved("statuscake", name).level is level


def test_without_tests_nothing_is_known() -> None:
    assert read("statuscake", '{"TestData": []}').level is None


def test_the_report_is_asked_for_by_its_public_id() -> None:
    named = replace(spec("statuscake", PAGE), options={"id": ("Qx9",)})
    info = statuscake.build(named).info
    assert info.urls == (f"https://app.statuscake.com{PATH}Qx9",)
    assert (info.page, info.verified) == (PAGE, False)
    copied = replace(named, options={"id": ("Qx9",), "api": ("http://127.0.0.1:8",)})
    assert statuscake.build(copied).info.urls == (f"http://127.0.0.1:8{PATH}Qx9",)


def test_a_report_given_by_its_own_address_is_asked_as_it_is() -> None:
    url = f"http://127.0.0.1:8{PATH}Qx9"
    assert statuscake.build(spec("statuscake", url)).info.urls == (url,)


def test_without_an_id_there_is_nothing_to_ask() -> None:
    with pytest.raises(CatalogError):
        statuscake.build(spec("statuscake", PAGE))
