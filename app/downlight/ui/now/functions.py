"""The card of what people do with a service: what works, and how anybody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.level import Level, worst
from downlight.core.saying.words import joined
from downlight.core.speech import mark, number, tr
from downlight.core.text import listed
from downlight.ui.kit.look import Look
from downlight.ui.now.cards import answers_words, is_believed, kind_words, wrong
from downlight.ui.views import LOOK_WORDS, Card, Line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.core.model import Component
    from downlight.core.news import ServiceView
    from downlight.core.service import Function

NAMED: Final = 3
"""More parts in trouble than this are counted, not named."""
UNSEEN: Final = mark("not observable")
"""What is said of what nobody outside can see."""


def functions_card(view: ServiceView, now: datetime) -> Card | None:
    """Return what works, and on what evidence; None where nobody wrote it down.

    Args:
        view: The service as the engine knows it.
        now: The present (aware).
    """
    lines = tuple(_function(it, view, now) for it in view.service.functions)
    return Card("functions", tr("What works"), lines) if lines else None


def _function(function: Function, view: ServiceView, now: datetime) -> Line:
    if function.parts:
        return _by_parts(function, view, now)
    if function.tried:
        return _by_checks(function, view, now)
    limit = tr(function.limit)
    return Line(tr(function.name), aside=tr(UNSEEN), text=limit, indented=True)


def _by_parts(function: Function, view: ServiceView, now: datetime) -> Line:
    found = [
        (e.info.name, part)
        for e in view.evidence
        if e.info.kind == "official"
        and (report := e.standing.fresh(now, e.info.shelf_life)) is not None
        for part in report.components
        if function.is_told_by(part)
    ]
    level = worst(part.level for _, part in found)
    if level is Level.OPERATIONAL and any(part.level is None for _, part in found):
        level = None  # what is not known is not well
    look = Look.of(level)
    said = tr("The official page does not say now.")
    if found:
        said = _parts_words(found[0][0], [part for _, part in found])
    return Line(
        title=tr(function.name),
        look=look,
        word=tr(LOOK_WORDS[look]),
        text=joined(said, tr(function.limit)),
        tags=(tr("official"),),
    )


def _parts_words(speaker: str, parts: Sequence[Component]) -> str:
    """Return what a page says of the parts of a function."""
    bad = [part for part in parts if part.level is not Level.OPERATIONAL]
    if not bad:
        return tr("{speaker} names no trouble.", speaker=speaker)
    bad.sort(key=lambda part: -(part.level or 0))
    names = [f"{it.name} {tr(LOOK_WORDS[Look.of(it.level)])}" for it in bad[:NAMED]]
    if (more := len(bad) - NAMED) > 0:
        names.append(tr("{n} more", n=number(more)))
    return tr("{speaker} says: {parts}.", speaker=speaker, parts=listed(names))


def _by_checks(function: Function, view: ServiceView, now: datetime) -> Line:
    tried = [
        (e, tuple(filter(function.is_served_by, report.checks)))
        for e in view.evidence
        if (report := e.standing.fresh(now, e.info.shelf_life)) is not None
    ]
    checks = [check for _, some in tried for check in some]
    tags = tuple({kind_words(e.info): None for e, some in tried if some})
    if not checks or view.verdict.offline:
        away = view.verdict.offline
        why = tr("You are offline.") if away else tr("Not tried of late.")
        return _row(function, Look.UNKNOWN, tr(LOOK_WORDS[Look.UNKNOWN]), why, tags)
    said = answers_words(checks)
    if all(check.took is None for check in checks):
        sure = all(is_believed(e, now) for e, some in tried if some)
        look = Look.DEGRADED if sure and not view.verdict.is_yours else Look.UNKNOWN
        return _row(function, look, tr("no answer"), said, tags)
    if wrong(checks):
        return _row(function, Look.DEGRADED, tr(LOOK_WORDS[Look.DEGRADED]), said, tags)
    # No green mark: that the door opens is not that anything works behind it.
    some = any(check.took is None for check in checks)
    word = tr("some servers answer") if some else tr("servers answer")
    return _row(function, None, word, said, tags)


def _row(
    function: Function, look: Look | None, word: str, said: str, tags: tuple[str, ...]
) -> Line:
    return Line(
        title=tr(function.name),
        look=look,
        word=word if look else "",
        aside="" if look else word,
        text=joined(said, tr(function.limit)),
        tags=tags,
        indented=True,
    )
