"""The floor: the least a tray program in Python and Qt can be. Asserts nothing."""

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon


def main() -> None:
    """Show an icon with a menu, for ever."""
    app = QApplication(["bare-tray"])
    app.setApplicationName("bare-tray")
    app.setQuitOnLastWindowClosed(False)
    pixmap = QPixmap(32, 32)
    pixmap.fill(QColor("#1a9850"))
    menu = QMenu()
    menu.addAction("Open")
    menu.addAction("Quit", app.quit)
    tray = QSystemTrayIcon(QIcon(pixmap))
    tray.setContextMenu(menu)
    tray.setToolTip("A bare tray")
    tray.show()
    app.exec()


if __name__ == "__main__":
    main()
