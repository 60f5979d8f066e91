"""Recordings made for the desktop tests: an invented outage on GitHub's status page.

Form and places are GitHub's, everything said in them is ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SERVICE = "github"
NAME = "GitHub"
PLACE = "Frankfurt"
URL = "https://www.githubstatus.com/api/v2/summary.json"
BEGIN = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PHASES = ("investigating", "identified", "monitoring")

_COMPONENTS = {
    "gh0000000011": "Git Operations",
    "gh0000000012": "Actions",
    "gh0000000013": f"Codespaces {PLACE}",
}
_INDICATORS = {
    "operational": "none",
    "under_maintenance": "maintenance",
    "degraded_performance": "minor",
    "partial_outage": "major",
    "major_outage": "critical",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What the page says from a moment on."""

    minute: int
    """Since the recording begins."""
    status: str
    """Of the component in `PLACE`: a word of Statuspage's; the others work."""
    incident: int = 0
    """Which incident is open; 0 is none."""
    since: int = 0
    """The minute it began."""
    updates: int = 0
    """How many updates it has."""
    maintenance: bool = False
    """Whether the hour's maintenance is under way."""


OUTAGE = (
    Moment(0, "operational"),
    Moment(20, "major_outage", incident=1, since=20, updates=1),
    Moment(40, "operational"),
    Moment(60, "operational"),
)
"""Twenty minutes each of well, down, well."""

SOON = (
    Moment(0, "operational"),
    Moment(8, "major_outage", incident=1, since=8, updates=1),
    Moment(48, "operational"),
    Moment(60, "operational"),
)
"""Soon down, for forty minutes: time to do something meanwhile."""

TROUBLES = (
    Moment(0, "operational"),
    Moment(20, "degraded_performance", incident=1, since=20, updates=1),
    Moment(40, "major_outage", incident=1, since=20, updates=2),
    Moment(60, "partial_outage", incident=1, since=20, updates=3),
    Moment(80, "operational"),
    Moment(120, "under_maintenance", maintenance=True),
    Moment(150, "operational"),
    Moment(180, "major_outage", incident=2, since=180, updates=1),
    Moment(220, "major_outage", incident=2, since=180, updates=2),
    Moment(240, "operational"),
    Moment(300, "operational"),
)
"""All turns an outage can take, and a second one."""


def record(folder: Path, moments: Sequence[Moment]) -> Path:
    """Write a recording.

    Args:
        folder: Made here.
        moments: In the order of time.

    Returns:
        The folder.
    """
    folder.mkdir()
    lines = []
    for number, moment in enumerate(moments):
        body = f"answer-{number:02}.json"
        (folder / body).write_text(json.dumps(summary(moment), indent=1), "utf-8")
        line = {
            "at": _stamp(moment.minute),
            "url": URL,
            "status": 200,
            "headers": {"content-type": "application/json; charset=utf-8"},
            "body": body,
        }
        lines.append(json.dumps(line) + "\n")
    (folder / "index.jsonl").write_text("".join(lines), "utf-8")
    return folder


def _stamp(minute: int) -> str:
    at = BEGIN + timedelta(minutes=minute)
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def summary(moment: Moment) -> dict[str, Any]:
    now = _stamp(moment.minute)
    return {
        "page": {
            "id": "gh0000000001",
            "name": NAME,
            "url": "https://www.githubstatus.com",
            "time_zone": "Etc/UTC",
            "updated_at": now,
        },
        "status": {
            "indicator": _INDICATORS[moment.status],
            "description": moment.status.replace("_", " ").capitalize(),
        },
        "components": [_component(moment, number) for number in _COMPONENTS],
        "incidents": [_incident(moment)] if moment.incident else [],
        "scheduled_maintenances": [_maintenance(moment)] if moment.maintenance else [],
    }


def _component(moment: Moment, number: str) -> dict[str, Any]:
    name = _COMPONENTS[number]
    return {
        "id": number,
        "name": name,
        "status": moment.status if PLACE in name else "operational",
        "created_at": _stamp(-100_000),
        "updated_at": _stamp(moment.minute),
        "position": list(_COMPONENTS).index(number),
        "description": None,
        "showcase": True,
        "start_date": None,
        "group_id": None,
        "group": False,
        "page_id": "gh0000000001",
        "only_show_if_degraded": False,
    }


def _incident(moment: Moment) -> dict[str, Any]:
    number = f"gh00000001{moment.incident:02}"
    return {
        "id": number,
        "name": f"Codespaces cannot be opened in {PLACE}",
        "status": PHASES[moment.updates - 1],
        "created_at": _stamp(moment.since),
        "updated_at": _stamp(moment.minute),
        "monitoring_at": None,
        "resolved_at": None,
        "impact": _INDICATORS[moment.status],
        "shortlink": f"https://stspg.io/{number}",
        "started_at": _stamp(moment.since),
        "page_id": "gh0000000001",
        "incident_updates": [
            {
                "id": f"{number}-{update}",
                "status": PHASES[update],
                "body": f"Word number {update + 1} about codespaces in {PLACE}.",
                "incident_id": number,
                "created_at": _stamp(moment.since + 20 * update),
                "updated_at": _stamp(moment.since + 20 * update),
                "display_at": _stamp(moment.since + 20 * update),
                "affected_components": None,
                "deliver_notifications": True,
                "custom_tweet": None,
                "tweet_id": None,
            }
            for update in reversed(range(moment.updates))
        ],
        "components": [_component(moment, list(_COMPONENTS)[-1])],
        "reminder_intervals": None,
    }


def _maintenance(moment: Moment) -> dict[str, Any]:
    return {
        "id": "gh0000000201",
        "name": f"New disks in {PLACE}",
        "status": "in_progress",
        "created_at": _stamp(-600),
        "updated_at": _stamp(moment.minute),
        "monitoring_at": None,
        "resolved_at": None,
        "impact": "maintenance",
        "shortlink": "https://stspg.io/gh0000000201",
        "started_at": _stamp(-600),
        "page_id": "gh0000000001",
        "incident_updates": [],
        "components": [_component(moment, list(_COMPONENTS)[-1])],
        "scheduled_for": _stamp(moment.minute),
        "scheduled_until": _stamp(moment.minute + 60),
    }
