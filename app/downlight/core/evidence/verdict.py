"""The answer to "is it down?": what is known of one service, and how it is meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import TYPE_CHECKING

from downlight.core.fusion.ruling import State
from downlight.core.scope import Scope

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.evidence.spell import Spell
    from downlight.core.fusion.judgement import Judgement
    from downlight.core.level import Level
    from downlight.core.model import Incident, Place, SourceId, Standing
    from downlight.core.source import SourceInfo


@unique
class Word(StrEnum):
    """What came of asking: about the official page, or about all sources."""

    NOBODY = "nobody"
    """There is nobody to ask."""
    WAITING = "waiting"
    """Nobody has been asked yet."""
    FAILED = "failed"
    """Asked, and could not be read; or what was read is too old."""
    UNCLEAR = "unclear"
    """Answered, but said nothing we understand."""
    SAID = "said"
    """Gave a level."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source as it speaks about one service."""

    info: SourceInfo
    standing: Standing
    """With the report cut down to what speaks about the service."""
    failing_since: datetime | None = None
    """For our own check: since when nothing answered it while others were heard."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "is it down?", with its reasons."""

    level: Level | None = None
    scope: Scope = Scope.UNKNOWN
    places: tuple[Place, ...] = ()
    since: datetime | None = None
    """When the trouble began, as well as anyone says; None when all is well."""
    official: Level | None = None
    """What the official page says; None when it says nothing fresh."""
    word: Word = Word.NOBODY
    """What came of asking the official page."""
    read: datetime | None = None
    """When the page was read last, while it cannot be read now; None while it can."""
    heard: Word = Word.NOBODY
    """What came of asking anyone."""
    incident: Incident | None = None
    """The worst open incident that is trouble, the oldest of equals."""
    maintenance: bool = False
    """Whether planned work is going on."""
    online: bool | None = True
    """Whether the own connection works; None when that is not known."""
    parts: tuple[str, ...] = ()
    """Names of the parts in trouble, the worst first."""
    measured: bool = False
    """The level rests on our own check alone, and on whether anything answers it."""
    claims: frozenset[SourceId] = frozenset()
    """Who says that there is trouble."""
    sources: frozenset[SourceId] = frozenset()
    """Who gave a level that counts."""
    last: Level | None = None
    """The level that was announced, while whoever claimed it is not heard."""
    admitted: bool = False
    """Whether the official page named this trouble at some time."""
    named: tuple[Place, ...] = ()
    """Where the official page names trouble, where that is in other countries only."""
    wrong: bool = False
    """Whether our own check was answered, but not as it should have been."""
    judgement: Judgement | None = None
    """What follows from all evidence, and why; None before anything was weighed."""
    spell: Spell | None = None
    """How often it came and went, while it does so too often; else None."""

    @property
    def offline(self) -> bool:
        """Whether nothing answers, so that the own connection is at fault."""
        return self.online is False

    @property
    def is_yours(self) -> bool:
        """Whether the trouble is on the person's side, not the service's."""
        return self.offline or (
            self.judgement is not None and self.judgement.state is State.ITS_YOU
        )

    @property
    def is_blocked(self) -> bool:
        """Whether it looks like a block in the person's country, not like an outage."""
        return self.judgement is not None and self.judgement.blocked

    @property
    def is_early(self) -> bool:
        """Whether there are early signs of trouble, too weak to call it that."""
        return self.judgement is not None and self.judgement.is_early

    @property
    def is_elsewhere(self) -> bool:
        """Whether the official page names trouble, but in other countries only."""
        calm = self.level is not None and not self.level.is_trouble
        return calm and bool(self.places)

    @property
    def is_guess(self) -> bool:
        """Whether trouble is believed on one kind of evidence, not the page's."""
        trouble = self.level is not None and self.level.is_trouble
        return trouble and self.judgement is not None and not self.judgement.confirmed

    @property
    def calm_since(self) -> datetime | None:
        """Since when trouble that is still believed is not seen any more."""
        return self.judgement.calm_since if self.judgement else None

    @property
    def has_official(self) -> bool:
        """Whether there is an official page at all."""
        return self.word is not Word.NOBODY

    @property
    def title(self) -> str:
        """The title of the main incident; empty when there is none."""
        return self.incident.title if self.incident else ""
