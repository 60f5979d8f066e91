"""What all findings about one service say together, at this moment.

Each voice counts once: its reddest finding, or its calmest when none is red. What is
said of other countries only does not count here. The sum is the log-odds of a problem;
how bad it is, and whose, says `ruling`.

Where all that gives no trouble, what is said of other countries the person named is
weighed by itself: what is seen from here tells nothing of there, and the other way
round. Measurements fail there too often for more than a remark (`core.abroad`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import weights
from downlight.core.fusion.findings import KIN, Finding, Sign, Voice
from downlight.core.fusion.gate import BENT, DEAD, Fault
from downlight.core.fusion.ruling import TROUBLE, Scales, State, rule
from downlight.core.places.countries import named
from downlight.core.scope import Scope
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


_SHARES: Final = {
    Voice.OFFICIAL: 0.125,
    Voice.OWN: 0.175,
    Voice.PEOPLE: 0.15,
    Voice.COUNTRIES: 0.05,
}
"""What hearing each voice adds to how sure "all well" can be, beside one half. Assumed
(the other half is that outages are rare)."""
_ONE_VOICE: Final = 0.85
"""How sure one voice can make us that is not the official page. Assumed."""
_SURE_FAULT: Final = 0.95
"""How sure we are of a fault of the own line that is plainly seen. Assumed."""
_LIKELY_FAULT: Final = 0.8
"""How sure we are of one that is concluded. Assumed."""
UNSURE: Final = 0.3
"""How sure we are of knowing nothing. Assumed."""
_BEYOND: Final = mark("There is a problem in {places}, not in your region")
_PERHAPS_HERE: Final = mark("There is a problem in {places}; your country is not known")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the evidence of one moment says, before anything is believed."""

    state: State | None
    """None: it cannot be told."""
    odds: float
    """Log-odds of a problem here, or ``abroad``, in nats."""
    places: tuple[str, ...]
    """Countries the trouble is limited to; empty when nobody limits it."""
    scope: Scope
    support: frozenset[Voice]
    """Who says, with some weight, that there is a problem here."""
    official: bool
    """Whether the official page says so, lately."""
    blocked: bool
    """Only this country's measurements and our own checks say so: as a block would."""
    fault: Fault | None
    remarks: tuple[str, ...]
    """What goes before the reasons, for a person."""
    reasons: tuple[Finding, ...]
    """All findings, the heaviest first."""
    home: str = ""
    alone: bool = False
    """Whether nobody but the official page is heard, or could be."""
    abroad: tuple[str, ...] = ()
    """Countries the person named that it is about; empty when it is about here."""

    @property
    def elsewhere(self) -> bool:
        """Whether the official page names trouble, but in other countries only."""
        pages = [f for f in self.reasons if f.voice is Voice.OFFICIAL]
        return not self.abroad and any(f.is_elsewhere(self.home) for f in pages)

    @property
    def confirmed(self) -> bool:
        """Whether it is more than one voice's word, or the official page's."""
        many = len(self.support) > 1 and self.odds >= weights.CONFIRM
        return self.official or many


def weigh(
    findings: Iterable[Finding],
    fault: Fault | None,
    home: str,
    also: Iterable[str] = (),
    *,
    others: bool = False,
) -> Opinion:
    """Weigh all findings about one service; their order does not matter.

    Args:
        findings: What everybody says, the silent included.
        fault: What is wrong with the own line, if anything.
        home: The person's country; empty when not known.
        also: Other countries whose trouble counts, too, when there is none here. They
            change nothing while ``home`` is empty: then nothing is elsewhere.
        others: Whether others than the official page are asked. One that is not heard
            just now may have begun an outage, so the page is not alone.
    """
    reasons = tuple(sorted(findings, key=_rank))
    here = _opinion(reasons, fault, home, others=others)
    afar = {p for f in reasons if f.is_elsewhere(home) for p in f.places}
    abroad = tuple(land for land in also if land in afar)
    if abroad and here.state not in TROUBLE:
        there = _opinion(reasons, fault, home, abroad)
        if there.state in TROUBLE:
            return there
    return here


def _opinion(
    reasons: tuple[Finding, ...],
    fault: Fault | None,
    home: str,
    abroad: tuple[str, ...] = (),
    *,
    others: bool = False,
) -> Opinion:
    """Return what is said of here, or of countries ``abroad`` where any are given."""
    spoken = tuple(f for f in reasons if not f.silent)
    here = tuple(f for f in spoken if not f.is_elsewhere(home, abroad))
    scales = Scales(
        here,
        frozenset(f.sign for f in here),
        _odds(here),
        frozenset(
            f.voice for f in here if f.weight >= weights.SUPPORT and f.voice not in KIN
        ),
        fault,
        any(f.voice is Voice.OFFICIAL for f in spoken if f not in here),
    )
    state, remark = rule(scales)
    heard = {f.voice for f in (here if abroad else spoken)} - KIN
    alone = heard == {Voice.OFFICIAL} and not others and fault in {None, Fault.UNASKED}
    if abroad:
        whose = named(abroad)
        remark = tr("There is a problem in {places}, which you named", places=whose)
    remarks: tuple[str, ...] = (remark,) if remark else ()
    afar = sorted({place for f in spoken if f not in here for place in f.places})
    if state is State.OPERATIONAL and _odds(spoken) >= weights.ENTER:
        words = _BEYOND if home else _PERHAPS_HERE
        remarks += (tr(words, places=named(afar)),)
    places = _places(here)
    return Opinion(
        state,
        scales.odds,
        places,
        _scope(scales, places),
        scales.support,
        scales.official or (alone and Sign.OLD_RED in scales.signs),
        Sign.HOME_FAILS in scales.signs
        and scales.support <= {Voice.COUNTRIES, Voice.OWN},
        fault,
        remarks,
        reasons,
        home,
        alone,
        abroad,
    )


def confidence(state: State | None, opinion: Opinion) -> float:
    """Return how sure we are of a state, 0 to 1.

    A source that is silent never makes us surer: what it said last for the state is
    gone, what it said against it still counts as doubt.
    """
    home, abroad = opinion.home, opinion.abroad
    here = [f for f in opinion.reasons if not f.is_elsewhere(home, abroad)]
    if state is None:
        return UNSURE
    if state in TROUBLE:
        sure = _chance(_doubted(here, min))
        one = len(opinion.support) < 2 and not opinion.official  # noqa: PLR2004 - two voices
        return min(sure, _ONE_VOICE) if one else sure
    if state is State.ITS_YOU:
        plain = opinion.fault in DEAD | BENT
        return _SURE_FAULT if plain else _LIKELY_FAULT
    heard = {f.voice for f in opinion.reasons if not (f.silent or f.carried)}
    share = 0.5 + sum(part for voice, part in _SHARES.items() if voice in heard)
    return (1 - _chance(_doubted(here, max))) * share


def _rank(f: Finding) -> tuple[object, ...]:
    """Return what puts findings into the same order, however they came."""
    # Not by its words: they are another order in another language.
    return (-abs(f.weight), f.voice, f.sign, f.code, f.places, str(f.since))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def _choose(weighing: list[float]) -> float:
    """Return what one voice weighs: its reddest, or its calmest when none is red."""
    if not weighing:
        return 0.0
    red = max(weighing)
    return red if red > 0 else min(weighing)


def _odds(spoken: Iterable[Finding]) -> float:
    said: dict[Voice, list[float]] = {voice: [] for voice in Voice}
    for finding in spoken:
        said[finding.voice].append(finding.weight)
    return weights.PRIOR + sum(_choose(said[voice]) for voice in Voice)


def _doubted(
    findings: Iterable[Finding], pick: Callable[[float, float], float]
) -> float:
    """Return the odds with what the silent said last counted where it is doubt.

    Args:
        findings: All that count here, the silent included.
        pick: ``min`` when calm is the doubt, ``max`` when trouble is.
    """
    said: dict[Voice, list[Finding]] = {voice: [] for voice in Voice}
    for finding in findings:
        said[finding.voice].append(finding)
    return weights.PRIOR + sum(
        pick(
            _choose([f.weight for f in own if not f.silent]),
            _choose([f.said if f.silent else f.weight for f in own]),
        )
        for own in said.values()
    )


def _places(here: Iterable[Finding]) -> tuple[str, ...]:
    """Return the countries it is limited to: as the page says, else others."""
    limits = {f.voice: f.places for f in here if f.places}
    order = (Voice.OFFICIAL, Voice.COUNTRIES, Voice.PEOPLE)
    return next((limits[voice] for voice in order if voice in limits), ())


def _scope(scales: Scales, places: tuple[str, ...]) -> Scope:
    if places:
        return Scope.PLACES
    if Sign.MANY_FAIL in scales.signs:
        return Scope.GLOBAL
    return Scope.HERE if scales.support == {Voice.OWN} else Scope.UNKNOWN
