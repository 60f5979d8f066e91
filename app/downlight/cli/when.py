"""``downlight when``: was it down on that day, and when was it ever?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from downlight import history, wiring
from downlight.cli import console, forms
from downlight.cli.status import MARKS
from downlight.core.errors import SettingsError
from downlight.core.history import figure_words, telling, when
from downlight.core.history.past import DAY, HOUR, Kind

if TYPE_CHECKING:
    from argparse import Namespace

    from downlight.core.history.past import Outage, Past

NOT_KNOWN = 3
"""Exit status, as monitoring plug-ins use it."""


def run(options: Namespace) -> int:
    """Say whether a service was down on a day, or list what is known.

    Raises:
        SettingsError: There is no such service.
        CatalogError: What is shipped is broken.
        StorageError: The journal cannot be read.
    """
    past = history.past(wiring.open_home(options.data), options.slug)
    if past is None:
        error = SettingsError(options.slug)
        error.title = "No such service"
        raise error
    if options.day is not None:
        return _answer(past, options)
    if options.json:
        for outage in reversed(past.outages):
            console.say(forms.dump(_form(past, outage)))
    else:
        _list(past)
    return 0


def _answer(past: Past, options: Namespace) -> int:
    found = when.answer(past, options.day)
    if options.json:
        form = {
            "slug": past.slug,
            "day": options.day.isoformat(),
            "down": found.down,
            "level": found.level.code if found.level else None,
            "watched_seconds": int(found.day.looked.total_seconds()),
            "watched_whole_day": found.day.is_whole,
            "sentence": found.sentence,
            "outages": [_form(past, outage) for outage in found.outages],
        }
        console.say(forms.dump(form))
    else:
        console.say(found.sentence)
    if found.down is None:
        return NOT_KNOWN
    if found.level is None:
        return 0
    return 2 if found.level.is_outage else 1


def _list(past: Past) -> None:
    if not past.outages:
        console.say(f"No outage of {past.service.name} is known here.")
    else:
        table = Table(box=None, show_header=False, pad_edge=False)
        for outage in reversed(past.outages):
            known = outage.kind is Kind.OUTAGE
            mark, colour = MARKS[outage.level] if known else ("", "")
            table.add_row(
                Text(_date(outage), no_wrap=True),
                Text(mark, style=colour),
                Text("" if known else str(outage.kind)),
                Text(telling.told(outage)),
            )
        console.show(table)
    for line in figure_words.lines(past):
        console.say(line)
    console.say(when.basis(past))


def _date(outage: Outage) -> str:
    """Return the date as exactly as it is known."""
    if outage.precision is not None and outage.precision > DAY:
        return f"{outage.begun:%Y-%m}"
    if outage.precision is not None and outage.precision > HOUR:
        return f"{outage.begun:%Y-%m-%d}"
    return f"{outage.begun.astimezone():%Y-%m-%d}"


def _form(past: Past, outage: Outage) -> dict[str, Any]:
    length = outage.length
    exact = outage.precision
    return {
        "slug": past.slug,
        "id": outage.id,
        "kind": outage.kind.value,
        "level": outage.level.code if outage.level else None,
        "begun": forms.moment(outage.begun),
        "begun_within_seconds": None if exact is None else int(exact.total_seconds()),
        "ended": forms.moment(outage.ended),
        "end_known": outage.end_known,
        "lasts": outage.lasts,
        "seconds": None if length is None else int(length.total_seconds()),
        "where": outage.where,
        "countries": list(outage.countries),
        "what": outage.what,
        "cause": outage.cause,
        "root": outage.root.value if outage.root else None,
        "root_confirmed": outage.sure,
        "official_at": forms.moment(outage.word),
        "official": outage.official,
        "silent": outage.silent,
        "known_from": [origin.value for origin in outage.origins],
        "trust": outage.trust,
        "sources": list(outage.sources),
        "note": outage.note,
    }
