"""Our rule in the study's simulated world: warned when, false alarms, wrong blame.

The world is the study's own program, run beside us (see `world`); so are its rule's
answers to the same minutes. Counted as the study counts: an outage is warned of by an
early warning or an alert after its onset and before its end; in quiet time those and
updates are false alarms. What differs: our clock goes on while the machine sleeps.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.cli.scenario_moments import Changes, moments
from downlight.core.fusion import rule
from tests.bench import world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.measures import Figures

WORLD: Final = Path(__file__).parents[2].parent / "shared" / "detection" / "sim"
STUDY, OURS = "the study's rule", "downlight"
START: Final = datetime(2026, 1, 5, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
DAYS: Final = 30
"""In what is called a month here, as in the study."""
MISTAKE: Final = "pagebad"
"""The nuisance of a page that says there is trouble where there is none."""

WARNINGS: Final = frozenset({"early_warning", "alert"})
FALSE: Final = WARNINGS | {"update"}
BLAME: Final = "its_you"


class Minute(msgspec.Struct, frozen=True):
    """One minute of the world, and what the study's rule told in it."""

    nuisances: tuple[str, ...] = ()
    seen: Changes | None = None
    """None: the machine sleeps."""
    reference: str | None = None


class Stretch(msgspec.Struct, frozen=True):
    """One outage with the hour before it, or a quiet hour."""

    name: str
    seed: int
    minutes: tuple[Minute, ...]
    posted: int | None = None
    """Minutes from the onset to the official word; None when there was none."""


@dataclass(slots=True)
class Outages:
    """What was told of the outages by one rule."""

    delays: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Minutes from the onset to the first warning, by kind; infinite if never."""
    missed: list[tuple[str, int]] = field(default_factory=list)
    """Kinds and seeds of those that were not warned of."""
    blames: int = 0
    """Notices that it is the person, in an outage."""
    blamed: list[tuple[str, int]] = field(default_factory=list)
    """Kinds and seeds of outages with such a notice."""

    @property
    def all(self) -> list[float]:
        """All delays, the shortest first."""
        return sorted(delay for kind in self.delays.values() for delay in kind)

    @property
    def warned(self) -> float:
        """The share that was warned of."""
        return sum(map(math.isfinite, self.all)) / len(self.all)

    @property
    def wrongly_blamed(self) -> float:
        """Notices that it is the person, by outage."""
        return self.blames / len(self.all)

    def within(self, share: float) -> float:
        """Return within how many minutes ``share`` of all were warned of."""
        return self.all[int(share * (len(self.all) - 1))]

    def add(self, case: Stretch, told: list[str | None]) -> None:
        """Count one more outage."""
        after = list(enumerate(told[world.ONSET :]))
        delay = next((minute for minute, word in after if word in WARNINGS), math.inf)
        self.delays[case.name].append(delay)
        if delay == math.inf:
            self.missed.append((case.name, case.seed))
        blames = sum(word == BLAME for _, word in after)
        self.blames += blames
        if blames:
            self.blamed.append((case.name, case.seed))


@dataclass(slots=True)
class Quiet:
    """What was told in quiet time by one rule."""

    own: list[tuple[int, str]] = field(default_factory=list)
    """False alarms by minute, with what was going on then."""
    mistakes: int = 0
    """False alarms while the official page itself was mistaken."""
    blames: Counter[str] = field(default_factory=Counter)
    """Notices that it is the person, by what was going on."""

    def add(self, minute: int, nuisances: tuple[str, ...], told: str | None) -> None:
        """Count one more minute."""
        why = "+".join(nuisances) or "nothing"
        if told == BLAME:
            self.blames[why] += 1
        elif told in FALSE and MISTAKE in nuisances:
            self.mistakes += 1
        elif told in FALSE:
            self.own.append((minute, why))


class Watch:
    """Our rule, looking once a minute."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.memory = rule.Memory()
        self.now = START

    def told(self, minute: Minute) -> str | None:
        """Return what one more minute gives to tell."""
        self.now += MINUTE
        if minute.seen is None:
            return None
        segment = (1, minute.seen)
        (moment,) = moments([segment], self.now, home=world.HOME, real=False)
        self.memory, judged = rule.step(self.memory, moment)
        return judged.notice


def outages(python: str, first: int, count: int) -> dict[str, Outages]:
    """Return what both rules told of ``count`` outages, seeded from ``first`` on."""
    study, ours = Outages(), Outages()
    for case in _world(python, "outages", first, count):
        watch = Watch()
        ours.add(case, [watch.told(minute) for minute in case.minutes])
        study.add(case, [minute.reference for minute in case.minutes])
    return {STUDY: study, OURS: ours}


def quiet(python: str, seed: int, months: int) -> dict[str, Quiet]:
    """Return what both rules told in ``months`` without an outage, in one go."""
    study, ours, watch = Quiet(), Quiet(), Watch()
    hours = _world(python, "quiet", seed, months * DAYS)
    minutes = (minute for hour in hours for minute in hour.minutes)
    for number, minute in enumerate(minutes):
        ours.add(number, minute.nuisances, watch.told(minute))
        study.add(number, minute.nuisances, minute.reference)
    return {STUDY: study, OURS: ours}


def python() -> str | None:
    """Return a Python that has numpy, if there is one."""
    near = (sys.executable, f"{sys.base_prefix}/bin/python3", "python3", "python")
    found = (shutil.which(name) for name in near)
    return next((path for path in found if path and _has_numpy(path)), None)


def simulation(python: str, count: int, months: int, seed: int) -> Figures:
    """Return the figures of both rules, side by side, and print what went wrong."""
    cases = outages(python, seed, count)
    calm = quiet(python, seed, months)
    for name in cases:
        print(f"{name}: not warned of {_listed(cases[name].missed)}")
        print(f"{name}: wrongly blamed in {_listed(cases[name].blamed)}")
        print(f"{name}: false alarms of its own {calm[name].own or 'none'}")
    found: Figures = {}
    for name, case in cases.items():
        rows = {
            "warned of (%, aim 99)": [100 * case.warned],
            "minutes to the warning (aim 9)": case.all,
            "of nine in ten (minutes)": [case.within(0.9)],
            '"it\'s you" in outages (%, aim 2)': [100 * case.wrongly_blamed],
            "own false alarms a month (aim 0.1)": [len(calm[name].own) / months],
            "page mistakes a month": [calm[name].mistakes / months],
        }
        rows |= {f"{kind} (minutes)": by for kind, by in sorted(case.delays.items())}
        blames = calm[name].blames.items()
        rows |= {f'"it\'s you" a month, {why}': [n / months] for why, n in blames}
        for measure, values in rows.items():
            found.setdefault(measure, {STUDY: [], OURS: []})[name] = values
    return found


def _listed(cases: list[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({seed})" for name, seed in cases) or "none"


def _has_numpy(path: str) -> bool:
    command = [path, "-c", "import numpy"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _world(python: str, *wish: object) -> Iterator[Stretch]:
    """Yield what the study's world gives; it is gone when nobody listens any more.

    Raises:
        RuntimeError: It broke off.
    """
    # Nothing is written beside the study's files.
    command = [python, "-B", world.__file__, str(WORLD), *map(str, wish)]
    read = msgspec.json.Decoder(Stretch)
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        yield from map(read.decode, program.stdout)
    if program.returncode:
        raise RuntimeError(f"{command!r} ended with {program.returncode}")
