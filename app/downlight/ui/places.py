"""Where something is, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.countries import COUNTRIES
from downlight.core.speech import tr

if TYPE_CHECKING:
    from downlight.core.model import Component, Place


def place_words(place: Place) -> str:
    """Return a place with its country: "Frankfurt, Germany", "Brazil"."""
    return ", ".join(map(tr, _names(place)))


def beside(part: Component) -> str:
    """Return where a part is; empty when its name says that already."""
    if part.place is None:
        return ""
    # Providers name their parts in English.
    name = f"{part.name} {part.group or ''}".casefold()
    pieces = ", ".join(_names(part.place)).casefold().removeprefix("the ").split(", ")
    return "" if all(it in name for it in pieces) else place_words(part.place)


def _names(place: Place) -> list[str]:
    """Return the name of a place and that of its country, if that is another."""
    lands = place.countries if len(place.countries) == 1 else ()
    country = "".join(COUNTRIES.get(code, "") for code in lands)
    return [place.name] if country in {"", place.name} else [place.name, country]
