"""Every language is whole: each sentence is there, has its fields, and is made."""

from __future__ import annotations

import ast
import string
from typing import TYPE_CHECKING

import pytest

from tests.words.catalogue import (
    FOLDER,
    ROOT,
    compiled,
    forms,
    gathered,
    read,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.po"))
MOST = 20
"""So many faults are told by name."""
SPEECH = "downlight.core.speech"
RENEW = "python -m tests.words"


def fields(words: str) -> frozenset[str]:
    """Return the names of the fields in braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name)


def told(faults: Iterator[str]) -> str:
    """Return the first of some faults, a line each."""
    found = list(faults)
    return "\n".join([*found[:MOST], f"{len(found)} in all"]) if found else ""


def messages(code: str) -> list[Message]:
    """Return what a language says, without the head of the file."""
    return [message for message in read(code) if message.id]


def test_there_is_turkish() -> None:
    assert "tr" in LANGUAGES


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_that_is_said_is_in_the_catalogue_and_no_more(code: str) -> None:
    said = {(it.context, it.id) for it in gathered() if it.id}
    has = {(it.context, it.id) for it in messages(code)}
    assert not said - has, f"{RENEW}; missing: {sorted(map(str, said - has))[:MOST]}"
    assert not has - said, f"{RENEW}; not said: {sorted(map(str, has - said))[:MOST]}"


@pytest.mark.parametrize("code", LANGUAGES)
def test_everything_is_translated(code: str) -> None:
    bare = (f"{it.id}" for it in messages(code) if it.fuzzy or not all(forms(it)[1]))
    assert not told(bare)


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_have_the_fields_of_the_english(code: str) -> None:
    def faults() -> Iterator[str]:
        for message in messages(code):
            english, said = forms(message)
            allowed = {fields(words) for words in english}
            for words in said:
                if fields(words) not in allowed:
                    yield f"{english[0]!r} → {words!r}"

    assert not told(faults())


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_end_as_the_english_does(code: str) -> None:
    """A sentence without its end, or with two, shows where they are joined."""
    ends = (".", "…", ":", "\n")

    def faults() -> Iterator[str]:
        for message in messages(code):
            english, said = forms(message)
            for words in said:
                mine = [end for end in ends if english[0].endswith(end)]
                if mine != [end for end in ends if words.endswith(end)]:
                    yield f"{english[0]!r} → {words!r}"

    assert not told(faults())


def test_turkish_hangs_nothing_onto_a_field() -> None:
    """An ending that fits one name does not fit the next."""

    def faults() -> Iterator[str]:
        for message in messages("tr"):
            for words in forms(message)[1]:
                for after, name, _, _ in _around(words):
                    if name and after[:1] in {"'", "’"}:
                        yield words

    assert not told(faults())


def _around(words: str) -> Iterator[tuple[str, str | None, str | None, str | None]]:
    """Yield each field with the text that follows it."""
    pieces = list(string.Formatter().parse(words))
    for (_, name, form, conversion), after in zip(
        pieces, [*(piece[0] for piece in pieces[1:]), ""], strict=True
    ):
        yield after, name, form, conversion


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_file_is_as_our_tool_writes_it(code: str) -> None:
    """Else the next who adds a sentence changes lines he has not touched."""
    assert written(read(code)) == (FOLDER / f"{code}.po").read_bytes(), RENEW


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_program_reads_is_what_people_wrote(code: str) -> None:
    assert compiled(read(code)) == (FOLDER / f"{code}.mo").read_bytes(), RENEW


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_of_days_and_months_are_all_there(code: str) -> None:
    lists = [it for it in messages(code) if len(str(it.id).split()) in {7, 12}]
    calendars = [it for it in lists if str(it.id).split()[0] in {"Mon", "Monday"}]
    calendars += [it for it in lists if str(it.id).split()[0] in {"Jan", "January"}]
    assert len(calendars) == 4
    for message in calendars:
        assert len(str(message.id).split()) == len(str(message.string).split())


def test_no_words_hide_where_the_tool_does_not_look() -> None:
    """Babel sees none in an f-string before Python 3.12, and none by another name."""
    hidden = []
    for file in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr) and any(map(_is_said, ast.walk(node))):
                hidden.append(f"{file}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and node.module == SPEECH:
                hidden += [f"{file}:{it.asname}" for it in node.names if it.asname]
    assert not hidden


def _is_said(node: ast.AST) -> bool:
    """Whether a node of a program is a call that says words that stand there."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return False
    says = node.func.id in {"tr", "trn", "trc", "mark"}
    return says and isinstance(node.args[0], ast.Constant)
