"""Which language is spoken: settled once, before the first word is said."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from downlight.catalog import words
from downlight.core import speech
from downlight.core.errors import DownlightError
from downlight.core.speech import ENGLISH
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

log = logging.getLogger(__name__)

_KEY: Final = "language"


def settle(settings: Path, system: Iterable[str]) -> str:
    """Speak a person's language from now on; return which (ISO 639-1).

    Args:
        settings: The settings file; what it says holds.
        system: Languages the system says the person reads, the dearest first, as in
            "tr-TR". The first that we speak is taken, or else English.
    """
    chosen = _chosen(settings)
    try:
        folder = resource("words")
        ours = words.languages(folder)
        # As the file is read otherwise: what is not one of ours counts as nothing.
        known = chosen in {ENGLISH, *ours}
        code = chosen if known else _first(system, ours) or ENGLISH
        if code != ENGLISH:
            speech.speak(code, words.load(folder, code))
    except DownlightError as error:
        # An unreadable language is no reason to say nothing.
        log.warning("speaking English: %s", error)
        return ENGLISH
    return code


def _first(wanted: Iterable[str], ours: frozenset[str]) -> str:
    """Return the first of the wanted that we speak; empty when there is none."""
    bare = (tag.replace("_", "-").partition("-")[0].lower() for tag in wanted)
    return next((code for code in bare if code == ENGLISH or code in ours), "")


def _chosen(settings: Path) -> str:
    """Return what the file says; empty when it does not, or cannot be read.

    Its troubles are told by who reads it whole, later: the light comes first.
    """
    try:
        text = settings.read_text("utf-8-sig")  # Notepad puts a mark before it
    except (OSError, UnicodeDecodeError):
        return ""
    if _KEY not in text:
        return ""
    import tomllib  # noqa: PLC0415 - most have not chosen, and the start is felt

    try:
        value = tomllib.loads(text).get(_KEY)
    except (tomllib.TOMLDecodeError, RecursionError):
        return ""
    return value if isinstance(value, str) else ""
