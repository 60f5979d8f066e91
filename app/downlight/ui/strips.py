"""The strips across the window: replay, trouble, own line, settings, no tray."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from downlight.core.speech import tr
from downlight.ui.kit.labels import MarkView, link, say, tell
from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from downlight.ui.views import Banner, BannerKind

_LOOKS: Final[dict[BannerKind, Look]] = {
    "replay": Look.MAINTENANCE,
    "trouble": Look.DEGRADED,
    "offline": Look.OFFLINE,
    "line": Look.DEGRADED,
    "settings": Look.DEGRADED,
    "no tray": Look.UNKNOWN,
}


class Strip(QFrame):
    """Shows one `Banner`."""

    quit_wanted = Signal()
    me_wanted = Signal()
    """A person wants to know where the own line ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._mark, self._text = MarkView(16), say()
        self.me, self._quit = link(tr("Is it me?")), QPushButton(tr("Quit Downlight"))
        self.me.clicked.connect(self.me_wanted)
        self._quit.clicked.connect(self.quit_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GAP, GAP, 3 * GAP, GAP)
        line.setSpacing(GAP + 2)
        line.addWidget(self._mark)
        line.addWidget(self._text, 1)
        line.addWidget(self.me)
        line.addWidget(self._quit)

    def show_banner(self, banner: Banner) -> None:
        """Show another banner."""
        self.setProperty("kind", banner.kind)
        self.style().polish(self)
        self._mark.show_look(_LOOKS[banner.kind])
        tell(self._text, banner.text)
        self.setAccessibleName(banner.text)
        self.me.setHidden(banner.kind not in {"offline", "line"})
        self._quit.setHidden(banner.kind != "no tray")


class Strips(QWidget):
    """Shows all banners there are, one below the other; nothing when there are none."""

    quit_wanted = Signal()
    me_wanted = Signal()
    """A person wants to know where the own line ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Banner, ...] = ()
        self._strips: list[Strip] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    @property
    def shown(self) -> tuple[Banner, ...]:
        """The banners that are up."""
        return self._shown

    def show_banners(self, banners: tuple[Banner, ...]) -> None:
        """Show these and no others."""
        if banners == self._shown:
            return
        self._shown = banners
        while len(self._strips) < len(banners):
            strip = Strip(self)
            strip.quit_wanted.connect(self.quit_wanted)
            strip.me_wanted.connect(self.me_wanted)
            self._strips.append(strip)
            self._column.addWidget(strip)
        for index, strip in enumerate(self._strips):
            if index < len(banners):
                strip.show_banner(banners[index])
            strip.setHidden(index >= len(banners))
        self.setHidden(not banners)
