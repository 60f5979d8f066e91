from __future__ import annotations

from datetime import UTC, datetime

import pytest

from downlight.core.level import Level
from downlight.sources.vendors import microsoft_consumer
from tests.sources.shelf import read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-new-words.json", None),
        ("made-up-line.json", Level.OPERATIONAL),
    ],
)
def test_free_text_is_read_by_its_words_the_bad_ones_first(
    name: str, level: Level | None
) -> None:
    assert shelved("microsoft-consumer", name).level is level


@pytest.mark.parametrize(
    ("status", "level"),
    [
        ("Service unavailable", Level.MAJOR),
        ("Partially restored", None),
        ("Being restored", None),
        ("Intermittently available", None),
        ("Partial outage", Level.MAJOR),
        ("Interrupted", Level.MAJOR),
        ("Service degradation", Level.DEGRADED),
        ("Advisory", Level.DEGRADED),
        ("Investigating", Level.DEGRADED),
        ("Restoring", Level.DEGRADED),
        ("Restored", Level.OPERATIONAL),
        ("No outage", None),
        ("Abnormal", None),
        ("", None),
    ],
)
def test_a_status(status: str, level: Level | None) -> None:
    body = f'{{"Status": "{status}", "Message": "m"}}'
    assert read("microsoft-consumer", body).level is level


def test_no_rows_say_nothing() -> None:
    assert read("microsoft-consumer", "[]").level is None


def test_a_row_that_is_not_well_tells_of_an_incident() -> None:
    report = shelved("microsoft-consumer", "made-up-outage.json")
    letters, cupboard = report.incidents
    assert (letters.title, letters.component_ids) == (
        "Letters do not arrive",
        ("Post",),
    )
    assert letters.updates[0].text == "We are on it."
    assert letters.updates[0].at == datetime(2026, 10, 4, 8, tzinfo=UTC)
    assert (cupboard.title, cupboard.updates) == ("Cupboard: Restoring service", ())
    assert [c.id for c in report.components] == ["Post", "Cupboard"]


@pytest.mark.parametrize(
    ("end", "posts"),
    [
        ("", "m365Consumer"),
        ("/api/posts/m365Consumer", "m365Consumer"),
        ("/api/posts/mac", "mac"),
    ],
)
def test_the_page_is_asked_for_its_posts(end: str, posts: str) -> None:
    source = microsoft_consumer.build(spec("x", f"https://cloud.example{end}"))
    assert source.info.urls == (f"https://cloud.example/api/posts/{posts}",)
    assert source.info.page == "https://cloud.example"


def test_a_message_whose_time_alone_is_new_is_the_same_message() -> None:
    ids = {
        read("microsoft-consumer", ROW.replace("07:00", at)).incidents[0].updates[0].id
        for at in ("07:00", "07:05")
    }
    assert len(ids) == 1
    assert all(ids)


ROW = """[{"ServiceDisplayName": "Post", "Status": "Degraded", "Message": "Slow.",
"LastUpdatedTime": "2026-10-04T07:00:00Z"}]"""
