"""`python3 app` twice at once, and after one that was killed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkouts import ROOT, checkout

pytestmark = pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="pip is played by a shell script"
)


class SlowPip:
    """A pip that begins when it is looked at and ends when it is let."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "pip"
        self._begun, self._gate = folder / "begun", folder / "gate"
        text = f"#!/bin/sh\necho >{self._begun}\ncat {self._gate} >/dev/null\n"
        self.program.write_text(text)
        self.program.chmod(0o755)
        os.mkfifo(self._begun)
        os.mkfifo(self._gate)

    def wait_until_begun(self) -> None:
        self._begun.read_text()

    def let_end(self) -> None:
        self._gate.write_text("go")


def begin(folder: Path, pip: SlowPip) -> subprocess.Popen[str]:
    """Begin to make the environment of the checkout `folder` in another process."""
    code = (
        f"import sys; sys.path[0] = {str(ROOT / 'installer')!r}\n"
        "from pathlib import Path\n"
        "import environment as e\n"
        f"own, pip = e.for_app(Path({str(folder)!r})), Path({str(pip.program)!r})\n"
        "e.make(e.Environment(own.folder, own.lock, own.reaches, pip))\n"
    )
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def next_words(start: subprocess.Popen[str]) -> str:
    assert start.stderr is not None
    return start.stderr.readline()


def test_of_two_starts_at_once_one_makes_it_and_the_other_waits(
    tmp_path: Path,
) -> None:
    made, pip = checkout(tmp_path / "here"), SlowPip(tmp_path)
    with begin(tmp_path / "here", pip) as first:
        pip.wait_until_begun()
        with begin(tmp_path / "here", pip) as second:
            assert (
                next_words(second) == "Another start is setting up; waiting for it.\n"
            )
            pip.let_end()
            assert "Setting up" in first.communicate()[1]
            assert second.communicate()[1] == ""
    assert made.is_ready()


def test_a_start_after_a_killed_one_waits_for_its_pip_and_makes_all_anew(
    tmp_path: Path,
) -> None:
    made, pip = checkout(tmp_path / "here"), SlowPip(tmp_path)
    with begin(tmp_path / "here", pip) as killed:
        pip.wait_until_begun()
        killed.kill()
    with begin(tmp_path / "here", pip) as start:
        assert next_words(start) == "Another start is setting up; waiting for it.\n"
        pip.let_end()
        assert "half-made" in next_words(start)
        pip.wait_until_begun()
        pip.let_end()
        start.communicate()
    assert made.is_ready()
