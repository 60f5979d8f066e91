"""Whether the own line works, as far as the sources tell by answering or not."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from downlight.core.errors import Unreachable
from downlight.core.evidence.footing import line_of
from downlight.core.fusion import gate
from downlight.core.model import Failure, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from downlight.core.evidence.verdict import Evidence
    from downlight.core.model import Outcome, SourceId
    from downlight.core.rungs.ladder import Climb
    from downlight.core.source import SourceInfo

HOSTS_FOR_OFFLINE: Final = 2
"""Unrelated hosts that must fail before the own connection is blamed."""
FRESH: Final = timedelta(minutes=6)
"""How long what the ladder found of the own line counts: until it is climbed again,
while something goes on looking wrong (`scout.LONGEST`). Assumed."""


class Line:
    """Who is silent, who was heard, and since when our own checks fail."""

    def __init__(self) -> None:
        """Begin with nobody asked."""
        self._infos: Mapping[SourceId, SourceInfo] = {}
        self._far: AbstractSet[SourceId] = frozenset()
        """Who stands beyond the own network: only they tell of the line."""
        self._silent: dict[SourceId, str] = {}
        """Host of each that was silent since anybody was last heard."""
        self._heard: datetime | None = None
        """When anybody last answered in this run."""
        self._proved: datetime | None = None
        """The same of an answer that no sign-in page in between gives."""
        self._failing: dict[SourceId, datetime] = {}
        self._climbed: tuple[datetime, gate.Line] | None = None
        """What the ladder found, and when."""

    def adopt(self, infos: Mapping[SourceId, SourceInfo]) -> None:
        """Listen to exactly these sources from now on."""
        self._infos = infos
        self._far = {id_ for id_, info in infos.items() if not _is_near(_host(info))}
        # Who is not asked any more settles nothing; who is asked again begins anew.
        self._silent = {i: h for i, h in self._silent.items() if i in infos}
        self._failing = {i: at for i, at in self._failing.items() if i in infos}

    @property
    def is_down(self) -> bool:
        """Whether every far source that was asked since the last answer failed."""
        if self._climbed is not None and gate.fault(self._climbed[1]) is None:
            return False  # others are there
        return self._far <= self._silent.keys() and self._is_suspicious

    @property
    def online(self) -> bool | None:
        """Whether the own connection works; None when that is not known now."""
        found = self._climbed and gate.fault(self._climbed[1])
        if found in gate.DEAD:
            return False
        if self._climbed and found is None:
            return True
        if self.is_down:
            return False
        # What our own checks try may be down by itself; it says nothing of the line.
        pages = any(self._infos[i].kind != "measured" for i in self._silent)
        return True if self._heard is not None and not pages else None

    @property
    def untried(self) -> tuple[SourceId, ...]:
        """Sources whose answer would settle whether the own line is at fault."""
        if not self._is_suspicious:
            return ()
        return tuple(
            id_ for id_ in self._infos if id_ in self._far and id_ not in self._silent
        )

    @property
    def failing(self) -> tuple[SourceId, ...]:
        """Checks of ours that nothing answers."""
        return tuple(self._failing)

    def is_failing(self, id_: SourceId) -> bool:
        """Whether nothing answers a check of ours."""
        return id_ in self._failing

    def failing_since(self, id_: SourceId) -> datetime | None:
        """Return since when nothing answers a check of ours while others are heard."""
        since = self._failing.get(id_)
        if id_ not in self._far:
            return since  # no line lies between
        if since is not None and (self._heard is None or self._heard <= since):
            return None  # nobody else was heard either: it may be the line
        return since

    def is_beside(self, evidence: Iterable[Evidence]) -> bool:
        """Whether the line does not lie between us and any source of a service.

        Args:
            evidence: Every source that speaks about the service.
        """
        ids = {e.info.id for e in evidence}
        return bool(ids) and ids.isdisjoint(self._far)

    def seen(self, evidence: Iterable[Evidence]) -> gate.Line:
        """Return the own line as it matters to a service.

        Args:
            evidence: Every source that speaks about the service.
        """
        if self.is_beside(evidence):
            return _FINE
        if self._climbed is not None:
            return self._climbed[1]
        if self.is_down:
            hosts = len(set(self._silent.values()))
            return gate.Line(reached=0, asked=hosts, literal=False)
        return _FINE if self._heard is not None else gate.Line()

    @property
    def trouble(self) -> str:
        """What the ladder found wrong with the own line, in words; empty: nothing."""
        if self._climbed is None:
            return ""
        found = gate.fault(self._climbed[1])
        return gate.words(found, self._climbed[1]) if found else ""

    @property
    def is_doubtful(self) -> bool:
        """Whether something is silent that may be so because of the own line."""
        return self._is_suspicious or not self._far.isdisjoint(self._failing)

    def heed(self, climb: Climb, at: datetime) -> None:
        """Take what the ladder found into account, for as long as it counts."""
        line = line_of(climb)
        found = gate.fault(line)
        if found is gate.Fault.UNASKED:
            return
        began = at - (climb.took or timedelta())
        proved = self._proved is not None and began < self._proved <= at
        if proved and found in gate.DEAD:
            return  # somebody was heard in the meantime
        self._climbed = (at, line)
        if found is not None:
            self._acquit()

    def take(self, outcome: Outcome, before: Report | None) -> None:
        """Take one outcome of a source into account.

        Args:
            outcome: What came of asking it.
            before: The report it gave before, if it ever did.
        """
        info = self._infos.get(outcome.source)
        if info is None:
            return
        if outcome.source in self._far and _is_answer(outcome):
            self._proved = outcome.at
        self._outlive(outcome)
        was_online = self.online
        if outcome.source in self._far:
            if _is_silence(outcome):
                self._silent[outcome.source] = _host(info)
            else:
                self._silent.clear()
                self._heard = outcome.at
        if isinstance(outcome, Report):
            self._note_failing(outcome, before, info)
        if self.online is False or was_online is False:
            self._acquit()

    def _acquit(self) -> None:
        """Forget which checks fail: the line was to blame, not the services."""
        near = self._failing.keys() - self._far
        self._failing = {id_: self._failing[id_] for id_ in near}

    def _outlive(self, outcome: Outcome) -> None:
        """Forget what the ladder found when it is old, or contradicted."""
        if self._climbed is None:
            return
        at, line = self._climbed
        refuted = self._proved == outcome.at and gate.fault(line) in gate.DEAD
        if abs(outcome.at - at) > FRESH or refuted:
            self._climbed = None

    @property
    def _is_suspicious(self) -> bool:
        enough = len(self._silent) >= HOSTS_FOR_OFFLINE  # mostly there are none
        return enough and len(set(self._silent.values())) >= HOSTS_FOR_OFFLINE

    def _note_failing(
        self, report: Report, before: Report | None, info: SourceInfo
    ) -> None:
        """Keep book of since when our own checks fail, as long as we were looking."""
        if not report.is_silent:
            self._failing.pop(report.source, None)
            return
        gap = report.at - before.at if before else timedelta()
        if abs(gap) > 3 * info.cadence.every:
            self._failing[report.source] = report.at
        self._failing.setdefault(report.source, report.at)


_FINE: Final = gate.Line(reached=1, asked=1)
"""Somebody was heard, so the line is there."""


def _is_silence(outcome: Outcome) -> bool:
    if isinstance(outcome, Failure):
        return isinstance(outcome.error, Unreachable) and outcome.error.is_silence
    return outcome.is_silent


def _is_answer(outcome: Outcome) -> bool:
    """Whether it is from where it says; a wrong certificate may be of anybody."""
    if isinstance(outcome, Failure):
        return not isinstance(outcome.error, Unreachable)
    return not outcome.is_silent


def _is_near(host: str) -> bool:
    """Whether ``host`` is this computer or stands in its own network."""
    if "." not in host.strip(".") and ":" not in host:
        return True  # "localhost", "nas"
    if host.endswith((".local", ".lan", ".localhost", ".home.arpa", ".internal")):
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return not address.is_global


def _host(info: SourceInfo) -> str:
    return urlsplit(info.urls[0]).hostname or info.id if info.urls else info.id
