"""A real Uptime Kuma on loopback: got from npm once, then kept.

``python -m tests.real.kuma`` gets it. Its release for npm is of version 2.0.0-dev.0 and
has some steps of its database in the wrong folder; they are put where it looks.
"""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION: Final = "2.0.0-dev.0"
HOME: Final = Path(sys.prefix) / "real" / f"uptime-kuma-{VERSION}"
"""Beside the tools of the tests, and thrown away with them."""
DONE: Final = HOME / "done"
SQLITE: Final = "@louislam/sqlite3"
ENOUGH: Final = 200
"""Seconds for getting and building it; about 80 are usual."""

PAGE: Final = """
INSERT INTO user (id, username, active) VALUES (1, 'somebody', 1);
INSERT INTO monitor (id, name, active, user_id, interval, url, type)
    VALUES (1, 'Oven', 1, 1, 20, :up, 'http'), (2, 'Cellar', 1, 1, 20, :down, 'http');
INSERT INTO status_page (id, slug, title, icon, theme, published)
    VALUES (1, 'bakery', 'Bakery', '/icon.svg', 'light', 1);
INSERT INTO "group" (id, name, public, active, weight, status_page_id)
    VALUES (1, 'Kitchen', 1, 1, 1, 1);
INSERT INTO monitor_group (monitor_id, group_id, weight, send_url)
    VALUES (1, 1, 1, 0), (2, 1, 2, 0);
INSERT INTO incident (id, title, content, style, pin, active, status_page_id)
    VALUES (1, 'The cellar is flooded', 'We are pumping.', 'warning', 1, 1, 1);
"""
"""One page with two monitors and an incident."""


@dataclass(frozen=True)
class Kuma:
    """Where it listens."""

    port: int

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


def found() -> Path | None:
    """Return where it is kept, if it was got."""
    return HOME if DONE.is_file() and shutil.which("node") else None


def get() -> str:
    """Get it from npm and build its database driver; return what went wrong."""
    npm = shutil.which("npm")
    if found() or npm is None:
        return "" if npm else "npm is needed for that"
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    quiet = ["--no-audit", "--no-fund", "--prefix", str(HOME)]
    package = f"uptime-kuma@{VERSION}"
    fast = os.environ | {"CFLAGS": "-O0", "CXXFLAGS": "-O0"}
    for command in (
        # Nobody's script runs but the one that builds the driver.
        [npm, "install", "--omit=dev", "--omit=optional", "--ignore-scripts"],
        [npm, "rebuild"],
    ):
        what = SQLITE if "rebuild" in command else package
        try:
            done = subprocess.run(
                [*command, *quiet, what],
                capture_output=True,
                text=True,
                check=False,
                env=fast,
                timeout=ENOUGH,
            )
        except subprocess.TimeoutExpired:
            return f"npm was not done after {ENOUGH} s"
        if done.returncode != 0:
            return "\n".join((done.stdout + done.stderr).splitlines()[-6:])
    steps = HOME / "node_modules" / "uptime-kuma" / "db"
    for step in steps.glob("patch-*.sql"):
        shutil.copy(step, steps / "old_migrations")
    DONE.touch()
    return ""


@contextmanager
def running(folder: Path, data: Path, up: str, down: str) -> Iterator[Kuma]:
    """Run it until left, once it has looked at ``up`` and ``down``."""
    with _started(folder, data, until="Listening on"):
        pass  # it has made its database
    with closing(sqlite3.connect(data / "kuma.db")) as database, database:
        for statement in PAGE.strip().split(";\n"):
            values = {"up": up, "down": down} if ":up" in statement else {}
            database.execute(statement.rstrip(";"), values)
    with _started(folder, data, until="Monitor #2 'Cellar': Failing") as server:
        yield server


@contextmanager
def _started(folder: Path, data: Path, *, until: str) -> Iterator[Kuma]:
    """Start it, and wait until it has said something."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    surroundings = os.environ | {
        "DATA_DIR": f"{data}/",
        "UPTIME_KUMA_DB_TYPE": "sqlite",
        "UPTIME_KUMA_HOST": "127.0.0.1",
        "UPTIME_KUMA_PORT": str(port),
        "NODE_ENV": "production",
    }
    with subprocess.Popen(
        ["node", "server/server.js"],
        cwd=folder / "node_modules" / "uptime-kuma",
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            heard = []
            for line in server.stdout:
                heard.append(line)
                if until in line:
                    break
            else:
                raise AssertionError(f"it has ended:\n{''.join(heard[-20:])}")
            yield Kuma(port)
        finally:
            server.kill()  # its farewell takes two seconds, and nobody needs it


if __name__ == "__main__":
    sys.exit(get() or None)
