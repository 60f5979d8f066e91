"""Words of other languages, out of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from downlight.catalog.words import languages, load
from downlight.core.errors import CatalogError
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from pathlib import Path


def test_the_languages_are_those_with_a_file() -> None:
    assert languages(resource("words")) == {"tr"}


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert languages(tmp_path / "words") == frozenset()


def test_words_are_read() -> None:
    assert load(resource("words"), "tr").gettext("Regions") == "Bölgeler"


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", b"\xde\x12\x04\x95" + b"\xff" * 40, b"\xde\x12\x04\x95"],
)
def test_what_is_no_file_of_words_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "xx.mo").write_bytes(content)
    with pytest.raises(CatalogError, match=r"xx\.mo"):
        load(tmp_path, "xx")


def test_what_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"yy\.mo"):
        load(tmp_path, "yy")


def test_what_is_said_of_one_is_not_said_of_none() -> None:
    """Words about one need no number, and would be untrue of none."""
    turkish = load(resource("words"), "tr")
    several = ("One row copied.", "{n} rows copied.")
    assert turkish.ngettext(*several, 1) == "Bir satır kopyalandı."
    assert turkish.ngettext(*several, 0) == "{n} satır kopyalandı."
