"""The rules that give the settings their look, besides those of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.ui.kit.look import Look
from downlight.ui.kit.sheet import stylesheet

if TYPE_CHECKING:
    from downlight.ui.kit.theme import Theme


def settings_sheet(theme: Theme) -> str:
    """Return the style sheet of the settings."""
    return f"""
{stylesheet(theme)}
QLabel[fault="true"] {{ color: {theme.word(Look.MAJOR).name()}; }}
QListWidget#sections {{
    background: {theme.side}; border: none; border-right: 1px solid {theme.edge};
    padding: 8px 4px; outline: none;
}}
QListWidget#sections::item {{
    color: {theme.text}; border-radius: 6px; padding: 0px 8px;
    border: 1px solid transparent;
}}
QListWidget#sections::item:hover {{ background: {theme.hover}; }}
QListWidget#sections::item:selected {{
    background: {theme.picked}; border-color: {theme.accent};
}}
QListWidget#sections:focus {{ border-right-color: {theme.accent}; }}
"""
