"""Save pictures of the page "Is it me?".

python -m tests.ui.show_me FOLDER
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from downlight.core.rungs.far_rungs import judge_connect
from downlight.core.rungs.ladder import Climb, Notice, Rung, Step, Trouble, failed, fine
from downlight.core.rungs.own_rungs import judge_internet, judge_link
from downlight.core.rungs.readings import Fault, OwnLine, Reading
from tests.ui import made_up
from tests.ui.show import shoot, window
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from downlight.core.errors import DownlightError
    from downlight.ui.window import Window

MS = timedelta(milliseconds=1)


def own() -> tuple[Step, ...]:
    """Return the rungs of a line that is fine."""
    places = [Reading(f"{n}.example.org:443", connected=34 * MS) for n in range(6)]
    return (
        judge_link(OwnLine(route=True)),
        fine(Rung.DNS, 12 * MS),
        fine(Rung.PORTAL, 40 * MS),
        judge_internet(places),
        fine(Rung.SECURE, 90 * MS),
    )


def grid(silent: int = 2, hosts: str = "chatter.example") -> tuple[Reading, ...]:
    """Return sixteen servers, of which some do not answer."""
    return tuple(
        Reading(
            f"e{n}.{hosts}:443",
            connected=None if n <= silent else (20 + n) * MS,
            secured=None if n <= silent else 30 * MS,
            fault=Fault.SILENT if n <= silent else None,
        )
        for n in range(1, 17)
    )


def down(service: str = "Chatter", hosts: str = "chatter.example") -> Climb:
    """Return the way up to a service of which few servers answer."""
    servers = grid(14, hosts)
    return Climb(
        service,
        (*own(), fine(Rung.NAME, 9 * MS), judge_connect(servers)),
        (Notice.VPN,),
        "WireGuard",
        servers,
    )


OWN = own()
WELL = Climb(
    "Chatter",
    (
        *OWN,
        fine(Rung.NAME, 9 * MS),
        judge_connect(grid(0)),
        fine(Rung.HANDSHAKE, 30 * MS),
        fine(Rung.ANSWER, 101 * MS),
    ),
    grid=grid(0),
)
DOWN = down()
MINE = Climb("Chatter", (OWN[0], failed(Rung.DNS, Trouble.DNS_DEAD)))


def page(result: Climb | DownlightError | None, *steps: Step) -> Window:
    """Return the window on the page, and what came of it."""
    wishes = Granted()
    made = window(made_up.world(), "chatter", wishes=wishes)
    made.page.tabs.choose("me")
    for step in steps:
        wishes.step(step)
    if result is not None:
        wishes.tell_climb(result)
    return made


STATES = {
    "me-well": lambda: page(WELL),
    "me-down": lambda: page(DOWN),
    "me-mine": lambda: page(MINE),
    "me-going": lambda: page(None, *OWN[:3]),
    "me-refused": lambda: page(
        Granted().refuse("This is a replay", "It changes nothing and asks nobody.")
    ),
}


def main(folder: str) -> None:
    """Save all states, light and dark."""
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    shoot(app, Path(folder), states=STATES)


if __name__ == "__main__":
    main(sys.argv[1])
