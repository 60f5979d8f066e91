"""Is the own line usable?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from downlight.core.fusion.gate import Fault, Line, Trust, fault, words

GOOD = Line(reached=5, asked=5)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (GOOD, None),
        (replace(GOOD, reached=3), None),
        (replace(GOOD, link=False, portal=True), Fault.NO_LINK),
        (replace(GOOD, portal=True, reached=0), Fault.PORTAL),
        (replace(GOOD, trust=Trust.INTERCEPTED), Fault.INTERCEPTED),
        (replace(GOOD, trust=Trust.CLOCK), Fault.CLOCK),
        (replace(GOOD, names=False, reached=0), Fault.NAMES),
        (replace(GOOD, names=False, literal=False, reached=0), Fault.OFFLINE),
        (replace(GOOD, reached=2), Fault.POOR),
        (replace(GOOD, lossy=True), Fault.POOR),
        (Line(), Fault.UNASKED),
    ],
)
def test_the_plainest_fault_of_a_line_is_named(
    line: Line, expected: Fault | None
) -> None:
    assert fault(line) is expected


def test_every_fault_has_words_for_a_person() -> None:
    said = [words(name, replace(GOOD, reached=2)) for name in Fault]
    assert len(set(said)) == len(Fault)
    assert words(Fault.POOR, replace(GOOD, reached=2)).endswith(
        "2 of 5 unrelated sites answer"
    )
    assert words(Fault.POOR, replace(GOOD, lossy=True)).endswith("sent is lost")
