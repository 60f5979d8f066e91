"""How the parts are put together, where that can go wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from downlight import wiring
from downlight.core.errors import StorageError
from downlight.core.level import Level
from downlight.core.model import Place, Selection, ServiceSlug
from downlight.core.settings import Settings
from downlight.core.telling import quiet
from downlight.core.telling.policy import Wanted, Wishes
from downlight.engine import recording
from downlight.storage import paths
from downlight.storage.resources import resource
from tests.engine.world import START, incident, info, report, service


def test_a_disk_that_cannot_be_written_is_no_reason_not_to_watch(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    places = paths.places(tmp_path / "file")
    with wiring.open_journal(places)() as journal:
        assert "Nothing is remembered after you quit." in journal.trouble
        assert journal.events() == ()
    tape = recording.load(resource("recordings") / "whatsapp-2022-10-25")
    with pytest.raises(StorageError):
        wiring.open_journal(places, tape)()


def test_a_plan_names_the_services_nobody_knows(tmp_path: Path) -> None:
    plan, strangers = wiring.plan(["github", "atlantis"], wiring.open_home(tmp_path))
    assert [service.slug for service in plan.services] == ["github"]
    assert strangers == ("atlantis",)


def test_what_a_person_chose_is_what_the_policy_goes_by(tmp_path: Path) -> None:
    home = wiring.open_home(tmp_path)
    assert wiring.wishes(home.settings) == Wishes()
    (tmp_path / "settings.toml").write_text(
        'notify = false\nnotify_floor = "partly"\nquiet_hours = ["22:00-07:00"]\n'
        'quiet_floor = "down"\nmost_per_hour = 2\n'
        'hold_while_busy = false\n[notify_when]\ngithub = "end"\n'
    )
    assert wiring.wishes(wiring.open_home(tmp_path).settings) == Wishes(
        notify=False,
        wanted={ServiceSlug("github"): Wanted.END},
        floor=Level.PARTIAL,
        quiet=(quiet.parse("22:00-07:00"),),
        quiet_floor=Level.MAJOR,
        most=2,
        hold_while_busy=False,
    )


OWN = """
[[service]]
slug = "acme"
name = "Acme"
category = "other"
sources = [{ family = "statuspage", url = "http://127.0.0.1:9" }]
"""


def test_what_a_person_added_is_watched_with_the_parts_he_chose(tmp_path: Path) -> None:
    (tmp_path / "services.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "settings.toml").write_text('[parts]\nacme = ["Mail"]\n', "utf-8")
    home = wiring.open_home(tmp_path)
    assert home.complaints == ()
    plan, strangers = wiring.plan(["acme"], home)
    whole, _ = wiring.plan(["acme"], home, whole=True)
    assert strangers == ()
    assert plan.services[0].feeds[0].selection.components == {"Mail"}
    assert whole.services[0].feeds[0].selection == Selection()
    assert wiring.whole_catalog(home).service("acme") is not None
    assert wiring.whole_catalog().service("acme") is None


def test_a_broken_file_of_ones_own_is_named_and_the_rest_is_watched(
    tmp_path: Path,
) -> None:
    (tmp_path / "services.toml").write_text("[[service]\n", encoding="utf-8")
    home = wiring.open_home(tmp_path)
    assert "services.toml" in home.complaints[0]
    assert len(wiring.plan(home.settings.watch, home)[0].services) == 2
    assert (tmp_path / "services.toml").read_text("utf-8") == "[[service]\n"


@pytest.mark.parametrize(
    "source",
    [
        '{ family = "http-check", url = "https://a.test", options = { every = "x" } }',
        '{ family = "tcp-check", url = "tcp://a.example:99999" }',
        '{ family = "statuspage", url = "tcp://[1:::2]:80" }',
    ],
)
def test_a_source_of_ones_own_that_cannot_be_asked_is_named_and_left_out(
    tmp_path: Path, source: str
) -> None:
    entry = f"""
[[service]]
slug = "odd"
name = "Odd"
category = "other"
sources = [{source}]
"""
    (tmp_path / "services.toml").write_text(OWN + entry, encoding="utf-8")
    home = wiring.open_home(tmp_path)
    assert len(home.complaints) == 1
    assert "Odd" in home.complaints[0]
    plan, strangers = wiring.plan(["acme", "odd"], home)
    assert [service.slug for service in plan.services] == ["acme"]
    assert strangers == ("odd",)


def test_without_a_hooks_file_nothing_is_made_or_imported_for_hooks(
    tmp_path: Path,
) -> None:
    assert wiring.errands(wiring.open_home(tmp_path), ()) == (None, ())
    code = (
        "import pathlib, sys\n"
        "from downlight import wiring\n"
        "home = wiring.open_home(pathlib.Path(sys.argv[1]))\n"
        "wiring.errands(home, ())\n"
        "parts = ('notify.hooks', 'storage.outbox', 'storage.hooks_file')\n"
        "print([part for part in parts if f'downlight.{part}' in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(Path(wiring.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_faults_of_the_hooks_file_are_said_and_the_rest_is_run(tmp_path: Path) -> None:
    file = tmp_path / "hooks.toml"
    file.write_text('[[command]]\nname = "Bad"\n', "utf-8")
    home = wiring.open_home(tmp_path)
    errands, (complaint,) = wiring.errands(home, ())
    assert errands is None
    assert complaint.startswith("hooks.toml: command 1: name must be")
    file.write_text('[[command]]\nname = "good"\nrun = ["true"]\n', "utf-8")
    made, complaints = wiring.errands(home, (), wiring.open_journal(home.places))
    assert made is not None
    assert complaints == ()
    made.start()
    assert made.stop()
    assert home.places.outbox.is_file()


def test_hooks_are_run_from_memory_where_the_disk_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    outbox = wiring.open_outbox(paths.places(tmp_path / "file"))
    assert outbox is not None
    assert outbox.waiting() == ()
    outbox.close()


def test_trouble_counts_where_a_person_is_and_in_what_else_he_named() -> None:
    germany = replace(incident(), places=(Place("DE", "Germany"),))
    for also, level in (((), Level.OPERATIONAL), (("DE",), Level.MAJOR)):
        ledger = wiring.ledger(Settings(also_in=also), "TR")
        ledger.adopt([service("page")], [info()])
        ledger.take(report(START, Level.MAJOR, germany))
        [view] = ledger.snapshot(START).services
        assert view.verdict.level is level


def test_what_is_written_about_a_service_is_read_when_it_is_asked_for() -> None:
    found = wiring.about_service(ServiceSlug("whatsapp"))
    assert found is not None
    assert found.questions
    assert wiring.about_service(ServiceSlug("gitlab")) is None
