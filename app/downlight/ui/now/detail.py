"""The right side of the window: sentence, chips and cards of one service. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.saying import service_words
from downlight.core.speech import tr
from downlight.ui.now.before_card import before_card
from downlight.ui.now.facts import facts
from downlight.ui.now.feed import entries, feed_card
from downlight.ui.now.functions import functions_card
from downlight.ui.now.measures import checks_card
from downlight.ui.now.parts_card import parts_card
from downlight.ui.now.source_card import evidence_card
from downlight.ui.now.stories import incidents_card, works_card
from downlight.ui.now.why_card import why_card
from downlight.ui.state import is_early, look_of
from downlight.ui.views import UNHUSHED, Choice, Detail

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.errors import DownlightError
    from downlight.core.history.before import Before
    from downlight.core.news import ServiceView
    from downlight.core.places.gazetteer import Gazetteer
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
    before: Before | None = None,
    failed: DownlightError | None = None,
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
        before: What was, in short; None: not known yet.
        failed: Why that could not be looked up last; None when it could.
    """
    service, verdict = view.service, view.verdict
    levels = verdict.level, verdict.last
    trouble = any(level is not None and level.is_trouble for level in levels)
    said = service_words.sentence(service, verdict, view.since, now, zone)
    if asking and not verdict.offline and verdict.level is None:
        said = tr("Asking about {name} …", name=service.name)
    earlier = before_card(before, now, zone, trouble=trouble, failed=failed)
    cards = (
        evidence_card(view, now, zone, home),
        incidents_card(view, now, zone),
        earlier if trouble else None,
        functions_card(view, now),
        feed_card(entries(view) if told is None else told, now, zone, fresh),
        parts_card(view, now, choice, gazetteer),
        works_card(view, now, zone),
        checks_card(view, now),
        None if trouble else earlier,
    )
    return Detail(
        slug=service.slug,
        look=look_of(view),
        name=service.name,
        sentence=said,
        facts=facts(view, now, zone),
        cards=tuple(card for card in cards if card is not None),
        early=is_early(view),
        why=why_card(view, now, zone, home),
        together=together,
        hushes=hushes,
    )
