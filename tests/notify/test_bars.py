"""Files that status bars read."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from downlight.core.evidence.verdict import Verdict
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import ServiceView, Snapshot
from downlight.core.service import Service
from downlight.core.telling.hooks import Bar, BarShape
from downlight.notify.bars import TEXT_LENGTH, Bars, Glance, glance, render, stopped
from downlight.notify.record import Turns
from tests.notify.events import NOON
from tests.notify.hostile import HOSTILE, brief

if TYPE_CHECKING:
    from pathlib import Path

SHAPES: tuple[BarShape, ...] = get_args(BarShape)


def view(name: str, level: Level | None) -> ServiceView:
    service = Service(ServiceSlug(name.lower()), name, "other", ())
    return ServiceView(service, Verdict(level), (), since=NOON - timedelta(hours=1))


def state(*levels: Level | None, **more: object) -> Snapshot:
    names = ("Chat", "Mail", "Maps")
    views = tuple(view(name, level) for name, level in zip(names, levels, strict=False))
    return Snapshot(NOON, views, **more)  # type: ignore[arg-type] # fields of it


@pytest.mark.parametrize(
    ("snapshot", "word", "text"),
    [
        (state(), "unknown", "Not known"),
        (state(None), "unknown", "Not known"),
        (state(Level.OPERATIONAL, None), "unknown", "Not known"),
        (state(Level.OPERATIONAL, Level.OPERATIONAL), "well", "All well"),
        (state(Level.OPERATIONAL, Level.MAINTENANCE), "maintenance", "Maintenance"),
        (state(None, Level.DEGRADED), "troubled", "Mail: troubled"),
        (state(Level.DEGRADED, Level.PARTIAL), "partly-down", "Mail: partly down +1"),
        (state(Level.MAJOR), "down", "Chat: down"),
        (state(Level.MAJOR, online=False), "offline", "Offline"),
        (state(Level.OPERATIONAL, trouble="Oh."), "unknown", "Monitoring stopped"),
    ],
)
def test_a_state_is_a_word_and_a_short_text(
    snapshot: Snapshot, word: str, text: str
) -> None:
    it = glance(snapshot)
    assert (it.word, it.text) == (word, text)


def test_pointed_at_it_says_more_and_what_is_wrong_with_the_line() -> None:
    it = glance(state(Level.MAJOR, line="The name server is silent"))
    assert it.tip[0] == "The name server is silent."
    assert "Chat is down" in it.tip[1]


ODD = Glance("down", "a <b> & | %{F#f00}", ("one | two", "<i>&"))


def test_waybar_reads_json_with_markup_escaped() -> None:
    assert json.loads(render(ODD, "waybar")) == {
        "text": "a &lt;b&gt; &amp; | %{F#f00}",
        "alt": "down",
        "tooltip": "one | two\n&lt;i&gt;&amp;",
        "class": "down",
    }


def test_i3status_reads_json_in_the_words_of_both_its_bars() -> None:
    assert json.loads(render(ODD, "i3status")) == {
        "full_text": "a <b> & | %{F#f00}",
        "short_text": "a <b> & | %{F#f00}",
        "name": "downlight",
        "urgent": True,
        "text": "a &lt;b&gt; &amp; | %{F#f00}",
        "state": "Critical",
    }
    assert json.loads(render(stopped(), "i3status"))["state"] == "Idle"


def test_polybar_reads_a_line_without_orders() -> None:
    assert render(ODD, "polybar") == "a <b> & | % {F#f00}\n"


def test_xbar_reads_a_title_and_a_menu_without_orders() -> None:
    assert render(ODD, "xbar") == "a <b> & ¦ %{F#f00}\n---\none ¦ two\n<i>&\n"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", HOSTILE, ids=brief)
def test_whatever_a_service_is_called_the_file_is_sound(
    shape: BarShape, name: str
) -> None:
    service = Service(ServiceSlug("x"), name, "other", ())
    snapshot = Snapshot(NOON, (ServiceView(service, Verdict(Level.MAJOR), ()),))
    text = render(glance(snapshot), shape)
    assert text.endswith("\n")
    if shape in {"waybar", "i3status"}:
        assert isinstance(json.loads(text), dict)
        assert text.count("\n") == 1
    if shape == "polybar":
        assert len(text) <= TEXT_LENGTH + 2
        assert text.count("\n") == 1
    if shape == "xbar":
        assert text.split("\n")[1] == "---"


def bars(*paths: Path) -> Bars:
    them = [Bar(f"bar{n}", str(path), "polybar") for n, path in enumerate(paths)]
    return Bars(them, Turns())


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "bar"
    it = bars(file)
    it.show(glance(state(Level.OPERATIONAL)))
    with file.open(encoding="utf-8") as old:
        it.show(glance(state(Level.MAJOR)))
        # Who reads it just now has the old one, whole.
        assert old.read() == "All well\n"
    assert file.read_text("utf-8") == "Chat: down\n"
    assert [path.name for path in file.parent.iterdir()] == ["bar"]


def test_what_has_not_changed_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "bar"
    it = bars(file)
    it.show(glance(state(Level.OPERATIONAL)))
    first = file.stat()
    it.show(glance(state(Level.OPERATIONAL)))
    assert file.stat().st_ino == first.st_ino


def test_what_is_no_plain_file_is_left_alone_and_the_others_are_written(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "file").touch()
    it = bars(
        tmp_path / "folder", tmp_path / "fifo", tmp_path / "file/x", tmp_path / "good"
    )
    it.show(stopped())
    it.show(stopped())
    assert (tmp_path / "good").read_text("utf-8") == "Downlight is off\n"
    assert (tmp_path / "fifo").is_fifo()
    assert len(caplog.records) == 3
    assert not list(tmp_path.glob(".*"))


def test_once_it_can_be_written_it_is(tmp_path: Path) -> None:
    file = tmp_path / "bar"
    file.mkdir()
    it = bars(file)
    it.show(stopped())
    file.rmdir()
    it.show(stopped())
    assert file.read_text("utf-8") == "Downlight is off\n"
