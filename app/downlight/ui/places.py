"""Where something is, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.countries import COUNTRIES

if TYPE_CHECKING:
    from downlight.core.model import Component, Place


def place_words(place: Place) -> str:
    """Return a place with its country: "Frankfurt, Germany", "Brazil"."""
    if len(place.countries) != 1:
        return place.name
    country = COUNTRIES.get(place.countries[0], "")
    return place.name if country in {"", place.name} else f"{place.name}, {country}"


def beside(part: Component) -> str:
    """Return where a part is; empty when its name says that already."""
    if part.place is None:
        return ""
    words = place_words(part.place)
    name = f"{part.name} {part.group or ''}".casefold()
    pieces = words.casefold().removeprefix("the ").split(", ")
    said = all(piece in name for piece in pieces)
    return "" if said else words
