"""Does what a person asks for in the window: watches, looks, adds, keeps."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn, TypeVar

from downlight import adding, wiring
from downlight.choosing import Chooser, with_own
from downlight.core.errors import DownlightError
from downlight.core.keys import Ring
from downlight.core.speech import mark, tr
from downlight.probes.home import whereabouts
from downlight.storage import autostart, settings_file
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from downlight.core.addition import Found
    from downlight.core.history.past import Past
    from downlight.core.model import Component, Report, ServiceSlug
    from downlight.core.places.home import Whereabouts
    from downlight.core.ports import Source, Web
    from downlight.core.preferences import Document, Rehearsal
    from downlight.core.rungs.ladder import Climb, Step
    from downlight.core.settings import Settings
    from downlight.core.telling.mute import Mute, Span
    from downlight.ui.bridge import Bridge
    from downlight.wiring import Home

log = logging.getLogger(__name__)

T = TypeVar("T")


class Steward(Chooser):
    """Grants `Wishes` and `Silence` about what really goes on."""

    def __init__(
        self,
        home: Home,
        bridge: Bridge,
        complain: Callable[[str], None],
        know: Callable[[], None],
    ) -> None:
        """Begin, without anyone to ask yet.

        Args:
            home: Where this run keeps its things, and what was chosen before.
            bridge: Brings answers back to the window's thread.
            complain: Told in a sentence what could not be kept.
            know: Told when there are more or fewer services to choose from.
        """
        super().__init__(home, bridge, know)
        self.last: Callable[[Source], Report | None] = _nothing
        """Returns the last report of a source; called on the engine's thread."""
        self._complain = complain

    def refresh(self) -> None:
        """Ask every source now."""
        if self.engine is not None:
            self.engine.refresh()

    def watch(self, slugs: Sequence[ServiceSlug]) -> None:
        """Watch these services from now on, and keep the choice."""
        if self.engine is None:
            return
        plan, _ = wiring.plan(slugs, self.home)
        self.engine.adopt(plan)
        try:
            self.home = wiring.choose(self.home, slugs)
        except DownlightError as error:
            log.warning("the choice is not kept: %s", error)
            settings = replace(self.home.settings, watch=tuple(slugs))
            self.home = replace(self.home, settings=settings)
            words = tr("Your choice holds until you quit: {why}", why=error.words)
            self._complain(words)

    def look_at(
        self,
        address: str,
        tell: Callable[[Found | DownlightError], None],
        *,
        check: bool = False,
    ) -> None:
        """Find out what stands at an address."""
        home, wish = self.home, adding.Wish(address, check=check)

        async def find(web: Web) -> Found:
            found = await adding.find(web, wish, wiring.whole_catalog(home))
            return replace(found, report=wiring.locate(found.report))

        self._ask(find, tell)

    def add(self, found: Found, parts: Sequence[str] = ()) -> None:
        """Watch what was found from now on, and keep it.

        Raises:
            DownlightError: It cannot be kept.
        """
        slug = found.addition.service.slug
        try:
            home = adding.keep(self.home, found)
            if parts:
                home = adding.choose_parts(home, slug, parts)
        except DownlightError:
            # It may stand in the person's file all the same.
            self.home = with_own(self.home)
            self._know()
            raise
        self._live_in(home)

    def remove(self, slug: ServiceSlug) -> None:
        """Watch a service no longer, and forget it when the person had added it.

        Raises:
            DownlightError: That cannot be kept.
        """
        self._live_in(adding.remove(self.home, slug))

    def parts_of(
        self,
        slug: ServiceSlug,
        tell: Callable[[tuple[Component, ...] | DownlightError], None],
    ) -> None:
        """Find out all parts of a service; nobody is asked for what is known."""
        plan, _ = wiring.plan([slug], self.home, whole=True)
        official = {s.info.id: s for s in plan.sources if s.info.kind == "official"}
        feeds = [f for s in plan.services for f in s.feeds if f.source in official]
        last = self.last

        async def read(web: Web) -> tuple[Component, ...]:
            parts: list[Component] = []
            for feed in feeds:
                source = official[feed.source]
                report = last(source) or await source.read(web)
                told = feed.selection.narrow(wiring.locate(report))
                parts.extend(told.components)
            return tuple(parts)

        self._ask(read, tell)

    def climb(
        self,
        slug: ServiceSlug,
        step: Callable[[Step], None],
        tell: Callable[[Climb | DownlightError], None],
    ) -> None:
        """Climb the ladder "is it me?" to a service, once."""
        # Few ask, and start-up is felt.
        from downlight import climbing  # noqa: PLC0415 - above
        from downlight.probes import ladder  # noqa: PLC0415 - above

        home, told = self.home, self._bridge.carry(step)
        plan, _ = wiring.plan([slug], home)
        goal = climbing.goal(plan) or ladder.Goal()

        async def go(_web: Web) -> Climb:
            by, tools = await climbing.ways(home.settings, home.places)
            return await ladder.climb(goal, by, tools, told)

        self._ask(go, tell)

    def past(
        self,
        slug: ServiceSlug,
        make: Callable[[Past], T],
        tell: Callable[[T | DownlightError], None],
        known: Past | None = None,
    ) -> None:
        """Find out what is known about the past of a service."""
        home = self.home

        def work() -> T:
            from downlight import history  # noqa: PLC0415 - few ask

            return make(known or _of_service(history.past(home, slug), slug))

        self._aside(work, tell)

    def backfill(
        self, slug: ServiceSlug, tell: Callable[[bool | DownlightError], None]
    ) -> None:
        """Ask the pages of a service what they list of the past."""
        home = self.home

        async def ask(web: Web) -> bool:
            from downlight import history  # noqa: PLC0415 - few ask

            return await history.backfill(web, home, slug)

        self._ask(ask, tell)

    def chosen_parts(self, slug: ServiceSlug) -> tuple[str, ...]:
        """Return names or ids of the parts that count; none for all of them."""
        return self.home.settings.parts.get(slug, ())

    def choose_parts(self, slug: ServiceSlug, parts: Sequence[str]) -> None:
        """Let only these parts of a service count; all when none is named.

        Raises:
            DownlightError: It cannot be kept.
        """
        self._live_in(adding.choose_parts(self.home, slug, parts))

    def whereabouts(self) -> Whereabouts:
        """Return which country counts as the person's own, and why."""
        return whereabouts(self.home.settings.country, resource("zones.tsv"))

    def settle_country(self, choice: str) -> None:
        """Go by this country from now on, and keep it."""
        before = self.home
        settings = replace(before.settings, country=choice)
        self.home = replace(before, settings=settings)
        if self.engine is not None:
            self.engine.settle_home(wiring.country(settings), settings.also_in)
        try:
            keep_countries(before, settings)
        except DownlightError as error:
            log.warning("the country is not kept: %s", error)
            words = tr("Your country counts until you quit: {why}", why=error.words)
            self._complain(words)

    def mute(self, slug: ServiceSlug | None, span: Span) -> None:
        """Tell nothing of a service for so long, or of any where it is None."""
        if self.courier is not None:
            self.courier.mute(slug, span)

    def unmute(self, slug: ServiceSlug | None) -> None:
        """End a mute; harmless where there is none."""
        if self.courier is not None:
            self.courier.unmute(slug)

    def tell_once(self, slug: ServiceSlug, *, wanted: bool = True) -> None:
        """Tell in any case when a service works again, once; or no more."""
        if self.courier is not None:
            self.courier.tell_once(slug, wanted=wanted)

    def muted(self) -> Mapping[ServiceSlug, Mute]:
        """Return the mutes that hold; `EVERYTHING` among them for all services."""
        return self.courier.muted() if self.courier is not None else {}

    def starts_at_login(self) -> bool:
        """Return whether the desktop starts this very program at login.

        Raises:
            StorageError: That cannot be found out.
        """
        return autostart.entry(self.home.places.folder).state().is_on

    def start_at_login(self, *, on: bool) -> None:
        """Let the desktop start this program at login from now on, or not.

        Raises:
            StorageError: It cannot be changed.
        """
        found = autostart.entry(self.home.places.folder)
        if on:
            found.switch_on()
        else:
            found.switch_off()

    def _ask(
        self,
        what: Callable[[Web], Awaitable[T]],
        tell: Callable[[T | DownlightError], None],
    ) -> None:
        told = self._bridge.carry(tell)
        if self.engine is None:
            told(_refusal(mark("Not looked at"), mark("Monitoring is not running.")))
        else:
            self.engine.look_at(what, told)


class Bystander(Steward):
    """Grants nothing that would change what a person has: what is seen is a replay."""

    told_of: Callable[[ServiceSlug], Past | None] | None = None
    """Returns the past as the replay knows it; None before it plays."""

    def watch(self, slugs: Sequence[ServiceSlug]) -> None:
        """Leave the person's own list alone."""
        del slugs

    def look_at(
        self,
        address: str,
        tell: Callable[[Found | DownlightError], None],
        *,
        check: bool = False,
    ) -> None:
        """Say that a replay asks nobody."""
        del address, check
        self._bridge.carry(tell)(_replay())

    def add(self, found: Found, parts: Sequence[str] = ()) -> NoReturn:
        """Say that a replay changes nothing."""
        del found, parts
        raise _replay()

    def remove(self, slug: ServiceSlug) -> NoReturn:
        """Say that a replay changes nothing."""
        del slug
        raise _replay()

    def parts_of(
        self,
        slug: ServiceSlug,
        tell: Callable[[tuple[Component, ...] | DownlightError], None],
    ) -> None:
        """Say that a replay asks nobody."""
        del slug
        self._bridge.carry(tell)(_replay())

    def climb(
        self,
        slug: ServiceSlug,
        step: Callable[[Step], None],
        tell: Callable[[Climb | DownlightError], None],
    ) -> None:
        """Say that a replay asks nobody."""
        del slug, step
        self._bridge.carry(tell)(_replay())

    def past(
        self,
        slug: ServiceSlug,
        make: Callable[[Past], T],
        tell: Callable[[T | DownlightError], None],
        known: Past | None = None,
    ) -> None:
        """Find out what the replay knows about the past of a service."""
        told_of = self.told_of

        def work() -> T:
            told = told_of(slug) if told_of and known is None else known
            return make(_of_service(told, slug))

        self._aside(work, tell)

    def backfill(
        self, slug: ServiceSlug, tell: Callable[[bool | DownlightError], None]
    ) -> None:
        """Say that a replay asks nobody."""
        del slug
        self._bridge.carry(tell)(False)  # noqa: FBT003 - the answer itself

    def chosen_parts(self, slug: ServiceSlug) -> tuple[str, ...]:
        """Return that all parts count: what was chosen is of the present."""
        del slug
        return ()

    def choose_parts(self, slug: ServiceSlug, parts: Sequence[str]) -> NoReturn:
        """Say that a replay changes nothing."""
        del slug, parts
        raise _replay()

    def whereabouts(self) -> Whereabouts:
        """Return what counts, and that there is nothing to ask a person now."""
        return replace(super().whereabouts(), settled=True)

    def settle_country(self, choice: str) -> None:
        """Leave the person's own settings alone."""
        del choice

    def start_at_login(self, *, on: bool) -> NoReturn:
        """Say that a replay changes nothing."""
        del on
        raise _replay()

    def change(self, settings: Settings) -> NoReturn:
        """Say that a replay changes nothing."""
        del settings
        raise _replay()

    def file_of(self, what: Document) -> str:
        """Return where that file stands; it is not made.

        Raises:
            DownlightError: There is none.
        """
        path: Path = getattr(self.home.places, what)
        if not path.exists():
            raise _replay()
        return str(path)

    def take_over(self, path: str) -> NoReturn:
        """Say that a replay changes nothing."""
        del path
        raise _replay()

    def try_hook(self, name: str, tell: Callable[[str | DownlightError], None]) -> None:
        """Say that a replay tells nobody."""
        del name
        self._bridge.carry(tell)(_replay())

    def rehearse(
        self, tell: Callable[[Sequence[Rehearsal] | DownlightError], None]
    ) -> None:
        """Say that a replay plays nothing else."""
        self._bridge.carry(tell)(_replay())

    def look_for_keys(self, tell: Callable[[Ring], None]) -> None:
        """Say that a replay asks nobody, and no keyring."""
        self._bridge.carry(tell)(Ring(trouble=_replay().words))

    def keep_key(
        self,
        name: str,
        value: str | None,
        tell: Callable[[DownlightError | None], None],
    ) -> None:
        """Say that a replay changes nothing."""
        del name, value
        self._bridge.carry(tell)(_replay())


def keep_countries(home: Home, settings: Settings) -> None:
    """Put the person's countries into the settings file.

    Args:
        home: Where this run keeps its things, and what was chosen before.
        settings: The same, with other countries.

    Raises:
        SettingsError: The settings file cannot be written.
        StorageError: The disk refuses.
    """
    settings_file.save(home.places.settings, settings, was=home.settings)


def _of_service(past: Past | None, slug: ServiceSlug) -> Past:
    """Return a past that is there.

    Raises:
        DownlightError: There is none.
    """
    if past is None:
        said = tr("Nobody here knows the service {name}.", name=repr(slug))
        raise _refusal(mark("Nothing is known"), said)
    return past


def _nothing(_source: Source) -> None:
    """Return that nothing was reported yet."""


def _refusal(title: str, hint: str) -> DownlightError:
    error = DownlightError(title)
    error.title, error.hint = title, hint
    return error


def _replay() -> DownlightError:
    return _refusal(
        mark("This is a replay"), mark("It changes nothing and asks nobody.")
    )
