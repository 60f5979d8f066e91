"""``downlight scenarios``: hold the rule that weighs against a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.cli import console, forms
from downlight.cli.scenario_moments import moments
from downlight.cli.scenario_runs import lines, runs_form
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

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one scenario went."""

    name: str
    title: str
    differences: tuple[str, ...]
    """What is not as expected, in words; empty when all is."""


def run(options: Namespace) -> int:
    """Play the scenarios and say which differ, or what is said at each minute.

    Returns:
        0 when none differs from what is expected; of minutes, when all can be played.

    Raises:
        TableError: The table cannot be read, or has no such scenario.
    """
    wanted = set(options.name)
    rows = list(read(options.table))
    known = {row.name for row in rows if isinstance(row, Scenario)}
    if strangers := sorted(wanted - known):
        raise TableError(f"{options.table}: no scenario {', '.join(strangers)}")
    chosen = [
        row
        for row in rows
        if not wanted or (isinstance(row, Scenario) and row.name in wanted)
    ]
    if options.minutes:
        return _say_minutes(chosen, json=options.json)
    outcomes = [_outcome(row) for row in chosen]
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
    for moment in moments(
        scenario.segments,
        scenario.start,
        home=scenario.home,
        real=scenario.real,
        also=scenario.also,
    ):
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


def _say_minutes(rows: Sequence[Scenario | TableError], *, json: bool) -> int:
    """Say what is said at each minute; 1 when a row cannot be played, or none is."""
    broken = [row for row in rows if isinstance(row, TableError)]
    if json:
        form = {
            "errors": [str(error) for error in broken],
            "scenarios": [runs_form(row) for row in rows if isinstance(row, Scenario)],
        }
        console.say(forms.dump(form))
    else:
        for row in rows:
            error = (f"error {row}", "")
            for line in lines(row) if isinstance(row, Scenario) else error:
                _tell(line)
    return 1 if broken or not rows else 0


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
