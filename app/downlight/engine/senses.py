"""What is usual and what is not: how many people write, how long our checks take.

The engine's memory beside the standings. No asyncio and no I/O; what was learnt goes
out as text for the journal, and comes back from there.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from downlight.core.evidence.chorus import Chorus
from downlight.core.evidence.pace import Pace
from downlight.core.model import SourceId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from downlight.core.fusion.seen import Posts
    from downlight.core.model import Report, ServiceSlug
    from downlight.core.service import Service
    from downlight.core.source import SourceInfo

_T = TypeVar("_T", Chorus, Pace)

log = logging.getLogger(__name__)

USUAL: Final = "usual/"
"""Begins the key of what people write about a service, by its slug."""
PACE: Final = "pace/"
"""Begins the key of how long our checks take, by their source."""


def _nothing(_key: str) -> str | None:
    return None


class Senses:
    """What was learnt of all that is watched. Belongs to the engine's thread."""

    def __init__(self) -> None:
        """Begin with nothing learnt."""
        self._feeds: dict[ServiceSlug, frozenset[SourceId]] = {}
        """Where people write about each service."""
        self._measured: frozenset[SourceId] = frozenset()
        self._choruses: dict[ServiceSlug, Chorus] = {}
        self._paces: dict[SourceId, Pace] = {}
        self._changed: dict[str, Chorus | Pace] = {}
        """What learnt since it was last given out, by its key."""
        self._read: Callable[[str], str | None] = _nothing

    def restore(self, read: Callable[[str], str | None]) -> None:
        """Take over what an earlier run learnt, each part when it is first wanted.

        Args:
            read: Returns what was kept under a key, or None.
        """
        self._read = read

    def adopt(self, services: Iterable[Service], infos: Iterable[SourceInfo]) -> None:
        """Watch exactly these from now on; what was learnt of others is not lost."""
        kinds = {info.id: info.kind for info in infos}
        self._measured = frozenset(id_ for id_ in kinds if kinds[id_] == "measured")
        self._feeds = {
            service.slug: found
            for service in services
            if (
                found := frozenset(
                    feed.source
                    for feed in service.feeds
                    if kinds.get(feed.source) == "people"
                )
            )
        }

    def take(self, report: Report) -> None:
        """Learn how long one round of our own checks took; others pass."""
        id_ = report.source
        if id_ in self._measured:
            before = self._pace(id_)
            after = self._paces[id_] = before.after(report)
            if after.latency is not before.latency:
                self._changed[f"{PACE}{id_}"] = after

    def is_slow(self, id_: SourceId) -> bool:
        """Whether our own checks of a source are slower than ever before."""
        return id_ in self._measured and self._pace(id_).is_slow

    def posts(
        self, slug: ServiceSlug, reports: Sequence[Report], now: datetime
    ) -> tuple[Posts, ...]:
        """Return the minutes that became complete since this was last asked.

        Args:
            slug: The service.
            reports: The last report of each of its sources that counts; asking again
                with the same ones costs little, and gives nothing.
            now: The present moment (aware, UTC).
        """
        feeds = self._feeds.get(slug)
        if feeds is None:
            return ()
        before = self._chorus(slug, feeds)
        heard = [report for report in reports if report.source in feeds]
        after, posts = before.after(heard, now)
        self._choruses[slug] = after
        if after.at != before.at:
            self._changed[f"{USUAL}{slug}"] = after
        return posts

    def kept(self) -> dict[str, str]:
        """Return what was learnt since this was last asked, by key, to be kept."""
        changed, self._changed = self._changed, {}
        return {
            key: msgspec.json.encode(learnt.numbers()).decode()
            for key, learnt in changed.items()
        }

    def _chorus(self, slug: ServiceSlug, feeds: frozenset[SourceId]) -> Chorus:
        def read(text: str) -> Chorus:
            kept = msgspec.json.decode(text, type=dict[SourceId, list[float]])
            return Chorus.of({id_: kept[id_] for id_ in feeds & kept.keys()})

        found = self._choruses.get(slug)
        if found is None:
            found = self._recalled(f"{USUAL}{slug}", read) or Chorus()
            self._choruses[slug] = found
        return found

    def _pace(self, id_: SourceId) -> Pace:
        found = self._paces.get(id_)
        if found is None:
            found = self._recalled(f"{PACE}{id_}", _pace) or Pace()
            self._paces[id_] = found
        return found

    def _recalled(self, key: str, made: Callable[[str], _T]) -> _T | None:
        """Return what was kept under a key; None where nothing was, or it is broken."""
        text = self._read(key)
        try:
            return None if text is None else made(text)
        except (msgspec.MsgspecError, ValueError) as error:
            log.warning("%s: what was kept is broken, learning anew: %s", key, error)
            return None


def _pace(text: str) -> Pace:
    return Pace.of(msgspec.json.decode(text, type=list[float | None]))
