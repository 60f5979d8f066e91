"""Save pictures of the page of countries on a made-up world.

    python -m tests.ui.show_regions FOLDER [STATE …]

One PNG per state, light and dark; set QT_SCALE_FACTOR=2 for a fine screen.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from downlight.core.errors import Unreachable
from downlight.core.level import Level
from downlight.core.model import Component, Failure, Incident, Place, RegionReading
from downlight.core.places import worldmap
from downlight.core.places.countries import COUNTRIES
from downlight.storage.resources import resource
from downlight.ui.glance import Glance
from downlight.ui.kit.sheet import stylesheet
from downlight.ui.kit.theme import present
from downlight.ui.regions.sheet import RegionsSheet
from tests.ui import made_up, palettes
from tests.ui.made_up import NOW, ago, evidence, info, report, service, view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.news import ServiceView
    from downlight.core.places.worldmap import Land

HOME = "TR"
NOTE = "Measured by volunteers; hours old. Tells of blocking, not of outages."
FEW = {"AD", "AI", "AX", "BJ", "BT", "CF", "FO", "GL", "KI", "LS", "MN", "NA", "PG"}
UNSEEN = {"AQ", "BV", "CC", "CX", "EH", "GS", "HM", "KP", "NU", "PN", "SO", "TF", "TK"}


@cache
def lands() -> tuple[Land, ...]:
    """Return the countries of the world."""
    return worldmap.read(resource("world.tsv").read_text("utf-8"))


def reading(code: str, n: int = 120, bad: int = 3, **more: object) -> RegionReading:
    """Return what was measured in a country: fine, unless it is said otherwise."""
    made = RegionReading(
        Place(code, COUNTRIES[code]), Level.OPERATIONAL, False, n, bad, 12, ago(1500)
    )
    return replace(made, **more)  # type: ignore[arg-type]  # a table of fields


def measured(readings: Iterable[RegionReading], minutes: float = 11) -> Evidence:
    """Return a source that measures countries."""
    source = info("Open measurements", "regional", note=NOTE)
    told = report(source.name, None, ago(minutes), readings=tuple(readings))
    return evidence(source, told)


def everywhere() -> tuple[RegionReading, ...]:
    """Return measurements of most countries of the world."""
    others = {
        "IR": reading("IR", 640, 633, level=None, blocked=True, sudden=True),
        "TM": reading("TM", 44, 41, level=None, blocked=True, sudden=True, networks=2),
        "CN": reading("CN", 812, 798, level=None),
        "AE": reading("AE", 90, 71, level=None),
    }
    few = {code: reading(code, 3, 1, level=None, networks=1) for code in FEW}
    return tuple(
        others.get(code) or few.get(code) or reading(code, 20 + 7 * n, n % 5)
        for n, code in enumerate(COUNTRIES)
        if code not in UNSEEN
    )


def told(*places: Place, level: Level = Level.MAJOR) -> Evidence:
    """Return an official page with an incident in these places."""
    source = info("Chirp's status page", page="https://status.example.org/")
    incident = Incident(
        "i", "Messages fail", level, None, open=True, started_at=ago(70), places=places
    )
    return evidence(source, report(source.name, level, ago(1), incidents=(incident,)))


def chirp(*found: Evidence) -> ServiceView:
    """Return a service that these sources speak about."""
    return view(service("chirp", "Chirp"), *found)


def cloud() -> ServiceView:
    """Return a cloud some regions of which are in trouble."""
    source = info("Nimbus dashboard", page="https://cloud.example.org/")
    towns = (
        ("eu-west-0", "Paris", "FR", Level.MAJOR),
        ("us-east-1", "N. Virginia", "US", Level.DEGRADED),
        ("eu-central-1", "Frankfurt", "DE", Level.PARTIAL),
        ("ap-southeast-1", "Singapore", "SG", Level.PARTIAL),
        ("sa-east-1", "São Paulo", "BR", Level.OPERATIONAL),
    )
    parts = tuple(
        Component(code, f"Machines in {name}", lv, place=Place(code, name, (country,)))
        for code, name, country, lv in towns
    )
    told_ = report(source.name, Level.MAJOR, ago(1), components=parts)
    return view(service("nimbus", "Nimbus"), evidence(source, told_))


def lost() -> Evidence:
    """Return a source that measures countries and never answered."""
    source = info("Open measurements", "regional", note=NOTE)
    failure = Failure(source.id, ago(1), Unreachable("no", "timeout"))
    return evidence(source, None, failure)


def glance(of: ServiceView, home: str = HOME, **more: object) -> Glance:
    """Return a look at a service from Turkey."""
    return replace(Glance(of, NOW, home=home), **more)  # type: ignore[arg-type]  # a table of fields


BRAZIL, SPAIN = made_up.BRAZIL, made_up.SPAIN
GLANCES: dict[str, Callable[[], Glance]] = {
    "outage": lambda: glance(chirp(told(BRAZIL, SPAIN), measured(everywhere()))),
    "calm": lambda: glance(chirp(measured(everywhere()))),
    "named": lambda: glance(chirp(told(BRAZIL))),
    "cloud": lambda: glance(cloud()),
    "nobody": lambda: glance(chirp()),
    "asking": lambda: glance(chirp(), asking=True),
    "lost": lambda: glance(chirp(lost())),
    "old": lambda: glance(chirp(measured(everywhere(), 5000))),
    "offline": lambda: glance(
        view(service("chirp", "Chirp"), measured(everywhere()), online=False)
    ),
    "chatter": lambda: glance(made_up.chatter(), home="BR"),
}


def sheet(name: str, width: int, height: int) -> RegionsSheet:
    """Return the page in one of its states."""
    made = RegionsSheet(lands)
    made.setStyleSheet(stylesheet(present()))
    made.resize(width, height)
    made.show()
    made.show_glance(GLANCES[name]())
    if name in {"outage", "cloud"}:
        made.list.choose(1)
    return made


def main() -> None:
    """Save them."""
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    folder, only = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {"": (640, 470), "-wide": (1100, 760)}
    for shade, colours in (("light", palettes.light()), ("dark", palettes.dark())):
        app.setPalette(colours)
        for name in GLANCES:
            for size, room in sizes.items():
                if only and name not in only:
                    continue
                made = sheet(name, *room)
                for _ in range(4):
                    app.processEvents()
                made.grab().save(str(folder / f"{name}{size}-{shade}.png"))
                made.close()
                made.deleteLater()


if __name__ == "__main__":
    main()
