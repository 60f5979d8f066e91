"""Shared causes: services that fell together are one event, not many.

Two things fold: services of one house (Meta, a cloud) that fell within `NEAR`, and many
services of several houses that fell within `AT_ONCE`: a network in between, or the own
line. That they share a cause is a guess from house and time, and the words claim no
more than that they are in trouble at once.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.model import ServiceSlug  # noqa: TC001 - a journal reads the types
from downlight.core.speech import number, tr, trn
from downlight.core.text import cut, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from downlight.core.level import Level

NEAR: Final = timedelta(minutes=30)
"""How far from the first another service of the house falls with it. Assumed."""
AT_ONCE: Final = timedelta(minutes=10)
"""The same for services of any house. Assumed."""
MANY: Final = 4
"""How many services make "everything at once". Assumed."""
SEVERAL: Final = 3
"""How many houses they belong to at least. Assumed."""
NAMED: Final = 3
"""Of more services than this and one, so many are named and the others counted."""
LENGTH: Final = 120
"""Longest headline, in characters."""


@dataclass(frozen=True, slots=True)
class Ailing:
    """A service that is in trouble now."""

    slug: ServiceSlug
    name: str
    house: str
    """`Service.parent`; where it is empty the service is a house of its own."""
    began: datetime
    """When its trouble began, or when we knew (aware, UTC)."""
    level: Level
    places: tuple[str, ...] = ()
    """Where it is felt, in words: a cloud region, a country; empty when not known."""
    siblings: tuple[ServiceSlug, ...] = ()
    """`Service.siblings`: it is enough that one of two names the other."""
    owner: str = ""
    """`Service.owner`: what people call the house."""

    @property
    def home(self) -> str:
        """Its house; the platform itself lives where what stands on it does."""
        return self.house or self.slug

    @property
    def minute(self) -> datetime:
        """The minute in which it began; nobody knows that any better."""
        return self.began.replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Cause:
    """Services in trouble that are told as one event."""

    key: str
    """Names the event for as long as one of its services remains in it."""
    name: str
    """What people call the house, e.g. "Meta"; empty for everything at once."""
    slugs: tuple[ServiceSlug, ...]
    """The affected: the worst first, then as they fell."""
    began: datetime
    """The minute in which the first fell, as was known at first: it never moves."""
    places: tuple[str, ...] = ()
    """Where all of them are felt; empty when there is no such place, or none known."""
    house: str = ""
    """The house as the catalog has it; empty for everything at once."""

    def holds(self, one: Ailing) -> bool:
        """Whether one of its services is still in the same trouble."""
        return one.slug in self.slugs and one.minute - self.began <= self._reach

    def is_joined_by(self, one: Ailing) -> bool:
        """Whether another service fell so near that it joins, if it is kin."""
        early = NEAR if self.house else timedelta()
        return -early <= one.minute - self.began <= self._reach

    @property
    def _reach(self) -> timedelta:
        return NEAR if self.house else AT_ONCE


def causes(
    ailing: Sequence[Ailing], watched: int, before: Sequence[Cause] = ()
) -> tuple[Cause, ...]:
    """Fold the services in trouble into events.

    Every service is in one event at most; who is in none stands alone. Everything is
    measured from the first who fell, so that no event drags on from one service to the
    next. An event that was there before lives on, with its key and its beginning, while
    one of its services remains in the same trouble: so hand in what was returned last.
    It is gone when none remains, or when everything at once took its services over.

    Args:
        ailing: All services in trouble now, in any order, each once.
        watched: How many services are watched.
        before: What was returned last; nothing at first.

    Returns:
        The events, the earliest first.
    """
    families = _families(ailing)
    free = sorted(ailing, key=_fall)
    found, free = _continued([c for c in before if not c.house], free, families)
    while flood := _flood(free, watched, families):
        found.append(_cause(flood, "", ""))
        free = _without(free, flood)
    living, free = _continued([c for c in before if c.house], free, families)
    found += living
    members: dict[str, list[Ailing]] = {}
    for one in free:
        members.setdefault(families[one.home], []).append(one)
    for family in members.values():
        found += _folded(family)
    return tuple(sorted(found, key=lambda cause: (cause.began, cause.key)))


def headline(cause: Cause, names: Mapping[ServiceSlug, str]) -> str:
    """Return the title of an event: who is in trouble, in at most `LENGTH` characters.

    Args:
        cause: The event.
        names: What people call the services; the slug where one is missing.
    """
    count = len(cause.slugs)
    named = _named(cause.slugs, names)
    if 0 < len(cause.places) <= NAMED:
        text = _headline_of(cause, named, listed(cause.places))
    elif cause.house:
        text = trn(
            "{house}: {names} is in trouble",
            "{house}: {names} are in trouble",
            count,
            house=cause.name,
            names=named,
        )
    elif count == 1:
        text = tr("{name} is in trouble", name=named)
    else:
        text = trn(
            "{n} service at once: {names}",
            "{n} services at once: {names}",
            count,
            names=named,
        )
    return cut(text, LENGTH)


def _headline_of(cause: Cause, named: str, places: str) -> str:
    """Return the title of an event of which it is known where it is felt."""
    count = len(cause.slugs)
    if cause.house:
        return trn(
            "{house} in {places}: {names} is in trouble",
            "{house} in {places}: {names} are in trouble",
            count,
            house=cause.name,
            names=named,
            places=places,
        )
    if count == 1:
        return tr("{name} is in trouble in {places}", name=named, places=places)
    return trn(
        "{n} service at once in {places}: {names}",
        "{n} services at once in {places}: {names}",
        count,
        names=named,
        places=places,
    )


def end_headline(
    cause: Cause, back: Sequence[ServiceSlug], names: Mapping[ServiceSlug, str]
) -> str:
    """Return the title of the end of an event, or of a part of it.

    Args:
        cause: The event as it was.
        back: Who works again.
        names: What people call the services; the slug where one is missing.
    """
    named = _named(back, names)
    text = trn("{names} works again", "{names} work again", len(back), names=named)
    return cut(_with_house(cause, text), LENGTH)


def unstable_headline(cause: Cause, names: Mapping[ServiceSlug, str]) -> str:
    """Return the title of what comes and goes, no surer than a guess.

    Args:
        cause: Two or more services that do.
        names: What people call the services; the slug where one is missing.
    """
    text = tr("{names} seem to come and go", names=_named(cause.slugs, names))
    return cut(_with_house(cause, text), LENGTH)


def _with_house(cause: Cause, text: str) -> str:
    return f"{cause.name}: {text}" if cause.name else text


def _named(slugs: Sequence[ServiceSlug], names: Mapping[ServiceSlug, str]) -> str:
    """Return the names as people list them, those beyond `NAMED` as a number."""
    named = [names.get(slug, slug) for slug in slugs]
    if len(named) > NAMED + 1:
        named[NAMED:] = [tr("{n} more", n=number(len(named) - NAMED))]
    return listed(named)


def _families(ailing: Iterable[Ailing]) -> dict[str, str]:
    """Return for each house the name of its family: houses linked by siblings."""
    homes = {one.slug: one.home for one in ailing}
    family = {home: home for home in homes.values()}
    for one in ailing:
        for sibling in one.siblings:
            if sibling in homes:
                linked = {family[one.home], family[homes[sibling]]}
                name = min(linked)
                family = {h: name if f in linked else f for h, f in family.items()}
    return family


def _continued(
    before: Sequence[Cause], free: list[Ailing], families: Mapping[str, str]
) -> tuple[list[Cause], list[Ailing]]:
    """Return the events that live on, with who joins them, and who is left."""
    living = []
    for cause in before:  # nobody joins one event before all have kept their own
        if remaining := [one for one in free if cause.holds(one)]:
            living.append((cause, remaining))
            free = _without(free, remaining)
    found = []
    for cause, remaining in living:
        kin = {families[one.home] for one in remaining}
        joining = [
            one
            for one in free
            if cause.is_joined_by(one)
            and (cause.house in ("", one.home) or families[one.home] in kin)
        ]
        free = _without(free, joining)
        now = _cause(remaining + joining, cause.house, cause.name)
        found.append(replace(now, key=cause.key, began=cause.began))
    return found, free


def _flood(
    free: Sequence[Ailing], watched: int, families: Mapping[str, str]
) -> Sequence[Ailing]:
    """Return the most services that fell at once; none if they are not everything."""
    minutes = [one.minute for one in free]
    best: Sequence[Ailing] = []
    enough = max(MANY, watched / 2)
    for begin, minute in enumerate(minutes):
        near = free[begin : bisect_right(minutes, minute + AT_ONCE)]
        if len(near) >= enough and len(near) > len(best):
            houses = {families[one.home] for one in near}
            best = near if len(houses) >= SEVERAL else best
    return best


def _folded(family: Sequence[Ailing]) -> Iterator[Cause]:
    """Yield new events of one family, given in the order in which they fell."""
    minutes = [one.minute for one in family]
    begin = 0
    while begin < len(family):
        end = bisect_right(minutes, minutes[begin] + NEAR)
        near, house = family[begin:end], family[begin].home
        if len(near) > 1:
            yield _cause(near, house, _name(near, house))
        begin = end


def _cause(affected: Sequence[Ailing], house: str, name: str) -> Cause:
    """Return a new event; ``affected`` is not empty."""
    began = min(one.minute for one in affected)
    shared = set.intersection(*(set(one.places) for one in affected))
    return Cause(
        f"{house}@{began:%Y%m%dT%H%MZ}",
        name,
        tuple(one.slug for one in sorted(affected, key=_weight)),
        began,
        tuple(sorted(shared)),
        house,
    )


def _name(affected: Sequence[Ailing], house: str) -> str:
    """Return what people call a house: its only owner, its platform, or its slug."""
    owners = {one.owner for one in affected}
    if len(owners) == 1 and "" not in owners:
        return owners.pop()
    platforms = (one.name for one in affected if one.slug == house)
    return next(platforms, house.replace("-", " ").title())


def _without(free: Iterable[Ailing], taken: Iterable[Ailing]) -> list[Ailing]:
    gone = {one.slug for one in taken}
    return [one for one in free if one.slug not in gone]


def _fall(one: Ailing) -> tuple[datetime, str]:
    return one.began, one.slug


def _weight(one: Ailing) -> tuple[int, datetime, str]:
    return -one.level, one.began, one.slug
