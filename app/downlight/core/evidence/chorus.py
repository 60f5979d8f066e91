"""What people write about one service, minute by minute, out of all their feeds.

Each feed has a usual of its own, and a minute is compared with the usual of those that
answer: a feed that is silent because it cannot be read makes nobody look calm.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.detectors.baseline import FLOOR, Numbers
from downlight.core.detectors.counts import RISE, Counts
from downlight.core.fusion.seen import Posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from downlight.core.model import Report, SourceId

MINUTE: Final = timedelta(minutes=1)
DELAY: Final = timedelta(minutes=2)
"""How long after its end a minute is complete: what is written is found later. Assumed.
"""
GAP: Final = timedelta(hours=1)
"""When nobody was heard for longer, what was written meanwhile is not told of."""
MOST: Final = 2 * GAP
"""No answer is looked at for more minutes than this after the last that was told."""
PEOPLE: Final = 15
"""Minutes in which people are counted, each of them once (study)."""


@dataclass(frozen=True, slots=True)
class Minute:
    """What is known of one minute of one feed."""

    posts: int = 0
    """How many were seen."""
    whole: bool = False
    """Whether those are all; else there may be more."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard from one feed."""

    counts: Counts = field(default_factory=Counts)
    """What is usual there."""
    at: datetime | None = None
    """When the answer came that was taken in last."""
    minutes: Mapping[datetime, Minute] = field(default_factory=dict)
    """Those that the answers speak of, and that were not told of by then."""

    def noted(self, report: Report, since: datetime, now: datetime) -> Heard:
        """Take in what an answer says of the minutes after ``since``.

        One that holds only the newest posts may say less of a minute than an earlier
        one did: what was known stays known.
        """
        tally = _tally((report,), since)
        reaches, minutes = report.reaches, {}
        for minute in _minutes(since, _minute(min(report.at, now, since + MOST))):
            known, posts = self.minutes.get(minute, Minute()), tally[minute]
            if minute + MINUTE + DELAY <= report.at and (
                reaches is None or reaches < minute
            ):
                minutes[minute] = Minute(posts, whole=True)
            else:
                minutes[minute] = replace(known, posts=max(posts, known.posts))
        return Heard(self.counts, report.at, minutes)

    def learnt(self, since: datetime, until: datetime) -> Heard:
        """Learn the minutes that are known as a whole, in order."""
        counts = self.counts
        for minute in _minutes(since, until):
            found = self.minutes[minute]
            counts = counts.after(found.posts if found.whole else None, minute)
        return replace(self, counts=counts)


@dataclass(frozen=True, slots=True)
class Chorus:
    """What people write about one service; of constant size."""

    feeds: Mapping[SourceId, Heard] = field(default_factory=dict)
    at: datetime | None = None
    """The last minute that is over and done with; None before anyone was heard."""
    recent: tuple[int, ...] = ()
    """Posts in each of the `PEOPLE` minutes up to then."""

    def after(
        self, reports: Sequence[Report], now: datetime
    ) -> tuple[Chorus, tuple[Posts, ...]]:
        """Take in the answers of all feeds that are to be had.

        Args:
            reports: The last one of each feed, new or not.
            now: The present moment (aware, UTC).

        Returns:
            What is remembered, and the minutes that are complete since the last time,
            oldest first. Left out are those of which a feed knows only a part, unless
            that part alone is what an outage brings; and all while no feed has learnt
            for a week, after a gap, and at the first time.
        """
        if not any(self._is_new(report) for report in reports):
            return self, ()
        done = _minute(min(now, *(report.at for report in reports)) - DELAY) - MINUTE
        at, recent = self.at, self.recent
        if at is None or abs(done - at) > GAP:
            at, recent = done, self._before(reports, done)
        heard = {
            report.source: self._feed(report.source).noted(report, at, now)
            for report in reports
        }
        ready = [feed for feed in heard.values() if feed.counts.baseline.is_ready]
        told = []
        for minute in _minutes(at, done):
            posts = sum(feed.minutes[minute].posts for feed in ready)
            recent = (*recent, posts)[-PEOPLE:]
            if said := _said(ready, minute, posts, sum(recent)):
                told.append(said)
        heard = {id_: feed.learnt(at, done) for id_, feed in heard.items()}
        return Chorus({**self.feeds, **heard}, max(at, done), recent), tuple(told)

    def numbers(self) -> dict[SourceId, Numbers]:
        """Return what is worth keeping in the journal, by feed."""
        return {id_: feed.counts.numbers() for id_, feed in self.feeds.items()}

    @classmethod
    def of(cls, numbers: Mapping[SourceId, Sequence[float]]) -> Chorus:
        """Return what ``numbers`` gave.

        Raises:
            ValueError: They are not what a chorus gives.
        """
        return cls({id_: Heard(Counts.of(found)) for id_, found in numbers.items()})

    def _is_new(self, report: Report) -> bool:
        return self._feed(report.source).at != report.at

    def _feed(self, id_: SourceId) -> Heard:
        return self.feeds.get(id_) or Heard()

    def _before(self, reports: Sequence[Report], until: datetime) -> tuple[int, ...]:
        """Return who wrote before anything is told: they are people as well."""
        since = until - PEOPLE * MINUTE
        ready = (
            report
            for report in reports
            if self._feed(report.source).counts.baseline.is_ready
        )
        tally = _tally(ready, since)
        return tuple(tally[minute] for minute in _minutes(since, until))


def _said(
    feeds: Sequence[Heard], minute: datetime, posts: int, people: int
) -> Posts | None:
    """Return what all feeds say of a minute, compared with what is usual there.

    Args:
        feeds: Those that have learnt enough.
        minute: Which one.
        posts: How many they have of it.
        people: How many wrote within 15 minutes.
    """
    known = [(feed.counts.baseline.expected(minute), feed) for feed in feeds]
    # The least that is expected is expected of all together, not of each.
    usual = sum(expected for expected, _ in known if expected > FLOOR) or FLOOR
    whole = all(feed.minutes[minute].whole for feed in feeds)
    if not feeds or not (whole or posts >= RISE * usual):
        return None
    spread = sum(expected * feed.counts.baseline.dispersion for expected, feed in known)
    spread /= sum(expected for expected, _ in known)
    return Posts(minute, posts, usual, people, max(1.0, spread))


def _tally(reports: Iterable[Report], since: datetime) -> Counter[datetime]:
    return Counter(
        _minute(at) for report in reports for at in report.mentions if at >= since
    )


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _minutes(since: datetime, until: datetime) -> Iterator[datetime]:
    """Return the minutes after ``since``, up to and with ``until``."""
    return (since + n * MINUTE for n in range(1, (until - since) // MINUTE + 1))
