"""``downlight mute``: silence that ends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight import wiring
from downlight.cli import console
from downlight.core.errors import SettingsError, StorageError
from downlight.core.model import ServiceSlug
from downlight.core.telling import mute as muting
from downlight.core.telling.mute import EVERYTHING, Span
from downlight.engine.clock import system_clock

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from datetime import datetime

    from downlight.core.telling.mute import Mute
    from downlight.storage.journal import Journal
    from downlight.wiring import Home

OFF = "off"
ALL = "all"


def run(options: Namespace) -> int:
    """Say who is muted, mute a service or all, or end that.

    Raises:
        SettingsError: Nobody knows the service, or it has no outage to wait for.
        StorageError: The disk refuses.
    """
    home = wiring.open_home(options.data)
    local = system_clock().astimezone()
    with wiring.open_journal(home.places)() as journal:
        if not journal.is_kept:  # nor does anybody know then who is muted
            raise StorageError(journal.trouble)
        if not options.slug:
            _list(home, journal, local)
            return 0
        slug, name = _meant(home, options.slug, journal.mutes(local))
        if options.span == OFF:
            journal.mute(slug, None)
            console.say(f"{name} is muted no more.")
            return 0
        track = journal.tracks().get(slug)
        try:
            mute = muting.begin(
                Span(options.span), local, track.episode if track else ""
            )
        except ValueError as error:
            raise _wrong(
                "Not muted", f"{name}: {error}", "Say for how long: 1h, 4h, tomorrow."
            ) from error
        journal.mute(slug, mute)
        console.say(f"{name} is muted {muting.words(mute, local)}.")
    return 0


def _list(home: Home, journal: Journal, local: datetime) -> None:
    mutes = journal.mutes(local)
    if not mutes:
        console.say("Nothing is muted.")
    for slug, mute in mutes.items():
        _, name = _meant(home, ALL if slug == EVERYTHING else slug, mutes)
        console.say(f"{name} is muted {muting.words(mute, local)}.")


def _meant(
    home: Home, word: str, mutes: Mapping[ServiceSlug, Mute]
) -> tuple[ServiceSlug, str]:
    """Return what a mute goes by, and what to call it."""
    if word == ALL:
        return EVERYTHING, "Everything"
    service = wiring.whole_catalog(home).service(word)
    if service is None and word in mutes:  # muted, and removed since
        return ServiceSlug(word), word
    if service is None:
        raise _wrong("No such service", word, "`downlight services` lists them.")
    return service.slug, service.name


def _wrong(title: str, what: str, hint: str) -> SettingsError:
    error = SettingsError(what)
    error.title, error.hint = title, hint
    return error
