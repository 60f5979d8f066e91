"""Servers that other people wrote; where one cannot be had, its tests say so."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.real import kuma, nginx

if TYPE_CHECKING:
    from collections.abc import Iterator

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[nginx.Nginx]:
    """Return a running nginx that serves nothing yet."""
    if NGINX is None:
        pytest.skip("no nginx here: sudo apt-get install nginx-light")
    with nginx.running(NGINX, tmp_path_factory.mktemp("nginx")) as server:
        yield server


@pytest.fixture(scope="session")
def robot(
    site: nginx.Nginx, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[kuma.Kuma]:
    """Return a running Uptime Kuma that watches two addresses of the nginx."""
    folder = kuma.found()
    if folder is None:
        pytest.skip("no Uptime Kuma here: python -m tests.real.kuma gets it from npm")
    up, down = site.put("/kuma/up.html", b"up"), site.url("/kuma/nothing")
    with kuma.running(folder, tmp_path_factory.mktemp("kuma"), up, down) as server:
        yield server
