"""Adding a service as a person does it: the real program, a keyboard, a status page."""

from __future__ import annotations

import subprocess
import threading
import tomllib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.desktop.program import APP, PYTHON, TITLE, explained
from tests.desktop.screen import Screen
from tests.desktop.session import Desktop, until
from tests.desktop.watch import PATIENCE, Tray

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

SUMMARY = Path(__file__).parents[1] / "fixtures" / "statuspage" / "outage.json"
PICKER = "Services to watch"
SETTINGS = 'watch = ["github"]\nproxy = "none"\n'


class Page(BaseHTTPRequestHandler):
    """A status page made with Statuspage."""

    def do_GET(self) -> None:
        is_summary = self.path == "/api/v2/summary.json"
        body = SUMMARY.read_bytes() if is_summary else b"<title>Status</title>"
        kind = "application/json" if is_summary else "text/html"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def page() -> Iterator[str]:
    """Serve the page on loopback; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def press(box: Desktop, *keys: str) -> None:
    """Press keys, or combinations of them, one after the other."""
    command = ("xdotool", "key", "--delay", "40", *keys)
    subprocess.run(command, env=box.environ, check=True, timeout=PATIENCE)


def write(box: Desktop, words: str) -> None:
    """Type ``words`` where the focus is."""
    command = ("xdotool", "type", "--delay", "15", words)
    subprocess.run(command, env=box.environ, check=True, timeout=PATIENCE)


def watched(data: Path) -> list[str]:
    """What the settings say is watched."""
    found = tomllib.loads((data / "settings.toml").read_text("utf-8"))["watch"]
    return [str(slug) for slug in found]


def test_a_pasted_page_is_watched_and_a_searched_service_too_without_a_mouse(
    tmp_path: Path,
) -> None:
    (tmp_path / "settings.toml").write_text(SETTINGS, "utf-8")
    start = (PYTHON, "-m", "downlight", "--data", str(tmp_path))
    with (
        page() as address,
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
