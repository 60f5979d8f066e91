"""How the parts fit together: what desktop and terminal wire alike.

Contains no logic of its own: it reads settings and catalog, and hands each part
what it asks for.
"""

from __future__ import annotations

import logging
import logging.handlers
import random
import tomllib
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Final

from downlight import probes
from downlight.catalog import catalog, own
from downlight.core.backtest import Outage, merged
from downlight.core.errors import CatalogError, RecordingError, StorageError
from downlight.core.parts import choose as choose_parts
from downlight.core.places import home as whereabout
from downlight.core.speech import mark, tr
from downlight.core.telling import quiet
from downlight.core.telling.policy import FLOORS, Wanted, Wishes
from downlight.engine.clock import system_clock
from downlight.engine.engine import Engine, Plan, Surroundings
from downlight.engine.ledger import Ledger
from downlight.probes import supply, way_out
from downlight.probes.home import whereabouts
from downlight.sources import registry
from downlight.storage import paths, settings_file
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager, AbstractContextManager
    from pathlib import Path

    from downlight.core.about import About as AboutService
    from downlight.core.memory import Journal as Memory
    from downlight.core.memory import Outbox, Secrets
    from downlight.core.model import Report, ServiceSlug, SourceId
    from downlight.core.news import Event
    from downlight.core.places.gazetteer import Gazetteer
    from downlight.core.places.worldmap import Land
    from downlight.core.ports import Clock, Post, Sink, Source, Web
    from downlight.core.rungs.ladder import Climb
    from downlight.core.service import Service
    from downlight.core.settings import Settings
    from downlight.core.source import SourceSpec
    from downlight.engine.recording import Recording
    from downlight.notify.hooks import Errands
    from downlight.storage.journal import Journal
    from downlight.storage.paths import Places

log = logging.getLogger(__name__)

FAMILIES: Final = frozenset((*registry.FAMILIES, *probes.FAMILIES))
"""Every way in which a source can be read."""
MARK: Final = "recording"
"""What a journal remembers about whose it is: the digest of a recording, or `LIVE`."""
LIVE: Final = "live"
LIVE_JOURNAL: Final = "journal-live.sqlite"
"""Beside a journal that belongs to a replay."""
_REPLAYED: Final = mark("{file} here belongs to a replay; this run keeps {own}.")
_OTHERS: Final = mark("{file} here belongs to something else; this run keeps {own}.")


@dataclass(frozen=True, slots=True)
class Home:
    """Where this run keeps its things, and what the person has chosen."""

    places: Places
    settings: Settings
    complaints: tuple[str, ...]
    """What is wrong with the files a person edits, in sentences."""
    own: catalog.Catalog
    """The services the person has added."""


def open_home(data: Path | None) -> Home:
    """Find the folders and read the settings.

    Args:
        data: One folder for everything; None for the system's usual places.
    """
    places = paths.places(data)
    settings, complaints = settings_file.load(places.settings)
    try:
        added, unfit = own_services(places.services)
        complaints = (*complaints, *unfit)
    except CatalogError as error:  # the others are watched all the same
        added = catalog.Catalog()
        said = tr("Your own services are left out: {why}.", why=error)
        complaints = (*complaints, said)
    return Home(places, settings, complaints, added)


def own_services(file: Path) -> tuple[catalog.Catalog, tuple[str, ...]]:
    """Read the services a person added.

    Returns:
        Those whose sources can be asked, and a sentence for each other one.

    Raises:
        CatalogError: The file cannot be read, or contradicts itself.
    """
    added = own.load(file, FAMILIES)
    unfit: dict[SourceId, str] = {}
    for id_, spec in added.sources.items():
        try:
            build(spec)
        except (CatalogError, ValueError) as error:
            unfit[id_] = str(error)
    left_out = {
        service.slug: tr(
            "Your service {name} is left out: {why}.",
            name=service.name,
            why=unfit[feed.source],
        )
        for service in added.services
        for feed in service.feeds
        if feed.source in unfit
    }
    services = tuple(s for s in added.services if s.slug not in left_out)
    return replace(added, services=services), tuple(left_out.values())


def keep_log(places: Places) -> None:
    """Write the log of this run to a file of bounded size."""
    try:
        places.log.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            places.log, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        return  # no log is no reason not to watch
    form = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
    handler.setFormatter(logging.Formatter(form))
    root = logging.getLogger("downlight")
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def whole_catalog(home: Home | None = None) -> catalog.Catalog:
    """Read every service Downlight knows, those of its person included.

    Raises:
        CatalogError: The shipped catalog is broken.
    """
    found = catalog.load(resource("catalog"), FAMILIES)
    return catalog.merge(found, home.own) if home is not None else found


def plan(
    slugs: Collection[str], home: Home, *, whole: bool = False
) -> tuple[Plan, tuple[str, ...]]:
    """Say what to watch and whom to ask for it.

    Args:
        slugs: The services that are wanted.
        home: What the person has added and chosen.
        whole: Leave aside which parts were chosen: all of them count.

    Returns:
        The plan, and the slugs nobody knows.

    Raises:
        CatalogError: The shipped catalog is broken.
    """
    found = catalog.load(resource("catalog"), FAMILIES, only=slugs)
    found = catalog.merge(found, home.own)
    by_slug = {str(service.slug): service for service in found.services}
    services = tuple(by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug)
    asked = dict.fromkeys(feed.source for s in services for feed in s.feeds)
    sources = tuple(build(found.sources[id_]) for id_ in asked)
    official = {source.info.id for source in sources if source.info.kind == "official"}
    parts = {} if whole else home.settings.parts
    services = tuple(
        choose_parts(service, parts.get(service.slug, ()), official)
        for service in services
    )
    return Plan(services, sources), tuple(s for s in slugs if s not in by_slug)


def errands(
    home: Home,
    services: Sequence[Service],
    journal: Callable[[], AbstractContextManager[Memory]] | None = None,
) -> tuple[Errands | None, tuple[str, ...]]:
    """Return what does the things a person wants done on change.

    Without a hooks file nothing is imported for it.

    Args:
        home: Where this run keeps its things.
        services: Those that are watched.
        journal: Opens the memory, if it outlives the run.

    Returns:
        The errands, None when there is nothing to be done; and a sentence for each
        thing in the file that could not be used.
    """
    if not home.places.hooks.exists():
        return None, ()
    from downlight.notify.hooks import Errands
    from downlight.storage import hooks_file

    hooks, complaints = hooks_file.load(home.places.hooks)
    if not hooks:
        return None, complaints

    def backlog(since: datetime) -> Sequence[Event]:
        if journal is None:
            return ()
        with journal() as memory:
            return memory.undelivered(since, "hooks")  # which no channel is called

    made = Errands(
        hooks,
        services,
        lambda: live_post(home.settings),
        lambda: open_outbox(home.places),
        backlog,
        system_clock,
    )
    return made, complaints


def wishes(settings: Settings) -> Wishes:
    """Return what a person wants to be told, as the policy reads it."""
    return Wishes(
        notify=settings.notify,
        wanted={slug: Wanted(it) for slug, it in settings.notify_when.items()},
        floor=FLOORS[settings.notify_floor],
        quiet=tuple(map(quiet.parse, settings.quiet_hours)),
        quiet_floor=FLOORS.get(settings.quiet_floor),
        most=settings.most_per_hour,
        hold_while_busy=settings.hold_while_busy,
    )


def open_outbox(places: Places) -> Outbox | None:
    """Open what is on its way to hooks; None when another program runs them.

    A disk that refuses is no reason to do nothing: it is then kept until the end of
    the run.
    """
    from downlight.storage.outbox import Outbox

    try:
        return Outbox.open(places.outbox, system_clock())
    except StorageError as error:
        log.warning("no outbox: %s", error)
        return Outbox.in_memory()


def replay_plan(recording: Recording, slugs: Collection[str]) -> Plan:
    """Say what a recording can tell about.

    A source the recording never mentions was not recorded: it is left out, so that
    its silence is not taken for an answer.

    Args:
        recording: What is played.
        slugs: Services to watch; empty for all it speaks about.

    Raises:
        CatalogError: The shipped catalog is broken.
    """
    found = catalog.load(resource("catalog"), FAMILIES, only=slugs or None)
    sources = [
        source
        for source in map(build, found.sources.values())
        if recording.mentions(source.info)
    ]
    official = {source.info.id for source in sources if source.info.kind == "official"}
    ours = {source.info.id for source in sources}
    services = tuple(
        service
        for service in found.services
        if any(feed.source in (ours if slugs else official) for feed in service.feeds)
    )
    asked = {feed.source for service in services for feed in service.feeds}
    return Plan(services, tuple(s for s in sources if s.info.id in asked))


def build(spec: SourceSpec) -> Source:
    """Make a source of what the catalog says about it."""
    if spec.family in probes.FAMILIES:
        return probes.build(spec)
    return registry.build(spec)


def live_web(
    settings: Settings, clock: Clock = system_clock
) -> AbstractAsyncContextManager[Web]:
    """Open the real network; httpx is imported here and not before."""
    from downlight.web.door import HttpWeb

    return HttpWeb(
        clock=clock, proxy=settings.proxy, secrets=lambda name: secrets().read(name)
    )


def live_post(settings: Settings) -> AbstractAsyncContextManager[Post]:
    """Open the real network for webhooks."""
    from downlight.web.door import HttpWeb

    return HttpWeb(
        system_clock,
        proxy=settings.proxy,
        secrets=lambda name: secrets().read(name),
    )


def secrets() -> Secrets:
    """Return where tokens are kept; the keyring is imported here and not before."""
    from downlight.storage.secrets import SystemKeyring

    return SystemKeyring()


@cache
def gazetteer() -> Gazetteer:
    """Return the table of places; read when the first place is to be found."""
    from downlight.core.places.gazetteer import Gazetteer

    return Gazetteer.parse(resource("places.tsv").read_text("utf-8"))


@cache
def world_map() -> tuple[Land, ...]:
    """Return the shapes of the countries; read when the first map is shown."""
    from downlight.core.places import worldmap

    return worldmap.read(resource("world.tsv").read_text("utf-8"))


@cache
def about_service(slug: ServiceSlug) -> AboutService | None:
    """Return what is known about a service beyond the catalog; None: nothing is.

    Raises:
        CatalogError: The file is broken.
        StorageError: The installation is incomplete.
    """
    from downlight.catalog import about as about_files

    return about_files.load(resource("about"), slug)


def locate(report: Report) -> Report:
    """Return ``report`` with its places found, as far as anybody knows them."""
    if not (report.components or report.incidents):
        return report
    return gazetteer().locate(report)


def open_journal(
    places: Places, tape: Recording | None = None
) -> Callable[[], Journal]:
    """Return what opens the journal on the thread that will use it.

    What was seen and what is replayed never meet in one journal, nor do two
    recordings: it belongs to whoever used it first, which its mark says. Anybody
    else keeps a journal of his own beside it, and its `trouble` says so.

    A disk that cannot be written is no reason not to watch: what really goes on is
    then remembered until the end of the run, and the journal's `trouble` says so.

    Args:
        places: Where this run keeps its things.
        tape: What is replayed; None for what really goes on.
    """
    owner, own = LIVE, LIVE_JOURNAL
    if tape is not None:
        owner, own = tape.digest, f"replay-{tape.name[:40]}-{tape.digest[:8]}.sqlite"

    def opened() -> Journal:
        from downlight.storage.journal import Journal

        try:
            journal = Journal.open(places.journal)
        except StorageError as error:
            if tape is not None:
                raise
            log.warning("no journal: %s", error)
            said = tr("Nothing is remembered after you quit.")
            words = f"{error.words} {said}"
            return Journal.in_memory(trouble=words)
        if _is_for(journal, owner):
            return journal
        journal.close()
        beside = Journal.open(places.journal.with_name(own))
        whose = _REPLAYED if tape is None else _OTHERS
        said = tr(whose, file=places.journal.name, own=own)
        beside.trouble = f"{beside.trouble} {said}".strip()
        return beside

    return opened


def _is_for(journal: Journal, owner: str) -> bool:
    """Whether ``owner`` may write to ``journal``; marks one that nobody has used."""
    mark = journal.meta(MARK)
    if mark is not None:
        return mark == owner
    used = journal.tracks() or journal.last_reports() or journal.events()
    if used and owner != LIVE:
        return False  # live watching from before there were marks
    try:
        journal.set_meta(MARK, owner)
    except StorageError:
        if owner != LIVE:  # a full disk is no reason not to watch
            raise
    return True


def passing_journal() -> Journal:
    """Return a journal that lives as long as the run."""
    from downlight.storage.journal import Journal

    return Journal.in_memory(reports=False)


def engine(
    what: Plan,
    home: Home,
    journal: Callable[[], AbstractContextManager[Memory]],
    sinks: Sequence[Sink],
    web: Callable[[], AbstractAsyncContextManager[Web]] | None = None,
) -> Engine:
    """Return an engine for the live network.

    Args:
        what: Whom to ask about what.
        home: Where this run keeps its things, and what the person has chosen.
        journal: Opens the memory.
        sinks: Who is told.
        web: Opens the network; None for the real one, and then the own line is
            looked at, too, when something looks wrong.
    """
    settings = home.settings

    async def climb() -> Climb:
        from downlight import climbing  # seldom needed, and start-up is felt

        return await climbing.own_line(settings, home.places)

    around = Surroundings(
        web=web or (lambda: live_web(settings)),
        clock=system_clock,
        journal=journal,
        sinks=tuple(sinks),
        spread=random.random,
        frugal=supply.Supply(clock=system_clock).is_frugal,
        climb=climb if web is None else None,
        way=way_out.WayOut(clock=system_clock).mark,
    )
    return Engine(what, around, ledger(settings, country(settings)))


def ledger(settings: Settings, country: str) -> Ledger:
    """Return an empty memory for a person in this country."""
    return Ledger(settings.patience, locate=locate, home=country, also=settings.also_in)


def country(settings: Settings) -> str:
    """Return the person's country (ISO 3166-1 alpha-2); empty when not known."""
    return whereabouts(settings.country, resource("zones.tsv")).code


def replay_engine(
    what: Plan,
    recording: Recording,
    settings: Settings,
    journal: Callable[[], AbstractContextManager[Memory]],
    sinks: Sequence[Sink],
    clock: Clock,
) -> Engine:
    """Return an engine that lives on a recording; it draws no lots."""
    from downlight.engine.replay import RecordedWeb

    around = Surroundings(
        web=lambda: RecordedWeb(recording, clock),
        clock=clock,
        journal=journal,
        sinks=tuple(sinks),
        spread=lambda: 0.5,
        replay=about(recording.folder).title,
    )
    return Engine(what, around, ledger(settings, said_country(settings)))


def said_country(settings: Settings) -> str:
    """Return the country a person has named; empty when none.

    Guessed from this computer, a recording would end otherwise on another one.
    """
    said = whereabout.said(settings.country)
    return said.code if said else ""


def choose(home: Home, slugs: Sequence[ServiceSlug]) -> Home:
    """Keep a new choice of services.

    Raises:
        SettingsError: The settings file cannot be written.
        StorageError: The disk refuses.
    """
    settings = replace(home.settings, watch=tuple(slugs))
    settings_file.save(home.places.settings, settings, was=home.settings)
    return replace(home, settings=settings)


@dataclass(frozen=True, slots=True)
class About:
    """What a recording says about itself."""

    title: str
    """As shown while it plays; says so when it is a reconstruction."""
    services: tuple[str, ...] = ()
    """Slugs it is about; empty when it does not say."""
    outages: Mapping[str, tuple[Outage, ...]] = field(default_factory=dict)
    """When it says services were really in trouble, by slug."""


def about(folder: Path) -> About:
    """Read what a recording says about itself; its folder's name when nothing.

    Raises:
        RecordingError: It cannot be read.
    """
    from downlight.core.text import line

    name = folder.name or folder.resolve().name
    file = folder / "about.toml"
    if not file.is_file():
        return About(line(name))
    try:
        says = tomllib.loads(file.read_text("utf-8"))
        # It goes to a terminal, and whoever made the recording wrote it.
        title = line(str(says.get("title", name)))
        if says.get("reconstructed"):
            title += " (reconstructed)"
        services = tuple(map(str, says.get("services", ())))
        return About(title, services, _outages(says.get("outage", [])))
    except RecursionError as error:
        raise RecordingError(f"{name}: about.toml: nested too deeply") from error
    except (OSError, ValueError, TypeError) as error:
        raise RecordingError(f"{name}: about.toml: {error}") from error


def _outages(rows: Sequence[object]) -> dict[str, tuple[Outage, ...]]:
    """Return which outages a recording says there were, by the slug of a service.

    Raises:
        ValueError: One of them is not understood; says why.
        TypeError: They are no rows.
    """
    found: dict[str, list[Outage]] = {}
    for row in rows:
        if not isinstance(row, dict):
            raise TypeError("outages stand in tables [[outage]]")
        service = row.get("service")
        if not service or not isinstance(service, str):
            raise ValueError("an outage of no service")
        began = _moment(row.get("began"), service)
        ended = _moment(row["ended"], service) if "ended" in row else None
        if ended is not None and ended <= began:
            raise ValueError(f"an outage of {service} ends before it begins")
        found.setdefault(service, []).append(Outage(began, ended))
    return {service: merged(outages) for service, outages in found.items()}


def _moment(said: object, service: str) -> datetime:
    """Return a moment of an outage.

    Raises:
        ValueError: It is none, or its time zone is not said.
    """
    at = datetime.fromisoformat(said) if isinstance(said, str) else said
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise ValueError(f"an outage of {service}: no moment like 2022-10-25T08:00:00Z")
    return at
