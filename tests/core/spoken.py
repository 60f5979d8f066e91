"""Another language for a test, a few words of it."""

from __future__ import annotations

from contextlib import contextmanager
from gettext import NullTranslations
from typing import TYPE_CHECKING

from downlight.core import speech

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Few(NullTranslations):
    """A few words, as a catalogue has them."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Know these, by the English ones."""
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        """Look it up."""
        return self._words.get(message, message)


@contextmanager
def turkish(words: Mapping[str, str]) -> Iterator[None]:
    """Speak Turkish, as far as these words go, and English afterwards."""
    speech.speak("tr", Few(words))
    try:
        yield
    finally:
        speech.speak(speech.ENGLISH, NullTranslations())
