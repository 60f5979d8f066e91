"""``scenarios``: the rule that weighs, held against tables."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from downlight.cli import main
from downlight.cli.scenario_minutes import minutes
from downlight.cli.scenario_moments import Segment
from downlight.cli.scenario_table import (
    COLUMNS,
    NAME,
    START,
    Scenario,
    TableError,
    read,
)
from downlight.cli.scenarios import differences, play

if TYPE_CHECKING:
    from collections.abc import Iterable

OURS = Path(__file__).parents[1] / "fixtures" / "scenarios.tsv"
GOOD = {
    "id": "calm",
    "title": "nothing happens",
    "probe_class": "front",
    "user_region": "NL",
    "input_json": "[[5,{}]]",
    "expect_verdict": "operational",
    "expect_scope": "n/a",
    "expect_notify": "-",
    "expect_confidence": "high",
    "first_notify_by_min": "",
    "reason_words": "",
    "start": "",
    "name": "",
    "owner": "",
}


def table(
    folder: Path, *rows: dict[str, str], columns: Iterable[str] = tuple(GOOD)
) -> Path:
    path = folder / "scenarios.tsv"
    lines = ["\t".join(columns)]
    lines += ["\t".join((GOOD | row)[name] for name in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def scenarios() -> Iterable[Scenario]:
    for row in read(OURS):
        assert isinstance(row, Scenario), row
        yield row


@pytest.mark.parametrize("scenario", [*scenarios()], ids=lambda by: by.name)
def test_the_rule_says_what_our_own_table_expects(scenario: Scenario) -> None:
    assert differences(scenario, play(scenario)) == ()


def test_our_own_table_is_not_a_handful() -> None:
    assert len([*scenarios()]) >= 25


def test_each_scenario_is_named_and_then_the_sum(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(
        tmp_path,
        {},
        {
            "id": "wrong",
            "title": "all of it",
            "expect_verdict": "outage|degraded",
            "expect_scope": "global",
            "expect_notify": "alert|early_warning>confirmed",
            "expect_confidence": "low",
            "first_notify_by_min": "3",
            "reason_words": "PASS; flood",
        },
    )
    assert main(["scenarios", str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "pass  calm  nothing happens",
        "FAIL  wrong  all of it",
        "      verdict: operational, expected outage or degraded",
        "      scope: n/a, expected global",
        "      notices: -, expected alert or early_warning>confirmed",
        "      confidence: 0.95, expected low",
        "      first notice: never, expected by minute 3",
        "      reasons: no 'flood'",
        "1 passed, 1 failed",
    ]


def test_a_notice_that_comes_late_is_a_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {
        "input_json": '[[5,{}],[2,{"official":{"state":"major"}}]]',
        "expect_verdict": "outage",
        "expect_scope": "global",
        "expect_notify": "alert",
    }
    path = table(tmp_path, row | {"first_notify_by_min": "4"})
    assert main(["scenarios", str(path)]) == 1
    assert "first notice: in minute 5, expected by minute 4" in capsys.readouterr().out
    assert main(["scenarios", str(table(tmp_path, row))]) == 0


def test_only_the_named_ones_are_played_if_any_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, {}, {"id": "other"}, {"id": "broken", "input_json": "["})
    assert main(["scenarios", str(path), "other"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 0 failed"
    assert main(["scenarios", str(path), "nowhere"]) == 3
    assert "no scenario nowhere" in capsys.readouterr().err


def test_machines_get_one_line_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, {}, {"id": "broken", "first_notify_by_min": "soon"})
    assert main(["scenarios", str(path), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["passed"], said["failed"]) == (1, 1)
    assert said["scenarios"][0] == {
        "id": "calm",
        "title": "nothing happens",
        "passed": True,
        "differences": [],
    }
    assert said["scenarios"][1]["id"] is None
    assert said["scenarios"][1]["differences"] == [
        "line 3, column first_notify_by_min: 'soon' is no minute"
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"id": ""}, "column id: empty"),
        ({"probe_class": "side"}, "column probe_class: 'side' is none of front,"),
        ({"input_json": "[[5,"}, "column input_json: Input data was truncated"),
        ({"input_json": "[]"}, "column input_json: a segment has no minutes"),
        ({"input_json": "[[0,{}]]"}, "column input_json: a segment has no minutes"),
        (
            {"input_json": '[[5,{"probe":{"bad":"all"}}]]'},
            "column input_json: Expected `int`, got `str` - at `$[0][1].probe.bad`",
        ),
        (
            {"input_json": '[[5,{"weather":{}}]]'},
            "column input_json: Object contains unknown field `weather`",
        ),
        ({"input_json": "[[50001,{}]]"}, "column input_json: more than 50000 minutes"),
        (
            {"input_json": '[[5,{"official":{"age_min":1e300}}]]'},
            "column input_json: Expected `float` <= 1000000.0 - at `$[0][1].offi",
        ),
        (
            {"input_json": '[[5,{"local":{"refs":[-1,5]}}]]'},
            "column input_json: Expected `int` >= 0 - at `$[0][1].local.refs[0]`",
        ),
        (
            {"first_notify_by_min": "9" * 5000},
            "column first_notify_by_min: '999",
        ),
        ({"expect_verdict": "fine"}, "column expect_verdict: 'fine' is none of"),
        ({"expect_notify": "alert>call"}, "column expect_notify: 'call' is none of"),
        ({"expect_confidence": "much"}, "column expect_confidence: 'much' is none"),
        ({"first_notify_by_min": "-1"}, "column first_notify_by_min: '-1' is no"),
        ({"start": "today"}, "column start: 'today' is no moment"),
        ({"start": "2025-02-28T15:00"}, "column start: '2025-02-28T15:00' has no time"),
        ({"start": "9999-12-31T00:00Z"}, "column start: '9999-12-31T00:00Z' has no"),
        ({"title": "one\tmore"}, "15 columns, the header has 14"),
    ],
)
def test_a_bad_row_is_named_with_line_and_column_and_the_others_are_played(
    change: dict[str, str],
    why: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = table(tmp_path, change, {"id": "last"})
    assert main(["scenarios", str(path)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"error line 2, {why}")
    assert said[1:] == ["pass  last  nothing happens", "1 passed, 1 failed"]


def test_a_table_does_not_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(
        tmp_path,
        {"title": "red \x1b[31m"},
        {"id": "b\x9bc", "expect_scope": "\x1b[2J"},
        {"id": "c", "input_json": '[[5,{"\\u001b[2J":1}]]'},
    )
    assert main(["scenarios", str(path)]) == 1
    said = capsys.readouterr().out
    assert said.replace("\n", "").isprintable()
    assert "red ?[31m" in said


def test_a_name_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    _, second = read(table(tmp_path, {}, {}))
    assert isinstance(second, TableError)
    assert str(second) == "line 3, column id: calm stands here twice"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"id\ttitle\n", "line 1: no column probe_class, user_region"),
        (b"", "line 1: no column id"),
        (b"\xff\xfe", "line 1: 'utf-8' codec can't decode"),
        (b"id\n\na\xff", "line 3: 'utf-8' codec can't decode"),
    ],
)
def test_what_is_no_table_is_said(
    body: bytes, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other"
    path.write_bytes(body)
    assert main(["scenarios", str(path)]) == 3
    assert why in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scenarios", str(tmp_path / "nowhere")]) == 3
    assert "Scenarios not readable" in capsys.readouterr().err


def test_what_may_be_missing_may_be_missing_and_remarks_are_no_rows(
    tmp_path: Path,
) -> None:
    path = table(tmp_path, {"id": "bare"}, columns=COLUMNS)
    path.write_text("# of mine\n\n" + path.read_text() + "# the end\n")
    (bare,) = read(path)
    (full,) = read(
        table(
            tmp_path,
            {"start": "2025-02-28T12:00-03:00", "name": "Parrot", "owner": "Cage"},
        )
    )
    assert isinstance(bare, Scenario)
    assert (bare.start, bare.service, bare.owner) == (START, NAME, "")
    assert isinstance(full, Scenario)
    assert full.start == datetime(2025, 2, 28, 15, tzinfo=UTC)
    assert (full.service, full.owner) == ("Parrot", "Cage")


PARROT = {
    "id": "parrot",
    "title": "it falls silent",
    "start": "2025-02-28T15:00Z",
    "name": "Parrot",
    "owner": "Cage",
    "input_json": '[[2,{}],[2,{"official":{"state":"major","scope":["NL"]}}]]',
}


def test_minutes_say_what_is_said_and_told_and_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, PARROT, {"id": "other"}, {"id": "broken", "start": "x"})
    assert main(["scenarios", str(path), "parrot", "--minutes"]) == 0
    told = "Since 15:02. Cage says so. Your own connection is fine."
    assert capsys.readouterr().out.splitlines() == [
        "parrot: it falls silent",
        (
            "  From 2025-02-28 15:00 UTC, in NL. Numbers are those of a line's first "
            "minute."
        ),
        "  From-to       Min  Level       Where           Sure          Told",
        "  15:00-15:01     2  all well    not known       very sure",
        "                    Parrot: all well, says Cage.",
        *CALM_REASONS,
        (
            "                       -0.3 Official page: The official page shows no "
            "incident."
        ),
        "  15:02           1  down        Netherlands     very sure     alert",
        (
            "                    Parrot is down in the Netherlands since 15:02. "
            "Cage says so. Your own connection is fine."
        ),
        f"                    told: Parrot is down in the Netherlands. {told}",
        *RED_REASONS,
        *CALM_REASONS,
        "  15:03           1  down        Netherlands     very sure",
        (
            "                    Parrot is down in the Netherlands since 15:02. "
            "Cage says so. Your own connection is fine."
        ),
        *RED_REASONS,
        *CALM_REASONS,
        "",
    ]
    assert main(["scenarios", str(path), "--minutes"]) == 1
    assert "error line 4, column start: 'x' is no moment" in capsys.readouterr().out


CALM_REASONS = [
    (
        "                       -0.8 People: People write no more than usual: ×1.0 the "
        "usual reports, 6 people."
    ),
    "                       -0.4 Our own checks: Our own checks pass.",
]
RED_REASONS = [
    (
        "                      +12.0 Official page: The official page names a large "
        "outage in the Netherlands."
    ),
]


def test_minutes_for_machines_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, PARROT, {"id": "broken", "start": "x"})
    assert main(["scenarios", str(path), "--minutes", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["errors"] == ["line 3, column start: 'x' is no moment"]
    (scenario,) = said["scenarios"]
    assert scenario["start"] == "2025-02-28T15:00:00Z"
    calm, red, after = scenario["runs"]
    assert (calm["minutes"], red["minutes"], after["minutes"]) == (2, 1, 1)
    assert (red["from"], red["to"]) == ("2025-02-28T15:02:00Z",) * 2
    assert (red["level"], red["state"]) == ("major_outage", "outage")
    assert (red["scope"], red["places"]) == ("places", ["NL"])
    assert red["notice"] == "alert"
    assert red["told"][0]["turn"] == "began"
    assert red["reasons"][0]["weight"] == 12.0
    assert after["told"] == []


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (
            '{"local":{"link":"down"},"probe":{"result":"timeout","bad":3}}',
            "You are offline, so nothing can be said about The service.",
        ),
        (
            '{"local":{"tls_refs":"clock"},"probe":{"result":"cert_expired","bad":3}}',
            "Your clock is wrong. Nothing can be said about The service meanwhile.",
        ),
        (
            '{"official":{"state":"maintenance"},"probe":{"result":"skipped"}}',
            "The service is under planned maintenance.",
        ),
        (
            '{"official":{"state":"minor"},"probe":{"result":"http_429","bad":3}}',
            (
                "The service is troubled since 12:05. The service says so. "
                "Your own connection is fine."
            ),
        ),
        (
            (
                '{"official":{"state":"unparsable"},"reports":{"feed":"down"},'
                '"probe":{"result":"http_5xx","bad":3}}'
            ),
            (
                "The service seems to be troubled since 12:05. The service's page "
                "could not be read. Your own connection is fine."
            ),
        ),
        (
            (
                '{"reports":{"feed":"stale"},"probe":{"result":"timeout","bad":3},'
                '"regional":{"NL":{"bad":9,"n":9,"asn":3,"age_h":1}}}'
            ),
            (
                "The service seems to be blocked in the Netherlands since 12:05. "
                "Your own connection is fine."
            ),
        ),
    ],
)
def test_what_is_said_rests_on_what_is_seen(seen: str, sentence: str) -> None:
    row = next(s for s in scenarios())
    segments = msgspec.json.decode(f"[[5,{{}}],[20,{seen}]]", type=tuple[Segment, ...])
    last = [*minutes(replace(row, segments=segments))][-1]
    assert last.sentence == sentence


def test_an_empty_table_proves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scenarios", str(table(tmp_path))]) == 1
    assert capsys.readouterr().out == "0 passed, 0 failed\n"


def test_a_table_from_elsewhere_may_have_its_own_line_ends_and_mark(
    tmp_path: Path,
) -> None:
    path = table(tmp_path, {})
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (row,) = read(path)
    assert isinstance(row, Scenario)
