"""Texts with named gaps, ``"{name} is {level}"``, filled with data alone.

No formats, no attributes, no expressions: a gap is a name in braces, and a brace that
is meant is doubled. What fills a gap is never looked at again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PIECE: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class Misfit(ValueError):
    """A text that cannot be filled; the message is for programmers."""

    def __init__(self, words: str, gap: str | None = None) -> None:
        super().__init__(words)
        self.gap = gap
        """Whose name nobody knows; None: a brace stands alone."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with gaps."""

    pieces: tuple[tuple[str, str], ...]
    """What stands before a gap, and whose gap it is; empty at the end."""

    @classmethod
    def of(cls, text: str, names: Iterable[str]) -> Template:
        """Return the template written in ``text``.

        Args:
            text: As a person writes it.
            names: Of every gap there may be.

        Raises:
            Misfit: A gap has no name that is known, or a brace stands alone.
        """
        known = tuple(names)
        pieces: list[tuple[str, str]] = []
        before, at = "", 0
        for found in _PIECE.finditer(text):
            before += text[at : found.start()]
            at = found.end()
            if found[0] in {"{{", "}}"}:
                before += found[0][0]
            elif found[1] is None:
                raise Misfit("a brace stands alone; one that is meant is doubled")
            elif found[1] not in known:
                words = f"nobody knows {{{found[1]}}}; there are {gaps(known)}"
                raise Misfit(words, found[1])
            else:
                pieces.append((before, found[1]))
                before = ""
        return cls((*pieces, (before + text[at:], "")))

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with every gap filled; empty where there is no value."""
        return "".join(before + values.get(name, "") for before, name in self.pieces)


def gaps(names: Iterable[str]) -> str:
    """Return gaps as they are written: "{title}, {sentence}"."""
    return ", ".join(f"{{{name}}}" for name in names)
