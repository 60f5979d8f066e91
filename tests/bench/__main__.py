"""What Downlight costs, as ratios to something bare measured in the same run.

``python3 tests/bench`` measures all; ``python3 tests/bench start memory`` some:

* ``start``, ``memory``, ``idle``: beside a bare tray program. Sources cannot be
  reached, no window is opened.
* ``polls``: processor time of a poll of 200 hosts, beside httpx and ``json.loads``
  with the same bodies; of pages that changed, and of pages that did not (304).
* ``services``: memory while 300 services are watched, beside one.
* ``detectors``: an observation given to each detector, beside adding up bare floats.
* ``weigh``: the evidence of 300 services weighed at one tick, beside adding it up.
* ``window``: opened, its pages turned and scrolled, in a storm of 1,000 news in a
  second, with 300 services and 10,000 incidents; beside an empty window, and on no
  screen. "Longest turn" is how long nobody was listened to.

One says how true it is, not what it costs:

* ``month``: thirty days of 40 services, with our recordings among them, as many outages
  as such services have, and all that only looks like one: notifications a day, how many
  of them true, and what brought about the others. Three minutes; ``--seed N`` is
  another month.

Two say how well it does with what is kept beside this checkout:

* ``simulation``: what our rule tells in the study's simulated world, beside the study's
  own rule. It takes some minutes, and a Python that has numpy.
* ``nab``: the band for latencies on the Numenta benchmark, beside "a new record".

Hosts are on loopback, all of it made up. Nothing is asserted: machines differ. Each
cell is a median with [least..most].
"""

from __future__ import annotations

import argparse
import os
import shlex
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.measures import Bench, Figures

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv/bin/python"
SHOWN = ("start", "memory", "idle")
CROWD = ("polls", "services")
SERIES = "detectors"
WEIGH = "weigh"
WINDOW = "window"
SIMULATION = "simulation"
MONTH = "month"
NAB = "nab"
MEASURES = (*SHOWN, *CROWD, SERIES, WEIGH, WINDOW, MONTH, SIMULATION, NAB)
FLOOR, OURS = "bare tray", "downlight"
AIMS = {
    "start, exec to icon (ms)": 1.25,
    "memory, PSS (MiB)": 1.5,
    "a poll, page changed (ms)": 1.3,
    "a poll, page unchanged (ms)": 1.15,
    "watching, PSS (MiB)": 1.35,
}


def main() -> int:
    """Measure what was asked for and print the table."""
    if Path(sys.prefix).resolve() != PYTHON.parents[1].resolve():
        if not PYTHON.exists():
            sys.stderr.write("There is no .venv yet: run `python3 app` once.\n")
            return 1
        os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606 - ourselves again
    sys.path[0] = str(ROOT)
    wish = _wish()
    for measures, figures in PARTS:
        if set(wish.measures) & set(measures):
            _print(figures(wish))
    return 0


def _shown(wish: argparse.Namespace) -> Figures:
    """Measure the program in a desktop session."""
    from tests.bench.measures import Bench
    from tests.bench.nowhere import Nowhere
    from tests.desktop.session import Desktop
    from tests.desktop.watch import Tray

    with (
        tempfile.TemporaryDirectory() as data,
        Nowhere() as nowhere,
        Desktop(panel=wish.panel, notify="dunst") as box,
        Tray(box.address) as tray,
    ):
        box.environ["PYTHONPATH"] = str(ROOT / "app")
        # A first start would open its window and welcome somebody.
        Path(data, "settings.toml").touch()
        programs = {
            FLOOR: [str(PYTHON), str(Path(__file__).with_name("bare_tray.py"))],
            OURS: shlex.split(wish.command.replace("{data}", shlex.quote(data))),
        }
        return _measure(Bench(box, tray, nowhere, programs), wish)


def _crowd(wish: argparse.Namespace) -> Figures:
    """Measure the engine alone, with many hosts."""
    from tests.bench.crowd import polls, watched

    found: Figures = {}
    if "polls" in wish.measures:
        found |= polls(PYTHON, wish.rounds, wish.hosts)
    if "services" in wish.measures:
        found |= watched(PYTHON, wish.rounds, wish.services, wish.settle)
    return found


def _observations(wish: argparse.Namespace) -> Figures:
    """Measure the detectors."""
    from tests.bench.detectors import observations

    return observations(wish.rounds)


def _weighed(wish: argparse.Namespace) -> Figures:
    """Measure the rule."""
    from tests.bench.weighing import weighed

    return weighed(wish.rounds, wish.services)


def _window(wish: argparse.Namespace) -> Figures:
    """Use a window; a round takes half a minute."""
    from tests.bench.window import window

    return window(PYTHON, wish.rounds)


def _month(wish: argparse.Namespace) -> Figures:
    """Live through a month of forty services; what came of it is no ratio."""
    from tests.bench.month import month

    print(f"month: the one of seed {wish.seed}")
    month(wish.seed)
    return {}


def _simulation(wish: argparse.Namespace) -> Figures:
    """Let both rules live through the simulated world."""
    from tests.bench.simulation import WORLD, python, simulation

    if not WORLD.exists():
        print("simulation: the study's simulators are not kept beside this checkout")
    elif (found := python()) is None:
        print("simulation: no Python here has numpy, which the simulators need")
    else:
        print(f"simulation: outages from {wish.seed} on, and quiet time of that seed")
        return simulation(found, wish.outages, wish.months, wish.seed)
    return {}


def _benchmark(wish: argparse.Namespace) -> Figures:
    """Score the band on the files of the Numenta benchmark."""
    from tests.bench.numenta import FOLDER, benchmark

    folder = wish.nab or FOLDER
    if not folder.exists():
        print("nab: the benchmark's files are not kept beside this checkout")
        return {}
    return benchmark(folder)


def _wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 tests/bench", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="|".join(MEASURES))
    parser.add_argument("--rounds", type=int, default=7, help="of all but idle")
    parser.add_argument("--settle", type=float, default=8.0, help="seconds before")
    parser.add_argument("--windows", type=int, default=3, help="of idleness")
    parser.add_argument("--window", type=float, default=60.0, help="seconds of each")
    parser.add_argument("--hosts", type=int, default=200, help="that are polled")
    parser.add_argument("--services", type=int, default=300, help="that are watched")
    parser.add_argument("--outages", type=int, default=600, help="that are simulated")
    parser.add_argument("--months", type=int, default=36, help="of simulated quiet")
    parser.add_argument("--seed", type=int, default=260000, help="of what is drawn")
    parser.add_argument("--nab", type=Path, help="a copy of the Numenta benchmark")
    parser.add_argument("--panel", default="xfce", choices=("xfce", "lxqt", "mate"))
    parser.add_argument(
        "--command",
        default=f"{shlex.quote(str(PYTHON))} -m downlight --data {{data}}",
        help="what starts Downlight; {data} is replaced by a new folder",
    )
    wish = parser.parse_args()
    if unknown := set(wish.measures) - set(MEASURES):
        parser.error(f"no such measure: {', '.join(unknown)}")
    wish.measures = wish.measures or MEASURES
    return wish


def _measure(bench: Bench, wish: argparse.Namespace) -> Figures:
    from tests.bench.measures import idle, memories, start

    found: Figures = {}
    if "start" in wish.measures:
        found |= start(bench, wish.rounds)
    if "memory" in wish.measures:
        found |= memories(bench, wish.rounds, wish.settle)
    if "idle" in wish.measures:
        found |= idle(bench, wish.windows, wish.settle, wish.window)
    return found


def _print(figures: Figures) -> None:
    heading: tuple[str, ...] = ()
    for measure, values in figures.items():
        names = tuple(values)
        if names != heading:
            heading = names
            print(f"{'':36}" + "".join(f"{name:>26}" for name in names) + "   ratio")
        cells = "".join(f"{_cell(found):>26}" for found in values.values())
        print(f"{measure:36}{cells}{_ratio(measure, list(values.values()))}")


def _ratio(measure: str, values: list[list[float]]) -> str:
    """Return the second median by the first, and what is aimed at."""
    if len(values) == 1:
        return ""
    low, high = (statistics.median(found) for found in values)
    aim = f" (aim {AIMS[measure]:.2f})" if measure in AIMS else ""
    return f" {high / low:6.2f}{aim}" if low else "      -"


def _cell(values: list[float]) -> str:
    if not values:
        return "-"
    least, middle, most = min(values), statistics.median(values), max(values)
    return f"{middle:.2f} [{least:.2f}..{most:.2f}]"


PARTS = (
    (SHOWN, _shown),
    (CROWD, _crowd),
    ((SERIES,), _observations),
    ((WEIGH,), _weighed),
    ((WINDOW,), _window),
    ((MONTH,), _month),
    ((SIMULATION,), _simulation),
    ((NAB,), _benchmark),
)

if __name__ == "__main__":
    sys.exit(main())
