"""Each figure is a sentence that says what it rests on."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest

from downlight.core.history.figure_words import (
    ROOTS,
    ground,
    lines,
    rests_on,
    share_words,
)
from downlight.core.history.figures import Basis
from downlight.core.history.past import Root, Span
from tests.core.history.pasts import DAY, HOUR, MINUTE, NOON, outage, past

SINCE = "from 3 outages since 4 March 2026"


def test_what_a_figure_rests_on_is_how_many_and_since_when() -> None:
    assert rests_on(Basis(0, None), UTC) == "from no outage"
    assert rests_on(Basis(1, NOON), UTC) == "from one outage since 4 March 2026"
    assert rests_on(Basis(3, NOON), UTC) == SINCE
    assert ground(Basis(0, None), UTC) == "From no outage."
    assert ground(Basis(3, NOON), UTC) == "From 3 outages since 4 March 2026."


@pytest.mark.parametrize(
    ("share", "words"),
    [(1, "100 %"), (0.999, "99.9 %"), (0.98754, "98.75 %"), (0, "0 %")],
)
def test_a_share_has_the_decimals_it_needs(share: float, words: str) -> None:
    assert share_words(share) == words


def test_from_nothing_nothing_is_said() -> None:
    assert lines(past(), UTC) == ()
    short = past(outage(), watched=(Span(NOON, NOON + HOUR),))
    assert lines(short, UTC) == ()


def test_everything_that_is_known_is_said_with_its_ground() -> None:
    causes: list[dict[str, Any]] = [
        {"root": Root.CHANGE, "sure": True},
        {"root": Root.CHANGE, "sure": False},
        {"root": Root.LOAD},
    ]
    three = [
        outage(
            NOON + n * HOUR,
            (n + 1) * MINUTE,
            evidence=NOON,
            word=NOON + (n + 1) * MINUTE,
            said=(NOON, NOON + (n + 1) * HOUR),
            silent=n == 1,
            **cause,
        )
        for n, cause in enumerate(causes)
    ]
    watched = (Span(NOON - DAY, NOON + 3 * DAY),)
    assert lines(past(*three, watched=watched), UTC) == (
        (
            "How long they were: half of them up to 2 min, nine of ten up to 3 min, "
            f"the longest 3 min; {SINCE}."
        ),
        (
            "Causes: a change or maintenance (2, of them 1 only supposed), too many at "
            f"once (1, only supposed), not published (0); {SINCE}."
        ),
        (
            "Maker first spoke 2 min after the first sign in the middle case, 3 min "
            f"at worst; {SINCE}."
        ),
        (
            "Maker lets 2 h pass between two messages in the middle case, 3 h at "
            f"worst; 3 pauses {SINCE}."
        ),
        f"Maker wrote no word of one outage; {SINCE} of which that is known.",
        (
            "Worked 99.9 % of the 4 d that Downlight watched since 3 March 2026; "
            "down for 6 min."
        ),
    )


def test_a_provider_that_always_spoke_is_said_to() -> None:
    three = [outage(length=None, silent=False)] * 3
    words = f"Maker wrote a word of each; {SINCE} of which that is known."
    assert lines(past(*three), UTC)[-1] == words
    silent = [outage(length=None, silent=True)] * 3
    words = f"Maker wrote no word of 3 outages; {SINCE} of which that is known."
    assert lines(past(*silent), UTC)[-1] == words


def test_causes_that_nobody_published_are_said_to_be_none() -> None:
    three = [outage(length=None)] * 3
    assert lines(past(*three), UTC) == (f"Causes: none was published; {SINCE}.",)
    sure = [outage(length=None, root=Root.EQUIPMENT, sure=True)] * 3
    assert lines(past(*sure), UTC) == (
        f"Causes: a machine that broke (3), not published (0); {SINCE}.",
    )


def test_every_cause_has_words() -> None:
    assert set(ROOTS) == set(Root)
