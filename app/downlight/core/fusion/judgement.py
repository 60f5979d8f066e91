"""What the rule says of one service at one moment, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from downlight.core.fusion import weights
from downlight.core.fusion.findings import Voice
from downlight.core.fusion.own import PATHLIKE
from downlight.core.fusion.ruling import TROUBLE, State

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.fusion.course import Notice
    from downlight.core.fusion.findings import Finding
    from downlight.core.fusion.gate import Fault
    from downlight.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is shown, why, and what would change it."""

    state: State | None
    """None: it cannot be told."""
    scope: Scope
    places: tuple[str, ...]
    """Countries, where ``scope`` is PLACES."""
    blocked: bool
    """Whether it looks like a block in the person's country, not like an outage."""
    confidence: float
    """0 to 1."""
    odds: float
    """Log-odds of a problem here, in nats."""
    fault: Fault | None
    """What is wrong with the own line."""
    remarks: tuple[str, ...]
    """What goes before the reasons."""
    reasons: tuple[Finding, ...]
    """All findings, the heaviest first."""
    missing: tuple[str, ...]
    """Which evidence there is not, in words."""
    would_change: tuple[str, ...]
    """What would change this, in words."""
    notice: Notice | None
    """What is to be told now."""
    support: frozenset[Voice] = frozenset()
    """Who says, with some weight, that there is a problem here."""
    confirmed: bool = False
    """Whether it is more than one voice's word, or the official page's."""
    calm_since: datetime | None = None
    """Since when the evidence of a trouble that is still believed is gone."""
    unstable: bool = False
    """Whether it began and ended too often for each turn to be told."""
    abroad: tuple[str, ...] = ()
    """Countries the person named besides the own one, where trouble is only there."""
    elsewhere: bool = False
    """Whether the official page names trouble, but in other countries only."""
    due: datetime | None = None
    """When time alone changes what is believed; None: never."""

    @property
    def is_early(self) -> bool:
        """Whether there are early signs, of trouble that is not believed (yet)."""
        settled = self.state in TROUBLE or self.state is State.ITS_YOU
        fading = any(f.fading for f in self.reasons[:1])
        return not settled and not fading and self.odds >= weights.EARLY

    @property
    def is_cut_off(self) -> bool:
        """Whether our own checks fail on the way, as far as they say."""
        return any(f.sign in PATHLIKE and not f.silent for f in self.reasons)

    @property
    def is_ours(self) -> bool:
        """Whether our own checks are all that speaks for trouble."""
        return self.state in TROUBLE and self.support == {Voice.OWN}
