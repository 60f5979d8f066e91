"""``downlight country``: in which countries trouble counts as the person's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from downlight import steward, wiring
from downlight.cli import console
from downlight.core.errors import SettingsError
from downlight.core.places.countries import called, country, the
from downlight.core.settings import BY_GUESS, NOT_SAID
from downlight.core.text import listed
from downlight.probes.home import whereabouts
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from downlight.core.places.home import Whereabouts
    from downlight.core.settings import Settings


def run(options: Namespace) -> int:
    """Say which countries count and why, or choose them.

    Raises:
        SettingsError: There is no such country, or the settings cannot be written.
        StorageError: The disk refuses.
    """
    home = wiring.open_home(options.data)
    settings = home.settings
    if options.choice:
        settings = replace(settings, country=_match(" ".join(options.choice)))
    if options.also is not None:
        codes = dict.fromkeys(_code(words) for words in options.also)
        settings = replace(settings, also_in=tuple(codes))
    if options.choice or options.also is not None:
        steward.keep_countries(home, settings)
    else:
        for complaint in home.complaints:
            console.complain(complaint)
    found = _found(settings.country)
    console.say(f"Country: {found.words}.")
    if settings.also_in:
        console.say(f"Trouble counts, too, in {_named(settings.also_in)}.")
        if not found.code:
            console.say("While your own is not known, trouble anywhere counts.")
    return 0


def say(settings: Settings) -> str:
    """Return which countries count, why, and how to change it."""
    words = _found(settings.country).words
    if settings.also_in:
        words += f"; trouble counts, too, in {_named(settings.also_in)}"
    return f"{words}; `downlight country` changes it"


def _found(choice: str) -> Whereabouts:
    return whereabouts(choice, resource("zones.tsv"))


def _named(codes: Sequence[str]) -> str:
    return listed([f"{the(code)}{country(code)}" for code in codes])


def _match(words: str) -> str:
    """Return the code of the country that is meant, or what stands in its place."""
    plain = words.casefold()
    if plain in {NOT_SAID, BY_GUESS}:
        return plain
    also = f'; "{BY_GUESS}" or "{NOT_SAID}".'
    return _code(words, also)


def _code(words: str, others: str = ".") -> str:
    """Return the code of the country that is meant.

    Args:
        words: What the person typed.
        others: What else may be typed, to end the sentence.

    Raises:
        SettingsError: There is no such country.
    """
    code = called(words)
    if code:
        return code
    error = SettingsError(repr(words))
    error.title = "No such country"
    error.hint = f'Two letters, e.g. "ES", or its name{others}'
    raise error
