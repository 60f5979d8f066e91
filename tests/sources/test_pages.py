from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import Refused, SourceError
from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.sources.pages import Pages, official_pages, together
from tests.doubles import RecordedWeb
from tests.sources.shelf import spec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import SourceId
    from downlight.core.ports import Answer

URLS = ("https://status.example/a", "https://status.example/b")


def count(source: SourceId, answers: Sequence[Answer]) -> Report:
    return Report(source, answers[0].at, headline=f"{len(answers)} bodies")


def source() -> Pages:
    return official_pages(
        spec("slack", "https://status.example"),
        count,
        urls=URLS,
        page="https://status.example",
        cadence=Cadence(),
    )


def read(web: RecordedWeb, last: Report | None = None) -> Report:
    return asyncio.run(source().read(web, last))


def test_all_bodies_are_read_together() -> None:
    web = RecordedWeb({URLS[0]: "1", URLS[1]: "2"}, max_age=timedelta(minutes=7))
    report = read(web)
    assert web.asked == list(URLS)
    assert (report.headline, report.next_check) == ("2 bodies", timedelta(minutes=7))


def test_a_body_the_server_does_not_have_is_left_out() -> None:
    assert read(RecordedWeb({URLS[0]: "1", URLS[1]: Refused(404)})).headline == (
        "1 bodies"
    )


@pytest.mark.parametrize(
    "answers",
    [
        {URLS[0]: Refused(404), URLS[1]: "2"},
        {URLS[0]: "1", URLS[1]: Refused(503)},
        {URLS[0]: "1"},
    ],
)
def test_half_an_answer_is_none(answers: dict[str, bytes | str | SourceError]) -> None:
    with pytest.raises(SourceError):
        read(RecordedWeb(answers))


def test_bodies_that_say_the_same_are_not_read_again() -> None:
    web = RecordedWeb({URLS[0]: "1", URLS[1]: "2"})
    last = replace(read(web), headline="kept")
    again = read(web, last)
    assert again.headline == "kept"
    assert again.at > last.at
    web.answers[URLS[1]] = "3"
    assert read(web, last).headline == "2 bodies"


@pytest.mark.parametrize(
    ("levels", "whole"),
    [
        ([], None),
        ([Level.OPERATIONAL, Level.OPERATIONAL], Level.OPERATIONAL),
        ([Level.OPERATIONAL, None], None),
        ([Level.OPERATIONAL, Level.MAJOR], Level.PARTIAL),
        ([Level.MAJOR, None], Level.PARTIAL),
        ([Level.MAJOR, Level.MAJOR], Level.MAJOR),
        ([Level.DEGRADED, None], Level.DEGRADED),
    ],
)
def test_one_of_many_that_is_down_is_a_partial_outage(
    levels: list[Level | None], whole: Level | None
) -> None:
    assert together([Component("x", "x", level) for level in levels]) is whole


def test_a_body_that_has_just_gone_does_not_take_its_trouble_along() -> None:
    web = RecordedWeb({URLS[0]: "1", URLS[1]: "2"})
    last = read(web)
    web.answers[URLS[1]] = Refused(404)
    with pytest.raises(Refused):
        read(web, last)
    # It stays away: from then on the page is what is left of it.
    web.at += timedelta(hours=1)
    left = read(web, last)
    assert left.headline == "1 bodies"
    assert read(web, left).headline == "1 bodies"
