"""What answers of incident.io are made of; see `incidentio`."""

from __future__ import annotations

import re
from typing import Final

import msgspec

START: Final = re.compile(
    r'\{"affected_components":'
    r'(?:"\$undefined"|null|\[(?:\{[^{}]{0,500}\},?){0,500}\]),'
    r'"allow_search_engine_indexing":'
)
"""How the page's data begins where it is drawn into the web page, its keys in the order
of the alphabet. An incident in it begins with its affected parts, too."""


class Affected(msgspec.Struct):
    """A part in trouble, and how bad it is there."""

    component_id: str
    status: str


class Named(msgspec.Struct):
    """A part."""

    id: str
    name: str


class Member(msgspec.Struct):
    """A part in a group."""

    component_id: str


class Group(msgspec.Struct):
    """Parts that stand together."""

    name: str = ""
    components: list[Member] | None = None


class Item(msgspec.Struct):
    """A group, or a part on its own, of which nothing is read."""

    group: Group | None = None


class Structure(msgspec.Struct):
    """The order of the page."""

    items: list[Item] | None = None


class Stretch(msgspec.Struct):
    """How bad an incident was for a while."""

    worst_component_status: str
    end_at: object = None


class Message(msgspec.Struct):
    """An update of an incident."""

    id: str = ""
    message_string: str | None = None
    to_status: str | None = None
    published_at: object = None


class Note(msgspec.Struct):
    """An incident or planned work."""

    id: str
    name: str
    status: str
    type: str | None = None
    published_at: object = None
    starts_at: object = None
    ends_at: object = None
    affected_components: list[Affected] | None = None
    status_summaries: list[Stretch] | None = None
    updates: list[Message] | None = None


class Summary(msgspec.Struct):
    """The page, its parts and what goes on."""

    id: str
    components: list[Named]
    ongoing_incidents: list[Note] | None
    public_url: str | None = None
    affected_components: list[Affected] | None = None
    scheduled_maintenances: list[Note] | None = None
    structure: Structure | None = None


class Wrapped(msgspec.Struct):
    """The page as it comes when it is asked for alone."""

    summary: Summary | None = None
