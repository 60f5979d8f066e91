"""Reads what is said in other languages than English.

The words are in ``resources/words``: a ``.po`` for each language, which people write,
and the ``.mo`` made of it, which is read here. Both forms are those of GNU gettext
(https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html, read 2026-11).
"""

from __future__ import annotations

import struct
from gettext import GNUTranslations
from typing import TYPE_CHECKING

from downlight.core.errors import CatalogError

if TYPE_CHECKING:
    from pathlib import Path


def languages(folder: Path) -> frozenset[str]:
    """Return the languages there are words of besides English (ISO 639-1)."""
    return frozenset(file.stem for file in folder.glob("*.mo"))


def load(folder: Path, code: str) -> GNUTranslations:
    """Return the words of a language.

    Args:
        folder: Where they are.
        code: One of `languages`.

    Raises:
        CatalogError: They cannot be read.
    """
    try:
        with (folder / f"{code}.mo").open("rb") as file:
            return GNUTranslations(file)
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise CatalogError(f"{code}.mo: {error}") from error
