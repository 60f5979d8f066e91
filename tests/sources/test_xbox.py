from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.vendors import xbox
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("all-well.xml", Level.OPERATIONAL),
        ("made-up-trouble.xml", Level.DEGRADED),
        ("made-up-new-word.xml", None),
    ],
)
def test_none_is_fine_and_no_other_word_is(name: str, level: Level | None) -> None:
    assert shelved("xbox", name).level is level


def test_a_category_stands_in_its_group() -> None:
    components = shelved("xbox", "all-well.xml").components
    assert [(c.id, c.name, c.group) for c in components] == [
        ("CoreServices/2", "Teapots", "CoreServices"),
        ("Apps/7", "Kettle One", "Apps"),
        ("Games/7", "Kettle One", "Games"),
        ("Website/1", "Website", "Website"),
    ]


def test_what_names_a_failing_scenario_is_degraded() -> None:
    teapots, cups = shelved("xbox", "made-up-trouble.xml").components
    assert (teapots.level, teapots.raw) == (Level.DEGRADED, "Impacted")
    assert (cups.level, cups.id) == (Level.OPERATIONAL, "CoreServices/Cups")


def test_a_state_without_categories_says_nothing() -> None:
    body = "<ServiceStatus><Status><State>None</State></Status></ServiceStatus>"
    assert read("xbox", body).level is None


@pytest.mark.parametrize(
    "body",
    [
        "<ServiceStatus><Status/></ServiceStatus>",
        "<Other><Status><State>None</State></Status></Other>",
        "<ServiceStatus>",
        "<!DOCTYPE x><ServiceStatus/>",
        "<ServiceStatus>" + " " * xbox.SIZE,
        '{"Status": {"State": "None"}}',
    ],
)
def test_anything_else_is_not_read(body: str) -> None:
    with pytest.raises(Unreadable):
        read("xbox", body)


@pytest.mark.parametrize(
    ("page", "options", "url"),
    [
        (
            "https://xbox.example/status",
            {},
            "https://xnotify.xboxlive.com/servicestatusv6/US/en-US",
        ),
        (
            "https://xbox.example/status",
            {"api": ("http://127.0.0.1:8000/",)},
            "http://127.0.0.1:8000/servicestatusv6/US/en-US",
        ),
        (
            "https://xbox.example/servicestatusv4/US/en-US",
            {},
            "https://xbox.example/servicestatusv4/US/en-US",
        ),
    ],
)
def test_xbox_is_asked_for_xml(
    page: str, options: dict[str, tuple[str, ...]], url: str
) -> None:
    source = xbox.build(replace(spec("xbox", page), options=options))
    assert source.info.urls == (url,)
    assert source.accept == "application/xml, text/xml"
