"""The own line as the gate sees it, from a climb of the ladder."""

from __future__ import annotations

import pytest

from downlight.core.evidence.footing import line_of
from downlight.core.fusion import gate
from downlight.core.fusion.gate import Fault
from downlight.core.rungs.ladder import Climb, Rung, Trouble, failed, fine, unclear

OWN = tuple(fine(rung) for rung in Rung if rung.is_own)

FAULTS = {
    Trouble.NO_LINK: Fault.NO_LINK,
    Trouble.NO_ADDRESS: Fault.NO_LINK,
    Trouble.NO_ROUTE: Fault.NO_LINK,
    Trouble.DNS_DEAD: Fault.NAMES,
    Trouble.DNS_CUT: Fault.NAMES,
    Trouble.DNS_LIES: Fault.NAMES,
    Trouble.PORTAL: Fault.PORTAL,
    Trouble.OFFLINE: Fault.OFFLINE,
    Trouble.WEAK: Fault.POOR,
    Trouble.PROXY: Fault.OFFLINE,
    Trouble.CLOCK: Fault.CLOCK,
    Trouble.INTERCEPTED: Fault.INTERCEPTED,
    Trouble.TLS_CUT: Fault.INTERCEPTED,
    Trouble.NAME_BLOCKED: None,
    Trouble.NAME_GONE: None,
    Trouble.NAME_LOST: None,
    Trouble.REFUSES: None,
    Trouble.SILENT: None,
    Trouble.PARTLY: None,
    Trouble.CUT_OFF: None,
    Trouble.FOREIGN: None,
    Trouble.EXPIRED: None,
    Trouble.ERROR: None,
    Trouble.MUTE: None,
}
RUNGS = {
    Fault.NO_LINK: Rung.LINK,
    Fault.NAMES: Rung.DNS,
    Fault.PORTAL: Rung.PORTAL,
    Fault.OFFLINE: Rung.INTERNET,
    Fault.POOR: Rung.INTERNET,
    Fault.CLOCK: Rung.SECURE,
    Fault.INTERCEPTED: Rung.SECURE,
}
"""Where each shows."""
COUNTS = {Rung.LINK: (0, 0), Rung.DNS: (0, 0), Rung.PORTAL: (0, 0)}
"""How many places were reached by then, where not all were."""


@pytest.mark.parametrize("trouble", Trouble)
def test_each_trouble_is_the_fault_it_is_to_the_gate(trouble: Trouble) -> None:
    expected = FAULTS[trouble]
    rung = RUNGS[expected] if expected else Rung.CONNECT
    below = OWN[: [*Rung].index(rung)]
    reached, asked = COUNTS.get(rung, (7, 7))
    if expected is Fault.OFFLINE:
        reached = 0
    steps = (*below, failed(rung, trouble))
    line = line_of(Climb("Chat", steps, reached=reached, asked=asked))
    assert gate.fault(line) is expected


@pytest.mark.parametrize(("reached", "words"), [(2, "2 of 7"), (7, "lost")])
def test_a_weak_line_says_what_was_seen_of_it(reached: int, words: str) -> None:
    steps = (failed(Rung.INTERNET, Trouble.WEAK),)
    line = line_of(Climb("", steps, reached=reached, asked=7))
    assert words in gate.words(Fault.POOR, line)


@pytest.mark.parametrize("reached", [5, 7])
def test_a_line_on_which_every_rung_holds_is_fine(reached: int) -> None:
    line = line_of(Climb("Chat", OWN, reached=reached, asked=7))
    assert (line.reached, line.asked) == (reached, 7)
    assert gate.fault(line) is None


def test_where_nothing_was_learnt_nobody_knows() -> None:
    steps = (unclear(Rung.LINK), unclear(Rung.DNS))
    assert gate.fault(line_of(Climb("", steps))) is Fault.UNASKED
