"""What people write: how strongly it rises above the usual.

The strength is the capped sum of `detectors.counts`, so that one minute of a bot, or
a backlog, is no outage; how many people write, for how long and where decides the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import sqrt
from typing import TYPE_CHECKING, Final

from downlight.core.detectors.counts import ELEVATED, Cusum
from downlight.core.fusion import weights
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.voices import hot_places
from downlight.core.speech import mark, number, tr, trn

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.fusion.seen import Posts

REMEMBERED: Final = 10
"""Minutes the mean ratio is taken over."""
LEAST: Final = 1e-3
"""Nobody's usual is less, reports per minute: a ratio needs something to divide by."""
_WEIGHTS: Final = {
    Sign.FEW: 0.0,
    Sign.RISE: weights.PEOPLE_RISE,
    Sign.STEADY: weights.PEOPLE_STEADY,
    Sign.SURGE: weights.PEOPLE_SURGE,
    Sign.FLOOD: weights.PEOPLE_SURGE,
}
_RISEN: Final = frozenset({Sign.RISE, Sign.STEADY, Sign.SURGE, Sign.FLOOD})
_WORDS: Final = {
    Sign.QUIET: mark("People write no more than usual"),
    Sign.STIR: mark("People write a little more than usual"),
    Sign.FEW: mark("Very few people write very often"),
    Sign.RISE: mark("People write more than usual"),
    Sign.STEADY: mark("Many people have been writing more than usual for long"),
    Sign.SURGE: mark("Many people write far more than usual"),
    Sign.FLOOD: mark("A flood of people writes"),
}
_FADING: Final = mark("People wrote more than usual until lately")
_JUST_NOW: Final = mark("People write more than usual just now")


@dataclass(frozen=True, slots=True)
class Crowd:
    """How what people write has been of late."""

    strength: Cusum = field(default_factory=Cusum)
    """How strongly it rises."""
    ratios: tuple[float, ...] = ()
    """Times the usual in each of the last minutes, `REMEMBERED` at most."""
    surging: int = 0
    """Surging minutes in a row."""
    risen: int = 0
    """Risen minutes in a row."""
    at: datetime | None = None
    """The minute counted last."""

    @property
    def mean(self) -> float:
        """Times the usual, in the mean; 0 before anything was counted."""
        return sum(self.ratios) / max(1, len(self.ratios))

    def rebased(self) -> Crowd:
        """Return what is kept when the minutes before are worth little."""
        return Crowd(strength=self.strength)


def count(crowd: Crowd, posts: Posts) -> Crowd:
    """Take one more minute into account; the same minute only once."""
    if crowd.at is not None and posts.at <= crowd.at:
        return crowd
    usual = max(LEAST, posts.usual)
    strength = crowd.strength.after(posts.rate, usual, posts.spread)
    ratio = _ratio(posts)
    return Crowd(
        strength,
        (*crowd.ratios, ratio)[-REMEMBERED:],
        crowd.surging + 1 if ratio >= weights.SURGE_RATIO else 0,
        crowd.risen + 1 if strength.nats >= ELEVATED else 0,
        posts.at,
    )


def listen(crowd: Crowd, posts: Posts, *, siblings: int, alone: bool) -> Finding:
    """Return what the crowd says, once the minute is counted.

    Args:
        crowd: How it has been, this minute included.
        posts: This minute.
        siblings: How many related services are in alarm: people mix them up.
        alone: Whether our own checks have been failing on the way for long.
    """
    sign = _sign(crowd, posts, siblings)
    calm = sign is Sign.QUIET and not _is_rising(crowd, posts)
    telling = calm and posts.usual >= weights.TELLING
    weight = _WEIGHTS.get(sign, 0.0)
    if sign is Sign.QUIET:
        weight = _calm(posts)
    if telling and alone:
        weight = weights.PEOPLE_QUIET_LONG
    ratio = _ratio(posts)
    fading = sign in _RISEN | {Sign.STIR} and ratio < weights.FADED
    trouble = _FADING if fading else _WORDS[sign]
    if sign not in _RISEN and sign is not Sign.FEW and ratio >= weights.COLD_RATIO:
        trouble = _JUST_NOW
    words = tr(
        "{trouble}: ×{ratio} the usual reports, {who}",
        trouble=tr(trouble),
        ratio=number(ratio, 1),
        who=trn("{n} person", "{n} people", posts.people),
    )
    found = Finding(Voice.PEOPLE, sign, posts.at, weight, words, code=sign)
    places = hot_places(posts.places)
    return replace(found, places=places, telling=telling, fading=fading)


def _is_rising(crowd: Crowd, posts: Posts) -> bool:
    """Whether the last minutes together lie clearly above the usual, sudden or not."""
    expected = len(crowd.ratios) * posts.usual
    return (crowd.mean - 1) * sqrt(expected / posts.spread) > weights.RISING


def _ratio(posts: Posts) -> float:
    return posts.rate / max(LEAST, posts.usual)


def _sign(crowd: Crowd, posts: Posts, siblings: int) -> Sign:
    if crowd.strength.nats < ELEVATED:
        stirs = crowd.strength.nats >= weights.STIR
        return Sign.STIR if stirs else Sign.QUIET
    if posts.people < weights.FEW:
        return Sign.FEW
    if posts.people < weights.MANY:
        return Sign.RISE
    if crowd.surging >= weights.SURGE_MINUTES:
        flood = crowd.mean >= weights.FLOOD_RATIO
        return (
            Sign.FLOOD if flood and posts.people >= weights.FLOOD_PEOPLE else Sign.SURGE
        )
    steady = crowd.risen >= weights.STEADY_MINUTES and siblings == 0
    return Sign.STEADY if steady and crowd.mean >= weights.STEADY_RATIO else Sign.RISE


def _calm(posts: Posts) -> float:
    if posts.usual >= weights.LIVELY:
        return weights.PEOPLE_QUIET
    return weights.PEOPLE_QUIET_SMALL if posts.usual >= weights.SMALL else 0.0
