"""The table of places: which word names which place, and how sure that is.

How the table is written stands at the head of ``resources/places.tsv``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto, unique
from typing import Final

from downlight.core.model import Place
from downlight.core.places.countries import COUNTRIES

_TOKEN: Final = re.compile(r"[^\W_]+")
_COLUMNS: Final = 6
STATES: Final = frozenset(
    {
        *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DC", "DE", "FL", "GA"),
        *("HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA"),
        *("MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY"),
        *("NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX"),
        *("UT", "VT", "VA", "WA", "WV", "WI", "WY"),
    }
)
"""Of the United States, as they stand after a city."""
PROVINCES: Final = frozenset(
    {
        *("AB", "BC", "MB", "NB", "NL", "NS", "NT"),
        *("NU", "ON", "PE", "QC", "SK", "YT"),
    }
)
"""The same of Canada."""


@unique
class Kind(IntEnum):
    """What a word names; the larger, the closer it says where."""

    AREA = auto()
    """A part of the world larger than a country, or a loose part of one."""
    COUNTRY = auto()
    STATE = auto()
    REGION = auto()
    """One region or data centre of a cloud, by its code."""
    CODE = auto()
    """A city by its airport."""
    CITY = auto()


@unique
class Need(Enum):
    """What a word needs around it to be believed."""

    NOTHING = ""
    SET_OFF = "="
    """To stand alone, in brackets, after a comma or a dash."""
    WHOLE = "~"
    """To be the whole name, or to stand beside a word of the same country."""
    COMPANY = "?"
    """To stand beside a word of the same country."""
    NEVER = "-"
    """It is for people, not for finding."""


@dataclass(frozen=True, slots=True)
class Word:
    """One meaning of one word, or of several in a row."""

    place: Place
    kind: Kind
    need: Need
    capitals: bool
    """Whether it counts in capitals only: "US", not "us"."""


@dataclass(frozen=True, slots=True)
class Atlas:
    """Every word, and what else is known of places."""

    words: dict[str, tuple[Word, ...]] = field(default_factory=dict)
    """Meanings by the word as `key` returns it."""
    longest: dict[str, int] = field(default_factory=dict)
    """How many tokens the longest word has, by its first token."""
    places: dict[str, Place] = field(default_factory=dict)
    """Places by their codes in lower case."""
    continents: dict[str, str] = field(default_factory=dict)
    """The continent of countries and areas that lie in one, by code."""


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Return each run of letters and digits: without case and accents, and where."""
    return [(_fold(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def key(text: str) -> str:
    """Return a word as it is looked up: "São Paulo" and "sao-paulo" are one."""
    return " ".join(token for token, _, _ in tokens(text))


def read(text: str) -> Atlas:
    """Read the table; countries stand before what is made of them.

    Raises:
        ValueError: A row names a kind or a continent that there is not.
    """
    atlas = Atlas()
    for row in text.splitlines():
        if not row.startswith("#"):
            cells = row.split("\t")
            _take(atlas, *cells, *[""] * (_COLUMNS - len(cells)))
    return atlas


def _take(
    atlas: Atlas,
    code: str,
    kind_name: str,
    name: str,
    countries: str,
    continent: str,
    others: str,
) -> None:
    kind = Kind[kind_name.upper()]
    code_need, code = _need(code)
    need, name = _need(name)
    if kind is Kind.COUNTRY:
        place = Place(code, COUNTRIES[code], (code,))
    else:
        place = Place(code or name, name, _members(atlas, countries))
    atlas.places.setdefault(place.code.casefold(), place)
    if continent:
        atlas.continents[code] = continent
    _add(atlas, place.name, Word(place, kind, need, capitals=False))
    if kind is Kind.CITY:
        code_need = Need.SET_OFF if code_need is Need.NOTHING else code_need
        _add(atlas, code, Word(place, Kind.CODE, code_need, capitals=True))
    elif kind in {Kind.AREA, Kind.REGION}:
        _add(atlas, code, Word(place, kind, code_need, _is_capital(code)))
    for other in filter(None, others.split("|")):
        need, word = _need(other)
        _add(atlas, word, Word(place, kind, need, _is_capital(word)))


def _need(word: str) -> tuple[Need, str]:
    """Take the mark off a word."""
    if word[:1] in {"=", "~", "?", "-"}:
        return Need(word[0]), word[1:]
    return Need.NOTHING, word


def _members(atlas: Atlas, countries: str) -> tuple[str, ...]:
    """Return the codes of a list of countries and whole continents."""
    members: list[str] = []
    for name in filter(None, countries.split(", ")):
        if name in COUNTRIES:
            members.append(name)
            continue
        there = [c for c in COUNTRIES if atlas.continents.get(c) == name]
        if not there:
            raise ValueError(f"{name!r} is no country and no continent")
        members.extend(there)
    return tuple(members)


def _add(atlas: Atlas, text: str, word: Word) -> None:
    words = key(text)
    # A region is found by its code: its name is that of a city or a country.
    is_name = word.kind is Kind.REGION and text == word.place.name
    if not words or word.need is Need.NEVER or is_name:
        return
    known = atlas.words.get(words, ())
    if all(word.place != other.place for other in known):
        atlas.words[words] = (*known, word)
    first, *more = words.split()
    atlas.longest[first] = max(atlas.longest.get(first, 0), 1 + len(more))


def _is_capital(word: str) -> bool:
    return word.isupper() and not any(letter.isdigit() for letter in word)


def _fold(token: str) -> str:
    if token.isascii():
        return token.lower()
    bare = unicodedata.normalize("NFKD", token.casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))
