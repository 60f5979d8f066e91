"""The study's simulated world as lines of JSON, and what the study's rule tells in it.

``python world.py FOLDER outages FIRST COUNT`` or ``… quiet SEED DAYS``, where FOLDER
has the study's simulators. They need numpy, which the project does not: so this is run
by any Python that has it, and imports nothing of ours.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

HOME: Final = "DE"
ONSET: Final = 60
"""The minute of a case at which its outage truly begins."""

HOUR: Final = 60
"""Quiet minutes in a line."""

Observation = dict[str, Any]
Line = dict[str, Any]


class Rule(Protocol):
    """The study's rule."""

    def tick(self, seen: Observation, /) -> dict[str, Any]:
        """Take one more minute into account."""


def outages(world: ModuleType, first: int, count: int) -> Iterator[Line]:
    """Yield outages: what each is, and every minute until it ends."""
    for seed in range(first, first + count):
        minutes, kind, layer, posted, end = world.outage(seed)
        rule = world.Fusion("front", HOME)
        # As the study counts: up to the minute in which the outage ends.
        minutes = minutes[: ONSET + int(end) + 1]
        yield {
            "name": f"{kind} {layer}",
            "seed": seed,
            "posted": posted,
            "minutes": [_minute(rule, seen, ()) for seen in minutes],
        }


def quiet(world: ModuleType, seed: int, days: int) -> Iterator[Line]:
    """Yield days without any outage, with all their nuisances."""
    rule = world.Fusion("front", HOME)
    hour = []
    for seen, nuisances in world.quiet(seed, days):
        hour.append(_minute(rule, seen, nuisances))
        if len(hour) == HOUR:
            yield {"name": "quiet", "seed": seed, "minutes": hour}
            hour = []


def _minute(rule: Rule, seen: Observation | None, nuisances: Iterable[str]) -> Line:
    """Return a minute; without ``seen`` the machine sleeps, and nobody looks."""
    if seen is None:
        return {"nuisances": ["sleep"]}
    usual = importlib.import_module("scenario_tools").DEFAULT
    told = rule.tick(seen)["notify"]
    changes = {name: value for name, value in seen.items() if value != usual[name]}
    return {"seen": changes, "nuisances": sorted(nuisances), "reference": told}


def main(folder: str, what: str, first: str, second: str) -> None:
    """Print what was asked for."""
    sys.path.insert(0, folder)
    world = importlib.import_module("sim_fusion")
    lines = {"outages": outages, "quiet": quiet}[what]
    for line in lines(world, int(first), int(second)):
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
