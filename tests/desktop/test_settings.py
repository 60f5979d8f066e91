"""The settings as a person meets them: the real program, a keyboard, a keyring."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from tests.desktop.hands import press
from tests.desktop.program import APP, PYTHON, TITLE, explained
from tests.desktop.screen import Screen
from tests.desktop.session import Desktop, until
from tests.desktop.watch import PATIENCE, Tray

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

SETTINGS = "^Settings"
KEPT = 'watch = ["github"]\nproxy = "http://127.0.0.1:9"\n'
LOGIN = "/org/freedesktop/secrets/collection/login"
KEYS = """
import sys
sys.path[:0] = {paths!r}
from PySide6.QtWidgets import QApplication
from downlight import steward, wiring
from downlight.ui.bridge import Bridge
from downlight.ui.settings.dialog import SettingsDialog
from downlight.ui.outside import now
from pathlib import Path
app = QApplication([])
bridge = Bridge()
made = steward.Steward(wiring.open_home(Path({data!r})), bridge, print, lambda: None)
dialog = SettingsDialog(made, now)
dialog.open_on("keys")
view = next(v for v in dialog.keys.views if v.key.name == "riot")
while dialog.keys._asking:
    app.processEvents()
print("trouble:", dialog.keys.trouble.accessibleName())
print("state:", view.state.text())
for value in {values!r}:
    view._put(value)
    while view.state.text() == "Asking the keyring …":
        app.processEvents()
    print("state:", view.state.text())
    print("wrong:", view.wrong.accessibleName())
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with settings of somebody who asks nobody."""
    (tmp_path / "settings.toml").write_text(KEPT, "utf-8")
    return tmp_path


def kept(data: Path) -> dict[str, Any]:
    """What stands in the settings file."""
    return tomllib.loads((data / "settings.toml").read_text("utf-8"))


def test_a_choice_by_keyboard_stands_in_the_file_at_once(data: Path) -> None:
    start = (PYTHON, "-m", "downlight", "--data", str(data))
    with (
        Desktop(panel="xfce", notify="none", secret=False) as box,
        Tray(box.address) as tray,
        explained(box),
    ):
        screen = Screen(box.environ)
        program = box.start("downlight", *start, PYTHONPATH=str(APP))
        tray.item().activate()
        screen.wait_window(TITLE)
        press(box, "ctrl+comma")
        screen.wait_window(SETTINGS)
        press(box, "Down", "Tab", "space")  # to the notifications, and off with them
        until(lambda: kept(data).get("notify") is False, "the choice", PATIENCE)
        press(box, "alt+c")
        until(lambda: not screen.windows(SETTINGS), "it to close", PATIENCE)
        tray.item().click("Settings …")
        screen.wait_window(SETTINGS)
        press(box, "Escape")
        until(lambda: not screen.windows(SETTINGS), "it to close", PATIENCE)
        assert kept(data)["proxy"] == "http://127.0.0.1:9"
        assert program.poll() is None


def looked(box: Desktop, data: Path, *values: str | None) -> list[str]:
    """Return what the keys' page says in a box; a token is put in and taken out."""
    code = KEYS.format(paths=[str(APP)], data=str(data), values=list(values))
    found = subprocess.run(
        (sys.executable, "-c", code),
        env={**box.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        timeout=PATIENCE * 3,
    )
    return found.stdout.decode().splitlines()


def test_a_token_is_kept_in_a_real_keyring_and_forgotten(data: Path) -> None:
    with Desktop(panel="none", notify="none") as box:
        said = looked(box, data, "a token", None)
        assert said[:2] == [
            "trouble: ",
            "state: There is none. Nothing that is watched asks for it.",
        ]
        assert said[2] == "state: Kept in the keyring as riot."
        assert said[4] == "state: It is forgotten."


def test_a_missing_keyring_is_said_plainly(data: Path) -> None:
    with Desktop(panel="none", notify="none", secret=False) as box:
        said = looked(box, data, "a token")
    assert said[0].startswith("trouble: No keyring. Install and start one")
    assert said[1].startswith("state: Not known whether there is one.")
    assert said[2:] == [
        "state: Not done, as far as is known.",
        said[0].replace("trouble", "wrong"),
    ]


def test_a_locked_keyring_is_said_plainly(data: Path) -> None:
    with Desktop(panel="none", notify="none") as box:
        lock = "org.freedesktop.Secret.Service.Lock"
        subprocess.run(
            (
                *("gdbus", "call", "--session", "--dest", "org.freedesktop.secrets"),
                *("--object-path", "/org/freedesktop/secrets", "--method", lock),
                f"['{LOGIN}']",
            ),
            env=box.environ,
            check=True,
            capture_output=True,
        )
        said = looked(box, data)
    assert said[0].startswith("trouble: Keyring locked. Unlock the keyring")
    assert said[1].startswith("state: Not known whether there is one.")
