"""Held while something fills the screen or keeps it awake: real windows, services."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from downlight.core.news import Turn
from downlight.core.telling.decided import Fate
from downlight.notify.busy import FILLED, Lookout, looks
from downlight.notify.courier import Courier
from downlight.notify.dbus import DBusChannel
from downlight.notify.full_screen import Screen
from downlight.notify.inhibited import AWAKE
from downlight.storage.journal import Journal
from tests.desktop.notices import Notices
from tests.desktop.program import APP, PYTHON, explained
from tests.desktop.session import Desktop, until
from tests.desktop.tiny_film import OWN_EYES
from tests.notify.events import NOON, event, news
from tests.notify.memory import PATIENCE, Memory

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from downlight.core.news import Event

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

AGAIN = timedelta(seconds=1)
MANAGER = "org.freedesktop.PowerManagement"
INHIBIT = DBusAddress(
    f"/{MANAGER.replace('.', '/')}/Inhibit", MANAGER, f"{MANAGER}.Inhibit"
)
START = 60.0
"""Seconds a start may take on a machine busy with other things."""
FILM = str(Path(__file__).with_name("tiny_film.py"))


@dataclass
class Room:
    """A box with a courier of ours that looks at its desktop as the program does."""

    box: Desktop
    notices: Notices
    journal: Memory
    courier: Courier
    lookout: Lookout

    def tell(self, about: Event) -> tuple[Fate, str]:
        """Publish; return what became of it at once, and why."""
        self.journal.write(NOON, (), {}, (about,))
        self.courier.publish(news(about))
        decided = self.journal.checked.get(timeout=PATIENCE)
        return decided.fate, decided.reason

    def await_told(self) -> str:
        """Return the title of the one bubble there is in the end."""
        self.notices.wait("what waited", lambda: self.notices.seen)
        self.notices.settle(2 * AGAIN.total_seconds())
        [notice] = self.notices.seen
        return notice.summary


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with (
        Desktop(panel="none", secret=False) as box,
        Notices(box.address) as notices,
        monkeypatch.context() as here,
    ):
        # The courier lives in here; it is to look where it would look in there.
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            here.setenv(name, box.environ[name])
        journal, lookout = Memory(), Lookout(looks(environ=box.environ))
        courier = Courier(
            lambda on_act: (DBusChannel(on_act, address=box.address),),
            journal.opened,
            lambda: NOON,
            lambda _event, _act: None,
            busy=lookout.busy,
            again=AGAIN,
        )
        courier.start()
        try:
            yield Room(box, notices, journal, courier, lookout)
        finally:
            assert courier.stop()


@contextmanager
def film(box: Desktop) -> Iterator[subprocess.Popen[bytes]]:
    """Show a film; it has begun when it fills the screen."""
    process = box.start(
        "film", PYTHON, FILM, PYTHONPATH=str(APP), QT_QPA_PLATFORM="xcb"
    )
    screen = Screen(box.environ["DISPLAY"])
    until(screen.is_filled, f"the film\n{box.log('film')}", PATIENCE)
    yield process
    process.terminate()
    process.wait()


def test_what_happens_in_a_film_is_told_after_it(room: Room) -> None:
    assert room.lookout.busy() == ""
    with film(room.box):
        assert room.tell(event()) == (Fate.LATER, FILLED)
        assert room.tell(event(service="mail"))[0] is Fate.LATER
        room.notices.settle(2 * AGAIN.total_seconds())
        assert room.notices.seen == []
    assert room.await_told() == "Meanwhile: 2 outages"


def test_what_is_over_before_the_film_is_told_as_it_is(room: Room) -> None:
    with film(room.box):
        assert room.tell(event()) == (Fate.LATER, FILLED)
        ended = event(Turn.ENDED, title="Example Chat works again")
        assert room.tell(ended)[0] is Fate.LATER
    assert room.await_told() == "Example Chat works again"


def test_the_light_looks_before_it_tells(tmp_path: Path) -> None:
    before = datetime.now(UTC) - timedelta(minutes=2)
    settings, path = tmp_path / "settings.toml", tmp_path / "journal.sqlite"
    settings.write_text('watch = []\nproxy = "none"\n', "utf-8")
    with Journal.open(path) as journal:  # what it did not get to tell the last time
        journal.write(before, (), {}, (event(at=before),))
    # At login it waits for a tray, and no window of its own comes in between.
    command = (PYTHON, "-m", "downlight", "--data", str(tmp_path), "--login")

    def fates() -> list[tuple[Fate, str]]:
        with Journal.open(path, read_only=True) as journal:
            return [(it.fate, it.reason) for it in journal.decisions()]

    with (
        Desktop(panel="none", secret=False) as box,
        Notices(box.address) as notices,
        explained(box),
    ):
        with film(box):
            light = box.start("downlight", *command, PYTHONPATH=str(APP))
            until(fates, "a decision", START)
            assert fates() == [(Fate.LATER, FILLED)]
            light.terminate()
            light.wait()
        assert notices.seen == []
        box.start("downlight", *command, PYTHONPATH=str(APP))
        notices.wait("what waited", lambda: notices.seen, START)
        assert notices.seen[0].summary == event().title


def test_our_own_window_is_no_film(room: Room) -> None:
    with film(room.box):
        known = len(room.box.log("film"))

        def said() -> str:
            return room.box.log("film")[known:]

        until(lambda: said().count("\n") > 1, "the film's own view", PATIENCE)
        assert f"{OWN_EYES}False\n" in said()
        assert "True" not in said()


def test_who_keeps_the_screen_awake_in_xfce_is_not_disturbed(room: Room) -> None:
    if shutil.which("xfce4-power-manager") is None:
        pytest.skip("xfce4-power-manager is not installed")
    # It asks the system's bus for batteries; here is none, and it does without.
    room.box.start(
        *("manager", "xfce4-power-manager", "--no-daemon"),
        DBUS_SYSTEM_BUS_ADDRESS=room.box.address,
    )
    room.box.await_name(MANAGER, "manager")
    assert room.lookout.busy() == ""
    with open_dbus_connection(room.box.address) as player:
        call = new_method_call(INHIBIT, "Inhibit", "ss", ("player", "a film"))

        def plays() -> bool:  # it owns its name before it knows what that is
            answer = player.send_and_get_reply(call, timeout=PATIENCE)
            return answer.header.message_type is MessageType.method_return

        until(plays, "the manager to take it", PATIENCE)
        until(lambda: room.lookout.busy() == AWAKE, "it to say so", PATIENCE)
        assert room.tell(event()) == (Fate.LATER, AWAKE)
        room.notices.settle(2 * AGAIN.total_seconds())
        assert room.notices.seen == []
    assert room.await_told() == event().title
