"""Files that status bars read: the light in a line of text.

Forms: waybar-custom(5), polybar's custom/script, i3bar's protocol and the custom block
of i3status-rust, and the plugins of xbar and argos.
"""

from __future__ import annotations

import html
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level
from downlight.core.saying import icon_words, words
from downlight.core.speech import mark, tr
from downlight.core.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.news import ServiceView, Snapshot
    from downlight.core.telling.hooks import Bar, BarShape
    from downlight.notify.record import Turns

TEXT_LENGTH: Final = 60
"""Characters in the bar."""
TIP_LENGTH: Final = 2000
"""Characters of what is shown when it is pointed at."""

_WORDS: Final = {
    None: "unknown",
    Level.OPERATIONAL: "well",
    Level.MAINTENANCE: "maintenance",
    Level.DEGRADED: "troubled",
    Level.PARTIAL: "partly-down",
    Level.MAJOR: "down",
}
_CALM: Final[dict[Level | None, str]] = {
    None: mark("Not known"),
    Level.OPERATIONAL: mark("All well"),
    Level.MAINTENANCE: mark("Maintenance"),
}
_STATES: Final = {
    "well": "Good",
    "maintenance": "Info",
    "troubled": "Warning",
    "partly-down": "Critical",
    "down": "Critical",
}
"""What i3status-rust calls it; everything else is "Idle"."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a bar shows."""

    word: str
    """``well``, ``maintenance``, ``troubled``, ``partly-down``, ``down``, ``unknown``,
    ``offline`` or ``stopped``, for machines."""
    text: str
    tip: tuple[str, ...]
    """Lines."""


def stopped() -> Glance:
    """Return what is left in the file: an old state would not be true for long."""
    return Glance("stopped", tr("Downlight is off"), (tr("Downlight is not running."),))


def trial() -> Glance:
    """Return what a person writes into the file to see whether the bar reads it."""
    tip = tr("This is a test; the next change replaces it.")
    return Glance("unknown", tr("Downlight: a test"), (tip,))


def glance(snapshot: Snapshot) -> Glance:
    """Return what a bar shows of a state."""
    tip = icon_words.tooltip(snapshot)
    if snapshot.line:
        tip = f"{snapshot.line}.\n{tip}"
    lines = tuple(cut(tip, TIP_LENGTH).splitlines())
    if snapshot.trouble:
        return Glance("unknown", tr("Monitoring stopped"), lines)
    if snapshot.online is False:
        return Glance("offline", tr("Offline"), lines)
    views = sorted(snapshot.services, key=_badness)
    bad = [view for view in views if _is_trouble(view)]
    if bad:
        return Glance(_WORDS[bad[0].verdict.level], _bad(bad), lines)
    known = [view.verdict.level for view in views if view.verdict.level is not None]
    # One that is not known is never shown as well.
    level = max(known) if known and len(known) == len(views) else None
    return Glance(_WORDS[level], tr(_CALM[level]), lines)


def render(it: Glance, shape: BarShape) -> str:
    """Return the whole file, as its bar reads it."""
    text = cut(" ".join(it.text.split()), TEXT_LENGTH)
    match shape:
        case "waybar":
            return _json(
                text=html.escape(text, quote=False),
                alt=it.word,
                tooltip=html.escape("\n".join(it.tip), quote=False),
                **{"class": it.word},
            )
        case "i3status":
            # The protocol of i3bar says `full_text`, i3status-rust `text`, which it
            # reads as Pango's markup.
            return _json(
                full_text=text,
                short_text=text,
                name="downlight",
                urgent=it.word == "down",
                text=html.escape(text, quote=False),
                state=_STATES.get(it.word, "Idle"),
            )
        case "polybar":
            return text.replace("%{", "% {") + "\n"
        case "xbar":
            lines = (text, "---", *it.tip)
            return "".join(
                " ".join(one.split()).replace("|", "¦") + "\n" for one in lines
            )


class Bars:
    """The files, and what stands in them."""

    def __init__(self, bars: Iterable[Bar], turns: Turns) -> None:
        """Write nothing yet; ``turns`` is told when a file cannot be written."""
        self._bars = tuple(bars)
        self._turns = turns
        self._written: dict[str, str] = {}

    def show(self, it: Glance) -> None:
        """Write what has changed; a file that cannot be written stops nothing."""
        for bar in self._bars:
            text = render(it, bar.shape)
            if self._written.get(bar.name) == text:
                continue
            try:
                write(Path(bar.path), text)
            except OSError as error:
                self._turns.failed(bar.name, f"not written: {error.strerror or error}")
            else:
                self._turns.worked(bar.name)
                self._written[bar.name] = text


def write(path: Path, text: str) -> None:
    """Replace what stands at ``path``: wholly, or not at all.

    Raises:
        OSError: It cannot be written, or what stands there is no plain file.
    """
    if path.exists() and not path.is_file():
        raise FileExistsError(None, "what stands there is no plain file", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(".tmp", f".{path.name}-", path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _bad(bad: list[ServiceView]) -> str:
    first = bad[0]
    more = f" +{len(bad) - 1}" if len(bad) > 1 else ""
    name = cut(first.service.name, TEXT_LENGTH // 2)
    return f"{name}: {words.level_word(first.verdict.level)}{more}"


def _is_trouble(view: ServiceView) -> bool:
    level = view.verdict.level
    return level is not None and level.is_trouble


def _badness(view: ServiceView) -> int:
    return -(view.verdict.level or 0)


def _json(**values: str | bool) -> str:
    return json.dumps(values) + "\n"
