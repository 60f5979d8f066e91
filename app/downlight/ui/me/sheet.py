"""The page "Is it me?": the ladder, climbed while one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from downlight.core.errors import DownlightError
from downlight.core.speech import tr
from downlight.ui.kit.box import Box
from downlight.ui.kit.labels import link, say, tell
from downlight.ui.kit.scroll import WIDEST, Scroll
from downlight.ui.kit.theme import GAP
from downlight.ui.me import view as me_view
from downlight.ui.me.ladder import CellsView, LadderView

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QHideEvent, QResizeEvent

    from downlight.core.about import About, Weakness
    from downlight.core.model import ServiceSlug
    from downlight.core.rungs.ladder import Climb, Step
    from downlight.core.service import Service
    from downlight.core.wishes import Ladder
    from downlight.ui.glance import Glance
    from downlight.ui.me.view import MeView

PAUSE_MS: Final = 500
"""Who goes through a list of services asks about the one he stays with."""
SAID_FOR_MS: Final = 4000
"""How long it says that something was copied."""


def unwritten(_slug: ServiceSlug) -> About | None:
    """Return what is written about a service, where nothing is."""
    return None


class MeSheet(QWidget):
    """Climbs when it is first looked at for a service, and when it is asked to."""

    ended = Signal(str)
    """How the service fails when it ends there is wanted; carries the rung."""

    def __init__(
        self,
        ladder: Ladder,
        about: Callable[[ServiceSlug], About | None] = unwritten,
        parent: QWidget | None = None,
    ) -> None:
        """Note who climbs.

        Args:
            ladder: Climbs.
            about: Returns what is written about a service of the catalog, None when
                nothing is; may raise a `DownlightError`.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.setObjectName("page")
        self._ladder, self._about = ladder, about
        self._weak: dict[ServiceSlug, tuple[Weakness, ...]] = {}
        """How services fail, as far as anybody has looked that up."""
        self._glance: Glance | None = None
        self._known: dict[ServiceSlug, tuple[Climb | DownlightError, datetime]] = {}
        self._going: ServiceSlug | None = None
        self._steps: list[Step] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._copied = QTimer(self, singleShot=True, interval=SAID_FOR_MS)
        self._copied.timeout.connect(self._settle)
        self.title = say(scale=1.15, bold=True)
        self.text, self.aside = say(), say(role="muted")
        self.again = QPushButton(tr("Look again"))
        self.copy = link(tr("Copy for a help desk"))
        self.ladder, self.cells = LadderView(), CellsView()
        self.count, self.notices = say(), say(role="muted")
        self._view: MeView | None = None
        self.again.clicked.connect(self.look)
        self.copy.clicked.connect(self._copy)
        self.ladder.fails.clicked.connect(self._tell_fails)
        self.copy.setToolTip(tr("As text, with nothing private in it"))
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = self._buttons = QHBoxLayout()
        buttons.setSpacing(2 * GAP)
        leading = Qt.AlignmentFlag.AlignLeading
        buttons.addWidget(self.again, 0, leading)
        buttons.addWidget(self.copy, 0, leading)
        buttons.addWidget(self.aside)
        buttons.addStretch(1)
        answer, rungs, servers = Box(), Box(), Box()
        for card, widgets in (
            (answer, (self.title, self.text)),
            (rungs, (self.ladder, self.notices)),
            (servers, (self.count, self.cells)),
        ):
            for widget in widgets:
                card.column.addWidget(widget)
            card.column.setSpacing(GAP + 4)
        answer.column.addLayout(buttons)
        self._servers = servers
        self.area = Scroll(tr("Is it me?"), answer, rungs, servers)
        self.area.fill(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below each other where there is no room beside."""
        super().resizeEvent(event)
        row = (self.again, self.copy, self.aside)
        need = sum(it.sizeHint().width() + 2 * GAP for it in row)
        ways = QBoxLayout.Direction
        short = need + 9 * GAP > min(self.width(), WIDEST)
        self._buttons.setDirection(ways.TopToBottom if short else ways.LeftToRight)

    def show_glance(self, glance: Glance) -> None:
        """Show what is known about a service; begin to look when nothing is."""
        before = self._glance.view.service.slug if self._glance else ""
        self._glance = glance
        slug = glance.view.service.slug
        if slug != before:
            self._pause.stop()
        if slug not in self._known and self._going is None:
            # At once for the first one; who goes through the list is waited for.
            if not before:
                self.look()
            elif not self._pause.isActive():
                self._pause.start()
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask about nothing that nobody looks at."""
        super().hideEvent(event)
        self._pause.stop()

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self.ladder.recolour()

    @Slot()
    def look(self) -> None:
        """Climb now, unless that is going on."""
        if self._glance is None or self._going is not None:
            return
        slug = self._glance.view.service.slug
        self._going, self._steps = slug, []
        self._known.pop(slug, None)
        self._ladder.climb(slug, self._hear, self._end)
        self._draw()

    def _hear(self, step: Step) -> None:
        if not isValid(self):
            return  # the window was let go meanwhile
        self._steps.append(step)
        self._draw()

    def _end(self, result: Climb | DownlightError) -> None:
        if not isValid(self):
            return  # as above
        if self._going is not None and self._glance is not None:
            self._known[self._going] = result, self._glance.now
        self._going = None
        if self._glance is not None and self.isVisible():
            self.show_glance(self._glance)
        else:
            self._draw()  # and ask about nothing that nobody looks at

    def _draw(self) -> None:
        if self._glance is None:
            return
        service = self._glance.view.service
        known = self._known.get(service.slug)
        if known is None:
            steps = self._steps if self._going == service.slug else ()
            view = me_view.climbing(service.name, steps)
        elif isinstance(known[0], DownlightError):
            view = me_view.refused(service.name, known[0])
        else:
            glance = self._glance
            view = me_view.climbed(
                service.name,
                known[0],
                known[1],
                glance.now,
                glance.zone,
                self._weaknesses(service) if known[0].failed is not None else (),
            )
        if view != self._view:
            self._view = view
            self._show(view, service.name)

    def _weaknesses(self, service: Service) -> tuple[Weakness, ...]:
        """Return how a service fails; nothing where that is not known."""
        if service.own:
            return ()  # it may bear the slug of another that is shipped
        if service.slug not in self._weak:
            try:
                about = self._about(service.slug)
            except DownlightError:  # the page about the service says so
                about = None
            self._weak[service.slug] = about.weaknesses if about is not None else ()
        return self._weak[service.slug]

    def _show(self, view: MeView, service: str) -> None:
        tell(self.title, view.title)
        tell(self.text, view.text)
        tell(self.aside, view.aside)
        self.again.setEnabled(not view.busy)
        self.copy.setHidden(not view.copy)
        self.ladder.show_rungs(view.rungs, service)
        tell(self.notices, "\n".join(view.notices))
        self._servers.setHidden(not view.cells)
        tell(self.count, view.count)
        self.cells.show_cells(view.cells)

    @Slot()
    def _tell_fails(self) -> None:
        if self._view is not None and self._view.ended is not None:
            self.ended.emit(self._view.ended)

    @Slot()
    def _copy(self) -> None:
        if self._view is not None:
            QGuiApplication.clipboard().setText(self._view.copy)
            tell(self.aside, tr("Copied."))
            self._copied.start()

    @Slot()
    def _settle(self) -> None:
        """Say again when it was looked at."""
        if self._view is not None:
            tell(self.aside, self._view.aside)
