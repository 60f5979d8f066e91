"""What is known about a service, in cards: each statement with its source. No Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from downlight.core.about import Ground
from downlight.core.advice import RUNGS
from downlight.core.text import cut
from downlight.ui.now.cards import kind_words, title_of
from downlight.ui.now.families import family_words
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from downlight.core.about import Outlet, Question, Use, Weakness
    from downlight.core.errors import DownlightError
    from downlight.core.service import Fact, Service
    from downlight.core.verdict import Evidence

BY_DESIGN: Final = "by its design"
"""In the place of a source, of what follows from how the thing is made."""
NOBODY: Final = "Nobody's word: it follows from how it is made."
SOURCE: Final = "Source"
HOLDS: Final = "May find nothing wrong."
ENDS: Final = "May end at {rungs}."
SURE: Final = "{day}. {text}"
UNSURE: Final = "{day}, as it is supposed; it was never confirmed. {text}"
NO_EXAMPLE: Final = "No outage of this kind is known to us."
LONGEST: Final = 30
"""Longer names of sources are not shown beside a statement, in characters."""
LONGEST_ADDRESS: Final = 70
"""Longest address that is shown whole, in characters."""
FACTS_SHOWN: Final = 6
"""Of more facts the rest is behind a click."""
OWN: Final = (
    "You added this service: Downlight knows what you gave it, and what its sources "
    "say."
)
MEND: Final = "The file came with Downlight and is damaged: install it again."
HOW: Final = "Only what has a source and a date is shown here."
_DAY: Final = len("2026-11-21")
_MONTH: Final = len("2026-11")


def facts_card(service: Service, more: tuple[Fact, ...]) -> Card:
    """Return what is known of a service.

    Args:
        service: With the facts of the catalog.
        more: What else is written down; comes first.
    """
    lines = tuple(
        sourced(Line(fact.topic, text=fact.text), Ground(fact.source, fact.as_of))
        for fact in (*more, *service.facts)
    )
    none = "" if lines else "No fact is known."
    title = f"About {service.name}"
    return Card("facts", title, lines, FACTS_SHOWN, service.note or none)


def uses_card(uses: tuple[Use, ...]) -> Card | None:
    """Return who uses it; None when nobody wrote it down."""
    lines = tuple(
        sourced(
            Line(it.who, text=it.does),
            it.ground,
            ("When it fails", it.fails),
        )
        for it in uses
    )
    return Card("uses", "Who uses it, and what fails for them", lines) if uses else None


def weak_card(weaknesses: tuple[Weakness, ...], name: str) -> Card | None:
    """Return how a service fails and how that looks; None when that is not known.

    Args:
        weaknesses: The ways in which it fails.
        name: Of the service.
    """
    if not weaknesses:
        return None
    lines = tuple(_weak(it, name) for it in weaknesses)
    return Card("weak", "How it fails, and how that looks from here", lines)


def questions_card(questions: tuple[Question, ...]) -> Card | None:
    """Return what people ask; None when nobody wrote it down."""
    lines = tuple(
        sourced(Line(it.ask), it.ground, ("Answer", it.answer), aside=False)
        for it in questions
    )
    return Card("questions", "Questions and answers", lines) if questions else None


def outlets_card(service: Service, outlets: tuple[Outlet, ...]) -> Card:
    """Return where its maker speaks; its status page is always among them."""
    lines = [
        Line(
            it.name,
            text=_outlet(it),
            aside=_beside(it.ground),
            link=it.url,
            link_text=_short(it.url),
        )
        for it in outlets
    ]
    page = service.page
    if is_address(page) and page not in {it.url for it in outlets}:
        lines.insert(0, Line("Status page", link=page, link_text=_short(page)))
    none = f"No official page of {service.name} is known."
    title = f"Where {service.speaker} speaks"
    return Card("outlets", title, tuple(lines), summary="" if lines else none)


def sources_card(evidence: tuple[Evidence, ...]) -> Card:
    """Return whom Downlight asks about it; how each is doing stands elsewhere."""
    lines = tuple(
        Line(
            title_of(it.info),
            tags=(kind_words(it.info),),
            text=it.info.note or f"It is read as {family_words(it.info.family)}.",
            link=it.info.page if is_address(it.info.page) else "",
            link_text=site(it.info.page),
        )
        for it in evidence
    )
    none = "" if lines else "Nobody is asked about it."
    return Card("sources", "Whom Downlight asks", lines, summary=none)


def more_card(service: Service, fault: DownlightError | None) -> Card:
    """Return why there is no more, and what can be done.

    Args:
        service: The service.
        fault: Why what is written could not be read; None when nothing is written.
    """
    if fault is not None:
        title = f"What is written about {service.name} could not be read."
        words = fault.words if fault.hint else f"{fault.words} {MEND}"
        return Card("more", title, summary=words)
    how = OWN if service.own else HOW
    return Card("more", "Nothing more is known here.", summary=how)


def day_words(as_of: str) -> str:
    """Return a date as people write it: "21 Nov 2026", "Nov 2026", "2026".

    Args:
        as_of: ISO date, year and month, or year.
    """
    if len(as_of) == _DAY:
        day = date.fromisoformat(as_of)
        return f"{day.day} {day:%b %Y}"
    if len(as_of) == _MONTH:
        return f"{date.fromisoformat(f'{as_of}-01'):%b %Y}"
    return as_of


def site(source: str) -> str:
    """Return the name of the site of an https address; a name as it is."""
    return _short(source).split("/")[0] if is_address(source) else source


def is_address(source: str) -> bool:
    """Whether a source can be opened, and is not just named."""
    return source.startswith("https://")


def sourced(
    line: Line, ground: Ground, *notes: tuple[str, str], aside: bool = True
) -> Line:
    """Return a line that says what it rests on.

    Args:
        line: The statement.
        ground: What it rests on.
        notes: What else unfolds, before the source.
        aside: Whether the source is named while it is folded.
    """
    beside = _beside(ground) if aside else ""
    if ground.by_design:
        said = (SOURCE, NOBODY)
        return replace(line, aside=beside, notes=(*notes, said) if notes else ())
    link = ground.source if is_address(ground.source) else ""
    name = cut(_short(ground.source), LONGEST_ADDRESS) if link else ground.source
    said = (SOURCE, f"{name}, {day_words(ground.as_of)}")
    return replace(
        line, aside=beside, notes=(*notes, said), link=link, link_text="Read it there"
    )


def _weak(it: Weakness, name: str) -> Line:
    rungs = " or ".join(f"“{RUNGS[rung].format(service=name)}”" for rung in it.rungs)
    ladder = ENDS.format(rungs=rungs) if rungs else HOLDS
    notes = [("From here", it.sign), ("Is it me?", ladder)]
    if it.example is None:
        return Line(it.title, text=it.text, notes=(*notes, ("Example", NO_EXAMPLE)))
    said = SURE if it.example.sure else UNSURE
    then = said.format(day=day_words(it.example.day), text=it.example.text)
    sources = it.example.sources
    return Line(
        it.title,
        text=it.text,
        notes=(*notes, ("Example", then), ("Sources", ", ".join(map(site, sources)))),
        link=next(filter(is_address, sources), ""),
        link_text="Read about it",
    )


def _outlet(it: Outlet) -> str:
    """Return what to expect of an outlet; with the source, if it is too long beside."""
    source = site(it.ground.source)
    return it.text if len(source) <= LONGEST else f"{it.text}\nSource: {source}"


def _beside(ground: Ground) -> str:
    """Return what a statement rests on in a few words."""
    if ground.by_design:
        return BY_DESIGN
    when, who = day_words(ground.as_of), site(ground.source)
    return f"{who}, {when}" if len(who) <= LONGEST else when


def _short(address: str) -> str:
    return address.removeprefix("https://").removeprefix("www.").rstrip("/")
