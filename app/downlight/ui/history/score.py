"""How the provider speaks of its outages: figures, or why there are none. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.history import figures
from downlight.core.history.figure_words import ground, pauses, rests_on, share_words
from downlight.core.history.figures import LEAST
from downlight.core.saying.words import age, joined
from downlight.core.speech import mark, number, tr, trn
from downlight.ui.history.figures import there

if TYPE_CHECKING:
    from datetime import tzinfo

    from downlight.core.history.figures import Lengths, Scorecard
    from downlight.core.history.past import Past

UNKNOWN: Final = mark("not known")
_FEW_DELAYS: Final = mark(
    "It takes {least} outages of which it is known when others had the first sign and "
    "when the provider first spoke; {there}."
)
_FEW_HEARD: Final = mark(
    "It takes {least} outages of which it is known whether the provider wrote a word; "
    "{there}."
)


@dataclass(frozen=True, slots=True)
class Score:
    """One figure about the provider."""

    name: str
    value: str
    """`UNKNOWN` where it cannot be said."""
    note: str
    """What it rests on, or why it is not known."""
    is_known: bool = True


def scores(past: Past, zone: tzinfo | None = None) -> tuple[Score, ...]:
    """Return how the provider speaks of its outages, and how often it worked."""
    found = figures.scorecard(past)
    return (
        _delay(found, past.service.speaker, zone),
        _gaps(found, zone),
        _silent(found, past, zone),
        _uptime(past, zone),
    )


def _delay(found: Scorecard, speaker: str, zone: tzinfo | None) -> Score:
    name = tr("Until {speaker} first spoke", speaker=speaker)
    value = _middle(found.delay)
    if not value:
        return _unknown(name, _few(_FEW_DELAYS, found.delay.n))
    return Score(name, value, ground(found.delay.basis, zone))


def _gaps(found: Scorecard, zone: tzinfo | None) -> Score:
    name = tr("Between two of its messages")
    value, n = _middle(found.gaps), found.gaps.n
    if value:
        return Score(name, value, f"{pauses(found.gaps, zone)}.")
    why = tr("none is known")
    if n:
        why = trn("only one is known", "only {n} are known", n)
    least = number(LEAST)
    note = tr("It takes {least} pauses between messages; {why}.", least=least, why=why)
    return _unknown(name, note)


def _silent(found: Scorecard, past: Past, zone: tzinfo | None) -> Score:
    name = tr("Outages without a word")
    if found.silent is None:
        why = _few(_FEW_HEARD, found.heard.n)
        listed = "" if past.lists else tr("Its page is not known to list outages.")
        return _unknown(name, joined(why, listed))
    heard = number(found.heard.n)
    value = tr("none of {all}", all=heard)
    if found.silent:
        value = tr("{n} of {all}", n=number(found.silent), all=heard)
    return Score(name, value, ground(found.heard, zone))


def _uptime(past: Past, zone: tzinfo | None) -> Score:
    name = tr("Worked while Downlight watched")
    found = figures.uptime(past, past.since, past.now) if past.since else None
    if found is None:
        return _unknown(name, tr("It takes a day of watching."))
    looked = age(found.looked)
    note = tr("No outage in {looked} of watching.", looked=looked)
    if found.basis.n:
        note = tr(
            "Down for {down} of {looked}, {basis}.",
            down=age(found.down),
            looked=looked,
            basis=rests_on(found.basis, zone),
        )
    return Score(name, share_words(found.share), note)


def _unknown(name: str, why: str) -> Score:
    return Score(name, tr(UNKNOWN), why, is_known=False)


def _middle(found: Lengths) -> str:
    """Return the middle and the longest; empty from too few."""
    if found.median is None or found.longest is None:
        return ""
    return tr(
        "{median} in the middle case, {longest} at worst",
        median=age(found.median),
        longest=age(found.longest),
    )


def _few(words: str, n: int) -> str:
    return tr(words, least=number(LEAST), there=there(n))
