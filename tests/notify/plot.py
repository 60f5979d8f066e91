"""A day of troubles, to be played in one life of the program or in many.

It has what can go wrong when the program is killed: what is told at once, together,
worse than before, in quiet hours, after them, once only, and what is muted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.evidence.story import Track
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.core.telling.mute import Span
from downlight.core.telling.policy import Wanted, Wishes
from downlight.core.telling.quiet import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

WISHES: Final = Wishes(
    wanted={ServiceSlug("never"): Wanted.NEVER},
    floor=Level.PARTIAL,
    quiet=(parse("12:40-14:00"),),
    quiet_floor=Level.MAJOR,
    most=60,
)
TOGETHER: Final = "Told together with others of its house."


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at one moment."""

    at: datetime
    events: tuple[Event, ...] = ()
    mute: tuple[ServiceSlug, Span] | None = None
    """What the person mutes, and for how long."""
    once: ServiceSlug | None = None
    """Whose next end the person asks to be told."""

    @property
    def tracks(self) -> Mapping[ServiceSlug, Track]:
        """What is known of each service after it."""
        over = Turn.ENDED
        return {
            it.service: Track(it.level, episode="" if it.turn is over else it.episode)
            for it in self.events
        }


def _at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-04T{clock}:00").replace(tzinfo=UTC)


def _step(clock: str, *news: str) -> Step:
    """Return a step; ``news`` are "service turn" or "service-number turn LEVEL".

    Those from a "+" on share a cause: the first of them tells of all.
    """
    events, cause = [], ""
    for words in news:
        name, turn, *bad = words.lstrip("+").split()
        level = Level.OPERATIONAL if turn == Turn.ENDED else Level.PARTIAL
        events.append(
            Event(
                id=f"{name}:{turn}",
                at=_at(clock),
                service=ServiceSlug(name.partition("-")[0]),
                turn=Turn(turn),
                level=Level[bad[0]] if bad else level,
                scope="worldwide",
                title=f"{name} {turn}",
                sentence=f"It {turn} at {clock}.",
                episode=name,
                held=TOGETHER if cause else "",
                cause=cause or (name if words.startswith("+") else ""),
            )
        )
        cause = events[-1].cause
    return Step(_at(clock), tuple(events))


def _mute(clock: str, slug: str, span: Span) -> Step:
    return Step(_at(clock), mute=(ServiceSlug(slug), span))


def _once(clock: str, slug: str) -> Step:
    return Step(_at(clock), once=ServiceSlug(slug))


PLOT: Final = (
    _step("12:01", "one began", "two began"),
    _step("12:03", "guess began"),
    _mute("12:04", "guess", Span.END),
    _step("12:06", "guess confirmed MAJOR", "small began DEGRADED"),
    _mute("12:07", "hushed", Span.HOUR),
    _step("12:08", "hushed-1 began", "small worsened MAJOR"),
    _step("12:10", "+cloud began", "shop began", "mail began"),
    _step("12:14", "hushed-1 ended", "one ended"),
    _step("12:16", "guess ended", "two ended", "small ended"),
    _step("12:20", "never-1 began"),
    _once("12:21", "never"),
    _step("12:24", "never-1 ended"),
    _step("12:26", "+cloud ended", "shop ended"),
    _step("12:27", "never-2 began", "mail ended"),
    _step("12:28", "never-2 ended"),
    # Quiet hours begin.
    _step("12:41", "gone began"),
    _mute("12:42", "gone", Span.HOUR),
    _step("12:45", "gone ended"),
    _step("13:01", "late began", "brief began"),
    _step("13:03", "worse began", "+road began", "rail began"),
    _step("13:05", "worse worsened MAJOR", "brief ended"),
    _mute("13:07", "road", Span.FOUR_HOURS),
    _step("13:20", "worse ended"),
    # They are over, as is that mute of an hour.
    _step("14:00"),
    _step("14:10", "late ended", "+road ended", "rail ended"),
    _step("14:20", "hushed-2 began", "gone-2 began"),
    _step("14:30", "hushed-2 ended", "gone-2 ended"),
)
"""What happens, in order; the person's own wishes have steps of their own."""

TOLD: Final = (
    ("one:began",),
    ("two:began",),
    ("guess:began",),
    ("small:worsened",),
    ("cloud:began",),
    ("one:ended",),
    ("guess:ended",),
    ("two:ended",),
    ("small:ended",),
    ("never-1:ended",),
    ("cloud:ended",),
    ("mail:ended",),
    ("worse:worsened",),
    ("worse:ended",),
    ("brief:began", "brief:ended", "late:began", "rail:began"),
    ("late:ended",),
    ("rail:ended",),
    ("hushed-2:began",),
    ("gone-2:began",),
    ("hushed-2:ended",),
    ("gone-2:ended",),
)
"""What the person is told: of each notification the ids of its events, sorted."""

START: Final = PLOT[0].at - timedelta(minutes=1)
"""What the clock says before anything happened."""
