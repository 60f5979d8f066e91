"""Save pictures of the page "History".

    python -m tests.ui.show_history FOLDER [STATE …]

One PNG per state, light and dark, narrow and wide; set QT_SCALE_FACTOR=2 for a fine
screen.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from downlight import history as histories
from downlight.core.errors import Refused, StorageError
from downlight.core.history.gathering import gather
from downlight.core.history.past import Origin, Outage, Past, Root, Span, Traces
from downlight.core.level import Level
from downlight.core.speech import tr
from downlight.ui.glance import Glance
from downlight.ui.history.sheet import HistorySheet
from downlight.ui.kit.sheet import stylesheet
from downlight.ui.kit.theme import present
from downlight.ui.pasts import Pasts
from tests.ui import made_up, palettes

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.errors import DownlightError
    from downlight.core.model import ServiceSlug

NOW = made_up.NOW
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
CHIRP = made_up.service("chirp", "Chirp", owner="Chirp Inc.")
SIZES = {"": (660, 2300), "-wide": (1160, 2100), "-small": (450, 2900)}


class Archivist:
    """Knows the pasts it was given; tells at once, unless asked to wait."""

    def __init__(self, known: Past | DownlightError | None) -> None:
        self.known = known
        """None: later, through `answer`."""
        self.asked: list[ServiceSlug] = []
        self.filled: list[ServiceSlug] = []
        self.listed: bool | DownlightError | None = False
        """What the page says; None: later, through `tell_listed`."""
        self.tell_listed: Callable[[bool | DownlightError], None] = lambda _: None
        self._make: Callable[[Past], Any] = lambda past: past
        self._tell: Callable[[Any], None] = lambda _: None

    def past(
        self,
        slug: ServiceSlug,
        make: Callable[[Past], Any],
        tell: Callable[[Any], None],
        known: Past | None = None,
    ) -> None:
        self._make, self._tell = make, tell
        if known is not None:
            self.answer(known)
            return
        self.asked.append(slug)
        if self.known is not None:
            self.answer(self.known)

    def answer(self, known: Past | DownlightError) -> None:
        """Tell what was asked for last."""
        make, tell = self._make, self._tell
        tell(make(known) if isinstance(known, Past) else known)

    def backfill(
        self, slug: ServiceSlug, tell: Callable[[bool | DownlightError], None]
    ) -> None:
        self.filled.append(slug)
        self.tell_listed = tell
        if self.listed is not None:
            tell(self.listed)


def outage(number: int, begun: datetime, minutes: float, **more: object) -> Outage:
    """Return an outage that is known exactly."""
    facts: dict[str, Any] = {
        "origins": (Origin.SEEN, Origin.TOLD),
        "ended": begun + minutes * MINUTE,
        "level": (Level.MAJOR, Level.PARTIAL, Level.DEGRADED)[number % 3],
        "what": ("Messages do not arrive", "Sign-in fails", "Slow")[number % 3],
        **more,
    }
    return Outage(f"o{number}", begun, **facts)


def many(count: int = 23, every: float = 14.3) -> tuple[Outage, ...]:
    """Return outages of different kinds, oldest first."""
    roots = (Root.CHANGE, None, Root.EQUIPMENT, Root.CHANGE, Root.LOAD, None)
    where = ("", "Brazil and Spain", tr("worldwide"), "")
    found = []
    for n in range(count):
        begun = NOW - (count - n) * every * DAY + (n * 7 % 24) * HOUR
        minutes = (7, 42, 190, 600, 18, 75, 3)[n % 7]
        word = begun + (5 + n % 4 * 11) * MINUTE
        found.append(
            outage(
                n,
                begun,
                minutes,
                root=roots[n % 6],
                sure=n % 2 == 0,
                where=where[n % 4],
                word=word,
                evidence=begun,
                silent=n % 9 == 8,
                said=tuple(word + i * 17 * MINUTE for i in range(n % 4)),
                sources=("https://status.example.org/i/1",),
            )
        )
    return tuple(found)


def watched(*, days: float = 200, pause: int = 40) -> tuple[Span, ...]:
    """Return that we looked for so long, but for a pause and a few nights."""
    begun = NOW - days * DAY
    found, at = [], begun
    while at < NOW:
        night = 8 * HOUR if (at - begun).days % 17 > 12 else timedelta()
        if not 60 < (at - begun).days < 60 + pause:
            found.append(Span(at, min(at + DAY - night, NOW)))
        at += DAY
    return tuple(found)


def rich() -> Past:
    """Return a past with something of everything."""
    odd = (
        outage(
            100,
            datetime(2025, 2, 3, tzinfo=UTC),
            0,
            precision=DAY,
            ended=None,
            end_known=False,
            origins=(Origin.RECORD,),
            trust="low",
            what="Nothing was sent",
        ),
    )
    found = tuple(sorted((*many(), *odd), key=lambda it: it.begun))
    return Past(CHIRP, NOW, found, watched(), lists=True)


def whatsapp() -> Past:
    """Return the public record of WhatsApp, seen by someone who just began."""
    record = histories.public_record("whatsapp")
    service = made_up.service("whatsapp", "WhatsApp", owner="Meta")
    return gather(
        service, Traces(), record, frozenset(), datetime(2026, 11, 22, 9, tzinfo=UTC)
    )


def sheet(archivist: Archivist, **more: object) -> HistorySheet:
    """Return the page about Chirp."""
    made = HistorySheet(archivist, Pasts(archivist))
    view = made_up.plainly("chirp", "Chirp", Level.OPERATIONAL)
    known = archivist.known
    now = known.now if isinstance(known, Past) else NOW
    glance = Glance(replace(view, service=CHIRP), now, zone=UTC)
    made.show_glance(replace(glance, **more))  # type: ignore[arg-type]  # a table of fields
    return made


def rich_sheet() -> HistorySheet:
    """Return the page with an outage chosen and two compared."""
    made = sheet(Archivist(rich()))
    made.outages.list.choose(2)
    made.outages.table.tick(1)
    made.outages.table.tick(5)
    made.days.choose(many()[-2].begun.date())
    made.days.calendar.setFocus()
    return made


def record_sheet() -> HistorySheet:
    """Return the page of WhatsApp, on the day everybody remembers."""
    made = sheet(Archivist(whatsapp()))
    made.days.choose(datetime(2021, 10, 4, tzinfo=UTC).date())
    made.outages.list.choose(9)
    made.outages.table.tick(9)
    made.outages.table.tick(12)
    return made


def refused() -> HistorySheet:
    """Return the page when the service's own page does not answer."""
    archivist = Archivist(Past(CHIRP, NOW, many(2), watched(days=12)))
    archivist.listed = Refused(503)
    return sheet(archivist)


STATES: dict[str, Callable[[], HistorySheet]] = {
    "history": rich_sheet,
    "history-record": record_sheet,
    "history-two": refused,
    "history-new": lambda: sheet(Archivist(Past(CHIRP, NOW))),
    "history-watched": lambda: sheet(
        Archivist(Past(CHIRP, NOW, (), watched(days=9, pause=0)))
    ),
    "history-loading": lambda: sheet(Archivist(None)),
    "history-failed": lambda: sheet(Archivist(StorageError("the disk"))),
    "history-replay": lambda: sheet(Archivist(whatsapp()), replay="October 2021"),
}


def main() -> None:
    """Save them."""
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    folder, only = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    for shade, colours in (("light", palettes.light()), ("dark", palettes.dark())):
        app.setPalette(colours)
        for name, make in STATES.items():
            for size, room in SIZES.items():
                if only and name not in only:
                    continue
                made = make()
                made.setStyleSheet(stylesheet(present()))
                made.resize(*room)
                made.show()
                for _ in range(5):
                    app.processEvents()
                made.grab().save(str(folder / f"{name}{size}-{shade}.png"))
                made.close()
                made.deleteLater()


if __name__ == "__main__":
    main()
