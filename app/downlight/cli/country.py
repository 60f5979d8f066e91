"""``downlight country``: which country counts as the person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight import steward, wiring
from downlight.cli import console
from downlight.core.countries import called
from downlight.core.errors import SettingsError
from downlight.core.settings import BY_GUESS, NOT_SAID
from downlight.probes.home import whereabouts
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from argparse import Namespace

    from downlight.core.home import Whereabouts
    from downlight.core.settings import Settings


def run(options: Namespace) -> int:
    """Say which country counts and why, or choose it.

    Raises:
        SettingsError: There is no such country, or the settings cannot be written.
        StorageError: The disk refuses.
    """
    home = wiring.open_home(options.data)
    settings = home.settings
    if options.choice:
        choice = _match(" ".join(options.choice))
        steward.keep_country(home, choice)
        found = _found(choice)
    else:
        for complaint in home.complaints:
            console.complain(complaint)
        found = _found(settings.country)
    console.say(f"Country: {found.words}.")
    return 0


def say(settings: Settings) -> str:
    """Return which country counts, why, and how to change it."""
    return f"{_found(settings.country).words}; `downlight country` changes it"


def _found(choice: str) -> Whereabouts:
    return whereabouts(choice, resource("zones.tsv"))


def _match(words: str) -> str:
    """Return the code of the country that is meant, or what stands in its place."""
    plain = words.casefold()
    if plain in {NOT_SAID, BY_GUESS}:
        return plain
    code = called(words)
    if code:
        return code
    error = SettingsError(repr(words))
    error.title = "No such country"
    error.hint = f'Two letters, e.g. "ES", or its name; "{BY_GUESS}" or "{NOT_SAID}".'
    raise error
