"""``downlight key``: tokens for the sources that want one."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from downlight import wiring
from downlight.cli import console
from downlight.core.errors import SettingsError
from downlight.core.keys import KEYS
from downlight.storage.hooks_file import SECRET

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """List the keys, keep one, or forget it; they stand in the system's keyring.

    Raises:
        SettingsError: No source asks for such a key.
        StorageError: The keyring is locked, missing or broken.
    """
    if not options.name:
        for key in KEYS:
            console.say(f"{key.name:20} {key.what}")
        console.say(f"{'hook-NAME':20} address or token of a hook of your own")
        return 0
    names = [key.name for key in KEYS]
    if options.name not in names and not SECRET.fullmatch(options.name):
        known = f"{', '.join(names)}, and for hooks hook-NAME"
        error = SettingsError(repr(options.name))
        error.title, error.hint = "No such key", f"Known: {known}."
        raise error
    if options.forget:
        wiring.secrets().write(options.name, None)
        console.say(f"{options.name} is forgotten.")
        return 0
    said = _ask(options.name)
    if not said:
        console.say("Nothing was changed.")
        return 1
    wiring.secrets().write(options.name, said)
    console.say(f"{options.name} is kept in the system's keyring.")
    return 0


def _ask(name: str) -> str:
    """Return the secret: typed unseen, or the first line of what is piped in."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(f"{name}: ").strip()
    return sys.stdin.readline().strip() if sys.stdin is not None else ""
