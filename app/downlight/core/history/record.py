"""Reads the public record: outages that were written about, as people listed them.

The form is described in the files themselves, ``resources/outages/``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from downlight.core.history.past import DAY, HOUR, Kind, Origin, Outage, Record, Root
from downlight.core.level import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MINUTE: Final = timedelta(minutes=1)
_MONTH: Final = 31 * DAY

_KINDS: Final[Mapping[str, tuple[Kind, Level | None]]] = {
    "outage": (Kind.OUTAGE, Level.MAJOR),
    "partial": (Kind.OUTAGE, Level.PARTIAL),
    "block": (Kind.BLOCK, None),
    "sibling": (Kind.SIBLING, None),
}
_TRUST: Final = frozenset({"high", "medium", "low"})


def read(tables: Mapping[str, Any]) -> Record:
    """Return the record that stands in a file, its outages oldest first.

    Raises:
        ValueError: Something in it is not understood; says what.
        KeyError: Something is missing.
    """
    as_of = tables["as_of"]
    if type(as_of) is not date:
        raise ValueError(f"as_of: {as_of!r} is no date")
    found = [_outage(row, as_of) for row in tables["outage"]]
    return Record(tuple(sorted(found, key=lambda it: it.begun)), as_of)


def _outage(row: Mapping[str, Any], as_of: date) -> Outage:
    id_ = str(row["id"])
    if row["trust"] not in _TRUST or not row["sources"] or row["kind"] not in _KINDS:
        raise ValueError(f"{id_}: trust, sources or kind is not right")
    kind, level = _KINDS[row["kind"]]
    begun, precision = _moment(id_, row["start"])
    precision = max(precision, row.get("margin", 0) * MINUTE)
    lasted = row["minutes"] * MINUTE if "minutes" in row else None
    ended, end_known = _end(id_, row, as_of)
    if ended is not None and ended < begun:
        raise ValueError(f"{id_}: ends before it begins")
    word = _word(id_, row) if kind is not Kind.BLOCK else None
    return Outage(
        id_,
        begun,
        (Origin.RECORD,),
        precision,
        ended,
        end_known,
        lasted=lasted,
        kind=kind,
        level=level,
        services=_texts(row["services"]),
        where=_where(row),
        countries=_texts(row.get("countries", ())),
        what=row["what"],
        root=Root(row["root"]) if "root" in row else None,
        sure=row.get("sure", False),
        cause=row.get("cause", ""),
        word=word,
        silent=row.get("silent"),
        official=row.get("official", ""),
        evidence=begun if precision <= HOUR else None,
        sources=_texts(row["sources"]),
        trust=row["trust"],
        note=row.get("note", ""),
    )


def _end(id_: str, row: Mapping[str, Any], as_of: date) -> tuple[datetime | None, bool]:
    """Return when it was over, and whether it was just then or, of days, that day."""
    if row.get("lasts", False):
        return _midnight(as_of.isoformat()) + DAY, False
    at, precision = _moment(id_, row["end"]) if "end" in row else (None, DAY)
    if at is None or precision > DAY:
        return None, False
    return (at + DAY if precision == DAY else at), True


def _word(id_: str, row: Mapping[str, Any]) -> datetime | None:
    """Return when the provider first spoke; None when not known to the hour."""
    if "first_word" not in row:
        return None
    at, precision = _moment(id_, row["first_word"])
    return at if precision <= HOUR else None


def _where(row: Mapping[str, Any]) -> str:
    where: str = row["where"]
    return where.replace("everywhere", "worldwide", 1)


def _moment(id_: str, said: str) -> tuple[datetime, timedelta]:
    """Return a moment and how exact it is: a minute, a day or a month.

    Raises:
        ValueError: It is no moment.
    """
    try:
        if len(said) == len("2023-02"):
            return _midnight(f"{said}-01"), _MONTH
        if len(said) == len("2023-02-01"):
            return _midnight(said), DAY
        at = datetime.fromisoformat(said)
    except (ValueError, TypeError):
        raise ValueError(f"{id_}: {said!r} is no moment") from None
    if at.tzinfo is None:
        raise ValueError(f"{id_}: {said!r} has no time zone")
    return at.astimezone(UTC), MINUTE


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _texts(said: Sequence[object]) -> tuple[str, ...]:
    return tuple(map(str, said))
