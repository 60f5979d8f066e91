"""The rules that turn native widgets into cards, chips and quiet buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from downlight.ui.kit.look import Look
from downlight.ui.kit.theme import mix

if TYPE_CHECKING:
    from downlight.ui.kit.theme import Theme


def stylesheet(theme: Theme) -> str:
    """Return the style sheet of the window and its dialogs."""
    return f"""
QWidget#side, QDialog {{ background: {theme.side}; }}
QWidget#main, QWidget#page {{ background: {theme.page}; }}
QScrollArea#scroll {{ background: {theme.page}; border: 1px solid {theme.page}; }}
QScrollArea#scroll:focus {{ border-color: {theme.accent}; }}
QFrame#card {{
    background: {theme.card}; border: 1px solid {theme.edge}; border-radius: 8px;
}}
QFrame#rule {{ background: {theme.edge}; border: none; }}
QListView#catalog, QTreeView#catalog {{
    background: {theme.card}; border: 1px solid {theme.edge}; border-radius: 8px;
    padding: 4px 0px;
}}
QListView#catalog:focus, QTreeView#catalog:focus {{ border-color: {theme.accent}; }}
QLabel[role="muted"] {{ color: {theme.muted}; }}
QLabel[role="chip"] {{
    background: {theme.card}; border: 1px solid {theme.edge}; border-radius: 9px;
}}
QLabel[role="tag"] {{
    color: {theme.muted}; border: 1px solid {theme.edge}; border-radius: 4px;
}}
{_buttons(theme)}
{_tabs(theme)}
{_bars(theme)}
{_banners(theme)}
"""


def _buttons(theme: Theme) -> str:
    return f"""
QLineEdit {{
    background: {theme.card}; color: {theme.text}; border: 1px solid {theme.edge};
    border-radius: 6px; padding: 5px 8px; placeholder-text-color: {theme.muted};
}}
QLineEdit:focus {{ border: 2px solid {theme.accent}; padding: 4px 7px; }}
QComboBox, QSpinBox, QDateEdit {{
    background: {theme.card}; color: {theme.text}; border: 1px solid {theme.edge};
    border-radius: 6px; padding: 4px 8px; selection-background-color: {theme.picked};
    selection-color: {theme.text};
}}
QSpinBox QLineEdit, QDateEdit QLineEdit {{
    background: transparent; border: none; padding: 0px;
}}
QComboBox:hover, QSpinBox:hover, QDateEdit:hover {{ background: {theme.hover}; }}
QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
    border: 2px solid {theme.accent}; padding: 3px 7px;
}}
QComboBox:disabled, QSpinBox:disabled, QDateEdit:disabled {{ color: {theme.muted}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 22px; }}
QSpinBox::up-button, QSpinBox::down-button {{
    border: none; background: transparent; width: 20px;
}}
QPushButton {{
    background: {theme.card}; color: {theme.text}; border: 1px solid {theme.edge};
    border-radius: 6px; padding: 6px 14px;
}}
QPushButton:hover {{ background: {theme.hover}; }}
QPushButton:pressed {{ background: {theme.picked}; }}
QPushButton:disabled {{ color: {theme.muted}; }}
QPushButton:default {{ border-color: {theme.accent}; }}
QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 5px 13px; }}
QPushButton[role="link"] {{
    color: {theme.accent}; background: transparent; border: none; padding: 2px 0px;
}}
QPushButton[role="link"]:hover {{ text-decoration: underline; }}
QPushButton[role="link"]:focus {{
    text-decoration: underline; border: none; padding: 2px 0px;
}}
QPushButton[role="link"]::menu-indicator {{ image: none; }}
QPushButton[role="kin"] {{
    color: {theme.muted}; border-radius: 8px; padding: 3px 12px;
}}
QPushButton[role="kin"]:checked {{
    color: {theme.text}; background: {theme.picked}; border-color: {theme.accent};
}}
QPushButton[role="kin"]:focus {{
    border: 2px solid {theme.accent}; padding: 2px 11px;
}}
QToolButton {{
    background: transparent; border: 1px solid transparent; border-radius: 4px;
    padding: 1px;
}}
QToolButton:hover {{ background: {theme.hover}; }}
QToolButton:focus {{ border-color: {theme.accent}; }}
"""


def _tabs(theme: Theme) -> str:
    return f"""
QWidget#tabs {{ background: {theme.page}; border-bottom: 1px solid {theme.edge}; }}
QTabBar {{ background: transparent; border: none; }}
QTabBar::tab {{
    background: transparent; color: {theme.muted}; padding: 7px 12px 8px 12px;
    border: none; border-bottom: 2px solid transparent;
}}
QTabBar::tab:hover {{ color: {theme.text}; }}
QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}
QTabBar::tab:selected:focus {{
    border: 2px solid {theme.accent}; border-radius: 4px; padding: 5px 10px 6px 10px;
}}
"""


def _bars(theme: Theme) -> str:
    thumb = theme.thumb
    return f"""
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0px; }}
QScrollBar::handle:vertical {{
    background: {thumb}; min-height: 32px; border-radius: 3px; margin: 2px 3px;
}}
QScrollBar::handle:vertical:hover {{ background: {theme.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0px; width: 0px; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _banners(theme: Theme) -> str:
    rules = [
        f"""
QFrame[role="banner"] {{
    background: {theme.card}; border: none; border-bottom: 1px solid {theme.edge};
}}"""
    ]
    # In the dark every bit of colour is light, and a link on it must stay 4.5:1.
    share = 0.06 if theme.dark else 0.12
    for kind, look in (
        ("replay", Look.MAINTENANCE),
        ("trouble", Look.DEGRADED),
        ("line", Look.DEGRADED),
        ("settings", Look.DEGRADED),
    ):
        tint = mix(QColor(theme.card), theme.mark(look), share).name()
        rules.append(f'QFrame[role="banner"][kind="{kind}"] {{ background: {tint}; }}')
    return "\n".join(rules)
