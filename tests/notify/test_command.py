"""A person's command: data stays data, and what hangs comes to an end."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import DeliveryError
from downlight.core.telling.bulletin import bulletin
from downlight.notify.command import KEPT, arguments, environment, run
from tests.desktop.session import until
from tests.notify.errands import command
from tests.notify.events import event
from tests.notify.hostile import HOSTILE, brief
from tests.notify.memory import PATIENCE

if TYPE_CHECKING:
    from downlight.core.news import Event
    from downlight.core.telling.hooks import Command

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the commands are those of a Unix"
)
SOON = timedelta(seconds=0.3)
ECHO = (
    "import json, os, sys\n"
    "ours = {k: v for k, v in os.environ.items() if k.startswith('DOWNLIGHT_')}\n"
    "said = json.load(sys.stdin)\n"
    "with open(sys.argv[1], 'w') as file:\n"
    "    json.dump([sys.argv[2:], ours, said], file)\n"
)


def do(it: Command, about: Event | None = None) -> str:
    return asyncio.run(run(it, bulletin(about or event())))


def python(code: str, *words: str, limit: timedelta = timedelta(seconds=20)) -> Command:
    # Whatever has a brace in it would be a template.
    code = code.replace("{", "{{").replace("}", "}}")
    return command(sys.executable, "-c", code, *words, limit=limit)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet buried does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}


def test_it_is_told_everything_in_three_ways(tmp_path: Path) -> None:
    file = tmp_path / "seen"
    it = event(title="Chat is down")
    do(python(ECHO, str(file), "{title}", "--level={level}"), it)
    words, around, said = json.loads(file.read_text("utf-8"))
    assert words == ["Chat is down", "--level=major_outage"]
    assert around["DOWNLIGHT_TITLE"] == "Chat is down"
    assert around["DOWNLIGHT_ID"] == it.id
    assert said == bulletin(it)


@pytest.mark.parametrize(
    "title",
    [
        "'; touch owned; '",
        '"$(touch owned)" `touch owned` ${HOME} && touch owned | cat > owned',
        "one\ntouch owned\n",
        "\0\ud800\x1b[31m",
        "{sentence} {id.__class__}",
        "x" * 10_000,
    ],
)
def test_a_hostile_title_is_data(title: str, tmp_path: Path) -> None:
    file = tmp_path / "seen"
    it = event(title=title)
    do(python(ECHO, str(file), "{title}", "a{title}b"), it)
    words, around, said = json.loads(file.read_text("utf-8"))
    plain = environment(bulletin(it))["DOWNLIGHT_TITLE"]
    assert words == [plain, f"a{plain}b"]
    assert around["DOWNLIGHT_TITLE"] == plain
    assert said["title"] == bulletin(it)["title"]
    assert [path.name for path in tmp_path.iterdir()] == ["seen"]


@pytest.mark.parametrize("title", HOSTILE, ids=brief)
def test_no_title_becomes_an_option_or_keeps_a_program_from_starting(
    title: str,
) -> None:
    it = bulletin(event(title=title))
    program, word, option = arguments(command("say", "{title}", "-{title}"), it)
    assert program == "say"
    assert not word.startswith("-")
    assert option.startswith("-")
    for text in (word, *environment(it).values()):
        os.fsencode(text)
        assert "\0" not in text


def test_the_home_of_a_person_may_stand_before_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    assert arguments(command("~/bin/x", "~/y"), bulletin(event())) == [
        "/home/me/bin/x",
        "~/y",
    ]


def test_the_beginning_of_what_it_says_is_heard() -> None:
    assert do(python("print('hello'); import sys; print('oh', file=sys.stderr)")) in {
        "hello\noh",
        "oh\nhello",
    }


def test_one_that_reads_nothing_is_no_trouble() -> None:
    assert do(command("true"), event(sentence="x" * 10_000)) == ""


@pytest.mark.parametrize(
    ("it", "why"),
    [
        (command("/nowhere/at/all"), "does not start: No such file"),
        (command("/"), "does not start: Permission denied"),
        (python("raise SystemExit('oh no')"), "exit status 1: oh no"),
        (command("false"), "exit status 1$"),
    ],
)
def test_one_that_fails_says_why(it: Command, why: str) -> None:
    with pytest.raises(DeliveryError, match=why):
        do(it)


def test_one_that_hangs_is_ended_with_its_child(tmp_path: Path) -> None:
    file = tmp_path / "child"
    script = f"sleep 300 & echo $! > {file}; wait"
    with pytest.raises(DeliveryError, match=r"took longer than 1 s and was ended"):
        do(command("sh", "-c", script, limit=timedelta(seconds=1)))
    child = int(file.read_text("utf-8"))
    until(lambda: not is_alive(child), "the child to end", PATIENCE)


def test_a_child_that_outlives_its_parent_does_not_hold_us_up(tmp_path: Path) -> None:
    file = tmp_path / "child"
    do(command("sh", "-c", f"sleep 300 & echo $! > {file}; echo done"))
    child = int(file.read_text("utf-8"))
    try:
        assert is_alive(child)
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, 9)


def test_one_that_floods_is_ended_and_costs_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DeliveryError, match="said more than 1 MB and was ended"):
        do(command("yes", "x" * 1000))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8_000


def test_of_a_long_story_only_the_beginning_is_kept() -> None:
    heard = do(python("print('y' * 900_000)"))
    assert heard == "y" * KEPT


def test_when_we_end_so_does_the_command(tmp_path: Path) -> None:
    file = tmp_path / "child"
    os.mkfifo(file)
    it = command("sh", "-c", f"echo $$ > {file}; exec sleep 300")

    async def begin_and_leave() -> int:
        task = asyncio.create_task(run(it, bulletin(event())))
        number = int(await asyncio.to_thread(file.read_text, "utf-8"))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        return number

    left = asyncio.run(begin_and_leave())
    until(lambda: not is_alive(left), "it to end", PATIENCE)


def test_no_end_of_a_pipe_stays_open() -> None:
    do(command("true"))  # whatever Python opens once
    before = len(list(Path("/proc/self/fd").iterdir()))
    do(command("true"))
    with pytest.raises(DeliveryError):
        do(command("/nowhere"))
    with pytest.raises(DeliveryError):
        do(command("sleep", "300", limit=SOON))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_where_no_loop_listens_to_a_pipe_it_is_run_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "seen"
    it = python("import sys; open(sys.argv[1], 'w'); print('x' * 9_999_999)", str(file))
    assert asyncio.run(run(it, bulletin(event()), system="win32")) == ""
    assert file.exists()
    hangs = python("input(); input()", limit=SOON)
    with pytest.raises(DeliveryError, match="exit status 1"):
        asyncio.run(run(hangs, bulletin(event()), system="win32"))
