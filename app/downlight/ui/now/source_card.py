"""The card of the sources: what each says, where from, and what it weighs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core import source_words, words
from downlight.core.facts import fresh
from downlight.core.fusion.findings import Voice
from downlight.core.text import cut
from downlight.core.why import VOICES, Leaning, why
from downlight.ui.ages import ago
from downlight.ui.now.cards import proof
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.model import Standing
    from downlight.core.news import ServiceView
    from downlight.core.source import SourceInfo
    from downlight.core.verdict import Evidence
    from downlight.core.why import Reason

UNVERIFIED: Final = (
    "Unverified: nobody has recorded a real answer of this source, so it may be "
    "misread."
)
LONGEST: Final = 60
"""Longest address that is shown whole, in characters."""
_MOVED: Final = "An update of Downlight will follow it."
_MOVED_OWN: Final = "Add it again from there, and remove this one."
_SPEAKS: Final = {
    "official": VOICES[Voice.OFFICIAL],
    "measured": VOICES[Voice.OWN],
    "regional": VOICES[Voice.COUNTRIES],
    "people": VOICES[Voice.PEOPLE],
}


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
        title="What says so",
        lines=tuple(
            _source(e, view.evidence, now, zone, reasons, own=own)
            for e in view.evidence
        ),
        summary="" if view.evidence else "No source speaks about this service.",
        footnote=view.service.note,
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
    yield "Weighs", _weight(e, all_, now, reasons)
    yield "Asked", asked_words(standing, now)
    if standing.failure is not None and fresh(e, now) is not None:
        yield "Failed", source_words.source_line(standing, now, zone)
    if standing.changed is not None:
        when = words.moment(standing.changed, now, zone)
        yield "Changed", f"{when}, {ago(standing.changed, now)}"
    if e.info.kind == "measured" and e.info.urls:
        yield "Tries", _addresses(e.info.urls)
    if health.day is not None:
        yield "Costs", source_words.usage_line(health, now)
    if health.moved:
        place = cut(health.moved.removeprefix("https://").rstrip("/"), LONGEST)
        yield "Moved", f"To {place}. {_MOVED_OWN if own else _MOVED}"
    if e.info.note:
        yield "To know", e.info.note
    if not e.info.verified:
        yield "" if e.info.note else "To know", UNVERIFIED


def _weight(
    e: Evidence, all_: Sequence[Evidence], now: datetime, reasons: Sequence[Reason]
) -> str:
    """Return what a source weighs; one that is silent has no part in its kind."""
    said, kind = weight_words(e.info, reasons), e.info.kind
    heard = [it for it in all_ if it.info.kind == kind and fresh(it, now) is not None]
    if said.startswith("Nothing") or not heard:
        return said
    if e not in heard:
        return "Nothing now."
    if len(heard) == 1:
        return said
    return f"With all of its kind: {said[:1].lower()}{said[1:]}"


def weight_words(info: SourceInfo, reasons: Sequence[Reason]) -> str:
    """Return what a source weighs in a verdict.

    Args:
        info: The source.
        reasons: All reasons of the verdict.
    """
    if info.kind not in _SPEAKS:
        return "Nothing: it is shown to compare with."
    mine = [it for it in reasons if it.who == _SPEAKS[info.kind]]
    if mine and not any(it.here for it in mine):
        return "Nothing here: it counts elsewhere only."
    leaning = max(mine, key=lambda it: abs(it.weight)).leaning if mine else None
    if leaning is None or leaning is Leaning.NEITHER:
        return "Nothing now."
    side = [it for it in reasons if it.leaning is leaning]
    weight = sum(it.weight for it in mine if it.leaning is leaning)
    share = round(100 * weight / sum(it.weight for it in side))
    way = "for" if leaning is Leaning.TROUBLE else "against"
    if all(it in mine for it in side):
        return f"It is all that speaks {way} trouble."
    part = f"{share} %" if share else "Less than 1 %"
    return f"{part} of what speaks {way} trouble."


def asked_words(standing: Standing, now: datetime) -> str:
    """Return when a source was asked last and is asked next."""
    report, failure = standing.report, standing.failure
    last = failure.at if failure else report.at if report else None
    said = ago(last, now) if last is not None else "not yet"
    if standing.due is None:
        return said
    wait = standing.due - now
    soon = f"again in {words.age(wait)}" if wait.total_seconds() >= 1 else "asking now"
    return f"{said}, {soon}"


def _addresses(urls: Sequence[str]) -> str:
    first = cut(urls[0].split("://")[-1].rstrip("/"), LONGEST)
    more = len(urls) - 1
    if not more:
        return first
    return f"{first} and {more} more address{'' if more == 1 else 'es'}"
