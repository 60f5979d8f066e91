"""The smallest tray program there is: something for the box's own tests to look at.

Green; a click shows its window and turns it red; the menu's ``Quit`` ends it.
"""

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QSystemTrayIcon


def square(colour: str) -> QIcon:
    """An icon all of one colour."""
    pixmap = QPixmap(48, 48)
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)


def main() -> None:
    """Show the icon until told to quit."""
    app = QApplication(["tiny-tray"])
    app.setApplicationName("tiny-tray")
    app.setQuitOnLastWindowClosed(False)
    window = QLabel("A tiny window")
    window.setWindowTitle("Tiny window")
    window.resize(200, 100)
    tray = QSystemTrayIcon(square("#1a9850"))
    tray.setToolTip("All is tiny")
    menu = QMenu()
    menu.addAction("Open", window.show)
    menu.addSeparator()
    menu.addAction("Quit", app.quit)
    tray.setContextMenu(menu)

    def clicked() -> None:
        tray.setIcon(square("#d7191c"))
        window.show()

    tray.activated.connect(clicked)
    tray.show()
    app.exec()


if __name__ == "__main__":
    main()
