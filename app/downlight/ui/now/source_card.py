"""The card of the sources: what each says, where from, and what it weighs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.facts import fresh
from downlight.core.evidence.why import SPEAKS, Leaning, why
from downlight.core.saying import source_words, words
from downlight.core.speech import mark, percent, tr, trn
from downlight.core.text import cut
from downlight.ui.ages import ago
from downlight.ui.now.cards import proof
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.evidence.why import Reason
    from downlight.core.model import Standing
    from downlight.core.news import ServiceView
    from downlight.core.source import SourceInfo

UNVERIFIED: Final = mark(
    "Unverified: nobody has recorded a real answer of this source, so it may be "
    "misread."
)
LONGEST: Final = 60
"""Longest address that is shown whole, in characters."""
_MOVED: Final = mark("An update of Downlight will follow it.")
_MOVED_OWN: Final = mark("Add it again from there, and remove this one.")
_NOTHING: Final = mark("Nothing now.")
_ALL: Final = {
    (Leaning.TROUBLE, True): mark("It is all that speaks for trouble."),
    (Leaning.WELL, True): mark("It is all that speaks against trouble."),
    (Leaning.TROUBLE, False): mark(
        "With all of its kind: it is all that speaks for trouble."
    ),
    (Leaning.WELL, False): mark(
        "With all of its kind: it is all that speaks against trouble."
    ),
}
"""Nothing else weighs on that side; by the side, and by whether it is alone."""
_SHARE: Final = {
    (Leaning.TROUBLE, True): mark("{share} of what speaks for trouble."),
    (Leaning.WELL, True): mark("{share} of what speaks against trouble."),
    (Leaning.TROUBLE, False): mark(
        "With all of its kind: {share} of what speaks for trouble."
    ),
    (Leaning.WELL, False): mark(
        "With all of its kind: {share} of what speaks against trouble."
    ),
}
"""Others weigh on that side as well; likewise."""


def evidence_card(
    view: ServiceView, now: datetime, zone: tzinfo | None, home: str = ""
) -> Card:
    """Return who says what, and what is known of each source behind a click.

    Args:
        view: The service as the engine knows it.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        home: The person's country; empty when not known.
    """
    reasons = why(view.verdict, view.stamps, now, zone, home).reasons
    own = view.service.own
    return Card(
        key="evidence",
        title=tr("What says so"),
        lines=tuple(
            _source(e, view.evidence, now, zone, reasons, own=own)
            for e in view.evidence
        ),
        summary="" if view.evidence else tr("No source speaks about this service."),
        footnote=tr(view.service.note),
    )


def _source(
    e: Evidence,
    all_: Sequence[Evidence],
    now: datetime,
    zone: tzinfo | None,
    reasons: Sequence[Reason],
    *,
    own: bool,
) -> Line:
    page = e.info.page
    linked = page.startswith("https://")
    address = page.removeprefix("https://").rstrip("/")
    return replace(
        proof(e, now, zone),
        notes=tuple(_notes(e, all_, now, zone, reasons, own=own)),
        link=page if linked else "",
        link_text=cut(address, LONGEST) if linked else "",
    )


def _notes(
    e: Evidence,
    all_: Sequence[Evidence],
    now: datetime,
    zone: tzinfo | None,
    reasons: Sequence[Reason],
    *,
    own: bool,
) -> Iterator[tuple[str, str]]:
    standing, health = e.standing, e.standing.health
    yield tr("Weighs"), _weight(e, all_, now, reasons)
    yield tr("Asked"), asked_words(standing, now)
    if standing.failure is not None and fresh(e, now) is not None:
        yield tr("Failed"), source_words.source_line(standing, now, zone)
    if standing.changed is not None:
        when = words.moment(standing.changed, now, zone)
        yield tr("Changed"), f"{when}, {ago(standing.changed, now)}"
    if e.info.kind == "measured" and e.info.urls:
        yield tr("Tries"), _addresses(e.info.urls)
    if health.day is not None:
        yield tr("Costs"), source_words.usage_line(health, now)
    if health.moved:
        place = cut(health.moved.removeprefix("https://").rstrip("/"), LONGEST)
        to = tr("To {place}.", place=place)
        yield tr("Moved"), words.joined(to, tr(_MOVED_OWN if own else _MOVED))
    if e.info.note:
        yield tr("To know"), tr(e.info.note)
    if not e.info.verified:
        yield "" if e.info.note else tr("To know"), tr(UNVERIFIED)


def _weight(
    e: Evidence, all_: Sequence[Evidence], now: datetime, reasons: Sequence[Reason]
) -> str:
    """Return what a source weighs; one that is silent has no part in its kind."""
    kind = e.info.kind
    heard = [it for it in all_ if it.info.kind == kind and fresh(it, now) is not None]
    if heard and e not in heard and _side(_of_kind(e.info, reasons)) is not None:
        return tr(_NOTHING)
    return weight_words(e.info, reasons, alone=not heard[1:])


def weight_words(
    info: SourceInfo, reasons: Sequence[Reason], *, alone: bool = True
) -> str:
    """Return what a source weighs in a verdict.

    Args:
        info: The source.
        reasons: All reasons of the verdict.
        alone: Whether no other of its kind is heard: else they weigh together.
    """
    if info.kind not in SPEAKS:
        return tr("Nothing: it is shown to compare with.")
    mine = _of_kind(info, reasons)
    if mine and not any(it.here for it in mine):
        return tr("Nothing here: it counts elsewhere only.")
    leaning = _side(mine)
    if leaning is None:
        return tr(_NOTHING)
    side = [it for it in reasons if it.leaning is leaning]
    if all(it in mine for it in side):
        return tr(_ALL[leaning, alone])
    weight = sum(it.weight for it in mine if it.leaning is leaning)
    share = round(100 * weight / sum(it.weight for it in side))
    little = tr("Less than 1 %") if alone else tr("less than 1 %")
    return tr(_SHARE[leaning, alone], share=percent(share) if share else little)


def _of_kind(info: SourceInfo, reasons: Sequence[Reason]) -> list[Reason]:
    """Return the reasons that sources of its kind give."""
    return [it for it in reasons if it.voice is SPEAKS.get(info.kind)]


def _side(mine: Sequence[Reason]) -> Leaning | None:
    """Return for what they speak here, as a whole; None where they weigh nothing."""
    if not any(it.here for it in mine):
        return None
    leaning = max(mine, key=lambda it: abs(it.weight)).leaning
    return None if leaning is Leaning.NEITHER else leaning


def asked_words(standing: Standing, now: datetime) -> str:
    """Return when a source was asked last and is asked next."""
    report, failure = standing.report, standing.failure
    last = failure.at if failure else report.at if report else None
    said = ago(last, now) if last is not None else tr("not yet")
    if standing.due is None:
        return said
    wait = standing.due - now
    soon = tr("asking now")
    if wait.total_seconds() >= 1:
        soon = tr("again in {span}", span=words.age(wait))
    return f"{said}, {soon}"


def _addresses(urls: Sequence[str]) -> str:
    first = cut(urls[0].split("://")[-1].rstrip("/"), LONGEST)
    more = len(urls) - 1
    if not more:
        return first
    return trn(
        "{first} and {n} more address",
        "{first} and {n} more addresses",
        more,
        first=first,
    )
