"""What a person does with a bubble: clicks on it, or on one of its buttons."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.desktop.screen import Screen
from tests.desktop.session import NOTIFICATIONS, until
from tests.desktop.watch import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.desktop.notices import Notice
    from tests.desktop.screen import Area
    from tests.desktop.session import Desktop, NotifyName

_CLASSES = {"dunst": "Dunst", "xfce": "Xfce4-notifyd"}
"""The window class of each daemon's bubbles."""
_LEFT, _MIDDLE = 1, 2
_MARGIN = 14
"""Pixels around the buttons of xfce4-notifyd."""
_SINGLE = 80
"""Pixels a button of xfce4-notifyd is wide where it is the only one; several share
the width of the bubble."""
_HEIGHT = 30
"""Of a button of xfce4-notifyd, in pixels."""


def choose(
    box: Desktop, notify: NotifyName, notice: Notice, key: str = "default"
) -> None:
    """Invoke an action of a bubble, as a person does with that daemon.

    dunst takes a left click anywhere for the default action and offers all of them in
    a menu, which the box opens with the middle button. xfce4-notifyd shows each as a
    button. mako is told by the calls of ``makoctl invoke`` and ``makoctl dismiss``:
    sway has no mouse here.

    Args:
        box: Where the bubble is; of dunst and xfce4-notifyd the first one.
        notify: The daemon.
        notice: What the bubble shows.
        key: Of the action.
    """
    if notify == "mako":
        _tell_mako(box, "InvokeAction", str(notice.number), key)
        _tell_mako(box, "DismissNotification", str(notice.number), "false")
        return
    screen = Screen(box.environ)
    bubble = _bubble(screen, _CLASSES[notify])
    if notify == "xfce":
        screen.click(_button(bubble, list(notice.actions), key))
    elif key == "default":
        screen.click(bubble.centre, _LEFT)
    else:
        (box.root / "choice").write_text(f"#{notice.actions[key]} (", "utf-8")
        screen.click(bubble.centre, _MIDDLE)


def _tell_mako(box: Desktop, method: str, *values: str) -> None:
    place = ("--dest", NOTIFICATIONS, "--object-path", "/fr/emersion/Mako")
    subprocess.run(
        (
            "gdbus",
            "call",
            "--session",
            *place,
            "--method",
            f"fr.emersion.Mako.{method}",
            *values,
        ),
        env=box.environ,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=PATIENCE,
    )


def _button(bubble: Area, keys: Sequence[str], key: str) -> tuple[int, int]:
    """Where a button of xfce4-notifyd is; the last is in the corner."""
    inner = bubble.width - 2 * _MARGIN
    width = inner / len(keys) if len(keys) > 1 else _SINGLE
    from_right = width * (len(keys) - keys.index(key) - 0.5)
    return (
        bubble.x + bubble.width - _MARGIN - int(from_right),
        bubble.y + bubble.height - _MARGIN - _HEIGHT // 2,
    )


def _bubble(screen: Screen, kind: str) -> Area:
    until(lambda: screen.windows_of(kind), "a bubble", PATIENCE)
    return screen.area(screen.windows_of(kind)[0])
