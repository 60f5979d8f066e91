"""How a check ended, told from the error it ended in."""

from __future__ import annotations

from typing import get_args

import pytest

from downlight.core.errors import (
    NoKey,
    Reason,
    Refused,
    SourceError,
    Unreachable,
    Unreadable,
)
from downlight.core.result import Result, result_of


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (Unreachable("x", "timeout"), Result.TIMEOUT),
        (Unreachable("x", "refused"), Result.REFUSED),
        (Unreachable("x", "reset"), Result.RESET),
        (Unreachable("x", "dns"), Result.NO_NAME),
        (Unreachable("x", "resolver"), Result.NAME_FAILED),
        (Unreachable("x", "expired"), Result.EXPIRED),
        (Unreachable("x", "untrusted"), Result.UNTRUSTED),
        (Refused(500), Result.SERVER_ERROR),
        (Refused(503), Result.SERVER_ERROR),
        (Refused(429), Result.TOO_MANY),
        (Refused(403), Result.FORBIDDEN),
        (Refused(400), Result.OK),
        (Refused(404), Result.OK),
        (Refused(499), Result.OK),
        (Unreadable("x"), Result.RESET),
        (NoKey("x"), Result.RESET),
    ],
)
def test_every_error_has_its_word(error: SourceError, result: Result) -> None:
    assert result_of(error) is result


@pytest.mark.parametrize("reason", get_args(Reason))
def test_nothing_usable_is_never_well_nor_the_servers_own_word(reason: Reason) -> None:
    found = result_of(Unreachable("x", reason))
    assert found not in {Result.OK, Result.SERVER_ERROR, Result.SLOW}


@pytest.mark.parametrize("reason", ["tls", "broken", "unusable"])
def test_nobody_is_accused_by_a_reason_that_names_none(reason: Reason) -> None:
    """What nobody on the way could fake weighs more, and must be known."""
    found = result_of(Unreachable("x", reason))
    assert found in {Result.TIMEOUT, Result.RESET}
