"""Where this computer seems to be, by its time zone and language. Nobody is asked.

* Linux: ``TZ``, else where ``/etc/localtime`` leads (localtime(5)), else what
  ``/etc/timezone`` says (Debian); ``LC_ALL``, ``LC_MONETARY``, ``LANG`` (locale(7)).
* macOS: the same link, and the region of its settings (``AppleLocale``).
* Windows: the "Country or region" of its settings
  (``GetUserDefaultGeoName``, from Windows 10 1709 on); its zones have names of its own.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from downlight.core.places import home
from downlight.core.settings import BY_GUESS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.places.home import Whereabouts

LINK: Final = Path("/etc/localtime")
NAMED: Final = Path("/etc/timezone")
PREFERENCES: Final = Path("Library", "Preferences", ".GlobalPreferences.plist")
"""Below a person's home on macOS."""
STEPS: Final = 4
"""Longest chain of links we follow."""
LOCALES: Final = ("LC_ALL", "LC_MONETARY", "LANG", "LC_MESSAGES")
"""Of the categories the money goes first, for that is where one lives; the messages
go last, for many read English anywhere."""
_ZONES: Final = "zoneinfo/"
"""What every system calls the folder of its zones."""


def whereabouts(
    choice: str, table: Path, environ: Mapping[str, str] = os.environ
) -> Whereabouts:
    """Return the country that counts as the person's own, and why.

    Args:
        choice: As `Settings.country` has it.
        table: ``resources/zones.tsv``; read only when it is for us to guess.
        environ: The environment.

    Raises:
        OSError: The table cannot be read.
    """
    known = home.said(choice)
    if known is not None:
        return known
    zones = home.parse(table.read_text("utf-8"))
    found = home.guess(locale(environ), zone(environ), zones)
    return replace(found, settled=choice == BY_GUESS)


def locale(environ: Mapping[str, str]) -> str:
    """Return the locale that speaks of a country, as the system writes it."""
    if sys.platform == "win32":
        return f"und_{_region()}"
    if sys.platform == "darwin":
        set_ = apple_locale(Path.home() / PREFERENCES)
        if set_:
            return set_
    said = (environ.get(name, "") for name in LOCALES)
    return next((words for words in said if home.territory(words)), "")


def zone(environ: Mapping[str, str], link: Path = LINK, named: Path = NAMED) -> str:
    """Return the name of the time zone; empty when the system does not say.

    Args:
        environ: The environment.
        link: What leads to the rules of the zone.
        named: A file that holds its name.
    """
    said = environ.get("TZ", "").removeprefix(":")
    if said:
        return _linked(Path(said)) if said.startswith("/") else said
    return _linked(link) or _word(named)


def apple_locale(preferences: Path) -> str:
    """Return the locale set on macOS, e.g. ``en_TR``; empty when there is none."""
    # Only macOS needs them, and a start does not wait for them.
    import plistlib  # noqa: PLC0415 - as said
    from xml.parsers.expat import ExpatError  # noqa: PLC0415 - as said

    try:
        table = plistlib.loads(preferences.read_bytes())
    except (OSError, ValueError, ExpatError):
        return ""
    found = table.get("AppleLocale") if isinstance(table, dict) else None
    return found if isinstance(found, str) else ""


def _linked(path: Path) -> str:
    """Return the zone whose rules stand at ``path``, by the first name it has.

    Not the last: some systems have one file for zones of several countries.
    """
    for _ in range(STEPS):
        _, inside, name = path.as_posix().rpartition(_ZONES)
        if inside:
            return name.removeprefix("posix/").removeprefix("right/")
        try:
            path = path.parent / path.readlink()
        except OSError:
            break
    return ""


def _word(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace").strip()
    except OSError:
        return ""


if sys.platform == "win32":

    def _region() -> str:
        """Return the country set in Windows; a number where it is no country."""
        import ctypes  # noqa: PLC0415 - only Windows needs it

        name = ctypes.create_unicode_buffer(16)
        ctypes.windll.kernel32.GetUserDefaultGeoName(name, len(name))
        return name.value
