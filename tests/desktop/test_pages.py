"""Every page of the window on replayed outages: nothing clipped, hidden or nameless.

The pictures stay in ``tests/desktop/.shots``: look at them.

The pages are opened without a screen: what is looked at here, sizes, colours, names
and the way of the focus, is worked out by Qt in the same way with one. What a desktop
makes of it is in `test_spoken` and the others here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desktop.pages import BRACKETED, OWN, RUNS
from tests.desktop.worlds import LOOKED_AT

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
SHOTS = Path(__file__).with_name(".shots")
ZONE = "Europe/Istanbul"
"""Tells the country that is the person's own."""
MOST = 40
"""So many faults are told by name."""
ABREAST = 2
"""So many runs at a time, on however small a machine."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one run has come to see."""

    rooms: tuple[str, ...]
    faults: tuple[str, ...]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """All runs, two at a time."""
    homes = [tmp_path_factory.mktemp(name) for name in RUNS]
    with ThreadPoolExecutor(ABREAST) as pool:
        return dict(zip(RUNS, pool.map(_run, RUNS, homes), strict=True))


def _run(name: str, home: Path) -> Seen:
    """Do a run in an empty home, without a screen and without a bus."""
    bare = {k: v for k, v in os.environ.items() if k in {"PATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        (sys.executable, "-m", "tests.desktop.pages", str(SHOTS), name),
        cwd=ROOT,
        env=bare
        | {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "TZ": ZONE,
            "PYTHONPATH": f"{ROOT / 'app'}{os.pathsep}{ROOT}",
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(RUNS[name].scale),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=800,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()
    told = json.loads((SHOTS / f"{name}.json").read_text("utf-8"))
    counted: Counter[str] = Counter()
    first: dict[str, str] = {}
    for fault in told["faults"]:
        words = f"{fault['check']}: {fault['what']} [{fault['where']}]"
        counted[words] += 1
        first.setdefault(words, fault["place"])
    faults = [f"{n} x {w}, first on {first[w]}" for w, n in counted.items()]
    return Seen(tuple(told["seen"]), tuple(faults))


@pytest.mark.parametrize("name", RUNS)
def test_every_page_is_sound(runs: dict[str, Seen], name: str) -> None:
    found = runs[name].faults
    told = "\n".join(found[:MOST])
    assert not found, f"{len(found)} faults; pictures are in {SHOTS / name}\n{told}"


@pytest.mark.parametrize("name", RUNS)
def test_every_page_was_looked_at(runs: dict[str, Seen], name: str) -> None:
    run, rooms = RUNS[name], set(runs[name].rooms)
    for outage in run.outages:
        pages = LOOKED_AT.get(outage)
        wanted = {"now", "regions", "me", "history", "about"}
        if outage == OWN:
            wanted |= {"welcome", "picker", "countries", "parts", "settings-keys"}
        elif pages is not None:
            wanted = {f"{slug}-{key}" for slug, keys in pages.items() for key in keys}
        assert {f"{outage} {room}" for room in wanted} <= rooms
    shots = len(list((SHOTS / name).glob("*.png")))
    assert shots >= len(rooms) or run.words == BRACKETED
