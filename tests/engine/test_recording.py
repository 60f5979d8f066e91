"""Recordings: read, played, written, refused with words."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from downlight.core.errors import (
    Reason,
    RecordingError,
    Refused,
    SourceError,
    Unreachable,
    Unreadable,
)
from downlight.core.model import SourceId
from downlight.core.ports import Answer
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.engine.recording import RecordingWeb, load, prepare
from downlight.engine.replay import RecordedWeb
from tests import doubles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
URL = "https://a.example/summary.json"


def write(folder: Path, *lines: object) -> Path:
    """Write a recording; strings go in as they are."""
    folder.mkdir(exist_ok=True)
    text = "\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines)
    (folder / "index.jsonl").write_text(text, encoding="utf-8")
    return folder


def at(minutes: float, **rest: object) -> dict[str, object]:
    return {"at": (START + minutes * MINUTE).isoformat(), "url": URL, **rest}


class Hands:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def test_a_url_answers_with_its_latest_line(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(b"one")
    (tmp_path / "two.json").write_bytes(b"two")
    headers = {"Content-Type": 'application/json; charset="utf-16"'}
    tape = load(
        write(
            tmp_path,
            at(5, status=200, body="two.json", headers=headers),
            "",
            at(0, status=200, body="one.json"),
            at(8, error="dns"),
            at(9, status=503),
            at(10, status=200),
        )
    )
    assert (tape.start, tape.end) == (START, START + 10 * MINUTE)
    hands = Hands()
    web = RecordedWeb(tape, hands)

    async def fetch() -> Answer:
        async with web as opened:
            return await opened.get(URL)

    def ask() -> Answer:
        return asyncio.run(fetch())

    assert web.now() == START
    assert (ask().body, ask().charset) == (b"one", None)
    hands.now = START + 6 * MINUTE
    assert (ask().body, ask().charset, ask().at) == (b"two", "utf-16", hands.now)
    hands.now = START + 8 * MINUTE
    with pytest.raises(Unreachable) as lost:
        ask()
    assert lost.value.reason == "dns"
    hands.now = START + 9 * MINUTE
    with pytest.raises(Refused) as refused:
        ask()
    assert refused.value.status == 503
    hands.now = START + 10 * MINUTE
    assert ask().body == b""
    hands.now = START - MINUTE
    with pytest.raises(Unreachable):
        ask()


def test_connections_are_lines_too(tmp_path: Path) -> None:
    tape = load(
        write(
            tmp_path,
            {"at": "2026-03-01T12:00:00Z", "url": "tcp://a.example:443", "status": 200},
            {**at(0, error="tls"), "url": "tls://a.example:443"},
        )
    )
    web = RecordedWeb(tape, Hands())
    assert asyncio.run(web.dial("a.example", 443)) == timedelta()
    with pytest.raises(Unreachable):
        asyncio.run(web.dial("a.example", 443, tls=True))
    with pytest.raises(Unreachable):
        asyncio.run(web.dial("b.example", 443))


def test_a_body_that_vanished_is_no_answer(tmp_path: Path) -> None:
    body = tmp_path / "one.json"
    body.write_bytes(b"one")
    tape = load(write(tmp_path, at(0, status=200, body="one.json")))
    body.unlink()
    with pytest.raises(Unreachable):
        asyncio.run(RecordedWeb(tape, Hands()).get(URL))


def test_a_recording_knows_what_it_is_about(tmp_path: Path) -> None:
    line = {**at(0, status=200), "url": URL + "?since=today"}
    tape = load(write(tmp_path / "tape", line))
    assert tape.name == "tape"

    def info(*urls: str) -> SourceInfo:
        return SourceInfo(SourceId("a"), "A", "x", "official", Cadence(), urls=urls)

    assert tape.mentions(info("https://b.example/", URL))
    assert not tape.mentions(info("https://b.example/"))
    assert not tape.mentions(info())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 1"),
        ("[]", "line 1"),
        ("null", "line 1"),
        ({"url": URL, "status": 200}, "missing 'at'"),
        ({"at": "2026-03-01T12:00:00", "url": URL, "status": 200}, "no time zone"),
        ({"at": "yesterday", "url": URL, "status": 200}, "line 1"),
        (at(0), "missing 'status'"),
        (at(0, status="many"), "line 1"),
        (at(0, error="gremlins"), "unknown error 'gremlins'"),
        (at(0, status=200, body="../secret"), "outside the recording"),
        (at(0, status=200, body="/etc/passwd"), "outside the recording"),
        (at(0, status=200, body="gone.json"), "missing"),
        (at(0, status=200, headers=["x"]), "line 1"),
        ("", "holds no answers"),
        ('{"at": "2026-03-01T12:00:00Z", "url": "x", "status": 1e999}', "line 1"),
        ("[" * 100_000, "line 1: nested too deeply"),
        (at(0, status=200, body="b" * 5000), "line 1: its body: File name too long"),
        (at(0, error="x" * 5000), "…"),
        (at(0, status=200) | {"at": "0001-01-01T00:00:00+14:00"}, "1970 and 2200"),
        (at(0, status=200) | {"at": "9999-12-31T23:59:59-12:00"}, "1970 and 2200"),
    ],
    ids=range(20),
)
def test_a_bad_recording_is_refused_with_the_line(
    tmp_path: Path, line: object, words: str
) -> None:
    with pytest.raises(RecordingError) as error:
        load(write(tmp_path, line))
    assert words in str(error.value)
    assert error.value.hint == ""  # or the same would be said twice
    assert len(str(error.value)) < 300 + len(tmp_path.name)


def test_a_separator_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    line = json.dumps(at(0, status=200) | {"note": "\u2028\x85"}, ensure_ascii=False)
    assert len(load(write(tmp_path, line, at(1, status=200))).entries) == 2


def test_the_digest_tells_recordings_apart_and_their_folders_do_not(
    tmp_path: Path,
) -> None:
    one = load(write(tmp_path / "one", at(0, status=200)))
    same = load(write(tmp_path / "same", at(0, status=200)))
    other = load(write(tmp_path / "other", at(0, status=503)))
    assert one.digest == same.digest != other.digest


def test_the_present_folder_has_a_name_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path / "tape", at(0, status=200)))
    assert load(type(tmp_path)()).name == "tape"


def test_a_folder_without_an_index_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"no readable index\.jsonl"):
        load(tmp_path)
    (tmp_path / "index.jsonl").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(RecordingError, match=r"no readable index\.jsonl"):
        load(tmp_path)


class Scripted(doubles.RecordedWeb):
    """A network that gives one prepared thing after another."""

    def __init__(self, *things: object) -> None:
        super().__init__()
        self.things = list(things)

    def now(self) -> datetime:
        return START

    async def get(
        self,
        url: str,
        *,
        accept: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        del accept, headers
        thing = self.things.pop(0)
        if isinstance(thing, SourceError):
            raise thing
        charset = "latin-1" if thing == b"odd" else None
        return Answer(url, bytes(str(thing), "ascii"), START, charset=charset)

    async def dial(self, host: str, port: int, *, tls: bool = False) -> timedelta:
        del host, port, tls
        thing = self.things.pop(0)
        if isinstance(thing, SourceError):
            raise thing
        return timedelta(seconds=1)


def test_what_is_recorded_plays_again(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "tape"
    prepare(folder)
    lost: list[RecordingError] = []
    busy = Refused(503)
    web = RecordingWeb(
        Scripted(
            "one",
            "one",
            busy,
            busy,
            Unreachable("x", "dns"),
            Unreadable("x"),
            Unreadable("x"),
            b"odd",
        ),
        folder,
        lost.append,
    )
    assert web.now() == START

    async def ask() -> str:
        try:
            return (await web.get(URL)).body.decode()
        except SourceError as error:
            return type(error).__name__

    heard = [asyncio.run(ask()) for _ in range(8)]
    assert lost == []
    assert heard[:5] == ["one", "one", "Refused", "Refused", "Unreachable"]
    tape = load(folder)
    assert [entry.status or entry.error for entry in tape.entries] == [
        200,
        503,
        "dns",
        "broken",
        200,
    ]
    assert tape.entries[-1].content_type == "charset=latin-1"


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_is_recorded_and_plays_again(
    tmp_path: Path, reason: Reason
) -> None:
    lost: list[RecordingError] = []
    web = RecordingWeb(Scripted(Unreachable("x", reason)), tmp_path, lost.append)
    with pytest.raises(Unreachable):
        asyncio.run(web.dial("a.example", 443, tls=True))
    played = RecordedWeb(load(tmp_path), lambda: START)
    with pytest.raises(Unreachable) as caught:
        asyncio.run(played.dial("a.example", 443, tls=True))
    assert (caught.value.reason, lost) == (reason, [])


def test_connections_are_recorded_when_they_change(tmp_path: Path) -> None:
    things = Scripted(1, 1, Unreachable("x", "timeout"), 1)
    lost: list[RecordingError] = []
    web = RecordingWeb(things, tmp_path, lost.append)

    async def dial(*, tls: bool = False) -> str:
        try:
            return str(await web.dial("a.example", 443, tls=tls))
        except Unreachable as error:
            return error.reason

    heard = [asyncio.run(dial(tls=tls)) for tls in (False, False, False, True)]
    assert heard == ["0:00:01", "0:00:01", "timeout", "0:00:01"]
    assert lost == []
    urls = [(entry.url, entry.error) for entry in load(tmp_path).entries]
    assert urls == [
        ("tcp://a.example:443", None),
        ("tcp://a.example:443", "timeout"),
        ("tls://a.example:443", None),
    ]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(RecordingError, match="cannot be written"):
        prepare(tmp_path / "file" / "tape")


def test_what_could_not_be_written_is_told_and_written_next_time(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "tape"
    lost: list[RecordingError] = []
    web = RecordingWeb(Scripted("one", "one", "one"), folder, lost.append)
    assert asyncio.run(web.get(URL)).body == b"one"  # good for whoever asked
    (words,) = lost
    assert "cannot be written (No such file or directory)" in str(words)
    prepare(folder)
    for _ in range(2):
        asyncio.run(web.get(URL))
    assert len(lost) == 1
    assert len(load(folder).entries) == 1


def test_addresses_are_recorded_when_they_change_and_play_again(tmp_path: Path) -> None:
    names = doubles.RecordedWeb(names={"a.example": ("127.0.0.1", "::1")}, at=START)
    lost: list[RecordingError] = []
    web = RecordingWeb(names, tmp_path, lost.append)
    for _ in range(2):
        assert asyncio.run(web.resolve("a.example")) == ("127.0.0.1", "::1")
    with pytest.raises(Unreachable):
        asyncio.run(web.resolve("b.example"))
    assert lost == []
    tape = load(tmp_path)
    assert [(entry.url, entry.error) for entry in tape.entries] == [
        ("dns://a.example", None),
        ("dns://b.example", "dns"),
    ]
    played = RecordedWeb(tape, lambda: START + MINUTE)
    assert asyncio.run(played.resolve("a.example")) == ("127.0.0.1", "::1")
    with pytest.raises(Unreachable, match="recorded: dns"):
        asyncio.run(played.resolve("b.example"))


def test_secrets_and_log_ins_are_not_recorded(tmp_path: Path) -> None:
    prepare(tmp_path)
    live = doubles.RecordedWeb(posts={URL: b"token"}, secrets={"key": "s3cret"})
    lost: list[RecordingError] = []
    web = RecordingWeb(live, tmp_path, lost.append)
    assert asyncio.run(web.post(URL, b"me")).body == b"token"
    assert asyncio.run(web.secret("key")) == "s3cret"
    assert lost == []
    assert [file.name for file in tmp_path.iterdir()] == ["index.jsonl"]
    assert (tmp_path / "index.jsonl").read_bytes() == b""


def test_a_replay_knows_no_secrets_and_logs_in_nowhere(tmp_path: Path) -> None:
    played = RecordedWeb(load(write(tmp_path, at(0, status=200))), Hands())
    assert asyncio.run(played.secret("key")) == ""
    with pytest.raises(Unreachable, match="not in the recording"):
        asyncio.run(played.post(URL, b"me"))
