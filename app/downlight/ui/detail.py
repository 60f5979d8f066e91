"""The right side of the window: sentence, chips and cards of one service. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core import words
from downlight.ui.ages import ago
from downlight.ui.cards import about_card, evidence_card
from downlight.ui.measures import checks_card, places_card
from downlight.ui.parts_card import parts_card
from downlight.ui.presenter import last_attempt
from downlight.ui.source_card import sources_card
from downlight.ui.state import is_early, look_of
from downlight.ui.stories import earlier_card, feed_card, incidents_card, works_card
from downlight.ui.views import UNHUSHED, Chip, Choice, Detail
from downlight.ui.why_card import why_card

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from downlight.core.gazetteer import Gazetteer
    from downlight.core.news import ServiceView
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
    """
    service, verdict = view.service, view.verdict
    said = words.sentence(service, verdict, view.since, now, zone)
    if asking and not verdict.offline and verdict.level is None:
        said = f"Asking about {service.name} …"
    cards = (
        evidence_card(view, now, zone),
        incidents_card(view, now, zone),
        feed_card(view, now, zone),
        parts_card(view, choice, gazetteer),
        places_card(view),
        works_card(view, now, zone),
        checks_card(view),
        earlier_card(view, now, zone),
        sources_card(view, now, zone),
        about_card(view),
    )
    return Detail(
        slug=service.slug,
        look=look_of(view),
        name=service.name,
        sentence=said,
        chips=_chips(view, now, zone),
        cards=tuple(card for card in cards if card is not None),
        early=is_early(view),
        why=why_card(view, now, zone, home),
        together=together,
        hushes=hushes,
    )


def _chips(view: ServiceView, now: datetime, zone: tzinfo | None) -> tuple[Chip, ...]:
    verdict, chips = view.verdict, []
    if verdict.level is not None and verdict.level.is_trouble:
        chips.append(Chip("Where", words.where(verdict.scope, verdict.places)))
        began = verdict.since or view.since
        if began is not None:
            when = f"{words.moment(began, now, zone)} ({words.age(now - began)})"
            chips.append(Chip("Since", when))
    chips.append(Chip("Official word", _official_word(view)))
    attempt = last_attempt(view)
    if attempt is not None:
        chips.append(Chip("Checked", ago(attempt, now)))
    return tuple(chips)


def _official_word(view: ServiceView) -> str:
    verdict = view.verdict
    if not verdict.has_official:
        return "no official page"
    if verdict.official is None:
        return "not known"
    if verdict.official.is_trouble:
        return f"yes, {words.LEVEL_WORDS[verdict.official]}"
    if verdict.level is not None and verdict.level.is_trouble:
        return f"no, says {words.LEVEL_WORDS[verdict.official]}"
    return words.LEVEL_WORDS[verdict.official]
