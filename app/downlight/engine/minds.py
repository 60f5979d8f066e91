"""What the rule makes of each service: its memory, and its last judgement."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from downlight.core.evidence import abroad, seeing
from downlight.core.fusion.findings import Voice
from downlight.core.fusion.rule import Memory, step
from downlight.core.fusion.ruling import State
from downlight.core.fusion.seen import Kin, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from downlight.core.evidence.story import Track
    from downlight.core.evidence.verdict import Evidence, Verdict
    from downlight.core.fusion.course import Course
    from downlight.core.fusion.gate import Event
    from downlight.core.fusion.judgement import Judgement
    from downlight.core.fusion.seen import Posts
    from downlight.core.model import ServiceSlug
    from downlight.core.service import Service
    from downlight.engine.line import Line
    from downlight.engine.senses import Senses


@dataclass(frozen=True, slots=True)
class Mind:
    """What is kept of one service from look to look, but for what it was told."""

    memory: Memory = field(default_factory=Memory)
    judgement: Judgement | None = None
    posts: Posts | None = None
    """The last minute that was counted."""
    event: Event | None = None
    """What made everything seen before worth little, since the last look."""
    choice: str = ""
    """Which parts counted (`Service.choice`)."""


_BLANK: Final = Mind()


class Minds:
    """The minds of all services. Belongs to the ledger."""

    def __init__(
        self, line: Line, senses: Senses, home: str = "", also: Sequence[str] = ()
    ) -> None:
        """Begin with nothing known.

        Args:
            line: Whether the own line works.
            senses: What is usual, and what is not.
            home: The person's country (ISO 3166-1 alpha-2); empty when not known.
            also: Other countries whose trouble counts, too.
        """
        self._line = line
        self._senses = senses
        self._home = home
        self._also = tuple(also)
        self._minds: dict[ServiceSlug, Mind] = {}

    @property
    def home(self) -> str:
        """The person's country (ISO 3166-1 alpha-2); empty when not known."""
        return self._home

    def settle_home(self, country: str, also: Sequence[str] = ()) -> bool:
        """Judge for a person in this country, who cares for others too, from now on.

        Returns:
            Whether that is new.
        """
        before = self._home, self._also
        self._home, self._also = country, tuple(also)
        return before != (self._home, self._also)

    def adopt(self, services: Iterable[Service]) -> None:
        """Forget whoever is not among these."""
        slugs = {service.slug for service in services}
        self._minds = {s: mind for s, mind in self._minds.items() if s in slugs}

    def disturb(self, event: Event) -> None:
        """Let every service be looked at anew: what was seen is worth little now."""
        self._minds = {s: replace(m, event=event) for s, m in self._minds.items()}

    def judgement(self, service: Service) -> Judgement | None:
        """Return what the rule said last; None before it looked at these parts."""
        mind = self._minds.get(service.slug, _BLANK)
        return mind.judgement if mind.choice == service.choice else None

    def due(self) -> datetime | None:
        """Return when time alone changes what is believed of anyone; None: never."""
        moments = (m.judgement.due for m in self._minds.values() if m.judgement)
        return min((at for at in moments if at is not None), default=None)

    def waiting(self, at: datetime) -> tuple[ServiceSlug, ...]:
        """Return of whom time alone has changed something by now."""
        return tuple(
            slug
            for slug, mind in self._minds.items()
            if mind.event is not None
            or (mind.judgement and mind.judgement.due and mind.judgement.due <= at)
        )

    def is_settling(self, slug: ServiceSlug) -> bool:
        """Whether only looking goes on, as everything seen before is worth little."""
        return self._minds.get(slug, _BLANK).memory.settling is not None

    def is_uneasy(self, slug: ServiceSlug) -> bool:
        """Whether something is about to be believed, or there are early signs."""
        mind = self._minds.get(slug, _BLANK)
        early = mind.judgement is not None and mind.judgement.is_early
        return early or mind.memory.course.is_turning

    def is_at_rest(self, slug: ServiceSlug) -> bool:
        """Whether all is well, and only something new can change that.

        Not so while our own checks or people count: what they say hangs on time.
        """
        mind = self._minds.get(slug, _BLANK)
        course, judgement = mind.memory.course, mind.judgement
        return (
            judgement is not None
            and judgement.due is None
            and judgement.fault is None
            and mind.event is None
            and course.state is State.OPERATIONAL
            and not course.is_turning
            and all(f.voice is Voice.OFFICIAL for f in judgement.reasons)
        )

    def look(
        self,
        service: Service,
        track: Track,
        evidence: Sequence[Evidence],
        facts: Verdict,
        at: datetime,
        kin: Kin,
    ) -> tuple[Course, Judgement]:
        """Judge one service at this moment.

        Args:
            service: Which one.
            track: What was known of it.
            evidence: Every source that speaks about it.
            facts: What these say as it stands.
            at: The present moment (aware, UTC).
            kin: How the services do that stand or fall with it.

        Returns:
            What is believed now, to be kept in the track; and why.
        """
        mind = self._minds.get(service.slug, _BLANK)
        memory = mind.memory
        if memory.course is not track.course:
            # Other parts count than before, or it is the first look of this run.
            course = track.course
            if service.slug not in self._minds:
                course = replace(course, candidate=None, since=None)
            memory = replace(memory, course=course)
        reports = seeing.people(evidence, at)
        minutes = self._senses.posts(service.slug, reports, at) if reports else ()
        posts = minutes[-1] if minutes else mind.posts if reports else None
        moment = Moment(
            at,
            self._line.seen(evidence),
            self._home,
            page=seeing.page(evidence, facts.places, at),
            checks=seeing.checks(evidence, at, self._senses.is_slow),
            posts=posts,
            countries=abroad.countries(seeing.regional(evidence, at), at, self._home),
            kin=kin,
            event=mind.event,
            missed=minutes[:-1],
            others=seeing.has_others(evidence),
            held=True,
            also=self._also,
        )
        memory, judgement = step(memory, moment)
        self._minds[service.slug] = Mind(
            memory, judgement, posts, choice=service.choice
        )
        return memory.course, judgement


def kin(service: Service, tracks: Mapping[ServiceSlug, Track]) -> Kin:
    """Return how those do that stand or fall with a service."""
    if not (service.parent or service.siblings):
        return Kin()
    troubled = {
        slug
        for slug, track in tracks.items()
        if track.level is not None and track.level.is_trouble
    }
    return Kin(
        parent=service.parent in troubled and service.parent != service.slug,
        siblings=len(troubled.intersection(service.siblings)),
    )
