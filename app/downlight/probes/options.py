"""What the three plain checks are told: an address, an interval, what to expect."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.errors import CatalogError, Unreachable
from downlight.core.level import Level
from downlight.core.model import Check, Report
from downlight.core.result import result_of
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.speech import mark

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.model import SourceId
    from downlight.core.source import SourceSpec

NOTE: Final = mark(
    "Tried from this computer: what fails may be the line, not the service."
)
SHORTEST: Final = 30
"""Seconds: nobody is asked more often."""
LONGEST: Final = 86_400
"""Seconds: a day."""
USUAL: Final = 300
"""Seconds, where nothing was said."""


def number(spec: SourceSpec, name: str, value: str, least: int, most: int) -> int:
    """Return ``value`` as a whole number; blanks around it do not count.

    Raises:
        CatalogError: It is none, or not between ``least`` and ``most``.
    """
    value = value.strip()
    plain = value.isascii() and value.isdigit() and len(value) < len(str(most)) + 1
    if not plain or not least <= int(value) <= most:
        raise CatalogError(f"{spec.id}: {name}: from {least} to {most}, not {value!r}")
    return int(value)


def described(spec: SourceSpec, url: str) -> SourceInfo:
    """Return what is said of a check.

    Args:
        spec: What the catalog says; option ``every``: seconds between two tries.
        url: What is tried.

    Raises:
        CatalogError: The interval is none, or too short.
    """
    named = spec.option("every", str(USUAL))
    seconds = number(spec, "every", named, SHORTEST, LONGEST)
    every = timedelta(seconds=seconds)
    return SourceInfo.of(
        spec,
        kind="measured",
        cadence=Cadence(
            every=every,
            quick=min(every, timedelta(minutes=1)),
            ceiling=max(every, timedelta(hours=1)),
        ),
        page=url if url.startswith("https://") else "",
        urls=(url,),
        note=NOTE,
    )


def told(source: SourceId, at: datetime, check: Check) -> Report:
    """Return what one try says.

    Silence has no level: it is for the verdict to weigh for how long. An answer
    that is not the expected one is "degraded" and never worse, since what is
    wrong with it is not for us to say.
    """
    level: Level | None = Level.OPERATIONAL
    if check.took is None:
        level = None
    elif check.trouble:
        level = Level.DEGRADED
    return Report(source, at, level=level, checks=(check,))


def silent(target: str, error: Unreachable) -> Check:
    """Return the check of a target that could not be reached.

    Raises:
        Unreachable: ``error`` itself, when something came that we do not take: then
            nothing was learned.
    """
    if error.reason == "unusable":
        raise error
    return Check(target, None, error.title, result_of(error))
