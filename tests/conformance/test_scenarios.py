"""The shared table of scenarios, where it is at hand, is met whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from downlight.cli.scenario_table import Scenario, TableError, read
from downlight.cli.scenarios import differences, play

pytestmark = pytest.mark.conformance

TABLE = Path(__file__).parents[2].parent / "shared" / "detection" / "scenarios.tsv"
ROWS = [*read(TABLE)] if TABLE.is_file() else []


def name(row: Scenario | TableError) -> str:
    return row.name if isinstance(row, Scenario) else str(row)


def test_the_table_is_whole() -> None:
    if not TABLE.is_file():
        pytest.skip("the table of scenarios is not kept beside this checkout")
    assert len(ROWS) == 61


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_the_rule_says_what_the_shared_table_expects(
    row: Scenario | TableError,
) -> None:
    assert isinstance(row, Scenario), row
    assert differences(row, play(row)) == ()
