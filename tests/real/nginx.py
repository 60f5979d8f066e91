"""A real nginx on loopback, with its own folder and nothing of the system's."""

from __future__ import annotations

import os
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROBOT_PAUSE: Final = 7
"""Seconds for which ``/busy`` asks to be left alone."""

CONFIGURATION: Final = """
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/errors.log;
{user}
events {{ worker_connections 64; }}
http {{
    log_format said '$request_method $uri $status $body_bytes_sent';
    access_log {folder}/said.log said;
    types {{
        application/json json;
        application/javascript js;
        application/rss+xml rss xml;
        application/atom+xml atom;
        text/html html;
    }}
    default_type application/octet-stream;
    gzip on;
    gzip_min_length 64;
    gzip_types *;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/site;
        location /plain/ {{ gzip off; }}
        location /shell/ {{ try_files $uri /shell.html; }}
        location /moved/ {{ rewrite ^/moved/(.*)$ /statuspage/$1 permanent; }}
        location /locked/ {{ return 401; }}
        location /busy/ {{ add_header Retry-After {pause} always; return 503; }}
    }}
}}
"""


@dataclass(frozen=True)
class Nginx:
    """Where it listens, what it serves, what it has answered."""

    port: int
    folder: Path

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: bytes) -> str:
        """Serve a body at a path from now on; return its address."""
        file = self.folder / "site" / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        return self.url(path)

    def said(self) -> list[tuple[str, int, int]]:
        """Return path, status and bytes of body of each answer so far."""
        lines = (self.folder / "said.log").read_text().splitlines()
        words = (line.split() for line in lines)
        return [(path, int(status), int(size)) for _, path, status, size in words]


@contextmanager
def running(program: str, folder: Path) -> Iterator[Nginx]:
    """Run an nginx until left.

    It is handed a socket that listens already, as nginx hands it to its successor
    when it is upgraded: nobody has to wait for it, and nobody can take its port.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        (folder / "site").mkdir()
        text = CONFIGURATION.format(
            folder=folder,
            port=port,
            pause=ROBOT_PAUSE,
            user="user root;" if os.geteuid() == 0 else "",
        )
        (folder / "nginx.conf").write_text(text)
        listener.set_inheritable(True)
        server = subprocess.Popen(
            [
                program,
                "-p",
                str(folder),
                "-c",
                str(folder / "nginx.conf"),
                "-e",
                "stderr",
            ],
            pass_fds=[listener.fileno()],
            env=os.environ | {"NGINX": f"{listener.fileno()};"},
        )
    try:
        yield Nginx(port, folder)
    finally:
        server.terminate()
        server.wait()
