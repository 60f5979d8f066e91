"""What a life of the program left behind: its journal and its screen."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.notify.lives import JOURNAL, SCREEN, UNDECIDED, UNSHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

HAPPENED: Final = "between happening and decision"
DECIDED: Final = "between decision and showing"
SHOWN: Final = "between showing and noting"
"""The one unavoidable window: what was shown there is shown again."""
NOTED: Final = "when all was noted"

_NOTED: Final = """SELECT event, count(*) FROM deliveries
    WHERE outcome = 'delivered' GROUP BY event"""
_FATES: Final = "SELECT event, fate || ': ' || reason FROM decisions"


@dataclass(frozen=True, slots=True)
class Relics:
    """What the screen shows and the journal says."""

    screen: Sequence[str] = ()
    """A line for each notification: the ids of its events."""
    noted: Mapping[str, int] = field(default_factory=dict)
    """Of each event how often the journal says that it was shown."""
    fates: Mapping[str, str] = field(default_factory=dict)
    """Of each event what was decided, and why."""
    untold: bool = False
    """Whether something was to be shown and is not noted."""
    undecided: bool = False
    """Whether something happened about which nothing was decided."""
    damage: str = ""
    """What is wrong with the journal; empty when nothing is."""

    @property
    def unnoted(self) -> Counter[str]:
        """Of each event how often it was shown without being noted."""
        shown = Counter(id_ for line in self.screen for id_ in line.split())
        return shown - Counter(self.noted)

    def where(self, before: Relics) -> str:
        """Return between what the life was killed, by what it found and left."""
        if self.unnoted != before.unnoted:
            return SHOWN
        if self.untold:
            return DECIDED
        return HAPPENED if self.undecided else NOTED


def look(folder: Path) -> Relics:
    """Return what was left in a folder; nothing in there is changed."""
    screen = folder / SCREEN
    shown = screen.read_text("utf-8").splitlines() if screen.exists() else []
    copy = folder.with_name(f"{folder.name}-copy")
    copy.mkdir()
    for path in folder.glob(f"{JOURNAL}*"):
        # Without the -shm file, which is made anew, as after any death.
        if not path.name.endswith("-shm"):
            shutil.copyfile(path, copy / path.name)
    with closing(sqlite3.connect(copy / JOURNAL)) as journal:
        found = _read(journal, shown)
    shutil.rmtree(copy)
    return found


def _read(journal: sqlite3.Connection, shown: Sequence[str]) -> Relics:
    checks = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
    found = [row for check in checks for row in journal.execute(check)]
    if found != [("ok",)]:
        return Relics(shown, damage=str(found))
    if not journal.execute("PRAGMA user_version").fetchone()[0]:
        return Relics(shown)  # it was killed before it had begun the journal
    return Relics(
        shown,
        dict(journal.execute(_NOTED)),
        dict(journal.execute(_FATES)),
        ("told",) in journal.execute(UNSHOWN).fetchall(),
        bool(journal.execute(UNDECIDED).fetchall()),
    )
