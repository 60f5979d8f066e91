"""The card that says why: how sure, by which reasons, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.evidence.why import Leaning, asked, why
from downlight.core.fusion.findings import Voice
from downlight.core.saying.words import joined
from downlight.core.speech import mark, tr
from downlight.ui.ages import ago
from downlight.ui.kit.look import Look
from downlight.ui.state import is_early, look_of
from downlight.ui.views import Ground, WhyCard

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.evidence.why import Reason
    from downlight.core.news import ServiceView

_CALM: Final = {Look.OPERATIONAL, Look.MAINTENANCE}
_WORDS: Final = {
    Leaning.TROUBLE: mark("speaks for trouble"),
    Leaning.WELL: mark("speaks against trouble"),
    Leaning.NEITHER: mark("speaks for neither"),
}
_KINDS: Final = {
    Voice.OFFICIAL: "official",
    Voice.COUNTRIES: "regional",
}
_ELSEWHERE: Final = mark("counts elsewhere only")


def why_card(
    view: ServiceView, now: datetime, zone: tzinfo | None, home: str
) -> WhyCard | None:
    """Return why the verdict is what it is; None before anything was weighed.

    Args:
        view: The service as the engine knows it.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
        home: The person's country; empty when not known.
    """
    if view.verdict.judgement is None:
        return None
    told = why(view.verdict, view.stamps, now, zone, home, asked(view.evidence))
    grounds = tuple(_ground(reason, view, now) for reason in told.reasons)
    summary = joined(told.sure, *told.remarks)
    weightiest = grounds[0].text if grounds else told.missing
    return WhyCard(
        brief=joined(summary, weightiest),
        calm=look_of(view) in _CALM and not is_early(view),
        summary=summary,
        grounds=grounds,
        missing=told.missing,
        changes=told.changes,
        lead=told.lead,
    )


def _ground(reason: Reason, view: ServiceView, now: datetime) -> Ground:
    # What stands there since long is weighed anew each time, but is no younger for it.
    at = min(reason.at, _heard(_KINDS.get(reason.voice, ""), view) or reason.at)
    return Ground(
        who=reason.who,
        text=reason.words,
        leaning=reason.leaning,
        word=tr(_WORDS[reason.leaning] if reason.here else _ELSEWHERE),
        age=ago(at, now),
    )


def _heard(kind: str, view: ServiceView) -> datetime | None:
    """Return when a kind of source last brought something; None when it never did."""
    reports = [
        e.standing.report
        for e in view.evidence
        if e.info.kind == kind and e.standing.report is not None
    ]
    measured = [r.at for report in reports for r in report.readings if r.at is not None]
    return max(measured or [report.at for report in reports], default=None)
