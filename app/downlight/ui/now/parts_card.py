"""The card of a provider's own parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.level import Level
from downlight.core.parts import outline
from downlight.core.saying.words import joined
from downlight.core.speech import number, tr, trn
from downlight.ui.ages import ago
from downlight.ui.kit.look import RANK, Look, worst_look
from downlight.ui.now.cards import reports
from downlight.ui.places import beside, place_words
from downlight.ui.views import LOOK_WORDS, Card, Choice, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from downlight.core.model import Component
    from downlight.core.news import ServiceView
    from downlight.core.parts import Group
    from downlight.core.places.gazetteer import Gazetteer

NAMED: Final = 6
"""More parts of a continent than this are counted, not named."""


def parts_card(
    view: ServiceView,
    now: datetime,
    choice: Choice,
    gazetteer: Callable[[], Gazetteer],
) -> Card | None:
    """Return the provider's own parts; None when it names none.

    Args:
        view: The service as the engine knows it.
        now: The present (aware).
        choice: Which of its parts count.
        gazetteer: Knows the continents of places.
    """
    counting, old = reports(view, now)
    parts = [c for report in counting for c in report.components]
    past = [c for report in old for c in report.components]
    count = len(parts) + len(past)
    if not count and not choice.chosen:
        return None
    # How they were when a page was read last is not how they are.
    unknown = [replace(part, level=None, raw="") for part in past]
    # What is headed comes last: anything below it would seem to belong to it.
    found = outline((*parts, *unknown), lambda place: gazetteer().continent(place))
    groups = sorted(found, key=_is_headed)
    several = len(groups) > 1  # a head over all there is tells nothing
    bad = [it for g in groups for it in _lines(g, well=False, headed=several)]
    good = [it for g in groups for it in _lines(g, well=True, headed=several)]
    if any(line.kind == "group" for line in bad) and good and good[0].kind == "row":
        good.insert(0, Line(tr("Other parts"), kind="group"))
    was = ""
    if past:
        was = _were(past, ago(max(r.at for r in old if r.components), now))
    may_choose = choice.may_change and (count > 1 or bool(choice.chosen))
    return Card(
        key="parts",
        title=tr("Parts"),
        lines=(*bad, *good),
        # That nothing is known of any is told once, above them.
        shown=(len(bad) if parts else 0) if count > 1 else None,
        summary=joined(_chosen(count, choice), _are(parts), was),
        act=tr("Choose parts …") if may_choose else "",
    )


def _are(parts: Sequence[Component]) -> str:
    """Return how many parts are well; empty where one look at them tells."""
    if not parts[1:]:
        return ""
    well = _well(parts)
    if well == len(parts):
        return tr("All {n} parts are well.", n=number(well))
    total = number(len(parts))
    return tr("{n} of {total} parts are well.", n=number(well), total=total)


def _were(parts: Sequence[Component], then: str) -> str:
    """Return how parts were when a page was read that counts no more.

    Args:
        parts: As it named them.
        then: How long ago that was, in words.
    """
    if parts[1:]:
        return tr(
            "As it stood {ago}: {n} of {total} parts were well. Whether they still are "
            "is not known.",
            ago=then,
            n=number(_well(parts)),
            total=number(len(parts)),
        )
    look = Look.of(parts[0].level)
    if look is Look.UNKNOWN:
        return ""
    return tr(
        "As it stood {ago}: {word}. Whether it still is so is not known.",
        ago=then,
        word=tr(LOOK_WORDS[look]),
    )


def _well(parts: Sequence[Component]) -> int:
    return sum(part.level is Level.OPERATIONAL for part in parts)


def _chosen(count: int, choice: Choice) -> str:
    """Return how many parts count, as a person chose; empty where all do.

    Args:
        count: How many the pages name.
        choice: Which of them count.
    """
    if not choice.chosen:
        return ""
    gone = "" if count else tr("The page does not name them now.")
    return joined(_counting(count or len(choice.chosen), choice.listed), gone)


def _counting(count: int, listed: int | None) -> str:
    """Return how many parts count, and of how many where that is known."""
    if not listed:
        return trn(
            "{n} part counts, as you chose.", "{n} parts count, as you chose.", count
        )
    return tr(
        "{n} of {total} parts count, as you chose.",
        n=number(count),
        total=number(listed),
    )


def _lines(group: Group, *, well: bool, headed: bool) -> list[Line]:
    """Return the lines of a group, of its parts that are well or of the others."""
    parts = [p for p in group.parts if (p.level is Level.OPERATIONAL) is well]
    if group.folded:
        calm = all(part.level is Level.OPERATIONAL for part in group.parts)
        return [_continent(group)] if calm is well else []
    parts.sort(key=lambda part: (RANK[Look.of(part.level)], part.name.casefold()))
    lines = [_line(part) for part in parts]
    if lines and headed and _is_headed(group):
        return [Line(group.name, kind="group"), *lines]
    return lines


def _is_headed(group: Group) -> bool:
    return bool(group.name) and not group.folded


def _continent(group: Group) -> Line:
    bad = [p for p in group.parts if p.level is not Level.OPERATIONAL]
    names = [place_words(p.place) if p.place else p.name for p in bad]
    more = len(names) - NAMED
    text = " · ".join(names[:NAMED])
    if more > 0:
        text = tr("{names} and {n} more", names=text, n=number(more))
    look = worst_look(part.level for part in group.parts)
    return Line(tr(group.name), look=look, word=group.summary, text=text)


def _line(part: Component) -> Line:
    look = Look.of(part.level)
    odd = ""
    if part.raw and not part.level:
        odd = tr("The provider says “{word}”.", word=part.raw)
    word = tr(LOOK_WORDS[look])
    return Line(part.name, look=look, word=word, aside=beside(part), text=odd)
