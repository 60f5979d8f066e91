"""Where things are kept, and where shipped files are found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import downlight
from downlight.core.errors import StorageError
from downlight.storage.paths import places
from downlight.storage.resources import resource

PACKAGE = Path(downlight.__file__).parent


def found(root: Path, *, frozen: Path | None = None) -> Path:
    """Return where a program whose package lies in ``root`` finds its map."""
    program = "import sys\n"
    if frozen is not None:
        program += f"sys._MEIPASS = {str(frozen)!r}\n"
    program += (
        "from downlight.storage.resources import resource\n"
        "print(resource('map/world.txt').read_text(), resource('map/world.txt'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    words, _, path = done.stdout.strip().partition(" ")
    assert words == "round"
    return Path(path)


def lay_out(root: Path, resources: Path) -> None:
    """Put the package's needed parts into ``root``, a map into ``resources``."""
    for part in ("core", "storage"):
        shutil.copytree(PACKAGE / part, root / "downlight" / part)
    shutil.copy(PACKAGE / "__init__.py", root / "downlight")
    (resources / "map").mkdir(parents=True)
    (resources / "map/world.txt").write_text("round")


def test_a_run_with_a_folder_of_its_own_keeps_everything_in_it(tmp_path: Path) -> None:
    kept = places(tmp_path / "run")
    assert kept.settings == tmp_path / "run/settings.toml"
    assert kept.journal == tmp_path / "run/journal.sqlite"
    assert kept.log == tmp_path / "run/downlight.log"
    assert not (tmp_path / "run").exists()


def test_a_folder_named_from_here_or_home_becomes_a_full_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert places(Path("run")).journal == tmp_path / "run/journal.sqlite"
    assert places(Path("~/run")).journal == tmp_path / "me/run/journal.sqlite"


@pytest.mark.skipif(
    sys.platform != "linux", reason="the folders have other names there"
)
def test_without_a_folder_the_system_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    kept = places()
    assert kept.settings == tmp_path / "CONFIG/downlight/settings.toml"
    assert kept.journal == tmp_path / "DATA/downlight/journal.sqlite"
    assert kept.log.is_relative_to(tmp_path / "STATE/downlight")
    assert kept.log.name == "downlight.log"


def test_a_wheel_carries_its_resources_inside_the_package(tmp_path: Path) -> None:
    resources = tmp_path / "site-packages/downlight/resources"
    lay_out(tmp_path / "site-packages", resources)
    assert found(tmp_path / "site-packages") == resources / "map/world.txt"


def test_a_checkout_has_its_resources_beside_the_sources(tmp_path: Path) -> None:
    lay_out(tmp_path / "checkout/app", tmp_path / "checkout/resources")
    assert found(tmp_path / "checkout/app") == (
        tmp_path / "checkout/resources/map/world.txt"
    )


def test_a_frozen_program_has_its_resources_where_it_was_unpacked(
    tmp_path: Path,
) -> None:
    lay_out(tmp_path / "frozen", tmp_path / "unpacked/resources")
    path = found(tmp_path / "frozen", frozen=tmp_path / "unpacked")
    assert path == tmp_path / "unpacked/resources/map/world.txt"


def test_what_was_unpacked_goes_before_what_lies_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource() == tmp_path / "resources"


def test_this_checkout_has_its_resources() -> None:
    assert resource().name == "resources"
    assert resource("catalog").is_dir()


def test_a_shipped_file_that_is_missing_is_a_broken_installation() -> None:
    with pytest.raises(StorageError) as caught:
        resource("no/such/thing")
    assert caught.value.title == "Installation incomplete"
    assert "install it again" in caught.value.hint
