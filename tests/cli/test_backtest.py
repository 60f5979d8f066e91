"""When one's own rules would have told, at the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from downlight.cli import main, playback
from downlight.cli.trial import Rules, attempt
from downlight.core.model import SourceId
from downlight.core.schedule import Cadence
from downlight.core.settings import Settings
from downlight.core.source import SourceInfo
from downlight.engine import recording
from downlight.wiring import about, replay_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

RECORDINGS = Path(__file__).parents[2] / "resources" / "recordings"
PAGE = "https://www.githubstatus.com/api/v2/summary.json"


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No cell of a table is broken."""
    monkeypatch.setenv("COLUMNS", "200")


def run(
    capsys: pytest.CaptureFixture[str], data: Path, folder: Path, *more: str
) -> str:
    assert main(["--data", str(data), "backtest", str(folder), *more]) == 0
    return capsys.readouterr().out


def service(text: str, slug: str) -> dict[str, Any]:
    (found,) = [it for it in json.loads(text)["services"] if it["slug"] == slug]
    return dict(found)


def answer(
    parts: dict[str, str], *incidents: dict[str, Any], words: str = ""
) -> dict[str, Any]:
    """Return what a status page of the recorded kind says."""
    return {
        "page": {"id": "p", "name": "GitHub", "url": "https://www.githubstatus.com"},
        "components": [
            {"id": name, "name": name, "status": status, "group_id": None}
            for name, status in parts.items()
        ],
        "incidents": list(incidents),
        "scheduled_maintenances": [],
        "status": {"indicator": "none", "description": words},
    }


def taped(folder: Path, looks: Sequence[tuple[str, object]], says: str = "") -> Path:
    """Make a recording of one page; None in place of an answer is an error."""
    folder.mkdir()
    lines = []
    for number, (clock, body) in enumerate(looks):
        line = {"at": f"2026-03-01T{clock}:00Z", "url": PAGE}
        if body is None:
            lines.append(json.dumps({**line, "error": "timeout"}))
            continue
        (folder / f"{number}.json").write_text(json.dumps(body), "utf-8")
        what = {"status": 200, "headers": {}, "body": f"{number}.json"}
        lines.append(json.dumps({**line, **what}))
    (folder / "index.jsonl").write_text("\n".join(lines), "utf-8")
    if says:
        (folder / "about.toml").write_text(says, "utf-8")
    return folder


FINE = answer({"Actions": "operational"})
DOWN = answer({"Actions": "major_outage"})


def outage(began: str, ended: str | None = None, slug: str = "github") -> str:
    until = f'ended = "2026-03-01T{ended}:00Z"\n' if ended else ""
    return f'[[outage]]\nservice = "{slug}"\nbegan = 2026-03-01T{began}:00Z\n{until}'


def test_more_sightings_tell_later_and_the_defaults_stand_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    still = answer({"Actions": "operational"}, words="All well.")
    tape = taped(
        tmp_path / "tape",
        [("12:00", FINE), ("12:10", DOWN), ("13:00", FINE), ("13:04", still)],
        outage("12:08", "12:58"),
    )
    more = ("--confirm", "3", "--confirm-end", "2", "--every", "300", "--json")
    text = run(capsys, tmp_path, tape, *more)
    assert len(text.splitlines()) == 1
    rules = json.loads(text)["rules"]
    assert rules["yours"] == {"confirm": 3, "confirm_end": 2, "every": 300}
    assert rules["shipped"] == {"confirm": 1, "confirm_end": 1, "every": None}
    found = service(text, "github")
    assert found["truth"] == "recording"
    (mine,), (theirs,) = found["yours"]["outages"], found["shipped"]["outages"]
    assert mine["told_at"] == "2026-03-01T12:20:00Z"  # seen at 12:10, 12:15 and 12:20
    assert mine["late"] == 12 * 60
    assert mine["ended_at"] == "2026-03-01T13:05:00Z"
    assert mine["end_late"] == 7 * 60
    assert theirs["told_at"] == "2026-03-01T12:12:00Z"  # asked every three minutes
    assert mine["by"] == theirs["by"] == ["official"]
    assert found["yours"]["false_alarms"] == found["shipped"]["false_alarms"] == []


def test_what_the_settings_say_counts_where_nothing_is_overridden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text("[detection]\nnonsense = 1\n", "utf-8")
    tape = taped(tmp_path / "tape", [("12:00", FINE)])
    assert main(["--data", str(tmp_path), "backtest", str(tape), "--json"]) == 0
    said = capsys.readouterr()
    assert "nonsense" in said.err or "detection" in said.err
    assert json.loads(said.out)["rules"]["yours"]["confirm"] == 1


def test_who_is_asked_oftener_is_asked_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tape = taped(tmp_path / "tape", [("12:00", FINE), ("12:10", DOWN), ("12:40", FINE)])
    found = service(run(capsys, tmp_path, tape, "--every", "15", "--json"), "github")
    often, seldom = found["yours"]["requests"], found["shipped"]["requests"]
    assert often > 4 * seldom > 0
    (hit,) = found["yours"]["outages"]
    assert (hit["late"], hit["end_late"]) == (0, 0)


def test_the_table_says_whose_word_it_is_and_how_late(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tape = taped(
        tmp_path / "tape",
        [("12:00", FINE), ("12:10", DOWN), ("13:00", FINE)],
        'title = "A day"\n' + outage("12:08", "12:58"),
    )
    text = run(capsys, tmp_path, tape, "--every", "60", "--confirm", "2")
    assert "A day, played by two sets of rules" in text
    assert (
        "your rules: begins after 2 sightings in a row, ends after 1 sighting; "
        "each source asked every 1 min." in text
    )
    assert (
        "GitHub. In trouble, by the word of the recording: 2026-03-01 12:08 to 12:58."
        in text
    )
    assert "12:11, 3 min after" in text
    assert "12:12, 4 min after" in text
    assert "official page" in text
    assert "13:00, 2 min after" in text
    rows = [line.split() for line in text.splitlines()]
    assert ["missed", "0", "0"] in rows
    assert ["false", "alarms", "none", "none"] in rows


def test_without_a_word_of_the_recording_its_page_is_the_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trouble = {
        "id": "i",
        "name": "Actions",
        "impact": "major",
        "status": "investigating",
        "started_at": "2026-03-01T12:01:00Z",
        "created_at": "2026-03-01T12:01:00Z",
        "resolved_at": None,
        "incident_updates": [],
        "components": [{"id": "Actions"}],
    }
    bad = answer({"Actions": "major_outage"}, trouble)
    tape = taped(
        tmp_path / "tape",
        [("12:00", FINE), ("12:10", bad), ("12:20", None), ("13:00", FINE)],
    )
    text = run(capsys, tmp_path, tape)
    assert "by the word of the official pages in it, which may leave things out" in text
    assert "2026-03-01 12:01 to 13:00" in text
    assert "false alarms" not in text


def test_a_recording_that_outlasts_its_outage_not_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tape = taped(tmp_path / "tape", [("12:00", FINE), ("12:10", DOWN)], outage("12:05"))
    text = run(capsys, tmp_path, tape)
    assert "from 2026-03-01 12:05 on" in text
    assert "not by the end" in text


def test_missed_false_and_told_again_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    looks = [
        ("10:00", FINE),  # 9:50 to 10:30 was missed
        ("12:10", DOWN),  # told, and told again
        ("12:30", FINE),
        ("13:30", DOWN),
        ("13:40", FINE),
        ("16:00", DOWN),  # and this was none
        ("16:30", FINE),
        ("19:00", FINE),
    ]
    says = outage("09:50", "10:30") + outage("12:00", "14:00")
    tape = taped(tmp_path / "tape", looks, says)
    more = ("--every", "60")
    found = service(run(capsys, tmp_path, tape, *more, "--json"), "github")["yours"]
    assert found["missed"] == 1
    assert [hit["times_told"] for hit in found["outages"]] == [0, 2]
    assert [it["told_at"] for it in found["false_alarms"]] == ["2026-03-01T16:00:00Z"]
    text = run(capsys, tmp_path, tape, *more)
    assert "1. told at" in text
    assert "never while it lasted" in text
    assert "and 1 more time" in text
    assert "1: 2026-03-01 16:00 to 16:30" in text


def test_one_that_began_before_the_recording_is_not_late_by_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    says = outage("11:00", "12:10") + outage("12:20", "12:40")
    tape = taped(tmp_path / "tape", [("12:00", DOWN), ("12:50", FINE)], says)
    found = service(run(capsys, tmp_path, tape, "--json"), "github")["yours"]
    assert [hit["late"] for hit in found["outages"]] == [None, None]
    text = run(capsys, tmp_path, tape)
    assert "it began before the recording" in text
    assert "of an earlier one" in text


def test_a_page_that_says_nothing_leaves_nothing_to_compare_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tape = taped(tmp_path / "tape", [("12:00", None), ("12:30", None)])
    text = run(capsys, tmp_path, tape)
    assert "there is nothing to compare with" in text
    assert ["told", "nothing", "nothing"] in [line.split() for line in text.split("\n")]
    found = service(run(capsys, tmp_path, tape, "--json"), "github")
    assert found["truth"] is found["outages"] is None
    assert found["yours"]["false_alarms"] is None


def test_a_page_that_is_well_all_the_time_says_of_no_outage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tape = taped(tmp_path / "tape", [("12:00", FINE), ("12:30", FINE)])
    assert "GitHub. No outage, by the word of the official pages" in run(
        capsys, tmp_path, tape
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--every", "14"), "15 seconds or more"),
        (("--every", "soon"), "15 seconds or more"),
        (("--confirm", "0"), "a number from 1 to 10"),
        (("--confirm-end", "11"), "a number from 1 to 10"),
    ],
)
def test_rules_nobody_should_have_are_refused_in_words(
    words: tuple[str, str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["backtest", "tape", *words])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_only_the_services_one_names_are_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RECORDINGS / "whatsapp-2022-10-25"
    more = ("--service", "messenger", "whatsapp-business", "--json")
    services = json.loads(run(capsys, tmp_path, folder, *more))["services"]
    assert {it["slug"] for it in services} == {"messenger", "whatsapp-business"}
    assert main(["backtest", str(folder), "--service", "atlantis"]) == 3
    assert "nobody knows 'atlantis'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("outage = 1", "not iterable"),
        ("[outage]\nx = 1", "stand in tables [[outage]]"),
        ("[[outage]]\nbegan = 2026-03-01T12:00:00Z", "an outage of no service"),
        ('[[outage]]\nservice = "github"', "no moment like"),
        (
            '[[outage]]\nservice = "github"\nbegan = 2026-03-01T12:00:00',
            "no moment like",
        ),
        (outage("12:00", "11:00"), "ends before it begins"),
    ],
)
def test_a_truth_that_makes_no_sense_is_refused_in_words(
    says: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tape = taped(tmp_path / "tape", [("12:00", FINE)], says)
    assert main(["backtest", str(tape)]) == 3
    said = capsys.readouterr().err
    assert "tape: about.toml: " in said
    assert told in said


def test_several_outages_of_a_service_are_put_in_order(tmp_path: Path) -> None:
    says = outage("14:00") + outage("12:00", "13:00") + outage("12:30", "13:30")
    tape = taped(tmp_path / "tape", [("12:00", FINE)], says)
    found = about(tape).outages["github"]
    assert [f"{it.began:%H:%M}" for it in found] == ["12:00", "14:00"]
    assert f"{found[0].ended:%H:%M}" == "13:30"


def test_a_faster_pace_is_only_a_pace() -> None:
    class Still:
        info = SourceInfo(SourceId("a"), "A", "x", "official", Cadence())

    still = Still()
    fast = playback.Counted(still, still.info)  # type: ignore[arg-type]  # never asked
    assert fast.info is still.info
    assert fast.requests == 0


def test_trying_leaves_no_trace(tmp_path: Path) -> None:
    tape = recording.load(taped(tmp_path / "tape", [("12:00", FINE)]))
    plan = replay_plan(tape, ["github"])
    before = {file.name for file in tmp_path.rglob("*")}
    first, second = (attempt(tape, plan, [Rules(Settings())], {}) for _ in range(2))
    assert first == second
    assert {file.name for file in tmp_path.rglob("*")} == before
