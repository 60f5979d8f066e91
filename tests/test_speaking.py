"""The language is what the person chose, else what the system reads, else English."""

from __future__ import annotations

from gettext import NullTranslations
from typing import TYPE_CHECKING

import pytest

from downlight import speaking
from downlight.core import speech
from downlight.core.speech import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    speech.speak(speech.ENGLISH, NullTranslations())


@pytest.mark.parametrize(
    ("file", "system", "code"),
    [
        (None, [], "en"),
        (None, ["tr-TR", "en-US"], "tr"),
        (None, ["de-DE", "tr_TR", "en"], "tr"),
        (None, ["en-GB", "tr"], "en"),
        (None, ["C"], "en"),
        (None, [""], "en"),
        ('language = "tr"', ["en"], "tr"),
        ('language = "en"', ["tr"], "en"),
        ('\ufefflanguage = "tr"', ["en"], "tr"),
        ('language = ""', ["tr"], "tr"),
        ('language = "xx"', ["tr"], "tr"),
        ('language = "TR"', ["en"], "en"),
        ('language = "tr-TR"', ["en"], "en"),
        ("language = 7", ["tr"], "tr"),
        ("language = [[[", ["tr"], "tr"),
        ('[notify_when]\nlanguage = "tr"', ["en"], "en"),
        ("# no choice", ["en"], "en"),
        ("\udcff", ["tr"], "tr"),
    ],
)
def test_whose_word_counts(
    tmp_path: Path, file: str | None, system: list[str], code: str
) -> None:
    settings = tmp_path / "settings.toml"
    if file is not None:
        settings.write_bytes(file.encode("utf-8", "surrogateescape"))
    assert speaking.settle(settings, system) == code
    assert speech.language() == code
    assert tr("Regions") == {"en": "Regions", "tr": "Bölgeler"}[code]
