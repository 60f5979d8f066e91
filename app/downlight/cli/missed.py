"""``downlight missed``: what was told or held back, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from downlight import wiring
from downlight.cli import console, forms
from downlight.core.saying.words import stamp
from downlight.core.telling.decided import Fate, sentence

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from downlight.core.telling.decided import Decided

LINES: Final = 50
"""So many are shown to a person."""
_COLOURS: Final = {Fate.TOLD: "green", Fate.LATER: "yellow", Fate.HELD: "dim"}


def run(options: Namespace) -> int:
    """List what the light told or held back, the newest first.

    Raises:
        StorageError: The journal cannot be read.
    """
    found = _decisions(options)
    if options.json:
        for it in found:
            console.say(forms.dump(_form(it)))
    elif found:
        _show(found[:LINES])
    else:
        console.say("Nothing was told or held back yet.")
    return 0


def _decisions(options: Namespace) -> Sequence[Decided]:
    home = wiring.open_home(options.data)
    if not home.places.journal.exists():
        return ()
    from downlight.storage.journal import Journal

    with Journal.open(home.places.journal, read_only=True) as journal:
        return journal.decisions()


def _form(it: Decided) -> dict[str, object]:
    return {
        "event": it.event.id,
        "at": forms.moment(it.event.at),
        "service": it.event.service,
        "turn": it.event.turn.value,
        "title": it.event.title,
        "fate": it.fate.value,
        "reason": it.reason,
        "decided_at": forms.moment(it.at),
        "shown": it.shown,
        "sentence": sentence(it),
    }


def _show(found: Sequence[Decided]) -> None:
    table = Table(box=None, show_header=False, pad_edge=False)
    for it in found:
        table.add_row(
            Text(stamp(it.event.at), no_wrap=True),
            Text(it.event.title),
            Text(sentence(it), style=_COLOURS[it.fate]),
        )
    console.show(table)
