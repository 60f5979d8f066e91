"""What our own checks say, and for how long they have been failing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import weights
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.result import Result
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from datetime import datetime

    from downlight.core.fusion.seen import Checks

_ROBOT: Final = frozenset({Result.TOO_MANY, Result.FORBIDDEN, Result.CHALLENGE})
_TRANSPORT: Final = frozenset(
    {
        Result.TIMEOUT,
        Result.REFUSED,
        Result.RESET,
        Result.NO_NAME,
        Result.NAME_FAILED,
    }
)
_ALL: Final = {
    Result.SERVER_ERROR: Sign.SERVER_ERROR,
    Result.WRONG: Sign.WRONG,
    Result.EXPIRED: Sign.EXPIRED,
    Result.UNTRUSTED: Sign.UNTRUSTED,
}
_WEIGHTS: Final = {
    Sign.SOME: weights.SOME,
    Sign.SOME_PATH: weights.SOME,
    Sign.SERVER_ERROR: weights.SERVER_ERROR,
    Sign.WRONG: weights.WRONG,
    Sign.PATH: weights.PATH,
    Sign.EXPIRED: weights.EXPIRED,
    Sign.UNTRUSTED: weights.UNTRUSTED,
}
PATHLIKE: Final = frozenset({Sign.PATH, Sign.UNTRUSTED, Sign.SOME_PATH})
"""Failures that may lie on the way; nobody on the way can fake the others."""
_WHY: Final = {
    Result.TIMEOUT: mark("no answer in time"),
    Result.REFUSED: mark("connection refused"),
    Result.RESET: mark("connection cut off"),
    Result.NO_NAME: mark("name not found"),
    Result.NAME_FAILED: mark("name not looked up"),
    Result.SERVER_ERROR: mark("the server reports an error"),
    Result.WRONG: mark("the answer is not what was expected"),
    Result.EXPIRED: mark("the certificate has expired"),
    Result.UNTRUSTED: mark("the certificate is not trusted"),
}
_UNUSABLE: Final = mark("no usable answer")


@dataclass(frozen=True, slots=True)
class Run:
    """Failed rounds in a row."""

    since: datetime | None = None
    """When the first of them was; None when the last round did not fail."""
    rounds: int = 0
    at: datetime | None = None
    """When the last round was, so that none counts twice."""


def look(
    run: Run, checks: Checks | None, *, usable: bool
) -> tuple[Run, Finding | None]:
    """Take a round of our own checks into account.

    Args:
        run: The failed rounds so far.
        checks: The last round; None when none was made.
        usable: Whether the own line is; if not, the round says nothing at all.
    """
    if not usable:
        return Run(), None
    if checks is None:
        return run, None
    sign = _sign(checks)
    if sign not in _WEIGHTS:
        return Run(), _no_failure(sign, checks)
    if run.at != checks.at:
        since = checks.since or checks.at
        # What has been failing for some time is no blip, whoever saw it.
        rounds = max(run.rounds, int(since < checks.at)) + 1
        run = Run(min(run.since or since, since), rounds, checks.at)
    return run, _failure(run, sign, checks)


def is_alone(finding: Finding | None) -> bool:
    """Whether our own checks fail on the way, and have for long."""
    return (
        finding is not None
        and finding.sign in PATHLIKE
        and finding.since is not None
        and finding.at - finding.since >= weights.LONG
    )


def _sign(checks: Checks) -> Sign:
    if checks.result in _ROBOT:
        return Sign.NOT_TOLD
    if checks.result is Result.SLOW:
        return Sign.LAGGING
    if checks.failing == 0:
        return Sign.PASS
    if checks.failing < checks.tried:
        return Sign.SOME_PATH if checks.result in _TRANSPORT else Sign.SOME
    return _ALL.get(checks.result, Sign.PATH)


def _no_failure(sign: Sign, checks: Checks) -> Finding:
    match sign:
        case Sign.PASS:
            weight = weights.REAL_PASS if checks.real else weights.FRONT_PASS
            words = tr("Our own checks pass")
        case Sign.LAGGING:
            weight = weights.SLOW
            words = tr("Our own checks are answered slowly")
        case _:
            weight = 0.0
            words = tr(
                "Our own checks are turned away as a robot's, which is no outage"
            )
    found = Finding(Voice.OWN, sign, checks.at, weight, words, code=checks.result)
    return replace(found, silent=sign is Sign.NOT_TOLD)


def _failure(run: Run, sign: Sign, checks: Checks) -> Finding:
    weight = _WEIGHTS[sign]
    if run.since is not None and checks.at - run.since >= weights.LONG:
        weight = weights.PATH_LONG if sign is Sign.PATH else weight
    if run.rounds == 1:
        sign, weight = Sign.FIRST, weight * weights.FIRST_SHARE
    words = tr(
        "Our own checks fail: {failing} of {tried}, {why}",
        failing=checks.failing,
        tried=checks.tried,
        why=tr(_WHY.get(checks.result, _UNUSABLE)),
    )
    return Finding(
        Voice.OWN, sign, checks.at, weight, words, code=checks.result, since=run.since
    )
