"""The light in the tray: an icon, a sentence, a menu.

Nothing here asks for the namespace ``Qt``, which alone would cost a tenth of the
start (`decisions/0005`).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from downlight.core.speech import mark, tr
from downlight.ui.hush_menu import add_hush, unkeyed
from downlight.ui.kit.icons import icon
from downlight.ui.kit.look import Look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import SignalInstance

    from downlight.core.model import ServiceSlug
    from downlight.core.news import Message, Snapshot
    from downlight.core.settings import IconStyle
    from downlight.core.telling.mute import Mute
    from downlight.ui.views import TrayView

SETTLE_MS: Final = 300
"""A tray host takes its bus name some milliseconds before it is ready for icons."""
WAITING: Final = mark("Downlight: asking …")
"""What the icon says before the first news."""
MIDDLE: Final = 128
"""Lightness of what is neither light nor dark."""
SHOWN_MS: Final = 10_000
"""How long a message stays, where the desktop leaves it to us."""


class Light(QObject):
    """Shows the worst state of what is watched; asks for the window on a click.

    Without a tray it stays alive and unseen: a tray that comes later gets the icon.
    """

    open_wanted = Signal(str)
    """Open the window on this service; empty: on the worst."""
    me_wanted = Signal(str)
    """Find out whether it is the person's own side, of the worst service."""
    refresh_wanted = Signal()
    settings_wanted = Signal()
    hush_wanted = Signal(object)
    """Begin or end a mute; carries a `Hush`."""
    quit_wanted = Signal()
    message_clicked = Signal(str, str)
    """A tray message was clicked: the service's slug, the outage's name."""
    available_changed = Signal(bool)

    def __init__(
        self, style: IconStyle = "auto", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._style: IconStyle = style
        self._view: TrayView | None = None
        self._drawn: tuple[Look, bool, bool, bool, bool] | None = None
        self._snapshot: Snapshot | None = None
        self._mutes: Mapping[ServiceSlug, Mute] = {}
        self._message: Message | None = None
        self._menu = QMenu()
        self._mute_menu = QMenu(self._menu)
        self._mute_menu.setAccessibleName(tr("What to mute, and how long"))
        self._fill_menu()
        self._icon: QSystemTrayIcon | None = None
        self._host: QObject | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.make_anew)
        self._was_available = False
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._recolour_soon)

    @property
    def available(self) -> bool:
        """Whether somebody shows tray icons now. GUI thread only."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def view(self) -> TrayView | None:
        """What is shown now; None before the first news."""
        return self._view

    @property
    def menu(self) -> QMenu:
        """The menu of the icon."""
        return self._menu

    def set_style(self, style: IconStyle) -> None:
        """Draw for a light or a dark panel, or as the desktop says."""
        self._style = style
        self._recolour()

    def show(self) -> None:
        """Put the icon up, and from then on wait for trays that come later."""
        self.make_anew()
        QTimer.singleShot(0, self, self._watch_host)

    def hide(self) -> None:
        """Take the icon away, before the program ends."""
        self._settle.stop()
        self._drop_icon()

    def draw(self, snapshot: Snapshot) -> None:
        """Show a new state; what has not changed is not touched."""
        from downlight.ui.light_view import tray  # noqa: PLC0415  # the icon is up before

        self._snapshot = snapshot
        old, self._view = self._view, tray(snapshot, mutes=self._mutes)
        self._redraw()
        if self._icon is not None and self._icon.toolTip() != self._view.tooltip:
            self._icon.setToolTip(self._view.tooltip)
        if (
            old is None
            or old.lines != self._view.lines
            or old.hushes != self._view.hushes
        ):
            self._fill_menu()
        self._tell_availability()  # an old-style tray comes without a word

    def show_mutes(self, mutes: Mapping[ServiceSlug, Mute]) -> None:
        """Show which mutes hold, `EVERYTHING` among them for all services."""
        self._mutes = mutes
        if self._snapshot is not None:
            self.draw(self._snapshot)

    def show_message(self, message: Message) -> None:
        """Show a notification through the tray. GUI thread only."""
        if self._icon is None:
            return
        self._message = message
        # Only for Critical does Qt ask the desktop to report a click.
        kind = QSystemTrayIcon.MessageIcon.Critical
        self._icon.showMessage(message.title, message.body, kind, SHOWN_MS)

    @Slot()
    def make_anew(self) -> None:
        """Make the icon from scratch.

        An icon that was made before the tray's host came stays invisible for ever.
        """
        self._drop_icon()
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip(self._view.tooltip if self._view else tr(WAITING))
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self._message_was_clicked)
        self._redraw()
        self._icon.show()
        self._tell_availability()

    def _drop_icon(self) -> None:
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
        self._icon, self._drawn = None, None

    def _redraw(self) -> None:
        view, dark = self._view, self._is_dark()
        look = (Look.UNKNOWN, False, False, False, dark)
        if view is not None:
            look = (view.look, view.replay, view.early, view.muted, dark)
        if self._icon is None or look == self._drawn:
            return
        self._drawn = look
        name, replay, early, muted, dark = look
        self._icon.setIcon(
            icon(name, dark=dark, replay=replay, early=early, muted=muted)
        )

    def _is_dark(self) -> bool:
        if self._style != "auto":
            return self._style == "dark"
        return QGuiApplication.palette().window().color().lightness() < MIDDLE

    def _fill_menu(self) -> None:
        self._menu.clear()
        first = self._menu.addAction(tr("Open Downlight"))
        first.triggered.connect(lambda: self.open_wanted.emit(""))
        self._menu.setDefaultAction(first)
        self._menu.addSeparator()
        for line in self._view.lines if self._view else ():
            dark = self._is_dark()
            mark = icon(line.look, dark=dark, early=line.early, muted=line.muted)
            action = self._menu.addAction(mark, unkeyed(line.text))
            action.triggered.connect(
                lambda _=False, s=line.slug: self.open_wanted.emit(s)
            )
        if self._view and self._view.lines:
            self._menu.addSeparator()
        me = self._menu.addAction(tr("Is it me? …"))
        me.triggered.connect(
            lambda: self.me_wanted.emit(self._view.worst if self._view else "")
        )
        self._add(tr("Refresh now"), self.refresh_wanted)
        self._add_mutes()
        self._add(tr("Settings …"), self.settings_wanted)
        self._add(tr("Quit"), self.quit_wanted)

    def _add(self, text: str, signal: SignalInstance) -> None:
        action = self._menu.addAction(text)
        action.triggered.connect(lambda _=False: signal.emit())

    def _add_mutes(self) -> None:
        """Say what is muted, and offer to mute and to end it."""
        hushes = self._view.hushes if self._view else None
        if hushes is None:
            return
        self._mute_menu.clear()
        for offer in hushes.offers:
            add_hush(self._mute_menu, offer, self.hush_wanted)
        if hushes.offers:
            self._mute_menu.setTitle(unkeyed(hushes.said or tr("Mute")))
            self._menu.addMenu(self._mute_menu)
        if hushes.end is not None:
            add_hush(self._menu, hushes.end, self.hush_wanted)

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_wanted.emit(self._view.worst if self._view else "")

    @Slot()
    def _message_was_clicked(self) -> None:
        if self._message is not None:
            event = self._message.event
            self.message_clicked.emit(event.service, event.episode)

    @Slot()
    def _recolour_soon(self) -> None:
        # Qt tells of another colour scheme before it has the colours.
        QTimer.singleShot(0, self, self._recolour)

    @Slot()
    def _recolour(self) -> None:
        self._redraw()
        self._fill_menu()

    def _tell_availability(self) -> None:
        if self.available != self._was_available:
            self._was_available = self.available
            self.available_changed.emit(self._was_available)

    @Slot()
    def _watch_host(self) -> None:
        if not sys.platform.startswith(("linux", "freebsd")):
            return
        from downlight.ui.tray_host import TrayHost  # noqa: PLC0415  # not felt at start

        host = TrayHost(self)
        host.came.connect(self._settle.start)
        host.went.connect(self._settle.start)
        self._host = host


class TrayChannel(QObject):
    """The tray as a way to notify (`Channel`); last resort, first on Windows."""

    _asked = Signal(object)

    def __init__(self, light: Light) -> None:
        super().__init__(light)
        self._light = light
        self._here = light.available
        light.available_changed.connect(self._note)
        self._asked.connect(self._show)  # from another thread Qt queues it

    @property
    def name(self) -> str:
        """As written to the journal."""
        return "tray"

    def deliver(self, message: Message) -> None:
        """Show it. May be called from any thread.

        Raises:
            DeliveryError: There is no tray.
        """
        from downlight.core.errors import DeliveryError  # noqa: PLC0415  # as above

        if not self._here:
            raise DeliveryError("no tray on this desktop")
        try:
            self._asked.emit(message)
        except RuntimeError as error:  # the Qt side is gone: the program is ending
            raise DeliveryError("the tray is gone") from error

    @Slot(bool)
    def _note(self, here: bool) -> None:  # noqa: FBT001  # a Qt slot: the signal has one bool
        self._here = here

    @Slot(object)
    def _show(self, message: Message) -> None:
        self._light.show_message(message)
