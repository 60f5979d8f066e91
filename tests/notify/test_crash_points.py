"""Killed (SIGKILL) at random points, no start or end is lost, and none is told twice.

But for one window: what a channel has taken is noted after that, and who is killed
between the two cannot know that it was shown. There, and only there, it is shown once
more. `DOWNLIGHT_KILLS` in the environment says how many lives are killed: 200 where it
is not set, as 1,000 take about 40 seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.notify.plot import TOLD
from tests.notify.relics import DECIDED, HAPPENED, NOTED, SHOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked"),
    pytest.mark.timeout(600),
]

ROOT = Path(__file__).parents[2]
SEED = "20261122"
KILLS = int(os.environ.get("DOWNLIGHT_KILLS", "200"))
MANY = 1000
SCREEN = [" ".join(ids) for ids in TOLD]
"""What stands on the screen when nobody was killed."""

Story = dict[str, Any]
"""As `deaths.Story`, in JSON."""


def play(folder: Path) -> tuple[Story, Sequence[Story]]:
    """Return the story nobody disturbed, and the others."""
    paths = os.pathsep.join(map(str, (ROOT, ROOT / "app")))
    program = subprocess.run(
        (
            *(sys.executable, "-W", "error", "-m", "tests.notify.deaths"),
            *(folder, SEED, str(KILLS)),
        ),
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    # Nor did a life have anything to complain of, as a journal that refuses.
    assert (program.returncode, program.stderr) == (0, ""), f"seed {SEED}"
    undisturbed, *stories = map(json.loads, program.stdout.splitlines())
    return undisturbed, stories


def judge(story: Story, undisturbed: Story) -> None:
    """Fail unless a story came out as it had to."""
    end, deaths = story["end"], story["deaths"]
    assert not story["faults"], story
    # What is shown again is shown at once, before anything else: the order stays, and
    # no end comes before its beginning.
    assert [line for line, _ in groupby(end["screen"])] == SCREEN, story
    unnoted = [death for death in deaths if death["where"] == SHOWN]
    assert len(end["screen"]) - len(SCREEN) == len(unnoted), story
    # Each fate with its reason: no mute was forgotten, none lasted too long. And each
    # notification is noted once, however often it was shown.
    assert end | {"screen": SCREEN} == undisturbed["end"], story
    assert not any(death["damage"] for death in deaths), story
    assert story["files"] == ["journal.sqlite", "screen"], story


# One test, as the stories are played once for all that is to be seen in them.
def test_killed_anywhere_it_loses_nothing_and_repeats_only_what_was_not_noted(
    tmp_path: Path,
) -> None:
    undisturbed, stories = play(tmp_path)
    assert undisturbed["end"]["screen"] == SCREEN
    for story in (undisturbed, *stories):
        judge(story, undisturbed)
    deaths = [death for story in stories for death in story["deaths"]]
    assert len(deaths) >= KILLS
    assert sum(death["fell"] for death in deaths) <= KILLS / 100
    where = {death["where"] for death in deaths}
    assert where >= {HAPPENED, DECIDED, NOTED}
    # Of a few kills none may fall into a window so narrow.
    assert SHOWN in where or KILLS < MANY
    assert {death["doom"]["line"] is None for death in deaths} == {True, False}
