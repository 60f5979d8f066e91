"""Riot's games, one platform of one game at a time.

Format: ``/lol/status/v4/platform-data`` on https://<platform>.api.riotgames.com, as
Riot's developer portal describes it. No recorded answer was ever seen but a refusal
(HTTP 401, 2026-09). It wants a key, kept as the secret ``riot``. Only what is wrong is
listed, so nothing listed means that all is well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import (
    Incident,
    Maintenance,
    MaintenanceState,
    Report,
    Update,
)
from downlight.core.schedule import Cadence
from downlight.core.source import SourceInfo
from downlight.core.text import line, plain
from downlight.sources.session import Keyed
from downlight.sources.wire import (
    STATES,
    decode,
    distinct,
    key,
    moment,
    newest_first,
    overall,
    word,
)

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))
PATH: Final = "/lol/status/v4/platform-data"
PLATFORM: Final = "euw1"
SECRET: Final = "riot"  # noqa: S105 - the name of the secret, not it
LOCALE: Final = "en_US"

LEVELS: Final = {
    "info": Level.OPERATIONAL,  # for information
    "warning": Level.DEGRADED,
    "critical": Level.MAJOR,
}
WORK: Final = STATES | {"complete": MaintenanceState.COMPLETED}


class _Words(msgspec.Struct):
    locale: str
    content: str


class _Update(msgspec.Struct):
    id: int | str = ""
    created_at: object = None
    translations: list[_Words] | None = None


class _Item(msgspec.Struct):
    id: int | str
    titles: list[_Words]
    incident_severity: str | None = None
    maintenance_status: str | None = None
    created_at: object = None
    updates: list[_Update] | None = None


class _Platform(msgspec.Struct):
    id: str
    name: str
    incidents: list[_Item]
    maintenances: list[_Item]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the state of one platform into a report.

    Raises:
        Unreadable: It is something else.
    """
    said = decode(answer, _Platform)
    incidents = distinct(
        Incident(
            id=key(item.id),
            title=line(_english(item.titles)),
            level=LEVELS.get(word(item.incident_severity or "")),
            phase=None,
            open=True,
            started_at=moment(item.created_at),
            updates=_updates(item),
        )
        for item in said.incidents
    )
    works = distinct(
        Maintenance(
            id=key(item.id),
            title=line(_english(item.titles)),
            state=WORK.get(
                word(item.maintenance_status or ""), MaintenanceState.SCHEDULED
            ),
            updates=_updates(item),
        )
        for item in said.maintenances
    )
    return Report(
        source,
        answer.at,
        level=overall((), incidents, Level.OPERATIONAL),
        headline=line(said.name),
        incidents=incidents,
        maintenances=works,
        exhaustive=True,
    )


def _english(words: list[_Words]) -> str:
    """Return the English words, or the first there are."""
    spoken = {said.locale: said.content for said in reversed(words)}
    return spoken.get(LOCALE) or (words[0].content if words else "")


def _updates(item: _Item) -> tuple[Update, ...]:
    return newest_first(
        Update(at, plain(_english(update.translations or [])), id=key(update.id))
        for update in item.updates or []
        if (at := moment(update.created_at))
    )


def _headers(key: str) -> dict[str, str]:
    return {"X-Riot-Token": key}


def build(spec: SourceSpec) -> Keyed:
    """Make the source.

    Options: ``platform``, e.g. ``euw1``, ``na1``, ``br1``; ``path``, of another game
    than League of Legends; ``api``, another host.
    """
    platform = spec.option("platform", PLATFORM)
    host = f"https://{platform}.api.riotgames.com"
    api = spec.option("api", host).rstrip("/")
    path = spec.option("path", PATH)
    info = SourceInfo.of(
        spec,
        kind="official",
        cadence=CADENCE,
        page=spec.url,
        urls=(f"{api}{path}",),
        verified=False,
    )
    return Keyed(info, parse, SECRET, _headers)
