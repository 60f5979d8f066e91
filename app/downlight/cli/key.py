"""``downlight key``: tokens for the sources that want one."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Final

from downlight import wiring
from downlight.cli import console
from downlight.core.errors import SettingsError
from downlight.storage.hooks_file import SECRET

if TYPE_CHECKING:
    from argparse import Namespace

KEYS: Final = {
    "microsoft-graph": "Microsoft 365 as an administrator sees it",
    "riot": "Riot Games' status",
    "cloudflare-radar": "Cloudflare Radar's outages by country",
    "bluesky-user": "what is written on Bluesky: the account's name",
    "bluesky-password": "what is written on Bluesky: an app password",
    "statusgator": "your monitors at StatusGator",
    "downdetector-id": "Downdetector Enterprise: the client's id",
    "downdetector-secret": "Downdetector Enterprise: the client's secret",
}
"""Every secret a source may ask for, and what it opens."""


def run(options: Namespace) -> int:
    """List the keys, keep one, or forget it; they stand in the system's keyring.

    Raises:
        SettingsError: No source asks for such a key.
        StorageError: The keyring is locked, missing or broken.
    """
    if not options.name:
        for name, what in KEYS.items():
            console.say(f"{name:20} {what}")
        console.say(f"{'hook-NAME':20} address or token of a hook of your own")
        return 0
    if options.name not in KEYS and not SECRET.fullmatch(options.name):
        known = f"{', '.join(KEYS)}, and for hooks hook-NAME"
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
