"""The catalog as a list with ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from downlight.core.search import rank
from downlight.core.speech import tr, trc
from downlight.ui.kit.rows import NOWHERE
from downlight.ui.picking.address import found_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import ServiceSlug
    from downlight.core.service import Service

ASIDE_ROLE: Final = Qt.ItemDataRole.UserRole
"""Gives the other name a service was found by, else its category."""
OWN_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives whether the person has added it."""
GONE_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""Gives whether it is to be removed."""


class CatalogList(QAbstractListModel):
    """All services that match the search, the best match first, ticked when watched."""

    ticked = Signal()
    """What is ticked or to be removed has changed."""

    def __init__(
        self, services: Sequence[Service], watched: Sequence[ServiceSlug]
    ) -> None:
        super().__init__()
        self._all = sorted(services, key=lambda s: s.name.casefold())
        self._shown: Sequence[Service] = self._all
        self._asides: Sequence[str] = [tr(s.category) for s in self._all]
        self._watched = tuple(watched)
        self._ticked = set(watched)
        self._gone: set[ServiceSlug] = set()

    @property
    def services(self) -> Sequence[Service]:
        """All there are, in the order of their names."""
        return self._all

    @property
    def picked(self) -> tuple[ServiceSlug, ...]:
        """The ticked ones: those watched before in their order, then the new ones."""
        ticked = self._ticked - self._gone
        kept = [slug for slug in self._watched if slug in ticked]
        new = (s.slug for s in self._all if s.slug not in self._watched)
        return (*kept, *(slug for slug in new if slug in ticked))

    @property
    def gone(self) -> tuple[ServiceSlug, ...]:
        """Those the person had added and wants to be rid of."""
        return tuple(s.slug for s in self._all if s.slug in self._gone)

    @property
    def total(self) -> int:
        """How many services there are to choose from."""
        return len(self._all)

    def knows(self, slug: ServiceSlug) -> bool:
        """Whether a service is there to choose."""
        return any(service.slug == slug for service in self._all)

    def search(self, words: str) -> None:
        """Show only what matches, the best match first; ticks stay, seen or not."""
        found = rank(self._all, words)
        self._show(found, [found_by(s, words) or tr(s.category) for s in found])

    def show_nothing(self) -> None:
        """Show none; ticks stay."""
        self._show((), ())

    def show_only(self, slug: ServiceSlug) -> None:
        """Show one service, ticked."""
        self._ticked.add(slug)
        self._gone.discard(slug)
        found = [service for service in self._all if service.slug == slug]
        self._show(found, [tr(service.category) for service in found])
        self.ticked.emit()

    def forget(self, slug: ServiceSlug) -> None:
        """Take out a service that is removed for good."""
        self._all = [service for service in self._all if service.slug != slug]
        self._gone.discard(slug)
        self._show(self._all, [tr(service.category) for service in self._all])
        self.ticked.emit()

    def toggle(self, index: QModelIndex) -> None:
        """Tick or untick one; what was to be removed stays."""
        if index.isValid():
            slug = self._shown[index.row()].slug
            if slug in self._gone:
                self._gone.remove(slug)
                self._ticked.add(slug)
            else:
                self._ticked ^= {slug}
            self._tell(index)

    def toggle_gone(self, index: QModelIndex) -> None:
        """Remove one that the person has added, or keep it after all."""
        if index.isValid() and self._shown[index.row()].own:
            self._gone ^= {self._shown[index.row()].slug}
            self._tell(index)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many services are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return name, aside, tick, or all of it in words."""
        if not index.isValid():
            return None
        service, aside = self._shown[index.row()], self._asides[index.row()]
        gone = service.slug in self._gone
        on = service.slug in self._ticked and not gone
        found: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = service.name
            case Qt.ItemDataRole.CheckStateRole:
                found = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                own = (tr("added by you"),) if service.own else ()
                found = ", ".join((service.name, aside, *own, _state(gone=gone, on=on)))
            case _ if role == ASIDE_ROLE:
                found = aside
            case _ if role == OWN_ROLE:
                found = service.own
            case _ if role == GONE_ROLE:
                found = gone
        return found

    def _show(self, services: Sequence[Service], asides: Sequence[str]) -> None:
        self.beginResetModel()
        self._shown, self._asides = services, asides
        self.endResetModel()

    def _tell(self, index: QModelIndex) -> None:
        self.dataChanged.emit(index, index)
        self.ticked.emit()


def _state(*, gone: bool, on: bool) -> str:
    """Return whether a service is to be removed, watched or neither, in words."""
    if gone:
        return tr("to be removed")
    return tr("watched") if on else trc("of a service in a list", "not watched")
