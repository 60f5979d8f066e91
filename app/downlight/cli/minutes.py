"""``downlight replay --table``: what is said at each minute of a recording."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from downlight import wiring
from downlight.cli import console, forms, playback
from downlight.cli.sinks import Latest
from downlight.core.evidence.why import why
from downlight.core.saying import service_words, words
from downlight.engine import replay as player
from downlight.engine.outlet import BREATH
from downlight.engine.poller import Alarm

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable
    from datetime import datetime

    from downlight.core.evidence.why import Reason
    from downlight.core.level import Level
    from downlight.core.news import ServiceView, Snapshot
    from downlight.engine.clock import VirtualLoop
    from downlight.engine.engine import Plan
    from downlight.engine.recording import Recording

GATHERED: Final = BREATH + timedelta(milliseconds=100)
"""What is known at a moment is shown by then."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was said of one service, from one look to the last that was the same."""

    start: datetime
    last: datetime
    slug: str
    name: str
    level: Level | None
    sure: int | None
    """In percent; None where nothing is claimed."""
    sentence: str
    reasons: tuple[str, ...]
    """What it goes by, the heaviest first."""

    def says_the_same(self, other: Row) -> bool:
        """Whether only the time differs."""
        return self == replace(other, start=self.start, last=self.last)


class Minutes:
    """Writes down what is said, again and again."""

    def __init__(self, start: datetime, step: timedelta, home: str) -> None:
        """Begin with nothing said.

        Args:
            start: When to look first.
            step: How long between two looks.
            home: The person's country; empty when not known.
        """
        self._start = start
        self._step = step
        self._home = home
        self._rows: dict[str, list[Row]] = {}
        self._snapshot: Snapshot | None = None
        self.sink = Latest(self._keep)

    @property
    def rows(self) -> list[Row]:
        """What was said of all services, by time."""
        found = [row for rows in self._rows.values() for row in rows]
        return sorted(found, key=lambda row: row.start)

    async def watch(self, loop: VirtualLoop) -> None:
        """Look at each step, until cancelled."""
        at, alarm = self._start, Alarm()
        while True:
            await alarm.sleep(at + GATHERED - loop.clock())
            if self._snapshot is not None:
                for view in self._snapshot.services:
                    self._add(_row(view, at, self._home))
            at += self._step

    def _keep(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def _add(self, row: Row) -> None:
        rows = self._rows.setdefault(row.slug, [])
        if rows and rows[-1].says_the_same(row):
            rows[-1] = replace(rows[-1], last=row.last)
        else:
            rows.append(row)


def run(options: Namespace, tape: Recording, plan: Plan) -> int:
    """Play a recording and print what is said of each service, minute by minute.

    Raises:
        DownlightError: It cannot be played.
    """
    home = wiring.open_home(options.data)
    country = wiring.said_country(home.settings)
    minutes = Minutes(tape.start, timedelta(seconds=options.step), country)
    until = player.end(tape, plan, options.until)
    playback.play(tape, plan, home.settings, until, minutes.sink, minutes.watch)
    if options.json:
        for row in minutes.rows:
            console.say(forms.dump(_form(row)))
        return 0
    console.say(f"What is said of {wiring.about(tape.folder).title}.")
    console.show(_table(minutes.rows, exact=options.step % 60 != 0))
    return 0


def _row(view: ServiceView, at: datetime, home: str) -> Row:
    verdict = view.verdict
    reason = why(verdict, view.stamps, at, home=home)
    sure = verdict.judgement.confidence if verdict.judgement and reason.sure else None
    said = [_reason(found) for found in reason.reasons]
    if reason.missing:
        said.append(reason.missing)
    return Row(
        at,
        at,
        view.service.slug,
        view.service.name,
        verdict.level,
        None if sure is None else int(100 * sure),  # 99.8 % is not all
        service_words.sentence(view.service, verdict, view.since, at),
        (*reason.remarks, *said),
    )


def _reason(found: Reason) -> str:
    """Return a reason with who says so, unless its words tell."""
    named = found.who.lower() in found.words.lower()
    return found.words if named else f"{found.who}: {found.words}"


def _table(rows: Iterable[Row], *, exact: bool) -> Table:
    """Return the rows for a person, in the time zone the sentences are in."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("time", "service", "word", "sure"):
        table.add_column(name, no_wrap=True)
    table.add_column("what is said, and why")
    day = ""
    for row in rows:
        start, last = row.start.astimezone(), row.last.astimezone()
        if day != (day := f"{start:%Y-%m-%d}"):
            table.add_row(Text(day, style="bold"))
        form = "%H:%M:%S" if exact else "%H:%M"
        time = f"{start:{form}}"
        if row.last > row.start:
            time += f"–{last:{form}}"
        said = Text(row.sentence)
        for reason in row.reasons:
            said.append(f"\n· {reason}", style="dim")
        sure = "" if row.sure is None else f"{row.sure} %"
        table.add_row(time, Text(row.name), words.LEVEL_WORDS[row.level], sure, said)
    return table


def _form(row: Row) -> dict[str, Any]:
    return {
        "from": forms.moment(row.start),
        "to": forms.moment(row.last),
        "service": row.slug,
        "level": row.level and row.level.code,
        "word": words.LEVEL_WORDS[row.level],
        "sure": row.sure,
        "sentence": row.sentence,
        "reasons": list(row.reasons),
    }
