"""``downlight scenarios``: hold the rule that weighs against a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from downlight.cli import console, forms
from downlight.cli.scenario_moments import moments
from downlight.cli.scenario_table import (
    BANDS,
    NONE,
    NOWHERE,
    UNKNOWN,
    Scenario,
    TableError,
    read,
)
from downlight.core.fusion.rule import Memory, step
from downlight.core.fusion.ruling import TROUBLE

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from downlight.core.fusion.judgement import Judgement

START: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""When every scenario begins."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one scenario went."""

    name: str
    title: str
    differences: tuple[str, ...]
    """What is not as expected, in words; empty when all is."""


def run(options: Namespace) -> int:
    """Play the scenarios and say which differ; 0 when none does.

    Raises:
        TableError: The table cannot be read, or has no such scenario.
    """
    wanted = set(options.name)
    rows = list(read(options.table))
    known = {row.name for row in rows if isinstance(row, Scenario)}
    if strangers := sorted(wanted - known):
        raise TableError(f"{options.table}: no scenario {', '.join(strangers)}")
    outcomes = [
        _outcome(row)
        for row in rows
        if not wanted or (isinstance(row, Scenario) and row.name in wanted)
    ]
    failed = sum(bool(outcome.differences) for outcome in outcomes)
    if options.json:
        console.say(forms.dump(_form(outcomes, failed)))
    else:
        for outcome in outcomes:
            _say(outcome)
        console.say(f"{len(outcomes) - failed} passed, {failed} failed")
    return 1 if failed or not outcomes else 0


def play(scenario: Scenario) -> list[Judgement]:
    """Return what the rule says in each minute."""
    memory, judgements = Memory(), []
    seen = moments(scenario.segments, START, home=scenario.home, real=scenario.real)
    for moment in seen:
        memory, judgement = step(memory, moment)
        judgements.append(judgement)
    return judgements


def differences(scenario: Scenario, said: Sequence[Judgement]) -> tuple[str, ...]:
    """Return what is not as the scenario expects, in words."""
    last = said[-1]
    told = [(minute, by.notice) for minute, by in enumerate(said) if by.notice]
    notices = ">".join(notice for _, notice in told) or NONE
    found = [
        f"{name}: {got}, expected {' or '.join(right)}"
        for name, got, right in (
            ("verdict", last.state or UNKNOWN, scenario.states),
            ("scope", _scope(last), scenario.scopes),
            ("notices", notices, scenario.notices),
        )
        if got not in right
    ]
    least, below = BANDS.get(scenario.confidence, (0.0, 2.0))
    if not least <= last.confidence < below:
        found.append(
            f"confidence: {last.confidence:.2f}, expected {scenario.confidence}"
        )
    by = scenario.first_by
    if by is not None and not (told and told[0][0] <= by):
        first = f"in minute {told[0][0]}" if told else "never"
        found.append(f"first notice: {first}, expected by minute {by}")
    text = " ".join(_reasons(last)).casefold()
    found += [
        f"reasons: no {word!r}"
        for word in scenario.words
        if word.casefold() not in text
    ]
    return tuple(found)


def _reasons(said: Judgement) -> list[str]:
    return [*said.remarks, *(f"{by.words} {by.code}" for by in said.reasons)]


def _scope(said: Judgement) -> str:
    if said.state not in TROUBLE:
        return NOWHERE
    return f"region:{','.join(said.places)}" if said.places else "global"


def _outcome(row: Scenario | TableError) -> Outcome:
    if isinstance(row, TableError):
        return Outcome("", "", (str(row),))
    return Outcome(row.name, row.title, differences(row, play(row)))


def _say(outcome: Outcome) -> None:
    if not outcome.name:
        _tell(f"error {outcome.differences[0]}")
        return
    mark = "FAIL" if outcome.differences else "pass"
    _tell(f"{mark}  {outcome.name}  {outcome.title}")
    for difference in outcome.differences:
        _tell(f"      {difference}")


def _tell(text: str) -> None:
    """Write a line; what a table says must not steer the terminal."""
    console.say(_CONTROL.sub("?", text))


def _form(outcomes: Sequence[Outcome], failed: int) -> dict[str, object]:
    return {
        "passed": len(outcomes) - failed,
        "failed": failed,
        "scenarios": [
            {
                "id": outcome.name or None,
                "title": outcome.title,
                "passed": not outcome.differences,
                "differences": list(outcome.differences),
            }
            for outcome in outcomes
        ],
    }
