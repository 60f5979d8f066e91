"""What is said when nobody listens, or nothing can be written."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from downlight.cli import console, forms, main
from downlight.cli.sinks import Printer

ROOT = Path(__file__).parents[2]
PYTHON = os.environ.get("DOWNLIGHT_PYTHON", sys.executable)
NOWHERE = "http://127.0.0.1:9"
"""A proxy nobody runs: every request is refused at once, on this computer."""
DEMO = "demo google-cloud-2025-06-12 --json"

unix = pytest.mark.skipif(not Path("/dev/full").exists(), reason="it needs /dev/full")


def shell(line: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which ``downlight`` is the program.

    Its status is the program's, whatever reads its output.
    """
    program = f"'{PYTHON}' -m downlight"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line.replace("downlight", program)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {"PYTHONPATH": str(ROOT / "app"), "HTTPS_PROXY": NOWHERE}
        | environ,
    )


@unix
@pytest.mark.parametrize(
    "verb", ["services", "status github", "watch github", "demo --list", DEMO]
)
def test_a_full_disk_is_said_without_a_traceback(verb: str, tmp_path: Path) -> None:
    ended = shell(f"downlight --data '{tmp_path}' {verb} >/dev/full")
    assert ended.stderr == "downlight: Cannot write: No space left on device\n"
    assert ended.returncode == 3


@unix
@pytest.mark.parametrize("verb", ["services", "watch github", "--help", DEMO])
def test_a_reader_that_has_left_is_no_error(verb: str, tmp_path: Path) -> None:
    # The reader of the pipe is gone before the program is there.
    ended = shell(f"downlight --data '{tmp_path}' {verb} > >(exit)")
    assert ended.stderr == ""
    assert ended.returncode == 0


@unix
@pytest.mark.parametrize("verb", ["services", "status github", "demo --list", DEMO])
def test_a_closed_output_is_said(verb: str, tmp_path: Path) -> None:
    ended = shell(f"downlight --data '{tmp_path}' {verb} >&-")
    assert ended.stderr == "downlight: Cannot write: standard output is closed\n"
    assert ended.returncode == 3


@unix
def test_words_for_a_closed_error_stream_do_not_land_in_the_output() -> None:
    ended = shell("downlight status atlantis --json 2>&-")
    assert ended.returncode == 3
    assert json.loads(ended.stdout)["services"] == []


@unix
def test_an_output_that_knows_few_signs_gets_json_without_loss(tmp_path: Path) -> None:
    for encoding in ("ascii", "latin-1", "utf-8"):
        ended = shell(f"downlight {DEMO}", PYTHONIOENCODING=encoding)
        assert ended.returncode == 0
        events = [json.loads(line) for line in ended.stdout.splitlines()]
        (tmp_path / encoding).write_text(json.dumps(events))
    texts = {file.read_text() for file in tmp_path.iterdir()}
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("encoding", "line"), [("ascii", '"\\u2026"'), ("utf8", '"…"'), ("UTF-8", '"…"')]
)
def test_signs_are_escaped_where_they_would_be_lost(encoding: str, line: str) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert forms.dump("…", out) == line
    assert forms.dump("…", io.StringIO()) == '"…"'


def test_control_signs_do_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["read", "statuspage", "/gone\x1b[2J\u202e"]) == 3
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "/gone?[2J?" in said


def test_a_stream_that_was_closed_is_not_a_bug() -> None:
    out = io.StringIO()
    out.close()
    with pytest.raises(console.Unwritable, match="is closed"):
        console.say("x", out)
    assert Printer(json=False, out=out).closed is None
