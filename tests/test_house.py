"""What the description of the house says is there is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
HOUSE = (ROOT / "app" / "README.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in HOUSE.partition("| shown by |")[2].splitlines()
    if line.startswith("|") and not line.startswith("| ---")
]
SHOWN = sorted(set(re.findall(r"`([\w/]+)::(test_\w+)`", HOUSE)))
ROOMS = ("", "ui/", "core/", "downlight/")
"""Where a room named in the table may be, below the package."""


def test_the_table_is_there() -> None:
    assert len(ROWS) > 70
    assert len(SHOWN) > 70


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1][:40])
def test_whatever_a_page_owes_is_shown_by_a_test_or_a_picture(row: list[str]) -> None:
    _page, owed, where, shown = row
    assert owed and where
    assert "::test_" in shown or "picture `" in shown


@pytest.mark.parametrize(("file", "name"), SHOWN)
def test_each_test_that_is_named_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (TESTS / f"{file}.py").read_text("utf-8")


def places(name: str) -> list[Path]:
    """Return where something may be that the table names in short."""
    roots = [ROOT, ROOT / "app", *(ROOT / "app/downlight" / it for it in ROOMS)]
    return [root / f"{name}{end}" for root in roots for end in ("", ".py")]


@pytest.mark.parametrize(
    "name", sorted({w for r in ROWS for w in re.findall("`([^`]+)`", r[2])})
)
def test_each_room_that_is_named_is_there(name: str) -> None:
    assert any(place.exists() for place in places(name))
