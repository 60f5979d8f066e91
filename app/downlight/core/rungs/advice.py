"""The ladder in plain words: what each rung found, what it means, what to do.

What is written here may be copied and sent to anybody: no address, no name of the
own network, of a Wi-Fi, of a company or of a person is ever in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from downlight.core.rungs.ladder import Notice, Outcome, Rung
from downlight.core.rungs.remedies import REMEDIES
from downlight.core.speech import mark, number, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from downlight.core.rungs.ladder import Climb, Step
    from downlight.core.rungs.remedies import Side

RUNGS: Final[Mapping[Rung, str]] = {
    Rung.LINK: mark("Connected to a network"),
    Rung.DNS: mark("Names are found"),
    Rung.PORTAL: mark("No log-in page in the way"),
    Rung.INTERNET: mark("The internet answers"),
    Rung.SECURE: mark("Connections are secure, the clock is right"),
    Rung.NAME: mark("The name of {service} is found"),
    Rung.CONNECT: mark("The servers of {service} take connections"),
    Rung.HANDSHAKE: mark("{service} proves who it is"),
    Rung.ANSWER: mark("{service} answers"),
}
"""What holds when a rung does; said by `claim`."""
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.FINE: mark("yes"),
    Outcome.FAILED: mark("NO"),
    Outcome.OPEN: mark("not known"),
}
NOTICES: Final[Mapping[Notice, str]] = {
    Notice.VPN: mark("A VPN is on ({vpn}): what is seen here is seen through it."),
    Notice.PROXY: mark("A proxy is set: what is seen here is seen through it."),
    Notice.IPV6: mark(
        "IPv6 does not work on this line, IPv4 does: some places may be slow."
    ),
    Notice.READ_ALONG: mark(
        "One issuer vouches for every place: somebody you trust, a company or a virus "
        "scanner, reads secure connections along."
    ),
    Notice.PLAIN_ALTERED: mark(
        "Somebody changes pages that are not secure on the way."
    ),
}


def milliseconds(took: timedelta) -> str:
    """Return a short time as people compare it: "34 ms", "1.2 s"."""
    seconds = took.total_seconds()
    if seconds >= 1:
        return tr("{n} s", n=number(seconds, 1))
    return tr("{n} ms", n=number(seconds * 1000))


def claim(step: Step, service: str) -> str:
    """Return what a rung is about, as a sentence that it makes true or not."""
    return tr(RUNGS[step.rung], service=service)


def details(step: Step) -> str:
    """Return time and numbers of a rung; empty when there are none."""
    took = "" if step.took is None else milliseconds(step.took)
    return ", ".join(it for it in (took, step.note) if it)


def side(climb: Climb) -> Side | None:
    """Return where the trouble lies; None when none was met."""
    if climb.failed is None or climb.failed.trouble is None:
        return None
    return REMEDIES[climb.failed.trouble].side


def conclusion(climb: Climb) -> tuple[str, str]:
    """Return what the ladder says in the end, and what to do (may be empty)."""
    name = climb.service
    if climb.failed is not None and climb.failed.trouble is not None:
        remedy = REMEDIES[climb.failed.trouble]
        what = tr(remedy.what, service=name)
        return what, " ".join(tr(sentence, service=name) for sentence in remedy.do)
    if not climb.arrived:
        return tr("No trouble was found, but not all could be looked at."), ""
    if climb.reached_service:
        highest = claim(climb.steps[-1], name)
        return tr("Your own line is fine. {claim}, seen from here.", claim=highest), ""
    unknown = tr(
        "Of {service} itself Downlight knows no server that it could try.",
        service=name,
    )
    return tr("Your own line is fine."), unknown if name else ""


def notices(climb: Climb) -> tuple[str, ...]:
    """Return what stands in the way without breaking it, a sentence each."""
    return tuple(tr(NOTICES[it], vpn=tr(climb.vpn)) for it in climb.notices)


def public(climb: Climb) -> Climb:
    """Return what may be sent to anybody: of a person's own service no name."""
    if not climb.private:
        return climb
    return replace(climb, service=tr("the service"), grid=())


def as_text(climb: Climb) -> str:
    """Return all of it as lines that can be sent to anybody."""
    climb = public(climb)
    lines = [
        f"{claim(step, climb.service)}: {tr(OUTCOMES[step.outcome])}"
        + (f" ({details(step)})" if details(step) else "")
        for step in climb.steps
    ]
    return "\n".join((*lines, *notices(climb), *filter(None, conclusion(climb))))
