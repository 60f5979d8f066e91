"""The card of a provider's own parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.level import Level
from downlight.core.parts import outline
from downlight.ui.kit.look import RANK, Look, worst_look
from downlight.ui.now.cards import reports
from downlight.ui.places import beside, place_words
from downlight.ui.views import LOOK_WORDS, Card, Choice, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.core.gazetteer import Gazetteer
    from downlight.core.model import Component
    from downlight.core.news import ServiceView
    from downlight.core.parts import Group

NAMED: Final = 6
"""More parts of a continent than this are counted, not named."""


def parts_card(
    view: ServiceView, choice: Choice, gazetteer: Callable[[], Gazetteer]
) -> Card | None:
    """Return the provider's own parts; None when it names none.

    Args:
        view: The service as the engine knows it.
        choice: Which of its parts count.
        gazetteer: Knows the continents of places.
    """
    parts = [c for report in reports(view) for c in report.components]
    if not parts and not choice.chosen:
        return None
    # What is headed comes last: anything below it would seem to belong to it.
    groups = sorted(outline(parts, gazetteer()), key=_is_headed)
    bad = [line for group in groups for line in _lines(group, well=False)]
    good = [line for group in groups for line in _lines(group, well=True)]
    if any(line.kind == "group" for line in bad) and good and good[0].kind == "row":
        good.insert(0, Line("Other parts", kind="group"))
    several = len(parts) > 1 or bool(choice.chosen)
    return Card(
        key="parts",
        title="Parts",
        lines=(*bad, *good),
        shown=len(bad) if len(parts) > 1 else None,
        summary=_summary(parts, choice),
        act="Choose parts …" if choice.may_change and several else "",
    )


def _summary(parts: Sequence[Component], choice: Choice) -> str:
    said = []
    if choice.chosen:
        of = f" of {choice.listed}" if choice.listed else ""
        count = len(parts) or len(choice.chosen)
        verb = "part counts" if count == 1 and not of else "parts count"
        said.append(f"{count}{of} {verb}, as you chose.")
        if not parts:
            said.append("The page does not name them now.")
    well = sum(part.level is Level.OPERATIONAL for part in parts)
    if parts[1:] and well == len(parts):
        said.append(f"All {well} parts are well.")
    elif parts[1:]:
        said.append(f"{well} of {len(parts)} parts are well.")
    return " ".join(said)


def _lines(group: Group, *, well: bool) -> list[Line]:
    """Return the lines of a group, of its parts that are well or of the others."""
    parts = [p for p in group.parts if (p.level is Level.OPERATIONAL) is well]
    if group.folded:
        calm = all(part.level is Level.OPERATIONAL for part in group.parts)
        return [_continent(group)] if calm is well else []
    parts.sort(key=lambda part: (RANK[Look.of(part.level)], part.name.casefold()))
    lines = [_line(part) for part in parts]
    head = [Line(group.name, kind="group")] if lines and _is_headed(group) else []
    return [*head, *lines]


def _is_headed(group: Group) -> bool:
    return bool(group.name) and not group.folded


def _continent(group: Group) -> Line:
    bad = [p for p in group.parts if p.level is not Level.OPERATIONAL]
    names = [place_words(p.place) if p.place else p.name for p in bad]
    more = len(names) - NAMED
    text = " · ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
    look = worst_look(part.level for part in group.parts)
    return Line(group.name, look=look, word=group.summary, text=text)


def _line(part: Component) -> Line:
    look = Look.of(part.level)
    odd = f"The provider says “{part.raw}”." if part.raw and not part.level else ""
    word = LOOK_WORDS[look]
    return Line(part.name, look=look, word=word, aside=beside(part), text=odd)
