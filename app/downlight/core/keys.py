"""The tokens and logins that sources ask for; what is kept of them is never in here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from downlight.core.speech import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE: Final = "downlight"
"""Under this name the keyring of the system shows our secrets."""


@dataclass(frozen=True, slots=True)
class Key:
    """One secret that somebody may ask for."""

    name: str
    """Under which it is kept."""
    what: str
    """What it opens, in words."""
    family: str = ""
    """Of the sources that ask for it; empty for a hook's."""
    wanted: bool = False
    """Whether something that is watched, or a hook, asks for it now."""


@dataclass(frozen=True, slots=True)
class Ring:
    """What the keyring said when it was asked."""

    kept: Mapping[str, bool] = field(default_factory=dict)
    """By the name of a key, whether there is one; no entry: not known."""
    trouble: str = ""
    """Why the keyring does not tell, and what can be done, in words; mostly empty."""


KEYS: Final = (
    Key(
        "microsoft-graph",
        mark("Microsoft 365 as an administrator sees it"),
        "m365-graph",
    ),
    Key("riot", mark("Riot Games' status"), "riot"),
    Key(
        "cloudflare-radar",
        mark("Cloudflare Radar's outages by country"),
        "cloudflare-radar",
    ),
    Key(
        "bluesky-user",
        mark("what is written on Bluesky: the account's name"),
        "bluesky",
    ),
    Key(
        "bluesky-password",
        mark("what is written on Bluesky: an app password"),
        "bluesky",
    ),
    Key("statusgator", mark("your monitors at StatusGator"), "statusgator"),
    Key(
        "downdetector-id",
        mark("Downdetector Enterprise: the client's id"),
        "downdetector",
    ),
    Key(
        "downdetector-secret",
        mark("Downdetector Enterprise: the client's secret"),
        "downdetector",
    ),
)
"""Every secret a source may ask for; what they open is put into words by `tr`."""
