"""Our recordings in the made-up month: their days are moved, and the times in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Unreachable
from downlight.engine import recording
from downlight.storage.resources import resource
from downlight.wiring import about
from tests.bench.almanac import DAY, HOUR, MINUTE, Outage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from downlight.engine.recording import Entry
    from tests.bench.almanac import Month

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")
_GONE_2021: Final = timedelta(hours=5, minutes=26)
"""How long WhatsApp's names were gone; the outage itself lasted longer."""


@dataclass(frozen=True, slots=True)
class Reel:
    """A recording, its days moved into the month."""

    folder: Path
    entries: tuple[Entry, ...]
    moved: timedelta

    def body(self, entry: Entry) -> bytes:
        """Return an answer; the times in it are moved as well."""
        if not entry.body:
            return b""
        words = (self.folder / entry.body).read_text("utf-8")
        return _TIME.sub(self._moved, words).encode()

    def _moved(self, found: re.Match[str]) -> str:
        return (datetime.fromisoformat(found[0]) + self.moved).isoformat()


class Reels:
    """What the recordings answer, one after the other."""

    def __init__(self, reels: Iterable[Reel]) -> None:
        """Play them; before the first and after the last line nothing changes."""
        self._lines: dict[str, list[tuple[datetime, Reel, Entry]]] = {}
        self._bodies: dict[tuple[Path, str], bytes] = {}
        for reel in reels:
            for entry in reel.entries:
                line = (entry.at + reel.moved, reel, entry)
                self._lines.setdefault(_dateless(entry.url), []).append(line)

    def answer(self, url: str, at: datetime) -> bytes:
        """Return what ``url`` answers.

        Raises:
            Unreachable: It did not, then.
        """
        lines = self._lines[_dateless(url)]
        index = max(bisect_right(lines, at, key=lambda line: line[0]) - 1, 0)
        _, reel, entry = lines[index]
        if entry.error is not None:
            raise Unreachable("recorded", entry.error)
        name = (reel.folder, entry.body)
        if name not in self._bodies:
            self._bodies[name] = reel.body(entry)
        return self._bodies[name]


def reels(month: Month) -> tuple[Reel, ...]:
    """Place our recordings in a month, and what is true in them."""
    found = []
    folders = sorted(resource("recordings").glob("*/about.toml"))
    for number, file in enumerate(folders):
        folder = file.parent
        tape = recording.load(folder)
        day = month.begin + (number + 1) * (month.end - month.begin) / 5
        moved = (day - tape.entries[0].at) // DAY * DAY  # the time of day stays
        found.append(Reel(folder, tape.entries, moved))
        for slug, outages in _about(folder).items():
            for began, ended, said in outages:
                outage = Outage(slug, began + moved, ended + moved, said + moved)
                month.outages.append(outage)
                if folder.name == "whatsapp-2021-10-04":  # no page said so, but we see
                    back = outage.began + _GONE_2021
                    seen = Outage(slug, outage.began, back, outage.began, here=True)
                    month.outages[-1:] = [seen]
    return tuple(found)


def _dateless(url: str) -> str:
    """Return an address without what is asked of it: days are not those of then."""
    return url.partition("?")[0]


def _about(
    folder: Path,
) -> dict[str, list[tuple[datetime, datetime, datetime]]]:
    """Return what a recording says was true: began, ended, and when it was said."""
    first = {"whatsapp-2022-10-25": 55 * MINUTE, "google-cloud-2025-06-12": 56 * MINUTE}
    late = first.get(folder.name, timedelta())
    return {
        slug: [(it.began, it.ended or it.began + HOUR, it.began + late) for it in found]
        for slug, found in about(folder).outages.items()
    }
