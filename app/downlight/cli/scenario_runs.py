"""What is said at each minute of a scenario, equal minutes put together, as a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from downlight.cli import forms
from downlight.cli.scenario_minutes import minutes
from downlight.cli.scenario_table import UNKNOWN
from downlight.core.saying import words
from downlight.core.text import cut

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from downlight.cli.scenario_minutes import Minute
    from downlight.cli.scenario_table import Scenario
    from downlight.core.evidence.why import Reason

_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_HEAD: Final = "  {:<12} {:>4}  {:<11} {:<15} {:<13} {}"
"""From-to, minutes, level, where, how sure, what is told."""
_DEEP: Final = 20
"""Under the level, where the sentence and the reasons begin."""
_WIDE: Final = 15


@dataclass(frozen=True, slots=True)
class Run:
    """Minutes in a row in which the same is said, but for numbers in it."""

    first: Minute
    last: Minute
    length: int


def runs(scenario: Scenario) -> Iterator[Run]:
    """Yield what is said in each run of equal minutes; something told begins one."""
    for _, group in groupby(_numbered(scenario), key=lambda pair: pair[0]):
        run = [minute for _, minute in group]
        yield Run(run[0], run[-1], len(run))


def lines(scenario: Scenario) -> Iterator[str]:
    """Yield the table of one scenario, line by line; the last one is empty."""
    start = f"{scenario.start:%Y-%m-%d %H:%M}"
    home = f", in {scenario.home}" if scenario.home else ""
    yield f"{scenario.name}: {scenario.title}"
    yield f"  From {start} UTC{home}. Numbers are those of a line's first minute."
    yield _HEAD.format("From-to", "Min", "Level", "Where", "Sure", "Told").rstrip()
    for run in runs(scenario):
        yield from _run_lines(run)
    yield ""


def runs_form(scenario: Scenario) -> dict[str, Any]:
    """Return the same for machines."""
    return {
        "id": scenario.name,
        "title": scenario.title,
        "start": forms.moment(scenario.start),
        "country": scenario.home or None,
        "runs": [_form(run) for run in runs(scenario)],
    }


def _numbered(scenario: Scenario) -> Iterator[tuple[Hashable, Minute]]:
    """Yield each minute with what it has in common with its like."""
    turns = 0
    after = False
    for minute in minutes(scenario):
        tells = bool(minute.events or minute.judgement.notice)
        turns += tells or after
        after = tells
        judged = minute.judgement
        yield (
            (
                turns,
                minute.verdict.level,
                judged.state,
                minute.verdict.scope,
                minute.verdict.places,
                _sure(minute),
                _NUMBER.sub("#", minute.sentence),
                frozenset(
                    (f.voice, f.sign, f.silent, f.carried) for f in judged.reasons
                ),
            ),
            minute,
        )


def _run_lines(run: Run) -> Iterator[str]:
    minute = run.first
    verdict, judged = minute.verdict, minute.judgement
    span = f"{minute.seen.now:%H:%M}"
    if run.length > 1:
        span += f"-{run.last.seen.now:%H:%M}"
    place = words.where(verdict.scope, verdict.places)
    yield _HEAD.format(
        span,
        run.length,
        words.LEVEL_WORDS[verdict.level],
        cut(place, _WIDE),
        _sure(minute),
        judged.notice or "",
    ).rstrip()
    indent = " " * _DEEP
    yield f"{indent}{minute.sentence}"
    for event in minute.events:
        way = "told" if event.turn.is_worth_telling and not event.held else "noted"
        yield f"{indent}{way}: {event.title}. {event.sentence}"
    for reason in minute.why.reasons:
        yield f"{indent}  {reason.weight:+5.1f} {_reason(reason)}"


def _sure(minute: Minute) -> str:
    """Return how sure it is, in words without the number; empty when unclaimed."""
    return minute.why.sure.removeprefix("We are ").partition(" (")[0]


def _reason(reason: Reason) -> str:
    elsewhere = "" if reason.here else " (elsewhere)"
    return f"{reason.who}: {reason.words}{elsewhere}"


def _form(run: Run) -> dict[str, Any]:
    minute = run.first
    verdict, judged = minute.verdict, minute.judgement
    return {
        "from": forms.moment(minute.seen.now),
        "to": forms.moment(run.last.seen.now),
        "minutes": run.length,
        "level": verdict.level.code if verdict.level is not None else None,
        "state": judged.state or UNKNOWN,
        "scope": str(verdict.scope),
        "places": [place.code for place in verdict.places],
        "confidence": round(judged.confidence, 3),
        "notice": judged.notice,
        "sentence": minute.sentence,
        "told": [forms.event(event) for event in minute.events],
        "remarks": list(minute.why.remarks),
        "reasons": [
            {
                "who": reason.who,
                "words": reason.words,
                "weight": round(reason.weight, 3),
                "here": reason.here,
            }
            for reason in minute.why.reasons
        ],
    }
