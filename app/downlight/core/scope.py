"""Where trouble is felt, as far as anyone says."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Scope(StrEnum):
    """Where it is felt, as far as anyone says."""

    HERE = "here"
    PLACES = "places"
    GLOBAL = "global"
    UNKNOWN = "not known"
