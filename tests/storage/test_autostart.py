"""Start at login, in the words of each desktop; the entry itself is the truth."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.errors import StorageError
from downlight.storage import autostart
from downlight.storage.autostart import (
    LaunchAgent,
    State,
    XdgEntry,
    command,
    exec_line,
    xdg_folder,
)
from downlight.storage.run_key import APPROVED, NAME, RUN, RunKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from downlight.storage.autostart import Entry

WORDS = ("/home/ada/my apps/.venv/bin/python", "-P", "-m", "downlight", "--login")
MOVED = ("/opt/other/bin/python", *WORDS[1:])
LINE = '"/home/ada/my apps/.venv/bin/python" -P -m downlight --login'


class Keys:
    """A registry in memory; refuses when told to."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}
        self.refuses = False

    def read(self, key: str, name: str) -> str | bytes | None:
        self._may()
        return self.values.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        self._may()
        self.values[key, name] = text

    def remove(self, key: str, name: str) -> None:
        self._may()
        self.values.pop((key, name), None)

    def _may(self) -> None:
        if self.refuses:
            raise PermissionError(13, "access denied")


@pytest.fixture(params=["linux", "darwin", "win32"])
def desktop(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Callable[[tuple[str, ...]], Entry]:
    """Return what makes the switch of one desktop, for a command."""
    keys = Keys()
    makers: dict[str, Callable[[tuple[str, ...]], Entry]] = {
        "linux": lambda words: XdgEntry(words, tmp_path / "autostart"),
        "darwin": lambda words: LaunchAgent(words, tmp_path),
        "win32": lambda words: RunKey(words, keys),
    }
    return makers[request.param]


def test_it_is_off_until_switched_on_and_leaves_nothing(
    desktop: Callable[[tuple[str, ...]], Entry], tmp_path: Path
) -> None:
    entry = desktop(WORDS)
    assert entry.state().kind == "off"
    entry.switch_off()  # of nothing
    for _ in range(2):
        entry.switch_on()
        assert entry.state().is_on
        assert WORDS[0] in entry.state().runs
    where = entry.state().where
    for _ in range(2):
        entry.switch_off()
        assert entry.state() == State("off", where)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_one_that_was_moved_is_noticed_and_mended(
    desktop: Callable[[tuple[str, ...]], Entry],
) -> None:
    desktop(MOVED).switch_on()
    entry = desktop(WORDS)
    state = entry.state()
    assert state.kind == "other" and not state.is_on
    assert MOVED[0] in state.runs
    entry.switch_on()
    assert entry.state().is_on
    assert desktop(MOVED).state().kind == "other"
    desktop(MOVED).switch_off()  # whoever wrote it
    assert entry.state().kind == "off"


def test_the_entry_of_linux(tmp_path: Path) -> None:
    entry = XdgEntry(WORDS, tmp_path)
    entry.switch_on()
    text = (tmp_path / "downlight.desktop").read_text()
    assert text == (
        "[Desktop Entry]\nType=Application\nName=Downlight\n"
        "Comment=A light in the tray that knows what is down\n"
        f"Exec={LINE}\nTerminal=false\nStartupNotify=false\n"
        "X-GNOME-Autostart-enabled=true\nX-GNOME-Autostart-Delay=5\n"
    )
    assert entry.state() == State("on", str(tmp_path / "downlight.desktop"), LINE)


@pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="its program is not here"
)
def test_the_checker_of_desktop_entries_has_nothing_to_say(tmp_path: Path) -> None:
    XdgEntry(('/odd "$`\\ 100%/python', "-P"), tmp_path).switch_on()
    file = tmp_path / "downlight.desktop"
    done = subprocess.run(
        ["desktop-file-validate", file], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell reads it back")
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1)
)
def test_any_words_come_back_from_the_line(words: list[str]) -> None:
    line = exec_line(words)
    assert "\n" not in line and "\r" not in line
    plain = _unescaped(line)  # as the key file is read
    plain = plain.replace("%%", "%")  # as field codes are filled in
    # Words of a shell, as GLib takes them; "x" keeps the last line end.
    done = subprocess.run(
        ["/bin/sh", "-c", f"printf '%s\\0' {plain}"], capture_output=True, check=True
    )
    assert done.stdout.decode().split("\0")[:-1] == words


def _unescaped(line: str) -> str:
    signs = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    out, rest = "", iter(line)
    for sign in rest:
        out += signs[next(rest)] if sign == "\\" else sign
    return out


@pytest.mark.parametrize("switched", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_the_desktops_own_switch_counts(switched: str, tmp_path: Path) -> None:
    entry = XdgEntry(WORDS, tmp_path)
    key = switched.partition("=")[0]
    lines = [row for row in entry.text.splitlines() if not row.startswith(key)]
    entry.path.write_text("\n".join([*lines, switched, ""]))
    assert entry.state().kind == "off"
    entry.switch_on()
    assert entry.state().is_on


def test_what_a_person_adds_to_the_entry_stays(tmp_path: Path) -> None:
    entry = XdgEntry(WORDS, tmp_path)
    theirs = entry.text.replace("Delay=5", "Delay=30") + "# mine\n[Other]\nExec=no\n"
    entry.path.write_text(theirs)
    entry.switch_on()
    assert entry.path.read_text() == theirs


@pytest.mark.parametrize(
    "text", ["", "\0\xff", "[Other]\nExec=x", "[Desktop Entry]\nExec"]
)
def test_an_entry_that_starts_nothing_is_off(text: str, tmp_path: Path) -> None:
    entry = XdgEntry(WORDS, tmp_path)
    entry.path.write_text(text, "latin-1")
    assert entry.state().kind == "off"


def test_the_folder_of_linux_is_the_one_the_person_has() -> None:
    home = Path("/home/ada")
    assert xdg_folder({}, home) == Path("/home/ada/.config/autostart")
    assert xdg_folder({"XDG_CONFIG_HOME": "here"}, home) == xdg_folder({}, home)
    said = xdg_folder({"XDG_CONFIG_HOME": "/etc/ada"}, home)
    assert said == Path("/etc/ada/autostart")


def test_the_agent_of_macos(tmp_path: Path) -> None:
    entry = LaunchAgent(WORDS, tmp_path)
    entry.switch_on()
    path = tmp_path / "Library" / "LaunchAgents" / "downlight.plist"
    assert plistlib.loads(path.read_bytes()) == {
        "Label": "downlight",
        "ProgramArguments": list(WORDS),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
    }
    assert entry.state() == State("on", str(path), " ".join(WORDS))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no list",
        b"bplist00" + b"\xff" * 40,
        plistlib.dumps([1]),
        plistlib.dumps({"Label": "downlight"}),
        plistlib.dumps({"ProgramArguments": list(WORDS), "Disabled": True}),
    ],
)
def test_an_agent_that_starts_nothing_is_off(body: bytes, tmp_path: Path) -> None:
    entry = LaunchAgent(WORDS, tmp_path)
    entry.path.parent.mkdir(parents=True)
    entry.path.write_bytes(body)
    assert entry.state().kind == "off"


def test_the_value_of_windows() -> None:
    keys = Keys()
    python = r"C:\Users\Ada L\app\.venv\Scripts\pythonw.exe"
    entry = RunKey((python, "-P", "-m", "downlight", "--login"), keys)
    entry.switch_on()
    line = f'"{python}" -P -m downlight --login'
    assert keys.values == {(RUN, NAME): line}
    assert entry.state() == State("on", rf"HKEY_CURRENT_USER\{RUN}\{NAME}", line)


def test_the_switch_of_the_task_manager_counts() -> None:
    keys = Keys()
    entry = RunKey(WORDS, keys)
    entry.switch_on()
    keys.values[APPROVED, NAME] = b"\x03" + bytes(11)
    assert entry.state().kind == "off"
    keys.values[APPROVED, NAME] = b"\x02" + bytes(11)
    assert entry.state().is_on
    keys.values[APPROVED, NAME] = b"\x03" + bytes(11)
    entry.switch_on()
    assert entry.state().is_on
    keys.values[APPROVED, NAME] = b"\x02" + bytes(11)
    entry.switch_off()
    assert keys.values == {}


def test_a_command_too_long_for_windows_is_refused() -> None:
    keys = Keys()
    with pytest.raises(StorageError) as error:
        RunKey(("C:\\" + "a" * 260,), keys).switch_on()
    assert error.value.words == (
        "Cannot start at login. Downlight lies too deep for Windows: move it to a "
        "shorter path."
    )
    assert keys.values == {}


def test_a_registry_that_refuses_is_said_in_words() -> None:
    keys = Keys()
    keys.refuses = True
    entry = RunKey(WORDS, keys)
    for act in (entry.state, entry.switch_on, entry.switch_off):
        with pytest.raises(StorageError) as error:
            act()
        assert error.value.title == "The registry refuses"


@pytest.mark.parametrize("kind", [XdgEntry, LaunchAgent])
def test_a_place_that_cannot_be_written_is_said_in_words(
    kind: Callable[..., XdgEntry | LaunchAgent], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    for entry in (kind(WORDS, file), kind(WORDS, tmp_path)):
        if entry.path.parent != file and file not in entry.path.parents:
            entry.path.mkdir(parents=True)  # a folder in the entry's place
        for act in (entry.state, entry.switch_on, entry.switch_off):
            with pytest.raises(StorageError) as error:
                act()
            assert error.value.title == "Folder not writable"
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_what_is_started_is_this_python_and_this_folder(tmp_path: Path) -> None:
    python = tmp_path / "python.exe"
    plain = ("-P", "-m", "downlight", "--login")
    for system in ("linux", "darwin", "win32"):
        assert command(None, str(python), system) == (str(python), *plain)
    (tmp_path / "pythonw.exe").touch()
    assert command(None, str(python), "win32")[0] == str(tmp_path / "pythonw.exe")
    kept = command(tmp_path, str(python), "linux")
    assert kept[4:] == ("--data", str(tmp_path), "--login")
    with pytest.raises(StorageError, match="empty"):
        command(None, "", "linux")


def test_each_desktop_gets_its_own_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    linux = autostart.entry(None, "linux")
    assert isinstance(linux, XdgEntry)
    assert linux.path == tmp_path / "autostart" / "downlight.desktop"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert isinstance(autostart.entry(None, "darwin"), LaunchAgent)
    if os.name != "nt":
        with pytest.raises(StorageError):
            autostart.entry(None, "win32")
