"""What the program said, put back into values, and what the rule makes of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from downlight.core.evidence.footing import line_of
from downlight.core.fusion.rule import Memory, step
from downlight.core.fusion.seen import Checks, Country, Moment, Page, PageWord
from downlight.core.result import Result
from downlight.core.rungs.ladder import Climb, Outcome, Rung, Step, Trouble
from downlight.core.rungs.readings import Fault, Reading
from tests.namespaces.world import PATH, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from downlight.core.fusion.judgement import Judgement
    from tests.namespaces.world import Line, World

APP: Final = Path(__file__).parents[2] / "app"
PYTHON: Final = os.environ.get("DOWNLIGHT_PYTHON", sys.executable)
LONGEST: Final = 25
"""Seconds after which the program does not end by itself any more."""


@dataclass(frozen=True)
class Said:
    """What the program printed, and how it went."""

    form: dict[str, Any]
    status: int

    @property
    def seconds(self) -> float:
        """How long the climb took, as the program measured it."""
        return float(self.form["ms"]) / 1000

    @property
    def climb(self) -> Climb:
        """The climb it tells of."""
        return Climb(
            self.form["service"],
            tuple(map(self._step, self.form["rungs"])),
            grid=tuple(map(_reading, self.form["servers"])),
            reached=self.form["references"]["reached"],
            asked=self.form["references"]["asked"],
        )

    def _step(self, form: dict[str, Any]) -> Step:
        outcome = Outcome(form["outcome"])
        failed = outcome is Outcome.FAILED
        trouble = Trouble(self.form["trouble"]) if failed else None
        return Step(Rung(form["rung"]), outcome, trouble=trouble)


def ask(world: World, line: Line, data: Path) -> Said:
    """Run ``downlight me whatsapp`` on a computer.

    Args:
        world: Whose servers are to be trusted, and no others.
        line: The computer.
        data: An empty folder for all that the program keeps.
    """
    data.mkdir(exist_ok=True)
    (data / "references.toml").write_text(REFERENCES, "utf-8")
    inside = ("ip", "netns", "exec", line.computer)
    program = (PYTHON, "-m", "downlight", "--data", str(data), "me", "whatsapp")
    done = subprocess.run(
        [*inside, *program, "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=LONGEST,
        env={
            "PATH": PATH,
            "HOME": str(data),
            "PYTHONPATH": str(APP),
            "SSL_CERT_FILE": str(world.trusted),
        },
    )
    assert done.stdout, done.stderr
    return Said(json.loads(done.stdout), done.returncode)


_RESULTS: Final = {
    Fault.SILENT: Result.TIMEOUT,
    Fault.REFUSED: Result.REFUSED,
    Fault.CUT: Result.RESET,
    Fault.NAMELESS: Result.NO_NAME,
}


def _reading(form: dict[str, Any]) -> Reading:
    took = form["connected_ms"]
    return Reading(
        form["target"],
        connected=None if took is None else timedelta(milliseconds=took),
        fault=form["fault"] and Fault(form["fault"]),
    )


def checks(climb: Climb, at: datetime) -> Checks | None:
    """Return a round of our own checks that goes as the climb did."""
    if climb.failed is not None and climb.failed.rung is Rung.NAME:
        return Checks(at, 1, 1, Result.NO_NAME)
    faults = Counter(it.fault for it in climb.grid if it.fault is not None)
    if not climb.grid:
        return None
    if not faults:
        return Checks(at, 0, len(climb.grid))
    (most, _), *_ = faults.most_common()
    return Checks(at, faults.total(), len(climb.grid), _RESULTS[most])


HOME: Final = "BR"
START: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)


def judged(climb: Climb, minutes: int, *, blocked: bool = False) -> Iterator[Judgement]:
    """Yield what the rule says each minute while all stays as it is.

    The official page shows no incident. Where the line is not the service's, it was
    read; over a dead line the rule leaves it aside by itself.

    Args:
        climb: What the line and our own checks are like.
        minutes: For how long.
        blocked: Whether measurements in the person's country fail as well.
    """
    memory, line = Memory(), line_of(climb)
    for minute in range(minutes + 1):
        now = START + timedelta(minutes=minute)
        memory, judgement = step(
            memory,
            Moment(
                now,
                line,
                HOME,
                page=Page(PageWord.GREEN, START),
                checks=checks(climb, now),
                countries=(Country(HOME, now, 9, 10, 4),) if blocked else (),
            ),
        )
        yield judgement
