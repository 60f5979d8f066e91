"""Notifications through plyer: where D-Bus is not, and on other systems.

plyer reports little, so what it would get wrong is asked and mended before: read
in version 2.1.0 (its sources; 2026-11). It cannot update a bubble in place and
never tells of a click.
"""

from __future__ import annotations

import shutil
import sys
import warnings
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from downlight.core.errors import DeliveryError
from downlight.core.speech import mark
from downlight.core.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.core.news import Message

TITLE_UNITS: Final = 63
"""UTF-16 units: Windows keeps 64 with the closing NUL, and plyer drops a message
that is longer."""
BODY_UNITS: Final = 255
"""UTF-16 units, likewise of 256."""

_LAST_OF_ONE_UNIT: Final = "\uffff"


def _served() -> bool | None:
    try:
        from downlight.notify.bus import serves  # noqa: PLC0415 - jeepney: Linux only
    except ImportError:
        return None
    return serves("org.freedesktop.Notifications")


def _load() -> Callable[..., Any]:
    with warnings.catch_warnings():
        # It warns that dbus-python is missing, of which `way` knows.
        warnings.simplefilter("ignore")
        from plyer import notification  # noqa: PLC0415 - not before it is needed

        notify: Callable[..., Any] = notification.notify
        return notify


@dataclass(frozen=True, slots=True)
class Way:
    """What plyer would use here, and so what its text must look like."""

    refusal: str = ""
    """Why it cannot work here, in English words; empty when it can."""
    markup: bool = False
    """Whether the body is read as markup."""
    backslashes: bool = False
    """Whether ``\\n`` and the like in the body are resolved."""


def way(
    system: str = sys.platform,
    *,
    has: Callable[[str], bool] = lambda program: shutil.which(program) is not None,
    flatpak: Path = Path("/app"),
    bindings: Callable[[str], object] = find_spec,
    served: Callable[[], bool | None] = _served,
) -> Way:
    """Find out what plyer would use.

    Args:
        system: As `sys.platform`.
        has: Whether a program can be found.
        flatpak: The folder by which plyer knows that it runs inside Flatpak.
        bindings: Whether a module can be imported.
        served: Whether anybody shows notifications; None when nobody knows.
    """
    if not system.startswith("linux"):
        return Way()
    if flatpak.is_dir():
        return Way(mark("inside Flatpak plyer mixes up text and syntax"))
    by_bus = bindings("dbus") is not None
    if not by_bus and not has("notify-send"):
        return Way(mark("plyer needs notify-send or dbus-python, and neither is here"))
    if served() is False:  # it would say nothing, and plyer would say "done"
        return Way(mark("no program here shows notifications"))
    return Way(markup=True, backslashes=not by_bus)


class PlyerChannel:
    """Bubbles by plyer; may hang, so it is used through `Bounded`."""

    name: Final = "plyer"

    def __init__(
        self,
        look: Callable[[], Way] = way,
        load: Callable[[], Callable[..., Any]] = _load,
    ) -> None:
        """Note how to get at plyer; nothing is imported yet.

        Args:
            look: Finds out what plyer would use.
            load: Imports plyer and returns its ``notify``.
        """
        self._look = look
        self._load = load

    def deliver(self, message: Message) -> None:
        """Show it, as far as plyer tells.

        Raises:
            DeliveryError: plyer cannot work here, or it failed.
        """
        found = self._look()
        if found.refusal:
            raise DeliveryError(found.refusal)
        title = _safe(fit(message.title, TITLE_UNITS))
        body = fit(message.body, BODY_UNITS)
        if found.markup:
            body = escape(body, quote=False)
        if found.backslashes:
            body = body.replace("\\", "\\\\")
        try:
            self._load()(title=title, message=_safe(body), app_name="Downlight")
        except NotImplementedError as error:
            why = mark("plyer knows no way to notify here")
            raise DeliveryError(why) from error
        except Exception as error:
            # It lets through whatever the system's libraries raise.
            raise DeliveryError(f"plyer: {type(error).__name__}: {error}") from error


def fit(text: str, units: int) -> str:
    """Return ``text`` cut to so many UTF-16 units, no character cut in two."""
    text = cut(text, units)
    while _units(text) > units:
        text = text.removesuffix("…")[:-1] + "…"
    return text


def _units(text: str) -> int:
    return sum(2 if character > _LAST_OF_ONE_UNIT else 1 for character in text)


def _safe(text: str) -> str:
    """Return ``text`` such that no program takes it for an option or for missing.

    A space in front is not seen and is enough: notify-send reads whatever begins
    with "-" as an option.
    """
    text = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if not text.strip():
        return "Downlight"
    return f" {text}" if text.startswith("-") else text
