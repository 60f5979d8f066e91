"""By which way this computer reaches the outside; another one means another network.

Linux: the routes to everywhere in ``/proc/net/route`` and ``/proc/net/ipv6_route``
(``Documentation/networking`` of the kernel, read 2026-11). Elsewhere it is not known,
and so it never changes.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.ports import Clock

PROC: Final = Path("/proc/net")
GOOD_FOR: Final = timedelta(seconds=30)
"""How long an answer is believed."""

READ: Final = 4
"""How many words of a line are read at least; a shorter one is none."""
_ANY: Final = "00000000"
_ANY6: Final = 32 * "0"


class WayOut:
    """The way out of this computer, looked at now and then. Used on one thread."""

    def __init__(self, clock: Clock, proc: Path = PROC) -> None:
        """Prepare; nothing is looked at yet.

        Args:
            clock: The time, so that nothing is looked at oftener than `GOOD_FOR`.
            proc: Where the system shows its routes.
        """
        self._clock = clock
        self._proc = proc
        self._at: datetime | None = None
        self._mark = ""

    def mark(self) -> str:
        """Return what names the way; empty while there is none, or none is known."""
        now = self._clock()
        if self._at is None or abs(now - self._at) >= GOOD_FOR:
            self._at, self._mark = now, self._look()
        return self._mark

    def _look(self) -> str:
        # Interface, target, gateway; the rest of a line counts what passes.
        four = {(w[0], w[2]) for w in self._lines("route") if w[1:2] == [_ANY]}
        six = {
            (w[-1], w[4])
            for w in self._lines("ipv6_route")
            if w[:2] == [_ANY6, "00"] and w[-1] != "lo"
        }
        return " ".join(sorted("/".join(way) for way in four | six))

    def _lines(self, name: str) -> list[list[str]]:
        try:
            text = (self._proc / name).read_text("ascii", "replace")
        except OSError:
            return []
        split = map(str.split, text.splitlines())
        return [words for words in split if len(words) > READ]
