"""Finds the place a name speaks of: "Frankfurt, Germany - (FRA)", "API (eu-west-1)".

What is found is shown to people as a fact. So a name that could mean two places
means none, and so does one that joins places or leaves one out ("Europe and UK",
"APAC except Japan").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from downlight.core.model import WORLD
from downlight.core.places import atlas
from downlight.core.places.atlas import Need
from downlight.core.places.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from downlight.core.model import Component, Incident, Place, Report
    from downlight.core.places.atlas import Atlas, Word

_REMEMBERED: Final = 2048
"""So many names are looked up once; the largest page lists 460."""
_LOOKED_AT: Final = 200
"""So many characters of a name are looked at."""
_BEFORE: Final = re.compile(r"(?:^|[(\[,/|:–—]|\s-)\s*$")
_AFTER: Final = re.compile(r"\s*(?:$|[)\],/|:–—]|-\s)")
_JOINED: Final = re.compile(r"[&+/]|\b(?:and|or)\b")  # "OR" is Oregon
_TURNS: Final = frozenset(
    {
        *("ex", "excl", "except", "excluding", "without", "outside", "not", "non"),
        *("other", "others", "rest", "to", "from", "via", "vs", "between"),
        *("about", "contact"),  # "CONTACT US"
    }
)
"""Words after or before which a place is not where something is."""
_TAIL: Final = re.compile(r",\s*([A-Z]{2})(?=\s*(?:$|[)\],/|:–—]|-\s))")
"""A state, province or country as it stands after a city: "Dublin, OH"."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A word of the table as it stands in a name."""

    sure: tuple[Word, ...]
    """What it means as it stands there."""
    loose: tuple[Word, ...]
    """What it could mean beside a word of the same country."""
    start: int
    end: int
    is_off: bool
    """Whether it stands alone, in brackets, after a comma or a dash."""


class Gazetteer:
    """The places of the world, by the words for them."""

    def __init__(self, table: Atlas) -> None:
        self._table = table
        self._look_up = lru_cache(maxsize=_REMEMBERED)(self._resolve)

    @classmethod
    def parse(cls, text: str) -> Gazetteer:
        """Read the table of places.

        Raises:
            ValueError: A row names a kind or a continent that there is not.
        """
        return cls(atlas.read(text))

    def find(self, words: str) -> Place | None:
        """Return the one place that a name or a code speaks of.

        Args:
            words: A code ("europe-west3"), a name ("Brazil"), or a part of a service
                that has one of them in its name.

        Returns:
            The place, as closely as the name says; None when it names none, several,
            or something that only looks like one.
        """
        return self._look_up(words[:_LOOKED_AT])

    def continent(self, place: Place) -> str:
        """Return the continent a place lies in; empty when in several, or unknown.

        The Middle East counts as one, and America is divided where its languages
        are.
        """
        own = self._table.places.get(place.code.casefold())
        if own == place and place.code in self._table.continents:
            return self._table.continents[place.code]
        there = {self._table.continents.get(code, "") for code in place.countries}
        return there.pop() if len(there) == 1 else ""

    def locate(self, report: Report) -> Report:
        """Return the report with places where its names and codes tell them.

        Done twice it changes nothing more; without anything to add, the very report
        is returned.
        """
        components = tuple(self._located(part) for part in report.components)
        places = {part.id: part.place for part in components}
        incidents = tuple(self._felt(found, places) for found in report.incidents)
        before = (*report.components, *report.incidents)
        if all(a is b for a, b in zip(before, (*components, *incidents), strict=True)):
            return report
        return replace(report, components=components, incidents=incidents)

    def _located(self, part: Component) -> Component:
        if part.place is not None:
            return part
        place = self._coded(part.region) if part.region else None
        place = place or self._named(part.name) or self._named(part.group or "")
        return part if place is None else replace(part, place=place)

    def _coded(self, code: str) -> Place | None:
        return self.find(code) or self._table.places.get(code.casefold())

    def _named(self, name: str) -> Place | None:
        """Return the place a part is bound to by its name.

        A part that is called "Global" is bound to none; its trouble need not be felt
        all over the world.
        """
        place = self.find(name)
        return None if place is None or place.code == WORLD else place

    def _felt(self, told: Incident, places: Mapping[str, Place | None]) -> Incident:
        if told.places:
            known = tuple(self._known(place) for place in told.places)
            return told if known == told.places else replace(told, places=known)
        bound = [places.get(id_) for id_ in told.component_ids]
        found = [place for place in bound if place is not None]
        # One part that is everywhere, or that we do not see, and it may be felt
        # anywhere.
        if not found or len(found) < len(bound):
            return told
        return replace(told, places=tuple({p.code: p for p in found}.values()))

    def _known(self, place: Place) -> Place:
        """Return the place a provider names with what we know about it."""
        if place.countries or place.code == WORLD:
            return place
        nameless = place.name in {"", place.code}
        known = None if nameless else self.find(place.name)
        if known is None and place.code in COUNTRIES:
            known = self._table.places.get(place.code.casefold())
        known = known or self._coded(place.code)
        if known is None:
            return place
        name = known.name if nameless else place.name
        return replace(place, name=name, countries=known.countries)

    def _resolve(self, words: str) -> Place | None:
        """Weigh every word of a name that could mean a place."""
        text = unicodedata.normalize("NFC", words)
        found = tuple(self._matches(text))
        said = [match.sure for match in found if match.sure]
        if not said or any(
            _JOINED.search(text, one.end, two.start) for one, two in pairwise(found)
        ):
            return None
        spreads = [
            frozenset(code for word in sure for code in word.place.countries)
            for sure in said
        ]
        bounds = [spread for spread in spreads if spread]
        common = frozenset.intersection(*bounds) if bounds else frozenset()
        if bounds and (not common or _is_denied(text, found, common)):
            return None
        fitting = [
            word
            for match in found
            for word in (*match.sure, *match.loose)
            if not common.isdisjoint(word.place.countries)
            or (word in match.sure and not (word.place.countries and common))
        ]
        finest = max(word.kind for word in fitting)
        first, *more = {word.place for word in fitting if word.kind is finest}
        # "Georgia" is a country, too.
        is_one = not more and all(_may_be(word.place, first) for word in fitting)
        return first if is_one else None

    def _matches(self, text: str) -> Iterator[_Match]:
        """Return the words of the table that stand in a name, the longest of each."""
        found = atlas.tokens(text)
        if any(token in _TURNS for token, _, _ in found):
            return
        first = 0
        while first < len(found):
            most = min(self._table.longest.get(found[first][0], 0), len(found) - first)
            for count in range(most, 0, -1):
                part = found[first : first + count]
                word = " ".join(token for token, _, _ in part)
                if word not in self._table.words:
                    continue
                match = self._match(text, word, part[0][1], part[-1][2])
                if match.sure or match.loose:
                    yield match
                    first += count - 1
                    break
            first += 1

    def _match(self, text: str, key: str, start: int, end: int) -> _Match:
        given = text[start:end]
        is_off = bool(_BEFORE.search(text, 0, start) and _AFTER.match(text, end))
        is_whole = is_off and not atlas.key(text[:start] + text[end:])
        sure: list[Word] = []
        loose: list[Word] = []
        for word in self._table.words[key]:
            if word.capitals and not given.isupper():
                continue
            match word.need:
                case Need.NOTHING:
                    sure.append(word)
                case Need.SET_OFF if is_off:
                    sure.append(word)
                case Need.WHOLE if is_whole and given[0].isupper():
                    sure.append(word)
                case Need.WHOLE | Need.COMPANY if given[0].isupper():
                    loose.append(word)
        return _Match(tuple(sure), tuple(loose), start, end, is_off)


def _is_denied(text: str, found: tuple[_Match, ...], common: frozenset[str]) -> bool:
    """Whether a name says that its city is not the one in the ``common`` countries.

    There is a London in Ontario, and an Athens in Georgia.
    """
    for code in _TAIL.findall(text):
        if code in atlas.STATES and common.isdisjoint({"US", code}):
            return True
        if code in atlas.PROVINCES and common.isdisjoint({"CA", code}):
            return True
    return any(
        match.is_off
        and not match.sure
        and all(common.isdisjoint(word.place.countries) for word in match.loose)
        # "CA" is Canada, and California as well.
        and not ("US" in common and text[match.start : match.end] in atlas.STATES)
        for match in found
    )


def _may_be(one: Place, other: Place) -> bool:
    """Whether two words may speak of one place, as far as their countries say."""
    here, there = one.countries, other.countries
    return not (here and there) or not frozenset(here).isdisjoint(there)
