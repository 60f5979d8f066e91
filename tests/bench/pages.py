"""Status pages made up for the bench: as large and as full as real ones."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Final

SIZE: Final = 30_000
"""Bytes of one page, about; the middle of what was recorded of such pages."""

_BEGIN: Final = datetime(2026, 11, 21, 6, tzinfo=UTC)
_TOUCHED: Final = "2026-11-21T05:59:59.000+00:00"
_WORDS: Final = (
    *("error", "rates", "requests", "cause", "fix", "rolled", "out", "regions"),
    *("we", "are", "seeing", "raised", "for", "some", "and", "look", "into", "the"),
    *("customers", "may", "still", "meet", "delays", "deliveries", "queued", "a"),
    *("meanwhile", "are", "sent", "in", "order", "nothing", "has", "been", "lost"),
)
_GROUPS: Final = ("Interface", "Console", "Storage", "Delivery", "Regions")


def page(number: int) -> bytes:
    """Return the summary of page ``number``; each has names and texts of its own."""
    chance = random.Random(number)  # noqa: S311 - made-up texts, not secrets
    groups = [_id(chance) for _ in _GROUPS]
    parts: list[object] = [
        _component(id_, name, None, chance, is_group=True)
        for id_, name in zip(groups, _GROUPS, strict=True)
    ]
    said: dict[str, object] = {
        "page": {
            "id": _id(chance),
            "name": f"Made-up service {number}",
            "url": f"https://status-{number}.example",
            "time_zone": "Etc/UTC",
            "updated_at": _TOUCHED,
        },
        "components": parts,
        "incidents": [],
        "scheduled_maintenances": [_planned(chance) for _ in range(2)],
        "status": {"indicator": "none", "description": "All Systems Operational"},
    }
    # What is over is never in a summary (none in 24,000 recorded ones): a quiet page
    # is as large as its list of parts.
    while len(json.dumps(said)) < SIZE:
        parts.append(_part(chance, groups))
    return json.dumps(said).encode()


def touched(body: bytes, version: int) -> bytes:
    """Return a page that was touched once more, and says nothing else.

    That is how most bodies of quiet pages differ from one poll to the next.
    """
    at = _BEGIN + timedelta(seconds=version)
    return body.replace(
        _TOUCHED.encode(), at.isoformat(timespec="milliseconds").encode(), 1
    )


def _part(chance: random.Random, groups: list[str]) -> object:
    name = " ".join(chance.choices(_WORDS, k=3)).title()
    return _component(_id(chance), name, chance.choice(groups), chance)


def _component(
    id_: str,
    name: str,
    group: str | None,
    chance: random.Random,
    *,
    is_group: bool = False,
) -> dict[str, object]:
    return {
        "id": id_,
        "name": name,
        "status": "operational",
        "created_at": _time(chance),
        "updated_at": _time(chance),
        "position": chance.randrange(40),
        "description": None,
        "showcase": False,
        "start_date": None,
        "group_id": group,
        "page_id": _id(chance),
        "group": is_group,
        "only_show_if_degraded": False,
    }


def _planned(chance: random.Random) -> dict[str, object]:
    return {
        **_notice(chance, ("scheduled",)),
        "status": "scheduled",
        "impact": "maintenance",
        "scheduled_for": "2026-12-03T01:00:00.000Z",
        "scheduled_until": "2026-12-03T03:00:00.000Z",
    }


def _notice(chance: random.Random, phases: tuple[str, ...]) -> dict[str, object]:
    id_ = _id(chance)
    return {
        "id": id_,
        "name": " ".join(chance.choices(_WORDS, k=6)).capitalize(),
        "created_at": _time(chance),
        "updated_at": _time(chance),
        "shortlink": f"https://stspg.example/{id_}",
        "started_at": _time(chance),
        "components": [],
        "incident_updates": [
            {
                "id": _id(chance),
                "status": phase,
                "body": _body(chance),
                "incident_id": id_,
                "created_at": _time(chance),
                "display_at": _time(chance),
                "affected_components": None,
            }
            for phase in phases
        ],
    }


def _body(chance: random.Random) -> str:
    """Return one message; every fourth has paragraphs."""
    parts = [" ".join(chance.choices(_WORDS, k=15)).capitalize() for _ in range(3)]
    return (".\r\n\r\n" if chance.random() < 1 / 4 else ". ").join(parts) + "."


def _id(chance: random.Random) -> str:
    return "".join(chance.choices("bcdfghjklmnpqrstvwxyz0123456789", k=12))


def _time(chance: random.Random) -> str:
    at = _BEGIN - timedelta(seconds=chance.randrange(2_000_000))
    return at.isoformat(timespec="milliseconds")
