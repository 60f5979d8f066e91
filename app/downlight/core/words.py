"""The sentences people read: state in, words out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from downlight.core.countries import the
from downlight.core.dates import short_date, short_day_month
from downlight.core.fusion.findings import Voice
from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.core.news import Turn
from downlight.core.scope import Scope
from downlight.core.speech import mark, number, tr, trc, trn
from downlight.core.text import cut, listed
from downlight.core.verdict import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from downlight.core.model import Place
    from downlight.core.news import Snapshot
    from downlight.core.service import Service
    from downlight.core.spell import Spell
    from downlight.core.story import Change
    from downlight.core.verdict import Verdict

LEVEL_WORDS: Final[dict[Level | None, str]] = {
    None: mark("not known"),
    Level.OPERATIONAL: mark("all well"),
    Level.MAINTENANCE: mark("maintenance"),
    Level.DEGRADED: mark("troubled"),
    Level.PARTIAL: mark("partly down"),
    Level.MAJOR: mark("down"),
}
"""The words of the product, one per level; in English (`level_word`)."""

PLACES_NAMED: Final = 3
"""More places than this are counted, not named."""
UNTIL_CALM: Final = mark(
    "No more is told of it until it has stayed the same for an hour."
)
"""What a person must know of what comes and goes."""
_FROM_HERE: Final = mark("from here")
_WORLDWIDE: Final = mark("worldwide")
_WHY_NOT: Final = {
    Word.NOBODY: mark("Whether {name} works is not known: there is nobody to ask."),
    Word.WAITING: mark("Whether {name} works is not known: nobody has answered yet."),
    Word.FAILED: mark("Whether {name} works is not known: no source could be read."),
    Word.UNCLEAR: mark(
        "Whether {name} works is not known: no source says anything clear."
    ),
}
"""By what came of asking anyone."""


def level_word(level: Level | None) -> str:
    """Return the word for how bad it is: "partly down"."""
    return tr(LEVEL_WORDS[level])


def moment(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """Return a local clock time, with the date when it is not of today.

    Args:
        at: The moment (aware).
        now: The present (aware).
        zone: The zone to write it in; None for the system's.
    """
    here, today = at.astimezone(zone), now.astimezone(zone)
    if here.date() == today.date():
        return f"{here:%H:%M}"
    if here.year == today.year or abs(now - at) < timedelta(days=180):
        return f"{short_day_month(here)} {here:%H:%M}"
    return f"{short_date(here)} {here:%H:%M}"


def age(span: timedelta) -> str:
    """Return a duration in the two largest units that matter: "1 h 40 min"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return tr("{n} s", n=seconds)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 60:
        return tr("{n} min", n=minutes)
    if hours < 24:
        rest = minutes % 60
        whole = tr("{n} h", n=hours)
        return tr("{h} h {min} min", h=hours, min=rest) if rest else whole
    rest = hours % 24
    if rest and days < 10:
        return tr("{d} d {h} h", d=days, h=rest)
    return tr("{n} d", n=number(days))


def where(scope: Scope, places: Sequence[Place]) -> str:
    """Return the place in words, without a preposition."""
    return _where(scope, [tr(place.name) for place in places])


def _where(scope: Scope, names: Sequence[str]) -> str:
    match scope:
        case Scope.HERE:
            return tr("here")
        case Scope.GLOBAL:
            return tr(_WORLDWIDE)
        case Scope.PLACES if len(names) <= PLACES_NAMED:
            return listed(names)
        case Scope.PLACES:
            named = ", ".join(names[: PLACES_NAMED - 1])
            return trn(
                "{names} and {n} more place",
                "{names} and {n} more places",
                len(names) - PLACES_NAMED + 1,
                names=named,
            )
        case _:
            return tr("not known")


def felt(scope: Scope, places: Sequence[Place]) -> str:
    """Return the place with its preposition: "in Brazil"; empty when not known."""
    match scope:
        case Scope.HERE:
            return tr(_FROM_HERE)
        case Scope.GLOBAL:
            return tr(_WORLDWIDE)
        case Scope.PLACES:
            named = [f"{the(place.code)}{tr(place.name)}" for place in places]
            return tr("in {places}", places=_where(scope, named))
        case _:
            return ""


def names_places(felt: str) -> bool:
    """Whether what `felt` returned names places, in English or in what is spoken."""
    other = (_FROM_HERE, _WORLDWIDE)
    return felt not in {"", *other, *map(tr, other)}


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
    often = _turns(verdict.spell, now, zone)
    if not verdict.level.is_trouble:
        return joined(_calm(service, verdict, now, zone), often)
    began = verdict.since or since
    when = moment(began, now, zone) if began else ""
    head = _better(service, verdict, when, now, zone)
    head = head or _whole(_trouble_of(service, verdict), _felt(verdict), when)
    # Who looks well again, and who blocks, need not say so.
    mute = verdict.calm_since is not None or verdict.is_blocked
    word = "" if mute else _whose_word(service, verdict, now, zone)
    return joined(head, often, word, _own_line(verdict))


def _trouble_of(service: Service, verdict: Verdict) -> str:
    """Return what is wrong, no surer than the evidence is."""
    name = service.name
    if verdict.is_blocked:
        return tr("{name} seems to be blocked", name=name)
    if verdict.measured:
        return tr("{name} cannot be reached from here", name=name)
    level = level_word(verdict.level)
    if verdict.is_guess:
        return tr("{name} seems to be {level}", name=name, level=level)
    return tr("{name} is {level}", name=name, level=level)


def _felt(verdict: Verdict) -> str:
    """Return where what `_trouble_of` says is felt; empty when not known."""
    # "From here" belongs to what was tried, not to how it is.
    tried = verdict.measured or verdict.scope is Scope.HERE
    if tried and not verdict.is_blocked:
        return ""
    return felt(verdict.scope, verdict.places)


def _placed(trouble: str, place: str) -> str:
    """Return what is wrong with where that is felt, as far as that is known."""
    return tr("{trouble} {place}", trouble=trouble, place=place) if place else trouble


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
    return f"{_placed(trouble, place)}."


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


def joined(*sentences: str) -> str:
    """Return these sentences as one text, the empty ones left out."""
    return " ".join(filter(None, sentences))


def _own_line(verdict: Verdict) -> str:
    """Return that the own connection is fine; nothing while that is not known."""
    return tr("Your own connection is fine.") if verdict.online else ""


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
        word = _whose_word(service, verdict, now, zone)
        answers = tr("{name} answers from here.", name=name)
        return joined(answers if verdict.measured else no_trouble, word)
    if verdict.official.is_trouble:
        page = tr(
            "{speaker}'s page still names trouble, but was not written to for long.",
            speaker=speaker,
        )
        return joined(tr("{name} seems well.", name=name), page)
    if verdict.read is not None:
        return joined(no_trouble, _whose_word(service, verdict, now, zone))
    return tr("{name}: all well, says {speaker}.", name=name, speaker=speaker)


def _early(verdict: Verdict) -> str:
    """Return that there are early signs of trouble, and the strongest of them."""
    if not verdict.is_early or verdict.judgement is None:
        return ""
    reasons, here = verdict.judgement.reasons, verdict.judgement.support
    first = next((it for it in reasons if it.voice in here), reasons[0])
    return tr("Possible trouble: {sign}.", sign=first.words)


def _said(level: Level | None) -> str:
    """Return what a page said when it was read last."""
    if level is Level.OPERATIONAL:
        return tr("no trouble")
    return tr("nothing clear") if level is None else level_word(level)


def _whose_word(
    service: Service, verdict: Verdict, now: datetime, zone: tzinfo | None
) -> str:
    speaker = service.speaker
    if verdict.word is Word.SAID and verdict.read is not None:
        return tr(
            "{speaker}'s page was read last at {when}: {said}.",
            speaker=speaker,
            when=moment(verdict.read, now, zone),
            said=_said(verdict.official),
        )
    match verdict.word:
        case Word.NOBODY:
            return tr("There is no official page to ask.")
        case Word.WAITING:
            return tr("{speaker}'s page has not answered yet.", speaker=speaker)
        case Word.FAILED:
            return tr("{speaker}'s page could not be read.", speaker=speaker)
        case Word.UNCLEAR:
            return tr("{speaker}'s page says nothing clear.", speaker=speaker)
        case _:
            return _official(service, verdict)


def _official(service: Service, verdict: Verdict) -> str:
    level, speaker = verdict.official, service.speaker
    if level is not None and level.is_trouble:
        return _official_trouble(speaker, verdict, level)
    if level is Level.MAINTENANCE:
        return tr("{speaker} speaks of planned maintenance only.", speaker=speaker)
    if verdict.admitted:
        return tr("{speaker}'s page names no trouble any more.", speaker=speaker)
    return tr("{speaker} has not said so.", speaker=speaker)


def _official_trouble(speaker: str, verdict: Verdict, level: Level) -> str:
    if verdict.named:
        place = felt(Scope.PLACES, verdict.named)
        return tr("{speaker} names trouble {place} only.", speaker=speaker, place=place)
    if verdict.incident and verdict.incident.phase is Phase.MONITORING:
        return tr("{speaker} says that a fix is in place and watched.", speaker=speaker)
    if verdict.level is not None and level < verdict.level:
        word = level_word(level)
        return tr("{speaker} says that it is {level}.", speaker=speaker, level=word)
    return tr("{speaker} says so.", speaker=speaker)


def headline(service: Service, verdict: Verdict, turn: Turn) -> str:
    """Return the title of an event: service, direction, place."""
    name, level = service.name, level_word(verdict.level)
    place = felt(verdict.scope, verdict.places)
    trouble = _placed(_trouble_of(service, verdict), _felt(verdict))
    worse = tr("{name} got worse: {level}", name=name, level=level)
    better = tr("{name} is better: {level}", name=name, level=level)
    text = {
        Turn.BEGAN: trouble,
        Turn.CONFIRMED: tr("{trouble}: now confirmed", trouble=trouble),
        Turn.UNSTABLE: _comes_and_goes(service, verdict),
        Turn.WORSENED: _placed(worse, place),
        Turn.EASED: _placed(better, place),
        Turn.ENDED: _back(service, verdict),
        Turn.UPDATE: tr(
            "{name}: news from {speaker}", name=name, speaker=service.speaker
        ),
        Turn.MAINTENANCE_BEGAN: tr("{name}: planned maintenance began", name=name),
        Turn.MAINTENANCE_ENDED: tr("{name}: planned maintenance ended", name=name),
    }[turn]
    if verdict.is_guess and turn in {Turn.WORSENED, Turn.EASED}:
        now = tr("{name} now seems to be {level}", name=name, level=level)
        text = _placed(now, place)
    return cut(text, 120)


def _comes_and_goes(service: Service, verdict: Verdict) -> str:
    """Return that it does, no surer than the evidence is."""
    trouble = verdict.level is not None and verdict.level.is_trouble
    if trouble and not (verdict.is_guess or verdict.measured):
        return tr("{name} comes and goes", name=service.name)
    return tr("{name} seems to come and go", name=service.name)


def _turns(spell: Spell | None, now: datetime, zone: tzinfo | None) -> str:
    """Return how often it came and went; empty where that is not to be told.

    After a long pause a count begins anew: then there is none yet.
    """
    if spell is None or spell.turns == 1:
        return ""
    return trn(
        "Trouble came or went {n} time since {when}.",
        "Trouble came or went {n} times since {when}.",
        spell.turns,
        when=moment(spell.since, now, zone),
    )


def _back(service: Service, verdict: Verdict) -> str:
    """Return what is known of an end: our own checks only knock at the front door."""
    if verdict.measured:
        return tr("{name} answers from here again", name=service.name)
    return tr("{name} works again", name=service.name)


def tale(
    service: Service,
    verdict: Verdict,
    change: Change,
    zone: tzinfo | None = None,
) -> str:
    """Return the body of an event: since when, how long, where, what it is about.

    Args:
        service: Which one.
        verdict: What the evidence says at the change.
        change: The turn.
        zone: Zone for clock times; None for the system's.
    """
    now, began = change.at, change.since
    often = _turns(change.spell, now, zone)
    match change.turn:
        case Turn.ENDED:
            return joined(_end(change, zone), often)
        case Turn.UNSTABLE:
            return joined(often, tr(UNTIL_CALM))
        case Turn.MAINTENANCE_BEGAN | Turn.MAINTENANCE_ENDED:
            when = moment(now, now, zone)
            return tr("{when}. Planned work, not an outage.", when=when)
        case _:
            about = f"{verdict.title.rstrip('.')}." if verdict.title else ""
            since = moment(began, now, zone) if began else ""
            when = tr("Since {when}.", when=since) if since else ""
            word = _whose_word(service, verdict, now, zone)
            line = _own_line(verdict)
            signs = _signs(verdict)
            parts = _parts(verdict)
            return cut(joined(about, when, often, signs, word, parts, line), 400)


def _signs(verdict: Verdict) -> str:
    """Return what speaks for trouble beside the official page, the heaviest first."""
    judgement = verdict.judgement
    if judgement is None or judgement.is_ours:
        return ""
    signs = [
        f"{finding.words}."
        for finding in judgement.reasons
        if finding.voice in judgement.support and finding.voice is not Voice.OFFICIAL
    ]
    return joined(*signs[:2])


def _end(change: Change, zone: tzinfo | None) -> str:
    now = change.at
    span = change.ended - change.since if change.ended and change.since else None
    if change.ended is None:
        when = moment(now, now, zone)
        head = tr("Noticed at {when}; it may have ended earlier.", when=when)
    elif span and span > timedelta():
        when = moment(change.ended, now, zone)
        head = tr("Since {when} after {span}.", when=when, span=age(span))
    else:
        when = moment(change.ended, now, zone)
        head = trc("it works again", "Since {when}.", when=when)
    return joined(head, _was_felt(change.where))


def _was_felt(where: str) -> str:
    """Return where an outage was felt, of which we know in words of that time."""
    if not where:
        return tr("Where was not said.")
    if where in {_FROM_HERE, tr(_FROM_HERE)}:
        return tr("It was felt here.")
    return tr("It was felt {place}.", place=where)


def _parts(verdict: Verdict) -> str:
    if verdict.scope is not Scope.UNKNOWN:
        return ""
    if not verdict.parts:
        return tr("Where is not said.")
    named = ", ".join(verdict.parts[:PLACES_NAMED])
    more = len(verdict.parts) - PLACES_NAMED
    if more > 0:
        return trn(
            "Affected: {names} and {n} more.",
            "Affected: {names} and {n} more.",
            more,
            names=named,
        )
    return tr("Affected: {names}.", names=named)


def tooltip(snapshot: Snapshot, zone: tzinfo | None = None) -> str:
    """Return what the icon says when pointed at: one short sentence per trouble."""
    said = _halt(snapshot) or _trouble(snapshot, zone) or _calm_names(snapshot)
    if snapshot.replay:
        return tr("Replay of {name}: {said}", name=snapshot.replay, said=said)
    return said


def _halt(snapshot: Snapshot) -> str:
    """Return why nothing can be said about any service; empty when something can."""
    if snapshot.trouble:
        return snapshot.trouble
    if snapshot.online is False:
        return tr("You are offline.")
    return "" if snapshot.services else tr("Nothing is watched yet.")


def _trouble(snapshot: Snapshot, zone: tzinfo | None) -> str:
    bad = [
        view
        for view in snapshot.services
        if view.verdict.level is not None and view.verdict.level.is_trouble
    ]
    bad.sort(key=lambda view: -(view.verdict.level or 0))
    lines = [
        sentence(view.service, view.verdict, view.since, snapshot.at, zone)
        for view in bad[:PLACES_NAMED]
    ]
    if len(bad) > len(lines):
        more = len(bad) - len(lines)
        lines.append(trn("{n} more in trouble.", "{n} more in trouble.", more))
    return "\n".join(lines)


def _calm_names(snapshot: Snapshot) -> str:
    if snapshot.asking:
        return tr("Asking …")
    if names := _names(snapshot, None):
        return tr("Not known: {names}.", names=names)
    if names := _names(snapshot, Level.MAINTENANCE):
        return tr("Planned maintenance: {names}.", names=names)
    return tr("All well: {names}.", names=_names(snapshot, Level.OPERATIONAL))


def _names(snapshot: Snapshot, level: Level | None) -> str:
    names = [
        view.service.name for view in snapshot.services if view.verdict.level is level
    ]
    if len(names) > PLACES_NAMED + 1:
        more = number(len(names) - PLACES_NAMED)
        names[PLACES_NAMED:] = [trc("services", "{n} more", n=more)]
    return listed(names)


def stamp(at: datetime) -> str:
    """Return ``at`` for machines: ISO 8601 in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
