"""The guard of `conftest.py` itself."""

import socket

import pytest

NOWHERE = ("192.0.2.1", 443)  # a documentation address: RFC 5737


def test_a_connection_that_leaves_the_machine_fails_the_test() -> None:
    with socket.socket() as way, pytest.raises(pytest.fail.Exception, match="connect"):
        way.connect(NOWHERE)


def test_a_datagram_that_leaves_the_machine_fails_the_test() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as way,
        pytest.raises(pytest.fail.Exception, match="sendto"),
    ):
        way.sendto(b"", NOWHERE)


def test_looking_up_a_foreign_name_fails_the_test() -> None:
    with pytest.raises(pytest.fail.Exception, match="look up"):
        socket.getaddrinfo("status.example", 443)


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        host, port = server.getsockname()
        with socket.create_connection((host, port)) as there:
            assert there.getpeername() == (host, port)
