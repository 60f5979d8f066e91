"""What is to be known about Downlight itself, in cards. No Qt."""

from __future__ import annotations

from typing import Final

from downlight import VERSION
from downlight.core.speech import mark, tr, trc
from downlight.ui.kit.look import Look
from downlight.ui.views import Card, Line

_MARKS: Final = {
    Look.OPERATIONAL: (
        mark("All well"),
        mark("It works, as far as anybody who was heard can tell."),
    ),
    Look.MAINTENANCE: (
        mark("Maintenance"),
        mark("Planned work goes on. That is no outage."),
    ),
    Look.DEGRADED: (
        mark("Troubled"),
        mark("It works, but slowly, or with faults."),
    ),
    Look.PARTIAL: (
        mark("Partly down"),
        mark("A part of it fails, or it fails for some."),
    ),
    Look.MAJOR: (
        mark("Down"),
        mark("All of it fails, or what it is there for."),
    ),
    Look.BLOCKED: (
        mark("Blocked here"),
        mark("It seems to work, but to be kept from you on the way."),
    ),
    Look.UNKNOWN: (
        mark("Not known"),
        mark("Nobody could be heard, or what was heard is not clear or too old."),
    ),
    Look.OFFLINE: (
        mark("You are offline"),
        mark("Your own connection is gone, so nothing can be said about any service."),
    ),
}
"""What each mark is called, and what it says."""
_KEYS: Final = {
    "Ctrl+F": mark("Search the list"),
    "Ctrl+N": mark("Add a service"),
    "F5": mark("Ask all sources now"),
    "Ctrl+PgDown": mark("Go to the next page"),
    "Ctrl+PgUp": mark("Go back a page"),
    "Ctrl+,": mark("Open the settings"),
    "Esc": mark("Empty the search, or close the window"),
    "Ctrl+Q": mark("Quit Downlight"),
}
"""What each key does in the window."""


def program_cards() -> tuple[Card, ...]:
    """Return what stands below what is known of any service."""
    return _marks_card(), _keys_card(), _version_card()


def _marks_card() -> Card:
    lines = tuple(
        Line(tr(word), look=look, text=tr(says))
        for look, (word, says) in _MARKS.items()
    )
    footnote = tr(
        "A ring around a mark: there are early signs of trouble. An outline only: it "
        "is muted."
    )
    return Card("marks", tr("What the marks mean"), lines, 0, footnote=footnote)


def _keys_card() -> Card:
    lines = tuple(Line(tr(does), aside=key) for key, does in _KEYS.items())
    return Card("keys", trc("on the keyboard", "Keys"), lines, 0)


def _version_card() -> Card:
    title = tr("Downlight {version}", version=VERSION)
    return Card(
        "version",
        title,
        summary=tr("Downlight never looks for newer versions by itself."),
    )
