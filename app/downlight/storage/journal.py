"""The journal: the memory that outlives the program, in an SQLite database.

It keeps, each in one transaction or not at all: the newest report of each source
and those that said something else, incidents with their updates, events, the
outcome of every attempt to notify, what was decided about it, who is muted, what was
known about each service, how each source is doing, and a few small values. How much
of it is kept is said in `limits`; old rows go when the journal is opened and after
every `PRUNE_EVERY` writes.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

from downlight.core.evidence.story import Track
from downlight.core.history.past import Traces
from downlight.core.model import ServiceSlug
from downlight.core.news import Turn
from downlight.storage import decisions as decided
from downlight.storage import health as healths
from downlight.storage import opening, wire
from downlight.storage import past as pasts
from downlight.storage.faults import of_database
from downlight.storage.limits import RULE, Limits, prune
from downlight.storage.reports import NEWEST, keep, keep_incidents, report_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from downlight.core.health import Kept
    from downlight.core.model import Incident, Report, SourceId
    from downlight.core.news import Delivery, Event
    from downlight.core.ports import Clock
    from downlight.core.telling.decided import Decided
    from downlight.core.telling.mute import Mute

PRUNE_EVERY: Final = 200
"""Writes between two looks at what is too old or too much."""

DECISIONS: Final = 1000
"""So many are told when nobody says how many."""

PATIENCE: Final = timedelta(seconds=5)
"""How long we wait for another process or thread that is writing."""

_KEEP_META: Final = (
    "INSERT INTO meta VALUES (?, ?) "
    "ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
_TOLD: Final = ", ".join(f"'{turn}'" for turn in Turn if turn.is_worth_telling)
_UNTOLD: Final = f"""
    SELECT * FROM events WHERE turn IN ({_TOLD}) AND held = '' AND at >= ?
    AND NOT EXISTS (
        SELECT 1 FROM deliveries
        WHERE event = events.id AND outcome IN ('delivered', 'held'))
    ORDER BY at, rowid"""  # noqa: S608 - the words of our own enumeration
_UNTAKEN: Final = """
    SELECT * FROM events WHERE at >= ? AND NOT EXISTS (
        SELECT 1 FROM deliveries
        WHERE event = events.id AND channel = ? AND outcome IN ('delivered', 'held'))
    ORDER BY at, rowid"""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_NOBODY: Final[Mapping[SourceId, Kept]] = MappingProxyType({})


def _now() -> datetime:
    return datetime.now(UTC)


class Journal:
    """What was seen and told. Any thread may use it; one at a time gets to.

    A thread that must not wait for another one opens a journal of its own on the
    same file. Every method raises `StorageError` when the disk refuses.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | None = None,
        *,
        trouble: str = "",
        limits: Limits = RULE,
        reports: bool = True,
    ) -> None:
        """Take over an open database; `open` and `in_memory` make one."""
        self.trouble = trouble
        """What a person must know about this journal; empty when nothing."""
        self._connection = connection
        self._path = path
        self._limits = limits
        self._keeps_reports = reports
        self._lock = threading.Lock()
        self._writes = 0

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        check: bool = True,
        clock: Clock = _now,
        patience: timedelta = PATIENCE,
        limits: Limits = RULE,
    ) -> Journal:
        """Open the journal at ``path``; begin one when there is none.

        A damaged, foreign or newer database is renamed, kept, and told of in
        `trouble`; a new one takes its place.

        Args:
            path: The database; folders above it are made.
            read_only: Change nothing; a journal that is missing or damaged is
                an error then.
            check: Look at every page for damage, about 1 ms per megabyte. Once
                per run is enough.
            clock: Stamps the name of a database that is set aside.
            patience: How long to wait for another writer.
            limits: How much to keep.

        Raises:
            StorageError: The disk refuses; its hint says what can be done.
        """
        manners = opening.Manners(patience, check)
        if read_only:
            return cls(opening.read_only(path, manners), path, limits=limits)
        connection, words = opening.open_or_begin(path, manners, clock)
        journal = cls(connection, path, trouble=words, limits=limits)
        try:
            with journal._transaction():
                prune(connection, limits)
        except BaseException:
            journal.close()
            raise
        return journal

    @classmethod
    def in_memory(cls, *, trouble: str = "", reports: bool = True) -> Journal:
        """Begin a journal that is forgotten when it is closed.

        Args:
            trouble: Why nothing is kept, in words for a person.
            reports: Whether reports are kept. Only the next start reads them, so a
                run without a next one can do without what they take.
        """
        return cls(opening.in_memory(), trouble=trouble, reports=reports)

    @property
    def is_kept(self) -> bool:
        """Whether it outlives the program."""
        return self._path is not None

    def close(self) -> None:
        """Let go of the file; harmless when done twice."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def tracks(self) -> Mapping[ServiceSlug, Track]:
        """Return what was known about each service when we last wrote."""
        rows = self._read("SELECT service, track FROM tracks")
        found = ((ServiceSlug(slug), wire.track_of(text)) for slug, text in rows)
        return {slug: track for slug, track in found if track is not None}

    def last_reports(self) -> Mapping[SourceId, Report]:
        """Return the newest report kept of each source."""
        found = map(report_of, self._read(NEWEST))
        return dict(pair for pair in found if pair is not None)

    def health(self) -> Mapping[SourceId, Kept]:
        """Return how each source stood when that was last written.

        Nothing when an earlier Downlight wrote the journal and it is only read.
        """
        there = self._read(healths.IS_THERE)
        return healths.health_of(self._read(healths.ALL)) if there else {}

    def write_health(
        self, health: Mapping[SourceId, Kept], meta: Mapping[str, str] = _NOTHING
    ) -> None:
        """Keep how these sources stand, and small values, in place of earlier ones."""
        with self._transaction() as connection:
            healths.keep(connection, health)
            pasts.keep(connection, health)
            self._keep_meta(connection, meta)

    def write(
        self,
        at: datetime,
        reports: Sequence[Report],
        tracks: Mapping[ServiceSlug, Track],
        events: Sequence[Event],
        *,
        meta: Mapping[str, str] = _NOTHING,
        health: Mapping[SourceId, Kept] = _NOBODY,
    ) -> None:
        """Keep all of it, or nothing, in one transaction.

        A report that says the same as the one before only moves the time at
        which it was last seen. Events that are already kept (same `Event.id`)
        are left as they are; values of ``meta`` and ``health`` are overwritten.
        """
        stamp = wire.moment(at)
        with self._transaction() as connection:
            for report in reports if self._keeps_reports else ():
                keep(connection, report)
            connection.executemany(
                "INSERT INTO tracks VALUES (?, ?, ?) ON CONFLICT (service) "
                "DO UPDATE SET at = excluded.at, track = excluded.track",
                [(slug, stamp, wire.to_json(track)) for slug, track in tracks.items()],
            )
            connection.executemany(
                "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO NOTHING",
                [wire.event_row(event) for event in events],
            )
            self._keep_meta(connection, meta)
            healths.keep(connection, health)
            pasts.keep(connection, health)
            self._writes += 1
            if self._writes % PRUNE_EVERY == 0:
                prune(connection, self._limits)

    @staticmethod
    def _keep_meta(connection: sqlite3.Connection, meta: Mapping[str, str]) -> None:
        values = [(key, wire.clean(value)) for key, value in meta.items()]
        connection.executemany(_KEEP_META, values)

    def meta(self, key: str) -> str | None:
        """Return a small remembered value, or None when there is none."""
        for (value,) in self._read("SELECT value FROM meta WHERE key = ?", key):
            return str(value)
        return None

    def set_meta(self, key: str, value: str) -> None:
        """Remember a small value, e.g. how far a recording was played."""
        with self._transaction() as connection:
            connection.execute(_KEEP_META, (key, wire.clean(value)))

    def undelivered(
        self, since: datetime, channel: str | None = None
    ) -> Sequence[Event]:
        """Return events that were not told yet, oldest first.

        Args:
            since: Older ones are left out.
            channel: Those this channel has not taken, of every turn; None: those
                worth a notification that no channel has taken or held.
        """
        if channel is None:
            return self._events(_UNTOLD, wire.moment(since))
        return self._events(_UNTAKEN, wire.moment(since), channel)

    def record_delivery(self, *deliveries: Delivery) -> None:
        """Keep the outcome of one attempt to notify, of all it told or of nothing.

        Of an event that the journal does not hold (never kept, or pruned since)
        nothing is kept.
        """
        rows = map(wire.delivery_row, deliveries)
        with self._transaction() as connection:
            connection.executemany(
                "INSERT INTO deliveries (event, channel, at, outcome, detail) "
                "SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM events WHERE id = ?)",
                [(*row, row[0]) for row in rows],
            )

    def undecided(self, since: datetime) -> Sequence[Event]:
        """Return events about which nothing was decided, oldest first.

        Args:
            since: Older ones are left out, as is what was told without a decision.
        """
        return self._events(decided.OPEN, wire.moment(since))

    def decide(
        self, decisions: Sequence[Decided], *, answered: Collection[ServiceSlug] = ()
    ) -> None:
        """Keep what was decided, all of it or nothing, in place of what was before.

        Args:
            decisions: Each event once.
            answered: Whose next end need not be told in any case any more.
        """
        with self._transaction() as connection:
            decided.keep(connection, decisions)
            asked = [(wire.clean(slug),) for slug in answered]
            connection.executemany("DELETE FROM once WHERE service = ?", asked)

    def decisions(self, most: int = DECISIONS) -> Sequence[Decided]:
        """Return what was decided about so many events, the newest event first.

        Nothing when an earlier Downlight wrote the journal and it is only read.
        """
        if not self._read(decided.IS_THERE):
            return ()
        found = map(decided.decided_of, self._read(decided.NEWEST, most))
        return tuple(it for it in found if it is not None)

    def mutes(self, at: datetime) -> Mapping[ServiceSlug, Mute]:
        """Return the mutes that hold at a moment."""
        found = decided.mutes_of(self._read(decided.MUTES))
        tracks = self.tracks() if any(m.until is None for m in found.values()) else {}
        open_ = {slug: track.episode for slug, track in tracks.items()}
        return {s: m for s, m in found.items() if m.lasts(at, open_.get(s, ""))}

    def mute(self, slug: ServiceSlug, it: Mute | None) -> None:
        """Keep a mute in place of an earlier one; None ends it."""
        with self._transaction() as connection:
            decided.mute(connection, slug, it)

    def once(self) -> frozenset[ServiceSlug]:
        """Return of whom the next end is to be told in any case."""
        return frozenset(
            ServiceSlug(slug) for (slug,) in self._read("SELECT * FROM once")
        )

    def ask_once(self, slug: ServiceSlug, *, wanted: bool = True) -> None:
        """Keep that the next end of a service is to be told in any case, or not."""
        with self._transaction() as connection:
            query = "INSERT OR IGNORE INTO once VALUES (?)"
            if not wanted:
                query = "DELETE FROM once WHERE service = ?"
            connection.execute(query, (wire.clean(slug),))

    def events(self, service: ServiceSlug | None = None) -> Sequence[Event]:
        """Return kept events, newest first, of one service or of all."""
        if service is None:
            return self._events("SELECT * FROM events ORDER BY at DESC, rowid DESC")
        return self._events(
            "SELECT * FROM events WHERE service = ? ORDER BY at DESC, rowid DESC",
            service,
        )

    def traces(
        self,
        service: ServiceSlug,
        sources: Collection[SourceId],
        pages: Collection[SourceId],
    ) -> Traces:
        """Return what is held about the past of a service.

        Only its events when an earlier Downlight wrote the journal and it is only read.

        Args:
            service: Which one.
            sources: Those that count as looking at it.
            pages: Those of them whose incidents are asked for.
        """
        tracks = (wire.track_of(text) for (text,) in self._read(pasts.TRACK, service))
        track = next(filter(None, tracks), Track())
        events = self._events(pasts.EVENTS, service)
        found = Traces(tuple(events), track.episode, track.began)
        if not self._read(pasts.IS_THERE):
            return found
        watched = (pasts.spans_of(self._read(pasts.WATCHED, id_)) for id_ in sources)
        told = (
            pasts.told_of(self._read(pasts.INCIDENTS, id_), self._read(pasts.SAID, id_))
            for id_ in pages
        )
        return replace(
            found,
            told=tuple(chain.from_iterable(told)),
            watched=tuple(chain.from_iterable(watched)),
        )

    def write_listed(
        self, source: SourceId, incidents: Sequence[Incident], at: datetime, listed: str
    ) -> None:
        """Keep what a source lists of the past, and when it was asked for it.

        Args:
            source: Which one.
            incidents: What it lists.
            at: When.
            listed: What to remember of the asking, for `listed`.
        """
        with self._transaction() as connection:
            keep_incidents(connection, source, incidents, at)
            self._keep_meta(connection, {f"listed/{source}": listed})

    def last_report(self, source: SourceId) -> Report | None:
        """Return the newest report kept of one source; None: there is none."""
        for (text,) in self._read(pasts.REPORT, source):
            return wire.report_of(text)
        return None

    def _events(self, query: str, *values: str) -> Sequence[Event]:
        found = map(wire.event_of, self._read(query, *values))
        return tuple(event for event in found if event is not None)

    def _read(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.ProgrammingError:
            raise  # a mistake of ours, e.g. used after it was closed
        except sqlite3.Error as error:
            raise of_database(error, self._path) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        with self._lock:
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except sqlite3.ProgrammingError:
                raise  # a mistake of ours, e.g. used after it was closed
            except sqlite3.Error as error:
                raise of_database(error, self._path) from error
            finally:
                _undo(connection)


def _undo(connection: sqlite3.Connection) -> None:
    """Leave no transaction open, whatever ended it."""
    if connection.in_transaction:
        with suppress(sqlite3.Error):  # what broke it is already being told
            connection.execute("ROLLBACK")
