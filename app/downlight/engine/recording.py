"""Recordings: answers of the network on disk, and a network that makes them.

A recording is a folder with ``index.jsonl``, one line per answer: ``at`` (ISO 8601,
UTC), ``url``, ``status``, ``headers``, ``body`` (a file in the folder), or ``error``
(a word of `core.errors.Reason`, e.g. ``timeout``) in place of the last three. At a
moment a URL answers with its latest line at or before it; before the first it is
unreachable.
A connection is written as ``tcp://host:port`` or ``tls://host:port``.

Of the headers only ``content-type`` is read, and of it only the charset; what we
record ourselves holds just that, as the media type is not handed on to us.

``about.toml`` beside it may say what it is, and in tables ``[[outage]]`` what is known
to be true: ``service`` (a slug), ``began`` and ``ended`` (with their time zone; without
``ended`` it outlasted the recording). Only a back-test reads them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, get_args

from downlight.core.errors import (
    Reason,
    RecordingError,
    Refused,
    SourceError,
    Unreachable,
)
from downlight.core.speech import mark
from downlight.core.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import timedelta
    from pathlib import Path

    from downlight.core.ports import Answer, Web
    from downlight.core.source import SourceInfo

INDEX: Final = "index.jsonl"
REASONS: Final[frozenset[str]] = frozenset(get_args(Reason))
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2200
"""Moments beyond are mistakes, and the end of the calendar is not far."""
LONGEST: Final = 200
"""What is said about a bad line is cut to so many characters."""


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
    digest: str
    """Of the index: tells one recording from another, whatever its folder is called."""

    @property
    def name(self) -> str:
        """The name of the folder."""
        return _name(self.folder)

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
    try:
        raw = (folder / INDEX).read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(folder, f"no readable {INDEX} in it") from error
    entries = []
    # Not splitlines: U+2028 and its like may stand inside a string of JSON.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(json.loads(line), folder))
        except _BAD_LINE as error:
            raise _bad(folder, f"{INDEX} line {number}: {_why(error)}") from error
    if not entries:
        raise _bad(folder, f"{INDEX} holds no answers")
    entries.sort(key=lambda entry: entry.at)
    digest = hashlib.blake2b(raw, digest_size=16).hexdigest()
    return Recording(folder, tuple(entries), digest)


_BAD_LINE: Final = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,  # a status of 1e999
    RecursionError,  # brackets without end
    OSError,  # a file name no file system takes
)


def _why(error: Exception) -> str:
    """Return what is wrong with a line, in words of bounded length."""
    if isinstance(error, KeyError):
        return f"missing {error}"
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, OSError):
        return f"its body: {error.strerror}"
    return cut(str(error), LONGEST)


def _entry(raw: dict[str, Any], folder: Path) -> Entry:
    at = datetime.fromisoformat(raw["at"])
    if at.tzinfo is None:
        raise ValueError("'at' has no time zone")
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError(f"'at' is not between {FIRST_YEAR} and {LAST_YEAR}")
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
    return RecordingError(f"{_name(folder)}: {message}")


def _name(folder: Path) -> str:
    return folder.name or folder.resolve().name


def prepare(folder: Path) -> None:
    """Make sure that a recording can be written to ``folder``; makes it if need be.

    Raises:
        RecordingError: It cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / INDEX).open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> RecordingError:
    trouble = _bad(folder, f"cannot be written ({error.strerror})")
    trouble.title = mark("Recording not written")
    return trouble


class RecordingWeb:
    """A network that writes down what it answers."""

    def __init__(
        self, web: Web, folder: Path, on_lost: Callable[[RecordingError], object]
    ) -> None:
        """Record ``web``.

        Args:
            web: Whose answers these are.
            folder: Where to; see `prepare`. What it holds is added to.
            on_lost: Called when an answer cannot be written down. The answer
                itself is good all the same, and whoever asked gets it.
        """
        self._web = web
        self._folder = folder
        self._on_lost = on_lost
        self._latest: dict[str, dict[str, object]] = {}

    def now(self) -> datetime:
        """Return the present moment."""
        return self._web.now()

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Fetch ``url`` and keep the answer; an unchanged one is not kept twice."""
        try:
            answer = await self._web.get(url, accept=accept, headers=headers)
        except SourceError as error:
            self._fail(url, error)
            raise
        kind = f"charset={answer.charset}" if answer.charset else ""
        self._keep(
            answer.at,
            url,
            {
                "status": 200,
                "headers": {"content-type": kind} if kind else {},
                "body": f"{answer.fingerprint}.body",
            },
            answer.body,
        )
        return answer

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Log in somewhere; neither question nor answer is kept, they hold secrets."""
        return await self._web.post(url, body, headers=headers)

    async def secret(self, name: str) -> str:
        """Return a secret, which is not kept."""
        return await self._web.secret(name)

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Look up ``host`` and keep the addresses, a line each, as a body."""
        url = f"dns://{host}"
        try:
            found = await self._web.resolve(host)
        except SourceError as error:
            self._fail(url, error)
            raise
        body = "\n".join(found).encode()
        name = hashlib.blake2b(body, digest_size=16).hexdigest()
        what = {"status": 200, "headers": {}, "body": f"{name}.body"}
        self._keep(self.now(), url, what, body)
        return found

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Connect and keep the outcome."""
        url = f"{'tls' if tls else 'tcp'}://{host}:{port}"
        try:
            took = await self._web.dial(host, port, tls=tls)
        except SourceError as error:
            self._fail(url, error)
            raise
        self._keep(self.now(), url, {"status": 200, "headers": {}, "body": ""})
        return took

    def _fail(self, url: str, error: SourceError) -> None:
        if isinstance(error, Refused):
            what = {"status": error.status, "headers": {}, "body": ""}
        else:
            reason = error.reason if isinstance(error, Unreachable) else "broken"
            what = {"error": reason}
        self._keep(self.now(), url, what)

    def _keep(
        self, at: datetime, url: str, what: dict[str, object], body: bytes = b""
    ) -> None:
        """Write down what ``url`` answered, unless it just answered the same."""
        if self._latest.get(url) == what:
            return
        line = {"at": at.isoformat(), "url": url, **what}
        try:
            if what.get("body"):
                (self._folder / str(what["body"])).write_bytes(body)
            with (self._folder / INDEX).open("a", encoding="utf-8") as index:
                index.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            self._on_lost(_unwritable(self._folder, error))
        else:  # only now: what is not on the disk is still to be written
            self._latest[url] = what
