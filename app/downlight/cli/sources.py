"""``downlight doctor --sources``: how each watched source is doing, now and today."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from downlight import wiring
from downlight.cli import console, forms
from downlight.cli.status import look
from downlight.core.errors import DownlightError
from downlight.core.saying import words
from downlight.core.saying.source_words import kept_line, source_line, usage_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping
    from datetime import datetime

    from downlight.core.health import Kept
    from downlight.core.model import SourceId, Standing
    from downlight.core.source import SourceInfo
    from downlight.wiring import Home


@dataclass(frozen=True, slots=True)
class State:
    """One source: as it answers us now, and as the running light has it."""

    info: SourceInfo
    now: Standing
    kept: Kept | None
    """None when no light runs here, or it has not asked this source yet."""

    @property
    def works(self) -> bool:
        """Whether it answered just now."""
        report = self.now.report
        return self.now.failure is None and not (report and report.is_silent)


def run(options: Namespace) -> int:
    """Ask every watched source once and say how it is; 0 when all answer.

    Raises:
        CatalogError: The shipped catalog is broken.
    """
    home = wiring.open_home(options.data)
    for complaint in home.complaints:
        console.complain(complaint)
    plan, strangers = wiring.plan(home.settings.watch, home)
    for slug in strangers:
        console.complain(f"nobody knows {slug!r}")
    if not plan.services:
        console.say("Nothing is watched.")
        return 1
    snapshot = asyncio.run(look(plan, home))
    seen = {e.info.id: e for view in snapshot.services for e in view.evidence}
    kept = _kept(home)
    states = [State(e.info, e.standing, kept.get(id_)) for id_, e in seen.items()]
    if options.json:
        console.say(forms.dump([_form(state) for state in states]))
    else:
        _show(states, snapshot.at)
    return 0 if all(state.works for state in states) else 1


def _kept(home: Home) -> Mapping[SourceId, Kept]:
    """Return what a running light has written down; nothing where none has run."""
    if not home.places.journal.exists():
        return {}
    from downlight.storage.journal import Journal

    try:
        with Journal.open(home.places.journal, read_only=True) as journal:
            return journal.health()
    except DownlightError as error:
        console.complain(error.words)
        return {}


def _show(states: list[State], now: datetime) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for state in states:
        mark, colour = ("works", "green") if state.works else ("fails", "red")
        said = [source_line(state.now, now)]
        if not state.info.verified:
            said.append("Unverified: nobody has recorded a real answer of its kind.")
        if state.kept is not None:
            kept, asked = (
                state.kept,
                usage_line(state.kept.health, state.kept.at),
            )
            past = words.age(max(now - kept.at, timedelta()))
            said.append(f"The light, {past} ago: {kept_line(kept, kept.at)}")
            said.append(asked)
        table.add_row(
            Text(mark, style=colour),
            Text(state.info.name, style="bold"),
            Text(" ".join(line for line in said if line)),
        )
    console.show(table)


def _form(state: State) -> dict[str, Any]:
    report, failure, kept = state.now.report, state.now.failure, state.kept
    health = kept.health if kept else state.now.health
    return {
        "id": state.info.id,
        "name": state.info.name,
        "family": state.info.family,
        "kind": state.info.kind,
        "urls": list(state.info.urls),
        "verified": state.info.verified,
        "works": state.works,
        "trouble": failure.error.words if failure else "",
        "answered_at": forms.moment(report.at if report else health.answered),
        "moved": state.now.health.moved or health.moved,
        "running": kept
        and {
            "as_of": forms.moment(kept.at),
            "failures": kept.failures,
            "failing_since": forms.moment(kept.failing_since),
            "next_attempt": forms.moment(kept.due),
            "requests_today": health.requests,
            "bytes_today": health.received,
            "answers_today": health.answers,
            "unchanged_share": health.unchanged_share,
            "answered_at": forms.moment(health.answered),
        },
    }
