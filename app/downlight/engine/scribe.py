"""Writes to the journal what changed; what the disk refuses is written later."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import StorageError
from downlight.engine.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from downlight.core.health import Kept
    from downlight.core.memory import Journal
    from downlight.core.model import SourceId

log = logging.getLogger(__name__)

UNSAVED: Final = 1000
"""How many events are kept for a disk that refuses, to be written later."""
HEALTH_GAP: Final = timedelta(minutes=10)
"""Longest time in which a poll does not write how the sources are doing."""


class Scribe:
    """Keeps the journal of one run."""

    def __init__(
        self,
        journal: Journal,
        standings: Callable[[Collection[SourceId], datetime], Mapping[SourceId, Kept]],
        learnt: Callable[[], Mapping[str, str]],
        began: datetime,
        *,
        replay: bool,
    ) -> None:
        """Take over a journal.

        Args:
            journal: Where it is written.
            standings: Says how sources stand, to be kept.
            learnt: Says what was learnt since it was last asked, by the key to keep
                it under.
            began: When the run began.
            replay: Whether a recording is played: then its position is kept with
                each poll, and not how its sources are doing.
        """
        self._journal = journal
        self._standings = standings
        self._learnt = learnt
        self._replay = replay
        self._unsaved = Entry()
        """What a refusing disk has not taken yet."""
        self._polled: set[SourceId] = set()
        """Whose standing has changed since it was written."""
        self._noted = began
        """When standings were last written."""
        self.trouble = ""
        """Why the journal is not written; empty while it is."""

    def keep(self, at: datetime, entry: Entry, id_: SourceId, due: datetime) -> None:
        """Write what a poll of ``id_`` changed, if anything.

        Args:
            at: The present moment.
            entry: What changed.
            id_: Who was asked.
            due: When it is asked next.
        """
        entry = self._unsaved.then(entry)
        meta = {}
        if self._replay:
            meta = {"position": at.isoformat(), f"due/{id_}": due.isoformat()}
        else:
            self._polled.add(id_)
            if not (entry.reports or entry.tracks or entry.events):
                # A moment in the future is of a clock that was set back since.
                if self.trouble or not timedelta() <= at - self._noted < HEALTH_GAP:
                    self._note(at)
                return
        self._write(at, entry, meta)

    def _write(self, at: datetime, entry: Entry, meta: dict[str, str]) -> None:
        meta["looked"] = at.isoformat()
        health = self._standings(self._polled, at)
        try:
            self._journal.write(
                at,
                entry.reports,
                entry.tracks,
                entry.events,
                meta=meta,
                health=health,
            )
        except StorageError as error:
            self._refused(error)
            self._unsaved = replace(entry, events=entry.events[-UNSAVED:])
        else:
            self._unsaved = Entry()
            self._written(at)

    def note(self, at: datetime, entry: Entry) -> None:
        """Write what changed though nobody was asked, if anything did."""
        if entry.tracks or entry.events:
            self._write(at, self._unsaved.then(entry), {})

    def close(self, at: datetime) -> None:
        """Write what is left at the end of the run."""
        if self._polled:
            self._note(at)

    def _note(self, at: datetime) -> None:
        """Write how the sources that were asked are doing, and what was learnt."""
        health, learnt = self._standings(self._polled, at), self._learnt()
        try:
            self._journal.write_health(health, learnt)
        except StorageError as error:
            self._refused(error)
        else:
            self._written(at)

    def _written(self, at: datetime) -> None:
        self._polled.clear()
        self._noted, self.trouble = at, ""

    def _refused(self, error: StorageError) -> None:
        if not self.trouble:
            log.warning("journal not written: %s", error)
        self.trouble = error.words
