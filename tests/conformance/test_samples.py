"""Every recorded answer, where the recordings are at hand, gives what it should."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from downlight.core.errors import SourceError
from downlight.core.level import Level
from downlight.core.model import MaintenanceState, Report, SourceId
from downlight.core.ports import Answer
from downlight.sources import registry
from downlight.sources.wire import moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.model import Incident

pytestmark = pytest.mark.conformance

Row: TypeAlias = dict[str, str]

FOLDER = Path(__file__).parents[2].parent / "shared" / "sources"
SAMPLES = FOLDER / "samples"
NOW = datetime(2026, 9, 24, tzinfo=UTC)
"""After the newest recording."""
FED_TO = {"error-body": "statuspage"}
"""Families of answers that are no status, and who is given them to refuse."""
MADE_UP = "HANDWRITTEN"
LISTS_PARTS = frozenset(
    {
        "statuspage",
        "incidentio-compat",
        "incidentio-page",
        "apple",
        "m365-graph",
        "heroku",
        "instatus",
        "instatus-page",
        "betterstack",
        "statusio",
        "gatus",
        "upptime",
        "ohdear",
        "statusiq",
    }
)
"""Elsewhere parts are worked out from incidents, so their number is ours alone."""
COUNTS = (
    "n_components",
    "n_bad_components",
    "n_open_incidents",
    "n_incidents",
    "n_updates_open",
    "n_maint_active",
    "n_maint_upcoming",
)


def table(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def of_ours(rows: list[Row]) -> list[Row]:
    """Return the rows that a family of ours, or a refusal by it, can be held to."""
    return [
        row
        for row in rows
        if (row["family"] in registry.FAMILIES or row["file"].startswith(REFUSED))
    ]


REFUSED = ("error-body/", "html-not-json/", "statuspage/flashcat")
INDEX = of_ours(table(SAMPLES / "INDEX.tsv"))
EXPECTED = of_ours(table(FOLDER / "expected.tsv"))


@pytest.fixture(autouse=True)
def _recordings_at_hand() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the recorded answers are not kept beside this checkout")


def read(row: Row) -> Report | SourceError:
    """Return what is read, or the refusal; nothing else may come out."""
    family = FED_TO.get(row["family"], row["family"])
    body = (SAMPLES / row["file"]).read_bytes()
    answer = Answer("https://status.example/api.json", body, NOW)
    try:
        return registry.parser(family)(SourceId("sample"), answer)
    except SourceError as error:
        return error


def first_open(report: Report) -> Incident | None:
    """Return the worst open incident; among equals the first one listed."""
    return max(report.open_incidents, key=lambda i: i.level or 0, default=None)


def cells(report: Report) -> dict[str, str]:
    """Return a report in the columns of the table."""
    worst = first_open(report)
    states = [work.state for work in report.maintenances]
    bad = [c for c in report.components if c.level and c.level.is_trouble]
    return {
        "outcome": "report",
        "level": report.level.code if report.level else "null",
        "n_components": str(len(report.components)),
        "n_bad_components": str(len(bad)),
        "n_open_incidents": str(len(report.open_incidents)),
        "n_incidents": str(len(report.incidents)),
        "n_updates_open": str(sum(len(i.updates) for i in report.open_incidents)),
        "n_maint_active": str(sum(state.is_active for state in states)),
        "n_maint_upcoming": str(states.count(MaintenanceState.SCHEDULED)),
        "first_open_title": worst.title if worst else "",
        "first_open_started_utc": (
            worst.started_at.isoformat() if worst and worst.started_at else ""
        ),
    }


def alternatives(row: Row) -> list[dict[str, str]]:
    """Return what the note allows instead: ``alt col=val[,col=val] (why)``."""
    return [
        dict(cell.split("=", 1) for cell in part.split(" (")[0].split(","))
        for part in row["level_note"].split("alt ")[1:]
        for part in [part.strip().rstrip(";")]
    ]


def agrees(column: str, ours: str, theirs: str) -> bool:
    if column == "first_open_title":
        return theirs.removesuffix("...") in ours or ours.removesuffix("…") in theirs
    if column == "first_open_started_utc" and ours and theirs:
        return abs((moment(ours) or NOW) - (moment(theirs) or NOW)) < timedelta(
            milliseconds=1
        )
    return ours == theirs


def differences(row: Row, ours: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the cells that disagree, by their column."""
    columns = [
        "outcome",
        "level",
        *COUNTS,
        "first_open_title",
        "first_open_started_utc",
    ]
    if row["family"] not in LISTS_PARTS:
        columns = [c for c in columns if not c.endswith("components")]
    return {
        column: (ours[column], row[column])
        for column in columns
        if not agrees(column, ours[column], row[column])
    }


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["file"])
def test_a_recorded_answer_gives_what_the_table_says(row: Row) -> None:
    allowed = alternatives(row) if row["confidence"] == "arguable" else []
    report = read(row)
    if isinstance(report, SourceError):
        assert "error" in {r.get("outcome") for r in (row, *allowed)}, str(report)
        return
    ours = cells(report)
    wrong = differences(row, ours)
    for other in allowed:
        if all(ours.get(column) == value for column, value in other.items()):
            wrong = {c: pair for c, pair in wrong.items() if c not in other}
    assert wrong == {}


@pytest.mark.parametrize("row", INDEX, ids=lambda row: row["file"])
def test_every_recorded_answer_is_read_or_clearly_refused(row: Row) -> None:
    report = read(row)
    if isinstance(report, SourceError):
        assert 0 < len(str(report)) < 200
    else:
        assert not row["file"].startswith(REFUSED)
        assert report.level is None or isinstance(report.level, Level)


def test_the_table_speaks_about_us() -> None:
    assert len(EXPECTED) >= 40
    assert len(INDEX) >= 60
