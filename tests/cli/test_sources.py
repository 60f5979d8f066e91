"""``doctor --sources``: how each watched source is doing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from downlight import wiring
from downlight.cli import main
from downlight.core.health import Health, Kept
from downlight.core.model import SourceId
from downlight.storage.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NOBODY = "http://127.0.0.1:9"
ID = SourceId(f"statuspage:{NOBODY}")
OWN = f"""
[[service]]
slug = "acme"
name = "Acme"
category = "other"
sources = [{{ family = "statuspage", url = "{NOBODY}" }}]
"""


def furnish(folder: Path) -> None:
    """Let one service be watched, of a host that refuses."""
    (folder / "services.toml").write_text(OWN, encoding="utf-8")
    (folder / "settings.toml").write_text('watch = ["acme"]\n', encoding="utf-8")


def test_a_source_that_refuses_is_named_with_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    furnish(tmp_path)
    assert main(["--data", str(tmp_path), "doctor", "--sources"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert said == "fails Acme's status page Connection refused."


def test_what_the_running_light_has_written_down_is_told_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    furnish(tmp_path)
    now = datetime.now(UTC)
    health = Health(
        day=now.date(),
        requests=96,
        received=1_400_000,
        answers=90,
        unchanged=81,
        moved="https://status.acme.example",
        answered=now - timedelta(hours=2),
    )
    kept = Kept(now, health, 6, "Name not found", "", now - timedelta(hours=2), now)
    with Journal.open(wiring.open_home(tmp_path).places.journal) as journal:
        journal.write_health({ID: kept})
    assert main(["--data", str(tmp_path), "doctor", "--sources", "--json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)
    assert row["works"] is False
    assert row["trouble"] == "Connection refused."
    assert row["moved"] == "https://status.acme.example"
    running = row["running"]
    assert running["failures"] == 6
    assert running["requests_today"] == 96
    assert running["bytes_today"] == 1_400_000
    assert running["unchanged_share"] == 0.9
    assert main(["--data", str(tmp_path), "doctor", "--sources"]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "96 requests, 1.4 MB; 90 % brought nothing new" in said
    assert "Name not found" in said
    assert "status.acme.example" in said


def test_nothing_watched_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text("watch = []\n", encoding="utf-8")
    assert main(["--data", str(tmp_path), "doctor", "--sources"]) == 1
    assert capsys.readouterr().out == "Nothing is watched.\n"
