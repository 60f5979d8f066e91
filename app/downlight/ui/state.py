"""How one service is shown: its mark, its ring, its word and its place. No Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.saying import words
from downlight.core.scope import Scope
from downlight.core.speech import tr
from downlight.ui.kit.look import RANK, Look
from downlight.ui.views import EARLY_WORD, LOOK_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from downlight.core.news import ServiceView, Snapshot

TROUBLED: Final = frozenset({Look.DEGRADED, Look.PARTIAL, Look.MAJOR, Look.BLOCKED})
"""The marks of what is in trouble, wherever it is felt."""
_RINGLESS: Final = TROUBLED | {Look.OFFLINE}
"""The marks that never bear the ring of possible trouble."""


def look_of(view: ServiceView) -> Look:
    """Return the mark of one service."""
    verdict = view.verdict
    if verdict.offline:
        return Look.OFFLINE
    trouble = verdict.level is not None and verdict.level.is_trouble
    return Look.BLOCKED if trouble and verdict.is_blocked else Look.of(verdict.level)


def is_troubled(view: ServiceView) -> bool:
    """Whether the service is in trouble; as `look_of` has it, asked far oftener."""
    verdict = view.verdict
    trouble = verdict.level is not None and verdict.level.is_trouble
    return trouble and not verdict.offline


def is_early(view: ServiceView) -> bool:
    """Whether the mark bears the ring of possible trouble."""
    return look_of(view) not in _RINGLESS and view.verdict.is_early


def word_of(view: ServiceView) -> str:
    """Return how the service is, in one word or two."""
    return seen(view)[2]


def seen(view: ServiceView) -> tuple[Look, bool, str]:
    """Return mark, ring and word together: hundreds are asked for all three at once."""
    look = look_of(view)
    early = look not in _RINGLESS and view.verdict.is_early
    return look, early, tr(EARLY_WORD) if early else _settled(look, view)


def _settled(look: Look, view: ServiceView) -> str:
    """Return the word of a service without the ring of possible trouble."""
    verdict = view.verdict
    if look is Look.UNKNOWN and verdict.is_yours:
        named = verdict.judgement is not None and verdict.judgement.fault is not None
        return tr("your side") if named else tr("only you, it seems")
    better = look in TROUBLED and verdict.calm_since is not None
    word = tr(LOOK_WORDS[look])
    return tr("{word}, recovering", word=word) if better else word


def line_of(view: ServiceView, now: datetime, zone: tzinfo | None) -> str:
    """Return since when and where the service is in trouble; empty while it is not."""
    verdict = view.verdict
    if not is_troubled(view):
        return ""
    place = words.where(verdict.scope, verdict.places)
    began = verdict.since or view.since
    when = tr("since {when}", when=words.moment(began, now, zone)) if began else ""
    known = "" if verdict.scope is Scope.UNKNOWN else place
    return " · ".join(part for part in (when, known) if part)


def worst_first(views: Iterable[ServiceView]) -> list[ServiceView]:
    """Return services in the order of the list: trouble, possible trouble, the rest."""
    return sorted(views, key=_rank)


def worst_of(views: Iterable[ServiceView]) -> ServiceView | None:
    """Return the first of `worst_first`; None when there is none."""
    return min(views, key=_rank, default=None)


def _rank(view: ServiceView) -> tuple[int, int, str]:
    # Asked of hundreds, again and again: the mark is worked out once.
    look = look_of(view)
    early = look not in _RINGLESS and view.verdict.is_early
    group = 0 if look in TROUBLED else 1 if early else 2
    return group, RANK[look], view.service.name.casefold()


def shown_look(snapshot: Snapshot, worst: ServiceView | None) -> Look:
    """Return the mark of everything together.

    Args:
        snapshot: The state of everything.
        worst: The first of `worst_first`; None when nothing is watched.
    """
    if snapshot.online is False:
        return Look.OFFLINE
    if worst is not None and is_troubled(worst):
        return look_of(worst)
    return Look.of(snapshot.level)
