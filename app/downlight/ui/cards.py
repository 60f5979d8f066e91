"""The cards that say who says what: evidence, parts, sources, facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core import words
from downlight.core.level import Level, worst
from downlight.core.verdict import OWN_CHECK_PATIENCE
from downlight.ui.ages import ago
from downlight.ui.look import RANK, Look
from downlight.ui.views import LOOK_WORDS, Card, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, tzinfo

    from downlight.core.model import Component, RegionReading, Report, Standing
    from downlight.core.news import ServiceView
    from downlight.core.service import Fact
    from downlight.core.verdict import Evidence

_KIND_WORDS: Final = {
    "official": "official",
    "measured": "our own check",
    "regional": "by country",
}
_BAD: Final = {Look.DEGRADED, Look.PARTIAL, Look.MAJOR}
_UNVERIFIED: Final = (
    "Unverified: nobody has recorded a real answer of this source, so it may be "
    "misread."
)


def evidence_card(view: ServiceView, now: datetime, zone: tzinfo | None) -> Card:
    """Return who says what, since when and how old it is."""
    return Card(
        key="evidence",
        title="What says so",
        lines=tuple(_proof(e, now, zone) for e in view.evidence),
        summary="" if view.evidence else "No source speaks about this service.",
        footnote=view.service.note,
    )


def parts_card(view: ServiceView) -> Card | None:
    """Return the provider's own parts; None when it names none."""
    parts = [c for report in reports(view) for c in report.components]
    if not parts:
        return None
    bad = [c for c in parts if c.level is None or c.level is not Level.OPERATIONAL]
    good = [c for c in parts if c.level is Level.OPERATIONAL]
    troubled = _grouped(sorted(bad, key=_part_rank))
    if bad:
        summary = f"{len(good)} of {len(parts)} parts are well."
    else:
        summary = f"All {len(parts)} parts are well."
    alone = len(parts) == 1
    return Card(
        key="parts",
        title="Parts",
        lines=(*troubled, *_grouped(good)),
        shown=None if alone else len(troubled),
        summary="" if alone else summary,
    )


def sources_card(view: ServiceView, now: datetime) -> Card:
    """Return how each source is doing and when it is asked next."""
    return Card(
        key="sources",
        title="Sources",
        lines=tuple(_source(e, now) for e in view.evidence),
        summary="" if view.evidence else "There is nothing to ask.",
    )


def about_card(view: ServiceView) -> Card | None:
    """Return what is known of the service, each with its source and date."""
    service = view.service
    lines = [_fact(fact) for fact in service.facts]
    if service.page.startswith("https://"):
        lines.append(Line("Status page", text=service.page, link=service.page))
    return Card("about", f"About {service.name}", tuple(lines)) if lines else None


def reports(view: ServiceView) -> Sequence[Report]:
    """Return the last report of each source that ever gave one."""
    standings = (e.standing.report for e in view.evidence)
    return [report for report in standings if report is not None]


def _proof(e: Evidence, now: datetime, zone: tzinfo | None) -> Line:
    report = e.standing.fresh(now, e.info.shelf_life)
    look = Look.of(report.level) if report is not None else Look.UNKNOWN
    if e.info.kind == "measured" and e.failing_since is not None:
        believed = now - e.failing_since >= OWN_CHECK_PATIENCE
        look = Look.DEGRADED if believed and report is not None else Look.UNKNOWN
    word = LOOK_WORDS[look]
    if e.info.kind == "regional" and report is not None and report.readings:
        look, word = _regional_word(report.readings)
    at = e.standing.report.at if e.standing.report is not None else None
    return Line(
        title=e.info.name,
        look=look,
        word=word,
        aside=ago(at, now) if at is not None else "",
        text=_says(e, report, now, zone),
        tags=(_KIND_WORDS.get(e.info.kind, e.info.kind),),
    )


def _says(
    e: Evidence, report: Report | None, now: datetime, zone: tzinfo | None
) -> str:
    if report is None:
        old = e.standing.report is not None
        line = words.source_line(e.standing, now)
        return f"{line} Too old to count." if old else line
    if e.info.kind == "measured":
        return _own_says(e, report, now, zone)
    if e.info.kind == "regional":
        return _regional_says(report.readings)
    said = f"“{report.headline}”" if report.headline else ""
    failed = "" if e.standing.failure is None else "The latest attempt failed."
    return " ".join(part for part in (said, failed) if part)


def _own_says(e: Evidence, report: Report, now: datetime, zone: tzinfo | None) -> str:
    answering = sum(check.took is not None for check in report.checks)
    if e.failing_since is None:
        return f"{answering} of {len(report.checks)} addresses answer from here."
    since = words.moment(e.failing_since, now, zone)
    text = f"Nothing answers from here since {since}."
    if now - e.failing_since < OWN_CHECK_PATIENCE:
        text += f" Believed after {words.age(OWN_CHECK_PATIENCE)}."
    return text


def _regional_word(readings: Sequence[RegionReading]) -> tuple[Look, str]:
    # The worst place gives the mark; the count says that it is places, not all.
    look = Look.of(worst(reading.level for reading in readings))
    count = sum(Look.of(reading.level) is look for reading in readings)
    return look, f"in {count} of {len(readings)} places"


def _regional_says(readings: Sequence[RegionReading]) -> str:
    look, _count = _regional_word(readings)
    text = f"The worst place is {LOOK_WORDS[look]}." if look in _BAD else ""
    blocked = sum(reading.blocked for reading in readings)
    if blocked:
        text += f" {blocked} look blocked." if blocked > 1 else " One looks blocked."
    return text.strip()


def _part_rank(part: Component) -> tuple[int, str]:
    return RANK[Look.of(part.level)], part.name.casefold()


def _grouped(parts: Iterable[Component]) -> tuple[Line, ...]:
    groups: dict[str, list[Line]] = {}
    for part in parts:
        look = Look.of(part.level)
        odd = f"The provider says “{part.raw}”." if part.raw and not part.level else ""
        line = Line(part.name, look=look, word=LOOK_WORDS[look], text=odd)
        groups.setdefault(part.group or "", []).append(line)
    lines: list[Line] = list(groups.pop("", []))
    for group, members in groups.items():
        lines.append(Line(group, kind="group"))
        lines.extend(members)
    return tuple(lines)


def _source(e: Evidence, now: datetime) -> Line:
    notes = [words.source_line(e.standing, now)]
    if not e.info.verified:
        notes.append(_UNVERIFIED)
    if e.info.note:
        notes.append(e.info.note)
    link = e.info.page if e.info.page.startswith("https://") else ""
    return Line(
        title=e.info.name,
        look=None,
        aside=_next(e.standing, now),
        text="\n".join(notes),
        tags=() if e.info.verified else ("unverified",),
        link=link,
    )


def _next(standing: Standing, now: datetime) -> str:
    if standing.due is None:
        return ""
    wait = standing.due - now
    return f"next in {words.age(wait)}" if wait.total_seconds() >= 1 else "asking now"


def _fact(fact: Fact) -> Line:
    link = fact.source if fact.source.startswith("https://") else ""
    source = fact.source.removeprefix("https://").split("/")[0] if link else fact.source
    aside = ", ".join(part for part in (source, fact.as_of) if part)
    return Line(
        fact.topic, text=fact.text, aside=aside, link=link, link_text="Read it there"
    )
