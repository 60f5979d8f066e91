"""An event as other programs read it: one form for every way out.

The stream of ``watch --json``, a command's standard input and environment, and a
webhook's body say the same under the same names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.core.saying import words
from downlight.core.speech import tr
from downlight.core.text import cut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from downlight.core.news import ServiceView
    from downlight.core.service import Service

    Bulletin: TypeAlias = Mapping[str, str | float | None]

NAMES: Final = (
    "id",
    "at",
    "service",
    "name",
    "turn",
    "level",
    "scope",
    "title",
    "sentence",
    "since",
    "url",
    "episode",
    "incident",
    "cause",
    "held",
    "confidence",
)
"""What is said of an event: ``id`` is the same for the same news; ``service`` is the
short name and ``name`` the one for people; ``since`` is when the trouble began, ``url``
the status page for people, ``episode`` what all events of one outage share, ``cause``
what several services share, ``held`` why no notification is due, and ``confidence``
how sure we are, from 0 to 1."""
LONGEST: Final = 4000
"""Characters of one value; an environment takes 128 kB of one."""


def bulletin(
    event: Event, view: ServiceView | None = None, service: Service | None = None
) -> dict[str, str | float | None]:
    """Return everything that is said of an event.

    Args:
        event: The news.
        view: What was known of its service just then; None when that is forgotten.
        service: Its service, where there is no ``view``.
    """
    verdict = view.verdict if view else None
    since = verdict.since or (view.since if view else None) if verdict else None
    judgement = verdict.judgement if verdict else None
    service = view.service if view else service
    said: dict[str, str | float | None] = {
        "id": event.id,
        "at": words.stamp(event.at),
        "service": event.service,
        "name": service.name if service else event.service,
        "turn": str(event.turn),
        "level": event.level.code if event.level else None,
        "scope": event.scope,
        "title": event.title,
        "sentence": event.sentence,
        "since": words.stamp(since) if since else None,
        "url": service.page if service else "",
        "episode": event.episode,
        "incident": event.incident,
        "cause": event.cause,
        "held": event.held,
        "confidence": round(judgement.confidence, 2) if judgement else None,
    }
    return {name: _bounded(value) for name, value in said.items()}


def sample(at: datetime) -> dict[str, str | float | None]:
    """Return a made-up event that says so; each moment has another one.

    Args:
        at: When it is said to happen (aware, UTC).
    """
    return bulletin(
        Event(
            id=f"test/{at:%Y%m%dT%H%M%S.%fZ}/began",
            at=at,
            service=ServiceSlug("test"),
            turn=Turn.BEGAN,
            level=Level.DEGRADED,
            scope="here",
            title=tr("Downlight: a test"),
            sentence=tr("This is a test; nothing is down."),
            episode=f"{at:%Y%m%dT%H%M%SZ}",
        )
    )


def texts(said: Bulletin) -> dict[str, str]:
    """Return the same as texts that any program can be handed.

    What is not known is empty. Characters that no argument or environment can hold
    (NUL, lone surrogates) are left out.
    """
    return {name: _text(value) for name, value in said.items()}


def _bounded(value: str | float | None) -> str | float | None:
    return cut(value, LONGEST) if isinstance(value, str) else value


def _text(value: str | float | None) -> str:
    if value is None:
        return ""
    return str(value).replace("\0", "").encode("utf-8", "ignore").decode()
