"""``downlight me``: the ladder "is it me?", each rung as it comes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from rich.text import Text

from downlight import climbing, wiring
from downlight.cli import UNKNOWN, console, forms
from downlight.core.rungs import advice, far_rungs
from downlight.core.rungs.ladder import Outcome
from downlight.probes import ladder

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import timedelta

    from downlight.core.rungs.ladder import Climb, Step
    from downlight.core.rungs.readings import Reading
    from downlight.probes.ladder import Goal, Tools
    from downlight.probes.references import References
    from downlight.wiring import Home

YOURS = 1
THEIRS = 2
NAMED = 4
"""More servers than this are counted, not named."""

MARKS: dict[Outcome, tuple[str, str]] = {
    Outcome.FINE: ("●", "green"),
    Outcome.FAILED: ("■", "red"),
    Outcome.OPEN: ("○", "dim"),
}
"""Shape and colour in the terminal; the word stands beside them."""


def run(options: Namespace) -> int:
    """Climb once; 0: all well, 1: the own line, 2: beyond it, 3: not known.

    Raises:
        CatalogError: The shipped catalog or a table of references is broken.
        SettingsError: The proxy is of a kind the test cannot go through.
    """
    home = wiring.open_home(options.data)
    goal: Goal | None = ladder.Goal()
    if options.slug is not None:
        plan, _ = wiring.plan([options.slug], home)
        goal = climbing.goal(plan)
    if goal is None:
        console.complain(
            f"nobody knows {options.slug!r}; `downlight services` lists all"
        )
        return UNKNOWN
    return asyncio.run(_climb(goal, home, json=options.json))


async def _climb(goal: Goal, home: Home, *, json: bool) -> int:
    by, tools = await climbing.ways(home.settings, home.places)
    return await climb(goal, by, tools, json=json)


async def climb(goal: Goal, by: References, tools: Tools, *, json: bool) -> int:
    """Climb once, tell each rung as it comes, and return the exit status.

    Args:
        goal: Where to.
        by: Whom to ask whether the internet is there.
        tools: How to reach them.
        json: For machines: all of it in one line, at the end.
    """

    def tell(step: Step) -> None:
        if not json:
            _say(step, goal.name)

    met = await ladder.climb(goal, by, tools, tell)
    if json:
        console.say(forms.dump(form(met)))
    else:
        _conclude(met)
    return exit_status(met)


def exit_status(met: Climb) -> int:
    """Return 0: all well, 1: the own line, 2: beyond it, 3: not known."""
    if met.failed is not None:
        return YOURS if met.failed.rung.is_own else THEIRS
    known = met.arrived and (met.reached_service or not met.service)
    return 0 if known else UNKNOWN


def _say(step: Step, service: str) -> None:
    mark, colour = MARKS[step.outcome]
    details = advice.details(step)
    console.show(
        Text.assemble(
            (mark, colour),
            f" {advice.claim(step, service)}: ",
            (advice.OUTCOMES[step.outcome], colour),
            (f"  {details}" if details else "", "dim"),
        )
    )


def _conclude(met: Climb) -> None:
    if grid := _grid(met):
        console.show(Text(grid, style="dim"))
    for notice in advice.notices(met):
        console.show(Text(notice))
    what, do = advice.conclusion(met)
    console.show(Text(""), Text(what, style="bold"))
    if do:
        console.show(Text(do))


def _grid(met: Climb) -> str:
    """Return the servers that did not answer, where others did."""
    there, _ = far_rungs.servers(met.grid)
    silent = [it.target for it in met.grid if it.connected is None]
    if not (there and silent):
        return ""
    more = len(silent) - NAMED
    rest = f" and {more} more" if more > 0 else ""
    return f"No answer from: {', '.join(silent[:NAMED])}{rest}"


def form(met: Climb) -> dict[str, Any]:
    """Return a climb as other programs read it, with nothing private in it."""
    met = advice.public(met)
    what, do = advice.conclusion(met)
    failed = met.failed
    return {
        "service": met.service or None,
        "failed": failed and str(failed.rung),
        "trouble": failed and str(failed.trouble),
        "side": advice.side(met),
        "sentence": what,
        "advice": do,
        "notices": [str(it) for it in met.notices],
        "vpn": met.vpn or None,
        "references": {"reached": met.reached, "asked": met.asked},
        "ms": _ms(met.took),
        "rungs": [
            {
                "rung": str(step.rung),
                "outcome": str(step.outcome),
                "ms": _ms(step.took),
                "note": step.note,
            }
            for step in met.steps
        ],
        "servers": [_server(it) for it in met.grid],
    }


def _server(it: Reading) -> dict[str, Any]:
    return {
        "target": it.target,
        "connected_ms": _ms(it.connected),
        "secured_ms": _ms(it.secured),
        "answered_ms": _ms(it.answered),
        "status": it.status,
        "fault": it.fault and str(it.fault),
    }


def _ms(took: timedelta | None) -> float | None:
    return None if took is None else round(took.total_seconds() * 1000, 1)
