"""What people read, in their language: one catalogue for all of it.

English stands in the code, whole sentences with named fields; a translation is looked
up by it, as gettext does (https://www.gnu.org/software/gettext/manual/, read 2026-11).
Which language is spoken is chosen once, before anything is said; without a choice it is
English. What is kept for later (a reason in the journal, a table of a module) is kept
in English, by `mark`, and put into words where it is shown.
"""

from __future__ import annotations

from gettext import NullTranslations
from typing import Final

ENGLISH: Final = "en"
_SIGNS: Final = {ENGLISH: (",", "."), "tr": (".", ",")}
"""Between thousands, and before decimals, by language (CLDR 46, read 2026-11)."""


class _Spoken:
    """The language of this process."""

    __slots__ = ("catalogue", "code")

    def __init__(self) -> None:
        self.code = ENGLISH
        self.catalogue = NullTranslations()


_spoken: Final = _Spoken()


def speak(code: str, catalogue: NullTranslations) -> None:
    """Say everything in this language from now on.

    Args:
        code: The language (ISO 639-1); one without signs of its own takes English ones.
        catalogue: Its words, found by the English ones.
    """
    _spoken.code, _spoken.catalogue = code, catalogue


def language() -> str:
    """Return the language that is spoken (ISO 639-1)."""
    return _spoken.code


def mark(words: str) -> str:
    """Return words as they are: they are put into the catalogue, and said by `tr`."""
    return words


def tr(words: str, /, **fields: object) -> str:
    """Return words in the person's language.

    Args:
        words: In English, a literal here or where it was marked; with fields in braces.
            What is not in the catalogue stays as it is.
        fields: What stands in their place, already in words.
    """
    if not words:
        return ""  # gettext keeps its own header there
    said = _spoken.catalogue.gettext(words)
    return said.format(**fields) if fields else said


def trc(context: str, words: str, /, **fields: object) -> str:
    """Return words that mean several things in English, as `tr` does.

    Args:
        context: What is meant, for translators.
        words: In English.
        fields: As for `tr`.
    """
    said = _spoken.catalogue.pgettext(context, words)
    return said.format(**fields) if fields else said


def trn(one: str, many: str, n: int, /, **fields: object) -> str:
    """Return words about a number of things, in the form that goes with it.

    Args:
        one: In English, about one thing.
        many: About any other number.
        n: How many; the field ``n`` in the words.
        fields: Further ones, as for `tr`.
    """
    said = _spoken.catalogue.ngettext(one, many, n)
    return said.format(n=number(n), **fields)


def number(value: float, digits: int = 0) -> str:
    """Return a number with so many decimals, as people write it: "1,234.5"."""
    thousands, point = _SIGNS.get(_spoken.code, _SIGNS[ENGLISH])
    signs = {ord(","): thousands, ord("."): point}
    return f"{value:,.{digits}f}".translate(signs)


def percent(value: float, digits: int = 0) -> str:
    """Return a share of a hundred in words: "12 %"."""
    return tr("{n} %", n=number(value, digits))
