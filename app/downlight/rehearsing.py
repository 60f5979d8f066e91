"""When a person's rules would have told of the outages that come with Downlight.

Each is played by a process of its own (`downlight backtest`): it keeps a processor
busy for seconds, and that must not be felt in the window.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from downlight.core.errors import RecordingError
from downlight.core.preferences import Rehearsal
from downlight.core.speech import mark, tr
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT: Final = timedelta(minutes=2)
"""Longest play of one recording; they take seconds."""
_UNSEEN: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows would open a console for each."""


def rehearse(data: Path | None, recordings: Path | None = None) -> list[Rehearsal]:
    """Play every recording by a person's rules; waits until all are done.

    Args:
        data: The folder with the settings; None for the system's usual places.
        recordings: Where they lie; None: those that come with Downlight.

    Raises:
        RecordingError: One of them cannot be played.
        StorageError: They were not shipped.
    """
    place = recordings or resource("recordings")
    folders = sorted(child for child in place.iterdir() if child.is_dir())
    return [found for folder in folders for found in _of(_played(folder, data))]


def _played(folder: Path, data: Path | None) -> dict[str, Any]:
    kept = () if data is None else ("--data", str(data))
    words = (sys.executable, "-P", "-m", "downlight", *kept, "backtest", str(folder))
    ours = str(Path(__file__).parents[1])
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            (*words, "--json"),
            env={**os.environ, "PYTHONPATH": ours},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT.total_seconds(),
            creationflags=_UNSEEN,
            check=True,
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        failure = RecordingError(f"{folder.name}: {type(error).__name__}")
        failure.title = mark("Not played")
        failure.hint = tr(
            "{name} could not be played; the terminal says more.", name=folder.name
        )
        raise failure from error
    return said


def _of(said: dict[str, Any]) -> Iterator[Rehearsal]:
    """Yield how each outage would have been told."""
    for service in said["services"]:
        yours = service["yours"]
        false = len(yours["false_alarms"] or ())
        for hit in yours["outages"] or ():
            yield Rehearsal(
                title=said["recording"],
                service=service["name"],
                told=hit["told_at"] is not None,
                late=_span(hit["late"]),
                end_late=_span(hit["end_late"]),
                false=false,
            )
            false = 0  # counted once


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
