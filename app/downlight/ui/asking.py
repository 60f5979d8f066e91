"""What the window asks a person: which services, which parts of one, where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from downlight.core.errors import DownlightError
from downlight.core.ical import calendar
from downlight.core.parts import outline
from downlight.core.saying.words import joined
from downlight.core.speech import tr
from downlight.core.works import works
from downlight.ui.outside import open_on_disk
from downlight.ui.views import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from downlight.core.model import Component, ServiceSlug
    from downlight.core.news import ServiceView, Snapshot
    from downlight.core.parts import Group
    from downlight.core.places.gazetteer import Gazetteer
    from downlight.core.ports import Clock
    from downlight.core.service import Service
    from downlight.core.wishes import Wishes
    from downlight.ui.first.home_line import HomeLine
    from downlight.ui.first.welcome import Welcome
    from downlight.ui.now.calendar_file import CalendarFile
    from downlight.ui.picking.country_dialog import CountryDialog
    from downlight.ui.picking.parts_dialog import PartsDialog
    from downlight.ui.picking.picker import Picker
    from downlight.ui.settings.dialog import SettingsDialog


# ruff: noqa: PLC0415 - few open the dialogs, and the window is to be there at once
class Asking(QObject):
    """Opens the dialogs of a window, and knows which parts were chosen in them."""

    page_wanted = Signal(str)
    """An address is to be opened in a browser."""
    added = Signal(str)
    """A service was added; carries its slug."""
    pick_wanted = Signal()
    """The services that are watched are to be chosen."""
    changed = Signal()
    """Which parts count, or how many there are, is known better than before."""

    def __init__(
        self, wishes: Wishes, gazetteer: Callable[[], Gazetteer], window: QWidget
    ) -> None:
        super().__init__(window)
        self._wishes, self._gazetteer, self._window = wishes, gazetteer, window
        self._listed: dict[ServiceSlug, int | None] = {}
        """How many parts a service has; None while that is asked."""
        self.picker: Picker | None = None
        self.parts: PartsDialog | None = None
        self.countries: CountryDialog | None = None
        self.calendar: CalendarFile | None = None
        self.settings: SettingsDialog | None = None
        self.complaint: QMessageBox | None = None
        """Why something was not done, while that is shown."""
        self._show_home: Callable[[], None] = _nothing
        self.land = ""
        """The country that counts as the person's own; empty when none does."""

    def outline(self, parts: Sequence[Component]) -> Sequence[Group]:
        """Put parts in groups."""
        return outline(parts, lambda place: self._gazetteer().continent(place))

    def pick(
        self, services: Sequence[Service], watched: Sequence[ServiceSlug], words: str
    ) -> None:
        """Let a person choose what is watched.

        Args:
            services: All there are.
            watched: Those that are watched now.
            words: What was searched for in vain.
        """
        from downlight.ui.picking.picker import Picker

        picker = Picker(services, watched, self._wishes, self.outline, self._window)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.page_wanted.connect(self.page_wanted)
        picker.added.connect(self.added)
        picker.search.setText(words)
        picker.open()
        self.picker = picker

    def choose_parts(self, service: Service) -> None:
        """Let a person choose which parts of a service count."""
        from downlight.ui.picking.parts_dialog import PartsDialog

        slug = service.slug

        def save(parts: tuple[str, ...]) -> None:
            self._wishes.choose_parts(slug, parts)
            self.changed.emit()

        dialog = PartsDialog(service.name, save, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.parts = dialog

        def heard(answer: tuple[Component, ...] | DownlightError) -> None:
            if self.parts is not dialog:
                return  # closed meanwhile
            if isinstance(answer, DownlightError):
                dialog.complain(answer)
            else:
                self._listed[slug] = len(answer)
                chosen = self._wishes.chosen_parts(slug)
                dialog.show_groups(self.outline(answer), chosen)

        dialog.finished.connect(self._forget_parts)
        dialog.open()
        self._wishes.parts_of(slug, heard)

    def save_calendar(self, view: ServiceView, now: datetime) -> None:
        """Let a person choose where planned work is written for a calendar."""
        from downlight.ui.now.calendar_file import CalendarFile

        written = calendar(view.service, works(view.evidence), now)
        if written is not None:
            name = f"{view.service.slug}.ics"
            self.calendar = CalendarFile(written, name, self._window)
            self.calendar.finished.connect(self._forget_calendar)
            self.calendar.open()

    def open_own(self) -> None:
        """Open the file in which the person's own services are written down."""
        try:
            wrong = open_on_disk(self._wishes.file_of("services"))
        except DownlightError as error:
            wrong = error.words
        if wrong:
            self.complain(wrong)

    def say_damaged(self, error: DownlightError) -> None:
        """Say that what came with Downlight cannot be read, and what to do."""
        from downlight.ui.about.cards import MEND

        self.complain(error.words if error.hint else joined(error.words, tr(MEND)))

    def complain(self, words: str) -> None:
        """Say why something that was wished for was not done."""
        self.complaint = box = QMessageBox(self._window)
        box.setWindowTitle("Downlight")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(words)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(self._forget_complaint)
        box.open()

    def _forget_complaint(self) -> None:
        self.complaint = None

    def _forget_calendar(self) -> None:
        self.calendar = None

    def choice(self, service: Service, *, may_change: bool) -> Choice:
        """Return which parts of a service count; learns how many there are."""
        chosen = self._wishes.chosen_parts(service.slug)
        if chosen and service.slug not in self._listed:
            self._listed[service.slug] = None
            self._count(service.slug)
        return Choice(chosen, self._listed.get(service.slug), may_change)

    def _count(self, slug: ServiceSlug) -> None:
        def heard(answer: tuple[Component, ...] | DownlightError) -> None:
            if not isinstance(answer, DownlightError):
                self._listed[slug] = len(answer)
                self.changed.emit()

        self._wishes.parts_of(slug, heard)

    def _forget_parts(self) -> None:
        self.parts = None

    def ask_home(self, line: HomeLine | Welcome) -> None:
        """Let a line ask in which country a person is, unless they were heard."""

        def show() -> None:
            found = self._wishes.whereabouts()
            self.land = found.code
            line.show_question(found)

        def settle(choice: str) -> None:
            self._wishes.settle_country(choice)
            show()
            self.changed.emit()

        def choose() -> None:
            from downlight.ui.picking.country_dialog import CountryDialog

            dialog = CountryDialog(self._wishes.whereabouts().code, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.chosen.connect(settle)
            dialog.finished.connect(self._forget_countries)
            dialog.open()
            self.countries = dialog

        self._show_home = show
        line.settled.connect(settle)
        line.choice_wanted.connect(choose)
        show()

    def _forget_countries(self) -> None:
        self.countries = None

    def open_settings(
        self, clock: Clock, snapshot: Snapshot | None, section: str = ""
    ) -> None:
        """Show the settings, or bring them to the front.

        Args:
            clock: The present moment, for ages.
            snapshot: The state of everything; None before there is one.
            section: The key of a section; empty: the first one.
        """
        if self.settings is None:
            from downlight.ui.settings.dialog import SettingsDialog

            dialog = SettingsDialog(self._wishes, clock, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.opened.connect(self.page_wanted)
            dialog.pick_wanted.connect(self.pick_wanted)
            dialog.changed.connect(self._settings_changed)
            dialog.finished.connect(self._forget_settings)
            self.settings = dialog
        self.settings.show_news(snapshot)
        self.settings.open_on(section)

    def show_news(self, snapshot: Snapshot) -> None:
        """Show a new state in what is open."""
        if self.settings is not None:
            self.settings.show_news(snapshot)

    def tick(self) -> None:
        """Write ages anew in what is open."""
        if self.settings is not None:
            self.settings.tick()

    def close_settings(self) -> None:
        """Close the settings, if they are open."""
        if self.settings is not None:
            self.settings.close()

    def _settings_changed(self) -> None:
        self._show_home()
        self.changed.emit()

    def _forget_settings(self) -> None:
        self.settings = None


def _nothing() -> None:
    """Show nothing: nobody has asked in which country a person is."""
