"""Which country a person is in: as said, or as time zone and language tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from downlight.core.places.countries import COUNTRIES, country
from downlight.core.settings import BY_GUESS, NOT_SAID

if TYPE_CHECKING:
    from collections.abc import Mapping

Ground: TypeAlias = Literal["said", "withheld", "zone", "locale", "nothing"]
"""By what we go: the person's word, their wish that it be left open, the time zone,
the language and region set on the computer, or nothing at all."""

_TERRITORY: Final = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{4})?[_-]([A-Za-z]{2})")
"""As in ``tr_TR.UTF-8``, ``sr_RS@latin``, ``zh-Hant-TW``; not the world of
``en_001``."""
_REGION: Final = re.compile(r"rg=([A-Za-z]{2})zzzz", re.IGNORECASE)
"""As in ``en_US@rg=trzzzz``, in which macOS writes a region apart from the language."""
_REASONS: Final[Mapping[Ground, str]] = {
    "said": "as you said",
    "zone": "guessed from the time zone",
    "locale": "guessed from the language and region set on this computer",
}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The country that counts as the person's own, and why."""

    code: str = ""
    """ISO 3166-1 alpha-2; empty: not known, or not to be gone by."""
    ground: Ground = "nothing"
    settled: bool = False
    """Whether the person was heard: then nobody asks again."""

    @property
    def words(self) -> str:
        """The country and why it counts, as half a sentence."""
        if self.ground == "withheld":
            return "not said, as you wish"
        if not self.code:
            return "not known"
        return f"{country(self.code)}, {_REASONS[self.ground]}"


def parse(text: str) -> dict[str, tuple[str, ...]]:
    """Return the countries of every zone in the table ``resources/zones.tsv``."""
    rows = (line.split("\t") for line in text.splitlines() if line[:1] not in {"", "#"})
    return {zone: tuple(codes.split(",")) for zone, codes in rows}


def territory(locale: str) -> str:
    """Return the country a locale speaks of; empty when it speaks of none.

    Args:
        locale: As systems write it, e.g. ``tr_TR.UTF-8``, ``zh-Hant-TW``, ``C``.
    """
    found = _REGION.search(locale) or _TERRITORY.match(locale)
    code = found[1].upper() if found else ""
    return code if code in COUNTRIES else ""


def guess(locale: str, zone: str, zones: Mapping[str, tuple[str, ...]]) -> Whereabouts:
    """Return which country a computer seems to be in.

    A clock is set to where one lives, a language to what one reads: the zone decides,
    the locale only between the countries of one zone, or when no zone says anything.

    Args:
        locale: As the system writes it; empty: not known.
        zone: Name in the tz database, old ones included; empty: not known.
        zones: The countries of each, the first of which counts by default.
    """
    land, lands = territory(locale), zones.get(zone, ())
    if lands:
        code = land if land in lands else lands[0]
        return Whereabouts(code, "zone") if code else Whereabouts()
    # Many systems are set to American English when nobody was asked.
    if land and not (land == "US" and locale.casefold().startswith("en")):
        return Whereabouts(land, "locale")
    return Whereabouts()


def said(choice: str) -> Whereabouts | None:
    """Return what a person settled themselves; None where it is for us to guess.

    Args:
        choice: As `Settings.country` has it.
    """
    if choice in {"", BY_GUESS}:
        return None
    if choice == NOT_SAID:
        return Whereabouts(ground="withheld", settled=True)
    return Whereabouts(choice, "said", settled=True)
