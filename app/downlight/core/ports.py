"""What the inside asks of the outside; each port as small as it can be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime, timedelta

    from downlight.core.addition import Found
    from downlight.core.decided import Decided
    from downlight.core.errors import DownlightError
    from downlight.core.health import Kept
    from downlight.core.history.past import Past
    from downlight.core.home import Whereabouts
    from downlight.core.hooks import Letter
    from downlight.core.keys import Key, Ring
    from downlight.core.ladder import Climb, Step
    from downlight.core.model import (
        Component,
        Report,
        ServiceSlug,
        SourceId,
    )
    from downlight.core.mute import Mute, Span
    from downlight.core.news import Delivery, Event, Message, News
    from downlight.core.preferences import HooksView, Rehearsal, Taken
    from downlight.core.settings import Settings
    from downlight.core.source import SourceInfo
    from downlight.core.story import Track

T = TypeVar("T")


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return the present moment (aware, UTC)."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """One usable answer of a server (HTTP 200 or 304)."""

    url: str
    """Where it came from in the end, after redirects."""
    body: bytes
    """Decompressed; after a 304 the body that is still valid."""
    at: datetime
    """When it was received (aware, UTC)."""
    charset: str | None = None
    """From ``Content-Type``, if named there; a BOM in the body goes first."""
    max_age: timedelta | None = None
    """How long the server asked not to be asked again."""
    moved: str = ""
    """Where the address has moved for good (HTTP 301 or 308), if it said so."""
    received: int = field(default=0, compare=False)
    """Bytes of body that came over the line, as they were packed; 0 after a 304."""
    fingerprint: str = field(default="", compare=False)
    """Digest of ``body``, made at birth."""

    def __post_init__(self) -> None:
        """Work out the digest."""
        if not self.fingerprint:
            digest = hashlib.blake2b(self.body, digest_size=16).hexdigest()
            object.__setattr__(self, "fingerprint", digest)

    def parsed(self, parse: Callable[[Answer], Report], last: Report | None) -> Report:
        """Return ``parse(self)``, or ``last`` anew when the body is the same.

        Only for parsers whose result hangs on the body alone, not on the time.

        Raises:
            Unreadable: From ``parse``.
        """
        if last is not None and last.fingerprint == self.fingerprint:
            return replace(last, at=self.at, next_check=self.max_age)
        return replace(
            parse(self), fingerprint=self.fingerprint, next_check=self.max_age
        )


class Web(Protocol):
    """The only way a source reaches the network."""

    def now(self) -> datetime:
        """Return the present moment (aware, UTC), for addresses that hold a date."""
        ...

    async def get(
        self,
        url: str,
        *,
        accept: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Fetch ``url``.

        Args:
            url: Where.
            accept: The media types wanted.
            headers: What else to send, e.g. a token; it never follows a redirect
                to another host.

        Raises:
            Unreachable: No usable answer arrived.
            Refused: The server answered with an error status.
        """
        ...

    async def post(
        self, url: str, body: bytes, *, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send ``body`` to ``url``, for places that must be logged in to.

        Raises:
            Unreachable: No usable answer arrived.
            Refused: The server answered with an error status, or sent us elsewhere.
        """
        ...

    async def secret(self, name: str) -> str:
        """Return a token or password from where the person keeps them.

        Raises:
            NoKey: There is none, or its store cannot be opened.
        """
        ...

    async def resolve(self, host: str) -> tuple[str, ...]:
        """Return the IPv4 and IPv6 addresses of ``host``, sorted.

        Raises:
            Unreachable: It has none, or nobody could say.
        """
        ...

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        """Open a connection, with a TLS handshake if asked, and close it again.

        Returns:
            How long opening it took.

        Raises:
            Unreachable: It could not be opened.
        """
        ...


class Source(Protocol):
    """One place that knows about outages."""

    @property
    def info(self) -> SourceInfo:
        """Identity and polling manners; constant."""
        ...

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Ask once.

        Args:
            web: The network.
            last: The previous report, so that an unchanged body is not parsed
                again.

        Raises:
            SourceError: There is no report.
        """
        ...


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


class Preferences(Protocol):
    """What a person chooses in the settings. Called on the window's thread."""

    def settings(self) -> Settings:
        """Return what holds now."""
        ...

    def change(self, settings: Settings) -> None:
        """Keep these, and go by them at once, as far as that needs no new start.

        Raises:
            DownlightError: One of them cannot be used, or they cannot be kept;
                nothing has changed.
        """
        ...

    def file_of(self, what: Literal["settings", "hooks"]) -> str:
        """Return where that file stands; it is made when there is none.

        Raises:
            DownlightError: It cannot be made.
        """
        ...

    def export(self, path: str) -> None:
        """Write settings, watch list and own services there, without secrets.

        Raises:
            DownlightError: They cannot be written.
        """
        ...

    def take_over(self, path: str) -> Taken:
        """Go by what was written by `export`, and keep it.

        Raises:
            DownlightError: It does not fit or cannot be kept; nothing has changed.
        """
        ...

    def hooks(self) -> HooksView:
        """Return what is done on change, as it stands in its file."""
        ...

    def preview_hook(self, name: str) -> str:
        """Return in words what a hook would do on a made-up event; does nothing.

        Raises:
            DownlightError: There is no such hook any more.
        """
        ...

    def try_hook(self, name: str, tell: Callable[[str | DownlightError], None]) -> None:
        """Let a hook do its work on a made-up event; returns at once.

        Args:
            name: Which one.
            tell: Told later, once: what was heard from it, mostly nothing, or why it
                did not work.
        """
        ...

    def rehearse(
        self, tell: Callable[[Sequence[Rehearsal] | DownlightError], None]
    ) -> None:
        """Find out how recorded outages would have been told; returns at once.

        Args:
            tell: Told later, once: how each would have been told by what is chosen
                now, or why that is not known.
        """
        ...

    def keys(self) -> tuple[Key, ...]:
        """Return which tokens and logins there may be, without looking for them."""
        ...

    def look_for_keys(self, tell: Callable[[Ring], None]) -> None:
        """Ask the keyring which of them it holds; returns at once.

        Args:
            tell: Told later, once; the keyring may ask the person first.
        """
        ...

    def keep_key(
        self,
        name: str,
        value: str | None,
        tell: Callable[[DownlightError | None], None],
    ) -> None:
        """Put a token into the keyring; returns at once.

        Args:
            name: Of the key.
            value: The token; None forgets the one that is there.
            tell: Told later, once: why it was not done, None when it was.
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


class Channel(Protocol):
    """One way to put a message in front of a person. Used on the courier's thread."""

    @property
    def name(self) -> str:
        """As written to the journal, e.g. ``dbus``."""
        ...

    def deliver(self, message: Message) -> None:
        """Show it.

        Raises:
            DeliveryError: It was not shown; the next channel is tried.
        """
        ...


class Sink(Protocol):
    """Whoever wants to hear of news. May be called from any thread."""

    def publish(self, news: News) -> None:
        """Take over; return at once, never raise."""
        ...


class Journal(Protocol):
    """The memory that outlives the program.

    Every method raises `StorageError` when the disk refuses.
    """

    trouble: str
    """What a person must know about it, e.g. that it began anew; mostly empty."""

    def tracks(self) -> Mapping[ServiceSlug, Track]:
        """Return what was known about each service when we last wrote."""
        ...

    def last_reports(self) -> Mapping[SourceId, Report]:
        """Return the newest report kept of each source."""
        ...

    def health(self) -> Mapping[SourceId, Kept]:
        """Return how each source stood when that was last written."""
        ...

    def write_health(
        self, health: Mapping[SourceId, Kept], meta: Mapping[str, str] = ...
    ) -> None:
        """Keep how these sources stand, in place of what was kept of them."""
        ...

    def write(
        self,
        at: datetime,
        reports: Sequence[Report],
        tracks: Mapping[ServiceSlug, Track],
        events: Sequence[Event],
        *,
        meta: Mapping[str, str] = ...,
        health: Mapping[SourceId, Kept] = ...,
    ) -> None:
        """Keep all of it, or nothing, in one transaction.

        Events that are already kept (same `Event.id`) are left as they are;
        values of ``meta`` and ``health`` are overwritten.
        """
        ...

    def meta(self, key: str) -> str | None:
        """Return a small remembered value, or None when there is none."""
        ...

    def undelivered(
        self, since: datetime, channel: str | None = None
    ) -> Sequence[Event]:
        """Return events that were not told yet, oldest first.

        Args:
            since: Older ones are left out.
            channel: Those this channel has not taken, of every turn; None: those
                worth a notification that no channel has taken or held.
        """
        ...

    def record_delivery(self, *deliveries: Delivery) -> None:
        """Keep the outcome of one attempt to notify, of all it told or of nothing."""
        ...

    def undecided(self, since: datetime) -> Sequence[Event]:
        """Return events about which nothing was decided, oldest first.

        Args:
            since: Older ones are left out, as is what was told without a decision.
        """
        ...

    def decide(
        self, decisions: Sequence[Decided], *, answered: Collection[ServiceSlug] = ...
    ) -> None:
        """Keep what was decided, all of it or nothing, in place of what was before.

        Args:
            decisions: Each event once.
            answered: Whose next end need not be told in any case any more.
        """
        ...

    def decisions(self, most: int = ...) -> Sequence[Decided]:
        """Return what was decided about so many events, the newest event first."""
        ...

    def mutes(self, at: datetime) -> Mapping[ServiceSlug, Mute]:
        """Return the mutes that hold at a moment."""
        ...

    def mute(self, slug: ServiceSlug, it: Mute | None) -> None:
        """Keep a mute in place of an earlier one; None ends it."""
        ...

    def once(self) -> frozenset[ServiceSlug]:
        """Return of whom the next end is to be told in any case."""
        ...

    def ask_once(self, slug: ServiceSlug, *, wanted: bool = ...) -> None:
        """Keep that the next end of a service is to be told in any case, or not."""
        ...

    def events(self, service: ServiceSlug | None = None) -> Sequence[Event]:
        """Return kept events, newest first, of one service or of all."""
        ...


class Secrets(Protocol):
    """Where tokens are kept. May ask the user, so never call it on a loop."""

    def read(self, name: str) -> str | None:
        """Return a secret, or None when there is none.

        Raises:
            StorageError: The store is locked, missing or broken.
        """
        ...

    def write(self, name: str, secret: str | None) -> None:
        """Keep a secret; None forgets it.

        Raises:
            StorageError: The store is locked, missing or broken.
        """
        ...


class Post(Protocol):
    """The only way a webhook reaches the network."""

    async def send(
        self,
        url: str,
        body: bytes,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Hand ``body`` over; what the receiver says beside its status is not read.

        Raises:
            Unreachable: It is not known whether it arrived.
            Refused: The receiver did not take it; says for how long to wait, if the
                receiver said so.
        """
        ...

    async def secret(self, name: str) -> str:
        """Return a secret from where the person keeps them.

        Raises:
            NoKey: There is none, or its store cannot be opened.
        """
        ...


class Outbox(Protocol):
    """What is on its way to hooks, kept beyond the end of the program.

    Every method raises `StorageError` when the disk refuses.
    """

    def waiting(self) -> Sequence[Letter]:
        """Return what has not arrived, in the order of the events."""
        ...

    def known(self, hook: str) -> frozenset[str]:
        """Return the ids of all events a hook was meant to be told of lately."""
        ...

    def since(self, hook: str, now: datetime) -> datetime:
        """Return when a hook was first seen: ``now``, if it never was before."""
        ...

    def keep(self, letters: Sequence[Letter]) -> None:
        """Keep letters that are to be sent; those that are known stay as they are."""
        ...

    def postpone(self, letter: Letter, why: str) -> None:
        """Keep how often a letter was tried and when it is due again."""
        ...

    def settle(self, letter: Letter, outcome: str, at: datetime, why: str = "") -> None:
        """Keep what became of a letter: it is not sent again."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
