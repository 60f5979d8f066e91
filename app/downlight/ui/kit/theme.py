"""Spacing and colours, drawn from the system's palette, light or dark."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QGuiApplication, QPalette

from downlight.ui.kit.colours import DARK_MARKS, LIGHT_MARKS, LIGHT_WORDS

if TYPE_CHECKING:
    from downlight.ui.kit.look import Look

GAP: Final = 8
"""The step all spacing is made of, in device-independent pixels."""
BIG: Final = 1.3
"""Size of the sentence, relative to the system's font."""
SMALL: Final = 0.92
"""Size of asides and tags, relative to the system's font."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window, as ``#rrggbb``."""

    dark: bool
    page: str
    """Behind the cards."""
    card: str
    side: str
    """Behind the list."""
    edge: str
    """Hairlines around and between."""
    text: str
    muted: str
    """Asides: still 4.5:1 on a card."""
    hover: str
    picked: str
    """Behind the chosen row: a breath of the accent, so that words stay 4.5:1."""
    accent: str
    """Links and focus."""
    thumb: str
    """The handle of a scroll bar."""

    @classmethod
    def of(cls, palette: QPalette) -> Theme:
        """Return the theme that belongs to the system's palette."""
        window = palette.color(QPalette.ColorRole.Window)
        dark = is_dark(palette)
        base = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.WindowText)
        accent = QColor("#6cb2ff" if dark else "#0a5fd0")
        page = mix(window, QColor("#000000"), 0.18) if dark else mix(window, base, 0.45)
        card = mix(window, text, 0.05) if dark else base
        return cls(
            dark=dark,
            page=page.name(),
            card=card.name(),
            side=window.name(),
            edge=mix(card, text, 0.16 if dark else 0.14).name(),
            text=text.name(),
            muted=mix(text, card, 0.32).name(),
            hover=mix(window, text, 0.06).name(),
            picked=mix(window if dark else base, accent, 0.1 if dark else 0.08).name(),
            accent=accent.name(),
            thumb=mix(window, text, 0.26).name(),
        )

    def mark(self, look: Look) -> QColor:
        """Return the colour of a mark."""
        return QColor((DARK_MARKS if self.dark else LIGHT_MARKS)[look])

    def word(self, look: Look) -> QColor:
        """Return the colour of a level's word."""
        return QColor((DARK_MARKS if self.dark else LIGHT_WORDS)[look])


def is_dark(palette: QPalette) -> bool:
    """Whether windows are drawn light on dark."""
    window = palette.color(QPalette.ColorRole.Window)
    return contrast(window, QColor("#ffffff")) > contrast(window, QColor("#000000"))


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """Return ``one`` with ``share`` (0..1) of ``other`` stirred in."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2, 1..21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


_LINEAR_UP_TO: Final = 0.03928
"""Where the curve of sRGB begins, as WCAG 2 writes it."""


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


@lru_cache(maxsize=4)
def _theme(_key: int) -> Theme:
    return Theme.of(QGuiApplication.palette())


def present() -> Theme:
    """Return the theme of the program's palette as it is now."""
    return _theme(QGuiApplication.palette().cacheKey())
