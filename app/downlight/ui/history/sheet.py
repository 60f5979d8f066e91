"""The page "History": what was, on which day, how long, why, and who knows it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from downlight.core.errors import DownlightError
from downlight.core.speech import tr
from downlight.ui.history import view as history_view
from downlight.ui.history.charts_card import ChartsCard, ScoreCard
from downlight.ui.history.day_card import DayCard
from downlight.ui.history.outages_card import OutagesCard
from downlight.ui.kit.box import Box
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.scroll import Scroll
from downlight.ui.pasts import FRESH, state_of

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.model import ServiceSlug
    from downlight.core.wishes import Archive
    from downlight.ui.glance import Glance
    from downlight.ui.history.view import History
    from downlight.ui.pasts import Pasts, State


class HistorySheet(QWidget):
    """Looks up the past of a service when it is looked at, and asks its pages once."""

    opened = Signal(str)
    """A link was clicked."""

    def __init__(
        self, archive: Archive, pasts: Pasts, parent: QWidget | None = None
    ) -> None:
        """Note who knows.

        Args:
            archive: Asks pages what they list.
            pasts: Looks up what was, for all pages.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self.setObjectName("page")
        self._archive, self._pasts = archive, pasts
        self._glance: Glance | None = None
        self._shown: History | None = None
        self._failed: DownlightError | None = None
        self._asked: State | None = None
        """What is looked up, or was last; anything else must be looked up anew."""
        self._at: datetime | None = None
        """Of when that is."""
        self._going = False
        self._stale = False
        """Whether more is known since it was looked up."""
        self._filled: dict[ServiceSlug, DownlightError | None] = {}
        """Whose pages were asked, and why one did not say."""
        self._filling: ServiceSlug | None = None
        self.head = Box()
        self.basis, self.aside = say(role="muted"), say(role="muted")
        self.again = QPushButton(tr("Look again"))
        self.again.setSizePolicy(
            self.again.sizePolicy().Policy.Maximum, self.again.sizePolicy().Policy.Fixed
        )
        self.again.clicked.connect(self.look_anew)
        for widget in (self.basis, self.aside, self.again):
            self.head.column.addWidget(widget)
        self.days, self.outages = DayCard(), OutagesCard()
        self.charts, self.scores = ChartsCard(), ScoreCard()
        self.days.opened.connect(self.opened)
        self.outages.opened.connect(self.opened)
        self._cards = (self.days, self.outages, self.charts, self.scores)
        self._lay_out()
        self._draw()

    def _lay_out(self) -> None:
        self.area = Scroll(tr("History"), self.head, *self._cards)
        self.area.fill(self)

    def show_glance(self, glance: Glance) -> None:
        """Show the past of a service; look it up when that is not known or is old."""
        before = self._glance.view.service.slug if self._glance else ""
        self._glance = glance
        slug = glance.view.service.slug
        if slug != before:
            self._shown, self._failed = None, None
            self.area.verticalScrollBar().setValue(0)
        old = self._at is not None and not timedelta() <= glance.now - self._at < FRESH
        if self._key() != self._asked or self._stale or old:
            self.look()
        self._draw()

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self.outages.recolour()
        self.update()

    def look(self) -> None:
        """Look it up, unless that is going on: then once more afterwards."""
        glance, key = self._glance, self._key()
        if glance is None or key is None:
            return
        self._stale = self._going
        if self._going:
            return
        self._going, self._asked = True, key
        self._at = self._pasts.found(glance) or glance.now
        self._failed = None
        slug, zone = glance.view.service.slug, glance.zone
        self._pasts.find(
            glance,
            lambda past: history_view.history(past, zone),
            partial(self._hear, slug),
        )
        self._draw()

    @Slot()
    def look_anew(self) -> None:
        """Look it up, though it was: more may be known."""
        if self._glance is not None:
            self._pasts.forget(self._glance.view.service.slug)
        self.look()

    def _key(self) -> State | None:
        """Return what makes the past another one."""
        return state_of(self._glance) if self._glance is not None else None

    def _hear(self, slug: ServiceSlug, answer: History | DownlightError) -> None:
        self._going = False
        glance = self._glance
        if glance is None or not isValid(self):
            return  # the window was let go meanwhile
        if slug == glance.view.service.slug:
            if isinstance(answer, DownlightError):
                self._failed = answer
            else:
                self._show(answer)
            self._fill(slug)
        if self._stale or self._key() != self._asked:
            self.look()
        self._draw()

    def _show(self, shown: History) -> None:
        before = self._shown
        self._failed = None
        if shown == before:
            return
        self._shown = shown
        new = before is None
        self.days.show_history(shown, new=new)
        self.outages.show_history(shown, new=new)
        self.charts.show_charts(shown.charts)
        self.scores.show_scores(shown.scores, shown.past.service.speaker)

    def _fill(self, slug: ServiceSlug) -> None:
        """Ask the pages of a service what they list, once."""
        if slug in self._filled or self._filling is not None:
            return
        self._filling = slug
        self._archive.backfill(slug, partial(self._end, slug))

    def _end(
        self,
        slug: ServiceSlug,
        answer: bool | DownlightError,  # noqa: FBT001 - the answer itself
    ) -> None:
        if not isValid(self):
            return  # the window was let go meanwhile
        self._filling = None
        self._filled[slug] = answer if isinstance(answer, DownlightError) else None
        glance = self._glance
        if answer is True:
            self._pasts.forget(slug)
        if glance is not None and slug == glance.view.service.slug and answer is True:
            self.look()
        elif glance is not None and self.isVisible():
            self._fill(glance.view.service.slug)
        self._draw()

    def _draw(self) -> None:
        """Say how far it is; the cards are filled when something new is known."""
        glance, shown, failed = self._glance, self._shown, self._failed
        slug = glance.view.service.slug if glance else None
        more = history_view.aside(shown, glance.replay if glance else "")
        if shown is not None:
            title, below = shown.said, f"{shown.basis} {more}".strip()
        elif failed is not None:
            title = tr("The past cannot be shown.")
            below = history_view.failed(failed)
        else:
            title, below = tr(history_view.LOOKING), more
        aside = ""
        if shown is not None and failed is not None:
            aside = tr("This may be old: {why}", why=failed.words)
        elif slug is not None and slug == self._filling:
            aside = tr(history_view.ASKING)
        elif slug is not None and (refused := self._filled.get(slug)) is not None:
            aside = history_view.not_told(refused)
        self.head.call(title)
        tell(self.basis, below)
        tell(self.aside, aside)
        self.again.setHidden(failed is None)
        self.again.setEnabled(not self._going)
        known = shown is not None and bool(shown.outages)
        days = shown is not None and (known or bool(shown.past.watched))
        for card in self._cards:
            wanted = days if card is self.days else known
            if card.isHidden() == wanted:
                card.setHidden(not wanted)
