"""The card of ties: the picture, and the same as a list for keyboard and reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from downlight.core.speech import mark, tr
from downlight.ui.about.graph import NEEDED, NEEDS, Graph
from downlight.ui.kit.labels import link, say, settle, tell
from downlight.ui.kit.line_view import MARK, LineView
from downlight.ui.kit.theme import GAP

if TYPE_CHECKING:
    from downlight.ui.about.view import Node, Ties

TITLE: Final = mark("What it depends on, and what depends on it")


class NodeView(QWidget):
    """One of them: name, how it is, and behind a click how they hang together."""

    opened = Signal(str)
    """A link was clicked."""
    chosen = Signal(str)
    """The service itself was asked for; carries its slug."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slug = ""
        self.line = LineView()
        self.line.opened.connect(self.opened)
        self.go: QPushButton = link("")
        self.go.clicked.connect(lambda: self.chosen.emit(self._slug))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        below = QHBoxLayout()
        below.setContentsMargins(MARK + GAP, 0, 0, 0)
        below.addWidget(self.go)
        below.addStretch(1)
        column.addLayout(below)

    def show_node(self, node: Node) -> None:
        """Show another, or another state of the same."""
        self._slug = node.slug or ""
        self.line.show_line(node.line)
        words = tr("Show {name}", name=node.name)
        self.go.setText(words.replace("&", "&&"))
        self.go.setAccessibleName(words)
        self.go.setHidden(not node.slug)


class Column(QWidget):
    """A heading and the nodes below it; nothing where there are none."""

    opened = Signal(str)
    """A link was clicked."""
    chosen = Signal(str)
    """A service was asked for; carries its slug."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: list[NodeView] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, GAP, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(say(tr(title), role="muted"))

    @property
    def views(self) -> tuple[NodeView, ...]:
        """Those that are shown."""
        return tuple(view for view in self._views if not view.isHidden())

    def show_nodes(self, nodes: tuple[Node, ...]) -> None:
        """Show these and no others."""
        while len(self._views) < len(nodes):
            view = NodeView()
            view.opened.connect(self.opened)
            view.chosen.connect(self.chosen)
            self._rows.addWidget(view)
            self._views.append(view)
        for index, view in enumerate(self._views):
            view.setHidden(index >= len(nodes))
            if index < len(nodes):
                view.show_node(nodes[index])
        self.setHidden(not nodes)


class TiesView(QFrame):
    """Shows `Ties`."""

    opened = Signal(str)
    """A link was clicked."""
    chosen = Signal(str)
    """A watched service was asked for; carries its slug."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(tr(TITLE))
        self._ties: Ties | None = None
        self.graph = Graph()
        self.needs, self.needed = Column(NEEDS), Column(NEEDED)
        self.graph.chosen.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, GAP + 5, 2 * GAP, GAP + 6)
        column.setSpacing(GAP)
        self._title = say(tr(TITLE), bold=True)
        column.addWidget(self._title)
        column.addWidget(self.graph)
        for part in (self.needs, self.needed):
            part.opened.connect(self.opened)
            part.chosen.connect(self.chosen)
            column.addWidget(part)
        self.hide()

    def show_ties(self, ties: Ties | None) -> None:
        """Show these ties; None hides the card."""
        if ties == self._ties:
            return
        self._ties = ties
        self.setHidden(ties is None)
        if ties is not None:
            tell(self._title, tr(TITLE))
            self.graph.show_ties(ties)
            self.needs.show_nodes(ties.needs)
            self.needed.show_nodes(ties.needed)
            settle(self)

    def fold(self) -> None:
        """Hide again what was behind clicks."""
        for part in (self.needs, self.needed):
            for view in part.views:
                view.line.fold()

    def recolour(self) -> None:
        """Take the colours of the present theme."""
        self.graph.update()
        for part in (self.needs, self.needed):
            for view in part.views:
                view.line.recolour()
