"""What a test sees and does on a box's screen: pictures, windows, clicks."""

from __future__ import annotations

import math
import re
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.desktop.session import until
from tests.desktop.watch import PATIENCE, colour_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

AGAIN = 3.0
"""Seconds after which a key is pressed once more that did nothing."""
SETTLED = 0.25
"""Seconds for which a window must have been seen without a break."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        """Its middle."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen of the box whose environment this is."""

    environ: Mapping[str, str]

    def shot(self, path: Path) -> Path:
        """Write a picture of the whole screen, a PNG, and return its path."""
        self._run("scrot", "--overwrite", str(path))
        return path

    def windows(self, title: str) -> tuple[str, ...]:
        """The numbers of the visible windows whose title matches the expression."""
        return self._search("--name", title)

    def windows_of(self, kind: str) -> tuple[str, ...]:
        """The numbers of the visible windows of a class."""
        return self._search("--class", kind)

    def wait_window(self, title: str, within: float = PATIENCE) -> str:
        """The number of the first such window, as soon as it is on the screen to stay.

        A window manager that takes a new window into its frame hides it for a moment.
        """
        seen: dict[tuple[str, ...], float] = {}

        def stays() -> bool:
            found = self.windows(title)
            since = seen.get(found, time.monotonic())
            seen.clear()
            seen[found] = since
            return bool(found) and time.monotonic() - since >= SETTLED

        until(stays, f"a window titled {title!r}", within)
        (found,) = seen
        return found[0]

    def close_window(self, title: str, within: float = PATIENCE) -> None:
        """Close the windows of that title with Alt+F4 and wait for it."""
        self.wait_window(title, within)
        asked, seen = -math.inf, time.monotonic()

        def is_closed() -> bool:
            # A key is lost now and then: pressed while the focus was on its way. And a
            # search finds nothing where another window goes while it looks.
            nonlocal asked, seen
            now, left = time.monotonic(), self.windows(title)
            if left:
                seen = now
            if left and now - asked > AGAIN:
                asked = now
                self._run("xdotool", "windowactivate", "--sync", left[0])
                self._run("xdotool", "key", "alt+F4")
            return now - seen >= SETTLED

        until(is_closed, f"{title!r} to close", within)

    def title(self, window: str) -> str:
        """A window's title."""
        return self._run("xdotool", "getwindowname", window).strip()

    def click(self, place: tuple[int, int], button: int = 1) -> None:
        """Move the mouse there and press and release a button."""
        x, y = map(str, place)
        self._run("xdotool", "mousemove", "--sync", x, y, "click", str(button))

    def area(self, window: str) -> Area:
        """Where a window is."""
        told = self._run("xdotool", "getwindowgeometry", "--shell", window)
        number = {k: int(v) for k, v in re.findall(r"(\w+)=(\d+)", told)}
        return Area(number["X"], number["Y"], number["WIDTH"], number["HEIGHT"])

    def _search(self, *how: str) -> tuple[str, ...]:
        found = subprocess.run(
            ("xdotool", "search", "--onlyvisible", *how),
            env=dict(self.environ),
            capture_output=True,
            text=True,
            check=False,  # 1 is "none"
            timeout=PATIENCE,
        )
        return tuple(found.stdout.split())

    def _run(self, *command: str) -> str:
        return subprocess.run(
            command,
            env=dict(self.environ),
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        ).stdout


def find_colour(picture: Path, colour: str, strip: Area) -> Area | None:
    """Where in a part of a picture something of a colour is.

    Args:
        picture: A PNG.
        colour: A name `colour_of` gives.
        strip: The part to look at; a panel, say.

    Returns:
        The smallest area around it; None when fewer than 30 pixels have the colour.
    """
    crop = f"{strip.width}x{strip.height}+{strip.x}+{strip.y}"
    rgb = subprocess.run(
        ("convert", str(picture), "-crop", crop, "+repage", "-depth", "8", "rgb:-"),
        capture_output=True,
        check=True,
    ).stdout
    known: dict[bytes, bool] = {}
    found = []
    for at in range(0, len(rgb), 3):
        pixel = rgb[at : at + 3]
        if pixel not in known:
            red, green, blue = pixel
            known[pixel] = colour_of([(red, green, blue, 255)]) == colour
        if known[pixel]:
            found.append(divmod(at // 3, strip.width))
    if len(found) < 30:
        return None
    ys, xs = zip(*found, strict=True)
    left, top = min(xs), min(ys)
    return Area(strip.x + left, strip.y + top, max(xs) - left + 1, max(ys) - top + 1)
