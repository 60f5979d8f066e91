"""One light per folder: who is first, who knocks, what is said if nobody opens."""

from __future__ import annotations

import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from downlight.storage.instance import DOOR, HERE, LOCK, Call, Instance, Occupied, claim
from tests.core.spoken import turkish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONG = 30.0
"""Seconds nobody waits for unless something is broken."""


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Instance]:
    with_door = claim(tmp_path)
    assert with_door is not None
    yield with_door
    with_door.close()


def taken(folder: Path) -> Occupied:
    """Return what a start is told where nobody answers."""
    with pytest.raises(Occupied) as error:
        claim(folder, patience=0.1)
    return error.value


def answer(instance: Instance) -> Call | None:
    """Let one caller in, and answer when it is one of ours."""
    assert instance.ear is not None
    instance.ear.settimeout(LONG)
    line, _ = instance.ear.accept()
    with line:
        line.settimeout(LONG)
        call = instance.understand(line.recv(1024))
        if call is not None:
            line.send(HERE)
    return call


def is_first(folder: Path) -> bool:
    """Whether a start would be the first here; it leaves at once."""
    with_door = claim(folder, patience=LONG)
    assert with_door is not None
    held = not with_door.trouble
    with_door.close()
    return held


@pytest.mark.parametrize("system", ["linux", "win32"])
@pytest.mark.parametrize("greet", [True, False])
def test_the_second_start_is_answered_by_the_first(
    system: str, greet: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "may I 7")
    first = claim(tmp_path, system=system)
    assert first is not None and not first.trouble
    assert (tmp_path / DOOR).exists() == (system == "linux")
    with ThreadPoolExecutor() as pool:
        call = pool.submit(answer, first)
        assert claim(tmp_path, greet=greet, patience=LONG) is None
        assert call.result() == Call(not greet, "may I 7")
    first.close()


def test_a_path_too_long_for_a_socket_has_a_door_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 100) / ("b" * 100)
    first = claim(folder)
    assert first is not None and first.ear is not None
    assert first.ear.family == socket.AF_INET
    with ThreadPoolExecutor() as pool:
        pool.submit(answer, first)
        assert claim(folder, patience=LONG) is None
    first.close()


def test_only_its_owner_can_read_the_word_and_reach_the_door(
    first: Instance, tmp_path: Path
) -> None:
    assert first.ear is not None
    for name in (LOCK, DOOR):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_nobody_answers_and_it_is_said_who_and_what_to_do(
    first: Instance, tmp_path: Path
) -> None:
    error = taken(tmp_path)
    assert error.title == "Downlight is running already, but does not answer"
    assert str(error) == f"process {os.getpid()} holds {tmp_path / LOCK}"
    assert error.hint.endswith(f"end it and start again: kill -9 {os.getpid()}")


def test_the_computer_is_named_when_it_is_another_one(
    first: Instance, tmp_path: Path
) -> None:
    (tmp_path / LOCK).write_text("7\nattic\n0\nword\n")
    error = taken(tmp_path)
    assert error.title.endswith("on another computer")
    assert str(error) == "it runs on the computer attic, with the same folder"
    assert "--data DIR" in error.hint


@pytest.mark.parametrize("text", ["", "7\nattic", "x\ny\nz\nword\n", "1\n" * 9])
def test_a_lock_that_says_nothing_is_a_lock(
    text: str, first: Instance, tmp_path: Path
) -> None:
    (tmp_path / LOCK).write_text(text)
    assert str(taken(tmp_path)) == f"somebody holds {tmp_path / LOCK}"


def test_one_that_answers_nonsense_is_no_answer(
    first: Instance, tmp_path: Path
) -> None:
    assert first.ear is not None
    first.ear.settimeout(LONG)

    def rude() -> None:
        assert first.ear is not None
        line, _ = first.ear.accept()
        with line:
            line.recv(1024)
            line.send(b"?")

    with ThreadPoolExecutor() as pool:
        done = pool.submit(rude)
        taken(tmp_path)
        done.result()


@pytest.mark.parametrize("port", ["99999999", "-1", "9"])
def test_a_port_where_nobody_is_is_no_answer(
    port: str, first: Instance, tmp_path: Path
) -> None:
    text = (tmp_path / LOCK).read_text().split("\n")
    text[2] = port
    (tmp_path / LOCK).write_text("\n".join(text))
    assert taken(tmp_path).title == Occupied.title


def test_what_was_said_before_a_language_was_spoken_is_said_anew_in_it(
    first: Instance, tmp_path: Path
) -> None:
    del first
    error = taken(tmp_path)
    assert str(error) == f"process {os.getpid()} holds {tmp_path / LOCK}"
    with turkish({"process {process} holds {file}": "{file}: {process}"}):
        assert str(error.anew()) == f"{tmp_path / LOCK}: {os.getpid()}"


def test_what_a_killed_one_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as stale:
        stale.bind(str(tmp_path / DOOR))
    (tmp_path / LOCK).write_text("1\nhere\n0\n" + "w" * 900 + "\n")
    first = claim(tmp_path)
    assert first is not None and not first.trouble
    assert (tmp_path / LOCK).read_text().startswith(f"{os.getpid()}\n")
    first.close()
    assert not (tmp_path / DOOR).exists()
    assert is_first(tmp_path)


def test_a_folder_in_the_place_of_the_door_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / DOOR).mkdir()
    first = claim(tmp_path)
    assert first is not None and first.ear is not None
    assert first.ear.family == socket.AF_INET
    first.close()
    assert (tmp_path / DOOR).is_dir()


def test_who_waits_while_the_first_one_ends_is_the_next(
    first: Instance, tmp_path: Path
) -> None:
    ear = first.ear
    assert ear is not None
    ear.settimeout(LONG)
    with ThreadPoolExecutor() as pool:
        next_one = pool.submit(is_first, tmp_path)
        line, _ = ear.accept()  # it knocks, and then we go without a word
        first.close()
        line.close()
        assert next_one.result()


def test_who_has_quit_keeps_the_lock_until_it_has_ended(
    first: Instance, tmp_path: Path
) -> None:
    first.hush()
    assert not (tmp_path / DOOR).exists()
    taken(tmp_path)
    first.close()
    assert is_first(tmp_path)


def in_the_way_a_file(folder: Path) -> Path:
    (folder / "file").write_text("")
    return folder / "file"


def in_the_way_a_folder(folder: Path) -> Path:
    (folder / LOCK).mkdir()
    return folder


def in_the_way_a_link(folder: Path) -> Path:
    (folder / "mine").write_text("keep")
    (folder / LOCK).symlink_to("mine")
    return folder


@pytest.mark.parametrize(
    "prepare", [in_the_way_a_file, in_the_way_a_folder, in_the_way_a_link]
)
def test_where_there_can_be_no_lock_it_goes_on_without_and_says_so(
    prepare: type, tmp_path: Path
) -> None:
    folder = prepare(tmp_path)
    for _ in range(2):
        alone = claim(folder)
        assert alone is not None and alone.ear is None
        words = f"nothing keeps a second light from starting here: {LOCK}: "
        assert alone.trouble.startswith(words)
        assert alone.understand(b"open  \n") is None
        alone.close()


def test_where_the_link_points_nothing_is_written(tmp_path: Path) -> None:
    alone = claim(in_the_way_a_link(tmp_path))
    assert alone is not None
    assert (tmp_path / "mine").read_text() == "keep"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away"
)
def test_a_lock_of_another_user_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_text("7\nhere\n9\nword\n")
    os.chown(tmp_path / LOCK, 65534, 65534)
    alone = claim(tmp_path)
    assert alone is not None and alone.ear is None
    assert alone.trouble.endswith(": it belongs to another user")
    assert (tmp_path / LOCK).read_text() == "7\nhere\n9\nword\n"


@pytest.mark.parametrize(
    "said", [b"", b"\n", b"open\n", b"open wrong\n", b"\xff\xfe \x00\n", b"quit "]
)
def test_a_stranger_at_the_door_gets_nothing(said: bytes, first: Instance) -> None:
    assert first.understand(said) is None


def test_only_known_wishes_are_granted(first: Instance, tmp_path: Path) -> None:
    word = (tmp_path / LOCK).read_text().split("\n")[3]
    assert first.understand(f"quit {word}\n".encode()) is None
    assert first.understand(f"open {word} \n".encode()) == Call(opens=True, token="")
    for token in ("é", "a\0b"):  # the environment takes neither
        odd = f"greet {word} {token}\n".encode()
        assert first.understand(odd) == Call(opens=False, token="")


def test_the_word_is_another_one_each_time(tmp_path: Path) -> None:
    words = set()
    for _ in range(3):
        assert is_first(tmp_path)
        words.add((tmp_path / LOCK).read_text())
    assert len(words) == 3


def test_of_many_at_once_one_is_first(tmp_path: Path) -> None:
    def start(_: int) -> Instance | None:
        try:
            return claim(tmp_path, patience=0.5)
        except Occupied:
            return None

    with ThreadPoolExecutor(20) as pool:
        found = [one for one in pool.map(start, range(20)) if one is not None]
    assert len(found) == 1 and not found[0].trouble
    found[0].close()
    assert is_first(tmp_path)
