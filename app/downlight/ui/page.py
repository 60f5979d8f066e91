"""The right side of the window: the answer on top, below it a page about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from downlight.core.rungs.ladder import Rung
from downlight.core.speech import tr
from downlight.ui.header import Header
from downlight.ui.kit.labels import settle
from downlight.ui.kit.scroll import WIDEST
from downlight.ui.now.sheet import NowSheet
from downlight.ui.tabs import Tabs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from downlight.ui.glance import Glance
    from downlight.ui.views import Detail

NOW: Final = "now"
"""The key of the page that is shown first."""
ABOUT: Final = "about"
"""The key of the page that says how a service fails."""


class Sheet(Protocol):
    """One page about one service; a widget."""

    def show_glance(self, glance: Glance) -> None:
        """Show a service; called while it is the page that is shown."""
        ...

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        ...


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that is made when it is first wanted."""

    title: str
    """As the tab says it, in English."""
    make: Callable[[], QWidget]
    """Makes it: a `Sheet`."""


class Page(QWidget):
    """Shows a service; the page that is chosen stays when the service changes."""

    opened = Signal(str)
    """A link was clicked."""
    acted = Signal(str)
    """The button of a card was clicked; carries the card's key."""
    chosen = Signal(str)
    """Another service was clicked; carries its slug."""

    def __init__(
        self, leaves: Mapping[str, Leaf], parent: QWidget | None = None
    ) -> None:
        """Make the page that is shown first.

        Args:
            leaves: The other pages by key, in the order of their tabs.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header, self.now = Header(), NowSheet()
        self.header.setMaximumWidth(WIDEST)
        self.header.chosen.connect(self.chosen)
        self.now.opened.connect(self.opened)
        self.now.acted.connect(self.acted)
        self._leaves = leaves
        titles = {key: tr(leaf.title) for key, leaf in leaves.items()}
        self.tabs = Tabs({NOW: tr("Now")} | titles)
        self.tabs.turned.connect(self._turn)
        self._sheets: dict[str, QWidget] = {}
        self._shown: tuple[Detail, Glance] | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self.now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)

    def sheet(self, key: str) -> QWidget:
        """Return a page, made now if nobody has looked at it yet."""
        if key == NOW:
            return self.now
        if key not in self._sheets:
            made = self._sheets[key] = self._leaves[key].make()
            for name, slot in (
                ("opened", self.opened),
                ("chosen", self.chosen),
                ("acted", self.acted),
                ("ended", self._tell_fails),
            ):
                if (signal := getattr(made, name, None)) is not None:
                    signal.connect(slot)
            self._stack.addWidget(made)
        return self._sheets[key]

    def show_detail(self, detail: Detail, glance: Glance) -> None:
        """Show what is known about a service.

        Args:
            detail: In words and marks.
            glance: The service itself, for the page that is chosen.
        """
        self._shown = detail, glance
        self.header.show_detail(detail)
        settle(self.header)
        self._turn(self.tabs.key)

    def go_to(self, key: str) -> None:
        """Show what goes on, and of it a card."""
        self.tabs.choose(NOW)
        self.now.go_to(key)

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self.now.recolour()
        for sheet in self._sheets.values():
            _as_sheet(sheet).recolour()
        self.update()

    @Slot(str)
    def _turn(self, key: str) -> None:
        sheet = self.sheet(key)
        if self._shown is not None:
            detail, glance = self._shown
            if sheet is self.now:
                self.now.show_detail(detail)
            else:
                _as_sheet(sheet).show_glance(glance)
        self._stack.setCurrentWidget(sheet)

    @Slot(str)
    def _tell_fails(self, rung: str) -> None:
        """Show how the service fails when the ladder ends there."""
        self.tabs.choose(ABOUT)
        self.tabs.bar.setFocus()
        if self._shown is not None:
            glance = replace(self._shown[1], rung=Rung(rung))
            _as_sheet(self.sheet(ABOUT)).show_glance(glance)


def _as_sheet(widget: QWidget) -> Sheet:
    return widget  # type: ignore[return-value]  # Qt's metaclass bars the protocol
