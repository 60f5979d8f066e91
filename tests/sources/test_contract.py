"""What every family owes: its shelf is read, and garbage is never "all well"."""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from downlight.core.errors import SourceError
from downlight.core.level import Level
from downlight.core.model import Report
from downlight.sources import registry
from tests.sources.shelf import FIXTURES, ID, NOW, answer, read

if TYPE_CHECKING:
    from pathlib import Path

    from downlight.core.model import Incident, Maintenance

FAMILIES = sorted(registry.FAMILIES)
SHELF = {
    family: sorted(path for path in (FIXTURES / family).glob("*") if path.is_file())
    for family in FAMILIES
}
FILES = [(family, path) for family, paths in SHELF.items() for path in paths]
FEEDS = {"rss", "azure-rss"}
EMPTY_LIST_IS_FINE = {
    "google-cloud",
    "google-workspace",
    "google-ads",
    "aws-currentevents",
}
"""There a list of what goes on is the whole answer, and an empty one is good news."""

GARBAGE = {
    "empty": b"",
    "white space": b" \r\n\t ",
    "a web page": b"<!doctype html><html><body>All systems operational</body></html>",
    "a well-formed web page": b"<html><body>operational</body></html>",
    "binary": bytes(range(256)) * 4,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    "not UTF-8": b'{"status": {"indicator": "none", "description": "\xff\xfe"}}',
    "half UTF-16": b"\xfe\xff\x00[\x00",
    "an empty object": b"{}",
    "null": b"null",
    "a number": b"42",
    "a huge number": b"9" * 6000,
    "a text": b'"operational"',
    "true": b"true",
    "an error": b'{"error": "status page not found"}',
    "an error with a status": b'{"status": {"message": "no key", "status_code": 401}}',
    "an error with HTTP's words": b'{"status": 200, "message": "ok"}',
    "numbers": b"[1, 2, 3]",
    "nulls": b"[null]",
    "empty objects": b"[{}]",
    "deep lists": b"[" * 100_000,
    "deep closed lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep markup": b"<a>" * 100_000,
    "an entity bomb": (
        b"<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><channel>"
        b"<title>&b;</title></channel></rss>"
    ),
}


def says_all_well(family: str, body: bytes) -> bool:
    """Read a body; only a `SourceError` may come out of it, or a report."""
    try:
        return read(family, body).level is Level.OPERATIONAL
    except SourceError:
        return False


def parser(family: str) -> tuple[str, str]:
    found = registry.FAMILIES[family]
    return (found.module, found.reader)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_there_and_has_a_shelf(family: str) -> None:
    assert importlib.util.find_spec(registry.FAMILIES[family].module)
    assert SHELF[family], f"put a made-up answer into {FIXTURES / family}"


@pytest.mark.parametrize(("family", "path"), FILES, ids=lambda x: getattr(x, "name", x))
def test_everything_on_the_shelf_is_read_and_every_id_is_told_once(
    family: str, path: Path
) -> None:
    report = read(family, path.read_bytes())
    assert isinstance(report, Report)
    for ids in (
        [component.id for component in report.components],
        [incident.id for incident in report.incidents],
        [work.id for work in report.maintenances],
    ):
        assert len(ids) == len(set(ids))
        assert all(ids)


@pytest.mark.parametrize(("family", "path"), FILES, ids=lambda x: getattr(x, "name", x))
def test_updates_stand_newest_first_and_links_are_https(
    family: str, path: Path
) -> None:
    report = read(family, path.read_bytes())
    told: list[Incident | Maintenance] = [*report.incidents, *report.maintenances]
    for item in told:
        times = [update.at for update in item.updates]
        assert times == sorted(times, reverse=True)
        assert item.url == "" or item.url.startswith("https://")


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("family", FAMILIES)
def test_garbage_is_never_all_well(family: str, kind: str) -> None:
    assert not says_all_well(family, GARBAGE[kind])


@pytest.mark.parametrize("family", sorted(set(FAMILIES) - EMPTY_LIST_IS_FINE))
def test_an_empty_list_is_all_well_only_where_that_is_the_format(family: str) -> None:
    assert not says_all_well(family, b"[]")


@pytest.mark.parametrize("family", FAMILIES)
def test_the_answer_of_another_family_is_never_all_well(family: str) -> None:
    for other, path in FILES:
        same = parser(other) == parser(family) or {other, family} == FEEDS
        if not same and path.read_bytes() not in {b"[]\n", b"[]"}:
            assert not says_all_well(family, path.read_bytes()), path.name


@pytest.mark.parametrize(("family", "path"), FILES, ids=lambda x: getattr(x, "name", x))
def test_an_answer_cut_short_is_never_all_well(family: str, path: Path) -> None:
    body = path.read_bytes().rstrip()
    for end in range(0, len(body), max(1, len(body) // 40)):
        assert not says_all_well(family, body[:end])


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def spots(
    value: object, path: tuple[str | int, ...] = ()
) -> list[tuple[str | int, ...]]:
    """Return the way to every value inside a JSON value."""
    if isinstance(value, dict):
        inner = [spot for k, v in value.items() for spot in spots(v, (*path, k))]
    elif isinstance(value, list):
        inner = [spot for k, v in enumerate(value) for spot in spots(v, (*path, k))]
    else:
        inner = []
    return [path, *inner]


def put(value: object, path: tuple[str | int, ...], junk: object) -> object:
    """Return a JSON value with `junk` where `path` leads."""
    if not path:
        return junk
    first, *rest = path
    if isinstance(value, dict):
        return {**value, first: put(value[first], tuple(rest), junk)}
    assert isinstance(value, list)
    copy = list(value)
    copy[int(first)] = put(copy[int(first)], tuple(rest), junk)
    return copy


TROUBLED = {
    "statuspage": "outage.json",
    "incidentio-compat": "outage.json",
    "incidentio-page": "embedded-outage.json",
    "incidentio-widget": "trouble.json",
    "google-cloud": "disruption.json",
    "aws-currentevents": "one-region-down.json",
    "slack": "outage.json",
    "apple": "outage.json",
    "aws-legacy": "outage.json",
    "azure-devops": "made-up-outage.json",
    "microsoft-consumer": "made-up-outage.json",
    "m365-graph": "made-up-outage.json",
    "heroku": "outage.json",
    "salesforce": "made-up-outage.json",
    "psn": "made-up-outage.json",
    "riot": "made-up-outage.json",
    "stripe": "made-up-outage.json",
    "paypal": "made-up-outage.json",
    "zendesk": "made-up-outage.json",
    "algolia": "made-up-outage.json",
    "docusign": "made-up-outage.json",
    "ohdear": "outage.json",
    "pagerduty-page": "outage.json",
    "instatus-page": "outage.json",
    "betterstack": "outage.json",
    "statusio": "outage.json",
    "statuspal": "outage.json",
    "cstate": "outage.json",
    "gatus": "all-down.json",
    "lambstatus": "outage.json",
}
"""Answers that tell of trouble in more than one place, so one place may go."""


@settings(max_examples=200)
@given(st.data())
def test_no_wrong_type_in_any_field_turns_trouble_into_all_well(
    data: st.DataObject,
) -> None:
    family = data.draw(st.sampled_from(sorted(TROUBLED)))
    value = json.loads((FIXTURES / family / TROUBLED[family]).read_bytes())
    spot = data.draw(st.sampled_from(spots(value)))
    junk = data.draw(JUNK.filter(lambda junk: junk != []))  # a list may be empty
    assert not says_all_well(family, json.dumps(put(value, spot, junk)).encode())


@settings(max_examples=100)
@given(st.sampled_from(FAMILIES), JUNK)
def test_no_json_out_of_nowhere_is_all_well(family: str, junk: object) -> None:
    if junk != []:
        assert not says_all_well(family, json.dumps(junk).encode())


@settings(max_examples=100)
@given(st.sampled_from(FAMILIES), st.binary(max_size=200))
def test_no_bytes_out_of_nowhere_are_all_well(family: str, body: bytes) -> None:
    assert not says_all_well(family, body)


@settings(max_examples=100)
@given(st.data())
def test_nothing_lost_on_the_way_breaks_out(data: st.DataObject) -> None:
    family, path = data.draw(st.sampled_from(FILES))
    body = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        spot = data.draw(st.integers(0, max(0, len(body) - 1)))
        body[spot : spot + data.draw(st.integers(0, 9))] = data.draw(
            st.binary(max_size=4)
        )
    says_all_well(family, bytes(body))


ROWS = 30_000
LONG = {
    "aws-legacy": json.dumps(
        {
            "archive": [],
            "current": [
                {
                    "service": "oven",
                    "status": 2,
                    "summary": "",
                    "date": 1791100000,
                    "description": "<span>" + " " * 500_000,
                }
            ],
        }
    ),
    "apple": "a()" + " " * 500_000 + "x",
    "pagerduty-page": "<script " * 500_000,
    "statuspage": json.dumps(
        {
            "incidents": [
                {"id": str(n), "name": "", "status": ("scheduled", "identified")[n % 2]}
                for n in range(ROWS)
            ]
        }
    ),
    "statuspal": json.dumps(
        {
            "status_page": {"name": "", "current_incident_type": None},
            "incidents": [
                {"id": n, "title": "", "type": ("scheduled", "minor")[n % 2]}
                for n in range(ROWS)
            ],
        }
    ),
    "statusio": json.dumps(
        {
            "result": {
                "status_overall": {"status_code": 100},
                "status": [
                    {"id": str(n), "name": "", "status_code": 500} for n in range(ROWS)
                ],
                "incidents": [{"_id": str(n), "name": ""} for n in range(ROWS)],
            }
        }
    ),
}
"""Answers that once took minutes: the work grew with the square of their length."""


@pytest.mark.parametrize("family", LONG)
def test_a_long_answer_does_not_take_for_ever(family: str) -> None:
    assert not says_all_well(family, LONG[family].encode())


@pytest.mark.parametrize(("family", "path"), FILES, ids=lambda x: getattr(x, "name", x))
def test_a_quiet_page_says_the_same_a_little_later(family: str, path: Path) -> None:
    body = path.read_bytes()
    later = replace(answer(body), at=NOW + timedelta(minutes=2))
    again = registry.parser(family)(ID, later)
    assert again.says_the_same(read(family, body))


TICKING = re.compile(rb'("page":\s*\{[^{}]*"updated_at":\s*"|<lastBuildDate>)([^"<]*)')


@pytest.mark.parametrize(("family", "path"), FILES, ids=lambda x: getattr(x, "name", x))
def test_the_clock_of_a_page_is_no_news(family: str, path: Path) -> None:
    body = path.read_bytes()
    ticked = TICKING.sub(rb"\g<1>Sun, 04 Oct 2026 08:59:59 Z", body)
    assert read(family, ticked).says_the_same(read(family, body))
