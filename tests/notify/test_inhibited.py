"""What the desktop's services tell of whether a person may be disturbed."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus is Linux's", allow_module_level=True)

from jeepney import MessageFlag

from downlight.notify.bus import Silent
from downlight.notify.inhibited import AWAKE, NOT_TO_DISTURB, QUESTIONS, ask
from tests.notify.service import NAME, Service, bus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOMENT = timedelta(milliseconds=50)
LONG = timedelta(seconds=20)
PLASMA = "org.kde.Solid.PowerManagement.PolicyAgent"
XFCE = "org.freedesktop.PowerManagement"
GNOME = "org.gnome.SessionManager"
YES: dict[str, tuple[str, str, tuple[Any, ...], str]] = {
    NAME: ("Get", "v", (("b", True),), NOT_TO_DISTURB),
    PLASMA: ("HasInhibition", "b", (True,), AWAKE),
    XFCE: ("HasInhibit", "b", (True,), AWAKE),
    GNOME: ("IsInhibited", "b", (True,), AWAKE),
}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with bus(tmp_path) as found:
        yield found


def service(address: str, name: str, signature: str, body: tuple[Any, ...]) -> Service:
    """Return who owns the name and answers so what he is asked."""
    return Service(address, name=name, instead={YES[name][0]: (signature, body)})


@pytest.mark.parametrize("name", YES)
def test_each_is_asked_in_its_own_way(address: str, name: str) -> None:
    _, signature, body, words = YES[name]
    with service(address, name, signature, body):
        assert ask(address, LONG) == words
    assert ask(address, LONG) == ""


@pytest.mark.parametrize(
    ("signature", "body"),
    [
        ("b", (False,)),
        ("v", (("b", False),)),
        ("v", (("s", "true"),)),
        ("u", (1,)),
        ("s", ("true",)),
        ("bb", (True, True)),
        (None, ()),
    ],
)
@pytest.mark.parametrize("name", YES)
def test_what_is_no_yes_is_none(
    address: str, name: str, signature: str, body: tuple[Any, ...]
) -> None:
    with service(address, name, signature, body):
        assert ask(address, LONG) == ""


def test_who_does_not_know_the_question_is_passed_over(address: str) -> None:
    errors = {"Get": "org.freedesktop.DBus.Error.InvalidArgs"}
    with Service(address, errors=errors), service(address, GNOME, "b", (True,)):
        assert ask(address, LONG) == AWAKE


def test_in_plasma_a_download_is_no_film(address: str) -> None:
    with ExitStack() as stack:
        stack.enter_context(service(address, PLASMA, "b", (False,)))
        stack.enter_context(service(address, XFCE, "b", (True,)))
        assert ask(address, LONG) == ""


def test_nobody_is_started_to_be_asked() -> None:
    for question in QUESTIONS:
        assert question.call().header.flags & MessageFlag.no_auto_start


def test_who_does_not_answer_is_not_waited_for(address: str) -> None:
    with Service(address, silent={"Get"}), pytest.raises(Silent, match="no answer"):
        ask(address, MOMENT)


def test_without_a_bus_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(Silent, match="cannot be reached"):
        ask(f"unix:path={tmp_path}/none")
