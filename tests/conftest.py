"""What holds for every test: no network but loopback, no screen, no chance in CI."""

import os
import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None, max_examples=50)
settings.register_profile(
    "ci", deadline=None, max_examples=200, derandomize=True, print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "here")

INTERNET = {socket.AF_INET, socket.AF_INET6}


def stays_here(host: object) -> bool:
    """Tell whether `host`, an address or a name, is this machine itself."""
    if host in {None, "", b"", "localhost", b"localhost"}:
        return True
    try:
        return ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse(what: str, target: object) -> None:
    """Fail the test; not as an OSError, which the program would take for an outage."""
    pytest.fail(f"a test tried to {what} {target!r}: only loopback is allowed")


def guarded(real: Callable[..., object], what: str) -> Callable[..., object]:
    """Return `real` (a socket's method) refusing what leaves this machine."""

    def call(self: socket.socket, *arguments: object) -> object:
        address = arguments[-1]
        if (
            self.family in INTERNET
            and isinstance(address, tuple)
            and not stays_here(address[0])
        ):
            refuse(what, address)
        return real(self, *arguments)

    return call


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    """Refuse every connection, datagram and look-up that leaves this machine."""
    kept = {name: getattr(socket.socket, name) for name in _WAYS_OUT}
    look_up = socket.getaddrinfo

    def local_look_up(
        host: bytes | str | None, *arguments: int | str | bytes | None, **more: int
    ) -> object:
        if not stays_here(host.decode() if isinstance(host, bytes) else host):
            refuse("look up", host)
        return look_up(host, *arguments, **more)  # type: ignore[arg-type] # handed on as it came

    for name, real in kept.items():
        setattr(socket.socket, name, guarded(real, name))
    setattr(socket, "getaddrinfo", local_look_up)  # noqa: B010 - not what its type says
    yield
    for name, real in kept.items():
        setattr(socket.socket, name, real)
    socket.getaddrinfo = look_up


_WAYS_OUT = ("connect", "connect_ex", "sendto")
