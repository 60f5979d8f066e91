"""Whatever may arrive: a report, or a refusal; never "all well" out of nothing.

Each family reads answers with a wrong type in every field, nested, changed bit by bit,
in another code, mislabelled, and of 50 MB. What a reader may take of time and memory
is bounded by the system, from outside.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.errors import SourceError
from downlight.core.level import Level
from downlight.sources import registry
from tests.sources.shelf import FIXTURES, ID, answer, read
from tests.sources.test_contract import FAMILIES, FILES, TROUBLED, put, spots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from downlight.core.model import Report

ROOT = Path(__file__).parents[2]
MEGABYTE = 1024 * 1024
ROOM = 1024 * MEGABYTE
"""Bytes of memory a reader has in all, with its 50 MB in them."""
TIME = 100
"""Seconds of processor for all families together: this stops only what runs away."""
DEEP: object = json.loads("[" * 200 + "]" * 200)
TYPES: tuple[object, ...] = (
    None,
    True,
    -7,
    10**30,
    1.5e300,
    "",
    "operational",
    [],
    [None],
    {},
    [{}],
    DEEP,
)
"""One of every type there is in JSON, and a few that are worse."""
SPOILT: tuple[object, ...] = (None, True, 10**30, "", "operational x", [None], {})
"""What a field may hold that was well; not an empty list, which may be true."""


def tried(family: str, body: bytes, charset: str | None = None) -> Report | None:
    """Return the report, or None where it is refused; nothing else may come out."""
    try:
        return registry.parser(family)(ID, answer(body, charset=charset))
    except SourceError:
        return None


def is_well(report: Report | None) -> bool:
    return report is not None and report.level is Level.OPERATIONAL


def shelved_json() -> Iterator[tuple[str, Path, object]]:
    for family, path in FILES:
        try:
            yield family, path, json.loads(path.read_bytes())
        except ValueError:
            continue  # of another kind


JSON = [
    pytest.param(family, value, id=f"{family}/{path.name}")
    for family, path, value in shelved_json()
]


@pytest.mark.parametrize(("family", "value"), JSON)
def test_no_field_of_a_wrong_type_breaks_out(family: str, value: object) -> None:
    for turn, spot in enumerate(spots(value)):
        # Every field gets four of the types, and its neighbours the others.
        for step in (0, 3, 6, 9):
            junk = TYPES[(turn + step) % len(TYPES)]
            tried(family, json.dumps(put(value, spot, junk)).encode())


@pytest.mark.parametrize("family", sorted(TROUBLED))
def test_no_field_of_a_wrong_type_makes_trouble_well(family: str) -> None:
    value = json.loads((FIXTURES / family / TROUBLED[family]).read_bytes())
    for spot in spots(value):
        for junk in SPOILT:
            body = json.dumps(put(value, spot, junk)).encode()
            assert not is_well(tried(family, body)), (spot, junk)


NAMED = [
    pytest.param(family, path, id=f"{family}/{path.name}") for family, path in FILES
]
CODES = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp500")
CHARSETS = (
    *("latin-1", "utf-16", "utf-16-be", "utf-32", "cp1252", "ascii", "utf-7"),
    # Python knows these, too; they are no codes of texts.
    *("base64", "zlib", "rot13", "idna", "punycode", "unicode_escape", "undefined"),
    *("klingon", "", "a b", "utf-8\0", "x" * 300),
)


@pytest.mark.parametrize(("family", "path"), NAMED)
def test_another_code_gives_the_same_report_or_none(family: str, path: Path) -> None:
    body = path.read_bytes()
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("utf-16")
    level = read(family, body).level
    for code in CODES:
        for label in (None, code):
            report = tried(family, text.encode(code), label)
            assert report is None or report.level is level, (code, label)


@pytest.mark.parametrize(("family", "path"), NAMED)
def test_a_wrong_label_never_makes_well_what_is_not(family: str, path: Path) -> None:
    body = path.read_bytes()
    well = read(family, body).level is Level.OPERATIONAL
    for charset in CHARSETS:
        assert well or not is_well(tried(family, body, charset)), charset


@given(st.data())
def test_no_bit_that_is_lost_on_the_way_breaks_out(data: st.DataObject) -> None:
    family, path = data.draw(st.sampled_from(FILES))
    body = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        spot = data.draw(st.integers(0, max(len(body) - 1, 0)))
        body[spot : spot + 1] = bytes(
            byte ^ (1 << data.draw(st.integers(0, 7))) for byte in body[spot : spot + 1]
        )
    tried(family, bytes(body))


SIZE = 50 * MEGABYTE
HUGE: tuple[Callable[[], bytes], ...] = (
    lambda: b"[" * SIZE,
    lambda: b'{"page":' * (SIZE // 8),
    lambda: b'{"error": "' + b"a" * SIZE + b'"}',
    lambda: b"[" + b"1," * (SIZE // 2) + b"1]",
    lambda: b" " * SIZE,
    lambda: b"<rss><channel>" + b"<item>" * (SIZE // 6),
    lambda: b"<html>" + b"\n\0" * (SIZE // 2),
    lambda: b"\xff\xfe" + b"\0a" * (SIZE // 2),
)
"""What makes bodies of 50 MB, each when its turn comes."""


def feed(half: int) -> None:
    """Read huge bodies within bounds, and complain of what is well.

    Args:
        half: Each family gets one body of the even and one of the odd ones.
    """
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME, TIME))
    readers = {(f.module, f.reader): name for name, f in registry.FAMILIES.items()}
    for turn in range(half, len(HUGE), 2):
        body = HUGE[turn]()
        for place, family in enumerate(sorted(readers.values())):
            mine = turn in {place % len(HUGE), (place + 3) % len(HUGE)}
            if mine and is_well(tried(family, body)):
                raise AssertionError(f"{family} is well with huge body {turn}")


@pytest.mark.skipif(sys.platform != "linux", reason="it bounds memory as Linux does")
@pytest.mark.timeout(2 * TIME)
@pytest.mark.parametrize("half", [0, 1])
def test_fifty_megabytes_of_anything_are_refused_within_bounds(half: int) -> None:
    code = f"from tests.sources.test_properties import feed; feed({half})"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("family", FAMILIES)
def test_depth_below_any_first_field_is_refused(family: str) -> None:
    deep = "[" * 50_000 + "]" * 50_000
    for name, path, value in shelved_json():
        if name != family or not isinstance(value, dict):
            continue
        for field in value:
            body = json.dumps({**value, field: "DEEP"}).replace('"DEEP"', deep)
            assert not is_well(tried(family, body.encode())), (path.name, field)
