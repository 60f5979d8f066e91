"""One outage as a row of the table, and as details. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.history.figure_words import ROOTS
from downlight.core.history.past import DAY, HOUR, Kind, Origin, Root
from downlight.core.history.telling import told
from downlight.core.level import Level
from downlight.core.saying.dates import full_date
from downlight.core.saying.words import LEVEL_WORDS, age, level_word
from downlight.core.saying.words import joined as together
from downlight.core.speech import mark, tr
from downlight.core.text import listed
from downlight.ui.kit.look import Look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from downlight.core.history.past import Outage

NONE: Final = "–"
"""Stands where nobody says."""
_ORIGINS: Final = {
    Origin.SEEN: "Downlight",
    Origin.TOLD: mark("status page"),
    Origin.RECORD: mark("public record"),
}
_TRUST: Final = {
    "high": mark("public record (high)"),
    "medium": mark("public record (medium)"),
    "low": mark("public record (low)"),
}
"""By how far the sources of the record agree."""
_KINDS: Final = {
    Kind.BLOCK: mark("A block, ordered by somebody else: the service itself worked."),
    Kind.SIBLING: mark("Others of its house were in trouble, this one hardly or not."),
}
_ROOTS: Final[Mapping[Root, str]] = {
    Root.EQUIPMENT: mark("machine"),
    Root.CHANGE: mark("change"),
    Root.LOAD: mark("load"),
    Root.INSIDE: mark("inside"),
    Root.ORDER: mark("order"),
}
"""The kinds of cause in a word; `figure_words.ROOTS` says each in full."""
LASTS: Final = mark("goes on")
AT_ONCE: Final = mark("at once")
SILENT: Final = mark("no word")
_BLOCKED: Final = mark("blocked")
_OTHERS: Final = mark("others only")
STATES: Final = (
    *(LEVEL_WORDS[it] for it in (Level.DEGRADED, Level.PARTIAL, Level.MAJOR)),
    _BLOCKED,
    _OTHERS,
)
"""What `state_of` may say, in English."""


def date_of(outage: Outage, zone: tzinfo | None = None) -> str:
    """Return when it began, as exactly as that is known, ready to be sorted by eye."""
    if outage.precision is not None and outage.precision > DAY:
        return f"{outage.begun:%Y-%m}"
    if outage.precision is not None and outage.precision > HOUR:
        return f"{outage.begun:%Y-%m-%d}"
    return f"{outage.begun.astimezone(zone):%Y-%m-%d %H:%M}"


def length_of(outage: Outage) -> str:
    """Return how long it was, in a word or two."""
    if outage.lasts:
        return tr(LASTS)
    length = outage.length
    return NONE if length is None else age(length)


def cause_of(outage: Outage) -> str:
    """Return why it came, in a word or two."""
    if outage.root is None:
        return NONE
    return tr(_ROOTS[outage.root]) if outage.sure else supposed(outage.root)


def supposed(root: Root) -> str:
    """Return a cause that was not confirmed, in a word or two."""
    return tr("{cause}, supposed", cause=tr(_ROOTS[root]))


def word_of(outage: Outage) -> str:
    """Return how long the provider said nothing."""
    if outage.delay is not None:
        return age(outage.delay) if outage.delay else tr(AT_ONCE)
    return tr(SILENT) if outage.silent else NONE


def known_from(outage: Outage) -> str:
    """Return who knows about it, and how far the record's sources agree."""
    return known_by(outage.origins, outage.trust)


def known_by(origins: Sequence[Origin], trust: str) -> str:
    """Return these by name; ``trust`` says how far the record's sources agree."""
    names = dict(_ORIGINS)
    names[Origin.RECORD] = _TRUST.get(trust, names[Origin.RECORD])
    return ", ".join(tr(names[origin]) for origin in origins)


def look_of(outage: Outage) -> Look:
    """Return its mark."""
    return Look.BLOCKED if outage.kind is Kind.BLOCK else Look.of(outage.level)


def state_of(outage: Outage) -> str:
    """Return what sort of trouble it was, in a word or two."""
    match outage.kind:
        case Kind.BLOCK:
            return tr(_BLOCKED)
        case Kind.SIBLING:
            return tr(_OTHERS)
        case _:
            return level_word(outage.level)


def title(outage: Outage, zone: tzinfo | None = None) -> str:
    """Return a line that names it."""
    return ", ".join(filter(None, (date_of(outage, zone), outage.where)))


def details(outage: Outage, zone: tzinfo | None = None) -> tuple[str, ...]:
    """Return all that is known of it, in sentences."""
    begun = outage.begun.astimezone(zone).date()
    on = full_date(begun) if outage.to_the_hour or outage.precision is None else ""
    failed = listed([tr(name) for name in outage.services])
    parts = tr("Failed: {services}.", services=failed)
    head = f"{on}." if on else ""
    return tuple(
        filter(
            None,
            (
                together(head, told(outage, begun if on else None, zone)),
                tr(_KINDS.get(outage.kind, "")),
                parts if outage.services else "",
                _cause(outage),
                _official(outage),
                _stop(tr(outage.note)),
            ),
        )
    )


def _cause(outage: Outage) -> str:
    cause = tr(outage.cause)
    if not cause and outage.root is not None:
        cause = tr(ROOTS[outage.root])
    if not cause:
        return ""
    if outage.sure or outage.root is None:
        return tr("Cause: {cause}", cause=_stop(cause))
    return tr("Cause (only supposed): {cause}", cause=_stop(cause))


def spoken(outage: Outage, zone: tzinfo | None = None) -> str:
    """Return a row for those who hear it."""
    lasted = tr(LASTS) if outage.lasts else ""
    if outage.length is not None:
        lasted = tr("lasted {length}", length=age(outage.length))
    said = [
        f"{date_of(outage, zone)}: {state_of(outage)}",
        lasted,
        outage.where,
        tr("known from {names}", names=known_from(outage)),
    ]
    return f"{', '.join(filter(None, said))}."


def _official(outage: Outage) -> str:
    words = _stop(tr(outage.official))
    if outage.delay:
        length = age(outage.delay)
        return together(tr("The provider spoke after {length}.", length=length), words)
    if outage.delay is not None:
        return together(tr("The provider spoke as soon as anybody else."), words)
    if words:
        return tr("The provider: {words}", words=words)
    return tr("The provider never wrote a word of it.") if outage.silent else ""


def _stop(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""
