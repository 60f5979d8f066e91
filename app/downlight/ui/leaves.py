"""The pages of the window beside the one about what goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.ui.page import Leaf


def leaves() -> Mapping[str, Leaf]:
    """Return the pages by key, in the order of their tabs."""
    return {}
