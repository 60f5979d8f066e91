"""What is written about services: what a file may say, and what the shipped ones do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from downlight import probes
from downlight.catalog.about import load, read
from downlight.catalog.catalog import load as load_catalog
from downlight.core.about import (
    About,
    Example,
    Ground,
    Outlet,
    Question,
    Tie,
    Use,
    Weakness,
)
from downlight.core.errors import CatalogError
from downlight.core.rungs.ladder import Rung
from downlight.core.service import Fact
from downlight.sources import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from downlight.catalog.catalog import Catalog

RESOURCES: Final = Path(__file__).parents[2] / "resources"
SHIPPED: Final = sorted((RESOURCES / "about").glob("*.toml"))
BLANK: Final = re.compile(r"\[\w[\w ,/-]*\]|\?\?|\bTBD\b|lorem|\bXX+\b", re.IGNORECASE)
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
DATE: Final = re.compile(r"\d{4}-\d\d(-\d\d)?")

FULL: Final = """\
[[fact]]
topic = "What it is"
text = "Letters by bird."
source = "https://pigeons.example/about"
as_of = "2026-11"

[[needs]]
name = "Air"
text = "Birds fly in it."
by_design = true

[[needed]]
name = "Ring Office"
slug = "ring-office"
text = "It counts them."
source = "The Loft's yearbook"
as_of = "2026-11-21"

[[use]]
who = "Islands"
does = "Post."
fails = "None comes."
by_design = true

[[failure]]
title = "Fog"
text = "They do not find home."
rungs = ["service-dns", "service-tcp"]
sign = "Nothing lands."
[failure.example]
outage = "pp-1"
text = "A week of it."
day = "1897-07-11"
sure = true
sources = ["https://fog.example/1897", "The Harbour Gazette"]

[[failure]]
title = "Hawks"
text = "They are eaten."
sign = "Some land."

[[question]]
ask = "Is my letter lost?"
answer = "It waits."
by_design = true

[[channel]]
name = "The board"
text = "At the gate."
url = "https://pigeons.example/board"
source = "The Loft"
as_of = "2026-10"
"""
FACT: Final = """\
[[fact]]
topic = "What it is"
text = "Letters by bird."
"""
WORD: Final = 'source = "The Loft"\nas_of = "2026-11"\n'
FAILURE: Final = '[[failure]]\ntitle = "Fog"\ntext = "It is grey."\nsign = "None."\n'
EXAMPLE: Final = f'{FAILURE}[failure.example]\ntext = "A week."\n'
QUESTION: Final = '[[question]]\nask = "Where?"\nanswer = "There."\n'


def test_a_full_file_is_read() -> None:
    assert read("pigeons.toml", FULL) == About(
        facts=(
            Fact(
                "What it is",
                "Letters by bird.",
                "https://pigeons.example/about",
                "2026-11",
            ),
        ),
        needs=(Tie("Air", "Birds fly in it.", Ground()),),
        needed=(
            Tie(
                "Ring Office",
                "It counts them.",
                Ground("The Loft's yearbook", "2026-11-21"),
                "ring-office",  # type: ignore[arg-type]  # a slug as the file has it
            ),
        ),
        uses=(Use("Islands", "Post.", "None comes.", Ground()),),
        weaknesses=(
            Weakness(
                "Fog",
                "They do not find home.",
                "Nothing lands.",
                (Rung.NAME, Rung.CONNECT),
                Example(
                    "A week of it.",
                    "1897-07-11",
                    ("https://fog.example/1897", "The Harbour Gazette"),
                    sure=True,
                    outage="pp-1",
                ),
            ),
            Weakness("Hawks", "They are eaten.", "Some land."),
        ),
        questions=(Question("Is my letter lost?", "It waits.", Ground()),),
        outlets=(
            Outlet(
                "The board",
                "At the gate.",
                "https://pigeons.example/board",
                Ground("The Loft", "2026-10"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "there is nothing in it"),
        ("[[fact", "p.toml: "),
        ("a = " + "[" * 2000, "p.toml: "),
        ("[[facts]]", "facts: nobody knows this key"),
        ("fact = 1", "fact: must be a list of tables"),
        (FACT, "fact 1: source: missing"),
        (f'{FACT}source = "The Loft"\n', "fact 1: as_of: missing"),
        (f'{FACT}source = " "\nas_of = "2026-11"\n', "source: must be a text"),
        (f"{FACT}by_design = true\n", "by_design: nobody knows this key"),
        (f'{FACT}source = "http://a.example"\nas_of = "2026-11"', "not an https"),
        (f'{FACT}source = "L"\nas_of = "2026"', "no date like"),
        (f'{FACT}source = "L"\nas_of = "2026-13"', "no date like"),
        (f'{FACT}source = "L"\nas_of = "2026-02-30"', "no date like"),
        (f'{FACT}source = "L"\nas_of = "20261121"', "no date like"),
        (f'{FACT}source = "L"\nas_of = "[date]"', "no date like"),
        (QUESTION, "question 1: source: missing"),
        (f"{QUESTION}by_design = true\n{WORD}", "cannot have a source and a date"),
        (f"{QUESTION}by_design = 1\n", "must be true or false"),
        (f'{FAILURE}rungs = ["sky"]\n', "rungs: 'sky' is not a valid Rung"),
        (f'{EXAMPLE}day = "1897-07"\nsources = ["L"]\n', "is no day"),
        (f'{EXAMPLE}day = "1897-07-11"\n', "sources: missing"),
        (f'{EXAMPLE}day = "1897-07-11"\nsources = ["ftp://a"]\n', "not an https"),
    ],
)
def test_what_is_not_right_is_refused_and_says_where(text: str, why: str) -> None:
    with pytest.raises(CatalogError, match=re.escape(why)) as caught:
        read("p.toml", text)
    assert str(caught.value).startswith("p.toml: ")


def test_a_file_is_found_by_the_slug(tmp_path: Path) -> None:
    (tmp_path / "pigeons.toml").write_text(FACT + WORD, "utf-8")
    found = load(tmp_path, "pigeons")
    assert found is not None
    assert found.facts[0].source == "The Loft"
    assert load(tmp_path, "ravens") is None


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pigeons.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogError, match=r"pigeons\.toml"):
        load(tmp_path, "pigeons")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    readable = frozenset((*registry.FAMILIES, *probes.FAMILIES))
    return load_catalog(RESOURCES / "catalog", readable)


def shipped(file: Path) -> About:
    found = load(file.parent, file.stem)
    assert found is not None
    return found


def grounds(about: About) -> Iterator[Ground]:
    for tie in (*about.needs, *about.needed):
        yield tie.ground
    for use in about.uses:
        yield use.ground
    for question in about.questions:
        yield question.ground
    for outlet in about.outlets:
        yield outlet.ground
    for fact in about.facts:
        yield Ground(fact.source, fact.as_of)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_something_is_written_about_whatsapp_of_every_kind() -> None:
    about = shipped(RESOURCES / "about" / "whatsapp.toml")
    for part in About.__slots__:
        assert getattr(about, part), f"{part} is empty"


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_each_shipped_file_is_of_a_service_and_names_services(
    file: Path, catalog: Catalog
) -> None:
    about = shipped(file)
    assert catalog.service(file.stem) is not None
    for tie in (*about.needs, *about.needed):
        assert tie.slug is None or catalog.service(tie.slug) is not None
        assert tie.slug != file.stem


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_each_fact_has_a_source_and_a_date_that_has_been(file: Path) -> None:
    about = shipped(file)
    for fact in about.facts:
        assert fact.source
        assert DATE.fullmatch(fact.as_of)
    for ground in grounds(about):
        assert bool(ground.source) is bool(ground.as_of)
        assert ground.as_of[:7] <= "2026-11"


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_nothing_is_left_blank_and_nothing_runs_on(file: Path) -> None:
    said = list(texts(tomllib.loads(file.read_text("utf-8"))))
    assert [text for text in said if BLANK.search(text)] == []
    longest = 200
    sentences = [text for text in said if " " in text]
    assert [text for text in sentences if len(text) > longest] == []
    assert [text for text in said if "\n" in text or "  " in text] == []


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_what_stands_in_the_catalog_is_not_said_again(
    file: Path, catalog: Catalog
) -> None:
    service = catalog.service(file.stem)
    assert service is not None
    topics = [fact.topic for fact in (*shipped(file).facts, *service.facts)]
    assert len(topics) == len(set(topics))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_each_example_is_in_the_public_record_with_its_day(file: Path) -> None:
    examples = [it.example for it in shipped(file).weaknesses if it.example]
    record: dict[str, str] = {}
    listed = RESOURCES / "outages" / file.name
    if examples:
        rows = tomllib.loads(listed.read_text("utf-8"))["outage"]
        record = {row["id"]: row["start"][:10] for row in rows}
    for example in examples:
        assert DAY.fullmatch(example.day)
        assert record[example.outage] == example.day
