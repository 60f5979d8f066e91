"""Has the past of a service looked up once its page is looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from downlight.ui.pasts import FRESH, state_of

if TYPE_CHECKING:
    from downlight.core.model import ServiceSlug
    from downlight.ui.glance import Glance
    from downlight.ui.pasts import Pasts, State

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
REST_MS: Final = 200
"""Who only passes by, on the way through the list, does not want to know."""


class Recall(QObject):
    """Asks for the past once for each state of the service that is looked at."""

    changed = Signal(str)
    """More is known of the past of a service; carries its slug."""

    def __init__(self, pasts: Pasts, parent: QObject | None = None) -> None:
        """Look at nothing yet.

        Args:
            pasts: Looks it up, for all pages.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self._pasts = pasts
        self._glance: Glance | None = None
        self._state: State | None = None
        """What is looked at, as it was when it was asked for last."""
        self._asked = _NEVER
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask)
        pasts.changed = self._hear

    def look(self, glance: Glance) -> None:
        """Note that the page of a service is seen; called as often as it is drawn."""
        self._glance, state = glance, state_of(glance)
        if state != self._state or self._may_try_again(glance):
            self._state = state
            self._rest.start()

    def _may_try_again(self, glance: Glance) -> bool:
        """Whether it could not be looked up, and that was some time ago."""
        failed = self._pasts.failed(glance.view.service.slug) is not None
        return failed and abs(glance.now - self._asked) >= FRESH

    @Slot()
    def leave(self) -> None:
        """Note that nobody sees it any more."""
        self._state = None
        self._rest.stop()

    @Slot()
    def _ask(self) -> None:
        if self._glance is not None:
            self._asked = self._glance.now
            self._pasts.look(self._glance)

    def _hear(self, slug: ServiceSlug) -> None:
        if isValid(self):  # else the window was let go meanwhile
            self.changed.emit(slug)
