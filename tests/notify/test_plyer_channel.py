"""Notifications by plyer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from downlight.core.errors import DeliveryError
from downlight.notify.plyer_channel import (
    BODY_UNITS,
    TITLE_UNITS,
    PlyerChannel,
    Way,
    fit,
    way,
)
from tests.notify.events import message
from tests.notify.hostile import HOSTILE, brief

if sys.platform == "linux":
    from tests.notify.service import Service, bus

if TYPE_CHECKING:
    from pathlib import Path


def found(
    *programs: str,
    flatpak: Path,
    bindings: object = None,
    served: bool | None = True,
    system: str = "linux",
) -> Way:
    return way(
        system,
        has=lambda program: program in programs,
        flatpak=flatpak,
        bindings=lambda _name: bindings,
        served=lambda: served,
    )


def test_on_other_systems_nothing_needs_to_be_looked_at(tmp_path: Path) -> None:
    for system in ("win32", "darwin"):
        assert found(flatpak=tmp_path, served=False, system=system) == Way()


def test_on_linux_one_of_two_tools_is_needed(tmp_path: Path) -> None:
    nowhere = tmp_path / "app"
    assert "notify-send" in found(flatpak=nowhere).refusal
    by_program = found("notify-send", flatpak=nowhere)
    assert by_program == Way(markup=True, backslashes=True)
    by_bus = found(flatpak=nowhere, bindings=object())
    assert by_bus == Way(markup=True, backslashes=False)


def test_inside_flatpak_it_is_refused(tmp_path: Path) -> None:
    assert "Flatpak" in found("notify-send", flatpak=tmp_path).refusal


@pytest.mark.parametrize(
    ("served", "refused"), [(True, False), (None, False), (False, True)]
)
def test_where_nobody_shows_anything_nothing_is_claimed(
    tmp_path: Path, served: bool | None, refused: bool
) -> None:
    there = found("notify-send", flatpak=tmp_path / "app", served=served)
    assert bool(there.refusal) is refused


def test_this_system_is_looked_at_without_arguments() -> None:
    assert isinstance(way(), Way)


@pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is Linux's")
def test_on_linux_the_bus_is_asked_whether_anybody_shows_anything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refusal() -> str:
        nowhere = tmp_path / "app"
        return way("linux", has=lambda _: True, flatpak=nowhere).refusal

    with bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert refusal() == "no program here shows notifications"
        with Service(address):
            assert refusal() == ""
    assert refusal() == ""  # no bus we could ask: plyer may know another
    with bus(tmp_path):
        monkeypatch.setitem(sys.modules, "downlight.notify.bus", None)
        assert refusal() == ""  # no jeepney


def test_plyer_is_imported_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    assert callable(PlyerChannel()._load())
    assert capfd.readouterr() == ("", "")


def sent(there: Way, title: str, body: str) -> dict[str, str]:
    """What plyer would be given."""
    given: list[dict[str, Any]] = []
    channel = PlyerChannel(lambda: there, lambda: lambda **more: given.append(more))
    channel.deliver(message(title, body))
    [call] = given
    return call


def test_words_arrive_as_they_are_elsewhere() -> None:
    assert sent(Way(), "A & B", r"a < b\n") == {
        "title": "A & B",
        "message": r"a < b\n",
        "app_name": "Downlight",
    }


def test_on_linux_what_has_a_meaning_is_escaped() -> None:
    call = sent(Way(markup=True, backslashes=True), "A & B", r"a < b\n & c")
    assert call["title"] == "A & B"
    assert call["message"] == r"a &lt; b\\n &amp; c"
    assert sent(Way(markup=True), "A", r"\n")["message"] == r"\n"


def test_nothing_begins_like_an_option_and_nothing_is_empty() -> None:
    call = sent(Way(), "-h", "--help")
    assert (call["title"], call["message"]) == (" -h", " --help")
    call = sent(Way(), "", " \n")
    assert (call["title"], call["message"]) == ("Downlight", "Downlight")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize("text", HOSTILE, ids=brief)
def test_hostile_text_is_made_harmless(text: str) -> None:
    call = sent(Way(), text, text)
    assert units(call["title"]) <= TITLE_UNITS + 1
    assert units(call["message"]) <= BODY_UNITS + 1
    for words in (call["title"], call["message"]):
        assert words.strip()
        assert not words.startswith("-")
        assert "\0" not in words
        words.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("abc", "abc"),
        ("abcdefgh", "abcde…"),
        ("\U0001f525" * 3, "\U0001f525" * 3),
        ("\U0001f525" * 4, "\U0001f525" * 2 + "…"),
        ("ab" + "\U0001f525" * 3, "ab\U0001f525…"),
    ],
)
def test_texts_are_cut_by_what_windows_counts(text: str, fitted: str) -> None:
    assert fit(text, 6) == fitted


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotImplementedError(), "plyer knows no way"),
        (OSError("odd"), "plyer: OSError: odd"),
    ],
)
def test_a_failure_is_said_in_words(error: Exception, words: str) -> None:
    def notify(**_: object) -> None:
        raise error

    with pytest.raises(DeliveryError, match=words):
        PlyerChannel(Way, lambda: notify).deliver(message())


def test_a_way_that_is_none_is_said_before_plyer_is_touched() -> None:
    def load() -> None:
        raise AssertionError

    with pytest.raises(DeliveryError, match="not here"):
        PlyerChannel(lambda: Way("not here"), load).deliver(message())  # type: ignore[arg-type] # it is never called


NOTIFY_SEND = """#!{python}
import json, os, sys
with open(os.environ["SEEN"], "w") as seen:
    json.dump(sys.argv[1:], seen)
"""
PROGRAM = """
from downlight.notify.plyer_channel import PlyerChannel, Way
from tests.notify.events import message
PlyerChannel(lambda: Way(markup=True, backslashes=True)).deliver(
    message("-h", "--help <b>")
)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="notify-send is Linux's")
def test_the_real_plyer_hands_on_two_words_and_no_option(tmp_path: Path) -> None:
    program = tmp_path / "notify-send"
    program.write_text(NOTIFY_SEND.format(python=sys.executable), "utf-8")
    program.chmod(0o755)
    seen = tmp_path / "seen.json"
    # In a process of its own, as plyer looks for its tools once in its life.
    done = subprocess.run(
        (sys.executable, "-W", "error", "-c", PROGRAM),
        env=os.environ
        | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SEEN": str(seen)}
        | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    words = json.loads(seen.read_text("utf-8"))
    assert words[:2] == [" -h", " --help &lt;b&gt;"]
