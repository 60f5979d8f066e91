"""Where things are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_NAME: Final = "downlight"


class Places(NamedTuple):
    """Where one run keeps its things. Nothing is made before it is written.

    No dataclass: it is needed before the icon is up (`decisions/0005`).
    """

    settings: Path
    """The settings file, edited by people."""
    services: Path
    """The services the person has added, in the catalog's form."""
    references: Path
    """Whom to ask whether the internet is there, where not those that are shipped."""
    hooks: Path
    """What the person wants done when something changes."""
    journal: Path
    """The database of what was seen and told."""
    outbox: Path
    """The database of what is on its way to hooks."""
    log: Path
    """What the program says about itself."""
    folder: Path | None = None
    """The one folder a person asked for; None: the places the system has."""


def places(data: Path | None = None) -> Places:
    """Return where this run keeps its things.

    Args:
        data: Keep everything in this folder; None for the places the system
            has for settings, data and logs.
    """
    if data is not None:
        folder = data.expanduser().absolute()
        return _in(folder, folder, folder)._replace(folder=folder)
    # Only here: a run with a folder of its own does not pay for it.
    from platformdirs import PlatformDirs  # noqa: PLC0415 - see above

    dirs = PlatformDirs(_NAME, appauthor=False)
    return _in(dirs.user_config_path, dirs.user_data_path, dirs.user_log_path)


def _in(settings: Path, data: Path, log: Path) -> Places:
    return Places(
        settings=settings / "settings.toml",
        services=settings / "services.toml",
        references=settings / "references.toml",
        hooks=settings / "hooks.toml",
        journal=data / "journal.sqlite",
        outbox=data / "outbox.sqlite",
        log=log / "downlight.log",
    )
