"""The catalogue of words: gathered from the code and the data, kept as gettext does."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.words.data import texts

if TYPE_CHECKING:
    from babel.messages.catalog import Message

ROOT: Final = Path(__file__).parents[2]
RESOURCES: Final = ROOT / "resources"
FOLDER: Final = RESOURCES / "words"
SILENT: Final = "cli"
"""The room that speaks English: the terminal's."""
_BEGAN: Final = datetime(2026, 11, 22, tzinfo=UTC)
"""Stands as the date in every file: what git knows need not change with each run."""
_CALLS: Final = {
    "tr": None,
    "mark": None,
    "trn": (1, 2),
    "trc": ((1, "c"), 2),
}
"""What `downlight.core.speech` is called with, as Babel wants it said."""


def gathered() -> Catalog:
    """Return all that is said, without translations."""
    found = Catalog(project="Downlight", fuzzy=False)
    code = ROOT / "app" / "downlight"
    for name, _line, words, _comments, context in extract_from_dir(
        code, method_map=[("**.py", "python")], keywords=_CALLS
    ):
        if Path(name).parts[0] != SILENT:
            found.add(words, context=context)
    for text, _where in texts(RESOURCES):
        found.add(text)
    return found


def read(code: str) -> Catalog:
    """Return the words of a language as people wrote them."""
    with (FOLDER / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def written(catalogue: Catalog) -> bytes:
    """Return it as a file that people write on."""
    catalogue.creation_date = catalogue.revision_date = _BEGAN
    out = io.BytesIO()
    write_po(out, catalogue, width=88, no_location=True, sort_output=True)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return it as the file the program reads."""
    catalogue.creation_date = catalogue.revision_date = _BEGAN
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def forms(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a message's English and its translations, one or two of each."""
    return _several(message.id), _several(message.string)


def _several(words: object) -> tuple[str, ...]:
    if isinstance(words, list | tuple):
        return tuple(map(str, words))
    return (str(words or ""),)
