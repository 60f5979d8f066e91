"""The window: the list on one side, the answer and its reasons on the other."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow

from downlight.core.errors import DownlightError
from downlight.core.places.gazetteer import Gazetteer
from downlight.core.settings import BY_GUESS
from downlight.ui import presenter
from downlight.ui.asking import Asking
from downlight.ui.first.welcome_view import welcome
from downlight.ui.frame import Frame
from downlight.ui.glance import Glance
from downlight.ui.hush import NONE, is_light_hushed, service_hushes
from downlight.ui.kit.icons import icon
from downlight.ui.kit.sheet import stylesheet
from downlight.ui.kit.sight import Sight
from downlight.ui.kit.theme import Theme, present
from downlight.ui.leaves import EMPTY, Shelf, leaves
from downlight.ui.now.detail import detail
from downlight.ui.now.diary import Diary
from downlight.ui.now.feed import entries
from downlight.ui.now.recall import Recall
from downlight.ui.outside import now, open_in_browser
from downlight.ui.page import NOW
from downlight.ui.pasts import Pasts
from downlight.ui.state import is_early, shown_look, worst_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from PySide6.QtGui import QHideEvent, QShowEvent

    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView, Snapshot
    from downlight.core.ports import Clock
    from downlight.core.service import Service
    from downlight.core.telling.mute import Mute
    from downlight.core.wishes import Wishes
    from downlight.ui.first.welcome import Welcome

TICK_MS: Final = 5_000
"""How often ages are written anew while somebody can see them."""


@cache
def _nowhere() -> Gazetteer:
    """Return a gazetteer that knows no place."""
    return Gazetteer.parse("")


class Window(QMainWindow):
    """Shows everything that is known; asks the engine only through `Wishes`."""

    quit_wanted = Signal()
    hush_wanted = Signal(object)
    """Begin or end a mute; carries a `Hush`."""

    def __init__(
        self,
        services: Callable[[], Sequence[Service]],
        wishes: Wishes,
        *,
        complaints: Sequence[str] = (),
        tray_here: Callable[[], bool] = lambda: True,
        clock: Clock = now,
        browse: Callable[[str], None] = open_in_browser,
        gazetteer: Callable[[], Gazetteer] = _nowhere,
        shelf: Shelf = EMPTY,
        diary: Diary | None = None,
        first: bool = False,
    ) -> None:
        """Build it, hidden and empty.

        Args:
            services: Returns the whole catalog, when the picker is first opened.
            wishes: The engine's ear.
            complaints: What is wrong with the settings, one sentence each.
            tray_here: Whether the light can be seen in a tray now.
            clock: The present moment, for ages.
            browse: Opens an address in the browser.
            gazetteer: Knows the continents of places.
            shelf: What pages read when they are first shown.
            diary: Remembers what turned, and what was seen, longer than the window
                lives; None: as long as it lives.
            first: Whether it is the first a person sees: it says what this is.
        """
        super().__init__()
        self._ask_services, self._wishes = services, wishes
        self._services: Sequence[Service] = ()
        """The whole catalog; empty until it is asked for."""
        self._complaints, self._tray_here = tuple(complaints), tray_here
        self._clock, self._browse = clock, browse
        self._snapshot: Snapshot | None = None
        self._mutes = NONE
        self._theme: Theme | None = None
        self._slug = ""
        self._awaited = ""
        """Slug of the service that was just added, until something is known of it."""
        self._filling = False
        self._gazetteer, self._diary = gazetteer, diary or Diary()
        self.asking = Asking(wishes, gazetteer, self)
        self._sight = Sight(self)
        self._pasts = Pasts(wishes)
        self._recall = Recall(self._pasts, self)
        frame = Frame(leaves(wishes, shelf, self._view, self._pasts))
        self.strips, self.side, self.home = frame.strips, frame.side, frame.home
        self.page, self.blank = frame.page, frame.blank
        self._turn_to, self._lend = frame.turn_to, frame.lend
        self._tick = QTimer(self, interval=TICK_MS)
        self.setWindowTitle("Downlight")
        self.setCentralWidget(frame)
        self.setMinimumSize(720, 460)
        self.resize(1020, 720)
        self._connect()
        self.welcome: Welcome | None = None
        """Up until it is done with; None where nobody is welcomed."""
        if first:
            self._greet()
        else:
            self.asking.ask_home(self.home)
        self._recolour()
        self._refill()

    def _connect(self) -> None:
        self._tick.timeout.connect(self._refill)
        self._tick.timeout.connect(self.asking.tick)
        self.side.search.textChanged.connect(self._refill)
        self.side.list.selectionModel().currentChanged.connect(self._choose)
        self.side.add.clicked.connect(self.pick)
        self.blank.add.clicked.connect(self.pick)
        self.strips.quit_wanted.connect(self.quit_wanted)
        self.strips.me_wanted.connect(self._turn_to_me)
        self.page.opened.connect(self._open_link)
        self.page.acted.connect(self._act)
        self.page.chosen.connect(self._turn_to_service)
        self.page.tabs.turned.connect(self._turned)
        self._recall.changed.connect(self._remember)
        self.page.header.hush_wanted.connect(self.hush_wanted)
        self.side.hush_wanted.connect(self.hush_wanted)
        self.asking.page_wanted.connect(self._open_link)
        self.asking.added.connect(self._await)
        self.asking.changed.connect(self._refill)
        self.asking.pick_wanted.connect(self.pick)
        self.side.settings.clicked.connect(self.open_settings)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.side.focus_search),
            (QKeySequence(Qt.Key.Key_F5), self._refresh),
            (QKeySequence("Ctrl+R"), self._refresh),
            (QKeySequence(QKeySequence.StandardKey.New), self.pick),
            (QKeySequence("Ctrl+PgDown"), lambda: self.page.tabs.step(1)),
            (QKeySequence("Ctrl+PgUp"), lambda: self.page.tabs.step(-1)),
            (QKeySequence(Qt.Key.Key_Escape), self._escape),
            (QKeySequence("Ctrl+,"), self.open_settings),
            (QKeySequence("Ctrl+Q"), self.quit_wanted.emit),
        ):
            QShortcut(keys, self).activated.connect(slot)

    def show_news(self, snapshot: Snapshot) -> None:
        """Show a new state; the choice and the scroll place stay."""
        self._snapshot = snapshot
        self._diary.note(snapshot)
        self.asking.show_news(snapshot)
        if self.isVisible() and not self.isMinimized():
            self._refill()
            if self._view(self._awaited):
                self.side.choose(self._awaited)
                self._awaited = ""

    def show_mutes(self, mutes: Mapping[ServiceSlug, Mute]) -> None:
        """Show which mutes hold, `EVERYTHING` among them for all services."""
        self._mutes = mutes
        if self.isVisible():
            self._refill()

    def know(self) -> None:
        """Offer other services from now on: the person has added or removed one."""
        self._services = ()

    def show_complaints(self, complaints: Sequence[str]) -> None:
        """Say what is wrong with the settings, one sentence each."""
        self._complaints = tuple(complaints)
        self._refill()

    def open_on(self, slug: str, episode: str = "") -> None:
        """Come to the front, on a service.

        Args:
            slug: Which one; empty or not watched: the worst.
            episode: Names an outage: show what is going on first.
        """
        self.side.search.clear()
        worst = worst_of(self._views())
        self._slug = worst.service.slug if worst is not None else ""
        if self._view(slug):
            self._slug = slug
        if self.isVisible():  # else that comes with showing
            self._refill()
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        if episode:
            self._part()
        if self.welcome is not None:
            self.welcome.setFocus()
            return
        self.side.list.setFocus()
        if episode:
            self.page.go_to("incidents")

    def open_page(self, slug: str, page: str) -> None:
        """Come to the front, on a page about a service.

        Args:
            slug: Which service; empty or not watched: the worst.
            page: The key of its tab.
        """
        self.open_on(slug)
        self._part()
        self.page.tabs.choose(page)

    @Slot()
    def pick(self) -> None:
        """Open the picker, with the search that found nothing taken over."""
        watched = [v.service.slug for v in self._views()]
        if not self._may_pick():
            return
        words = "" if self.side.model.rowCount() else self.side.search.text()
        try:
            self._services = self._services or self._ask_services()
        except DownlightError as error:  # it was read whole when we began
            self.asking.say_damaged(error)
            return
        self.asking.pick(self._services, watched, words)

    @Slot()
    def open_settings(self) -> None:
        """Open the settings, or bring them to the front."""
        self.asking.open_settings(self._present, self._snapshot)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide behind the tray; without one, minimise, so that nobody is lost."""
        # Only a person's click comes from outside Qt. When the program quits, Qt
        # closes all windows first, and one that refuses would keep it alive.
        if event.spontaneous() and not self._tray_here():
            event.ignore()
            self.showMinimized()
        else:
            self.asking.close_settings()
            event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Write ages anew, and keep doing it."""
        super().showEvent(event)
        self._refill()
        self._tick.start()
        if self.welcome is not None:
            QTimer.singleShot(0, self.welcome, self.welcome.remember)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop writing ages nobody sees."""
        super().hideEvent(event)
        self._tick.stop()
        self._recall.leave()
        self._diary.leave()
        if not event.spontaneous():  # as some desktops minimise
            self._part()

    def changeEvent(self, event: QEvent) -> None:
        """Rest while minimised."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isVisible():
            if self.isMinimized():
                self._tick.stop()
                self._recall.leave()
            else:
                self._tick.start()
                self._refill()

    def event(self, event: QEvent) -> bool:
        """Follow the system from light to dark and back."""
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._recolour()
        return super().event(event)

    def _recolour(self) -> None:
        theme = present()
        if theme != self._theme:
            self._theme = theme
            self.setStyleSheet(stylesheet(theme))
            self.page.recolour()

    def _views(self) -> tuple[ServiceView, ...]:
        return self._snapshot.services if self._snapshot else ()

    def _may_pick(self) -> bool:
        # Only while the list that is shown is the one that is kept: the choice
        # replaces it whole.
        seen = self._snapshot
        return (
            seen is not None
            and not seen.replay
            and bool(seen.services or not (seen.trouble or seen.asking))
        )

    def _view(self, slug: str) -> ServiceView | None:
        return next((v for v in self._views() if v.service.slug == slug), None)

    def _present(self) -> datetime:
        if self._snapshot is not None and self._snapshot.replay:
            return self._snapshot.at
        return self._clock()

    def _greet(self) -> None:
        from downlight.ui.first.welcome import Welcome  # noqa: PLC0415 - seen once

        page = self.welcome = Welcome(self._wishes)
        page.pick_wanted.connect(self.pick)
        page.done.connect(self._begin)
        self.asking.ask_home(page)
        self._lend(page)

    @Slot()
    def _begin(self) -> None:
        """Leave the welcome for the page of the first service that it names."""
        found = self._wishes.whereabouts()
        if found.code and not found.settled:
            # It stood there to be changed.
            self._wishes.settle_country(BY_GUESS)
        self._part()
        self.side.choose(next((v.service.slug for v in self._views()), ""))
        self.side.list.setFocus()

    def _part(self) -> None:
        """Put the welcome away, for good."""
        page, self.welcome = self.welcome, None
        if page is not None:
            if self.asking.countries is not None:
                self.asking.countries.reject()
            page.hide()
            self._lend(None)
            self.asking.ask_home(self.home)
            self._refill()

    @Slot()
    def _refill(self) -> None:
        snapshot = self._snapshot
        here = self._tray_here()
        if self.welcome is not None:
            free = self._may_pick()
            view = welcome(snapshot, tray_here=here, may_pick=free)
            self.welcome.show_view(view)
        unsaid = here or self.welcome is not None
        banners = presenter.banners(snapshot, self._complaints, tray_here=unsaid)
        self.strips.show_banners(banners)
        self.side.add.setEnabled(self._may_pick())
        if snapshot is None:
            self.blank.show_waiting()
            self._turn_to(self.blank)
            return
        words = self.side.search.text()
        rows = presenter.rows(snapshot, self._present(), words, mutes=self._mutes)
        # While rows go, the list chooses neighbours that nobody asked for.
        self._filling = True
        self.side.show_rows(rows, presenter.empty_words(snapshot, words))
        self.side.choose(self._slug)
        self._filling = False
        self._show_chosen(snapshot)

    def _show_chosen(self, snapshot: Snapshot) -> None:
        # A search that finds nothing takes nothing away from the right side.
        self._slug = self.side.chosen or self._slug
        view = self._view(self._slug)
        if view is not None:
            service, free = view.service, self._may_pick()
            told = entries(view, self._diary.turns(service.slug))
            names = [entry.key for entry in told]
            seen = self.isVisible()
            shown = detail(
                view,
                self._present(),
                gazetteer=self._gazetteer,
                asking=snapshot.asking,
                choice=self.asking.choice(service, may_change=free),
                home=self.asking.land,
                together=presenter.together(snapshot, service.slug),
                hushes=service_hushes(view, snapshot, self._mutes),
                told=told,
                fresh=self._diary.come(service.slug, names) if seen else (),
                before=self._pasts.before(service.slug),
                failed=self._pasts.failed(service.slug),
            )
            glance = Glance(
                view,
                self._present(),
                asking=snapshot.asking,
                replay=snapshot.replay,
                home=self.asking.land,
            )
            self.page.show_detail(shown, glance)
            self._look_back(glance)
            self._wear(snapshot)
        else:
            self.blank.show_for(snapshot)
        self._turn_to(self.page if view is not None else self.blank)

    @Slot(str)
    def _turned(self, page: str) -> None:
        if page != NOW:
            self._recall.leave()
        elif self._snapshot is not None:
            self._show_chosen(self._snapshot)

    def _look_back(self, glance: Glance) -> None:
        """Have the past looked up while somebody looks at the page that tells it."""
        seen = self.isVisible() and not self.isMinimized() and self.welcome is None
        if seen and self.page.tabs.key == NOW:
            self._recall.look(glance)
        else:
            self._recall.leave()

    @Slot(str)
    def _remember(self, slug: str) -> None:
        """Show what is known of a past by now."""
        if slug == self._slug and self.isVisible() and not self.isMinimized():
            self._refill()

    def _wear(self, snapshot: Snapshot) -> None:
        """Wear the mark of the light."""
        worst = worst_of(snapshot.services)
        mark = icon(
            shown_look(snapshot, worst),
            dark=self._theme is not None and self._theme.dark,
            replay=bool(snapshot.replay),
            early=worst is not None and is_early(worst),
            muted=is_light_hushed(snapshot, self._mutes),
        )
        if mark.cacheKey() != self.windowIcon().cacheKey():
            self.setWindowIcon(mark)

    @Slot(QModelIndex)
    def _choose(self) -> None:
        if self._snapshot is not None and not self._filling:
            self._show_chosen(self._snapshot)

    @Slot(str)
    def _turn_to_service(self, slug: str) -> None:
        if self.side.model.place(slug) < 0:
            self.side.search.clear()
        self.side.choose(slug)

    @Slot()
    def _turn_to_me(self) -> None:
        self._part()
        self.page.tabs.choose("me")
        self.page.tabs.bar.setFocus()

    @Slot(str)
    def _await(self, slug: str) -> None:
        self._awaited = slug

    @Slot(str)
    def _act(self, card: str) -> None:
        view = self._view(self._slug)
        if card == "before":
            self.page.tabs.choose("history")
        elif card == "more":
            self.asking.open_own()
        elif view is not None and card == "works":
            self.asking.save_calendar(view, self._present())
        elif view is not None and self._may_pick():
            self.asking.choose_parts(view.service)

    @Slot()
    def _refresh(self) -> None:
        self._wishes.refresh()

    @Slot()
    def _escape(self) -> None:
        if self.side.search.text():
            self.side.search.clear()
        elif self._tray_here():
            self.close()
        else:
            self.showMinimized()

    @Slot(str)
    def _open_link(self, address: str) -> None:
        if address.startswith("https://"):
            self._browse(address)
