"""``downlight doctor``: what works here, what does not, and what to do about it."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from downlight import VERSION, wiring
from downlight.cli import console, country, forms
from downlight.cli.status import look
from downlight.core.errors import DownlightError
from downlight.core.saying import source_words
from downlight.screen import has_screen

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from downlight.wiring import Home

TRAY: Final = "org.kde.StatusNotifierWatcher"
KEYRING_PATIENCE: Final = timedelta(seconds=5)
"""A keyring that asks for its password need not be answered for this."""
NOTIFIER: Final = "org.freedesktop.Notifications"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    works: bool | None
    """None: neither good nor bad, only said."""
    words: str


def run(options: Namespace) -> int:
    """Look at everything and say so; 0 when all of it works.

    Raises:
        CatalogError: The shipped catalog is broken.
    """
    if options.sources:
        from downlight.cli import sources

        return sources.run(options)
    home = wiring.open_home(options.data)
    findings = list(_all(home))
    if options.json:
        rows = [{"what": f.what, "works": f.works, "words": f.words} for f in findings]
        console.say(forms.dump(rows))
    else:
        _show(findings)
    return 1 if any(finding.works is False for finding in findings) else 0


def _all(home: Home) -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Downlight", None, f"{VERSION} on Python {python}, {sys.platform}")
    yield from _settings(home)
    yield Finding("Country", None, country.say(home.settings))
    yield _journal(home)
    yield _screen()
    yield from _bus()
    yield _keyring()
    yield from _sources(home)


def _settings(home: Home) -> Iterator[Finding]:
    path = home.places.settings
    state = "" if path.exists() else " (not there yet: every default is used)"
    yield Finding("Settings", None, f"{path}{state}")
    for complaint in home.complaints:
        yield Finding("Settings", works=False, words=complaint)


def _journal(home: Home) -> Finding:
    path = home.places.journal
    if not path.exists():
        return Finding("Journal", None, f"{path} (not there yet)")
    from downlight.storage.journal import Journal

    try:
        with Journal.open(path, read_only=True) as journal:
            count = len(journal.events())
            whose = journal.meta(wiring.MARK)
    except DownlightError as error:
        return Finding("Journal", works=False, words=error.words)
    note = "" if whose in {None, wiring.LIVE} else " (of a replay)"
    return Finding("Journal", works=True, words=f"{path}, {count} events kept{note}")


def _screen() -> Finding:
    if has_screen():
        return Finding("Screen", works=True, words="there is one to put a light on")
    return Finding(
        "Screen", None, "none here: `downlight` reports in the terminal instead"
    )


def _bus() -> Iterator[Finding]:
    if sys.platform != "linux":
        return
    from downlight.notify.bus import serves

    tray, notifier = serves(TRAY), serves(NOTIFIER)
    if tray is None or notifier is None:
        message = "there is no session bus to ask; is a desktop running?"
        works = False if has_screen() else None
        yield Finding("Tray", works, message)
        yield Finding("Notifications", works, message)
        return
    if tray:
        yield Finding("Tray", works=True, words="a tray is there for the light")
    else:
        yield Finding(
            "Tray",
            works=None if os.environ.get("DISPLAY") else False,
            words="no modern tray answers; an old one may still show the light, "
            "else a window opens instead (GNOME: extension AppIndicator)",
        )
    if notifier:
        yield Finding("Notifications", works=True, words="a service for them is there")
    else:
        yield Finding(
            "Notifications",
            works=False,
            words="no notification service answers; install one, e.g. dunst",
        )


def _keyring() -> Finding:
    from downlight.storage.secrets import SystemKeyring

    try:
        SystemKeyring(patience=KEYRING_PATIENCE).read("doctor")
    except DownlightError as error:
        return Finding(
            "Keyring",
            None,
            f"{error.title}. Only needed for sources that want a token. {error.hint}",
        )
    return Finding("Keyring", works=True, words="secrets can be kept")


def _sources(home: Home) -> Iterator[Finding]:
    plan, strangers = wiring.plan(home.settings.watch, home)
    for slug in strangers:
        yield Finding("Watch list", works=False, words=f"nobody knows {slug!r}")
    if not plan.services:
        yield Finding("Watch list", works=False, words="nothing is watched")
        return
    snapshot = asyncio.run(look(plan, home))
    if snapshot.online is False:
        yield Finding("Network", works=False, words="you are offline: nobody answers")
    else:
        yield Finding("Network", works=True, words="somebody answers")
    seen = {e.info.id: e for view in snapshot.services for e in view.evidence}
    for evidence in seen.values():
        standing = evidence.standing
        note = "" if evidence.info.verified else " (its form is not verified)"
        yield Finding(
            evidence.info.name,
            works=standing.failure is None
            and not (standing.report and standing.report.is_silent),
            words=source_words.source_line(standing, snapshot.at) + note,
        )


def _show(findings: list[Finding]) -> None:
    marks: dict[bool | None, tuple[str, str]] = {
        True: ("works", "green"),
        False: ("fails", "red"),
        None: ("·", "dim"),
    }
    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        mark, colour = marks[finding.works]
        table.add_row(
            Text(mark, style=colour), Text(finding.what, style="bold"), finding.words
        )
    console.show(table)
