"""One outage laid over another, from its beginning on. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING

from downlight.core.saying.words import age
from downlight.core.speech import tr, trn
from downlight.ui.history.rows import title

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.history.past import Outage


@unique
class Part(StrEnum):
    """A stretch of an outage that is laid over another."""

    UNHEARD = "unheard"
    """The provider had not said a word."""
    HEARD = "heard"
    """It had spoken."""
    PLAIN = "plain"
    """Whether it had spoken is not known."""
    OPEN = "open"
    """Nobody knows how much longer it was, or it goes on."""


@dataclass(frozen=True, slots=True)
class Track:
    """An outage from its beginning on, as far as it is known."""

    name: str
    parts: tuple[tuple[timedelta, timedelta, Part], ...]
    """From when to when, after the beginning; they follow each other."""
    messages: tuple[timedelta, ...]
    """When the provider's page said something."""
    words: str
    """All of it, for those who do not see it."""

    @property
    def length(self) -> timedelta:
        """How long it is drawn."""
        return self.parts[-1][1] if self.parts else timedelta()


def track(outage: Outage, now: datetime, zone: tzinfo | None = None) -> Track | None:
    """Return an outage to lay over another; None when its beginning is not known.

    Args:
        outage: Which.
        now: The present, up to which it goes on, if it does.
        zone: Zone for clock times; None for the system's.
    """
    if not outage.to_the_hour:
        return None
    said = tuple(at - outage.begun for at in outage.said if at >= outage.begun)
    word = max(outage.word - outage.begun, timedelta()) if outage.word else None
    length = now - outage.begun if outage.lasts else outage.length
    seen = max((*said, word or timedelta()), default=timedelta())
    end = length if length is not None else seen
    parts = _parts(word, end, silent=outage.silent is True)
    if length is None or outage.lasts:
        parts = (*parts, (end, end + max(end / 10, timedelta(minutes=5)), Part.OPEN))
    inside = tuple(at for at in said if at <= end)
    name = title(outage, zone)
    return Track(name, parts, inside, f"{name}: {_course(outage, word, end, inside)}.")


def _parts(
    word: timedelta | None, end: timedelta, *, silent: bool
) -> tuple[tuple[timedelta, timedelta, Part], ...]:
    start = timedelta()
    if word is None or word >= end:
        part = Part.UNHEARD if silent or word is not None else Part.PLAIN
        parts = [(start, end, part)]
    else:
        parts = [(start, word, Part.UNHEARD), (word, end, Part.HEARD)]
    return tuple(it for it in parts if it[0] < it[1])


def _course(
    outage: Outage,
    word: timedelta | None,
    end: timedelta,
    messages: tuple[timedelta, ...],
) -> str:
    said = [tr("lasted {length}", length=age(end))]
    if outage.lasts:
        said = [tr("has gone on for {length}", length=age(end))]
    elif outage.length is None:
        said = [tr("not known how long it lasted")]
    if word is not None:
        said.append(tr("the provider first spoke after {length}", length=age(word)))
    elif outage.silent:
        said.append(tr("the provider said nothing"))
    else:
        said.append(tr("not known when the provider first spoke"))
    if messages:
        n = len(messages)
        said.append(trn("one message on its page", "{n} messages on its page", n))
    return ", ".join(said)
