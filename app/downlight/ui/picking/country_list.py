"""The countries as a list to choose one of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from downlight.core.places.countries import COUNTRIES, country, find
from downlight.ui.kit.rows import NOWHERE
from downlight.ui.picking.strip import Strip, StripDelegate

if TYPE_CHECKING:
    from collections.abc import Iterator


class CountryList(QAbstractListModel):
    """All countries that match the search, the best match first."""

    def __init__(self) -> None:
        super().__init__()
        self._codes = find("")

    def search(self, words: str) -> None:
        """Show only what matches: in English, in its own languages, or by code."""
        self.beginResetModel()
        self._codes = find(words, own_names())
        self.endResetModel()

    def code(self, index: QModelIndex) -> str:
        """Return the code of a row; empty for none."""
        return self._codes[index.row()] if index.isValid() else ""

    def place(self, code: str) -> QModelIndex:
        """Return where a country stands; nowhere when it is not shown."""
        return self.index(self._codes.index(code)) if code in self._codes else NOWHERE

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many countries are shown."""
        return 0 if parent.isValid() else len(self._codes)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        return country(self._codes[index.row()])


class NameDelegate(StripDelegate):
    """Draws a name on the ground that the other lists have."""

    def draw(self, strip: Strip, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one row on its ground."""
        strip.name(str(index.data()), strip.theme.text)


@cache
def own_names() -> dict[str, tuple[str, ...]]:
    """Return what countries are called in their own languages, as far as Qt knows."""
    return {code: tuple(set(_own_names(code))) for code in COUNTRIES}


def _own_names(code: str) -> Iterator[str]:
    land = QLocale.codeToTerritory(code)
    if land is not QLocale.Country.AnyTerritory:
        every = QLocale.Language.AnyLanguage, QLocale.Script.AnyScript
        for locale in QLocale.matchingLocales(*every, land):
            yield locale.nativeTerritoryName()
