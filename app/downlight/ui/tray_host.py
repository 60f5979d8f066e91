"""Notices when the desktop's tray comes or goes (StatusNotifierItem, over D-Bus)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

WATCHER: Final = "org.kde.StatusNotifierWatcher"
"""The bus name of whoever collects tray icons, whatever the desktop."""


class TrayHost(QObject):
    """Tells of each arrival; an icon made before it has to be made anew.

    Some panels take the name first and register as host later (both are told).
    """

    came = Signal()
    went = Signal()

    def __init__(
        self, parent: QObject | None = None, bus: QDBusConnection | None = None
    ) -> None:
        super().__init__(parent)
        self._bus = bus if bus is not None else QDBusConnection.sessionBus()
        if not self._bus.isConnected():
            return
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
        self._watcher = QDBusServiceWatcher(WATCHER, self._bus, mode, self)
        self._watcher.serviceRegistered.connect(self._arrived)
        self._watcher.serviceUnregistered.connect(self._left)
        self._bus.connect(  # type: ignore[call-overload]  # the stub says bytes, it wants str
            WATCHER,
            "/StatusNotifierWatcher",
            WATCHER,
            "StatusNotifierHostRegistered",
            self,
            SLOT("_host_registered()"),
        )

    @Slot(str)
    def _arrived(self, _name: str) -> None:
        self.came.emit()

    @Slot(str)
    def _left(self, _name: str) -> None:
        self.went.emit()

    @Slot()
    def _host_registered(self) -> None:
        self.came.emit()
