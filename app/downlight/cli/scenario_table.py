"""Reads a table of scenarios: what is seen, and what the rule should make of it.

Tab-separated, a header line, no quoting; a line that begins with ``#`` is a remark.
``expect_verdict``, ``expect_scope`` and ``expect_notify`` may name several that are
right, with ``|`` between them; notices follow each other with ``>``; ``-`` is none at
all. Columns that may be missing: ``start``, when the first minute is (ISO 8601, UTC);
``name`` of the service and its ``owner``, as sentences call them; ``also``, other
countries whose trouble counts, with spaces between them. Others are not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.cli.scenario_moments import Segment
from downlight.core.errors import DownlightError
from downlight.core.fusion.course import Notice
from downlight.core.fusion.ruling import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

UNKNOWN: Final = "unknown"
"""How the table calls a state that cannot be told."""
NONE: Final = "-"
"""How it writes that nothing is told."""
NOWHERE: Final = "n/a"
"""How it calls the scope where there is no trouble."""
BANDS: Final = {"low": (0.0, 0.6), "medium": (0.6, 0.9), "high": (0.9, 1.01)}
"""From which confidence on, and below which, each word holds."""
START: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""When a scenario begins that does not say."""
NAME: Final = "The service"
"""What a service is called whose name the table does not say."""
REMARK: Final = "#"
"""Begins a line that is no row."""
YEARS: Final = range(1970, 2200)
"""Moments beyond are mistakes, and the end of the calendar is not far."""
LONGEST: Final = 50_000
"""Minutes of a scenario, at most: five weeks; each is played and kept."""
STATES: Final = frozenset({*State, UNKNOWN})
NOTICES: Final = frozenset({*Notice, NONE})
COLUMNS: Final = (
    "id",
    "title",
    "probe_class",
    "user_region",
    "input_json",
    "expect_verdict",
    "expect_scope",
    "expect_notify",
    "expect_confidence",
    "first_notify_by_min",
    "reason_words",
)


class TableError(DownlightError):
    """A table of scenarios, or a row of it, cannot be used."""

    title = "Scenarios not readable"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row: what is seen, and what is right."""

    name: str
    title: str
    home: str
    real: bool
    """Whether our own checks do what people do."""
    segments: tuple[Segment, ...]
    states: tuple[str, ...]
    scopes: tuple[str, ...]
    notices: tuple[str, ...]
    confidence: str
    first_by: int | None
    """Minute by which something is told; None when that is free."""
    words: tuple[str, ...]
    """What the reasons must contain, whatever the case."""
    start: datetime = START
    """When the first minute is (aware, UTC)."""
    service: str = NAME
    """What sentences call the service."""
    owner: str = ""
    """Whose word its official page is; empty when the service's own."""
    also: tuple[str, ...] = ()
    """Other countries whose trouble counts, too."""


def read(path: Path) -> Iterator[Scenario | TableError]:
    """Yield each row as a scenario, or why it is none.

    Raises:
        TableError: The file cannot be read, or lacks a column.
    """
    rows = [
        (number, line)
        for number, line in enumerate(_lines(path), 1)
        if line.strip() and not line.startswith(REMARK)
    ]
    first, head = rows[0] if rows else (1, "")
    header = head.rstrip("\r").split("\t")
    if lost := [name for name in COLUMNS if name not in header]:
        raise TableError(f"{path}: line {first}: no column {', '.join(lost)}")
    seen: set[str] = set()
    for number, line in rows[1:]:
        try:
            scenario = _row(header, line.rstrip("\r").split("\t"))
            if scenario.name in seen:
                raise _wrong("id", f"{scenario.name} stands here twice")
            seen.add(scenario.name)
        except TableError as error:
            yield TableError(f"line {number}, {error}")
        else:
            yield scenario


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise TableError(f"{path}: {error}") from error
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        raise TableError(f"{path}: line {number}: {error}") from error


def _row(header: list[str], cells: list[str]) -> Scenario:
    if len(cells) != len(header):
        raise TableError(f"{len(cells)} columns, the header has {len(header)}")
    row = dict(zip(header, cells, strict=True))
    if not row["id"]:
        raise _wrong("id", "empty")
    notices = _several("expect_notify", row, ())
    for run in notices:
        for notice in run.split(">"):
            _one_of("expect_notify", notice, NOTICES)
    return Scenario(
        name=row["id"],
        title=row["title"],
        home=row["user_region"],
        real=_one_of("probe_class", row["probe_class"], {"front", "function"})
        == "function",
        segments=_segments(row["input_json"]),
        states=_several("expect_verdict", row, STATES),
        scopes=_several("expect_scope", row, ()),
        notices=notices,
        confidence=_one_of(
            "expect_confidence", row["expect_confidence"], {*BANDS, "any"}
        ),
        first_by=_minute(row["first_notify_by_min"]),
        words=tuple(word for word in row["reason_words"].split("; ") if word),
        start=_start(row.get("start", "")),
        service=row.get("name", "") or NAME,
        owner=row.get("owner", ""),
        also=tuple(row.get("also", "").split()),
    )


def _segments(text: str) -> tuple[Segment, ...]:
    try:
        segments = msgspec.json.decode(text, type=tuple[Segment, ...])
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise _wrong("input_json", str(error)) from error
    if not segments or any(minutes < 1 for minutes, _ in segments):
        raise _wrong("input_json", "a segment has no minutes")
    if sum(minutes for minutes, _ in segments) > LONGEST:
        raise _wrong("input_json", f"more than {LONGEST} minutes")
    return segments


def _several(
    column: str, row: dict[str, str], known: Collection[str]
) -> tuple[str, ...]:
    """Return what is right; any word will do where none are ``known``."""
    words = tuple(row[column].split("|"))
    for word in words:
        if known:
            _one_of(column, word, known)
    return words


def _one_of(column: str, word: str, known: Collection[str]) -> str:
    if word not in known:
        raise _wrong(column, f"{word!r} is none of {', '.join(sorted(known))}")
    return word


def _minute(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST))):
        raise _wrong("first_notify_by_min", f"{text!r} is no minute")
    return int(text)


def _start(text: str) -> datetime:
    if not text:
        return START
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise _wrong("start", f"{text!r} is no moment") from error
    if at.tzinfo is None or at.year not in YEARS:
        raise _wrong("start", f"{text!r} has no time zone, or is far from now")
    return at.astimezone(UTC)


def _wrong(column: str, why: str) -> TableError:
    return TableError(f"column {column}: {why}")
