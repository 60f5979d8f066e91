"""`python3 tests [part ...]`: set up what the tests need, run them, add them up.

Standard library only. The parts, in this order, all of them unless some are named:
lint, types, contracts, unit, setup, conformance, real, namespaces, desktop. The last
line is of the form "12 passed, 0 failed", with ", 3 skipped" when something was.
"""

import os
import shutil
import subprocess
import sys

if sys.version_info < (3, 11):
    sys.exit("The tests need Python 3.11 or newer. Try: python3.11 tests")

# The folder of tests is no place to import from: its names mirror the package's.
sys.path[0] = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../installer")

import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import bootstrap
import debian
import environment
from speech import SetupError

ROOT = Path(__file__).resolve().parent.parent

DESKTOP = (
    "xvfb",
    "xauth",
    "x11-utils",
    "x11-xserver-utils",
    "openbox",
    "dbus",
    "dbus-daemon",
    "xfce4-panel",
    "xfconf",
    "lxqt-panel",
    "mate-panel",
    "trayer",
    "dunst",
    "xfce4-notifyd",
    "sway",
    "mako-notifier",
    "at-spi2-core",
    "gnome-keyring",
    "libsecret-tools",
    "xdotool",
    "scrot",
    "imagemagick",
    "libglib2.0-bin",
    "adwaita-icon-theme",
    "fonts-dejavu-core",
)
"""Debian packages a real desktop session without a screen is made of."""

NGINX = "nginx-light"
"""The Debian package of a small real web server."""

WORLD = ("iproute2", "iptables", "dnsmasq-base", NGINX, "libfaketime")
"""Debian packages a small world with lines that fail is made of."""

NOTHING_COLLECTED = 5
"""The exit status of pytest when no test was chosen."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many went which way."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""
    """Why a part could not run, or what failed besides single tests."""

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together, without their notes."""
        return Tally(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )

    def words(self) -> str:
        """Return the plain form that people and programs read."""
        words = f"{self.passed} passed, {self.failed} failed"
        return f"{words}, {self.skipped} skipped" if self.skipped else words


@dataclass(frozen=True, slots=True)
class Runner:
    """Where the parts run: the tools' Python, and whether a gap is a failure."""

    python: Path
    app_python: Path
    strict: bool
    """True under CI: a part that cannot run has failed."""
    scratch: Path = field(default_factory=Path)

    def run(self, *command: str, **extra: str) -> int:
        """Run a command of the tools' Python in the checkout; return its status."""
        # Programs that tests start are Downlight as users have it: without our tools.
        surroundings = os.environ | {"DOWNLIGHT_PYTHON": str(self.app_python)} | extra
        return subprocess.call([str(self.python), *command], cwd=ROOT, env=surroundings)

    def check(self, *commands: Sequence[str]) -> Tally:
        """Run commands that pass or fail together, as one."""
        failed = [command for command in commands if self.run(*command) != 0]
        return Tally(failed=1) if failed else Tally(1)

    def cannot(self, reason: str) -> Tally:
        """Return what a part counts that cannot run here."""
        if self.strict:
            return Tally(failed=1, note=f"cannot run: {reason}")
        return Tally(skipped=1, note=f"skipped: {reason}")

    def pytest(self, *arguments: str, **extra: str) -> Tally:
        """Run pytest and count its tests."""
        report = self.scratch / "report.xml"
        report.unlink(missing_ok=True)
        status = self.run("-m", "pytest", f"--junitxml={report}", *arguments, **extra)
        tally = _counted(report) if report.exists() else Tally()
        if status == NOTHING_COLLECTED:
            return self.cannot("no test belongs to it")
        if status != 0 and not tally.failed:
            return tally + Tally(failed=1)
        return tally


def _counted(report: Path) -> Tally:
    # The file was written a moment ago by the pytest we started.
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - as said above
    total = Tally()
    for suite in suites:
        tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        total += Tally(max(tests - skipped - failed, 0), failed, skipped)
    return total


def lint(runner: Runner) -> Tally:
    """Style: nothing to complain of, everything formatted."""
    ruff = ("-m", "ruff")
    return runner.check((*ruff, "check"), (*ruff, "format", "--check"))


def types(runner: Runner) -> Tally:
    """Types: strict, code and tests alike."""
    return runner.check(("-m", "mypy"))


def contracts(runner: Runner) -> Tally:
    """Direction: who may import whom."""
    return runner.check(
        ("-c", "import importlinter.cli as c; c.lint_imports_command()")
    )


PARALLEL = "--numprocesses=auto"

RULES = ("tests/core", "tests/engine", "tests/sources", "tests/web")
"""What covers the rooms named in `coverage.report`; only these are measured, as
measuring doubles the time."""


APART = ("desktop", "bench", "real", "namespaces")
"""Folders of tests that have a part of their own, or are none."""

SETUP = (
    "tests/test_bootstrap.py",
    "tests/test_contracts.py",
    "tests/test_debian.py",
    "tests/test_starts_at_once.py",
)
"""What tries `python3 app` and the contracts: real pips, copies of the tree."""


def setup(runner: Runner) -> Tally:
    """Setting up, from nothing and from what is there; every contract, broken."""
    return runner.pytest(*SETUP, PARALLEL)


def unit(runner: Runner) -> Tally:
    """Every rule by itself; core, engine, sources and web covered whole."""
    without = ("desktop", "conformance", "real", "namespaces")
    these = ("-m", " and ".join(f"not {it}" for it in without), PARALLEL)
    screen = {"QT_QPA_PLATFORM": "offscreen"}
    rules = runner.pytest(*RULES, *these, "--cov", "--cov-report=", **screen)
    covered = runner.check(("-m", "coverage", "report"))
    ignored = [f"--ignore={path}" for path in (*RULES, *SETUP)]
    ignored += [f"--ignore=tests/{part}" for part in APART]
    rest = runner.pytest("tests", *ignored, *these, **screen)
    total = rules + rest + covered
    note = (
        "coverage of core, engine, sources or web is not whole"
        if covered.failed
        else ""
    )
    return Tally(total.passed, total.failed, total.skipped, note)


def conformance(runner: Runner) -> Tally:
    """Every recorded answer gives a report or a clear error."""
    return runner.pytest(
        "tests",
        "--ignore=tests/desktop",
        "--ignore=tests/bench",
        "-m",
        "conformance",
        QT_QPA_PLATFORM="offscreen",
    )


def real(runner: Runner) -> Tally:
    """Servers we have not written, read by the real client."""
    if shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None:
        if not debian.may_install():
            return runner.cannot(f"sudo apt-get install {NGINX}")
        try:
            debian.install([NGINX], "a web server to read from")
        except SetupError as error:
            return runner.cannot(str(error))
    print("Uptime Kuma: looked for; got from npm the first time.", flush=True)
    runner.run("-m", "tests.real.kuma")  # where it cannot be had, its tests say so
    return runner.pytest("tests/real", "-m", "real")


def namespaces(runner: Runner) -> Tally:
    """Lines that really fail, in network namespaces: is it you, or is it them?"""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return runner.cannot("needs root on Linux")
    if shutil.which("dpkg-query"):
        lacking = debian.not_installed(WORLD)
        if lacking and not debian.may_install():
            return runner.cannot(f"sudo apt-get install {' '.join(lacking)}")
        if lacking:
            try:
                debian.install(lacking, "a world to fail in")
            except SetupError as error:
                return runner.cannot(str(error))
    elif (
        shutil.which("dnsmasq", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None
    ):
        return runner.cannot(
            "iproute2, iptables, dnsmasq, nginx, libfaketime are needed"
        )
    if subprocess.call(["unshare", "--net", "true"]) != 0:
        return runner.cannot("needs root on Linux that may make network namespaces")
    return runner.pytest("tests/namespaces", "-m", "namespaces", PARALLEL)


def desktop(runner: Runner) -> Tally:
    """The real program in a real desktop session, on a screen nobody sees."""
    if not sys.platform.startswith("linux"):
        return runner.cannot("it needs an X server of its own, which only Linux has")
    if shutil.which("dpkg-query"):
        lacking = debian.not_installed(DESKTOP)
        if lacking and not debian.may_install():
            return runner.cannot(f"sudo apt-get install {' '.join(lacking)}")
        if lacking:
            try:
                debian.install(lacking, "a desktop to test in")
            except SetupError as error:
                return runner.cannot(str(error))
    elif shutil.which("Xvfb") is None:
        return runner.cannot("Xvfb, a panel and a notification daemon are needed")
    return runner.pytest("tests/desktop", QT_QPA_PLATFORM="xcb")


PARTS: dict[str, Callable[[Runner], Tally]] = {
    part.__name__: part
    for part in (
        lint,
        types,
        contracts,
        unit,
        setup,
        conformance,
        real,
        namespaces,
        desktop,
    )
}


def main(names: Sequence[str]) -> int:
    """Run the parts named, or all; return the exit status."""
    if unknown := [name for name in names if name not in PARTS]:
        print(f"No such part: {', '.join(unknown)}. Parts: {', '.join(PARTS)}")
        return 2
    began = time.monotonic()
    try:
        app, tools = environment.for_app(ROOT), environment.for_tests(ROOT)
        for wanted in (app, tools):
            if not wanted.is_ready():
                environment.make(wanted)
        if bootstrap.needs_a_look(str(app.folder)):
            debian.look_for_qt_needs(str(app.folder))
    except SetupError as error:
        print(f"The tests cannot run: {error}\n0 passed, 1 failed")
        return 1
    strict = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    with tempfile.TemporaryDirectory(prefix="downlight-tests-") as scratch:
        runner = Runner(tools.python, app.python, strict, Path(scratch))
        total = _run_all(runner, [n for n in PARTS if n in names or not names])
    print(f"in {time.monotonic() - began:.1f} s\n{total.words()}")
    return 1 if total.failed else 0


def _run_all(runner: Runner, names: Sequence[str]) -> Tally:
    lines, total = [], Tally()
    for name in names:
        part, began = PARTS[name], time.monotonic()
        print(f"\n== {name}: {part.__doc__}", flush=True)
        tally = part(runner)
        total += tally
        note = f" ({tally.note})" if tally.note else ""
        took = time.monotonic() - began
        lines.append(f"{name:<12} {took:6.1f} s  {tally.words()}{note}")
        if note:
            print(tally.note)
    print("\n== summary", *lines, sep="\n")
    return total


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
