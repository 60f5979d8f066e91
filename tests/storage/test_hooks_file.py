"""The hooks file: what fits holds, what does not is named."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.news import Turn
from downlight.core.telling.hooks import Bar, Hooks, Interest
from downlight.storage.hooks_file import MOST, load

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
[[command]]
name = "bubble"
run = ["notify-send", "{title}"]
on = ["began", "worsened"]
services = ["github"]
held = true
limit = 3

[[webhook]]
name = "team"
shape = "slack"
secret = "hook-team"
title = "{name}!"

[[webhook]]
name = "room"
shape = "matrix"
url = "https://matrix.example.org"
room = "!abc:example.org"
token = "hook-matrix"

[[webhook]]
name = "own"
shape = "json"
url = "http://127.0.0.1:8080/in"
fields = { summary = "{title}", text = "{{}}" }

[[file]]
name = "bar"
path = "~/bar.json"
shape = "waybar"
"""


def read(folder: Path, text: str) -> tuple[Hooks, tuple[str, ...]]:
    (folder / "hooks.toml").write_text(text, "utf-8")
    return load(folder / "hooks.toml")


def test_without_a_file_there_are_no_hooks(tmp_path: Path) -> None:
    assert load(tmp_path / "hooks.toml") == (Hooks(), ())


def test_everything_that_may_stand_there_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    hooks, complaints = read(tmp_path, WHOLE)
    assert complaints == ()
    (command,) = hooks.commands
    assert command.name == "bubble"
    assert command.interest == Interest(
        frozenset({Turn.BEGAN, Turn.WORSENED}), frozenset({"github"}), held=True
    )
    assert [word.fill({"title": "T"}) for word in command.run] == ["notify-send", "T"]
    assert command.limit == timedelta(seconds=3)
    team, room, own = hooks.webhooks
    assert (team.secret, team.url, team.interest) == ("hook-team", "", Interest())
    assert team.title.fill({"name": "Chat"}) == "Chat!"
    assert team.text.fill({"sentence": "Down."}) == "Down."
    assert (room.room, room.token) == ("!abc:example.org", "hook-matrix")
    assert own.fields["summary"].fill({"title": "T"}) == "T"
    assert own.fields["text"].fill({}) == "{}"
    assert hooks.bars == (Bar("bar", str(tmp_path / "bar.json"), "waybar"),)


HEAD = {
    "command": 'name = "x"\nrun = ["true"]\n',
    "webhook": 'name = "x"\nshape = "json"\nurl = "https://a.example/"\n',
    "file": 'name = "x"\npath = "/x"\nshape = "xbar"\n',
}


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("command", "", "command 1: name must be"),
        ("command", 'name = "Big"\nrun = ["a"]', "command 1: name must be"),
        ("command", 'name = "x"', "run must be a list"),
        ("command", 'name = "x"\nrun = "rm -rf /"', "run must be a list of texts"),
        ("command", 'name = "x"\nrun = [1]', "run must be a list of texts"),
        ("command", 'name = "x"\nrun = [" "]', "the program and its arguments"),
        ("command", 'name = "x"\nrun = ["a\\u0000"]', "no argument can hold"),
        ("command", 'name = "x"\nrun = ["{title}"]', "must not hang on the event"),
        ("command", 'name = "x"\nrun = ["a", "{nope}"]', "nobody knows {nope}"),
        ("command", 'name = "x"\nrun = ["a", "{title.x}"]', "nobody knows {title.x}"),
        ("command", 'name = "x"\nrun = ["a", "{"]', "a brace stands alone"),
        ("command", HEAD["command"] + "limit = 0", "limit must be 1 to 600"),
        ("command", HEAD["command"] + "limit = true", "a number of seconds"),
        ("command", HEAD["command"] + "limit = nan", "limit must be 1 to 600"),
        ("command", HEAD["command"] + "shell = true", 'nobody knows "shell" here'),
        ("command", HEAD["command"] + 'on = ["bang"]', 'on: "bang" is none of began'),
        ("command", HEAD["command"] + 'on = "began"', "on must be a list of texts"),
        ("command", HEAD["command"] + 'services = ["A B"]', "no short name"),
        ("command", HEAD["command"] + "held = 1", "held must be true or false"),
        ("webhook", 'name = "x"', "shape must be slack, discord, matrix, ntfy or json"),
        ("webhook", 'name = "x"\nshape = "teams"', 'json, not "teams"'),
        ("webhook", 'name = "x"\nshape = "json"', "either url, or secret"),
        ("webhook", HEAD["webhook"] + 'secret = "hook-x"', "either url, or secret"),
        ("webhook", HEAD["webhook"] + 'token = "riot"', 'begins with "hook-"'),
        ("webhook", HEAD["webhook"] + 'title = "x"', 'nobody knows "title" here'),
        ("webhook", HEAD["webhook"] + 'fields = "x"', "fields must be a table"),
        ("webhook", HEAD["webhook"] + "fields = { a = 1 }", "a table of texts"),
        ("webhook", HEAD["webhook"] + 'fields = { a = "{b}" }', "a: nobody knows {b}"),
        ("webhook", 'name="x"\nshape="slack"\nurl=1', "url must be a text"),
        (
            "webhook",
            'name = "x"\nshape = "matrix"\nurl = "https://a.example"',
            "matrix needs url",
        ),
        ("file", 'name = "x"\nshape = "xbar"\npath = "here"', "path must begin with"),
        ("file", 'name = "x"\nshape = "xbar"\npath = "~nobody-at-all/x"', "path must"),
        ("file", HEAD["file"] + "extra = 1", 'nobody knows "extra" here'),
        ("file", 'name = "x"\npath = "/x"\nshape = "conky"', "shape must be waybar"),
    ],
)
def test_an_entry_that_does_not_fit_is_named_and_the_others_hold(
    kind: str, text: str, words: str, tmp_path: Path
) -> None:
    good = '[[command]]\nname = "good"\nrun = ["true"]\n'
    entry = f"[[{kind}]]\n{text}\n"
    hooks, complaints = read(
        tmp_path, entry + good if kind == "command" else good + entry
    )
    assert [command.name for command in hooks.commands] == ["good"]
    assert not hooks.webhooks
    assert not hooks.bars
    (complaint,) = complaints
    assert words in complaint
    assert complaint.startswith(f"hooks.toml: {kind} ")
    assert complaint.endswith("; it is left out.")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "https://user:pass@example.org/",
        "ftp://example.org",
        "https://",
        "https://a.example/ b",
        "https://[1:::2]/",
        "https://a.example:99999/",
        "file:///etc/passwd",
        "https://exämple.org/",
    ],
)
def test_an_address_we_do_not_post_to_is_refused_and_not_repeated(
    url: str, tmp_path: Path
) -> None:
    text = f'[[webhook]]\nname = "x"\nshape = "json"\nurl = "{url}"\n'
    hooks, (complaint,) = read(tmp_path, text)
    assert not hooks
    assert "must be an https address" in complaint
    assert url not in complaint


@pytest.mark.parametrize(
    "text",
    ['[[command]\nname = "x"', "x", "a = " + "[" * 5000, 'command = "\udcff"'],
)
def test_a_file_that_is_no_toml_is_left_as_it_is(text: str, tmp_path: Path) -> None:
    file = tmp_path / "hooks.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = file.read_bytes()
    hooks, (complaint,) = load(file)
    assert not hooks
    assert "No hook is run" in complaint
    assert file.read_bytes() == before


def test_two_of_a_name_and_too_many_are_left_out(tmp_path: Path) -> None:
    one = '[[command]]\nname = "n{}"\nrun = ["true"]\n'
    text = one.format(0) + "".join(one.format(n) for n in range(MOST + 1))
    hooks, complaints = read(tmp_path, text)
    assert len(hooks.commands) == MOST
    assert "another hook has this name" in complaints[0]
    assert f"more than {MOST}" in complaints[1]


def test_what_nobody_knows_at_the_top_is_named(tmp_path: Path) -> None:
    text = 'commands = 1\ncommand = "ls"\nfile = ["x"]\n'
    hooks, complaints = read(tmp_path, text)
    assert not hooks
    assert complaints == (
        "hooks.toml: command must stand in double brackets: [[command]].",
        "hooks.toml: file 1: it must be a table [[file]]; it is left out.",
        (
            'hooks.toml: nobody knows "commands"; there are [[command]], [[webhook]] '
            "and [[file]]."
        ),
    )


@pytest.mark.parametrize("depth", range(100, 500, 20))
def test_no_depth_of_a_value_stops_the_reading(depth: int, tmp_path: Path) -> None:
    nest = "[" * depth + "]" * depth
    entry = f'[[webhook]]\nname = "x"\nshape = {nest}\n'
    hooks, complaints = read(tmp_path, entry)
    assert not hooks
    assert len(complaints) == 1


@pytest.mark.parametrize(
    "run",
    [
        ["sh", "-c", "echo {title}"],
        ["/bin/bash", "-lc", "say '{title}'"],
        ["zsh", "-e", "-c", "{sentence}"],
        ["fish", "-c", "x {name}"],
        ["powershell.exe", "-Command", "x {name}"],
        ["pwsh", "-c", "x {name}"],
        ["cmd", "/c", "echo {title}"],
        ["CMD.EXE", "/C", "echo {title}"],
        ["C:/tell.bat", "{title}"],
    ],
    ids=lambda run: run[0],
)
def test_no_shell_is_given_what_a_page_says_as_a_program(
    run: list[str], tmp_path: Path
) -> None:
    # A list of texts is written in TOML as in Python, but for the quotes.
    words = ", ".join(f'"{word}"' for word in run)
    hooks, complaints = read(tmp_path, f'[[command]]\nname = "x"\nrun = [{words}]\n')
    assert not hooks
    assert "a shell would run what a page says" in complaints[0]


@pytest.mark.parametrize(
    "run",
    [
        ["sh", "-c", 'echo "$1"', "sh", "{title}"],
        ["sh", "-c", 'echo "$DOWNLIGHT_TITLE" ${{x}}'],
        ["sh", "say.sh", "{title}"],
        ["notify-send", "-c", "{service}"],
    ],
    ids=lambda run: run[-1],
)
def test_a_shell_may_be_given_what_a_page_says_as_data(
    run: list[str], tmp_path: Path
) -> None:
    words = ", ".join(f"'{word}'" for word in run)
    hooks, complaints = read(tmp_path, f'[[command]]\nname = "x"\nrun = [{words}]\n')
    assert complaints == ()
    assert len(hooks.commands) == 1
