"""Whether there is a desktop to put a light on; imports next to nothing."""

from __future__ import annotations

import os
import sys


def has_screen() -> bool:
    """Whether Qt would find a desktop here."""
    if sys.platform != "linux":
        return True
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
