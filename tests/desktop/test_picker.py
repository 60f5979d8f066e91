"""Adding a service as a person does it: the real program, a keyboard, a status page."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.desktop.hands import press, write
from tests.desktop.program import APP, PYTHON, TITLE, explained
from tests.desktop.screen import Screen
from tests.desktop.served import page, watched
from tests.desktop.session import Desktop, until
from tests.desktop.watch import PATIENCE, Tray

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

SUMMARY = Path(__file__).parents[1] / "fixtures" / "statuspage" / "outage.json"
PICKER = "Services to watch"
SETTINGS = 'watch = ["github"]\nproxy = "none"\n'


def test_a_pasted_page_is_watched_and_a_searched_service_too_without_a_mouse(
    tmp_path: Path,
) -> None:
    (tmp_path / "settings.toml").write_text(SETTINGS, "utf-8")
    start = (PYTHON, "-m", "downlight", "--data", str(tmp_path))
    with (
        page(SUMMARY.read_bytes()) as address,
        Desktop(panel="xfce", notify="none") as box,
        Tray(box.address) as tray,
        explained(box),
    ):
        screen = Screen(box.environ)
        program = box.start("downlight", *start, PYTHONPATH=str(APP))
        tray.item().activate()
        screen.wait_window(TITLE)
        press(box, "ctrl+n")
        screen.wait_window(PICKER)
        write(box, "whats")
        press(box, "Return", "ctrl+Return")
        until(lambda: "whatsapp" in watched(tmp_path), "the choice", PATIENCE)
        press(box, "ctrl+n")
        screen.wait_window(PICKER)
        write(box, address)
        press(box, "Return")

        def is_added() -> bool:
            # Until something is found, Enter means nothing.
            press(box, "Return")
            return (tmp_path / "services.toml").exists()

        until(is_added, "what was found to be added", PATIENCE)
        until(lambda: not screen.windows(PICKER), "the picker to close", PATIENCE)
        kept = tomllib.loads((tmp_path / "services.toml").read_text("utf-8"))
        [added] = kept["service"]
        assert added["sources"][0]["family"] == "statuspage"
        assert watched(tmp_path) == ["github", "whatsapp", added["slug"]]
        assert program.poll() is None
