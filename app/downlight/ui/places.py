"""Where something is, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.places.countries import COUNTRIES, country, place_name

if TYPE_CHECKING:
    from downlight.core.model import Component, Place


def place_words(place: Place) -> str:
    """Return a place with its country: "Frankfurt, Germany", "Brazil"."""
    said = place_name(place), country(_land(place))
    return ", ".join(dict.fromkeys(filter(None, said)))


def beside(part: Component) -> str:
    """Return where a part is; empty when its name says that already."""
    if part.place is None:
        return ""
    # Providers name their parts in English.
    name = f"{part.name} {part.group or ''}".casefold()
    place = part.place.name.casefold().removeprefix("the ")
    pieces = [*place.split(", "), COUNTRIES.get(_land(part.place), "").casefold()]
    return "" if all(it in name for it in pieces) else place_words(part.place)


def _land(place: Place) -> str:
    """Return the code of the one country a place lies in; empty when not known."""
    lands = place.countries if len(place.countries) == 1 else ()
    return next((code for code in lands if code in COUNTRIES), "")
