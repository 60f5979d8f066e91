"""What headers ask of us, what failures mean, what is kept; all of it pure."""

from __future__ import annotations

import errno
import gzip
import socket
import ssl
import zlib
from collections import deque
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.errors import Unreachable
from downlight.core.model import SHELF_LIFE
from downlight.core.ports import Answer
from downlight.web.bodies import Body, Kept, Memory
from downlight.web.manners import (
    LONGEST_AGE,
    charset,
    freshness,
    is_loopback,
    leads_here,
    rest,
    trouble,
    validators,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("LocalHost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("128.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - a name to judge, not to listen on
        ("2130706433", False),
        ("", False),
    ],
)
def test_only_loopback_is_this_computer(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LocalHost.",
        "status.localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0.0.0.0",  # noqa: S104 - a name to judge, not to listen on
        "::",
        "::1",
        "::ffff:127.0.0.1",
    ],
)
def test_this_computer_has_many_spellings(host: str) -> None:
    assert leads_here(host)


@pytest.mark.parametrize(
    "host", ["status.example", "localhost.example", "10.0.0.1", "::ffff:10.0.0.1", ""]
)
def test_other_computers_are_not_taken_for_this_one(host: str) -> None:
    assert not leads_here(host)


@pytest.mark.parametrize(
    ("said", "pause"),
    [
        (None, None),
        ("60", MINUTE),
        (" 60 ", MINUTE),
        ("0", timedelta()),
        ("9" * 5000, timedelta(days=1)),
        ("Sat, 21 Nov 2026 12:01:00 GMT", MINUTE),
        ("Sat, 21 Nov 2026 12:01:00 -0000", MINUTE),
        ("Sat, 21 Nov 2026 11:00:00 GMT", timedelta()),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=1)),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("\u0663", None),
    ],
)
def test_a_pause_asked_for_is_kept_within_a_day(
    said: str | None, pause: timedelta | None
) -> None:
    assert rest(said, NOW) == pause


@given(st.text(max_size=60))
def test_no_pause_asked_for_is_too_odd(said: str) -> None:
    pause = rest(said, NOW)
    assert pause is None or timedelta() <= pause <= timedelta(days=1)


@pytest.mark.parametrize(
    ("headers", "age"),
    [
        ({}, None),
        ({"cache-control": "max-age=60"}, MINUTE),
        ({"cache-control": 'Public, Max-Age="60"'}, MINUTE),
        ({"cache-control": "s-maxage=900"}, None),
        ({"cache-control": "s-maxage=900, max-age=60"}, MINUTE),
        ({"cache-control": "max-age=31536000"}, LONGEST_AGE),
        ({"cache-control": "max-age=99999999999999999999"}, LONGEST_AGE),
        ({"cache-control": "max-age=0"}, None),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "no-cache, max-age=60"}, None),
        ({"cache-control": "max-age=60, no-store"}, None),
        ({"cache-control": "max-age=90", "age": "30"}, MINUTE),
        ({"cache-control": "max-age=90", "age": "100"}, None),
        ({"cache-control": "max-age=60", "age": "old"}, MINUTE),
    ],
)
def test_how_long_an_answer_keeps_is_believed_within_bounds(
    headers: dict[str, str], age: timedelta | None
) -> None:
    assert freshness(headers) == age


def test_no_server_can_make_us_miss_the_time_a_report_counts() -> None:
    assert LONGEST_AGE < SHELF_LIFE


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("application/json; charset=UTF-8", "utf-8"),
        ('text/xml;charset="iso-8859-1"', "iso-8859-1"),
        ("application/json", None),
        ("text/html; charset=", None),
    ],
)
def test_the_charset_is_read_from_the_content_type(said: str, name: str | None) -> None:
    assert charset({"content-type": said}) == name


def test_without_a_content_type_there_is_no_charset() -> None:
    assert charset({}) is None


@pytest.mark.parametrize(
    ("headers", "asking"),
    [
        ({}, {}),
        ({"etag": '"a"'}, {"If-None-Match": '"a"'}),
        (
            {"etag": '"a"', "last-modified": "yesterday"},
            {"If-None-Match": '"a"', "If-Modified-Since": "yesterday"},
        ),
        ({"etag": '"a"', "cache-control": "No-Store"}, {}),
        ({"etag": '"ä"'}, {}),
        ({"etag": '"a"\r\nX: y'}, {}),
        ({"etag": "a" * 300}, {}),
    ],
)
def test_what_asks_for_changes_is_plain_and_short(
    headers: dict[str, str], asking: dict[str, str]
) -> None:
    assert validators(headers) == asking


# --- memory


def kept(body: bytes = b"x") -> Kept:
    answer = Answer("https://a.example/", b"", NOW)
    return Kept(answer, {"If-None-Match": '"a"'}, body)


def test_the_longest_unused_answer_is_forgotten_first() -> None:
    memory = Memory(most=2)
    for name in ("one", "two"):
        memory.keep((name, "", ""), kept())
    memory.recall(("one", "", ""))
    memory.keep(("three", "", ""), kept())
    held = [n for n in ("one", "two", "three") if memory.recall((n, "", ""))]
    assert held == ["one", "three"]


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    memory = Memory(room=10)
    memory.keep(("one", "", ""), kept(b"x" * 6))
    memory.keep(("two", "", ""), kept(b"x" * 6))
    assert memory.recall(("one", "", "")) is None
    assert memory.recall(("two", "", "")) is not None
    memory.keep(("two", "", ""), kept(b"x" * 11))
    assert memory.recall(("two", "", "")) is None
    memory.keep(("one", "", ""), kept(b"x" * 10))
    assert memory.recall(("one", "", "")) is not None


def test_what_cannot_be_asked_for_is_not_remembered() -> None:
    memory = Memory()
    memory.keep(("one", "", ""), kept())
    memory.keep(("one", "", ""), Kept.of(kept().answer, {}))
    assert memory.recall(("one", "", "")) is None


def test_the_same_address_with_another_media_type_is_another_answer() -> None:
    memory = Memory()
    memory.keep(("one", "text/xml", ""), kept())
    assert memory.recall(("one", "application/json", "")) is None


# --- bodies


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "bare"]), st.data())
def test_a_body_unpacks_however_it_is_cut(
    body: bytes, packing: str, data: st.DataObject
) -> None:
    window = {"gzip": 31, "deflate": 15, "bare": -15}[packing]
    packer = zlib.compressobj(wbits=window)
    packed = packer.compress(body) + packer.flush()
    taken = Body("gzip" if packing == "gzip" else "deflate", 1000)
    while packed:
        cut = data.draw(st.integers(1, len(packed)))
        taken.feed(packed[:cut])
        packed = packed[cut:]
    assert taken.close() == body


def test_nothing_packed_is_nothing() -> None:
    assert Body("gzip", 10).close() == b""


def test_a_single_byte_of_a_packed_body_is_cut_short() -> None:
    taken = Body("deflate", 10)
    taken.feed(b"\x78")
    with pytest.raises(Unreachable, match="cut short"):
        taken.close()


def test_what_follows_the_end_of_a_packed_body_is_ignored() -> None:
    taken = Body("gzip", 1000)
    taken.feed(gzip.compress(b"[1]"))
    taken.feed(b"and more")
    assert taken.close() == b"[1]"


def test_unpacking_never_holds_more_than_the_limit() -> None:
    bomb = zlib.compress(bytes(50_000_000), 9)
    taken = Body("deflate", 1000)
    pieces = (bomb[at : at + 500] for at in range(0, len(bomb), 500))
    with pytest.raises(Unreachable, match="larger"):
        deque(map(taken.feed, pieces), maxlen=0)
    assert len(taken._bytes) <= 1001


# --- what failures mean


def chained(outer: BaseException, inner: BaseException) -> BaseException:
    outer.__cause__ = inner
    return outer


CERTIFICATE = ssl.SSLCertVerificationError(1, "self-signed")


def distrusted(code: int) -> ssl.SSLCertVerificationError:
    """Return what a system says of a certificate, by its own number."""
    error = ssl.SSLCertVerificationError(1, "no")
    error.verify_code, error.verify_message = code, "words of the system"
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError(), "timeout"),
        (chained(OSError(), TimeoutError()), "timeout"),
        (socket.gaierror(socket.EAI_NONAME, "no such name"), "dns"),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), "resolver"),
        (socket.gaierror(socket.EAI_FAIL, "no recovery"), "resolver"),
        (
            chained(socket.gaierror(socket.EAI_AGAIN, "late"), TimeoutError()),
            "resolver",
        ),
        (chained(OSError(), socket.gaierror(socket.EAI_NONAME, "no")), "dns"),
        (UnicodeError("label too long"), "dns"),
        (ConnectionRefusedError(), "refused"),
        (
            chained(
                OSError("all failed"),
                ExceptionGroup("", [ConnectionRefusedError(), OSError()]),
            ),
            "refused",
        ),
        (ConnectionResetError(), "reset"),
        (chained(OSError(), BrokenPipeError()), "reset"),
        (ssl.SSLEOFError(8, "EOF in violation of protocol"), "reset"),
        (OSError(errno.EHOSTUNREACH, "no route to host"), "broken"),
        (ssl.SSLError(1, "wrong version"), "tls"),
        (CERTIFICATE, "untrusted"),
        (distrusted(10), "expired"),
        (chained(OSError(), distrusted(10)), "expired"),
        (distrusted(0x800B0101), "expired"),
        (distrusted(-67818), "expired"),
        (distrusted(9), "untrusted"),
        (distrusted(18), "untrusted"),
        (distrusted(62), "untrusted"),
        (chained(OSError(), ssl.SSLWantReadError()), "broken"),
        (chained(TimeoutError(), ssl.SSLWantReadError()), "timeout"),
    ],
)
def test_a_failure_is_told_by_what_led_to_it(error: BaseException, reason: str) -> None:
    assert trouble(error).reason == reason


def test_a_certificate_is_said_to_be_the_trouble() -> None:
    assert "certificate" in str(trouble(CERTIFICATE))
    assert "words of the system" in str(trouble(distrusted(10)))


def test_no_text_of_a_failure_is_repeated() -> None:
    assert "hush" not in str(trouble(OSError("hush")))


def test_a_failure_that_led_to_itself_is_no_endless_story() -> None:
    first, second = OSError(), OSError()
    first.__cause__, second.__cause__ = second, first
    assert trouble(first).reason == "broken"
