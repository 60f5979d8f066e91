"""The thread that owns asyncio (HOUSE T1-T6)."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from downlight.core.errors import DownlightError
from downlight.core.news import News, Snapshot
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

    from downlight.core.ports import Clock, Sink, Web
    from downlight.engine.engine import Engine, Plan

log = logging.getLogger(__name__)

T = TypeVar("T")


class EngineThread:
    """Runs an engine until told to stop; tells when it dies."""

    def __init__(
        self,
        engine: Engine,
        sinks: tuple[Sink, ...],
        clock: Clock,
        loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop,
        run: Callable[[], Coroutine[object, object, None]] | None = None,
    ) -> None:
        """Prepare.

        Args:
            engine: Whom wishes go to.
            sinks: Who must hear of its death.
            clock: The time.
            loop: Makes the event loop; a virtual one for a replay.
            run: What to run; the engine itself by default.
        """
        self._engine = engine
        self._run_engine = run or engine.run
        self._sinks = sinks
        self._clock = clock
        self._make_loop = loop
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="engine")

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self, limit: float = 2.0) -> bool:
        """End it, whatever hangs.

        Args:
            limit: Seconds to wait.

        Returns:
            Whether the thread has ended.
        """
        if not self._thread.ident:
            return True
        self._started.wait(limit)
        if self._task is not None:
            self._call(self._task.cancel)
        self._thread.join(limit)
        return not self._thread.is_alive()

    def join(self) -> None:
        """Wait for the end."""
        self._thread.join()

    def refresh(self) -> None:
        """Ask everyone now. From any thread."""
        self._call(self._engine.refresh)

    def adopt(self, plan: Plan) -> None:
        """Watch something else. From any thread."""
        self._call(lambda: self._engine.adopt(plan))

    def settle_home(self, country: str, also: Sequence[str] = ()) -> None:
        """Judge for a person in this country, who cares for others. From any thread."""
        self._call(lambda: self._engine.settle_home(country, also))

    def look_at(
        self,
        detect: Callable[[Web], Awaitable[T]],
        tell: Callable[[T | DownlightError], None],
    ) -> None:
        """Ask something once, e.g. what stands at an address. From any thread.

        Args:
            detect: Asks, on the engine's thread; ended after a minute.
            tell: Told the result or what went wrong, on the engine's thread, and
                not any more when the engine stops; at once, on the caller's, when
                nobody is there who could ask. Must return at once.
        """
        if not self._call(lambda: self._engine.look_at(detect, tell)):
            error = DownlightError("the engine does not run")
            error.title = mark("Not looked at")
            error.hint = mark("Monitoring is not running.")
            tell(error)

    def _call(self, what: Callable[[], object]) -> bool:
        """Have it done on the engine's thread; return whether somebody is there."""
        if self._loop is None or not self._thread.is_alive():
            return False
        try:
            self._loop.call_soon_threadsafe(what)
        except RuntimeError:  # the loop closed in between: nobody is there
            log.debug("the engine has ended")
            return False
        return True

    def _run(self) -> None:
        try:
            trouble = self._live()
        finally:
            self._started.set()
        news = News(Snapshot(self._clock(), trouble=trouble))
        for sink in self._sinks if trouble else ():
            sink.publish(news)

    def _live(self) -> str:
        """Run the loop; return why it ended, empty when it was told to."""
        try:
            with asyncio.Runner(loop_factory=self._make_loop) as runner:
                self._loop = runner.get_loop()
                runner.run(self._main())
        except DownlightError as error:
            log.warning("engine: %s", error)
            return tr("Monitoring stopped: {why}", why=error.words)
        except Exception:  # a supervised edge: the engine thread (HOUSE 11)
            log.exception("the engine died")
            return tr("Monitoring stopped because of an error in Downlight.")
        return ""

    async def _main(self) -> None:
        self._task = asyncio.current_task()
        self._started.set()
        with suppress(asyncio.CancelledError):  # `stop` ends it so; nobody waits on it
            await self._run_engine()
