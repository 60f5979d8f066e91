"""What sources tell us, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final, NewType, TypeAlias

from downlight.core.health import Health
from downlight.core.level import Level, worst
from downlight.core.result import Result

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from downlight.core.errors import SourceError

SourceId = NewType("SourceId", str)
"""Names one place that is asked, e.g. ``statuspage:www.githubstatus.com``."""

ServiceSlug = NewType("ServiceSlug", str)
"""Names one service of the catalog, e.g. ``whatsapp``."""

WORLD: Final = "global"
"""The code of the place that is everywhere."""

SKEW: Final = timedelta(minutes=5)
"""How far a clock may be set back before earlier moments are not believed."""

SHELF_LIFE: Final = timedelta(minutes=30)
"""A report older than this and than three polls no longer counts (HOUSE S2)."""


@unique
class Phase(StrEnum):
    """How far the provider says it has come with an incident."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"

    @property
    def is_over(self) -> bool:
        """Whether the provider considers the incident closed."""
        return self in {Phase.RESOLVED, Phase.POSTMORTEM}


@unique
class MaintenanceState(StrEnum):
    """Where a planned piece of work stands."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"

    @property
    def is_active(self) -> bool:
        """Whether the work is going on now."""
        return self in {MaintenanceState.IN_PROGRESS, MaintenanceState.VERIFYING}


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the world: a country, a cloud region, a city."""

    code: str
    """ISO 3166-1 alpha-2 where it is a country, else the provider's own code."""
    name: str
    """What a person calls it; the code again where nobody gave a name."""
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 of every country it lies in; empty when not known."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a service as its provider divides it."""

    id: str
    name: str
    level: Level | None
    """None when the provider used a word we do not know, or said nothing."""
    group: str | None = None
    """Name (or id, where there is no name) of the group it stands in."""
    region: str | None = None
    """The provider's code for the region, if the component is bound to one."""
    raw: str = ""
    """The provider's own word for the level."""
    place: Place | None = None
    """Where that is in the world; None when the component is bound to no place, or
    to one we do not know."""


@dataclass(frozen=True, slots=True)
class Update:
    """One message of the provider about an incident."""

    at: datetime
    """When it was published (aware, UTC); may be back-dated by the provider."""
    text: str
    """Plain text: markup is stripped where it is parsed."""
    phase: Phase | None = None
    id: str = ""
    """The provider's id; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that went wrong, as the provider tells it."""

    id: str
    title: str
    level: Level | None
    """OPERATIONAL: for information only. None: the provider's word is unknown."""
    phase: Phase | None
    open: bool
    started_at: datetime | None = None
    ended_at: datetime | None = None
    updates: tuple[Update, ...] = ()
    """Newest first, whatever the order on the wire."""
    component_ids: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    """Where it is felt, as far as the provider says."""
    url: str = ""
    """Page about this incident; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Planned work. Never an outage."""

    id: str
    title: str
    state: MaintenanceState
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    updates: tuple[Update, ...] = ()
    component_ids: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class RegionReading:
    """What measurements say about one place."""

    place: Place
    level: Level | None
    """None when there are too few measurements to say."""
    blocked: bool = False
    """Fails as a block would, not as an outage would; never raises a level."""
    measurements: int = 0
    failing: int = 0
    """How many of ``measurements`` failed."""
    networks: int | None = None
    """In how many networks it was seen so; None when not said."""
    at: datetime | None = None
    """When it was measured (aware, UTC): the newest measurement or, of what was
    counted over a period, its middle; None when not said."""
    sudden: bool = False
    """Whether far more fail than in the time before; False when nobody knows."""
    internet: bool = False
    """Whether it is of the place's Internet as a whole, not of the service."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing our own probe tried."""

    target: str
    """What was tried, e.g. ``e1.whatsapp.net:443``."""
    took: timedelta | None
    """How long it took; None when it failed."""
    trouble: str = ""
    """Why it failed, or what is wrong with the answer, in a few words for a person;
    empty when it answered as it should."""
    result: Result = Result.OK
    """How it ended, in one word of the field. Without ``took`` it is not OK, except
    in a report that was kept before there was this word; with ``took`` it is what an
    answer of HTTP says, and OK even if the answer is not the expected one."""


@dataclass(frozen=True, slots=True)
class Report:
    """One successful answer of one source."""

    source: SourceId
    at: datetime
    """When we received it (aware, UTC); not when the source wrote it."""
    level: Level | None = None
    """Worst of page, open incidents and components; None when nothing said so."""
    headline: str = ""
    """The provider's own one-line summary."""
    components: tuple[Component, ...] = ()
    incidents: tuple[Incident, ...] = ()
    """Open ones and, where the answer has them, recent closed ones."""
    maintenances: tuple[Maintenance, ...] = ()
    readings: tuple[RegionReading, ...] = ()
    checks: tuple[Check, ...] = ()
    mentions: tuple[datetime, ...] = ()
    """When people wrote about it (aware, UTC), newest first, each person at most once
    in 15 minutes; who and what is not kept."""
    reaches: datetime | None = None
    """Since when ``mentions`` are whole: what was written before may be missing, as an
    answer holds only so many; None when it held all there was."""
    exhaustive: bool = False
    """Whether everything that is wrong is named here, so that what is not named is
    well; false for a page that lists its parts, and for any log of incidents."""
    next_check: timedelta | None = None
    """How long the server asked us to wait (``max-age``), if it did."""
    fingerprint: str = ""
    """Digest of the body it was parsed from; equal means not parsed again."""

    def __post_init__(self) -> None:
        """Refuse a naive time: it would compare wrongly later.

        Raises:
            ValueError: ``at`` has no time zone.
        """
        if self.at.tzinfo is None:
            raise ValueError(f"{self.source}: naive timestamp {self.at!r}")

    @property
    def is_silent(self) -> bool:
        """Whether our own checks were tried and not one answered."""
        return bool(self.checks) and all(check.took is None for check in self.checks)

    @property
    def open_incidents(self) -> tuple[Incident, ...]:
        """The incidents the provider has not closed."""
        return tuple(incident for incident in self.incidents if incident.open)

    def says_the_same(self, other: Report) -> bool:
        """Whether only times, durations and manners differ."""
        return self == replace(
            other,
            at=self.at,
            next_check=self.next_check,
            fingerprint=self.fingerprint,
            checks=self.checks,
        ) and [(c.target, c.trouble, c.result) for c in self.checks] == [
            (c.target, c.trouble, c.result) for c in other.checks
        ]


@dataclass(frozen=True, slots=True)
class Failure:
    """One attempt that gave no report."""

    source: SourceId
    at: datetime
    error: SourceError = field(compare=False)
    """What went wrong; carries the words for people."""


Outcome: TypeAlias = Report | Failure


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a source stands: its last report, and whether it still answers."""

    report: Report | None = None
    """The last one that arrived; kept when later attempts fail."""
    failure: Failure | None = None
    """Set while the latest attempt failed."""
    failures: int = 0
    """Failed attempts in a row."""
    due: datetime | None = None
    """When it is asked next."""
    health: Health = Health()
    """How asking it goes today."""
    failing_since: datetime | None = None
    """When the first of ``failures`` was; None while it answers."""
    changed: datetime | None = None
    """When it last said something else than before; None when we saw no change."""

    def after(self, outcome: Outcome) -> Standing:
        """Return the standing once ``outcome`` is known."""
        if isinstance(outcome, Report):
            return Standing(report=outcome, health=self.health)
        return replace(
            self,
            failure=outcome,
            failures=self.failures + 1,
            failing_since=self.failing_since or outcome.at,
        )

    def fresh(self, now: datetime, shelf_life: timedelta = SHELF_LIFE) -> Report | None:
        """Return the last report, or None when it is too old to count."""
        if self.report is None:
            return None
        # A moment in the future is of a clock that was wrong, then or now.
        return self.report if -SKEW <= now - self.report.at <= shelf_life else None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which parts of a report speak about a service; empty means all of it."""

    groups: frozenset[str] = frozenset()
    """Component groups (by the name in `Component.group`)."""
    components: frozenset[str] = frozenset()
    """Component ids or names."""
    regions: frozenset[str] = frozenset()
    """The provider's codes of regions (`Component.region`, `Place.code`)."""
    every: bool = False
    """Whether each of ``components`` is a part of its own: while a page that lists
    its parts lacks one, the others do not make all well."""

    def narrow(self, report: Report) -> Report:
        """Return ``report`` cut down to the chosen parts and regions.

        A page-wide level does not speak about a part, so the level is worked
        out anew from what is left: None when nothing is (absent is "well" only in an
        exhaustive report), and when all would be well but for a word we do not know
        or for a part that is gone.
        """
        if self == Selection():
            return report
        named = tuple(c for c in report.components if self._names(c))
        components = tuple(c for c in named if self._is_there(c))
        elsewhere = frozenset(
            c.id
            for c in report.components
            if (c.region or c.place) and not self._is_there(c)
        )
        ids = (self.components | {c.id for c in named}) - elsewhere
        incidents = tuple(
            _as_felt_by(components, incident)
            for incident in report.incidents
            if self._is_about(ids, elsewhere, incident) and self._is_felt(incident)
        )
        works = tuple(
            m for m in report.maintenances if self._is_about(ids, elsewhere, m)
        )
        fine = Level.OPERATIONAL if report.exhaustive else None
        level = level_of(fine, components, incidents)
        doubt = (
            any(c.level is None for c in components)
            or any(i.open and i.level is None for i in incidents)
            or self._may_be_unnamed(report)
        )
        return replace(
            report,
            components=components,
            incidents=incidents,
            maintenances=works,
            level=None if doubt and level is Level.OPERATIONAL else level,
        )

    def _names(self, component: Component) -> bool:
        return not (self.groups or self.components) or (
            component.group in self.groups
            or component.id in self.components
            or component.name in self.components
        )

    def _is_there(self, component: Component) -> bool:
        """Whether a part lies in the chosen regions, or serves all of them."""
        codes = {component.region, component.place and component.place.code}
        return not self.regions or not codes.isdisjoint({*self.regions, WORLD})

    def _is_about(
        self,
        ids: AbstractSet[str],
        elsewhere: AbstractSet[str],
        told: Incident | Maintenance,
    ) -> bool:
        """Whether it touches a part of ours; without any part, only all of it is."""
        named = set(told.component_ids)
        if self.groups or self.components:
            return not named.isdisjoint(ids)
        return not named or not named <= elsewhere

    def _may_be_unnamed(self, report: Report) -> bool:
        """Whether one of ours is not named, or trouble that may be ours names none."""
        if not report.exhaustive:
            known = {name for c in report.components for name in (c.id, c.name)}
            return self.every and not self.components <= known
        return bool(self.groups or self.components) and any(
            not incident.component_ids
            and (incident.level is None or incident.level.is_trouble)
            and self._is_felt(incident)
            for incident in report.open_incidents
        )

    def _is_felt(self, incident: Incident) -> bool:
        """Whether an incident is felt in the chosen regions, as far as it says."""
        codes = {place.code for place in incident.places}
        return not (self.regions and codes) or bool(codes & {*self.regions, WORLD})


def _as_felt_by(parts: tuple[Component, ...], incident: Incident) -> Incident:
    """Return an incident no worse than the provider says of the parts it touches.

    Only where it says of each of them that something is wrong: a part that is still
    "operational" while an incident names it has been forgotten, as providers do.
    """
    said = [part.level for part in parts if part.id in incident.component_ids]
    level = worst(said)
    known = all(found is not None and found.is_trouble for found in said)
    if level is None or not known or incident.level is None or incident.level <= level:
        return incident
    return replace(incident, level=level)


def level_of(
    page: Level | None,
    components: tuple[Component, ...],
    incidents: tuple[Incident, ...],
) -> Level | None:
    """Return the worst of page, components and open incidents.

    Providers forget each of the three: GitHub's page said "none" in 566 recorded
    snapshots with an incident open, so none of them may overrule another.
    """
    return worst(
        (
            page,
            *(component.level for component in components),
            *(incident.level for incident in incidents if incident.open),
        )
    )
