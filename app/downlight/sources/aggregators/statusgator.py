"""What StatusGator says about the services on one's own board there.

Format: https://statusgator.com/api/v3 (a token of one's own, kept in the keyring as
``statusgator``; boards and their monitors as JSON, in pages). The names of the fields
and the words are NOT evidenced: no documentation of them was at hand and no recorded
answer was ever seen (2026-11). What does not fit is refused, and a word that is not in
our list has no level.

StatusGator reads the pages that Downlight reads itself, so it confirms nothing.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.errors import CatalogError
from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark
from downlight.core.text import line
from downlight.sources.session import Keyed
from downlight.sources.wire import decode, distinct, key, overall, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

API: Final = "https://statusgator.com"
SECRET: Final = "statusgator"  # noqa: S105 - the name of the secret, not itself
CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(minutes=5))
NOTE: Final = mark("Reads the same official pages; needs your own token.")
PAGE_LENGTH: Final = 100
"""Monitors asked for; with as many there may be more, which are not read."""

LEVELS: Final = {
    "up": Level.OPERATIONAL,
    "maintenance": Level.MAINTENANCE,
    "warn": Level.DEGRADED,
    "down": Level.MAJOR,
}
"""Our own reading of four plain words."""

_BOARD: Final = re.compile(r"[\w-]{1,80}", re.ASCII)


class _Monitor(msgspec.Struct):
    id: int | str
    display_name: str
    filtered_status: str


class _Monitors(msgspec.Struct):
    data: list[_Monitor]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the monitors of a board into parts.

    Raises:
        Unreadable: It is something else.
    """
    monitors = decode(answer, _Monitors).data
    parts = distinct(
        Component(
            id=key(monitor.id),
            name=line(monitor.display_name),
            level=LEVELS.get(word(monitor.filtered_status)),
            raw=line(monitor.filtered_status),
        )
        for monitor in monitors
    )
    level = overall(parts, ())
    if level is Level.OPERATIONAL and len(monitors) >= PAGE_LENGTH:
        level = None  # the rest may be worse
    return Report(source, answer.at, level=level, components=parts)


def build(spec: SourceSpec) -> Keyed:
    """Make the source that ``spec`` describes.

    Options:
        board: The board's id.
        api: Another origin, e.g. of a copy.

    Raises:
        CatalogError: There is no board.
    """
    board = spec.option("board")
    if not _BOARD.fullmatch(board):
        raise CatalogError(f"{spec.id}: board: an id is wanted")
    api = spec.option("api", API).rstrip("/")
    info = SourceInfo.of(
        spec,
        kind="aggregator",
        cadence=CADENCE,
        page=spec.url or API,
        urls=(f"{api}/api/v3/boards/{board}/monitors?per_page={PAGE_LENGTH}",),
        verified=False,
        note=NOTE,
    )
    return Keyed(info, parse, SECRET)
