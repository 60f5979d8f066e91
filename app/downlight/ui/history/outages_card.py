"""The table of outages, all that is known of the chosen one, and two compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot

from downlight.core.speech import mark, number, tr
from downlight.ui.history.listing import HistoryList
from downlight.ui.history.overlay import Overlay
from downlight.ui.history.rows import details, title
from downlight.ui.history.table import LAID, HistoryTable
from downlight.ui.history.tracks import track
from downlight.ui.kit.box import Box, rule
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.link_row import LinkRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from downlight.core.history.past import Outage
    from downlight.ui.history.view import History

HINT: Final = mark(
    "Choose an outage to read what is known of it; tick two to compare them."
)
ONE: Final = mark("Tick another one to compare the two.")
OPEN: Final = mark("What goes on now is ticked: tick another one to compare the two.")
KEY: Final = mark(
    "Both begin at the left. Full: the provider had spoken. Hatched: not a word yet. "
    "Grey: not known. Dotted: the end is not known, or still to come. A stroke is a "
    "message on its page."
)


class OutagesCard(Box):
    """Shows all outages that are known."""

    opened = Signal(str)
    """A link was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Outages"), parent)
        self._shown: History | None = None
        self._id = ""
        """The chosen outage."""
        self._offered = ""
        """The outage that went on when it was ticked by itself."""
        self.table = HistoryTable()
        self.list = HistoryList(self.table)
        self.list.chosen.connect(self._choose)
        self.table.laid.connect(self._compare)
        self.details, self.hint = say(), say(role="muted")
        self.links = LinkRow()
        self.links.opened.connect(self.opened)
        self.line = rule()
        self.compared = say(tr("Compared"), bold=True)
        self.overlay, self.courses = Overlay(), say()
        self.key = say(tr(KEY), role="muted")
        for widget in (
            *(self.list, self.hint, self.details, self.links, self.line),
            *(self.compared, self.overlay, self.courses, self.key),
        ):
            self.column.addWidget(widget)
        self._compare()

    def show_history(self, shown: History, *, new: bool) -> None:
        """Show the outages of a service.

        Args:
            shown: What is known.
            new: Whether it is another service, so that nothing is chosen.
        """
        self._shown = shown
        if new:
            self._id = self._offered = ""
            self.table.forget()
        n = len(shown.outages)
        many = tr("All that is known ({n})", n=number(n))
        self.call(many if n > 1 else tr("What is known"))
        place = self.list.verticalScrollBar().value()
        if self.table.show_outages(shown.outages, shown.zone):
            self.list.choose(self.table.place(self._id) if self._id else -1)
            self.list.verticalScrollBar().setValue(0 if new else place)
        chosen = next((it for it in shown.outages if it.id == self._id), None)
        self._tell(chosen)
        self._offer()
        self._compare()

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self.list.recolour()

    @Slot(object)
    def _choose(self, outage: Outage) -> None:
        self._id = outage.id
        self._tell(outage)

    def _tell(self, outage: Outage | None) -> None:
        zone = self._shown.zone if self._shown is not None else None
        tell(self.details, "\n".join(details(outage, zone)) if outage else "")
        self.links.show_links(outage.sources if outage else ())

    def _offer(self) -> None:
        """Tick the outage that goes on, once, unless the person ticked others."""
        going = (it for it in self.table.outages if it.counts and it.lasts)
        last = next((it for it in going if it.to_the_hour), None)
        if last is None or last.id == self._offered:
            return
        self._offered = last.id
        if not self.table.ticked:
            self.table.tick(self.table.place(last.id))

    @Slot()
    def _compare(self) -> None:
        shown, ticked = self._shown, self.table.ticked
        both = shown is not None and len(ticked) == LAID
        for widget in (self.line, self.compared, self.overlay, self.key):
            widget.setHidden(not both)
        tell(self.hint, "" if both else tr(_hint(ticked)))
        words = []
        tracks = []
        if shown is not None and both:
            for outage in ticked:
                found = track(outage, shown.past.now, shown.zone)
                if found is not None:
                    tracks.append(found)
                    words.append(found.words)
                else:
                    said = tr(
                        "{name}: cannot be laid over another one, as it is not known "
                        "to the hour when it began.",
                        name=title(outage, shown.zone),
                    )
                    words.append(said)
        self.overlay.show_tracks(tracks)
        self.overlay.setHidden(not tracks)
        self.key.setHidden(not tracks)
        tell(self.courses, "\n".join(words))


def _hint(ticked: Sequence[Outage]) -> str:
    """Return what can be done, where fewer than two are ticked."""
    if not ticked:
        return HINT
    return OPEN if ticked[0].lasts else ONE
