"""Noticing the desktop's tray, on a bus of the test's own."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from downlight.ui.tray_host import WATCHER, TrayHost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def address() -> Iterator[str]:
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    with subprocess.Popen(
        (daemon, "--session", "--nofork", "--nopidfile", "--print-address=1"),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


def test_a_tray_is_noticed_when_it_comes_when_it_hosts_and_when_it_goes(
    address: str, qtbot: QtBot
) -> None:
    panel = QDBusConnection.connectToBus(address, "panel")
    ours = QDBusConnection.connectToBus(address, "ours")
    host = TrayHost(None, ours)
    with qtbot.wait_signal(host.came):
        assert panel.registerService(WATCHER)
    signal = QDBusMessage.createSignal(
        "/StatusNotifierWatcher", WATCHER, "StatusNotifierHostRegistered"
    )
    with qtbot.wait_signal(host.came):
        assert panel.send(signal)
    with qtbot.wait_signal(host.went):
        assert panel.unregisterService(WATCHER)
    for name in ("panel", "ours"):
        QDBusConnection.disconnectFromBus(name)


def test_without_a_bus_nothing_is_waited_for(qtbot: QtBot) -> None:
    host = TrayHost(None, QDBusConnection("no such bus"))
    with qtbot.assert_not_emitted(host.came):
        QDBusConnection("no such bus").registerService(WATCHER)
