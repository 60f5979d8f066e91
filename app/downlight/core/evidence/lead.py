"""Who saw an outage first, and how much earlier than its official page said so.

Four stamps per incident: the first of people's posts, of our own failures, of the
signs in countries, of the official word. All are moments at which *we* saw it (of our
own checks: when the run of failures began), never what a provider wrote afterwards.
What they say in words is in `lead_words`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import weights
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.model import SKEW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

FORGET: Final = timedelta(hours=1)
"""After so long without any sign the next one belongs to another incident. Assumed."""
STEP: Final = timedelta(minutes=10)
"""How often it is noted that a sign goes on: each time it is written to the disk."""

_STAMPED: Final = frozenset({Voice.PEOPLE, Voice.OWN, Voice.COUNTRIES, Voice.OFFICIAL})


@dataclass(frozen=True, slots=True)
class Stamps:
    """When each kind of evidence first showed the incident, as far as we saw it.

    Moments are aware and in UTC; None is what has not shown it.
    """

    posts: datetime | None = None
    """When people first wrote more than usual about it."""
    own: datetime | None = None
    """When the run of our own failed checks began."""
    regional: datetime | None = None
    """When measurements in countries first failed."""
    official: datetime | None = None
    """When we first saw the official page name it."""
    sign: datetime | None = None
    """When any of them last spoke; none of the others is later."""

    @property
    def first(self) -> datetime | None:
        """When anybody first saw it; None before anybody did."""
        seen = (self.posts, self.own, self.regional, self.official)
        return min((at for at in seen if at is not None), default=None)

    @property
    def others(self) -> tuple[tuple[datetime, Voice], ...]:
        """Who but the official page saw it and when, the first first.

        Of those at the same moment our own checks come first, then people.
        """
        stamps = (
            (self.own, Voice.OWN),
            (self.posts, Voice.PEOPLE),
            (self.regional, Voice.COUNTRIES),
        )
        seen = [(at, voice) for at, voice in stamps if at is not None]
        return tuple(sorted(seen, key=_moment))


UNSEEN: Final = Stamps()
"""Nobody saw anything."""


@dataclass(frozen=True, slots=True)
class Lead:
    """How much earlier than the official page somebody else saw it."""

    voice: Voice
    """Who saw it first, the official page left out."""
    by: timedelta
    """The measured difference, not rounded; below 0 if the page was first."""


def note(
    stamps: Stamps,
    findings: Iterable[Finding],
    home: str,
    now: datetime,
    abroad: Collection[str] = (),
) -> Stamps:
    """Take what is found at one moment into account.

    Args:
        stamps: What was stamped before.
        findings: What the voices say, each at most once.
        home: The person's country (ISO 3166-1 alpha-2); empty when not known.
        now: The present (aware, UTC).
        abroad: The countries the trouble is in, where it is not in the person's own
            (`Judgement.abroad`).

    Returns:
        The stamps; the very same object when nothing is new.
    """
    known = UNSEEN if _is_over(stamps, now) else stamps
    spoken = {found.voice: found for found in findings if _speaks(found, home, abroad)}
    if not spoken:
        return known
    first = {voice: _first(found, now) for voice, found in spoken.items()}
    signs = [min(found.at, now) for found in spoken.values()]
    sign = max(*signs, known.sign or signs[0])
    noted = Stamps(
        posts=known.posts or first.get(Voice.PEOPLE),
        own=known.own or first.get(Voice.OWN),
        regional=known.regional or first.get(Voice.COUNTRIES),
        official=known.official or first.get(Voice.OFFICIAL),
        sign=sign,
    )
    if known.sign is not None and sign - known.sign < STEP:
        again = replace(noted, sign=known.sign)
        noted = known if again == known else noted
    return stamps if noted == stamps else noted


def gap(stamps: Stamps) -> Lead | None:
    """Return who saw it first and how much earlier than the official page.

    None while either the official word or any other sign is missing.
    """
    if stamps.official is None or not stamps.others:
        return None
    at, voice = stamps.others[0]
    return Lead(voice, stamps.official - at)


def _is_over(stamps: Stamps, now: datetime) -> bool:
    """Whether the last sign is too old, or of a clock that was set back since."""
    return stamps.sign is not None and not (-SKEW <= now - stamps.sign < FORGET)


def _speaks(found: Finding, home: str, abroad: Collection[str]) -> bool:
    """Whether it was found now, there, and supports that there is a problem."""
    return (
        found.voice in _STAMPED
        and found.weight >= weights.SUPPORT
        and found.sign is not Sign.FIRST  # may be a blip: the second tells
        and not (found.silent or found.carried or found.is_elsewhere(home, abroad))
    )


def _first(found: Finding, now: datetime) -> datetime:
    """Return when we first saw what was found; never later than now."""
    began = found.since if found.voice is Voice.OWN else None
    return min(began or found.at, found.at, now)


def _moment(stamp: tuple[datetime, Voice]) -> datetime:
    return stamp[0]
