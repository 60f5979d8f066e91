"""Make the pictures of the README anew: the real window on a replayed outage.

    python -m tests.desktop.pictures

They go into ``resources/pictures``, light and dark. No screen is needed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from tests.desktop.pages import LOOKS
from tests.desktop.windows import Lamp, played, rest

FOLDER: Final = Path(__file__).parents[2] / "resources/pictures"
OUTAGE: Final = "whatsapp-2022-10-25"
SIZE: Final = QSize(1040, 720)
PAGES: Final = ("now", "history")
QUICK: Final = 0
"""Of a picture's packing: small files, and slowly done."""


def main() -> None:
    """Save each page, light and dark."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    app.setApplicationName("Downlight")
    app.setQuitOnLastWindowClosed(False)
    FOLDER.mkdir(exist_ok=True)
    with played(OUTAGE, Lamp()) as window:
        window.resize(SIZE)
        window.side.choose("whatsapp")
        for look in ("light", "dark"):
            app.setPalette(LOOKS[look]())
            for page in PAGES:
                window.page.tabs.choose(page)
                rest(window)
                path = FOLDER / f"{page}-{look}.png"
                if not window.grab().save(str(path), "PNG", QUICK):
                    raise OSError(f"{path} cannot be written")


if __name__ == "__main__":
    main()
