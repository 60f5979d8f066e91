"""A window that fills the screen, as a film does, until it is ended.

It says again and again whether it would hold up its own notifications.
"""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from downlight.notify.full_screen import Screen

OWN_EYES = "seen from inside: "


def say(words: str) -> None:
    """Say it at once, to whoever reads along."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    """Show the window."""
    app = QApplication(["tiny-film"])
    window = QLabel("A tiny film")
    window.setWindowTitle("Tiny film")
    window.showFullScreen()
    screen = Screen()
    timer = QTimer(interval=100)
    timer.timeout.connect(lambda: say(f"{OWN_EYES}{screen.is_filled()}"))
    timer.start()
    app.exec()


if __name__ == "__main__":
    main()
