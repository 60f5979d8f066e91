"""Where things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_NAME: Final = "downlight"


@dataclass(frozen=True, slots=True)
class Places:
    """Where one run keeps its things. Nothing is made before it is written."""

    settings: Path
    """The settings file, edited by people."""
    services: Path
    """The services the person has added, in the catalog's form."""
    references: Path
    """Whom to ask whether the internet is there, where not those that are shipped."""
    journal: Path
    """The database of what was seen and told."""
    log: Path
    """What the program says about itself."""


def places(data: Path | None = None) -> Places:
    """Return where this run keeps its things.

    Args:
        data: Keep everything in this folder; None for the places the system
            has for settings, data and logs.
    """
    if data is not None:
        folder = data.expanduser().absolute()
        return _in(folder, folder, folder)
    # Only here: a run with a folder of its own does not pay for it.
    from platformdirs import PlatformDirs  # noqa: PLC0415 - see above

    dirs = PlatformDirs(_NAME, appauthor=False)
    return _in(dirs.user_config_path, dirs.user_data_path, dirs.user_log_path)


def _in(settings: Path, data: Path, log: Path) -> Places:
    return Places(
        settings=settings / "settings.toml",
        services=settings / "services.toml",
        references=settings / "references.toml",
        journal=data / "journal.sqlite",
        log=log / "downlight.log",
    )
