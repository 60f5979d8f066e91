"""Finding a service by what a person types: the right rows on top."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from downlight.core.speech import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from downlight.core.service import Service

Place: TypeAlias = tuple[int, ...]
"""Where a row goes; the smallest is on top."""

SHORTEST_TYPO: Final = 4
"""A word of fewer letters is too short to tell a typing error from another word."""
SHORTEST_BEGINNING: Final = 5
"""The same for a word that is only the beginning of what is meant."""

LONGEST: Final = 1000
"""More letters are no name; looking for them would be felt."""

# How well one word fits, best first.
_ALIAS: Final = 0  # it is a whole alias
_NAME: Final = 1  # the name begins with it
_NAME_WORD: Final = 2  # a word of the name begins with it
_ALIAS_WORD: Final = 3  # a word of an alias, slug or region begins with it
_KIN: Final = 4  # a word of owner, house or category begins with it
_INSIDE: Final = 5  # it stands somewhere inside
_NOT: Final = 9

_GAPS: Final = str.maketrans("", "", " -_./'&+()")
"""What stands between the words of one name; people leave it out or put it in."""
_PART: Final = re.compile(r"[^\W_]+")


def rank(services: Sequence[Service], words: str) -> tuple[Service, ...]:
    """Return the services that match every word, the best match first.

    What is called exactly that (by name, alias or slug) stands on top, then names
    that begin so, then words that begin so, then the rest. Of two that match alike
    the shorter name comes first, then the one that comes first in ``services``.
    Case, accents, and gaps in names ("git hub") make no difference. Only when
    nothing matches, one typing error is forgiven in each word of four letters or more.

    Args:
        services: To choose from, in the order that holds for no words.
        words: What a person typed.
    """
    if len(words.strip()) > LONGEST:
        return ()
    asked = _plain(words).split()
    if not asked:
        return tuple(services)
    rows = [_row(service) for service in services]
    places = _places(rows, asked)
    if not any(places):
        places = _near(rows, asked)
    found = [
        (place, len(service.name), number)
        for number, (service, place) in enumerate(zip(services, places, strict=True))
        if place
    ]
    return tuple(services[number] for _, _, number in sorted(found))


@dataclass(frozen=True, slots=True)
class _Row:
    """The words of a service, in small letters without accents."""

    name: str
    calls: tuple[str, ...]
    """What else it is called: slug, aliases, codes of its regions."""
    kin: tuple[str, ...]
    """Owner, house, category, and what that is called for the person."""
    text: str
    """All of it, each on a line of its own; the name first."""


def _row(service: Service) -> _Row:
    regions = (code for feed in service.feeds for code in feed.selection.regions)
    calls = (service.slug, *service.aliases, *regions)
    kin = (service.owner, service.parent, service.category, tr(service.category))
    text = _plain("\n".join((service.name, *calls, *kin)))
    name, *others = text.split("\n")
    return _Row(name, tuple(others[: len(calls)]), tuple(others[len(calls) :]), text)


def _plain(words: str) -> str:
    """Return ``words`` in small letters without accents."""
    if words.isascii():
        return words.lower()
    apart = unicodedata.normalize("NFKD", words).replace("ı", "i")
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def _places(rows: Sequence[_Row], asked: Sequence[str]) -> list[Place]:
    """Say where each row goes; empty for one that does not match."""
    whole = "".join(asked).translate(_GAPS)
    return [_place(row, asked, whole) for row in rows]


def _place(row: _Row, asked: Sequence[str], whole: str) -> Place:
    if whole:
        name, *calls = row.text.translate(_GAPS).split("\n")
        if whole == name:
            return (0, 0)
        if whole in calls[: len(row.calls)]:
            return (0, 1)
        if name.startswith(whole):  # "you tub" for YouTube
            return (1, _NAME)
    fits = [_fit(row, word) for word in asked]
    return () if _NOT in fits else (1, sum(fits))


def _fit(row: _Row, word: str) -> int:
    """Return how well one word fits, of all it is called by the best."""
    if word not in row.text:
        return _NOT
    if word in row.calls:
        return _ALIAS
    where = _begin(row.name, word)
    if where >= 0:
        return _NAME_WORD if where else _NAME
    if any(_begin(call, word) >= 0 for call in row.calls):
        return _ALIAS_WORD
    return _KIN if any(_begin(kin, word) >= 0 for kin in row.kin) else _INSIDE


def _begin(text: str, word: str) -> int:
    """Return where a word of ``text`` begins with ``word``; -1 when none does."""
    where = text.find(word)
    while where > 0 and text[where - 1].isalnum():
        where = text.find(word, where + 1)
    return where


def _near(rows: Sequence[_Row], asked: Sequence[str]) -> list[Place]:
    """Say where each row goes when one typing error in each word is forgiven."""
    known = set(_PART.findall("\n".join(row.text for row in rows)))
    meant = [(word, _meant(word, known)) for word in asked]
    places: list[Place] = []
    for row in rows:
        fits = [_near_fit(row, word, close) for word, close in meant]
        places.append(() if _NOT in fits else (2, sum(fits)))
    return places


def _near_fit(row: _Row, word: str, close: Mapping[str, int]) -> int:
    """Return how well a word or what may be meant by it fits; best in the name."""
    fits = [
        worth + (part not in row.name)
        for part, worth in close.items()
        if _begin(row.text, part) >= 0
    ]
    return min((_fit(row, word), *fits))


def _meant(word: str, known: Iterable[str]) -> dict[str, int]:
    """Return which of the ``known`` words may be meant, and how well each fits."""
    if len(word) < SHORTEST_TYPO:
        return {}
    close: dict[str, int] = {}
    for part in known:
        # One error leaves one of the first two letters where it was, or beside it.
        if part[:1] not in word[:2] and word[1] not in part[:2]:
            continue
        if _mends(word, part):
            close[part] = _NAME_WORD
        elif len(word) >= SHORTEST_BEGINNING and _mends(word, part, whole=False):
            close[part] = _INSIDE
    return close


def _mends(word: str, part: str, *, whole: bool = True) -> bool:
    """Whether one letter changed, added, dropped or swapped makes ``word`` fit.

    Args:
        word: As typed.
        part: A word we know.
        whole: Whether it must then be all of ``part``, or its beginning only.
    """
    same = 0
    while word[same : same + 1] == part[same : same + 1] != "":
        same += 1
    rest, left = word[same:], part[same:]
    mended = (
        (rest[1:], left[1:]),  # another letter
        (rest[1:], left),  # one too many
        (rest, left[1:]),  # one missing
        (rest[2:], left[2:] if rest[:2] == left[1::-1] else "\n"),  # two swapped
    )
    return any(a == b if whole else b.startswith(a) for a, b in mended)
