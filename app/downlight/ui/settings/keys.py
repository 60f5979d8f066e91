"""Tokens and logins: which are wanted, which are kept, and a place to type one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from downlight.core.speech import mark, tr
from downlight.ui.kit.labels import say, tell
from downlight.ui.kit.theme import GAP
from downlight.ui.settings import key_words
from downlight.ui.settings.bits import button, fault
from downlight.ui.settings.field import Card, Section

if TYPE_CHECKING:
    from downlight.core.errors import DownlightError
    from downlight.core.keys import Key, Ring
    from downlight.ui.settings.field import Pen

NOT_DONE = mark("Not done, as far as is known.")
"""A keyring that waits for its password may do it later all the same."""


class KeyView(Card):
    """One key."""

    def __init__(self, key: Key, pen: Pen) -> None:
        """Build the card.

        Args:
            key: Which one.
            pen: Knows who keeps it.
        """
        super().__init__(key_words.title(key))
        self.key, self._pen = key, pen
        self._gone = False
        self._newer = False
        """Whether more is known than the keyring can say that is being asked."""
        self.state, self.wrong = say(role="muted"), fault()
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setPlaceholderText(tr("Type or paste it here"))
        self.edit.setAccessibleName(key_words.title(key))
        self.edit.setMaxLength(4096)
        self.keep, self.drop = button(tr("Keep")), button(tr("Forget"))
        named = key_words.title(key)
        self.keep.setAccessibleName(tr("Keep {name}", name=named))
        self.drop.setAccessibleName(tr("Forget {name}", name=named))
        self.keep.setEnabled(False)
        line = QHBoxLayout()
        line.setContentsMargins(0, GAP - 2, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.edit, 1)
        line.addWidget(self.keep)
        line.addWidget(self.drop)
        self.column.addWidget(self.state)
        self.column.addLayout(line)
        self.column.addWidget(self.wrong)
        self.edit.textChanged.connect(
            lambda text: self.keep.setEnabled(bool(text.strip()))
        )
        self.edit.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.drop.clicked.connect(lambda: self._put(None))
        self.show_ring(None)

    def show_ring(self, ring: Ring | None) -> None:
        """Show whether it is kept; None: that is being asked."""
        if ring is not None and self._newer:
            return  # it was asked before the key was kept or forgotten
        self._newer = False
        tell(self.state, key_words.state(self.key, ring))
        kept = ring is not None and ring.kept.get(self.key.name)
        self.drop.setHidden(not kept)

    def forget(self) -> None:
        """Hear of nothing any more: the card goes."""
        self._gone = True

    def _keep(self) -> None:
        value = self.edit.text().strip()
        if value:
            self._put(value)

    def _put(self, value: str | None) -> None:
        self._newer = True
        for widget in (self.edit, self.keep, self.drop):
            widget.setEnabled(False)
        tell(self.wrong, "")
        tell(self.state, tr("Asking the keyring …"))

        def heard(error: DownlightError | None) -> None:
            if self._gone or not self._pen.open:
                return
            self._newer = True
            self.edit.setEnabled(True)
            self.drop.setEnabled(True)
            self.keep.setEnabled(bool(self.edit.text().strip()))
            if error is not None:
                tell(self.wrong, error.words)
                tell(self.state, tr(NOT_DONE))
                return
            self.edit.clear()
            done = tr("It is forgotten.")
            if value:
                done = key_words.kept_words(self.key)
            tell(self.state, done)
            self.drop.setHidden(value is None)
            self.edit.setFocus()

        self._pen.wishes.keep_key(self.key.name, value, heard)


class Keys(Section):
    """All keys."""

    def __init__(self, pen: Pen) -> None:
        """Build the page; the keyring is not asked yet.

        Args:
            pen: Knows whom to ask.
        """
        super().__init__(tr("Keys"), pen)
        self._keys: tuple[Key, ...] | None = None
        self._asking = False
        self.views: list[KeyView] = []
        self.trouble = fault()
        self.again = button(tr("Look again"))
        about = tr("Some sources answer only to who has a token or a login of theirs.")
        where = say(key_words.where(), role="muted")
        self.head = Card(tr("Tokens and logins"), say(about), where)
        self.head.column.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setContentsMargins(0, GAP - 2, 0, 0)
        row.addWidget(self.again)
        row.addStretch(1)
        self.head.column.addLayout(row)
        holder = QWidget()
        self.place = QVBoxLayout(holder)
        self.place.setContentsMargins(0, 0, 0, 0)
        self.place.setSpacing(GAP + 4)
        self.add(self.head, holder)
        self.again.clicked.connect(self.look)
        self.again.hide()

    def look(self) -> None:
        """Ask the keyring what it holds; it may ask the person first."""
        self._list()
        if self._asking:
            return
        self._asking = True
        tell(self.trouble, "")
        self.again.hide()
        for view in self.views:
            view.show_ring(None)
        self.pen.wishes.look_for_keys(self._heard)

    def _heard(self, ring: Ring) -> None:
        if not self.pen.open:
            return  # closed meanwhile
        self._asking = False
        tell(self.trouble, ring.trouble)
        self.again.setHidden(not ring.trouble)
        for view in self.views:
            view.show_ring(ring)

    def _list(self) -> None:
        keys = self.pen.wishes.keys()
        if keys == self._keys:
            return
        self._keys = keys
        for view in self.views:
            view.forget()
            view.hide()
            view.deleteLater()
        order = sorted(keys, key=lambda key: not key.wanted)
        self.views = [KeyView(key, self.pen) for key in order]
        for view in self.views:
            self.place.addWidget(view)
