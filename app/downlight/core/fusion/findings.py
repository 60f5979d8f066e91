"""Findings: who says what, where, since when, and how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from collections.abc import Collection


@unique
class Voice(StrEnum):
    """A kind of evidence; each counts once, however many speak with it."""

    OFFICIAL = "official"
    OWN = "own"
    PEOPLE = "people"
    COUNTRIES = "countries"
    PARENT = "parent"
    SIBLINGS = "siblings"


KIN: Final = frozenset({Voice.PARENT, Voice.SIBLINGS})
"""Context: it shifts the odds, but never counts as evidence of its own."""


@unique
class Sign(StrEnum):
    """What a finding says, in one word."""

    # the official page
    MAJOR = "major"
    MINOR = "minor"
    OLD_RED = "old_red"
    GREEN = "green"
    RESOLVED = "resolved"
    PLANNED = "planned"
    OVERRUN = "overrun"
    # our own checks
    PASS = "pass"  # noqa: S105 - no password: the check passes
    LAGGING = "slow"
    FIRST = "first"
    """One failed round: may be a blip."""
    SOME = "some"
    SOME_PATH = "some_path"
    SERVER_ERROR = "server_error"
    WRONG = "wrong"
    PATH = "path"
    EXPIRED = "expired"
    UNTRUSTED = "untrusted"
    NOT_TOLD = "not_told"
    """Looked, and learnt nothing."""
    # people
    QUIET = "quiet"
    STIR = "stir"
    FEW = "few"
    RISE = "rise"
    STEADY = "steady"
    SURGE = "surge"
    FLOOD = "flood"
    # measurements in countries
    HOME_FAILS = "home_fails"
    MANY_FAIL = "many_fail"
    OTHERS_FAIL = "others_fail"
    FINE = "fine"
    # kin
    PARENT = "parent"
    SIBLINGS = "siblings"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is known, and how much it weighs."""

    voice: Voice
    sign: Sign
    at: datetime
    """When it was seen (aware, UTC)."""
    weight: float
    """In nats; above 0 speaks for a problem, below against one."""
    words: str
    """For a person, without a full stop."""
    code: str = ""
    """The same for who reads protocols, e.g. ``http_5xx``."""
    places: tuple[str, ...] = ()
    """Countries it speaks of; empty when of everywhere."""
    since: datetime | None = None
    """Since when it is so, as far as we saw it."""
    telling: bool = False
    """Whether its calm speaks against a failing check of our own."""
    carried: bool = False
    """Whether it stands in for an answer that was missed."""
    fading: bool = False
    """Whether it still weighs for what was a short while ago, not for now."""
    silent: bool = False
    """Whether it says nothing now; then ``weight`` is 0."""
    said: float = 0.0
    """While ``silent``: what it weighed when it spoke last. Counts as doubt only."""

    def is_elsewhere(self, home: str, abroad: Collection[str] = ()) -> bool:
        """Whether it speaks of other countries only; not while ours is unknown.

        Args:
            home: The person's country; empty when not known.
            abroad: Ask about these countries instead, where there are any. Then what
                names no country, as our own checks, is elsewhere, too: it was seen
                from here.
        """
        if abroad:
            return not set(abroad).intersection(self.places)
        return bool(self.places and home) and home not in self.places


CARRY: Final = {
    Voice.OFFICIAL: timedelta(minutes=15),
    Voice.PEOPLE: timedelta(minutes=5),
}
"""How long a last answer stands in for a missed one."""
FORGET: Final = timedelta(hours=6)
"""How long what a silent voice said last still makes us doubt."""

_SILENT: Final = {
    Voice.OFFICIAL: mark("The official page cannot be read now"),
    Voice.OWN: mark("Our own checks say nothing now"),
    Voice.PEOPLE: mark("What people write cannot be read now"),
    Voice.COUNTRIES: mark("There are no measurements in countries now"),
}


def settle(
    new: Finding | None, last: Finding | None, now: datetime, *, carry: bool = True
) -> Finding | None:
    """Return what a voice says: now, or carried over, or that it is silent.

    Args:
        new: What was found now, if anything.
        last: What it said when it spoke last, if it ever did.
        now: The present moment.
        carry: Whether a last answer stands in for a missed one at all.
    """
    if new is not None and not new.silent:
        return new
    if last is None or now - last.at > FORGET:
        return new
    if new is not None:
        return replace(new, said=last.weight)
    if carry and now - last.at <= CARRY.get(last.voice, timedelta()):
        return replace(last, carried=True)
    words = tr(_SILENT[last.voice])
    return replace(last, weight=0.0, said=last.weight, silent=True, words=words)
