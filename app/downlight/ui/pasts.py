"""What was, of the services that are looked at: looked up once for all pages. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

from downlight.core.errors import DownlightError
from downlight.core.history.before import before

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from downlight.core.history.before import Before
    from downlight.core.history.past import Past
    from downlight.core.model import ServiceSlug
    from downlight.core.wishes import Archive
    from downlight.ui.glance import Glance

T = TypeVar("T")

FRESH: Final = timedelta(minutes=10)
"""What was looked up holds for so long, while nothing turns."""

State: TypeAlias = "tuple[ServiceSlug, bool, datetime | None, date, str]"
"""What makes a past another one: the service, whether it is in trouble and since when,
the day, and which parts count. In a storm of news its level turns with each; what was
is another one only when an outage began or ended."""


def state_of(glance: Glance) -> State:
    """Return what makes the past of a service another one."""
    view, today = glance.view, glance.now.astimezone(glance.zone).date()
    service, level = view.service, view.verdict.level
    troubled = level is not None and level.is_trouble
    return service.slug, troubled, view.since, today, service.choice


@dataclass(frozen=True, slots=True)
class _Known:
    """The past of a service as it was looked up."""

    state: State | None
    """How the service was then; None: it must be looked up anew."""
    at: datetime
    past: Past
    before: Before


class Pasts:
    """Asks the archive, once for each state of a service, whoever wants to know."""

    def __init__(self, archive: Archive) -> None:
        """Know nothing yet.

        Args:
            archive: Knows what was.
        """
        self._archive = archive
        self._known: dict[ServiceSlug, _Known] = {}
        self._failed: dict[ServiceSlug, DownlightError] = {}
        """Why the last look-up of a service came to nothing."""
        self._waiting: dict[ServiceSlug, list[Callable[[], None]]] = {}
        """Who else wants to know while a service is looked up."""
        self._outdated: set[ServiceSlug] = set()
        """Of whom more is known since that began."""
        self.changed: Callable[[ServiceSlug], None] = lambda _slug: None
        """Told whose past in short is another one, or cannot be looked up."""

    def before(self, slug: ServiceSlug) -> Before | None:
        """Return the past of a service in short; None: not known yet."""
        known = self._known.get(slug)
        return known.before if known is not None else None

    def failed(self, slug: ServiceSlug) -> DownlightError | None:
        """Return why its past could not be looked up last; None: it could."""
        return self._failed.get(slug)

    def found(self, glance: Glance) -> datetime | None:
        """Return when the past of a service was found as it still holds, if it was."""
        known = self._holding(glance)
        return known.at if known is not None else None

    def forget(self, slug: ServiceSlug) -> None:
        """Look a service up anew when it is asked for next: more is known of it."""
        if slug in self._waiting:
            self._outdated.add(slug)
        if slug in self._known:
            self._known[slug] = replace(self._known[slug], state=None)

    def look(self, glance: Glance) -> None:
        """Find out the past of a service in short, unless that is known."""
        if self._holding(glance) is None:
            self.find(glance, lambda _past: None, lambda _answer: None)

    def find(
        self,
        glance: Glance,
        make: Callable[[Past], T],
        tell: Callable[[T | DownlightError], None],
    ) -> None:
        """Find out what is known about the past of a service; returns at once.

        Args:
            glance: Which service, and how it is.
            make: Makes of it what is shown, on a thread that may take its time.
            tell: Told later, once: what was made, or why nothing is known.
        """
        slug, zone = glance.view.service.slug, glance.zone
        if slug in self._waiting:
            self._waiting[slug].append(partial(self.find, glance, make, tell))
            return
        self._waiting[slug] = []
        holding = self._holding(glance)

        def ready(past: Past) -> tuple[_Known, T]:
            known = holding or _Known(
                state_of(glance), glance.now, past, before(past, zone)
            )
            return known, make(past)

        self._archive.past(
            slug,
            ready,
            partial(self._hear, slug, tell),
            holding.past if holding is not None else None,
        )

    def _hear(
        self,
        slug: ServiceSlug,
        tell: Callable[[T | DownlightError], None],
        answer: tuple[_Known, T] | DownlightError,
    ) -> None:
        waiting = self._waiting.pop(slug)
        outdated = slug in self._outdated
        self._outdated.discard(slug)
        old = self.before(slug), self.failed(slug)
        if isinstance(answer, DownlightError):
            self._failed[slug] = answer
            tell(answer)
        else:
            known, made = answer
            self._known[slug] = replace(known, state=None) if outdated else known
            self._failed.pop(slug, None)
            tell(made)
        if (self.before(slug), self.failed(slug)) != old:
            self.changed(slug)
        for ask in waiting:
            ask()

    def _holding(self, glance: Glance) -> _Known | None:
        known = self._known.get(glance.view.service.slug)
        if known is None or known.state != state_of(glance):
            return None
        return known if timedelta() <= glance.now - known.at < FRESH else None
