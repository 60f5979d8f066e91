"""The parts of a service, in the groups in which a person looks at them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level, worst
from downlight.core.model import Selection
from downlight.core.saying.words import LEVEL_WORDS
from downlight.core.speech import mark, number, tr, trc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from downlight.core.model import Component, Place, SourceId
    from downlight.core.service import Service

PLACES_LISTED: Final = 40
"""A page with parts in more places than this is shown by continent."""
ELSEWHERE: Final = mark("Elsewhere")
"""Where the places are that lie in no one continent."""


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that are shown together."""

    name: str
    """The provider's word, or a continent in English; empty for parts that stand in
    none."""
    parts: tuple[Component, ...]
    """Those in trouble first, else as the provider lists them."""
    folded: bool = False
    """Whether it is a continent, whose places are counted before they are named."""

    @property
    def level(self) -> Level | None:
        """The worst level of its parts; None when no level of theirs is known."""
        return worst(part.level for part in self.parts)

    @property
    def counts(self) -> tuple[tuple[Level | None, int], ...]:
        """How many parts have which level, the worst first."""
        found = Counter(part.level for part in self.parts)
        return tuple(sorted(found.items(), key=lambda pair: _rank(pair[0])))

    @property
    def summary(self) -> str:
        """How it is in a few words: "2 of 61 partly down, 1 in maintenance"."""
        if len(self.counts) == 1:
            [(level, count)] = self.counts
            if count == 1:
                return _words(level)
            well = level is Level.OPERATIONAL
            how = trc("of all parts", "well") if well else _words(level)
            return tr("all {n} {how}", n=number(count), how=how)
        bad = [(lv, n) for lv, n in self.counts if lv is not Level.OPERATIONAL]
        (first, count), *more = bad
        head = tr(
            "{n} of {total} {how}",
            n=number(count),
            total=number(len(self.parts)),
            how=_words(first),
        )
        rest = (tr("{n} {how}", n=number(n), how=_words(level)) for level, n in more)
        return ", ".join((head, *rest))


def outline(
    components: Iterable[Component], continent: Callable[[Place], str]
) -> tuple[Group, ...]:
    """Return the parts of a report in groups, those in trouble first.

    A page that is a list of places, such as the 300 of a network, is shown by
    continent. What counts is how many places there are, not parts: ten products in
    each of twelve regions stay with their products.

    Args:
        components: The parts of a report; those with a place can be collapsed.
        continent: Returns which continent a place lies in, empty when not known.
            Asked only where parts are collapsed: to know it takes a large table.
    """
    listed = tuple(components)
    codes = {part.place.code for part in listed if part.place is not None}
    by_continent = len(codes) > PLACES_LISTED
    groups: dict[tuple[bool, str], list[Component]] = {}
    for part in listed:
        if by_continent and part.place is not None:
            key = (True, continent(part.place) or ELSEWHERE)
        else:
            key = (False, part.group or "")
        groups.setdefault(key, []).append(part)
    found = [
        Group(name, tuple(sorted(parts, key=lambda part: _rank(part.level))), folded)
        for (folded, name), parts in groups.items()
    ]
    return tuple(sorted(found, key=lambda group: _rank(group.level)))


def choose(
    service: Service, parts: Collection[str], official: Collection[SourceId]
) -> Service:
    """Return the service with only some parts of its pages counting.

    Args:
        service: As the catalog describes it.
        parts: Names or ids of the components that count; empty for no change.
        official: Which of its sources are pages that list parts. Measurements and
            what people write speak about the whole.
    """
    if not parts:
        return service
    chosen = frozenset(parts)
    # Of two pages nobody knows which one should list a part.
    is_one = sum(feed.source in official for feed in service.feeds) == 1
    feeds = tuple(
        replace(
            feed,
            selection=Selection(
                components=chosen, regions=feed.selection.regions, every=is_one
            ),
        )
        if feed.source in official
        else feed
        for feed in service.feeds
    )
    return replace(service, feeds=feeds)


def _rank(level: Level | None) -> float:
    """Return the place of a level in an order that has the worst first.

    What we do not know is no trouble, and comes before what is well.
    """
    return -1.5 if level is None else -level


def _words(level: Level | None) -> str:
    if level is Level.MAINTENANCE:
        return tr("in maintenance")
    return tr(LEVEL_WORDS[level])
