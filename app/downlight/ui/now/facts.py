"""The short facts under the sentence: where, since when, the official word, its age."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.saying import words
from downlight.core.scope import Scope
from downlight.core.speech import tr
from downlight.ui.ages import ago
from downlight.ui.presenter import last_attempt
from downlight.ui.state import is_troubled

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.news import ServiceView


def facts(view: ServiceView, now: datetime, zone: tzinfo | None) -> tuple[str, ...]:
    """Return what is to be known at a glance, each with its ground or its reason.

    Args:
        view: The service as the engine knows it.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
    """
    trouble, attempt = is_troubled(view), last_attempt(view)
    known = (
        _where(view) if trouble else "",
        _since(view, now, zone) if trouble else "",
        _official_word(view),
        tr("checked {ago}", ago=ago(attempt, now)) if attempt is not None else "",
    )
    return tuple(filter(None, known))


def _where(view: ServiceView) -> str:
    """Return where it is, or why that is not known."""
    verdict = view.verdict
    if verdict.scope is not Scope.UNKNOWN:
        return words.where(verdict.scope, verdict.places)
    red = verdict.official is not None and verdict.official.is_trouble
    if red and not verdict.named:
        return tr("where is not said")
    if any(e.info.kind == "regional" for e in view.evidence):
        return tr("where is not known: no measurement tells")
    return tr("where is not known: nobody here measures it")


def _since(view: ServiceView, now: datetime, zone: tzinfo | None) -> str:
    """Return since when, and whose word or look that is; empty when not known."""
    verdict = view.verdict
    began = verdict.since or view.since
    if began is None:
        return ""
    when, age = words.moment(began, now, zone), words.age(now - began)
    if verdict.incident is not None and began == verdict.incident.started_at:
        speaker = view.service.speaker
        return tr(
            "since {when} ({age}), as {speaker} dates it",
            when=when,
            age=age,
            speaker=speaker,
        )
    if view.late:
        return tr(
            "noticed at {when} ({age} ago), may have begun earlier", when=when, age=age
        )
    seen = {view.stamps.first, *(e.failing_since for e in view.evidence)}
    if began in seen:
        return tr("first seen at {when} ({age} ago)", when=when, age=age)
    return tr("since {when} ({age})", when=when, age=age)


def _official_word(view: ServiceView) -> str:
    verdict = view.verdict
    if not verdict.has_official:
        return tr("no official page")
    if verdict.named and verdict.official is not None:
        return tr("official word: of other countries only")
    word = words.level_word(verdict.official)
    return tr("official word: {word}", word=word)
