"""The settings of place, computer and network, and the file to take along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from downlight.core.errors import DownlightError
from downlight.core.places.countries import COUNTRIES, bare, called, country
from downlight.core.settings import BY_GUESS, NOT_SAID
from downlight.core.speech import tr, trn
from downlight.ui.kit.theme import GAP
from downlight.ui.settings.belief import Belief
from downlight.ui.settings.bits import button, tick
from downlight.ui.settings.field import WIDTH, Card, Choices, Field, Section
from downlight.ui.settings.luggage import Luggage
from downlight.ui.settings.words import ICONS, LANGUAGES, PROXIES, SYSTEM, WORDS, spoken

if TYPE_CHECKING:
    from downlight.ui.settings.field import Pen

HIDDEN: Final = "•••"
"""Stands for a password: whoever looks over a shoulder, or hears it read out, does not
learn it."""
_PASSWORD: Final = re.compile(r"(?P<before>://[^:/?#@]*:)(?P<word>[^/?#]*)(?=@)")


class General(Section):
    """Where a person is, how the program starts, and how it looks."""

    pick_wanted = Signal()
    """The services that are watched are to be chosen."""

    def __init__(self, pen: Pen) -> None:
        """Build the page.

        Args:
            pen: Writes down what is chosen.
        """
        super().__init__(tr("General"), pen)
        lands = sorted(COUNTRIES, key=lambda code: bare(country(code)))
        self.country = Choices(
            (
                (BY_GUESS, tr("Guessed")),
                (NOT_SAID, tr("Not said")),
                *((code, country(code)) for code in lands),
            )
        )
        letters = 24 * self.country.fontMetrics().averageCharWidth()
        self.country.setMaximumWidth(max(WIDTH, letters))
        self.country.insertSeparator(2)
        self.also = QLineEdit()
        self.also.setPlaceholderText(tr("None"))
        self.login = tick()
        self.icon = Choices(spoken(ICONS))
        self.language = Choices((("", tr(SYSTEM)), *LANGUAGES))
        self.watch = button(tr("Choose …"))
        self.way, self.address = Choices(spoken(PROXIES)), QLineEdit()
        self.address.setPlaceholderText("http://proxy.example:8080")
        self.fields = {
            "country": Field(WORDS["country"], self.country),
            "also_in": Field(WORDS["also_in"], self.also, below=True),
            "watch": Field(WORDS["watch"], self.watch),
            "login": Field(WORDS["login"], self.login),
            "icon": Field(WORDS["icon"], self.icon),
            "language": Field(WORDS["language"], self.language),
            "proxy": Field(WORDS["proxy"], self._proxy(), below=True),
        }
        self.luggage, self.belief = Luggage(pen), Belief(pen)
        it = self.fields
        self.add(
            Card(tr("What matters to you"), it["watch"], it["country"], it["also_in"]),
            Card(
                tr("This computer"),
                it["login"],
                it["icon"],
                it["language"],
                it["proxy"],
            ),
            self.belief,
            self.luggage,
        )
        self._connect()
        self.refill()

    def _proxy(self) -> QWidget:
        both = QWidget()
        both.setFocusProxy(self.way)
        self.way.setAccessibleName(WORDS["proxy"].plain)
        self.address.setAccessibleName(tr("Address of the proxy"))
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.way)
        line.addWidget(self.address, 1)
        line.addStretch()
        return both

    def _connect(self) -> None:
        it, pen = self.fields, self.pen
        self.country.picked.connect(lambda code: pen.put(it["country"], country=code))
        self.also.editingFinished.connect(self._put_also)
        self.login.clicked.connect(self._put_login)
        self.icon.picked.connect(lambda style: pen.put(it["icon"], icon=style))
        self.language.picked.connect(
            lambda code: pen.put(it["language"], language=code)
        )
        self.watch.clicked.connect(self.pick_wanted)
        self.way.picked.connect(self._put_way)
        self.address.editingFinished.connect(self._put_address)

    def refill(self) -> None:
        """Show what holds now; what a person is writing stays."""
        now, wishes = self.pen.settings, self.pen.wishes
        guess = wishes.whereabouts()
        guessed = tr("Guessed")
        if guess.code and guess.ground not in {"said", "withheld"}:
            guessed = tr("Guessed: {country}", country=country(guess.code))
        self.country.setItemText(0, guessed)
        self.country.show_value(now.country or BY_GUESS)
        if not self.fields["also_in"].fault.text():
            self.also.setText(", ".join(map(listed, now.also_in)))
        self._show_login()
        self.icon.show_value(now.icon)
        self.language.show_value(now.language)
        self.belief.refill()
        many = trn("{n} service …", "{n} services …", len(now.watch))
        self.watch.setText(many)
        if not self.fields["proxy"].fault.text() and not self.address.hasFocus():
            named = now.proxy not in {"system", "none"}
            self.way.show_value("" if named else now.proxy)
            self.address.setText(veiled(now.proxy) if named else "")
            self.address.setVisible(named)

    def _show_login(self) -> None:
        try:
            self.login.setChecked(self.pen.wishes.starts_at_login())
        except DownlightError as error:
            self.login.setEnabled(False)
            self.fields["login"].show_fault(error.words)

    def _put_login(self, on: bool) -> None:  # noqa: FBT001 - a slot of Qt
        try:
            self.pen.wishes.start_at_login(on=on)
        except DownlightError as error:
            self.login.setChecked(not on)
            self.fields["login"].show_fault(error.words)
        else:
            self.fields["login"].show_fault("")

    def _put_also(self) -> None:
        codes = []
        field = self.fields["also_in"]
        for said in filter(None, map(str.strip, self.also.text().split(","))):
            code = called(said)
            if not code:
                field.show_fault(
                    tr(
                        "“{said}” is no country we know; write its name in English or "
                        "its two letters.",
                        said=said,
                    )
                )
                return
            codes.append(code)
        if self.pen.put(field, also_in=tuple(dict.fromkeys(codes))):
            self.refill()

    def _put_way(self, way: str) -> None:
        self.address.setVisible(not way)
        if way:
            self.pen.put(self.fields["proxy"], proxy=way)
        else:
            self.address.setFocus()

    def _put_address(self) -> None:
        address, field = self.address.text().strip(), self.fields["proxy"]
        if not address and not self.way.value:
            field.show_fault(tr("There is no address here, so nothing was changed."))
        elif not self.way.value:
            meant = unveiled(address, self.pen.settings.proxy)
            if self.pen.put(field, proxy=meant):
                self.address.setText(veiled(meant))


def veiled(proxy: str) -> str:
    """Return the address of a proxy with a mark in place of a password in it."""
    return _PASSWORD.sub(rf"\g<before>{HIDDEN}", proxy, count=1)


def unveiled(written: str, kept: str) -> str:
    """Return the address a person means who left the mark of `veiled` as it was.

    Args:
        written: What stands in the field.
        kept: The address that holds now.
    """
    found = _PASSWORD.search(kept)
    return written.replace(HIDDEN, found["word"], 1) if found else written


def listed(code: str) -> str:
    """Return what a country is called in a list with commas."""
    name = country(code)
    return code if "," in name else name
