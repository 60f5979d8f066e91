"""How a service is, in sentences: what, where, since when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from downlight.core.evidence.verdict import Word
from downlight.core.level import Level
from downlight.core.saying.clauses import (
    felt_where,
    own_line,
    placed,
    trouble_of,
    turns,
    whose_word,
)
from downlight.core.saying.words import felt, joined, level_word, moment
from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from downlight.core.evidence.verdict import Verdict
    from downlight.core.service import Service

_WHY_NOT: Final = {
    Word.NOBODY: mark("Whether {name} works is not known: there is nobody to ask."),
    Word.WAITING: mark("Whether {name} works is not known: nobody has answered yet."),
    Word.FAILED: mark("Whether {name} works is not known: no source could be read."),
    Word.UNCLEAR: mark(
        "Whether {name} works is not known: no source says anything clear."
    ),
}
"""By what came of asking anyone."""


def sentence(
    service: Service,
    verdict: Verdict,
    since: datetime | None,
    now: datetime,
    zone: tzinfo | None = None,
) -> str:
    """Return the whole answer about one service: what, where, since, whose word.

    Args:
        service: Which one.
        verdict: What the evidence says.
        since: Since when the level holds, as well as we know.
        now: The present (aware).
        zone: Zone for clock times; None for the system's.
    """
    if verdict.offline:
        name = service.name
        return tr("You are offline, so nothing can be said about {name}.", name=name)
    if verdict.is_yours:
        return _yours(service, verdict)
    if verdict.level is None:
        return _unknown(service, verdict)
    often = turns(verdict.spell, now, zone)
    if not verdict.level.is_trouble:
        return joined(_calm(service, verdict, now, zone), often)
    began = verdict.since or since
    when = moment(began, now, zone) if began else ""
    head = _better(service, verdict, when, now, zone)
    head = head or _whole(trouble_of(service, verdict), felt_where(verdict), when)
    # Who looks well again, and who blocks, need not say so.
    mute = verdict.calm_since is not None or verdict.is_blocked
    word = "" if mute else whose_word(service, verdict, now, zone)
    return joined(head, often, word, own_line(verdict))


def _whole(trouble: str, place: str, when: str = "") -> str:
    """Return what is wrong as a sentence.

    Args:
        trouble: What is wrong, a whole clause.
        place: Where, as `felt` says it; empty when not known.
        when: When it began; empty when not known.
    """
    if place and when:
        return tr(
            "{trouble} {place} since {when}.", trouble=trouble, place=place, when=when
        )
    if when:
        return tr("{trouble} since {when}.", trouble=trouble, when=when)
    return f"{placed(trouble, place)}."


def _better(
    service: Service, verdict: Verdict, when: str, now: datetime, zone: tzinfo | None
) -> str:
    """Return that trouble is not seen any more, while it is still believed."""
    if verdict.calm_since is None:
        return ""
    name, calm = service.name, moment(verdict.calm_since, now, zone)
    again = tr("{name} seems to work again since {calm}.", name=name, calm=calm)
    if when:
        again = tr(
            "{name} seems to work again since {calm}, after trouble since {began}.",
            name=name,
            calm=calm,
            began=when,
        )
    return joined(again, tr("It counts as over when that lasts."))


def _yours(service: Service, verdict: Verdict) -> str:
    """Return that it is the person's side, and in what way."""
    judgement, name = verdict.judgement, service.name
    meanwhile = tr("Nothing can be said about {name} meanwhile.", name=name)
    if judgement is None or judgement.fault is None:
        if judgement is not None and not judgement.is_cut_off:
            return joined(tr("Your connection was at fault until just now."), meanwhile)
        return tr(
            "{name} cannot be reached from here, but others report nothing: it seems "
            "to be only you.",
            name=name,
        )
    remarks = judgement.remarks
    why = f"{remarks[0]}." if remarks else tr("Your connection is at fault.")
    return joined(why, meanwhile)


def _unknown(service: Service, verdict: Verdict) -> str:
    name = service.name
    if verdict.last is not None:
        return tr(
            "{name} was {level} when last heard of; whether it still is cannot be "
            "read now.",
            name=name,
            level=level_word(verdict.last),
        )
    early, remark = _early(verdict), _remark(verdict)
    if remark or early:
        not_known = tr("Whether {name} works is not known.", name=name)
        return joined(not_known, remark, early)
    return tr(_WHY_NOT.get(verdict.heard, _WHY_NOT[Word.UNCLEAR]), name=name)


def _remark(verdict: Verdict) -> str:
    """Return what the rule remarks on not knowing, where anything was heard."""
    judgement = verdict.judgement
    if judgement is None or not (verdict.heard is Word.SAID or verdict.is_early):
        return ""
    return next((f"{remark}." for remark in judgement.remarks), "")


def _calm(
    service: Service, verdict: Verdict, now: datetime, zone: tzinfo | None
) -> str:
    if verdict.level is Level.MAINTENANCE:
        return tr("{name} is under planned maintenance.", name=service.name)
    return joined(_well(service, verdict, now, zone), _early(verdict))


def _well(
    service: Service, verdict: Verdict, now: datetime, zone: tzinfo | None
) -> str:
    name, speaker = service.name, service.speaker
    no_trouble = tr("No trouble with {name} is known.", name=name)
    if verdict.is_elsewhere:
        place = felt(verdict.scope, verdict.places)
        return joined(
            tr("{name}: all well where you are.", name=name),
            _whole(tr("{speaker} names trouble", speaker=speaker), place),
        )
    if verdict.official is None:
        word = whose_word(service, verdict, now, zone)
        answers = tr("{name} answers from here.", name=name)
        return joined(answers if verdict.measured else no_trouble, word)
    if verdict.official.is_trouble:
        page = tr(
            "{speaker}'s page still names trouble, but was not written to for long.",
            speaker=speaker,
        )
        return joined(tr("{name} seems well.", name=name), page)
    if verdict.read is not None:
        return joined(no_trouble, whose_word(service, verdict, now, zone))
    return tr("{name}: all well, says {speaker}.", name=name, speaker=speaker)


def _early(verdict: Verdict) -> str:
    """Return that there are early signs of trouble, and the strongest of them."""
    if not verdict.is_early or verdict.judgement is None:
        return ""
    reasons, here = verdict.judgement.reasons, verdict.judgement.support
    first = next((it for it in reasons if it.voice in here), reasons[0])
    return tr("Possible trouble: {sign}.", sign=first.words)
