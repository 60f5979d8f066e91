"""A real Linux desktop in a box, for tests and for looking at the program.

A box is a display of its own (Xvfb on the first free number, or sway), a session bus
of its own that can start nothing it was not given, a window manager, a notification
daemon, an unlocked Secret Service and a tray host. It comes up in about a second and
takes with it, on leaving, every process that was started inside: each carries the
box's mark in its environment.

To look at the program in one by hand: ``python3 tests/desktop --help``.
"""

from __future__ import annotations

import os
import secrets
import select
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from tests.desktop import x11
from tests.desktop.furnish import furnish
from tests.desktop.wayland import Wayland

if TYPE_CHECKING:
    from collections.abc import Callable

PanelName = Literal["xfce", "lxqt", "mate", "trayer", "none"]
NotifyName = Literal["dunst", "xfce", "mako", "none"]

WATCHER = "org.kde.StatusNotifierWatcher"
NOTIFICATIONS = "org.freedesktop.Notifications"
READY_WITHIN = 20.0
"""Seconds one part of the box may take to come up on a busy machine."""
MARK = "DOWNLIGHT_TEST_BOX"
"""The variable that every process in a box carries."""

SPOKEN = {"QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
"""Has Qt tell screen readers what it shows."""
UNSPOKEN = {
    "GTK_A11Y": "none",  # else every GTK program waits for a service
    "NO_AT_BRIDGE": "1",
}
_READERS = "/usr/libexec/at-spi-bus-launcher"
_DAEMONS = {
    "dunst": "dunst",
    "xfce": f"/usr/lib/{os.uname().machine}-linux-gnu/xfce4/notifyd/xfce4-notifyd",
    "mako": "mako",
}
_PANELS: dict[str, tuple[str, ...]] = {
    "xfce": ("xfce4-panel", "--disable-wm-check"),
    "lxqt": ("lxqt-panel",),
    "mate": ("mate-panel", "--replace"),
    "trayer": (
        *("trayer", "--edge", "top", "--align", "right"),
        *("--widthtype", "request", "--height", "32", "--SetDockType", "true"),
    ),
}


class BoxError(RuntimeError):
    """The box could not be built; the message holds the logs' last lines."""


def until(condition: Callable[[], object], what: str, within: float) -> None:
    """Return as soon as ``condition`` holds.

    Args:
        condition: Asked every 20 ms.
        what: What is waited for, for the error's words.
        within: Seconds until giving up.

    Raises:
        TimeoutError: It did not hold in time.
    """
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {within:g} s in vain for {what}")
        time.sleep(0.02)  # noqa: TID251 - between two looks at the condition


class Desktop:
    """One box; a context manager.

    ``environ`` is what a program needs to live inside, ``root`` holds the box's
    home, run-time files and logs, ``address`` is the session bus, ``notifier`` the
    notification daemon that was started last.
    """

    def __init__(
        self,
        *,
        panel: PanelName = "xfce",
        notify: NotifyName = "dunst",
        secret: bool = True,
        spoken: bool = False,
        size: str = "1280x800",
    ) -> None:
        """Note what the box shall hold; nothing runs before ``with``.

        Args:
            panel: The tray host; ``trayer`` knows only the old XEmbed protocol.
            notify: The notification daemon; ``xfce`` is xfce4-notifyd. ``mako``
                brings a Wayland screen in place of the X one, on which no panel runs.
            secret: Whether an unlocked gnome-keyring serves secrets.
            spoken: Whether programs tell screen readers what they show (AT-SPI).
            size: Of the screen, in pixels.
        """
        self._panel: PanelName = panel
        self._notify: NotifyName = notify
        self._secret = secret
        self._spoken = spoken
        self._size = size
        self._mark = secrets.token_hex(8)
        self.started: list[subprocess.Popen[bytes]] = []
        self.notifier: subprocess.Popen[bytes] | None = None
        self.root = Path()
        self.environ: dict[str, str] = {}

    @property
    def address(self) -> str:
        """The D-Bus address of the session bus."""
        return self.environ["DBUS_SESSION_BUS_ADDRESS"]

    def __enter__(self) -> Self:
        self.root = Path(tempfile.mkdtemp(prefix="box-"))
        try:
            self.environ = furnish(self.root) | {MARK: self._mark}
            self.environ |= SPOKEN if self._spoken else UNSPOKEN
            self._switch_on()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self, name: str, *command: str, **more: str) -> subprocess.Popen[bytes]:
        """Start a program in the box, its output in ``<name>.log``.

        Args:
            name: Of the log; a second program of the same name appends to it.
            command: The program and its arguments.
            more: Environment variables added to the box's.
        """
        with (self.root / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environ | more,
                cwd=self.root,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def log(self, name: str) -> str:
        """What the program of that name has printed so far."""
        path = self.root / f"{name}.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def start_panel(self, panel: PanelName) -> None:
        """Bring a tray host up (now, or late) and wait until it takes icons."""
        self.start("panel", *_PANELS[panel])
        self.await_panel(panel)

    def await_panel(self, panel: PanelName) -> None:
        """Wait until the tray host takes icons."""
        if panel == "trayer":
            self._await(lambda: self._owned("_NET_SYSTEM_TRAY_S0"), "a tray", "panel")
        else:
            self.await_name(WATCHER, "panel")

    def start_notify(self, notify: NotifyName) -> None:
        """Start a notification daemon, now or anew; `await_notify` waits for it."""
        self.notifier = self.start("notify", _DAEMONS[notify])

    def await_notify(self) -> None:
        """Wait until the notification daemon serves."""
        self.await_name(NOTIFICATIONS, "notify")

    def await_name(self, name: str, log: str) -> None:
        """Wait until a bus name is owned.

        Raises:
            BoxError: It was not in time; quotes the log of that name.
        """
        wait = ("gdbus", "wait", "--session", f"--timeout={READY_WITHIN:.0f}", name)
        if subprocess.run(wait, env=self.environ, check=False).returncode:
            raise BoxError(f"nobody owns {name}\n{self.log(log)[-2000:]}")

    def close(self) -> None:
        """End everything that was started inside, and remove the box."""
        for sign, patience in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 5.0)):
            for pid in self._inhabitants():
                send(pid, sign)
            try:
                until(lambda: not self._inhabitants(), "the box to empty", patience)
                break
            except TimeoutError:
                continue
        for process in self.started:
            process.wait()
        shutil.rmtree(self.root, ignore_errors=True)

    def _switch_on(self) -> None:
        """Start the parts, those that do not need each other at the same time."""
        # First: what the bus starts inherits where the screen is.
        if self._notify == "mako":
            self._start_wayland()
        else:
            self._start_x11()
        bus = ("dbus-daemon", f"--config-file={self.root}/bus.conf", "--nofork")
        self._start_telling("bus", *bus, "--nopidfile", "--print-address=%d")
        if self._spoken:
            self.start("readers", _READERS, "--launch-immediately")
            self.await_name("org.a11y.Bus", "readers")
        if self._notify != "none":
            self.start_notify(self._notify)
        if self._secret:
            self._unlock()
        if self._panel != "none":
            self.start_panel(self._panel)
        if self._notify != "none":
            self.await_notify()
        if self._secret:
            self.await_name("org.freedesktop.secrets", "secret")

    def _start_x11(self) -> None:
        number = self._start_telling("xvfb", *x11.screen(self._size))
        self.environ["DISPLAY"] = f":{number}"
        self.start("wm", "openbox", "--sm-disable")
        self._await(lambda: self._owned("WM_S0"), "a window manager", "wm")

    def _start_wayland(self) -> None:
        if self._panel != "none":
            raise BoxError("no panel of the box runs on Wayland, as mako needs it")
        wayland = Wayland(self.root, self._size)
        self.start("wm", *wayland.command, **wayland.environ)
        self._await(wayland.socket.exists, "a Wayland screen", "wm")
        self.environ["WAYLAND_DISPLAY"] = str(wayland.socket)

    def _start_telling(self, name: str, *command: str) -> str:
        """Start a server that writes one line to a pipe (``%d``) once it is up."""
        read, write = os.pipe()
        with (self.root / f"{name}.log").open("ab") as log:
            self.started.append(
                subprocess.Popen(
                    [part.replace("%d", str(write)) for part in command],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env=self.environ,
                    pass_fds=(write,),
                    start_new_session=True,
                )
            )
        os.close(write)
        with open(read, encoding="ascii") as pipe:  # noqa: PTH123 - a descriptor
            ready, _, _ = select.select([pipe], [], [], READY_WITHIN)
            line = pipe.readline().strip() if ready else ""
        if not line:
            raise BoxError(f"{command[0]} did not start\n{self.log(name)[-2000:]}")
        return line

    def _unlock(self) -> None:
        """Start gnome-keyring with a new login keyring, open."""
        keyring = ("gnome-keyring-daemon", "--unlock", "--components=secrets")
        with (self.root / "secret.log").open("ab") as log:
            subprocess.run(
                keyring,
                input=b"box",
                stdout=log,
                stderr=log,
                env=self.environ,
                check=True,
                start_new_session=True,
            )

    def _await(self, condition: Callable[[], object], what: str, log: str) -> None:
        try:
            until(condition, what, READY_WITHIN)
        except TimeoutError as error:
            raise BoxError(f"{error}\n{self.log(log)[-2000:]}") from error

    def _owned(self, selection: str) -> bool:
        return x11.is_owned(selection, self.environ["DISPLAY"])

    def _inhabitants(self) -> list[int]:
        """The processes that carry this box's mark; a zombie carries nothing."""
        for process in self.started:
            process.poll()
        mark = f"{MARK}={self._mark}".encode()
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in environ.read_bytes().split(b"\0"):
                    found.append(int(environ.parent.name))
            except OSError:  # gone meanwhile, or somebody else's
                continue
        return found


def send(pid: int, sign: signal.Signals) -> None:
    """Send a signal to a process that may be gone already."""
    try:
        os.kill(pid, sign)
    except ProcessLookupError:
        return
