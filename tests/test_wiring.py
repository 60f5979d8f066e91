"""How the parts are put together, where that can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from downlight import wiring
from downlight.core.errors import StorageError
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


def test_a_plan_names_the_services_nobody_knows() -> None:
    plan, strangers = wiring.plan(["github", "atlantis"])
    assert [service.slug for service in plan.services] == ["github"]
    assert strangers == ("atlantis",)
