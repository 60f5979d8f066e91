"""The parts of a page as a tree of ticks: groups, and the parts in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from downlight.core.places.countries import bare
from downlight.core.speech import tr
from downlight.ui.kit.look import Look, worst_look
from downlight.ui.kit.rows import NOWHERE
from downlight.ui.places import beside
from downlight.ui.views import LOOK_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import Component
    from downlight.core.parts import Group

LOOK_ROLE: Final = Qt.ItemDataRole.UserRole
"""Gives the mark of a part or a group."""
ASIDE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""Gives what stands at the far side."""
GROUP_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""Gives whether a row is a group."""
_PART: Final = 0
"""The internal number of a group; a part has that of its group, counted from 1."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """A group as it is shown now."""

    group: Group
    parts: tuple[Component, ...]


class PartTree(QAbstractItemModel):
    """Parts that stand in no group stand in one called "Others" when there are some."""

    ticked = Signal()
    """A person has ticked or unticked something."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self._shown: list[_Branch] = []
        self._ticked: set[str] = set()
        """Ids."""
        self._all = False
        self._searched = False

    @property
    def total(self) -> int:
        """How many parts there are."""
        return sum(len(group.parts) for group in self._groups)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ticked parts: their names, or ids where two have the same name."""
        parts = [part for group in self._groups for part in group.parts]
        named = Counter(part.name for part in parts)
        return tuple(
            part.name if named[part.name] == 1 else part.id
            for part in parts
            if part.id in self._ticked
        )

    @property
    def first(self) -> QModelIndex:
        """The first part that is shown."""
        if not self._shown:
            return QModelIndex()
        return self.index(0, 0, self.index(0, 0))

    def show_groups(self, groups: Sequence[Group], chosen: Sequence[str]) -> None:
        """Show these parts, and tick those that are named."""
        wanted = set(chosen)
        self._groups = tuple(groups)
        self._ticked = {
            part.id
            for group in groups
            for part in group.parts
            if part.id in wanted or part.name in wanted
        }
        self.search("")

    def let_all_count(self, every: bool) -> None:  # noqa: FBT001 - a state, not a way
        """Draw all as ticked, whatever is."""
        if every != self._all:
            self._all = every
            self._redraw()

    def search(self, words: str) -> None:
        """Show only what matches, and the groups it stands in."""
        asked = bare(words).split()
        self._searched = bool(asked)
        self.beginResetModel()
        self._shown = []
        for group in self._groups:
            parts = tuple(p for p in group.parts if _matches(p, group, asked))
            if parts:
                self._shown.append(_Branch(group, parts))
        self.endResetModel()

    def starts_folded(self, index: QModelIndex) -> bool:
        """Whether a group is shown closed at first."""
        return self._shown[index.row()].group.folded and not self._searched

    def toggle(self, index: QModelIndex) -> None:
        """Tick or untick a part, or all parts of a group that are shown."""
        parts = self._under(index)
        if not parts:
            return
        if self._all:
            self._ticked = {p.id for group in self._groups for p in group.parts}
        ids = {part.id for part in parts}
        self._ticked = self._ticked - ids if ids <= self._ticked else self._ticked | ids
        self._all = False
        self._redraw()
        self.ticked.emit()

    def index(
        self,
        row: int,
        column: int,
        parent: QModelIndex | QPersistentModelIndex = NOWHERE,
    ) -> QModelIndex:
        """Return the index of a group, or of a part in ``parent``."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        number = parent.row() + 1 if parent.isValid() else _PART
        return self.createIndex(row, column, number)

    def parent(  # type: ignore[override]  # the stub knows only QObject's parent()
        self, index: QModelIndex | QPersistentModelIndex = NOWHERE
    ) -> QModelIndex | QObject:
        """Return the group of a part; nothing for a group."""
        number = index.internalId() if index.isValid() else _PART
        if number == _PART:
            return QModelIndex()
        return self.createIndex(number - 1, 0, _PART)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many groups there are, or parts in a group."""
        if not parent.isValid():
            return len(self._shown)
        if parent.internalId() != _PART:
            return 0
        return len(self._shown[parent.row()].parts)

    def columnCount(
        self, _parent: QModelIndex | QPersistentModelIndex = NOWHERE
    ) -> int:
        """Return that a row is one cell."""
        return 1

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return name, mark, aside, tick, or all of it in words."""
        if not index.isValid():
            return None
        branch, part = self._at(index)
        found: object = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found = part.name if part else _called(branch.group)
            case Qt.ItemDataRole.CheckStateRole:
                found = self._tick(index)
            case Qt.ItemDataRole.AccessibleTextRole:
                on = self._tick(index) == Qt.CheckState.Checked
                tick = tr("counts") if on else tr("does not count")
                found = f"{self.data(index)}, {self.data(index, ASIDE_ROLE)}, {tick}"
            case _ if role == LOOK_ROLE:
                found = worst_look(p.level for p in self._under(index))
            case _ if role == ASIDE_ROLE:
                found = _aside(part) if part else branch.group.summary
            case _ if role == GROUP_ROLE:
                found = part is None
        return found

    def _at(
        self, index: QModelIndex | QPersistentModelIndex
    ) -> tuple[_Branch, Component | None]:
        number = index.internalId()
        if number == _PART:
            return self._shown[index.row()], None
        branch = self._shown[number - 1]
        return branch, branch.parts[index.row()]

    def _under(
        self, index: QModelIndex | QPersistentModelIndex
    ) -> tuple[Component, ...]:
        if not index.isValid():
            return ()
        branch, part = self._at(index)
        return (part,) if part else branch.parts

    def _tick(self, index: QModelIndex | QPersistentModelIndex) -> Qt.CheckState:
        parts = self._under(index)
        on = len(parts) if self._all else sum(p.id in self._ticked for p in parts)
        if on == len(parts):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if on else Qt.CheckState.Unchecked

    def _redraw(self) -> None:
        for row, branch in enumerate(self._shown):
            group = self.index(row, 0)
            self.dataChanged.emit(group, group)
            last = self.index(len(branch.parts) - 1, 0, group)
            self.dataChanged.emit(self.index(0, 0, group), last)


def _called(group: Group) -> str:
    """Return what a group is called; a continent in the person's language."""
    if not group.name:
        return tr("Others")
    return tr(group.name) if group.folded else group.name


def _matches(part: Component, group: Group, asked: Sequence[str]) -> bool:
    names = (part.name, group.name, _called(group), part.region or "", beside(part))
    text = bare(" ".join(names))
    return all(word in text for word in asked)


def _aside(part: Component) -> str:
    known = (beside(part), tr(LOOK_WORDS[Look.of(part.level)]))
    return " · ".join(word for word in known if word)
