"""What the window remembers of each service: what turned, and what was seen of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.fusion.findings import Voice
from downlight.core.saying.words import stamp

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from downlight.core.evidence.lead import Stamps
    from downlight.core.fusion.findings import Finding
    from downlight.core.fusion.judgement import Judgement
    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView, Snapshot

KEPT: Final = 50
"""Turns that are remembered of a service; older ones are forgotten."""
SEEN: Final = 1000
"""Entries of a service of which it is remembered that they were seen."""
HEARD: Final = (Voice.OWN, Voice.COUNTRIES, Voice.PEOPLE)
"""Whose turns are remembered; the official page tells its own story."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A kind of evidence that came to say something else."""

    at: datetime
    """When (aware, UTC), as far as we saw it."""
    voice: Voice
    text: str
    """What it says since, as a whole sentence."""
    trouble: bool
    """Whether it speaks for trouble since."""

    @property
    def key(self) -> str:
        """Names it among all turns of the service."""
        return f"{self.voice}/{stamp(self.at)}/{self.trouble}"


class Diary:
    """Remembers while the program runs; one replay does not mix with another."""

    def __init__(self) -> None:
        self._replay, self._slug = "", ""
        self._before: frozenset[str] = frozenset()
        self._turns: dict[ServiceSlug, deque[Turn]] = {}
        self._says: dict[tuple[ServiceSlug, Voice], bool] = {}
        self._weighed: dict[ServiceSlug, Judgement] = {}
        self._known: dict[ServiceSlug, dict[str, None]] = {}
        """In the order in which they were seen last."""

    def note(self, snapshot: Snapshot) -> None:
        """Take down what is said otherwise than before."""
        if snapshot.replay != self._replay:
            self._replay, self._slug = snapshot.replay, ""
            for kept in (self._turns, self._says, self._weighed, self._known):
                kept.clear()  # all of it is of another time
        for view in snapshot.services:
            slug, judgement = view.service.slug, view.verdict.judgement
            if judgement is not None and self._weighed.get(slug) is not judgement:
                self._weighed[slug] = judgement
                self._compare(view, judgement)

    def turns(self, slug: ServiceSlug) -> tuple[Turn, ...]:
        """Return what turned with a service, the latest last."""
        return tuple(self._turns.get(slug, ()))

    def come(self, slug: ServiceSlug, keys: Collection[str]) -> frozenset[str]:
        """Return which entries are new to the person, who now looks at a service.

        What was there at the first look is not new, nor what was there when the person
        last turned away.

        Args:
            slug: Of which service.
            keys: The names of all entries there are of it.
        """
        there = frozenset(keys)
        if slug != self._slug:
            self._slug = slug
            self._before = frozenset(self._known.get(slug, there))
        seen = [key for key in self._known.get(slug, ()) if key not in there]
        self._known[slug] = dict.fromkeys([*seen, *keys][-SEEN:])
        return there - self._before

    def leave(self) -> None:
        """Note that nobody looks any more."""
        self._slug = ""

    def _compare(self, view: ServiceView, judgement: Judgement) -> None:
        slug = view.service.slug
        for voice in HEARD:
            said = [f for f in judgement.reasons if f.voice is voice and _is_now(f)]
            if not said:
                continue  # it is not known whether anything turned
            found = max(said, key=lambda f: f.weight)
            bad, before = found.weight > 0, self._says.get((slug, voice), False)
            self._says[slug, voice] = bad
            if bad is not before:
                at = _began(found, voice, view.stamps) if bad else found.at
                turn = Turn(at, voice, f"{found.words}.", bad)
                self._turns.setdefault(slug, deque(maxlen=KEPT)).append(turn)


def _is_now(found: Finding) -> bool:
    return not (found.silent or found.carried or found.fading)


def _began(found: Finding, voice: Voice, stamps: Stamps) -> datetime:
    """Return since when a kind of evidence speaks for trouble."""
    first = {
        Voice.OWN: stamps.own,
        Voice.COUNTRIES: stamps.regional,
        Voice.PEOPLE: stamps.posts,
    }[voice]
    return found.since or first or found.at
