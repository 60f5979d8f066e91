"""What answers of Instatus are made of; see `instatus`."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

Words: TypeAlias = str | dict[str, object] | None
"""A text, or one per language with the page's own under "default"."""


class Row(msgspec.Struct):
    """A part, in a list or in an incident."""

    id: str
    name: Words = None
    status: str = ""
    group: Words = None
    children: list[Row] | None = None


class Message(msgspec.Struct):
    """An update of an incident."""

    id: str = ""
    status: str = ""
    started: object = None
    message: Words = None


class Note(msgspec.Struct):
    """An incident or planned work."""

    id: str
    name: Words = None
    status: str = ""
    impact: str | None = None
    started: object = None
    start: object = None
    resolved: object = None
    duration: object = None
    url: str | None = None
    components: list[Row] | None = None
    updates: list[Message] | None = None


class Site(msgspec.Struct):
    """The page itself; in its own data it lists its parts."""

    status: str
    components: list[Row] | None = None


class Said(msgspec.Struct):
    """A summary, a list of components, or the data of a page."""

    page: Site | None = None
    site: Site | None = None
    components: list[Row] | None = None
    active_incidents: list[Note] | None = msgspec.field(
        default=None, name="activeIncidents"
    )
    active_maintenances: list[Note] | None = msgspec.field(
        default=None, name="activeMaintenances"
    )
    notices: dict[str, Note] | None = None


def wording(found: Words) -> str:
    """Return a text in the page's own language, or the name of a group."""
    if isinstance(found, dict):
        said = found.get("default") or found.get("name")
        return said if isinstance(said, str) else ""
    return found or ""
