"""A status page made with Statuspage, served on loopback; and what is watched then."""

from __future__ import annotations

import threading
import tomllib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def page(summary: bytes) -> Iterator[str]:
    """Serve a page; give its address.

    Args:
        summary: What it says, as its API tells it.
    """

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_summary = self.path == "/api/v2/summary.json"
            body = summary if is_summary else b"<title>Status</title>"
            kind = "application/json" if is_summary else "text/html"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def watched(data: Path) -> list[str]:
    """What the settings in a folder say is watched."""
    found = tomllib.loads((data / "settings.toml").read_text("utf-8"))["watch"]
    return [str(slug) for slug in found]
