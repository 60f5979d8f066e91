"""What Qt needs from the system: found by ldd, fetched by apt-get or named."""

import os
import sys
from pathlib import Path

import pytest

import bootstrap
import debian
from speech import SetupError

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="ldd and apt-get are Linux's"
)

LDD = """#!/bin/sh
echo "$1:"
echo "\tlibc.so.6 => /lib/libc.so.6 (0x0)"
[ -e "$TOOLS/installed" ] || echo "\tlibxcb-icccm.so.4 => not found"
[ -e "$TOOLS/installed" ] || echo "\tlibEGL.so.1 => not found"
"""

APT = """#!/bin/sh
echo "$*" >> "$TOOLS/asked"
for word; do
    case $word in
        update) touch "$TOOLS/updated"; exit 0 ;;
        install) [ -e "$TOOLS/updated" ] || { echo "E: no lists" >&2; exit 100; }
    esac
done
[ -e "$TOOLS/broken" ] && { echo "E: held packages" >&2; exit 100; }
touch "$TOOLS/installed"
"""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an ldd and an apt-get that play a fresh Debian."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name, text in (("ldd", LDD), ("apt-get", APT)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("TOOLS", str(folder))
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.fixture
def qt(tmp_path: Path) -> Path:
    """An environment with a library of Qt in it."""
    folder = tmp_path / "lib" / "python3.11" / "site-packages" / "PySide6"
    folder.mkdir(parents=True)
    (folder / "QtGui.abi3.so").touch()
    return folder


@pytest.mark.usefixtures("tools")
def test_missing_libraries_are_found(qt: Path) -> None:
    assert debian.missing_libraries(qt) == ["libEGL.so.1", "libxcb-icccm.so.4"]


def test_the_lists_are_fetched_when_the_first_try_fails(tools: Path) -> None:
    debian.install(["libegl1"], "what Qt needs")
    asked = (tools / "asked").read_text().splitlines()
    verbs = [line.split()[3] for line in asked]
    assert verbs == ["install", "update", "install"]
    assert asked[-1].endswith("--no-install-recommends libegl1")


def test_what_apt_get_refuses_is_passed_on(tools: Path) -> None:
    (tools / "broken").touch()
    with pytest.raises(SetupError, match="held packages"):
        debian.install(["libegl1"], "what Qt needs")


@pytest.mark.usefixtures("tools", "qt")
def test_as_root_they_are_installed_and_never_looked_for_again(
    tmp_path: Path, tools: Path
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may install")
    debian.look_for_qt_needs(str(tmp_path))
    assert (tools / "installed").exists()
    assert (tmp_path / bootstrap.SYSTEM).read_text() == bootstrap.WHOLE


@pytest.mark.usefixtures("tools", "qt")
def test_when_they_cannot_be_had_the_command_is_told(
    tmp_path: Path, tools: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tools / "broken").touch()
    debian.look_for_qt_needs(str(tmp_path))
    said = capsys.readouterr().err
    assert "lacks libEGL.so.1, libxcb-icccm.so.4" in said
    assert "sudo apt-get install libegl1 " in said
    assert "terminal work without it" in said
    assert (tmp_path / bootstrap.SYSTEM).read_text() == bootstrap.TOLD


def test_a_package_that_is_not_there_is_noticed() -> None:
    if not Path("/usr/bin/dpkg-query").exists():
        pytest.skip("this is not Debian or its kin")
    names = ["dpkg", "a-package-that-never-was"]
    assert debian.not_installed(names) == ["a-package-that-never-was"]
