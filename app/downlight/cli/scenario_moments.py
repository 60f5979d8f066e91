"""One minute of a scenario, as the table writes it and as the rule sees it.

What the table does not say is as on a quiet day: the defaults below.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from msgspec import Meta, Struct, field

from downlight.core.fusion.gate import Event, Line, Trust
from downlight.core.fusion.seen import (
    Checks,
    Country,
    Kin,
    Moment,
    Page,
    PageWord,
    Posts,
)
from downlight.core.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Works: TypeAlias = Literal["ok", "fail"]
Number: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Amount: TypeAlias = Annotated[float, Meta(ge=0, le=1e9)]
Age: TypeAlias = Annotated[float, Meta(ge=-1e6, le=1e6)]
"""In minutes or hours; below 0 it is yet to come."""


class LocalSeen(Struct, frozen=True, forbid_unknown_fields=True):
    """The own line."""

    link: Literal["up", "down"] = "up"
    refs: tuple[Number, Number] = (5, 5)
    ip_ref: Works = "ok"
    dns: Works = "ok"
    captive: bool = False
    tls_refs: Literal["ok", "intercepted", "clock"] = "ok"
    event: Literal["none", "resume", "resume_long", "clock_jump", "net_change"] = "none"


class ProbeSeen(Struct, frozen=True, forbid_unknown_fields=True):
    """Our own checks."""

    bad: Number = 0
    n: Number = 3
    result: Literal[
        "ok",
        "timeout",
        "refused",
        "reset",
        "dns_nx",
        "dns_servfail",
        "http_5xx",
        "http_429",
        "http_403",
        "challenge",
        "slow",
        "cert_expired",
        "cert_untrusted",
        "skipped",
    ] = "ok"


class OfficialSeen(Struct, frozen=True, forbid_unknown_fields=True):
    """The official page."""

    state: Literal[
        "ok",
        "minor",
        "major",
        "critical",
        "maintenance",
        "resolved",
        "unavailable",
        "unparsable",
    ] = "ok"
    age_min: Age = 5
    scope: str | list[str] = "global"
    maint_overrun_min: Age = 0


class ReportsSeen(Struct, frozen=True, forbid_unknown_fields=True):
    """What people write."""

    feed: Literal["ok", "down", "stale"] = "ok"
    rate: Amount = 3.0
    expected: Amount = 3.0
    distinct: Number = 6
    regions: dict[str, Amount] = {}


class RegionalSeen(Struct, frozen=True, forbid_unknown_fields=True):
    """Measurements in one country."""

    bad: Number
    n: Number
    asn: Number
    age_h: Age


class RelatedSeen(Struct, frozen=True, forbid_unknown_fields=True):
    """Related services."""

    parent: Literal["ok", "outage"] = "ok"
    siblings: Number = 0


class Changes(Struct, frozen=True, forbid_unknown_fields=True):
    """What differs from a quiet day for some minutes."""

    local: LocalSeen = field(default_factory=LocalSeen)
    probe: ProbeSeen = field(default_factory=ProbeSeen)
    official: OfficialSeen = field(default_factory=OfficialSeen)
    reports: ReportsSeen = field(default_factory=ReportsSeen)
    regional: dict[str, RegionalSeen] = {}
    related: RelatedSeen = field(default_factory=RelatedSeen)


Segment: TypeAlias = tuple[int, Changes]
"""How many minutes, and what is seen in each; an event happens in the first only."""


def moments(
    segments: Sequence[Segment],
    start: datetime,
    *,
    home: str,
    real: bool,
    also: tuple[str, ...] = (),
) -> Iterator[Moment]:
    """Yield one moment a minute.

    Args:
        segments: What is seen, in order.
        start: When the first minute is (aware, UTC).
        home: The person's country.
        real: Whether our own checks do what people do.
        also: Other countries whose trouble counts, too.
    """
    now = start
    for minutes, seen in segments:
        for minute in range(minutes):
            event = seen.local.event if minute == 0 else "none"
            yield Moment(
                now,
                _line(seen.local),
                home,
                page=_page(seen.official, now),
                checks=_checks(seen.probe, now, real=real),
                posts=_posts(seen.reports, now),
                countries=tuple(
                    Country(code, now - timedelta(hours=by.age_h), by.bad, by.n, by.asn)
                    for code, by in seen.regional.items()
                ),
                kin=Kin(seen.related.parent == "outage", seen.related.siblings),
                event=None if event == "none" else Event(event),
                also=also,
            )
            now += timedelta(minutes=1)


def _line(seen: LocalSeen) -> Line:
    reached, asked = seen.refs
    return Line(
        link=seen.link == "up",
        reached=reached,
        asked=asked,
        literal=seen.ip_ref == "ok",
        names=seen.dns == "ok",
        portal=seen.captive,
        trust=Trust(seen.tls_refs),
    )


def _page(seen: OfficialSeen, now: datetime) -> Page | None:
    if seen.state in {"unavailable", "unparsable"}:
        return None
    word = PageWord.MAJOR if seen.state == "critical" else PageWord(seen.state)
    return Page(
        word,
        now - timedelta(minutes=seen.age_min),
        () if isinstance(seen.scope, str) else tuple(seen.scope),
        now - timedelta(minutes=seen.maint_overrun_min),
    )


def _checks(seen: ProbeSeen, now: datetime, *, real: bool) -> Checks | None:
    if seen.result == "skipped" or seen.n == 0:
        return None
    return Checks(now, seen.bad, seen.n, Result(seen.result), real)


def _posts(seen: ReportsSeen, now: datetime) -> Posts | None:
    if seen.feed != "ok":
        return None
    places = tuple(seen.regions.items())
    return Posts(now, seen.rate, seen.expected, seen.distinct, places=places)
