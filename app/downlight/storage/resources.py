"""Finds the files that are shipped with the program.

``resources/`` stands beside ``app/``, outside the package. A wheel carries it
inside the package, a checkout (also an editable install) has it two folders up,
and a frozen program unpacks it into the folder named by ``sys._MEIPASS``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from downlight.core.speech import mark
from downlight.storage.trouble import storage_error


def resource(name: str = "") -> Path:
    """Return where a shipped file or folder lies.

    Args:
        name: Path below ``resources/``, with ``/`` between its parts; empty for
            the folder itself.

    Raises:
        StorageError: It was not shipped; the installation is incomplete.
    """
    package = Path(__file__).parent.parent
    places = [package / "resources", package.parent.parent / "resources"]
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        places.insert(0, Path(frozen, "resources"))
    for place in places:
        if (place / name).exists():
            return place / name
    raise storage_error(
        f"resources/{name} is in none of {len(places)} places",
        title=mark("Installation incomplete"),
        hint=mark("Some of Downlight's own files are missing: install it again."),
    )
