"""The card of the sources: how each is doing, and what asking it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core import source_words, words
from downlight.ui.cards import kind_words, posts_words, title_of
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from downlight.core.model import Standing
    from downlight.core.news import ServiceView
    from downlight.core.verdict import Evidence

UNVERIFIED: Final = (
    "Unverified: nobody has recorded a real answer of this source, so it may be "
    "misread."
)


def sources_card(view: ServiceView, now: datetime, zone: tzinfo | None = None) -> Card:
    """Return how each source is doing and when it is asked next."""
    own = view.service.own
    return Card(
        key="sources",
        title="Sources",
        lines=tuple(_source(e, now, zone, own=own) for e in view.evidence),
        summary="" if view.evidence else "There is nothing to ask.",
    )


def _source(e: Evidence, now: datetime, zone: tzinfo | None, *, own: bool) -> Line:
    kind = kind_words(e.info)
    return Line(
        title=title_of(e.info),
        aside=_next(e.standing, now),
        text="\n".join(_notes(e, now, zone, own=own)),
        tags=(kind,) if e.info.verified else (kind, "unverified"),
        link=e.info.page if e.info.page.startswith("https://") else "",
    )


def _notes(
    e: Evidence, now: datetime, zone: tzinfo | None, *, own: bool
) -> Iterator[str]:
    report, health = e.standing.report, e.standing.health
    said = source_words.source_line(e.standing, now, zone)
    if health.moved:
        said += f" {_MOVED_OWN if own else _MOVED}"
    yield said
    if e.info.kind == "people" and report is not None:
        yield posts_words(report, now)
    if health.day is not None:
        yield source_words.usage_line(health, now)
    if not e.info.verified:
        yield UNVERIFIED
    if e.info.note:
        yield e.info.note


_MOVED: Final = "An update of Downlight will follow it."
_MOVED_OWN: Final = "Add it again from there, and remove this one."


def _next(standing: Standing, now: datetime) -> str:
    if standing.due is None:
        return ""
    wait = standing.due - now
    return f"next in {words.age(wait)}" if wait.total_seconds() >= 1 else "asking now"
