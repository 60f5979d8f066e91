"""``downlight backtest``: when your own rules would have told of a recorded outage."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any, Final

from rich.table import Table
from rich.text import Text

from downlight import wiring
from downlight.cli import console, forms
from downlight.cli.replay import opened
from downlight.cli.trial import Rules, attempt
from downlight.core.evidence.why import VOICES
from downlight.core.saying import words
from downlight.core.settings import Settings

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from downlight.cli.trial import Told, Trial
    from downlight.core.backtest import Episode, Hit, Outage, Score

YOURS: Final = "your rules"
SHIPPED: Final = "the defaults"
NAMES: Final = ("yours", "shipped")
"""What the rules are called in the machine form, in order."""


def run(options: Namespace) -> int:
    """Play a recording by both rules and say how they did.

    Raises:
        DownlightError: It cannot be played.
    """
    says = wiring.about(options.folder)
    tape, plan = opened(options.folder, options.service or says.services)
    home = wiring.open_home(options.data)
    for complaint in home.complaints:
        console.complain(complaint)
    settings = home.settings
    mine = replace(
        settings,
        confirm_begin=options.confirm or settings.confirm_begin,
        confirm_end=options.confirm_end or settings.confirm_end,
    )
    every = None if options.every is None else timedelta(seconds=options.every)
    # Where a person is is no rule: it is the same in both.
    shipped = replace(Settings(), country=settings.country)
    rules = Rules(mine, every), Rules(shipped)
    trials = attempt(tape, plan, rules, says.outages)
    if options.json:
        console.say(forms.dump(_form(says.title, rules, trials, tape.start)))
        return 0
    console.say(f"{says.title}, played by two sets of rules (times in UTC).")
    for name, by in zip((YOURS, SHIPPED), rules, strict=True):
        console.say(f"{name}: {_rules(by)}")
    for trial in trials:
        console.say(f"\n{trial.service.name}. {_truth(trial)}")
        console.show(_table(trial, tape.start))
    return 0


def _rules(by: Rules) -> str:
    begin, end = by.settings.confirm_begin, by.settings.confirm_end
    asked = "each source asked as often as it is made for"
    if by.every is not None:
        asked = f"each source asked every {words.age(by.every)}"
    return f"begins after {_sightings(begin)}, ends after {_sightings(end)}; {asked}."


def _sightings(count: int) -> str:
    return "1 sighting" if count == 1 else f"{count} sightings in a row"


def _truth(trial: Trial) -> str:
    """Return with what it is compared."""
    truth = trial.truth
    if truth is None:
        return "Nobody says when it was in trouble: there is nothing to compare with."
    whose = "the recording"
    if not truth.stated:
        whose = "the official pages in it, which may leave things out"
    if not truth.outages:
        return f"No outage, by the word of {whose}."
    outages = [
        f"{number}. {_outage(outage)}" for number, outage in enumerate(truth.outages, 1)
    ]
    listed = "; ".join(outages).removeprefix("1. " if len(outages) == 1 else "")
    return f"In trouble, by the word of {whose}: {listed}."


def _outage(outage: Outage) -> str:
    began = f"{outage.began.astimezone(UTC):%Y-%m-%d %H:%M}"
    if outage.ended is None:
        return f"from {began} on"
    return f"{began} to {_moment(outage.ended, outage.began)}"


def _table(trial: Trial, start: datetime) -> Table:
    """Return how each rules did for one service."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column()
    table.add_column(YOURS)
    table.add_column(SHIPPED)

    def add(name: str, cells: Iterable[str]) -> None:
        table.add_row(Text(name), *map(Text, cells))

    if not trial.scores:
        add("told", [_list(told.episodes) for told in trial.told])
    for number, hits in enumerate(zip(*(s.hits for s in trial.scores), strict=True), 1):
        which = f"{number}. " if len(trial.scores[0].hits) > 1 else ""
        add(f"{which}told at", [_told(hit, start) for hit in hits])
        add(f"{which}told by", [_voices(hit.episodes) for hit in hits])
        add(f"{which}end told at", [_end(hit) for hit in hits])
    if trial.scores:
        add("missed", [str(score.missed) for score in trial.scores])
        # What a page does not name need not be false.
        stated = trial.truth is not None and trial.truth.stated
        wrong = "false alarms" if stated else "not by them"
        add(wrong, [_false(score) for score in trial.scores])
    add("requests", [str(told.requests) for told in trial.told])
    return table


def _told(hit: Hit, start: datetime) -> str:
    if not hit.episodes:
        return "never while it lasted"
    at = _moment(hit.episodes[0].began, hit.outage.began)
    if hit.carried:
        return f"{at}, of an earlier one"
    if hit.outage.began < start:
        return f"{at}; it began before the recording"
    more = len(hit.episodes) - 1
    again = f", and {more} more time{'' if more == 1 else 's'}" if more else ""
    return f"{at}, {_lag(hit.late)}{again}"


def _end(hit: Hit) -> str:
    if not hit.episodes:
        return "–"
    ended = hit.episodes[-1].ended
    if ended is None:
        return "not by the end"
    at = _moment(ended, hit.outage.began)
    return at if hit.end_late is None else f"{at}, {_lag(hit.end_late)}"


def _lag(span: timedelta | None) -> str:
    """Return how much later than the truth something was told."""
    if not span:
        return "at once"
    return f"{words.age(abs(span))} {'before' if span < timedelta() else 'after'}"


def _voices(episodes: Sequence[Episode]) -> str:
    names = [VOICES[voice].lower() for voice in episodes[0].by] if episodes else []
    return ", ".join(names) or "–"


def _false(score: Score) -> str:
    if not score.false:
        return "none"
    return f"{len(score.false)}: {_list(score.false)}"


def _list(episodes: Sequence[Episode]) -> str:
    found = []
    for it in episodes:
        until = f" to {_moment(it.ended, it.began)}" if it.ended else " on"
        at = f"{it.began.astimezone(UTC):%Y-%m-%d %H:%M}"
        found.append(f"{at}{until} ({_voices([it])})")
    return "; ".join(found) or "nothing"


def _moment(at: datetime, day: datetime) -> str:
    """Return a clock time in UTC, with its date if it is not of that day."""
    return words.moment(at, day, UTC)


def _form(
    title: str, rules: Sequence[Rules], trials: Sequence[Trial], start: datetime
) -> dict[str, Any]:
    return {
        "recording": title,
        "rules": {
            name: {
                "confirm": by.settings.confirm_begin,
                "confirm_end": by.settings.confirm_end,
                "every": by.every and by.every.total_seconds(),
            }
            for name, by in zip(NAMES, rules, strict=True)
        },
        "services": [_trial_form(trial, start) for trial in trials],
    }


def _trial_form(trial: Trial, start: datetime) -> dict[str, Any]:
    truth, scores = trial.truth, trial.scores or (None,) * len(trial.told)
    return {
        "slug": trial.service.slug,
        "name": trial.service.name,
        "truth": truth and ("recording" if truth.stated else "official pages"),
        "outages": truth
        and [
            {"began": forms.moment(it.began), "ended": forms.moment(it.ended)}
            for it in truth.outages
        ],
        **{
            name: _told_form(told, score, start)
            for name, told, score in zip(NAMES, trial.told, scores, strict=True)
        },
    }


def _told_form(told: Told, score: Score | None, start: datetime) -> dict[str, Any]:
    return {
        "requests": told.requests,
        "told": [_episode_form(it) for it in told.episodes],
        "outages": score and [_hit_form(hit, start) for hit in score.hits],
        "missed": score and score.missed,
        "false_alarms": score and [_episode_form(it) for it in score.false],
    }


def _episode_form(it: Episode) -> dict[str, Any]:
    return {
        "told_at": forms.moment(it.began),
        "ended_at": forms.moment(it.ended),
        "by": list(it.by),
    }


def _hit_form(hit: Hit, start: datetime) -> dict[str, Any]:
    """Return what was told of one outage; ``late`` and ``end_late`` in seconds."""
    late = hit.late if hit.outage.began >= start else None
    return {
        "times_told": len(hit.episodes),
        "told_at": forms.moment(hit.episodes[0].began if hit.episodes else None),
        "late": None if late is None else late.total_seconds(),
        "ended_at": forms.moment(hit.episodes[-1].ended if hit.episodes else None),
        "end_late": None if hit.end_late is None else hit.end_late.total_seconds(),
        "by": list(hit.episodes[0].by) if hit.episodes else [],
    }
