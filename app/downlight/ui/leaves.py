"""The pages of the window beside the one about what goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.ui.page import Leaf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from downlight.core.ports import Wishes


def leaves(wishes: Wishes) -> Mapping[str, Leaf]:
    """Return the pages by key, in the order of their tabs.

    Args:
        wishes: Whom they ask.
    """

    def me() -> QWidget:
        from downlight.ui.me_sheet import MeSheet  # noqa: PLC0415 - when wanted

        return MeSheet(wishes)

    return {"me": Leaf("Is it me?", me)}
