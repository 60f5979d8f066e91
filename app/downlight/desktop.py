"""Everything behind the light: engine, courier and window, put together.

What the light does not need is imported where it is used (`decisions/0005`).
"""

from __future__ import annotations

import gc
import logging
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from downlight.core.speech import tr
from downlight.ui.pace import Pace
from downlight.ui.tray import Light, TrayChannel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtCore import QEvent

    from downlight.core.memory import Journal
    from downlight.core.model import ServiceSlug
    from downlight.core.news import News, Snapshot
    from downlight.core.ports import Clock, Sink
    from downlight.core.service import Service
    from downlight.core.telling.mute import Mute
    from downlight.core.telling.policy import Wishes
    from downlight.engine.engine import Plan
    from downlight.engine.recording import Recording
    from downlight.engine.thread import EngineThread
    from downlight.notify.courier import Courier
    from downlight.notify.hooks import Errands
    from downlight.steward import Steward
    from downlight.ui.bridge import Bridge
    from downlight.ui.now.diary import Diary
    from downlight.ui.views import Hush
    from downlight.ui.window import Window
    from downlight.wiring import Home

log = logging.getLogger(__name__)

WINDOW_KEPT_MS: Final = 60 * 1000
"""A closed window is kept this long, then dropped: it costs memory."""
TRAY_MS: Final = 1500
"""How long a tray may take, before the window is opened in its place."""
EVERY_ONE: Final = 10**9
"""More notifications an hour than any recording tells."""
LOGIN_MS: Final = 60 * 1000
"""The same while the desktop itself begins."""


class Desktop(QObject):
    """Everything behind the light; lives on the GUI thread."""

    def __init__(self, light: Light, data: Path | None) -> None:
        super().__init__(light)
        self.light = light
        self.data = data
        self.steward: Steward | None = None
        self.engine: EngineThread | None = None
        self.courier: Courier | None = None
        self.errands: Errands | None = None
        self.bridge: Bridge | None = None
        self.window: Window | None = None
        self.diary: Diary | None = None
        """What windows remember longer than they live; None before the first."""
        self.snapshot: Snapshot | None = None
        self.complaints: tuple[str, ...] = ()
        self.tray_ms = TRAY_MS
        """How long the tray may take when we begin."""
        self.greets = False
        """Whether the next window is the first a person sees: it says what this is."""
        self.login = False
        """Whether the desktop started us, and not a person."""
        self._early: tuple[str, str] | None = None
        """The window somebody wanted before there was anything to show in it."""
        self._unheard: tuple[str, ...] = ()
        """Why notifications do not get through; empty while they do."""
        self._pace = Pace(self._draw, self)
        self._dropping = QTimer(self, singleShot=True, interval=WINDOW_KEPT_MS)
        self._dropping.timeout.connect(self._drop_window)
        light.open_wanted.connect(self._open)

    @Slot()
    def begin(self) -> None:
        """Start everything that is not the light itself."""
        from downlight import wiring
        from downlight.core.errors import DownlightError
        from downlight.ui.bridge import Bridge

        home = wiring.open_home(self.data)
        wiring.keep_log(home.places)
        self.complaints = home.complaints
        self.light.set_style(home.settings.icon)
        self.bridge = Bridge(self)
        self.steward = self._make_steward(home, self.bridge)
        self.steward.wear = self.light.set_style
        self.bridge.news.connect(self._hear)
        self.bridge.clicked.connect(self._open)
        self.bridge.me_wanted.connect(self._open_me)
        self.bridge.trouble.connect(self._note_trouble)
        self.bridge.muted.connect(self._show_mutes)
        self.light.message_clicked.connect(self._open)
        self.light.me_wanted.connect(self._open_me)
        self.light.refresh_wanted.connect(self.refresh)
        self.light.hush_wanted.connect(self._hush)
        self.light.settings_wanted.connect(self._open_settings)
        self.light.quit_wanted.connect(QApplication.quit)
        self.light.available_changed.connect(self._tray_changed)
        try:
            self._begin_engine(home)
        except DownlightError as error:
            log.exception("cannot start")
            why = f"{tr(error.title)}. {tr(error.hint) or f'{error}.'}"
            self._stop_words(tr("Monitoring stopped: {why}", why=why))
        self.greets = self._is_first(home)
        if self._early is not None:
            self._open(*self._early)
        elif self.greets and not self.login:
            self._open("")
        QTimer.singleShot(self.tray_ms, self, self._show_without_tray)

    def _is_first(self, home: Home) -> bool:
        """Whether nobody has seen a window of ours yet."""
        del home
        return False

    def _make_steward(self, home: Home, bridge: Bridge) -> Steward:
        from downlight.steward import Steward

        return Steward(home, bridge, self._complain, self._know)

    def _begin_engine(self, home: Home) -> None:
        """Start engine and courier; `Live` and `Replay` each do it their way."""
        raise NotImplementedError  # no ABC: Qt's metaclass does not mix with it

    def _start(
        self,
        make: Callable[[Sequence[Sink]], EngineThread],
        journal: Callable[[], AbstractContextManager[Journal]],
        clock: Clock,
    ) -> None:
        from downlight.notify.channels import channels
        from downlight.notify.courier import Courier

        if self.bridge is None or self.steward is None:
            raise AssertionError("begin comes first")
        bridge = self.bridge
        sinks: list[Sink] = [bridge]
        tray = TrayChannel(self.light)
        self.courier = self.steward.courier = Courier(
            lambda on_act: channels(tray, on_act),
            journal,
            clock,
            bridge.act,
            bridge.complain,
            wishes=self._wishes(self.steward.home),
            busy=self._busy(),
            on_mutes=bridge.tell_muted,
        )
        sinks.append(self.courier)
        if self.errands is not None:
            sinks.append(self.errands)
        self.engine = self.steward.engine = make(sinks)
        self.engine.start()
        self.courier.start()
        if self.errands is not None:
            self.errands.start()

    def _wishes(self, home: Home) -> Wishes:
        """Return what the person wants to be told."""
        from downlight import wiring

        return wiring.wishes(home.settings)

    def _busy(self) -> Callable[[], str]:
        """Return what says why the person should not be disturbed; "" when he may."""
        return str

    def end(self) -> bool:
        """Stop all threads; return whether they ended."""
        if self.errands is not None:
            self.errands.leave()
        parts = (self.engine, self.courier, self.errands)
        ended = [part.stop() for part in parts if part]
        return all(ended)

    @Slot()
    def refresh(self) -> None:
        """Ask every source now."""
        if self.steward is not None:
            self.steward.refresh()

    @property
    def services(self) -> Sequence[Service]:
        """Every service there is to choose from."""
        from downlight import wiring

        home = self.steward.home if self.steward is not None else None
        return wiring.whole_catalog(home).services

    @Slot(object)
    def _hear(self, news: News) -> None:
        self.snapshot = news.snapshot
        if self.diary is not None:
            # Each of them: what turns back before it could be seen has turned, too.
            self.diary.note(news.snapshot)
        self._pace.ask()

    def _draw(self) -> None:
        """Show the state of everything."""
        if self.snapshot is not None:
            self.light.draw(self.snapshot)
        if self.window is not None and self.snapshot is not None:
            self.window.show_news(self.snapshot)

    @Slot(object)
    def _show_mutes(self, mutes: Mapping[ServiceSlug, Mute]) -> None:
        self.light.show_mutes(mutes)
        if self.window is not None:
            self.window.show_mutes(mutes)

    @Slot(object)
    def _hush(self, hush: Hush) -> None:
        """Begin or end a mute; that it holds is told by the courier."""
        if self.steward is None:
            return
        for slug in hush.slugs or (None,):
            if hush.span is None:
                self.steward.unmute(slug)
            else:
                self.steward.mute(slug, hush.span)

    @Slot(str)
    @Slot(str, str)
    def _open(self, slug: str, episode: str = "") -> None:
        self._dropping.stop()
        if self.steward is None:
            self._early = (slug, episode)
            return
        if self.window is None:
            from downlight import wiring
            from downlight.ui.leaves import Shelf
            from downlight.ui.now.diary import Diary
            from downlight.ui.window import Window

            # What lives by now lives on: while somebody looks at the window, no search
            # for what holds itself walks through it, 40 ms for 10,000 incidents.
            gc.freeze()
            self.diary = self.diary or Diary()
            self.window = Window(
                lambda: self.services,
                self.steward,
                gazetteer=wiring.gazetteer,
                shelf=Shelf(wiring.world_map, wiring.about_service),
                complaints=self.complaints + self._unheard,
                tray_here=lambda: self.light.available,
                diary=self.diary,
                first=self.greets,
            )
            self.greets = False
            self.window.quit_wanted.connect(QApplication.quit)
            self.window.hush_wanted.connect(self._hush)
            self.window.show_mutes(self.steward.muted())
            self.window.installEventFilter(self)
            if self.snapshot is not None:
                self.window.show_news(self.snapshot)
        self.window.open_on(slug, episode)

    @Slot(str)
    def _open_me(self, slug: str) -> None:
        """Find out whether it is the person's own side."""
        self._open(slug)
        if self.window is not None:
            self.window.open_page(slug, "me")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop a window that has been closed for a while."""
        from PySide6.QtCore import QEvent

        if watched is self.window and event.type() == QEvent.Type.Close:
            self._dropping.start()
        return super().eventFilter(watched, event)

    @Slot(str)
    def _note_trouble(self, words: str) -> None:
        self._unheard = (words,) if words else ()
        self._show_complaints()

    def _complain(self, words: str) -> None:
        self.complaints = (*self.complaints, words)
        self._show_complaints()

    def _know(self) -> None:
        """Tell the window that the person has added or removed a service."""
        if self.window is not None:
            self.window.know()

    def _show_complaints(self) -> None:
        if self.window is not None:
            self.window.show_complaints(self.complaints + self._unheard)

    @Slot()
    def _drop_window(self) -> None:
        if self.window is not None and not self.window.isVisible():
            queued = Qt.ConnectionType.QueuedConnection
            self.window.destroyed.connect(self._give_back, queued)
            self.window.deleteLater()
            self.window = None

    @Slot()
    def _give_back(self) -> None:
        """Hand back to the system what a window took, now that it is gone."""
        from downlight import wiring

        wiring.world_map.cache_clear()
        gc.unfreeze()
        gc.collect()  # what holds itself; Python would wait long before it looks
        if sys.platform == "linux":
            import ctypes

            # What is free stays with the program otherwise. Others than glibc have
            # no such thing, and need none.
            trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
            if trim is not None:
                trim(0)

    @Slot()
    def _open_settings(self) -> None:
        """Open the settings over the window."""
        self._open("")
        if self.window is not None:
            self.window.open_settings()

    @Slot()
    def _show_without_tray(self) -> None:
        """Never be an invisible process: no tray means an ordinary window."""
        if not self.light.available and self.window is None:
            self._open("")

    @Slot(bool)
    def _tray_changed(self, _available: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._show_complaints()  # one of them may be that there is no tray
        QTimer.singleShot(TRAY_MS, self, self._show_without_tray)

    def _stop_words(self, words: str) -> None:
        from downlight.core.news import News, Snapshot
        from downlight.engine.clock import system_clock

        self._hear(News(Snapshot(system_clock(), trouble=words.strip())))


class Live(Desktop):
    """The real network, in real time."""

    def __init__(
        self, light: Light, data: Path | None, trouble: str = "", *, login: bool = False
    ) -> None:
        """Begin behind a light.

        Args:
            light: In the tray.
            data: One folder for everything; None for the system's usual places.
            trouble: What the log is to say first; empty when nothing.
            login: The desktop begins, too, and its tray may come late.
        """
        super().__init__(light, data)
        self._trouble = trouble
        self.tray_ms = LOGIN_MS if login else TRAY_MS
        self.login = login

    def _is_first(self, home: Home) -> bool:
        from downlight.storage.settings_file import is_written

        return not is_written(home.places.settings)

    def _busy(self) -> Callable[[], str]:
        """Look at the desktop, whenever something is to be told."""
        from downlight.notify.busy import Lookout, looks

        return Lookout(looks()).busy

    def _begin_engine(self, home: Home) -> None:
        if self._trouble:
            log.warning("%s", self._trouble)
        from downlight import wiring
        from downlight.engine.clock import system_clock
        from downlight.engine.thread import EngineThread

        plan, strangers = wiring.plan(home.settings.watch, home)
        self.complaints += tuple(
            tr("Nobody knows the service {slug} in your watch list.", slug=repr(slug))
            for slug in strangers
        )
        journal = wiring.open_journal(home.places)
        self.errands, unfit = wiring.errands(home, plan.services, journal)
        self.complaints += unfit

        def make(sinks: Sequence[Sink]) -> EngineThread:
            engine = wiring.engine(plan, home, journal, sinks)
            if self.steward is not None:
                self.steward.last = engine.last
            return EngineThread(engine, tuple(sinks), system_clock)

        self._start(make, journal, system_clock)


class Replay(Desktop):
    """A recording, on a clock that runs as fast as told."""

    def __init__(
        self,
        light: Light,
        data: Path | None,
        tape: Recording,
        plan: Plan,
        speed: float,
        until: datetime | None,
    ) -> None:
        super().__init__(light, data)
        self._tape = tape
        self._plan = plan
        self._speed = speed
        self._until = until

    def _make_steward(self, home: Home, bridge: Bridge) -> Steward:
        from downlight.steward import Bystander

        return Bystander(home, bridge, self._complain, self._know)

    def _wishes(self, home: Home) -> Wishes:
        """Return only whether to notify: quiet hours and counts are of the present."""
        from downlight.core.telling.policy import Wishes

        return Wishes(notify=home.settings.notify, most=EVERY_ONE)

    def _begin_engine(self, home: Home) -> None:
        from contextlib import nullcontext

        from downlight import history, wiring
        from downlight.engine import replay
        from downlight.engine.clock import VirtualLoop
        from downlight.engine.thread import EngineThread
        from downlight.steward import Bystander

        tape, plan = self._tape, self._plan
        wiring.about(tape.folder)  # may be unreadable: before anything is made
        memory = (
            wiring.open_journal(home.places, tape)()
            if self.data is not None
            else wiring.passing_journal()
        )

        def shared() -> AbstractContextManager[Journal]:
            return nullcontext(memory)

        begin = replay.position(memory) or tape.start
        finish = replay.end(tape, plan, self._until)
        speed = None if self._speed == float("inf") else self._speed
        loop = VirtualLoop(begin, speed)
        if isinstance(self.steward, Bystander):
            self.steward.told_of = lambda slug: history.replayed(
                tape, plan, slug, memory, loop.clock()
            )

        def make(sinks: Sequence[Sink]) -> EngineThread:
            engine = wiring.replay_engine(
                plan, tape, home.settings, shared, sinks, loop.clock
            )
            return EngineThread(
                engine,
                tuple(sinks),
                loop.clock,
                lambda: loop,
                lambda: replay.play(engine, loop, finish),
            )

        self._start(make, shared, loop.clock)
        self._open("")
