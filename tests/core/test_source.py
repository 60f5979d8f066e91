"""What a source is called, by what the catalog says."""

from __future__ import annotations

import pytest

from downlight.core.model import SourceId
from downlight.core.schedule import Cadence
from downlight.core.source import CHECK_OF, PAGE_OF, SourceInfo, SourceSpec
from tests.core.spoken import turkish

WORDS = {
    PAGE_OF: "{name} durum sayfası",
    CHECK_OF: "kendi denetimimiz: {name}",
    "Azure status feed": "Azure durum akışı",
}


def info(name: str) -> SourceInfo:
    spec = SourceSpec(SourceId("rss:x"), "rss", name)
    return SourceInfo.of(spec, kind="official", cadence=Cadence(), urls=())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (PAGE_OF.format(name="Acme"), "Acme durum sayfası"),
        (CHECK_OF.format(name="Acme"), "kendi denetimimiz: Acme"),
        ("Azure status feed", "Azure durum akışı"),
        ("Acme", "Acme"),
    ],
)
def test_a_source_is_called_in_the_persons_language(name: str, said: str) -> None:
    with turkish(WORDS):
        assert info(name).name == said
    assert info(name).name == name
