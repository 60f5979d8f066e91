"""What the page of countries shows: plain values, with all their words."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from downlight.core.saying.words import joined
from downlight.core.speech import mark, number, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from downlight.ui.kit.look import Look


@unique
class State(StrEnum):
    """What is known of a place, the worst first."""

    DOWN = "down"
    """Wholly or partly."""
    TROUBLED = "troubled"
    BLOCKED = "blocked"
    """Fails as a block would, not as an outage would."""
    FAILING = "failing"
    """Most measurements fail, and nobody knows that they did not before."""
    FEW = "few"
    """Too few measurements to say."""
    UNKNOWN = "unknown"
    FINE = "fine"


Speaker: TypeAlias = Literal["", "provider", "other"]
RANK: Final = {state: place for place, state in enumerate(State)}
LEGEND: Final = {
    State.DOWN: mark("Down or partly down"),
    State.TROUBLED: mark("Troubled"),
    State.BLOCKED: mark("Looks blocked"),
    State.FAILING: mark("Most fail, no sudden change known"),
    State.FEW: mark("Too few measurements"),
    State.UNKNOWN: mark("Nothing known"),
    State.FINE: mark("Fine"),
}
"""What each state is called beside the map; to be said by `tr`."""

_HEADS: Final = (
    *(mark("country"), mark("name"), mark("state"), mark("failing")),
    *(mark("measurements"), mark("networks"), mark("measured_at"), mark("source")),
)
_FORMULAS: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Row:
    """What one source says about one place."""

    key: str
    """Names it among all rows."""
    name: str
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2 of the countries it is, or lies in; empty: not known."""
    whole: bool
    """Whether it is a country, and not a place in one or several."""
    state: State
    look: Look
    word: str
    source: str
    """Who says so; empty for nobody."""
    measurements: int | None = None
    """None where nothing is counted."""
    failing: int | None = None
    networks: int | None = None
    """In how many networks it was seen so; None when not said."""
    at: datetime | None = None
    """When it was measured or said; None when not known."""
    age: str = ""
    text: str = ""
    """What else is to be known, in sentences."""
    home: bool = False
    """Whether it is the person's country."""
    named: Speaker = ""
    """Who names it, where it is named and not measured."""

    @property
    def sample(self) -> str:
        """How many measurements failed, in a sentence; empty where none are counted."""
        if self.measurements is None:
            return ""
        if self.measurements == 1:
            if self.failing:
                return tr("The one measurement failed.")
            return tr("The one measurement succeeded.")
        failing, total = number(self.failing or 0), number(self.measurements)
        return tr("{n} of {total} measurements failed.", n=failing, total=total)

    @property
    def title(self) -> str:
        """What it is called, and that it is the person's country, if it is."""
        return yours(self.name) if self.home else self.name

    @property
    def spoken(self) -> str:
        """All of it, in sentences."""
        age = self.age or tr("time not said")
        who = self.source and f"{self.source}, {age}."
        return joined(f"{self.title}: {self.word}.", self.sample, self.text, who)


@dataclass(frozen=True, slots=True)
class Spot:
    """What the map shows of one country."""

    code: str
    """ISO 3166-1 alpha-2."""
    state: State
    whole: bool
    """Whether it is said of the country; False: of a place in it."""
    said: str
    """In words: "Brazil: down"."""


@dataclass(frozen=True, slots=True)
class Regions:
    """The page, for one service."""

    rows: tuple[Row, ...] = ()
    """The person's country first, then the worst first."""
    spots: tuple[Spot, ...] = ()
    """Of every country something is known of, the worst first."""
    said: tuple[str, ...] = ()
    """Sentences above it all."""
    notes: tuple[str, ...] = ()
    """Sentences below it all: how far this is to be trusted."""
    home: str = ""
    """The person's country (ISO 3166-1 alpha-2); empty when not known."""

    @property
    def states(self) -> tuple[State, ...]:
        """What the map's legend explains."""
        seen = {spot.state for spot in self.spots}
        return tuple(s for s in State if s in {*seen, State.UNKNOWN})


def yours(name: str) -> str:
    """Return the name of the person's country, saying that it is."""
    return tr("{country} (your country)", country=name)


def as_csv(rows: Sequence[Row]) -> str:
    """Return rows as text for a spreadsheet: commas, quotes where needed, UTC."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(tr, _HEADS))
    for row in rows:
        at = row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if row.at else ""
        counts = (row.failing, row.measurements, row.networks)
        writer.writerow(
            (
                " ".join(row.countries),
                _safe(row.name),
                row.word,
                *("" if count is None else count for count in counts),
                at,
                _safe(row.source),
            )
        )
    return text.getvalue()


def _safe(foreign: str) -> str:
    """Return a text no spreadsheet takes for a formula."""
    return f"'{foreign}" if foreign.startswith(_FORMULAS) else foreign
