"""What the window asks for on behalf of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from downlight.core.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from downlight.core.addition import Found
    from downlight.core.errors import DownlightError
    from downlight.core.history.past import Past
    from downlight.core.model import (
        Component,
        ServiceSlug,
    )
    from downlight.core.places.home import Whereabouts
    from downlight.core.rungs.ladder import Climb, Step
    from downlight.core.telling.mute import Mute, Span

T = TypeVar("T")


class Ladder(Protocol):
    """Finds out whether it is the person's own side. Called on the window's thread."""

    def climb(
        self,
        slug: ServiceSlug,
        step: Callable[[Step], None],
        tell: Callable[[Climb | DownlightError], None],
    ) -> None:
        """Climb the ladder to a service, once; returns at once.

        Args:
            slug: Which service.
            step: Told each rung, in order, as soon as it is known.
            tell: Told later, once: how far it went, or why it was not climbed.
        """
        ...


class Archive(Protocol):
    """Knows what was. Called on the window's thread."""

    def past(
        self,
        slug: ServiceSlug,
        make: Callable[[Past], T],
        tell: Callable[[T | DownlightError], None],
        known: Past | None = None,
    ) -> None:
        """Find out what is known about the past of a service; returns at once.

        Args:
            slug: Which service.
            make: Makes of it what is shown, on a thread that may take its time.
            tell: Told later, once: what was made, or why nothing is known.
            known: What was found out before, and still holds: nothing is looked up.
        """
        ...

    def backfill(
        self, slug: ServiceSlug, tell: Callable[[bool | DownlightError], None]
    ) -> None:
        """Ask the pages of a service what they list of the past; returns at once.

        Args:
            slug: Which service.
            tell: Told later, once: whether any was asked, so that `past` may know
                more now, or why one did not say.
        """
        ...


class Wishes(Ladder, Archive, Preferences, Protocol):
    """What a person may ask for. Called on the window's thread, and answered there."""

    def refresh(self) -> None:
        """Ask every source now, within what it allows."""
        ...

    def watch(self, slugs: Sequence[ServiceSlug]) -> None:
        """Watch these services from now on, and keep the choice."""
        ...

    def look_at(
        self,
        address: str,
        tell: Callable[[Found | DownlightError], None],
        *,
        check: bool = False,
    ) -> None:
        """Find out what stands at an address; returns at once and keeps nothing.

        Args:
            address: Of a status page, a feed, or anything to be checked.
            tell: Told later, once: what was found, or why nothing was.
            check: Only ask whether it answers from here.
        """
        ...

    def add(self, found: Found, parts: Sequence[str] = ()) -> None:
        """Watch what was found from now on, and keep it.

        Args:
            found: As it is to be watched.
            parts: Names or ids of the components that count; none for all.

        Raises:
            DownlightError: It cannot be kept, and is not watched.
        """
        ...

    def remove(self, slug: ServiceSlug) -> None:
        """Watch a service no longer, and forget it when the person had added it.

        Raises:
            DownlightError: That cannot be kept; nothing has changed.
        """
        ...

    def parts_of(
        self,
        slug: ServiceSlug,
        tell: Callable[[tuple[Component, ...] | DownlightError], None],
    ) -> None:
        """Find out all parts of a service, those that do not count included.

        Args:
            slug: Which service.
            tell: Told later, once: the parts, or why they are not known.
        """
        ...

    def chosen_parts(self, slug: ServiceSlug) -> tuple[str, ...]:
        """Return names or ids of the parts that count; none for all of them."""
        ...

    def choose_parts(self, slug: ServiceSlug, parts: Sequence[str]) -> None:
        """Let only these parts of a service count, all when none is named; keep it.

        Raises:
            DownlightError: It cannot be kept; nothing has changed.
        """
        ...

    def whereabouts(self) -> Whereabouts:
        """Return which country counts as the person's own, and why."""
        ...

    def settle_country(self, choice: str) -> None:
        """Go by this country from now on, and keep it; nobody asks again.

        Args:
            choice: As `Settings.country` has it.
        """
        ...

    def starts_at_login(self) -> bool:
        """Return whether the desktop starts this very program at login.

        Raises:
            DownlightError: That cannot be found out.
        """
        ...

    def start_at_login(self, *, on: bool) -> None:
        """Let the desktop start this program at login from now on, or not.

        Raises:
            DownlightError: It cannot be changed; all is as it was.
        """
        ...


class Silence(Protocol):
    """What a person may ask to be spared. Called on the window's thread."""

    def mute(self, slug: ServiceSlug | None, span: Span) -> None:
        """Tell nothing of a service for so long, or of any where it is None.

        Until an outage ends, `Span.END`, is of one service, and of nothing while none
        of its outages is open.
        """
        ...

    def unmute(self, slug: ServiceSlug | None) -> None:
        """End a mute; harmless where there is none."""
        ...

    def tell_once(self, slug: ServiceSlug, *, wanted: bool = True) -> None:
        """Tell in any case when a service works again, once; or no more."""
        ...

    def muted(self) -> Mapping[ServiceSlug, Mute]:
        """Return the mutes that hold; `EVERYTHING` among them for all services."""
        ...
