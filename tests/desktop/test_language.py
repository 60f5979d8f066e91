"""The real program speaks the language that its settings or the system name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desktop.notices import Notices
from tests.desktop.program import explained, show
from tests.desktop.recordings import NAME, SOON, record
from tests.desktop.session import Desktop

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.desktop, pytest.mark.timeout(120)]

SPEED = "240"


@pytest.mark.parametrize(
    ("chosen", "system", "began", "open_"),
    [
        ("tr", "C.UTF-8", f"{NAME} çalışmıyor", "Aç"),
        ("", "tr_TR.UTF-8", f"{NAME} çalışmıyor", "Aç"),
        ("en", "tr_TR.UTF-8", f"{NAME} is down", "Open"),
    ],
)
def test_notifications_speak_it(
    tmp_path: Path, chosen: str, system: str, began: str, open_: str
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text(f'language = "{chosen}"\n', "utf-8")
    recording = record(tmp_path / "outage", SOON)
    with (
        Desktop(panel="none", secret=False) as box,
        Notices(box.address) as notices,
        explained(box),
    ):
        box.environ["LANG"] = system
        show(box, data, recording, SPEED)
        notices.wait("word of it", lambda: notices.seen)
        assert notices.seen[0].summary.startswith(began)
        assert notices.seen[0].actions["default"] == open_
