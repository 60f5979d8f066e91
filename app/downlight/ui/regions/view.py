"""Where a service is in trouble: a glance turned into rows and into a map. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.evidence.facts import fresh
from downlight.core.fusion import weights
from downlight.core.level import Level
from downlight.core.model import WORLD, Place
from downlight.core.places.countries import COUNTRIES, bare, country
from downlight.core.saying.words import LEVEL_WORDS, level_word
from downlight.core.speech import mark, tr
from downlight.ui.ages import ago
from downlight.ui.kit.look import RANK as LOOK_RANK
from downlight.ui.kit.look import Look
from downlight.ui.now.measures import reading_words
from downlight.ui.places import place_words
from downlight.ui.regions.regions import RANK, Regions, Row, Speaker, Spot, State
from downlight.ui.regions.said import offline, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.model import Component, RegionReading, Report
    from downlight.ui.glance import Glance

_STATES: Final[dict[Level | None, State]] = {
    Level.OPERATIONAL: State.FINE,
    Level.DEGRADED: State.TROUBLED,
    Level.PARTIAL: State.DOWN,
    Level.MAJOR: State.DOWN,
}
_WORDS: Final = {
    State.BLOCKED: mark("looks blocked"),
    State.FAILING: mark("most fail"),
    State.FEW: mark("too few to say"),
    State.UNKNOWN: mark("not known"),
    State.FINE: mark("fine"),
}
INTERNET_WORDS: Final[dict[Level | None, str]] = {
    Level.OPERATIONAL: mark("Internet fine"),
    Level.DEGRADED: mark("Internet troubled"),
    Level.PARTIAL: mark("Internet partly down"),
    Level.MAJOR: mark("Internet down"),
}
"""How the Internet of a place is; to be said by `tr`."""
_NAMED: Final[dict[Speaker, str]] = {
    "provider": mark("Named by the provider, not measured."),
    "other": mark("Named by others who watch, not measured."),
}
_OLD: Final = mark("too old to count")


def regions(glance: Glance) -> Regions:
    """Return where the service is in trouble, blocked or fine, and who says so."""
    rows = [row for e in glance.view.evidence for row in _rows(e, glance)]
    if rows and glance.home and not any(row.home for row in rows):
        rows.append(_nothing(glance.home))
    rows.sort(key=_rank)
    sources = [e for e in glance.view.evidence if e.info.kind == "regional"]
    notes = dict.fromkeys(e.info.note for e in sources if e.info.note)
    return Regions(
        tuple(rows),
        _spots(rows),
        (*offline(glance), *said(glance, sources, rows)),
        tuple(map(tr, notes)),
        glance.home,
    )


def _rank(row: Row) -> tuple[bool, int, int, bool, str]:
    bad = LOOK_RANK[row.look]
    return not row.home, RANK[row.state], bad, not row.whole, bare(row.name)


def _rows(e: Evidence, glance: Glance) -> Iterator[Row]:
    """Return what one source says: what it measured, and where it names trouble."""
    report = e.standing.report
    if report is None:
        return
    counts = fresh(e, glance.now) is not None
    for reading in report.readings:
        yield _measured(reading, e, glance, counts=counts)
    if counts:
        for place, level in _named(report):
            yield _told(place, level, report.at, e, glance)


def _measured(
    reading: RegionReading, e: Evidence, glance: Glance, *, counts: bool
) -> Row:
    state, look, word = _state(reading)
    if not counts:
        state, look, word = State.UNKNOWN, Look.UNKNOWN, _OLD
    counted = reading.measurements > 0
    codes, whole = _countries(reading.place)
    return Row(
        key=f"{e.info.id} {reading.place.code}",
        name=_name(reading.place),
        countries=codes,
        whole=whole,
        state=state,
        look=look,
        word=tr(word),
        source=e.info.name,
        measurements=reading.measurements if counted else None,
        failing=reading.failing if counted else None,
        networks=reading.networks,
        at=reading.at,
        age=_age(reading.at, glance.now),
        text=reading_words(reading),
        home=whole and glance.home in codes,
    )


def _state(reading: RegionReading) -> tuple[State, Look, str]:
    """Return what a reading says of its place: for the map, as a mark, in a word.

    The word is to be said by `tr`.
    """
    look = Look.of(reading.level)
    if reading.internet:
        # That the Internet is well there says nothing of the service.
        fine = reading.level is Level.OPERATIONAL
        state = _STATES.get(reading.level, State.UNKNOWN)
        word = INTERNET_WORDS.get(reading.level, _WORDS[State.UNKNOWN])
        return State.UNKNOWN if fine else state, look, word
    if reading.blocked:
        return State.BLOCKED, Look.BLOCKED, _WORDS[State.BLOCKED]
    state = _STATES.get(reading.level, State.UNKNOWN)
    if reading.level is None and reading.measurements:
        state = _doubt(reading)
    return state, look, _WORDS.get(state) or LEVEL_WORDS[reading.level]


def _doubt(reading: RegionReading) -> State:
    """Return why measurements give a place no level."""
    networks = weights.NETWORKS if reading.networks is None else reading.networks
    enough = reading.measurements >= weights.MEASUREMENTS
    fails = reading.failing >= weights.FAILING_SHARE * reading.measurements
    told = enough and networks >= weights.NETWORKS
    return State.FAILING if told and fails else State.FEW


def _named(report: Report) -> Iterator[tuple[Place, Level]]:
    """Return each place a source names with trouble, and how bad it is there."""
    said: dict[str, tuple[Place, list[Level]]] = {}
    for place, level in (*_felt(report), *_bound(report.components)):
        if level is not None and level.is_trouble:
            said.setdefault(place.code, (place, []))[1].append(level)
    for place, levels in said.values():
        yield place, max(levels)


def _felt(report: Report) -> Iterator[tuple[Place, Level | None]]:
    for incident in report.open_incidents:
        yield from ((place, incident.level) for place in incident.places)


def _bound(parts: Iterable[Component]) -> Iterator[tuple[Place, Level | None]]:
    for part in parts:
        if part.place is not None:
            yield part.place, part.level
        elif part.region:
            yield Place(part.region, part.region), part.level


def _told(place: Place, level: Level, at: datetime, e: Evidence, glance: Glance) -> Row:
    codes, whole = _countries(place)
    named: Speaker = "provider" if e.info.kind == "official" else "other"
    return Row(
        key=f"{e.info.id} {place.code} named",
        name=_name(place),
        countries=codes,
        whole=whole,
        state=_STATES[level],
        look=Look.of(level),
        word=level_word(level),
        source=e.info.name,
        at=at,
        age=_age(at, glance.now),
        text=tr(_NAMED[named]),
        named=named,
        home=whole and glance.home in codes,
    )


def _nothing(home: str) -> Row:
    return Row(
        key=f"home {home}",
        name=country(home),
        countries=(home,),
        whole=True,
        state=State.UNKNOWN,
        look=Look.UNKNOWN,
        word=tr("nothing known"),
        source="",
        text=tr("No source speaks of it by name."),
        home=True,
    )


def _countries(place: Place) -> tuple[tuple[str, ...], bool]:
    """Return the countries a place is or lies in, and whether it is one."""
    if place.code in COUNTRIES:
        return (place.code,), True
    return tuple(code for code in place.countries if code in COUNTRIES), False


def _name(place: Place) -> str:
    if place.code == WORLD:
        return tr("Everywhere")
    words = place_words(place)
    # A region of a cloud is called after its city; people know it by its code.
    coded = place.code not in COUNTRIES and any(c.isdigit() for c in place.code)
    return f"{words} ({place.code})" if coded and place.code != words else words


def _age(at: datetime | None, now: datetime) -> str:
    return ago(at, now) if at is not None else ""


def _spots(rows: Sequence[Row]) -> tuple[Spot, ...]:
    """Return the worst that is said of each country, or of a place in it."""
    found: dict[str, Spot] = {}
    for row in sorted(rows, key=lambda row: (RANK[row.state], not row.whole)):
        if row.state is not State.UNKNOWN:
            for code in row.countries:
                found.setdefault(code, _spot(row, code))
    return tuple(found.values())


def _spot(row: Row, code: str) -> Spot:
    where = country(code)
    if not row.whole:
        where = tr("{country}, in {place}", country=where, place=row.name)
    return Spot(code, row.state, row.whole, f"{where}: {row.word}")
