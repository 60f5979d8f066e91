"""Save pictures of the page "About".

python -m tests.ui.show_about FOLDER
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from downlight import probes
from downlight.catalog import about
from downlight.catalog.catalog import Catalog, load
from downlight.core.errors import CatalogError
from downlight.core.level import Level
from downlight.sources import registry
from downlight.storage.resources import resource
from downlight.ui.about.sheet import AboutSheet
from downlight.ui.glance import Glance
from downlight.ui.kit.sheet import stylesheet
from downlight.ui.kit.theme import present
from tests.ui import made_up
from tests.ui.show import dark, light

if TYPE_CHECKING:
    from downlight.core.about import About
    from downlight.core.model import ServiceSlug
    from downlight.core.news import ServiceView

SIZES = {"narrow": (400, 1600), "page": (660, 3400), "wide": (1160, 1700)}
LEVELS = {"whatsapp-business": Level.DEGRADED, "app-store": Level.OPERATIONAL}


@cache
def catalog() -> Catalog:
    """Return the services that are shipped."""
    return load(resource("catalog"), frozenset((*registry.FAMILIES, *probes.FAMILIES)))


def real(slug: str, level: Level | None = Level.OPERATIONAL) -> ServiceView:
    """Return a service of the catalog, as its page says it is."""
    service = catalog().service(slug)
    assert service is not None
    return replace(made_up.plainly(slug, service.name, level), service=service)


def watched(slug: ServiceSlug) -> ServiceView | None:
    """Return how the few that are watched are."""
    return real(slug, LEVELS[slug]) if slug in LEVELS else None


def written(slug: ServiceSlug) -> About | None:
    """Return what is written about a service."""
    return about.load(resource("about"), slug)


def broken(_slug: ServiceSlug) -> About | None:
    """Raise what a broken file raises."""
    raise CatalogError("whatsapp.toml: fact 1: source: missing")


def page(view: ServiceView, *, fault: bool = False, unfold: bool = False) -> QWidget:
    """Return the page about a service, as the window would hold it."""
    sheet = AboutSheet(broken if fault else written, watched)
    frame = QWidget()
    frame.setObjectName("main")
    frame.setStyleSheet(stylesheet(present()))
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(sheet)
    sheet.show_glance(Glance(view, made_up.NOW))
    if unfold:
        lines = [line for card in sheet.cards.values() for line in card.lines]
        lines += [it.line for part in (sheet.ties.needs,) for it in part.views]
        for line in lines:
            if line.more is not None:
                line.more.setChecked(True)
    return frame


STATES = {
    "about": lambda: page(real("whatsapp")),
    "about-unfolded": lambda: page(real("whatsapp"), unfold=True),
    "about-github": lambda: page(real("github")),
    "about-nothing": lambda: page(real("gitlab")),
    "about-own": lambda: page(made_up.plainly("mine", "Mine", None, own=True)),
    "about-broken": lambda: page(real("whatsapp"), fault=True),
}


def main(folder: str) -> None:
    """Save all states, light and dark, narrow and wide."""
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for shade, colours in (("light", light()), ("dark", dark())):
        app.setPalette(colours)
        for name, make in STATES.items():
            for size, (width, height) in SIZES.items():
                shown = make()
                shown.resize(width, height)
                shown.show()
                for _ in range(5):
                    app.processEvents()
                shown.grab().save(str(Path(folder) / f"{name}-{size}-{shade}.png"))
                shown.close()


if __name__ == "__main__":
    main(sys.argv[1])
