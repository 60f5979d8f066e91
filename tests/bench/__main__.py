"""What Downlight costs, as ratios to a bare tray program measured in the same run.

``python3 tests/bench`` measures all; ``python3 tests/bench start memory`` some. Sources
cannot be reached during it, no window is opened. Nothing is asserted: machines differ.
Each cell is a median with [least..most].
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
MEASURES = ("start", "memory", "idle")
FLOOR, OURS = "bare tray", "downlight"
AIMS = {"start, exec to icon (ms)": 1.25, "memory, PSS (MiB)": 1.5}


def main() -> int:
    """Measure what was asked for and print the table."""
    if Path(sys.prefix).resolve() != PYTHON.parents[1].resolve():
        if not PYTHON.exists():
            sys.stderr.write("There is no .venv yet: run `python3 app` once.\n")
            return 1
        os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606 - ourselves again
    sys.path[0] = str(ROOT)
    from tests.bench.measures import Bench
    from tests.bench.nowhere import Nowhere
    from tests.desktop.session import Desktop
    from tests.desktop.watch import Tray

    wish = _wish()
    with (
        tempfile.TemporaryDirectory() as data,
        Nowhere() as nowhere,
        Desktop(panel=wish.panel, notify="dunst") as box,
        Tray(box.address) as tray,
    ):
        box.environ["PYTHONPATH"] = str(ROOT / "app")
        programs = {
            FLOOR: [str(PYTHON), str(Path(__file__).with_name("bare_tray.py"))],
            OURS: shlex.split(wish.command.replace("{data}", shlex.quote(data))),
        }
        _print(_measure(Bench(box, tray, nowhere, programs), wish))
    return 0


def _wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 tests/bench", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="|".join(MEASURES))
    parser.add_argument("--rounds", type=int, default=7, help="of start and memory")
    parser.add_argument("--settle", type=float, default=8.0, help="seconds before")
    parser.add_argument("--windows", type=int, default=3, help="of idleness")
    parser.add_argument("--window", type=float, default=60.0, help="seconds of each")
    parser.add_argument("--panel", default="xfce", choices=("xfce", "lxqt", "mate"))
    parser.add_argument(
        "--command",
        default=f"{shlex.quote(str(PYTHON))} -m downlight --data {{data}}",
        help="what starts Downlight; {data} is replaced by an empty folder",
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
    print(f"{'':34}{FLOOR:>26}{OURS:>26}   ratio")
    for measure, values in figures.items():
        if FLOOR not in values:
            print(f"{measure:34}{_cell(*values.values()):>26}")
            continue
        floor, ours = values[FLOOR], values[OURS]
        low, high = statistics.median(floor), statistics.median(ours)
        ratio = f"{high / low:6.2f}" if low else "     -"
        aim = f" (aim {AIMS[measure]:.2f})" if measure in AIMS else ""
        print(f"{measure:34}{_cell(floor):>26}{_cell(ours):>26} {ratio}{aim}")


def _cell(values: list[float]) -> str:
    if not values:
        return "-"
    least, middle, most = min(values), statistics.median(values), max(values)
    return f"{middle:.1f} [{least:.1f}..{most:.1f}]"


if __name__ == "__main__":
    sys.exit(main())
