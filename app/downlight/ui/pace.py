"""Draws no oftener than anybody can see: at once, then the last of what came since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

REST_MS: Final = 250
"""Rest after each drawing. News may come by the thousand, and each takes its time to
be drawn: all that time nobody would be listened to."""


class Pace(QObject):
    """Keeps a pace; lives on the thread that draws."""

    def __init__(self, draw: Callable[[], None], parent: QObject) -> None:
        """Rest at first.

        Args:
            draw: Draws what is known by then.
            parent: As Qt has it.
        """
        super().__init__(parent)
        self._draw = draw
        self._wanted = False
        self.rest = QTimer(self, singleShot=True, interval=REST_MS)
        """Runs after each drawing."""
        self.rest.timeout.connect(self._go_on)

    def ask(self) -> None:
        """Draw now, or after the rest if it was just done."""
        self._wanted = True
        if not self.rest.isActive():
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._wanted:
            self._wanted = False
            self._draw()
            self.rest.start()
