"""What is said at each minute of a scenario: no sentence claims more than was seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from downlight.cli.scenario_minutes import Minute, minutes
from downlight.cli.scenario_table import Scenario, read
from downlight.cli.scenarios import differences, play
from downlight.core.fusion.seen import PageWord
from downlight.core.news import Turn
from tests.cli.claims import HELD, Claim

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = Path(__file__).parents[1]
WHATSAPP: Final = HERE.parent / "resources" / "reconstructions.tsv"
OURS: Final = HERE / "fixtures" / "scenarios.tsv"


def rows(path: Path) -> dict[str, Scenario]:
    found = [row for row in read(path) if isinstance(row, Scenario)]
    return {row.name: row for row in found}


RECONSTRUCTED: Final = rows(WHATSAPP)
ALL: Final = RECONSTRUCTED | rows(OURS)


@cache
def said(name: str) -> tuple[Minute, ...]:
    return tuple(minutes(ALL[name]))


# The four outages, as they are known.

ONSETS: Final = {
    # The earliest moment any source gives for where the person is.
    "whatsapp-2021-10-04": datetime(2021, 10, 4, 15, 39, tzinfo=UTC),
    "whatsapp-2022-10-25": datetime(2022, 10, 25, 6, 37, tzinfo=UTC),
    "whatsapp-2024-04-03": datetime(2024, 4, 3, 17, 59, tzinfo=UTC),
    "whatsapp-2025-02-28": datetime(2025, 2, 28, 15, 30, tzinfo=UTC),
}
FIRST_TOLD: Final = {
    "whatsapp-2021-10-04": timedelta(minutes=11),
    "whatsapp-2022-10-25": timedelta(minutes=18),
    "whatsapp-2024-04-03": timedelta(minutes=11),
    "whatsapp-2025-02-28": timedelta(minutes=11),
}

every_outage = pytest.mark.parametrize("name", list(ONSETS))


def began(name: str) -> Minute:
    return next(
        minute
        for minute in said(name)
        if any(event.turn is Turn.BEGAN for event in minute.events)
    )


def test_the_four_outages_are_there_and_each_says_where_it_is_from() -> None:
    assert list(RECONSTRUCTED) == list(ONSETS)
    lines = [
        line.split("\t")
        for line in WHATSAPP.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    for line in lines[1:]:
        row = dict(zip(lines[0], line, strict=True))
        assert row["known"] and row["assumed"]
        assert all(url.startswith("https://") for url in row["sources"].split(" "))


@every_outage
def test_the_rule_says_of_it_what_the_table_expects(name: str) -> None:
    scenario = RECONSTRUCTED[name]
    assert differences(scenario, play(scenario)) == ()


@every_outage
def test_it_is_told_soon_and_nothing_is_told_before_it_began(name: str) -> None:
    told = [m.seen.now for m in said(name) if m.events or m.judgement.notice]
    assert told[0] - ONSETS[name] == FIRST_TOLD[name]
    assert began(name).seen.now == told[0]


@every_outage
def test_it_ends_well(name: str) -> None:
    events = [event for minute in said(name) for event in minute.events]
    assert [e.turn for e in events].count(Turn.BEGAN) == 1
    assert events[-1].turn is Turn.ENDED


def test_2025_is_told_while_the_official_page_is_green() -> None:
    minute = began("whatsapp-2025-02-28")
    assert minute.sentence == (
        "WhatsApp seems to be troubled since 15:38. Meta has not said so. "
        "Your own connection is fine."
    )
    pages = {m.seen.page.word for m in said("whatsapp-2025-02-28") if m.seen.page}
    assert pages == {PageWord.GREEN}


def test_2021_is_told_though_no_page_can_be_read() -> None:
    minute = began("whatsapp-2021-10-04")
    assert minute.seen.page is None
    assert minute.sentence == (
        "WhatsApp is down since 15:39. Meta's page could not be read. "
        "Your own connection is fine."
    )


# No sentence claims more than its evidence.


@pytest.mark.parametrize("holds", HELD, ids=lambda claim: claim.__name__)
def test_no_sentence_claims_more_than_its_evidence(
    holds: Callable[[Claim], bool],
) -> None:
    broken = []
    for name in ALL:
        past = said(name)
        for number, minute in enumerate(past, 1):
            told = [f"{event.title}. {event.sentence}" for event in minute.events]
            broken += [
                f"{name} {minute.seen.now:%H:%M} {text}"
                for text in (minute.sentence, *told)
                if not holds(Claim(text, minute, past[:number]))
            ]
    assert broken == []
