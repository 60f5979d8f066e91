"""Services of one's own at the terminal: looked at, shown, kept, forgotten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from downlight.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
PYTHON = os.environ.get("DOWNLIGHT_PYTHON", sys.executable)
SUMMARY = "/api/v2/summary.json"
OUTAGE = (FIXTURES / "statuspage" / "outage.json").read_bytes()
SHELL = b"<!doctype html><title>Acme Status</title><div id=app></div>"


NOWHERE = "http://127.0.0.1:9"
"""A proxy nobody runs: every request but to this computer is refused at once."""


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, NOWHERE)
        monkeypatch.setenv(name.lower(), NOWHERE)


@dataclass
class Site:
    """A host of one's own."""

    port: int = 0
    bodies: dict[str, bytes] = field(default_factory=dict)
    rest: bytes | None = None
    """What every other address answers; None for 404."""

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def site() -> Iterator[Site]:
    here = Site()

    class Visit(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = here.bodies.get(self.path, here.rest)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Visit) as server:
        here.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield here
        server.shutdown()
        thread.join()


@dataclass
class Run:
    """Runs verbs over one folder of data, and tells what they said."""

    data: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str) -> tuple[int, str, str]:
        status = main(["--data", str(self.data), *words])
        said = self.capsys.readouterr()
        return status, said.out, said.err

    def json(self, *words: str) -> Any:  # noqa: ANN401 - whatever a verb prints
        status, out, err = self(*words, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    @property
    def file(self) -> Path:
        """Where one's own services are kept."""
        return self.data / "services.toml"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(tmp_path, capsys)


@pytest.fixture
def acme(site: Site) -> Site:
    site.bodies = {"/": SHELL, SUMMARY: OUTAGE}
    return site


def test_what_is_there_is_shown_and_watched(acme: Site, run: Run) -> None:
    status, out, err = run("add", acme.url(), "--name", "Acme")
    assert (status, err) == (0, "")
    first, *_, last = out.splitlines()
    assert first == "Acme  read as statuspage"
    assert "Mail to Europe is not arriving" in out
    assert last == "Acme is watched."
    assert acme.url().rstrip("/") in run.file.read_text()
    assert '"acme"' in (run.data / "settings.toml").read_text()
    status, out, _ = run("status", "acme")
    assert status != 3
    assert "Acme" in out


def test_a_look_changes_nothing(acme: Site, run: Run) -> None:
    status, out, _ = run("add", acme.url(), "--look")
    assert status == 0
    assert "read as statuspage" in out
    assert "is watched" not in out
    assert list(run.data.iterdir()) == []


def test_machines_get_one_object_that_says_what_was_saved(acme: Site, run: Run) -> None:
    looked = run.json("add", acme.url(), "--name", "Acme", "--look")
    assert looked["saved"] is False
    assert list(run.data.iterdir()) == []
    added = run.json("add", acme.url(), "--name", "Acme")
    assert {**added, "saved": False} == looked
    assert (added["saved"], added["slug"], added["families"]) == (
        *(True, "acme"),
        ["statuspage"],
    )
    assert added["level"] == "major_outage"
    assert {c["name"] for c in added["components"]} > {"Inbound", "Outbound"}


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="it needs a terminal")
@pytest.mark.parametrize(("answer", "status"), [("n", 1), ("y", 0), ("", 0)])
def test_a_person_is_asked_before_anything_is_saved(
    answer: str, status: int, acme: Site, tmp_path: Path
) -> None:
    ours, theirs = os.openpty()
    with open(ours, "r+b", buffering=0) as keys, open(theirs, "rb") as terminal:  # noqa: PTH123 - they are open already
        keys.write(f"{answer}\n".encode())
        ended = subprocess.run(
            [PYTHON, "-m", "downlight", "--data", str(tmp_path), "add", acme.url()],
            stdin=terminal,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"PYTHONPATH": str(ROOT / "app")},
        )
    assert (ended.returncode, ended.stderr) == (status, "")
    assert "read as statuspage" in ended.stdout.split("[Y/n]")[0]
    assert (tmp_path / "services.toml").exists() is (status == 0)
    assert ("Nothing was changed." in ended.stdout) is (status == 1)


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        (SHELL, "a web page where data would be"),
        (None, "HTTP 404"),
        (b'{"hello": "world"}', "None of the forms Downlight knows"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    rest: bytes | None, words: str, site: Site, run: Run
) -> None:
    site.rest = rest
    status, out, err = run("add", site.url(), "--yes")
    assert (status, out) == (3, "")
    assert err.startswith("downlight: No status page we can read: 127.0.0.1\n")
    assert words in err
    assert "--check" in err
    assert list(run.data.iterdir()) == []


def test_a_host_that_is_not_there_is_said(run: Run) -> None:
    status, out, err = run("add", "http://127.0.0.1:9/", "--yes")
    assert (status, out) == (3, "")
    assert err.startswith("downlight: Connection refused: 127.0.0.1")


def test_plain_text_over_the_net_is_refused(run: Run) -> None:
    status, _, err = run("add", "http://status.acme.example/")
    assert status == 3
    assert "only over https" in err


def test_a_family_that_is_none_is_refused(acme: Site, run: Run) -> None:
    status, _, err = run("add", acme.url(), "--family", "teapot")
    assert status == 3
    assert "No such family" in err


def test_a_service_of_the_catalog_is_watched_by_its_name(run: Run) -> None:
    assert run("add", "github") == (0, "GitHub is watched.\n", "")
    assert "github" in (run.data / "settings.toml").read_text()
    assert not run.file.exists()


def test_the_same_address_is_not_added_twice(acme: Site, run: Run) -> None:
    run("add", acme.url(), "--name", "Acme")
    before = run.file.read_text()
    again = run.json("add", acme.url())
    assert again["slug"] == "acme"
    assert run.file.read_text() == before


def test_a_check_is_added_as_such(acme: Site, run: Run) -> None:
    found = run.json(
        *("add", acme.url(), "--check", "--expect-text", "Acme", "--every", "60")
    )
    assert (found["families"], found["level"]) == (["http-check"], "operational")
    assert "expect_text" in run.file.read_text()
    found = run.json("add", acme.url(), "--check", "--expect-text", "Nobody", "--look")
    assert found["level"] not in {"operational", None}
    place = acme.url("").removeprefix("http://")
    found = run.json("add", f"tcp://{place}", "--name", "Socket")
    assert (found["families"], found["level"]) == (["tcp-check"], "operational")
    found = run.json("add", "dns://localhost", "--look")
    assert found["families"] == ["dns-check"]


def test_a_check_that_makes_no_sense_is_refused(acme: Site, run: Run) -> None:
    status, _, err = run("add", acme.url(), "--check", "--every", "1")
    assert status == 3
    assert "every" in err
    assert list(run.data.iterdir()) == []


def test_a_file_with_a_broken_line_is_left_as_it_is(acme: Site, run: Run) -> None:
    broken = '[[service]]\nslug = "attic\n'
    run.file.write_text(broken)
    status, _, err = run("add", acme.url(), "--name", "Acme", "--yes")
    assert status == 3
    assert "services.toml" in err
    assert run.file.read_text() == broken
    assert run("status", "github")[0] == 3  # the others are watched all the same
    assert run.file.read_text() == broken


def test_what_was_added_is_forgotten_when_it_is_removed(acme: Site, run: Run) -> None:
    run("add", acme.url(), "--name", "Acme", "--part", "Outbound")
    run("add", "github")
    assert run("remove", "acme") == (0, "acme is not watched any more.\n", "")
    assert "acme" not in run.file.read_text()
    settings = (run.data / "settings.toml").read_text()
    assert "acme" not in settings
    assert "github" in settings
    status, _, err = run("remove", "acme")
    assert status == 3
    assert "Not watched" in err


def test_a_part_nobody_names_is_said(acme: Site, run: Run) -> None:
    found = run.json("add", acme.url(), "--part", "Kitchen", "--look")
    assert any("no part “Kitchen”" in note for note in found["notes"])


def test_parts_are_listed_chosen_and_all_taken_back(acme: Site, run: Run) -> None:
    run("add", acme.url(), "--name", "Acme")
    every = run.json("parts", "acme")
    assert all(part["counts"] for part in every)
    status, out, _ = run("parts", "acme", "webm")
    assert (status, out) == (0, "Of Acme these count: Webmail.\n")
    counting = [part["name"] for part in run.json("parts", "acme") if part["counts"]]
    assert counting == ["Webmail"]
    status, out, _ = run("parts", "acme")
    assert status == 0
    assert "× " in out
    assert run("parts", "acme", "--all")[:2] == (0, "Every part of Acme counts.\n")
    assert run.json("parts", "acme") == every


def test_a_part_that_is_not_told_apart_is_refused(acme: Site, run: Run) -> None:
    run("add", acme.url(), "--name", "Acme")
    for words, title in (("bound", "More than one part"), ("Kitchen", "No such part")):
        status, _, err = run("parts", "acme", words)
        assert status == 3
        assert title in err
    assert run("parts", "castle")[0] == 3


def test_a_service_without_parts_says_so(site: Site, run: Run) -> None:
    site.rest = (FIXTURES / "rss" / "open.xml").read_bytes()
    run("add", site.url("/feed.xml"), "--name", "Feed")
    assert run("parts", "feed")[:2] == (0, "Feed names no parts.\n")


def test_the_keys_are_listed_and_a_wrong_one_refused(run: Run) -> None:
    status, out, _ = run("key")
    assert status == 0
    assert "riot" in out
    status, _, err = run("key", "skeleton")
    assert status == 3
    assert "No such key" in err
    assert "riot" in err


def test_a_key_is_read_from_what_is_piped_in_and_goes_to_the_keyring_alone(
    tmp_path: Path,
) -> None:
    environ = os.environ | {
        "PYTHONPATH": str(ROOT / "app"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    command = [PYTHON, "-m", "downlight", "--data", str(tmp_path), "key", "riot"]
    for said, status in (("", 1), ("a-made-up-token\n", 3)):
        ended = subprocess.run(
            command,
            input=said,
            capture_output=True,
            text=True,
            check=False,
            env=environ,
        )
        assert ended.returncode == status
        assert "made-up" not in ended.stdout + ended.stderr
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("githb", "Did you mean: github"),
        ("qwertzuiop", "Give the address of its status page"),
    ],
)
def test_a_name_nobody_knows_is_not_taken_for_a_host(
    words: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "add", words]) == 3
    said = capsys.readouterr().err
    assert "No such service" in said
    assert hint in said
    assert not list(tmp_path.iterdir())


def test_planned_work_is_listed_and_written_as_a_calendar(
    acme: Site, run: Run, tmp_path: Path
) -> None:
    run("add", acme.url(), "--name", "Acme")
    assert run("maintenance", "acme")[:2] == (0, "Acme names no planned work.\n")
    file = tmp_path / "work.ics"
    status, out, _ = run("maintenance", "acme", "--ics", str(file))
    assert (status, out) == (0, "Acme names no planned work with a date.\n")
    assert not file.exists()
    acme.bodies[SUMMARY] = (FIXTURES / "statuspage" / "maintenance.json").read_bytes()
    status, out, _ = run("maintenance", "acme")
    first, *rest = out.splitlines()
    assert (status, len(rest)) == (0, 2)
    assert first.startswith("being checked")
    assert run("maintenance", "acme", "--ics", str(file))[0] == 0
    written = file.read_bytes()
    assert written.count(b"BEGIN:VEVENT") == 3
    assert b"DTSTART:20261009T080000Z\r\n" in written
    status, _, err = run("maintenance", "acme", "--ics", str(tmp_path))
    assert status == 3
    assert "The calendar cannot be written" in err


def test_planned_work_that_cannot_be_asked_for_is_not_called_none(
    acme: Site, run: Run
) -> None:
    run("add", acme.url(), "--name", "Acme")
    acme.bodies = {}
    status, out, err = run("maintenance", "acme")
    assert (status, out) == (3, "")
    assert "could be read" in err
    assert "No such service" in run("maintenance", "castle")[2]


def test_who_has_no_official_page_is_not_said_to_plan_nothing(
    acme: Site, run: Run
) -> None:
    run("add", acme.url(), "--check", "--name", "Acme")
    assert run("maintenance", "acme")[:2] == (
        0,
        "Acme has no official page that would name any.\n",
    )
