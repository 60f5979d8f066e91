"""Recordings: answers of the network on disk, and a network made of them.

A recording is a folder with ``index.jsonl``, one line per answer: ``at`` (ISO 8601,
UTC), ``url``, ``status``, ``headers``, ``body`` (a file in the folder), or ``error``
(``timeout``, ``refused``, ``dns``, ``tls``) in place of the last three. At a moment a
URL answers with its latest line at or before it; before the first it is unreachable.
A connection is written as ``tcp://host:port`` or ``tls://host:port``.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Self, get_args

from downlight.core.errors import (
    Reason,
    RecordingError,
    Refused,
    SourceError,
    Unreachable,
)
from downlight.core.ports import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from downlight.core.ports import Clock, SourceInfo, Web

INDEX: Final = "index.jsonl"
REASONS: Final[frozenset[str]] = frozenset(get_args(Reason))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a recording."""

    at: datetime
    url: str
    status: int = 0
    body: str = ""
    """File in the folder; empty for an empty body."""
    content_type: str = ""
    error: Reason | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded stretch of time."""

    folder: Path
    entries: tuple[Entry, ...]
    """By time; at least one."""

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.folder.name

    @property
    def start(self) -> datetime:
        """The moment of the first answer."""
        return self.entries[0].at

    @property
    def end(self) -> datetime:
        """The moment of the last answer."""
        return self.entries[-1].at

    def mentions(self, info: SourceInfo) -> bool:
        """Whether any answer is of what a source asks."""
        ours = tuple(url.split("?")[0] for url in info.urls)
        return any(entry.url.split("?")[0] in ours for entry in self.entries)


def load(folder: Path) -> Recording:
    """Read a recording.

    Raises:
        RecordingError: It is not one, or a line cannot be read; names the line.
    """
    entries = []
    for number, text in _lines(folder):
        try:
            entries.append(_entry(json.loads(text), folder))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            what = f"missing {error}" if isinstance(error, KeyError) else str(error)
            raise _bad(folder, f"{INDEX} line {number}: {what}") from error
    if not entries:
        raise _bad(folder, f"{INDEX} holds no answers")
    entries.sort(key=lambda entry: entry.at)
    return Recording(folder, tuple(entries))


def _lines(folder: Path) -> Iterator[tuple[int, str]]:
    try:
        text = (folder / INDEX).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(folder, f"no readable {INDEX} in it") from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield number, line


def _entry(raw: dict[str, Any], folder: Path) -> Entry:
    at = datetime.fromisoformat(raw["at"])
    if at.tzinfo is None:
        raise ValueError("'at' has no time zone")
    url = str(raw["url"])
    error = raw.get("error")
    if error is not None:
        if error not in REASONS:
            raise ValueError(f"unknown error {error!r}")
        return Entry(at.astimezone(UTC), url, error=error)
    body = str(raw.get("body") or "")
    if body and not (folder / body).resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"body {body!r} lies outside the recording")
    if body and not (folder / body).is_file():
        raise ValueError(f"body {body!r} is missing")
    headers = {k.lower(): str(v) for k, v in (raw.get("headers") or {}).items()}
    return Entry(
        at.astimezone(UTC),
        url,
        int(raw["status"]),
        body,
        headers.get("content-type", ""),
    )


def _bad(folder: Path, message: str) -> RecordingError:
    error = RecordingError(f"{folder.name}: {message}")
    error.hint = message[:1].upper() + message[1:] + "."
    return error


class RecordedWeb:
    """A network that answers as it did then."""

    def __init__(self, recording: Recording, clock: Clock) -> None:
        """Play ``recording`` by ``clock``."""
        self._recording = recording
        self._clock = clock
        self._by_url: dict[str, list[Entry]] = {}
        for entry in recording.entries:
            self._by_url.setdefault(entry.url, []).append(entry)

    async def __aenter__(self) -> Self:
        """Open; there is nothing to open."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close; there is nothing to close."""

    def now(self) -> datetime:
        """Return the moment of the replay."""
        return self._clock()

    async def get(self, url: str, *, accept: str = "") -> Answer:
        """Return what ``url`` answered then.

        Raises:
            Unreachable: It did not, or nobody asked it.
            Refused: It answered with an error status.
        """
        del accept
        entry = self._at(url)
        if entry.status >= HTTPStatus.BAD_REQUEST:
            raise Refused(entry.status)
        try:
            body = (
                (self._recording.folder / entry.body).read_bytes()
                if entry.body
                else b""
            )
        except OSError as error:
            raise Unreachable(f"{entry.body} cannot be read") from error
        charset = entry.content_type.partition("charset=")[2].strip(" \"'") or None
        return Answer(url, body, self._clock(), charset=charset)

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Connect as it went then; took no time.

        Raises:
            Unreachable: It failed, or nobody tried.
        """
        self._at(f"{'tls' if tls else 'tcp'}://{host}:{port}")
        return timedelta()

    def _at(self, url: str) -> Entry:
        entries: Sequence[Entry] = self._by_url.get(url, ())
        index = bisect_right(entries, self._clock(), key=lambda entry: entry.at)
        if not index:
            raise Unreachable("not in the recording")
        entry = entries[index - 1]
        if entry.error is not None:
            raise Unreachable(f"recorded: {entry.error}", entry.error)
        return entry


class RecordingWeb:
    """A network that writes down what it answers."""

    def __init__(self, web: Web, folder: Path) -> None:
        """Write to ``folder``, which is made if need be and added to if not empty.

        Raises:
            RecordingError: The folder cannot be written.
        """
        self._web = web
        self._folder = folder
        self._latest: dict[str, tuple[int, str]] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / INDEX).touch()
        except OSError as error:
            raise _bad(folder, f"it cannot be written ({error.strerror})") from error

    def now(self) -> datetime:
        """Return the present moment."""
        return self._web.now()

    async def get(self, url: str, *, accept: str = "application/json") -> Answer:
        """Fetch ``url`` and keep the answer; an unchanged one is not kept twice."""
        try:
            answer = await self._web.get(url, accept=accept)
        except SourceError as error:
            self._fail(url, error)
            raise
        if self._is_new(url, 200, answer.fingerprint):
            name = f"{answer.fingerprint}.body"
            (self._folder / name).write_bytes(answer.body)
            kind = f"charset={answer.charset}" if answer.charset else ""
            headers = {"content-type": kind} if kind else {}
            self._write(answer.at, url, status=200, headers=headers, body=name)
        return answer

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Connect and keep the outcome."""
        url = f"{'tls' if tls else 'tcp'}://{host}:{port}"
        try:
            took = await self._web.dial(host, port, tls=tls)
        except SourceError as error:
            self._fail(url, error)
            raise
        if self._is_new(url, 200, ""):
            self._write(self.now(), url, status=200, headers={}, body="")
        return took

    def _fail(self, url: str, error: SourceError) -> None:
        if isinstance(error, Refused):
            if self._is_new(url, error.status, ""):
                self._write(self.now(), url, status=error.status, headers={}, body="")
            return
        reason = error.reason if isinstance(error, Unreachable) else "broken"
        if self._is_new(url, 0, reason):
            self._write(self.now(), url, error=reason)

    def _is_new(self, url: str, status: int, what: str) -> bool:
        """Whether this differs from the latest of ``url``; remembers it."""
        new = self._latest.get(url) != (status, what)
        self._latest[url] = (status, what)
        return new

    def _write(self, at: datetime, url: str, **rest: object) -> None:
        line = {"at": at.isoformat(), "url": url, **rest}
        with (self._folder / INDEX).open("a", encoding="utf-8") as index:
            index.write(json.dumps(line, ensure_ascii=False) + "\n")
