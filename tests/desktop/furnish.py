"""What a box holds before anything runs in it: a home, settings, an environment."""

from __future__ import annotations

import os
from pathlib import Path

_SETTINGS = Path(__file__).parent / "box"
_PLACES = {
    "bus.conf": "bus.conf",
    "menu.sh": "menu.sh",
    "dunstrc": "home/.config/dunst/dunstrc",
    "lxqt-panel.conf": "home/.config/lxqt/panel.conf",
    "xfce4-panel.xml": "home/.config/xfce4/xfconf/xfce-perchannel-xml/",
    "xfce4-notifyd.xml": "home/.config/xfce4/xfconf/xfce-perchannel-xml/",
}
_SERVICES = Path("/usr/share/dbus-1/services")
# Settings stores, and mate-panel's own applets (it runs each as a bus service).
_ACTIVATABLE = ("org.xfce.Xfconf", "ca.desrt.dconf", "org.mate.panel.applet.*")
_KEPT = ("PATH", "TZ", "PYTHONPATH", "VIRTUAL_ENV")


def furnish(root: Path) -> dict[str, str]:
    """Fill an empty folder with a box's home and settings.

    Args:
        root: The folder.

    Returns:
        The environment of the box's programs, without the display.
    """
    home, run, services = root / "home", root / "run", root / "services"
    for folder in (home / ".local/share/keyrings", run, services):
        folder.mkdir(parents=True)
    run.chmod(0o700)
    for name, place in _PLACES.items():
        path = root / place / name if place.endswith("/") else root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (_SETTINGS / name).read_text("utf-8")
        path.write_text(text.replace("@ROOT@", str(root)), "utf-8")
    for pattern in _ACTIVATABLE:
        for service in _SERVICES.glob(f"{pattern}.service"):
            lines = service.read_text("utf-8").splitlines()
            kept = [line for line in lines if not line.startswith("SystemdService")]
            (services / service.name).write_text("\n".join(kept), "utf-8")
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_STATE_HOME": str(home / ".local/state"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_RUNTIME_DIR": str(run),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={run}/bus",
        "GIO_USE_VFS": "local",
    }
