"""The right side of the window: sentence, chips and cards of one service. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core import words
from downlight.core.scope import Scope
from downlight.ui.ages import ago
from downlight.ui.now.feed import entries, feed_card
from downlight.ui.now.functions import functions_card
from downlight.ui.now.measures import checks_card
from downlight.ui.now.parts_card import parts_card
from downlight.ui.now.source_card import evidence_card
from downlight.ui.now.stories import earlier_card, incidents_card, works_card
from downlight.ui.now.why_card import why_card
from downlight.ui.presenter import last_attempt
from downlight.ui.state import is_early, look_of
from downlight.ui.views import UNHUSHED, Choice, Detail

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.gazetteer import Gazetteer
    from downlight.core.news import ServiceView
    from downlight.ui.now.feed import Entry
    from downlight.ui.views import Hushes, Together

_ALL: Final = Choice()


def detail(
    view: ServiceView,
    now: datetime,
    zone: tzinfo | None = None,
    *,
    gazetteer: Callable[[], Gazetteer],
    asking: bool = False,
    choice: Choice = _ALL,
    home: str = "",
    together: Together | None = None,
    hushes: Hushes = UNHUSHED,
    told: Sequence[Entry] | None = None,
    fresh: Collection[str] = (),
) -> Detail:
    """Return everything about one service.

    Args:
        view: The service as the engine knows it.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        gazetteer: Knows the continents of places.
        asking: Whether the first answer is still being waited for.
        choice: Which of its parts count.
        home: The person's country; empty when not known.
        together: Who is in trouble together with it.
        hushes: What is muted of it.
        told: What was said of it, the latest first; None: by the provider alone.
        fresh: The names of what of that is new to the person.
    """
    service, verdict = view.service, view.verdict
    said = words.sentence(service, verdict, view.since, now, zone)
    if asking and not verdict.offline and verdict.level is None:
        said = f"Asking about {service.name} …"
    cards = (
        evidence_card(view, now, zone, home),
        incidents_card(view, now, zone),
        functions_card(view, now),
        feed_card(entries(view) if told is None else told, now, zone, fresh),
        parts_card(view, choice, gazetteer),
        works_card(view, now, zone),
        checks_card(view),
        earlier_card(view, now, zone),
    )
    return Detail(
        slug=service.slug,
        look=look_of(view),
        name=service.name,
        sentence=said,
        facts=_facts(view, now, zone),
        cards=tuple(card for card in cards if card is not None),
        early=is_early(view),
        why=why_card(view, now, zone, home),
        together=together,
        hushes=hushes,
    )


def _facts(view: ServiceView, now: datetime, zone: tzinfo | None) -> tuple[str, ...]:
    verdict, facts = view.verdict, []
    if verdict.level is not None and verdict.level.is_trouble:
        place = words.where(verdict.scope, verdict.places)
        unknown = verdict.scope is Scope.UNKNOWN
        facts.append("where is not known" if unknown else place)
        began = verdict.since or view.since
        if began is not None:
            when = words.moment(began, now, zone)
            facts.append(f"since {when} ({words.age(now - began)})")
    facts.append(_official_word(view))
    attempt = last_attempt(view)
    if attempt is not None:
        facts.append(f"checked {ago(attempt, now)}")
    return tuple(facts)


def _official_word(view: ServiceView) -> str:
    verdict = view.verdict
    if not verdict.has_official:
        return "no official page"
    if verdict.named and verdict.official is not None:
        return "official word: of other countries only"
    return f"official word: {words.LEVEL_WORDS[verdict.official]}"
