"""What sources say, in words and marks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.facts import fresh
from downlight.core.fusion import weights
from downlight.core.level import worst
from downlight.core.saying import source_words, words
from downlight.core.speech import mark, number, tr, trn
from downlight.ui.ages import ago
from downlight.ui.kit.look import Look
from downlight.ui.views import LOOK_WORDS, Line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.model import Check, RegionReading, Report
    from downlight.core.news import ServiceView
    from downlight.core.source import SourceInfo

_KIND_WORDS: Final = {
    "official": mark("official"),
    "measured": mark("our own check"),
    "regional": mark("by country"),
    "people": mark("what people write"),
    "aggregator": mark("others who watch"),
}
_BAD: Final = {Look.DEGRADED, Look.PARTIAL, Look.MAJOR}
_LATELY: Final = timedelta(hours=1)


def kind_words(info: SourceInfo) -> str:
    """Return whose word a source is, for people."""
    return tr(_KIND_WORDS.get(info.kind, info.kind))


def title_of(info: SourceInfo) -> str:
    """Return the name of a source as it stands at the beginning of a line."""
    return f"{info.name[:1].upper()}{info.name[1:]}"


def reports(view: ServiceView, now: datetime) -> tuple[list[Report], list[Report]]:
    """Return the last reports that still count, and those that are too old to."""
    counting = [r for e in view.evidence if (r := fresh(e, now)) is not None]
    old = [
        report
        for e in view.evidence
        if (report := e.standing.report) is not None and fresh(e, now) is None
    ]
    return counting, old


def is_believed(e: Evidence, now: datetime) -> bool:
    """Whether it is no blip that our own check reaches nothing of something."""
    silent = e.standing.report is not None and e.standing.report.is_silent
    since = e.failing_since
    return not silent or (since is not None and now - since >= weights.LONG)


def proof(e: Evidence, now: datetime, zone: tzinfo | None) -> Line:
    """Return what a source says, since when and how old that is."""
    report = fresh(e, now)
    look = Look.of(report.level) if report is not None else Look.UNKNOWN
    if e.info.kind == "measured" and report is not None and wrong(report.checks):
        look = Look.DEGRADED
    elif e.info.kind == "measured" and e.failing_since is not None:
        believed = now - e.failing_since >= weights.LONG
        look = Look.DEGRADED if believed and report is not None else Look.UNKNOWN
    word = tr(LOOK_WORDS[look])
    if e.info.kind == "regional" and report is not None and report.readings:
        look, word = _regional_word(report.readings)
    elif e.info.kind == "people" and report is not None:
        word = ""  # what people write has no level of its own
    elif look is Look.OPERATIONAL and report is not None and _lacks(report.checks):
        word = ""  # all is not well where some do not answer; nor is it trouble yet
    at = e.standing.report.at if e.standing.report is not None else None
    return Line(
        title=title_of(e.info),
        look=look if word else None,
        word=word,
        aside=ago(at, now) if at is not None else "",
        text=_says(e, report, now, zone),
        tags=(kind_words(e.info),),
        indented=True,
    )


def _says(
    e: Evidence, report: Report | None, now: datetime, zone: tzinfo | None
) -> str:
    if report is None:
        old = e.standing.report is not None
        line = source_words.source_line(e.standing, now)
        return words.joined(line, tr("Too old to count.") if old else "")
    if e.info.kind == "measured":
        return _own_says(e, report, now, zone)
    if e.info.kind == "regional":
        return _regional_says(report.readings)
    if e.info.kind == "people":
        return posts_words(report, now)
    said = f"“{report.headline}”" if report.headline else ""
    failed = e.standing.failure is not None
    return words.joined(said, tr("The latest attempt failed.") if failed else "")


def _own_says(e: Evidence, report: Report, now: datetime, zone: tzinfo | None) -> str:
    if e.failing_since is None or wrong(report.checks):
        troubles = dict.fromkeys(check.trouble for check in wrong(report.checks))
        said = (f"{tr(trouble)}." for trouble in troubles)
        return words.joined(answers_words(report.checks), *said)
    since = words.moment(e.failing_since, now, zone)
    return tr("Nothing answers from here since {since}.", since=since)


def _lacks(checks: Sequence[Check]) -> bool:
    """Whether some of our own checks get no answer."""
    return any(check.took is None for check in checks)


def wrong(checks: Sequence[Check]) -> tuple[Check, ...]:
    """Return those that were answered, but not as they should have been."""
    return tuple(c for c in checks if c.took is not None and c.trouble)


def answers_words(checks: Sequence[Check]) -> str:
    """Return how many of our own checks are answered, and how many wrongly."""
    answering = sum(check.took is not None for check in checks)
    odd = len(wrong(checks))
    if not checks:
        return tr("Nothing was tried from here.")
    if not checks[1:]:
        if not answering:
            return tr("It does not answer from here.")
        if odd:
            return tr("It answers from here, but not as it should.")
        return tr("It answers from here.")
    count, total = number(answering), number(len(checks))
    if not odd:
        return tr(
            "{count} of {total} addresses answer from here.", count=count, total=total
        )
    return tr(
        "{count} of {total} addresses answer from here, {odd} not as it should.",
        count=count,
        total=total,
        odd=number(odd),
    )


def posts_words(report: Report, now: datetime) -> str:
    """Return how much people wrote of late; nothing follows from it by itself."""
    count = sum(now - at <= _LATELY for at in report.mentions)
    whole = report.reaches is None or now - report.reaches >= _LATELY
    if report.reaches is not None and not whole and not count:
        reach = words.age(now - report.reaches)
        return tr(
            "No post in the last {span}; what was before is not known.", span=reach
        )
    if not count:
        return tr("No post in the last hour.")
    if whole:
        return trn(
            "One post in the last hour.",
            "{n} posts in the last hour, each person counted once in 15 min.",
            count,
        )
    return trn(
        "At least one post in the last hour.",
        "At least {n} posts in the last hour, each person counted once in 15 min.",
        count,
    )


def _regional_word(readings: Sequence[RegionReading]) -> tuple[Look, str]:
    # The worst place gives the mark; the count says that it is places, not all.
    look = Look.of(worst(reading.level for reading in readings))
    count = sum(Look.of(reading.level) is look for reading in readings)
    total = number(len(readings))
    return look, tr("in {count} of {total} places", count=number(count), total=total)


def _regional_says(readings: Sequence[RegionReading]) -> str:
    if not readings:
        return tr("It measured nothing of late.")
    look, _count = _regional_word(readings)
    word = tr(LOOK_WORDS[look])
    bad = tr("The worst place is {word}.", word=word) if look in _BAD else ""
    blocked = sum(reading.blocked for reading in readings)
    shut = trn("One looks blocked.", "{n} look blocked.", blocked) if blocked else ""
    return words.joined(bad, shut)
