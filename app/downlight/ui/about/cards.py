"""What is known about a service, in cards: each statement with its source. No Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Final

from downlight.core.about import Ground
from downlight.core.rungs.advice import RUNGS
from downlight.core.saying.dates import short_date, short_month_year
from downlight.core.speech import mark, tr
from downlight.core.text import cut
from downlight.ui.now.cards import kind_words, title_of
from downlight.ui.now.families import family_words
from downlight.ui.views import Card, Line

if TYPE_CHECKING:
    from downlight.core.about import Outlet, Question, Use, Weakness
    from downlight.core.errors import DownlightError
    from downlight.core.evidence.verdict import Evidence
    from downlight.core.rungs.ladder import Rung
    from downlight.core.service import Fact, Service
    from downlight.core.source import SourceInfo

BY_DESIGN: Final = mark("by its design")
"""In the place of a source, of what follows from how the thing is made."""
NOBODY: Final = mark("Nobody's word: it follows from how it is made.")
SOURCE: Final = mark("Source")
HOLDS: Final = mark("May find nothing wrong.")
ENDS: Final = mark("May end at {rungs}.")
OR: Final = mark("{one} or {other}")
SURE: Final = mark("{day}. {text}")
UNSURE: Final = mark("{day}, as it is supposed; it was never confirmed. {text}")
NO_EXAMPLE: Final = mark("No outage of this kind is known to us.")
LONGEST: Final = 30
"""Longer names of sources are not shown beside a statement, in characters."""
LONGEST_ADDRESS: Final = 70
"""Longest address that is shown whole, in characters."""
FACTS_SHOWN: Final = 6
"""Of more facts the rest is behind a click."""
OWN: Final = mark(
    "You added this service: Downlight knows what you gave it, and what its sources "
    "say. Facts and a note may be written beside it, in the file of your services."
)
MEND: Final = mark("The file came with Downlight and is damaged: install it again.")
HOW: Final = mark("Only what has a source and a date is shown here.")
_DAY: Final = len("2026-11-21")
_MONTH: Final = len("2026-11")


def facts_card(service: Service, more: tuple[Fact, ...]) -> Card:
    """Return what is known of a service.

    Args:
        service: With the facts of the catalog.
        more: What else is written down; comes first.
    """
    lines = tuple(
        sourced(
            Line(tr(fact.topic), text=tr(fact.text)), Ground(fact.source, fact.as_of)
        )
        for fact in (*more, *service.facts)
    )
    none = "" if lines else tr("No fact is known.")
    title = tr("About {name}", name=service.name)
    return Card("facts", title, lines, FACTS_SHOWN, tr(service.note) or none)


def uses_card(uses: tuple[Use, ...]) -> Card | None:
    """Return who uses it; None when nobody wrote it down."""
    lines = tuple(
        sourced(
            Line(tr(it.who), text=tr(it.does)),
            it.ground,
            (tr("When it fails"), tr(it.fails)),
        )
        for it in uses
    )
    title = tr("Who uses it, and what fails for them")
    return Card("uses", title, lines) if uses else None


def weak_card(
    weaknesses: tuple[Weakness, ...], name: str, rung: Rung | None = None
) -> Card | None:
    """Return how a service fails and how that looks; None when that is not known.

    Args:
        weaknesses: The ways in which it fails.
        name: Of the service.
        rung: Where "is it me?" ended: what may end there comes first, and says so.
    """
    if not weaknesses:
        return None
    ordered = sorted(weaknesses, key=lambda it: rung not in it.rungs)
    lines = tuple(_weak(it, name, rung) for it in ordered)
    title = tr("How it fails, and how that looks from here")
    ends = any(rung in it.rungs for it in weaknesses)
    said = tr(RUNGS[rung], service=name) if rung is not None and ends else ""
    first = tr("What may end at “{rung}” comes first.", rung=said) if said else ""
    return Card("weak", title, lines, summary=first)


def questions_card(questions: tuple[Question, ...]) -> Card | None:
    """Return what people ask; None when nobody wrote it down."""
    lines = tuple(
        sourced(Line(tr(it.ask)), it.ground, (tr("Answer"), tr(it.answer)), aside=False)
        for it in questions
    )
    title = tr("Questions and answers")
    return Card("questions", title, lines) if questions else None


def outlets_card(service: Service, outlets: tuple[Outlet, ...]) -> Card:
    """Return where its maker speaks; its status page is always among them."""
    lines = [
        Line(
            tr(it.name),
            text=_outlet(it),
            aside=_beside(it.ground),
            link=it.url,
            link_text=_short(it.url),
        )
        for it in outlets
    ]
    page = service.page
    if is_address(page) and page not in {it.url for it in outlets}:
        lines.insert(0, Line(tr("Status page"), link=page, link_text=_short(page)))
    none = tr("No official page of {name} is known.", name=service.name)
    title = tr("Where {speaker} speaks", speaker=service.speaker)
    return Card("outlets", title, tuple(lines), summary="" if lines else none)


def sources_card(evidence: tuple[Evidence, ...]) -> Card:
    """Return whom Downlight asks about it; how each is doing stands elsewhere."""
    lines = tuple(
        Line(
            title_of(it.info),
            tags=(kind_words(it.info),),
            text=_read_as(it.info),
            link=it.info.page if is_address(it.info.page) else "",
            link_text=site(it.info.page),
        )
        for it in evidence
    )
    none = "" if lines else tr("Nobody is asked about it.")
    return Card("sources", tr("Whom Downlight asks"), lines, summary=none)


def more_card(service: Service, fault: DownlightError | None) -> Card:
    """Return why there is no more, and what can be done.

    Args:
        service: The service.
        fault: Why what is written could not be read; None when nothing is written.
    """
    if fault is not None:
        title = tr("What is written about {name} could not be read.", name=service.name)
        words = fault.words if fault.hint else f"{fault.words} {tr(MEND)}"
        return Card("more", title, summary=words)
    title = tr("Nothing more is known here.")
    if service.own:
        return Card("more", title, summary=tr(OWN), act=tr("Open the file"))
    return Card("more", title, summary=tr(HOW))


def day_words(as_of: str) -> str:
    """Return a date as people write it: "21 Nov 2026", "Nov 2026", "2026".

    Args:
        as_of: ISO date, year and month, or year.
    """
    if len(as_of) == _DAY:
        return short_date(date.fromisoformat(as_of))
    if len(as_of) == _MONTH:
        return short_month_year(date.fromisoformat(f"{as_of}-01"))
    return as_of


def site(source: str) -> str:
    """Return the name of the site of an https address, or who it is by name."""
    return _short(source).split("/")[0] if is_address(source) else tr(source)


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
        said = (tr(SOURCE), tr(NOBODY))
        return replace(line, aside=beside, notes=(*notes, said) if notes else ())
    link = ground.source if is_address(ground.source) else ""
    name = cut(_short(ground.source), LONGEST_ADDRESS) if link else tr(ground.source)
    said = (tr(SOURCE), f"{name}, {day_words(ground.as_of)}")
    there = tr("Read it there")
    return replace(line, aside=beside, notes=(*notes, said), link=link, link_text=there)


def _weak(it: Weakness, name: str, rung: Rung | None) -> Line:
    notes = [(tr("From here"), tr(it.sign)), (tr("Is it me?"), _ladder(it, name))]
    tags = (tr("may end there"),) if rung in it.rungs else ()
    line = Line(tr(it.title), text=tr(it.text), tags=tags)
    if it.example is None:
        return replace(line, notes=(*notes, (tr("Example"), tr(NO_EXAMPLE))))
    said = SURE if it.example.sure else UNSURE
    then = tr(said, day=day_words(it.example.day), text=tr(it.example.text))
    sources = it.example.sources
    named = ", ".join(map(site, sources))
    return replace(
        line,
        notes=(*notes, (tr("Example"), then), (tr("Sources"), named)),
        link=next(filter(is_address, sources), ""),
        link_text=tr("Read about it"),
    )


def _ladder(it: Weakness, name: str) -> str:
    """Return where "is it me?" may end."""
    if not it.rungs:
        return tr(HOLDS)
    rungs = (f"“{tr(RUNGS[rung], service=name)}”" for rung in it.rungs)
    named = reduce(lambda one, other: tr(OR, one=one, other=other), rungs)
    return tr(ENDS, rungs=named)


def _read_as(info: SourceInfo) -> str:
    """Return what is to be known of a source, or else its form."""
    if info.note:
        return tr(info.note)
    return tr("It is read as {form}.", form=family_words(info.family))


def _outlet(it: Outlet) -> str:
    """Return what to expect of an outlet; with the source, if it is too long beside."""
    source = site(it.ground.source)
    if len(source) <= LONGEST:
        return tr(it.text)
    named = tr("Source: {source}", source=source)
    return f"{tr(it.text)}\n{named}"


def _beside(ground: Ground) -> str:
    """Return what a statement rests on in a few words."""
    if ground.by_design:
        return tr(BY_DESIGN)
    when, who = day_words(ground.as_of), site(ground.source)
    return f"{who}, {when}" if len(who) <= LONGEST else when


def _short(address: str) -> str:
    return address.removeprefix("https://").removeprefix("www.").rstrip("/")
