"""How the parts are put together, where that can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from downlight import wiring
from downlight.core.errors import StorageError
from downlight.core.model import Selection
from downlight.engine import recording
from downlight.storage import paths
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from pathlib import Path


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
