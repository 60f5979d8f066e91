"""What the inside asks of the outside is said in words, for who writes the outside."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Protocol

import pytest

from downlight.core import memory, ports, preferences, wishes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def protocols(module: ModuleType) -> Iterator[type]:
    """Yield the ports that stand in a module."""
    for _, found in inspect.getmembers(module, inspect.isclass):
        if found.__module__ == module.__name__ and Protocol in found.__mro__:
            yield found


ROOMS = (ports, memory, wishes, preferences)
PORTS = [port for room in ROOMS for port in protocols(room)]


def test_each_room_of_ports_has_some() -> None:
    assert {port.__module__ for port in PORTS} == {room.__name__ for room in ROOMS}


@pytest.mark.parametrize("port", PORTS, ids=lambda port: port.__name__)
def test_each_port_and_all_that_is_asked_of_it_is_explained(port: type) -> None:
    assert inspect.getdoc(port)
    for name, asked in vars(port).items():
        if inspect.isfunction(asked) and not name.startswith("_"):
            assert asked.__doc__, f"{port.__name__}.{name}"
