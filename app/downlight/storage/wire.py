"""How values are written in the journal: as rows and as JSON, and back.

Columns hold a level as its word (`Level.code`), JSON holds its number; the
numbers never change their meaning. What can no longer be read comes back as
None: it is not known, and never a guess.
"""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, get_type_hints

import msgspec

from downlight.core.evidence.story import Track
from downlight.core.level import Level
from downlight.core.model import Report, ServiceSlug
from downlight.core.news import Event, Turn

if TYPE_CHECKING:
    from downlight.core.health import Kept
    from downlight.core.model import Incident, SourceId, Update
    from downlight.core.news import Delivery

Row: TypeAlias = tuple[str | int | None, ...]
"""One row, in the order of the columns in `schema`."""

_OF_THE_RULE: Final = frozenset({"course", "stamps", "owed", "spell"})
"""Parts of a track without which its story goes on all the same."""


def moment(at: datetime) -> str:
    """Return ``at`` in UTC at fixed width, so that text sorts as time does.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"naive timestamp {at!r}")
    try:
        at = at.astimezone(UTC)
    except OverflowError:  # a provider's "never": the last hours of the year 9999
        at = at.replace(tzinfo=UTC)
    return at.isoformat(timespec="microseconds")


def clean(text: str) -> str:
    """Return ``text`` without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def to_json(value: Report | Track | Kept) -> str:
    """Return a report, a track or the standing of a source as JSON."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_cleaned(msgspec.to_builtins(value))).decode()


def report_of(text: str) -> Report | None:
    """Return the report in ``text``, or None when it cannot be read any more."""
    try:
        return _reports().decode(text)
    except (msgspec.MsgspecError, UnicodeError):
        return None


def track_of(text: str) -> Track | None:
    """Return the track in ``text``, or None when it cannot be read any more.

    Of words of the rule that are not known, those are lost and not the story.
    """
    try:
        return _track(text)
    except (msgspec.MsgspecError, UnicodeError):
        pass
    try:
        kept = msgspec.json.decode(text, type=dict[str, Any])
        known = {name: kept[name] for name in kept.keys() - _OF_THE_RULE}
        return _track(msgspec.json.encode(known))
    except (msgspec.MsgspecError, UnicodeError):
        return None


def event_row(event: Event) -> Row:
    """Return an event as a row of ``events``."""
    return (
        clean(event.id),
        moment(event.at),
        clean(event.service),
        event.turn.value,
        event.level.code if event.level else None,
        clean(event.scope),
        clean(event.title),
        clean(event.sentence),
        clean(event.episode),
        clean(event.incident),
        clean(event.held),
        clean(event.cause),
    )


def event_of(row: tuple[Any, ...]) -> Event | None:
    """Return the event in a row, or None when it cannot be read any more."""
    key, at, service, turn, level, scope, *rest = row
    try:
        when = datetime.fromisoformat(at)
        if when.tzinfo is None:
            return None
        return Event(
            key,
            when,
            ServiceSlug(service),
            Turn(turn),
            None if level is None else Level.of(level),
            scope,
            *rest,  # title, sentence, episode, incident, held, cause
        )
    except ValueError:
        return None


def delivery_row(delivery: Delivery) -> Row:
    """Return a delivery as a row of ``deliveries``."""
    return (
        clean(delivery.event),
        delivery.channel,
        moment(delivery.at),
        delivery.outcome,
        clean(delivery.detail),
    )


def incident_row(source: SourceId, incident: Incident, at: datetime) -> Row:
    """Return an incident as a row of ``incidents``, as ``source`` told it ``at``."""
    return (
        clean(source),
        clean(incident.id),
        clean(incident.title),
        incident.level.code if incident.level else None,
        incident.phase.value if incident.phase else None,
        int(incident.open),
        _moment(incident.started_at),
        _moment(incident.ended_at),
        clean(incident.url),
        moment(at),
        moment(at),
        incident.level.value if incident.level else None,
        _list(list(incident.component_ids)),
        _list([[it.code, it.name, list(it.countries)] for it in incident.places]),
    )


def update_row(source: SourceId, incident: Incident, update: Update) -> Row:
    """Return a message about an incident as a row of ``updates``.

    Without an id of the provider it is known by its time and its words.
    """
    words = f"{update.at.timestamp()} {clean(update.text)}".encode()
    key = update.id or hashlib.blake2b(words, digest_size=12).hexdigest()
    return (
        clean(source),
        clean(incident.id),
        clean(key),
        _moment(update.at),
        update.phase.value if update.phase else None,
        clean(update.text),
    )


def _track(text: str | bytes) -> Track:
    return Track(**msgspec.structs.asdict(_tracks().decode(text)))


def _list(values: list[Any]) -> str:
    return msgspec.json.encode(_cleaned(values)).decode()


def _moment(at: datetime | None) -> str | None:
    # A foreign time without a zone is not a time we know.
    return None if at is None or at.tzinfo is None else moment(at)


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - any value JSON can hold
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean(key): _cleaned(item) for key, item in value.items()}
        case list() | tuple():
            return [_cleaned(item) for item in value]
        case _:
            return value


@cache
def _reports() -> msgspec.json.Decoder[Report]:
    return msgspec.json.Decoder(Report)


@cache
def _tracks() -> msgspec.json.Decoder[msgspec.Struct]:
    # `core.story` imports `datetime` for the type checker only, so the types are
    # looked up here, once, and every field `Track` has or gets is carried along.
    hints = get_type_hints(Track, localns={"datetime": datetime})
    fields = [
        (field.name, hints[field.name], field.default)
        for field in dataclasses.fields(Track)
    ]
    return msgspec.json.Decoder(msgspec.defstruct("TrackJson", fields))
