"""How one of our own checks ended, in one word."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Refused, Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from downlight.core.errors import Reason, SourceError


@unique
class Result(StrEnum):
    """How our own check of an endpoint ended."""

    OK = "ok"
    """It answered. Whether with what was expected is another matter."""
    TIMEOUT = "timeout"
    """Nobody answered in time, or no way leads there."""
    REFUSED = "refused"
    RESET = "reset"
    """Broken off, by the other side or because nothing usable came of it."""
    NO_NAME = "dns_nx"
    NAME_FAILED = "dns_servfail"
    WRONG = "wrong"
    """Answered, but not with what was expected."""
    SERVER_ERROR = "http_5xx"
    TOO_MANY = "http_429"
    FORBIDDEN = "http_403"
    CHALLENGE = "challenge"
    SLOW = "slow"
    EXPIRED = "cert_expired"
    UNTRUSTED = "cert_untrusted"


_UNREACHABLE: Final[Mapping[Reason, Result]] = {
    "timeout": Result.TIMEOUT,
    "refused": Result.REFUSED,
    "reset": Result.RESET,
    "dns": Result.NO_NAME,
    "resolver": Result.NAME_FAILED,
    "expired": Result.EXPIRED,
    "untrusted": Result.UNTRUSTED,
    "tls": Result.RESET,  # the handshake was broken off; nobody was distrusted
    "broken": Result.TIMEOUT,
    "unusable": Result.RESET,
}
_REFUSED: Final[Mapping[int, Result]] = {403: Result.FORBIDDEN, 429: Result.TOO_MANY}
_ERROR_OF_SERVER: Final = 500


def result_of(error: SourceError) -> Result:
    """Return how a check ended that ended in ``error``.

    A status from 400 to 499 is mostly our own doing, and whoever sends it is there:
    OK, but for the two by which robots are turned away.
    """
    match error:
        case Unreachable():
            return _UNREACHABLE[error.reason]
        case Refused() if error.status >= _ERROR_OF_SERVER:
            return Result.SERVER_ERROR
        case Refused():
            return _REFUSED.get(error.status, Result.OK)
        case _:
            return Result.RESET
