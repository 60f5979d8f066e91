"""`python3 app`: made once, reused, mended, and clear words for what is missing."""

import ast
import errno
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

import bootstrap
import environment
import wheels
from speech import SetupError
from tests.checkouts import NOTHING, checkout, run

ROOT = Path(__file__).parent.parent
GRAIN = "grain-1.0-py3-none-any.whl"
WRONG = "0" * 64
"""A SHA-256 that no file has."""


@pytest.fixture(autouse=True, scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that is pip's only source, so that nothing is asked of the network."""
    shelf = tmp_path_factory.mktemp("shelf")
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("PIP_CONFIG_FILE", os.devnull)
        surroundings.setenv("PIP_NO_INDEX", "1")
        surroundings.setenv("PIP_FIND_LINKS", str(shelf))
        surroundings.setenv("PIP_NO_CACHE_DIR", "1")
        yield shelf


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory, shelf: Path) -> Path:
    """A checkout whose environment was half-made and then made."""
    folder = tmp_path_factory.mktemp("pattern") / "here"
    made = checkout(folder, f"grain==1.0 --hash=sha256:{wheel(shelf)}\n")
    made.folder.mkdir()
    (made.folder / "remains").touch()
    assert not made.is_ready()
    environment.make(made)
    return folder


@pytest.fixture
def made(tmp_path: Path, pattern: Path) -> environment.Environment:
    """The environment of a checkout of one's own, made and moved."""
    shutil.copytree(pattern, tmp_path / "moved", symlinks=True)
    return environment.for_app(tmp_path / "moved")


def wheel(shelf: Path) -> str:
    """Put a tiny package on the shelf; return its SHA-256."""
    parts = {
        "grain.py": "WEIGHT = 1\n",
        "grain-1.0.dist-info/METADATA": (
            "Metadata-Version: 2.1\nName: grain\nVersion: 1.0\n"
        ),
        "grain-1.0.dist-info/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: a test\n"
            "Root-Is-Purelib: true\nTag: py3-none-any\n"
        ),
        "grain-1.0.dist-info/RECORD": "",
    }
    with ZipFile(shelf / GRAIN, "w") as file:
        for name, text in parts.items():
            file.writestr(ZipInfo(name), text)  # without the hour: the same is the same
    return hashlib.sha256((shelf / GRAIN).read_bytes()).hexdigest()


# -- making and reusing


def test_a_made_environment_holds_what_the_lock_names(
    made: environment.Environment,
) -> None:
    assert made.is_ready()
    done = run(made.python, "-P", "-c", "import grain; print(grain.WEIGHT)")
    assert done.stdout == "1\n", done.stderr


def test_what_the_user_told_pip_sends_no_package_elsewhere(
    made: environment.Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "elsewhere"))
    (made.folder / bootstrap.STAMP).unlink()
    environment.make(made)
    done = run(made.python, "-P", "-c", "import grain; print(grain.WEIGHT)")
    assert done.stdout == "1\n", done.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_a_half_made_environment_is_made_anew(made: environment.Environment) -> None:
    assert made.is_ready()
    assert not (made.folder / "remains").exists()


def test_a_finished_environment_is_left_alone(made: environment.Environment) -> None:
    mark = made.folder / "mark"
    mark.touch()
    environment.make(made)
    assert mark.exists()


def test_an_environment_without_its_stamp_is_not_ready(
    made: environment.Environment,
) -> None:
    (made.folder / bootstrap.STAMP).unlink()
    assert not made.is_ready()


def test_a_changed_lock_makes_it_out_of_date(made: environment.Environment) -> None:
    made.lock.write_text(NOTHING)
    assert not made.is_ready()


def test_a_vanished_python_makes_it_out_of_date(
    made: environment.Environment,
) -> None:
    made.python.unlink()
    assert not made.is_ready()


def test_a_moved_checkout_still_reaches_its_own_app(
    made: environment.Environment,
) -> None:
    done = run(made.python, "-P", "-c", "import downlight; print(downlight.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(made.folder.parent), done.stderr


# -- a warm start


def test_a_warm_start_becomes_the_program_and_says_nothing_itself(
    made: environment.Environment, tmp_path: Path
) -> None:
    (made.folder / bootstrap.SYSTEM).write_text(bootstrap.WHOLE)
    with subprocess.Popen(
        [sys.executable, made.folder.parent / "app", "status", "a b", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    ) as start:
        said, complaints = start.communicate()
    assert said == f"['status', 'a b', '--json'] {start.pid}\n"
    assert complaints == ""
    assert start.returncode == 2


def test_a_warm_start_imports_nothing_python_has_not_loaded() -> None:
    code = (
        "import os, sys; before = set(sys.modules)\n"
        f"sys.path.insert(0, {str(ROOT / 'installer')!r})\n"
        "import bootstrap\n"
        "print(sorted(set(sys.modules) - before))\n"
    )
    assert run(sys.executable, "-c", code).stdout == "['bootstrap']\n"


@pytest.mark.parametrize(
    ("known", "screen", "look"),
    [
        (None, "", True),
        (bootstrap.WHOLE, ":1", False),
        (bootstrap.TOLD, "", False),
        (bootstrap.TOLD, ":1", True),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux is asked")
def test_the_system_is_looked_at_until_whole_but_nobody_is_told_twice_in_vain(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    known: str | None,
    screen: str,
    *,
    look: bool,
) -> None:
    monkeypatch.setenv("DISPLAY", screen)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if known is not None:
        (tmp_path / bootstrap.SYSTEM).write_text(known)
    assert bootstrap.needs_a_look(str(tmp_path)) is look


# -- clear words


def test_an_old_python_can_read_the_start_and_is_told_its_age() -> None:
    for file in (ROOT / "app" / "__main__.py", ROOT / "tests" / "__main__.py"):
        beginning = file.read_text("utf-8").partition("\nROOT =")[0]
        ast.parse(beginning, feature_version=(3, 7))
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 2)\n"
        f"runpy.run_path({str(ROOT / 'app')!r}, run_name='__main__')\n"
    )
    done = run(sys.executable, "-c", code)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9.2" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_lock_is_named(tmp_path: Path) -> None:
    made = checkout(tmp_path / "here")
    made.lock.unlink()
    done = run(sys.executable, str(tmp_path / "here" / "app"))
    assert done.returncode == 1
    assert "requirements.lock is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_without_its_venv_part_is_named(tmp_path: Path) -> None:
    checkout(tmp_path / "here")
    code = (
        "import os, sys\n"
        "sys.modules['ensurepip'] = None\n"
        "os.environ['PATH'] = '/nowhere'\n"
        f"sys.path[0] = {str(ROOT / 'installer')!r}\n"
        "import bootstrap\n"
        f"sys.exit(bootstrap.start({str(tmp_path / 'here')!r}, []))\n"
    )
    done = run(sys.executable, "-c", code)
    assert done.returncode == 1
    assert "without its venv and ensurepip modules" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_hash_is_refused_and_leaves_nothing_that_counts(
    tmp_path: Path, shelf: Path
) -> None:
    wheel(shelf)
    made = checkout(tmp_path / "here", f"grain==1.0 --hash=sha256:{WRONG}\n")
    with pytest.raises(SetupError, match="its hash differs"):
        environment.make(made)
    assert not made.is_ready()


def test_no_network_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    made = checkout(tmp_path / "here", f"sand==1.0 --hash=sha256:{WRONG}\n")
    with pytest.raises(SetupError, match="network is needed this once"):
        environment.make(made)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    made = checkout(tmp_path / "here")
    in_the_way = made.folder.with_name(".venv.lock")
    in_the_way.mkdir()
    with pytest.raises(SetupError, match="cannot be made"):
        environment.make(made)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "cannot be written"),
        (errno.EROFS, "cannot be written"),
    ],
)
def test_what_the_disk_refuses_is_put_in_words(number: int, words: str) -> None:
    error = OSError(number, os.strerror(number))
    assert words in environment._told(error, Path("there"))


def test_what_pip_says_otherwise_is_shown_as_it_is() -> None:
    said = wheels.explain(["ERROR: the moon is in the way"])
    assert said == "pip failed:\nERROR: the moon is in the way"
    assert "no ready-made build" in wheels.explain(["ERROR: No matching distribution"])
    assert "disk is full" in wheels.explain(["OSError: [Errno 28] No space left on"])
