from __future__ import annotations

import codecs
import math
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.core.model import Component, Incident, Update
from downlight.sources.wire import (
    decode,
    distinct,
    key,
    link,
    mentioned,
    moment,
    newest_first,
    overall,
    text,
    word,
)
from tests.sources.shelf import ID, NOW, answer

NOON = datetime(2026, 9, 19, 12, 0, tzinfo=UTC)


class Shape(msgspec.Struct):
    name: str


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_goes_before_everything(mark: bytes, charset: str) -> None:
    body = mark + "Grüße".encode(charset)
    assert text(answer(body, charset="iso-8859-1")) == "Grüße"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("[“ü”]".encode("utf-16-be")[0:2] + "ü]".encode("utf-16-be"), "utf-16"),
        ("[ü]".encode("utf-16-be"), None),
        ("[ü]".encode("utf-16-le"), "UTF-16"),
        ("[ü]".encode(), "utf-16"),
        ("[ü]".encode(), "no-such-charset"),
        ("[ü]".encode(), "base64"),
        ("[ü]".encode(), None),
        ("[ü]".encode("iso-8859-1"), "ISO-8859-1"),
        ("[ü]".encode("cp1252"), "windows-1252"),
    ],
)
def test_the_charset_is_found_out(body: bytes, charset: str | None) -> None:
    assert "ü" in text(answer(body, charset=charset))


def test_bytes_that_are_no_text_are_not_read_and_not_repeated() -> None:
    with pytest.raises(Unreadable, match="not text in utf-8") as caught:
        text(answer(b'{"secret": "\xff"}'))
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("charset", ["iso-8859-12", "windows-1259", "cp1259"])
def test_a_charset_that_does_not_exist_is_not_read(charset: str) -> None:
    with pytest.raises(Unreadable, match=f"not text in {charset}"):
        text(answer(b"[1]", charset=charset))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n " * 40, "empty"),
        (b" <!doctype html>", "web page"),
        (b'{"name": "half', "broken JSON"),
        (b'{"name": 3}', "Expected `str`, got `int`"),
        (b"[" * 100_000, "broken JSON|nested|shape"),
        (b'{"more": ' + b"[" * 100_000, "nested"),
        (b'{"name": "secret"} more', "broken JSON"),
    ],
)
def test_what_cannot_be_decoded_says_why_and_not_what_it_was(
    body: bytes, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        decode(answer(body), Shape)
    assert "secret" not in str(caught.value)


def test_what_fits_is_decoded() -> None:
    assert decode(answer('{"name": "a", "more": 1}'), Shape) == Shape("a")


@pytest.mark.parametrize(
    "written",
    [
        "2026-09-19T12:00:00Z",
        "2026-09-19T12:00:00.000Z",
        "2026-09-19T12:00:00.0000000Z",
        "2026-09-19T12:00:00+00:00",
        "2026-09-19T04:00:00-08:00",
        "2026-09-19T04:00:00-0800",
        "2026-09-19 12:00:00.000",
        "2026-09-19 12:00:00",
        "2026-09-19T12:00Z",
        "2026-09-19 12:00:00 +0000 UTC",
        "2026-09-19 14:00:00 +0200 CEST",
        "Sat, 19 Sep 2026 12:00:00 Z",
        "Sat, 19 Sep 2026 12:00:00 GMT",
        "Sat, 19 Sep 2026 12:00:00 -0000",
        "Sat, 19 Sep 2026 06:00:00 -0600",
        " Sat, 19 Sep 2026 12:00:00 +0000 ",
        1789819200,
        "1789819200",
        1789819200000,
        "1789819200000",
        1789819200.0,
    ],
)
def test_one_moment_is_written_in_many_ways(written: object) -> None:
    at = moment(written)
    assert at == NOON
    assert at.tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    [
        "Sat, 19 Sep 2026 12:00:00",
        "Sat, 19 Sep 2026 12:00:00 -0000",
        "Sat, 19 Sep 2026 08:00:00 EDT",
        "2026-09-19 12:00:00 UTC",
        "2026-09-19 12:00:00 GMT",
        "2026-09-19 12:00:00",
    ],
)
def test_a_zone_is_believed_when_it_is_known_and_none_is_utc(written: str) -> None:
    assert moment(written) == NOON


def test_a_day_alone_is_its_first_moment() -> None:
    assert moment("2026-09-19") == datetime(2026, 9, 19, tzinfo=UTC)
    assert moment("Sat,  9 May 2026 01:02:03 Z") == datetime(
        2026, 5, 9, 1, 2, 3, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "soon",
        "$undefined",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2026-13-45T00:00:00Z",
        "2026-09-19T12:00:00+99:99",
        "Fri, 99 Sep 2026 12:00:00 Z",
        "Sat, 19 Sep 2026 12:00:00 CEST",
        "2026-09-19 12:00:00 PDT",
        0,
        -1,
        True,
        10**30,
        1e300,
        math.inf,
        math.nan,
        "9" * 60,
        [],
        {},
    ],
)
def test_what_is_no_moment_is_none(written: object) -> None:
    assert moment(written) is None


@given(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.lists(st.text())
)
def test_no_time_on_the_wire_breaks_anything(written: object) -> None:
    at = moment(written)
    assert at is None or at.tzinfo is UTC


@given(
    st.datetimes(
        min_value=datetime(1991, 1, 1),  # noqa: DTZ001 - hypothesis adds the zones
        max_value=datetime(2199, 1, 1),  # noqa: DTZ001 - the same
        timezones=st.sampled_from(
            [UTC, timezone(timedelta(hours=-8)), timezone(timedelta(minutes=345))]
        ),
    )
)
def test_every_iso_time_comes_back(at: datetime) -> None:
    assert moment(at.isoformat()) == at


@pytest.mark.parametrize(
    "written", ["Under Maintenance", "under-maintenance", " UNDER_MAINTENANCE "]
)
def test_words_have_one_spelling(written: str) -> None:
    assert word(written) == "under_maintenance"


def test_ids_are_short_and_printable() -> None:
    assert key("a\x00b\u202ec") == "abc"
    assert (key(None), key(7), len(key("x" * 999))) == ("", "7", 200)
    assert key(0) == "0"


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://a.example/b", ""),
        ("b", "https://a.example/"),
        ("/b", "https://a.example/x/y"),
        (" https://a.example/b ", "http://elsewhere.example"),
    ],
)
def test_links_are_completed(address: str, base: str) -> None:
    assert link(address, base) == "https://a.example/b"


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "http://a.example/b",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://bank.example@evil.example/",
        "https://a.example/a b",
        "https://a.example/\u202eb",
        'https://a.example/"onclick',
        "https://[::1",
        "https://a.example/" + "x" * 600,
    ],
)
def test_links_that_are_not_plain_https_are_dropped(address: str | None) -> None:
    assert link(address) == ""


def test_updates_are_put_in_order() -> None:
    old, new = Update(NOW - timedelta(hours=1), "old"), Update(NOW, "new")
    assert newest_first([old, new]) == newest_first([new, old]) == (new, old)


@given(st.lists(st.sampled_from(["a", "a#2", "a#3", "b", ""]), max_size=9))
def test_repeated_ids_are_told_apart(ids: list[str]) -> None:
    items = distinct(Component(name, name, None) for name in ids)
    assert len({item.id for item in items}) == len(items) == len(ids)
    assert [item.name for item in items] == ids


def part(level: Level | None) -> Component:
    return Component("a", "A", level)


def trouble(level: Level | None, *, is_open: bool = True) -> Incident:
    return Incident("i", "I", level, None, is_open)


@pytest.mark.parametrize(
    ("parts", "incidents", "page", "spoken", "level"),
    [
        ((), (), None, False, None),
        ((), (), Level.OPERATIONAL, True, Level.OPERATIONAL),
        ((), (), None, True, None),
        ((part(Level.OPERATIONAL),), (), None, False, Level.OPERATIONAL),
        ((part(Level.OPERATIONAL),), (), None, True, None),
        ((part(Level.MAJOR),), (), None, True, Level.MAJOR),
        ((part(Level.OPERATIONAL), part(None)), (), None, False, None),
        (
            (part(Level.OPERATIONAL), part(None)),
            (),
            Level.OPERATIONAL,
            True,
            Level.OPERATIONAL,
        ),
        ((), (trouble(None),), Level.OPERATIONAL, True, None),
        ((), (trouble(None),), Level.DEGRADED, True, Level.DEGRADED),
        ((), (trouble(None, is_open=False),), Level.OPERATIONAL, True, Level(1)),
        ((), (trouble(Level.MAJOR, is_open=False),), Level.OPERATIONAL, True, Level(1)),
    ],
)
def test_all_well_is_said_only_when_everything_was_understood(
    parts: tuple[Component, ...],
    incidents: tuple[Incident, ...],
    page: Level | None,
    spoken: bool,
    level: Level | None,
) -> None:
    assert overall(parts, incidents, page, spoken=spoken) is level


# Who wrote, counted.

SHORT = timedelta(minutes=15)
posts = st.lists(
    st.tuples(st.integers(0, 3600), st.sampled_from(["", "ann", "bob"])), max_size=40
)


@given(posts)
def test_one_person_counts_at_most_once_in_15_minutes(
    written: list[tuple[int, str]],
) -> None:
    by = [(NOON + timedelta(seconds=n), who) for n, who in written]
    report = mentioned(ID, answer("[]"), by, 1000)
    assert list(report.mentions) == sorted(report.mentions, reverse=True)
    for who in ("ann", "bob"):
        own = [(at, name) for at, name in by if name == who]
        counted = mentioned(ID, answer("[]"), own, 1000).mentions
        assert all(b - a >= SHORT for a, b in pairwise(reversed(counted)))
        assert bool(counted) is bool(own)
    unsigned = [at for at, name in by if not name]
    assert all(report.mentions.count(at) >= unsigned.count(at) for at in unsigned)
    people = len({name for _, name in by if name})
    assert len(report.mentions) >= len(unsigned) + people


def test_who_writes_all_the_time_counts_each_quarter_of_an_hour() -> None:
    by = [(NOON + timedelta(minutes=n), "bot") for n in range(31)]
    report = mentioned(ID, answer("[]"), by, 1000)
    assert report.mentions == (NOON + 2 * SHORT, NOON + SHORT, NOON)


@pytest.mark.parametrize(("most", "reaches"), [(5, None), (4, NOON), (2, NOON)])
def test_a_full_answer_reaches_back_to_its_oldest_post(
    most: int, reaches: datetime | None
) -> None:
    by = [(NOON + SHORT, "ann"), (NOON, "ann")]
    assert mentioned(ID, answer("[]"), by, most).reaches == reaches


def test_who_writes_at_no_known_time_is_not_counted_but_seen() -> None:
    report = mentioned(ID, answer("[]"), [(None, "ann"), (NOON, "bob")], 4)
    assert (report.mentions, report.reaches) == ((NOON,), NOON)
    with pytest.raises(Unreadable):
        mentioned(ID, answer("[]"), [(None, "ann")], 4)
    assert mentioned(ID, answer("[]"), [], 4).reaches is None
