"""The sentences people read: state in, words out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from downlight.core.countries import the
from downlight.core.fusion.findings import Voice
from downlight.core.level import Level
from downlight.core.model import Phase
from downlight.core.news import Turn
from downlight.core.scope import Scope
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
    None: "not known",
    Level.OPERATIONAL: "all well",
    Level.MAINTENANCE: "maintenance",
    Level.DEGRADED: "troubled",
    Level.PARTIAL: "partly down",
    Level.MAJOR: "down",
}
"""The words of the product, one per level."""

PLACES_NAMED: Final = 3
"""More places than this are counted, not named."""
UNTIL_CALM: Final = "No more is told of it until it has stayed the same for an hour."
"""What a person must know of what comes and goes."""


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
        return f"{here.day} {here:%b %H:%M}"
    return f"{here.day} {here:%b %Y %H:%M}"


def age(span: timedelta) -> str:
    """Return a duration in the two largest units that matter: "1 h 40 min"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if minutes < 60:
        return f"{minutes} min"
    if hours < 24:
        rest = minutes % 60
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    rest = hours % 24
    return f"{days} d {rest} h" if rest and days < 10 else f"{days} d"


def where(scope: Scope, places: Sequence[Place]) -> str:
    """Return the place in words, without a preposition."""
    match scope:
        case Scope.HERE:
            return "here"
        case Scope.GLOBAL:
            return "worldwide"
        case Scope.PLACES if len(places) <= PLACES_NAMED:
            return listed([place.name for place in places])
        case Scope.PLACES:
            named = ", ".join(place.name for place in places[: PLACES_NAMED - 1])
            return f"{named} and {len(places) - PLACES_NAMED + 1} more places"
        case _:
            return "not known"


def felt(scope: Scope, places: Sequence[Place]) -> str:
    """Return the place with its preposition: "in Brazil"; empty when not known."""
    return _in(scope, places).strip()


def _in(scope: Scope, places: Sequence[Place]) -> str:
    match scope:
        case Scope.HERE:
            return " from here"
        case Scope.GLOBAL:
            return " worldwide"
        case Scope.PLACES:
            named = [replace(it, name=f"{the(it.code)}{it.name}") for it in places]
            return f" in {where(scope, named)}"
        case _:
            return ""


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
        return f"You are offline, so nothing can be said about {service.name}."
    if verdict.is_yours:
        return _yours(service, verdict)
    if verdict.level is None:
        return _unknown(service, verdict)
    often = _turns(verdict.spell, now, zone)
    if not verdict.level.is_trouble:
        return joined(_calm(service, verdict, now, zone), often)
    began = verdict.since or since
    when = f" since {moment(began, now, zone)}" if began else ""
    head = _better(service, verdict, when, now, zone)
    head = head or f"{_trouble_of(service, verdict)}{when}."
    # Who looks well again, and who blocks, need not say so.
    mute = verdict.calm_since is not None or verdict.is_blocked
    word = "" if mute else _whose_word(service, verdict, now, zone)
    return joined(head, often, word, _own_line(verdict))


def _trouble_of(service: Service, verdict: Verdict) -> str:
    """Return what is wrong and where, no surer than the evidence is."""
    place = _in(verdict.scope, verdict.places)
    if verdict.is_blocked:
        return f"{service.name} seems to be blocked{place}"
    if verdict.measured:
        return f"{service.name} cannot be reached from here"
    # "From here" belongs to what was tried, not to how it is.
    place = "" if verdict.scope is Scope.HERE else place
    seems = "seems to be" if verdict.is_guess else "is"
    return f"{service.name} {seems} {LEVEL_WORDS[verdict.level]}{place}"


def _better(
    service: Service, verdict: Verdict, when: str, now: datetime, zone: tzinfo | None
) -> str:
    """Return that trouble is not seen any more, while it is still believed."""
    if verdict.calm_since is None:
        return ""
    calm = moment(verdict.calm_since, now, zone)
    after = f", after trouble{when}" if when else ""
    again = f"{service.name} seems to work again since {calm}{after}."
    return f"{again} It counts as over when that lasts."


def _yours(service: Service, verdict: Verdict) -> str:
    """Return that it is the person's side, and in what way."""
    judgement = verdict.judgement
    meanwhile = f"Nothing can be said about {service.name} meanwhile."
    if judgement is None or judgement.fault is None:
        if judgement is not None and not judgement.is_cut_off:
            return f"Your connection was at fault until just now. {meanwhile}"
        only = "but others report nothing: it seems to be only you."
        return f"{service.name} cannot be reached from here, {only}"
    why = judgement.remarks[0] if judgement.remarks else "Your connection is at fault"
    return f"{why}. {meanwhile}"


def joined(*sentences: str) -> str:
    """Return these sentences as one text, the empty ones left out."""
    return " ".join(filter(None, sentences))


def _own_line(verdict: Verdict) -> str:
    """Return that the own connection is fine; nothing while that is not known."""
    return "Your own connection is fine." if verdict.online else ""


def _unknown(service: Service, verdict: Verdict) -> str:
    name = service.name
    if verdict.last is not None:
        was = f"{name} was {LEVEL_WORDS[verdict.last]} when last heard of"
        return f"{was}; whether it still is cannot be read now."
    early, remark = _early(verdict), _remark(verdict)
    if remark or early:
        return joined(f"Whether {name} works is not known.", remark, early)
    why = {
        Word.NOBODY: "there is nobody to ask",
        Word.WAITING: "nobody has answered yet",
        Word.FAILED: "no source could be read",
        Word.UNCLEAR: "no source says anything clear",
        Word.SAID: "no source says anything clear",
    }[verdict.heard]
    return f"Whether {name} works is not known: {why}."


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
        return f"{service.name} is under planned maintenance."
    return joined(_well(service, verdict, now, zone), _early(verdict))


def _well(
    service: Service, verdict: Verdict, now: datetime, zone: tzinfo | None
) -> str:
    name, speaker = service.name, service.speaker
    if verdict.is_elsewhere:
        place = _in(verdict.scope, verdict.places)
        return f"{name}: all well where you are. {speaker} names trouble{place}."
    if verdict.official is None:
        word = _whose_word(service, verdict, now, zone)
        if verdict.measured:
            return f"{name} answers from here. {word}"
        return f"No trouble with {name} is known. {word}"
    if verdict.official.is_trouble:
        page = f"{speaker}'s page still names trouble, but was not written to for long"
        return f"{name} seems well. {page}."
    if verdict.read is not None:
        word = _whose_word(service, verdict, now, zone)
        return f"No trouble with {name} is known. {word}"
    return f"{name}: all well, says {speaker}."


def _early(verdict: Verdict) -> str:
    """Return that there are early signs of trouble, and the strongest of them."""
    if not verdict.is_early or verdict.judgement is None:
        return ""
    reasons, here = verdict.judgement.reasons, verdict.judgement.support
    first = next((it for it in reasons if it.voice in here), reasons[0])
    return f"Possible trouble: {first.words}."


def _said(level: Level | None) -> str:
    """Return what a page said when it was read last."""
    if level is Level.OPERATIONAL:
        return "no trouble"
    return "nothing clear" if level is None else LEVEL_WORDS[level]


def _whose_word(
    service: Service, verdict: Verdict, now: datetime, zone: tzinfo | None
) -> str:
    page = f"{service.speaker}'s page"
    if verdict.word is Word.SAID and verdict.read is not None:
        read = moment(verdict.read, now, zone)
        return f"{page} was read last at {read}: {_said(verdict.official)}."
    match verdict.word:
        case Word.NOBODY:
            return "There is no official page to ask."
        case Word.WAITING:
            return f"{page} has not answered yet."
        case Word.FAILED:
            return f"{page} could not be read."
        case Word.UNCLEAR:
            return f"{page} says nothing clear."
        case _:
            return _official(service, verdict)


def _official(service: Service, verdict: Verdict) -> str:
    level, speaker = verdict.official, service.speaker
    if level is not None and level.is_trouble:
        return _official_trouble(speaker, verdict, level)
    if level is Level.MAINTENANCE:
        return f"{speaker} speaks of planned maintenance only."
    if verdict.admitted:
        return f"{speaker}'s page names no trouble any more."
    return f"{speaker} has not said so."


def _official_trouble(speaker: str, verdict: Verdict, level: Level) -> str:
    if verdict.named:
        return f"{speaker} names trouble{_in(Scope.PLACES, verdict.named)} only."
    if verdict.incident and verdict.incident.phase is Phase.MONITORING:
        return f"{speaker} says that a fix is in place and watched."
    if verdict.level is not None and level < verdict.level:
        return f"{speaker} says that it is {LEVEL_WORDS[level]}."
    return f"{speaker} says so."


def headline(service: Service, verdict: Verdict, turn: Turn) -> str:
    """Return the title of an event: service, direction, place."""
    place = _in(verdict.scope, verdict.places)
    level = LEVEL_WORDS[verdict.level]
    trouble = _trouble_of(service, verdict)
    text = {
        Turn.BEGAN: trouble,
        Turn.CONFIRMED: f"{trouble}: now confirmed",
        Turn.UNSTABLE: f"{service.name} {_comes_and_goes(verdict)}",
        Turn.WORSENED: f"{service.name} got worse: {level}{place}",
        Turn.EASED: f"{service.name} is better: {level}{place}",
        Turn.ENDED: f"{service.name} {_back(verdict)} again",
        Turn.UPDATE: f"{service.name}: news from {service.speaker}",
        Turn.MAINTENANCE_BEGAN: f"{service.name}: planned maintenance began",
        Turn.MAINTENANCE_ENDED: f"{service.name}: planned maintenance ended",
    }[turn]
    if verdict.is_guess and turn in {Turn.WORSENED, Turn.EASED}:
        text = f"{service.name} now seems to be {level}{place}"
    return cut(text, 120)


def _comes_and_goes(verdict: Verdict) -> str:
    """Return that it does, no surer than the evidence is."""
    trouble = verdict.level is not None and verdict.level.is_trouble
    sure = trouble and not (verdict.is_guess or verdict.measured)
    return "comes and goes" if sure else "seems to come and go"


def _turns(spell: Spell | None, now: datetime, zone: tzinfo | None) -> str:
    """Return how often it came and went; empty where that is not to be told.

    After a long pause a count begins anew: then there is none yet.
    """
    if spell is None or spell.turns == 1:
        return ""
    since = moment(spell.since, now, zone)
    return f"Trouble came or went {spell.turns} times since {since}."


def _back(verdict: Verdict) -> str:
    """Return what is known of an end: our own checks only knock at the front door."""
    return "answers from here" if verdict.measured else "works"


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
            return f"{often} {UNTIL_CALM}"
        case Turn.MAINTENANCE_BEGAN | Turn.MAINTENANCE_ENDED:
            return f"{moment(now, now, zone)}. Planned work, not an outage."
        case _:
            about = f"{verdict.title.rstrip('.')}." if verdict.title else ""
            when = f"Since {moment(began, now, zone)}." if began else ""
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
    if change.ended is None:
        head = f"Noticed at {moment(now, now, zone)}; it may have ended earlier."
    else:
        span = change.ended - change.since if change.since else None
        how_long = f" after {age(span)}" if span and span > timedelta() else ""
        head = f"Since {moment(change.ended, now, zone)}{how_long}."
    where = change.where.replace("from here", "here")
    place = f"It was felt {where}." if where else "Where was not said."
    return f"{head} {place}"


def _parts(verdict: Verdict) -> str:
    if verdict.scope is not Scope.UNKNOWN:
        return ""
    if not verdict.parts:
        return "Where is not said."
    named = ", ".join(verdict.parts[:PLACES_NAMED])
    more = len(verdict.parts) - PLACES_NAMED
    return f"Affected: {named}{f' and {more} more' if more > 0 else ''}."


def tooltip(snapshot: Snapshot, zone: tzinfo | None = None) -> str:
    """Return what the icon says when pointed at: one short sentence per trouble."""
    mark = f"Replay of {snapshot.replay}: " if snapshot.replay else ""
    return mark + (_halt(snapshot) or _trouble(snapshot, zone) or _calm_names(snapshot))


def _halt(snapshot: Snapshot) -> str:
    """Return why nothing can be said about any service; empty when something can."""
    if snapshot.trouble:
        return snapshot.trouble
    if snapshot.online is False:
        return "You are offline."
    return "" if snapshot.services else "Nothing is watched yet."


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
        lines.append(f"{len(bad) - len(lines)} more in trouble.")
    return "\n".join(lines)


def _calm_names(snapshot: Snapshot) -> str:
    if snapshot.asking:
        return "Asking …"
    for level, words in (
        (None, "Not known"),
        (Level.MAINTENANCE, "Planned maintenance"),
    ):
        names = _names(snapshot, level)
        if names:
            return f"{words}: {names}."
    return f"All well: {_names(snapshot, Level.OPERATIONAL)}."


def _names(snapshot: Snapshot, level: Level | None) -> str:
    names = [
        view.service.name for view in snapshot.services if view.verdict.level is level
    ]
    if len(names) > PLACES_NAMED + 1:
        names[PLACES_NAMED:] = [f"{len(names) - PLACES_NAMED} more"]
    return listed(names)


def stamp(at: datetime) -> str:
    """Return ``at`` for machines: ISO 8601 in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
