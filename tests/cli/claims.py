"""What sentences claim, and what must have been seen for that.

Each function is one kind of claim: it returns whether a text keeps to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from downlight.core.fusion import gate, weights
from downlight.core.fusion.course import LEAVE
from downlight.core.fusion.findings import CARRY, KIN, Finding, Sign, Voice
from downlight.core.fusion.own import PATHLIKE
from downlight.core.fusion.seen import PageWord
from downlight.core.news import Turn
from downlight.core.places.countries import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.cli.scenario_minutes import Minute

RED: Final = frozenset({PageWord.MINOR, PageWord.MAJOR})
CALM: Final = frozenset({PageWord.GREEN, PageWord.RESOLVED})
WHOLLY: Final = frozenset({Sign.SERVER_ERROR, Sign.PATH, Sign.EXPIRED})
RECENT: Final = LEAVE + timedelta(minutes=1)
"""How long what was seen may still be spoken of."""
CARRIED: Final = CARRY[Voice.OFFICIAL]
CALM_CROWD: Final = 3.0
"""Times the usual from which nobody would call a crowd no louder than usual."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A minute, and all before it."""

    text: str
    """Everything said and told at this minute."""
    now: Minute
    past: Sequence[Minute]
    """This minute is the last of them."""

    @property
    def recent(self) -> list[Minute]:
        return [m for m in self.past if self.now.seen.now - m.seen.now <= RECENT]

    @property
    def page(self) -> PageWord | None:
        return self.now.seen.page.word if self.now.seen.page else None


def speaking(minute: Minute) -> list[Finding]:
    """Return the findings that are heard and speak of where trouble counts."""
    home, also = minute.seen.home, set(minute.seen.also)
    return [
        f
        for f in minute.judgement.reasons
        if not f.silent
        and (not f.is_elsewhere(home) or also.intersection(f.places))
        and f.voice not in KIN
    ]


def supporting(minute: Minute) -> set[Voice]:
    return {f.voice for f in speaking(minute) if f.weight >= weights.SUPPORT}


def shows_down(minute: Minute) -> bool:
    signs = {f.sign for f in speaking(minute)}
    wholly = bool(signs & WHOLLY) and len(supporting(minute)) > 1
    page = minute.seen.page
    old = Sign.OLD_RED in signs and page is not None and page.word is PageWord.MAJOR
    return wholly or bool(signs & {Sign.MAJOR, Sign.FLOOD}) or old


def is_calm(minute: Minute) -> bool:
    level = minute.verdict.level
    return level is not None and not level.is_trouble


def starts_bad(minute: Minute) -> bool:
    """Whether anything at all is seen that no quiet day has."""
    seen = minute.seen
    return (
        (seen.page is not None and seen.page.word in RED)
        or (seen.checks is not None and seen.checks.failing > 0)
        or (seen.posts is not None and seen.posts.rate > seen.posts.usual)
        or any(country.failing for country in seen.countries)
    )


def named(minute: Minute) -> set[str]:
    """Return the countries the evidence of a minute names."""
    seen = minute.seen
    return {
        *(seen.page.places if seen.page else ()),
        *(code for code, _ in (seen.posts.places if seen.posts else ())),
        *(country.code for country in seen.countries),
    }


def says_so(c: Claim) -> bool:
    return " says so." not in c.text or c.page in RED


def not_said(c: Claim) -> bool:
    return "has not said so" not in c.text or (c.page is not None and c.page not in RED)


def all_well(c: Claim) -> bool:
    return "all well, says" not in c.text or c.page in CALM


def unread(c: Claim) -> bool:
    return "could not be read" not in c.text or c.page is None


def planned(c: Claim) -> bool:
    return "planned maintenance" not in c.text or c.page is PageWord.MAINTENANCE


def own_line(c: Claim) -> bool:
    fine = gate.fault(c.now.seen.line) is None
    return "Your own connection is fine" not in c.text or fine


def offline(c: Claim) -> bool:
    return "You are offline" not in c.text or (gate.fault(c.now.seen.line) in gate.DEAD)


def down(c: Claim) -> bool:
    words = re.search(r"\b(is|be) (partly )?down\b", c.text)
    return words is None or any(shows_down(m) for m in c.recent)


def surely(c: Claim) -> bool:
    """What does not merely seem is the page's word of late, or that of two."""
    words = re.search(r"\bis (partly down|down|troubled)\b", c.text)
    if words is None or "is better" in c.text:
        return True
    lately = [m.seen.page for m in c.past if c.now.seen.now - m.seen.now <= CARRIED]
    red = any(page is not None and page.word in RED for page in lately)
    return red or len(supporting(c.now)) > 1


def turns(c: Claim) -> bool:
    """What only seems to be trouble does not surely get worse or better."""
    words = re.search(r" got worse: | is better: ", c.text)
    return words is None or c.page in RED or len(supporting(c.now)) > 1


def trouble(c: Claim) -> bool:
    """Trouble was seen lately by somebody, whoever it was."""
    words = re.search(r"\b(is|seems to be) (down|troubled|blocked)\b", c.text)
    return words is None or any(supporting(m) for m in c.recent)


def blocked(c: Claim) -> bool:
    home = any(f.sign is Sign.HOME_FAILS for m in c.recent for f in m.judgement.reasons)
    return "blocked" not in c.text or (home and c.page not in RED)


def place(c: Claim) -> bool:
    codes = {code for m in c.recent for code in named(m)}
    told = {code for code, name in COUNTRIES.items() if f" in {name}" in c.text}
    return told <= codes


def elsewhere(c: Claim) -> bool:
    """Trouble that is only in countries the person named is said to be there."""
    words = re.search(r"\b(is|be) (partly )?(down|troubled)\b", c.text)
    abroad = [COUNTRIES[code] for code in c.now.judgement.abroad]
    named = any(f" {name}" in c.text for name in abroad)
    return words is None or not abroad or named


def worldwide(c: Claim) -> bool:
    many = any(f.sign is Sign.MANY_FAIL for m in c.recent for f in speaking(m))
    return "worldwide" not in c.text or many


def not_reached(c: Claim) -> bool:
    failing = any(
        m.seen.checks is not None and m.seen.checks.failing > 0 for m in c.recent
    )
    return "cannot be reached from here" not in c.text or failing


def answers(c: Claim) -> bool:
    checks = c.now.seen.checks
    well = checks is not None and checks.failing == 0
    return "answers from here" not in c.text or well


def since(c: Claim) -> bool:
    """No moment is named before anything at all was seen, nor one to come."""
    first = next((m.seen.now for m in c.past if starts_bad(m)), None)
    return all(
        first is not None and f"{first:%H:%M}" <= at <= f"{c.now.seen.now:%H:%M}"
        for at in re.findall(r"\b[Ss]ince (\d\d:\d\d)\b", c.text)
    )


def speaks_for_trouble(c: Claim) -> bool:
    """Whoever says that nothing speaks for trouble has heard nothing that does."""
    heard = any(f.weight > 0 for f in speaking(c.now))
    return "Nothing speaks for trouble" not in c.text or not heard


def nothing_clear(c: Claim) -> bool:
    failing = any(f.weight >= weights.SUPPORT for f in speaking(c.now))
    return "no source says anything clear" not in c.text or not failing


def nobody_to_compare(c: Claim) -> bool:
    """Who has nobody to compare with hears neither page nor people."""
    heard = {f.voice for f in speaking(c.now)} & {Voice.OFFICIAL, Voice.PEOPLE}
    return "no independent source to compare with" not in c.text or not heard


def says_how_bad(c: Claim) -> bool:
    """Who is quoted for "down" has said that it is down, not just "some trouble"."""
    words = re.search(r"\bis down\b.* says so\.", c.text)
    return words is None or c.page is PageWord.MAJOR


def never_said(c: Claim) -> bool:
    """Who "has not said so" did not say so in this outage either."""
    episode = takewhile(lambda m: not is_calm(m), reversed(c.past))
    red = any(m.seen.page and m.seen.page.word in RED for m in episode)
    return "has not said so" not in c.text or not red


def since_the_end(c: Claim) -> bool:
    """What was told to be over did not go on all the time."""
    ends = [
        m.seen.now
        for m in c.past[:-1]
        if any(event.turn is Turn.ENDED for event in m.events)
    ]
    return not ends or all(
        at >= f"{ends[-1]:%H:%M}" for at in re.findall(r" is \w+ since (\S+)\.", c.text)
    )


def beyond_own(c: Claim) -> bool:
    """The service is called troubled by more than failures on the way to it."""
    if not re.search(r"seems to be (down|troubled)", c.text):
        return True
    return any(
        f.weight >= weights.SUPPORT and f.sign not in {Sign.PATH, Sign.SOME_PATH}
        for m in c.recent
        for f in speaking(m)
    )


def nobody_else(c: Claim) -> bool:
    """Of people nobody can know that they have no trouble, only that they are calm."""
    return "nobody else has trouble" not in c.text


def only_you(c: Claim) -> bool:
    """Only who cannot reach it alone is told that he is alone."""
    failing = any(f.sign in PATHLIKE for f in speaking(c.now))
    return "only you" not in c.text or failing


def crowd_in_numbers(c: Claim) -> bool:
    """What is said of the crowd is what its number says."""
    return not any(map(_is_contradicted, (r.words for r in c.now.why.reasons)))


def _is_contradicted(words: str) -> bool:
    number = re.search(r"×([\d.]+) the usual", words)
    if number is None:
        return False
    times = float(number[1])
    if "no more than usual" in words:
        return times > CALM_CROWD
    return times <= 1 and "more than usual" in words and "until lately" not in words


def works_again(c: Claim) -> bool:
    """A service works when its page, its people or a real check say so."""
    if "works again" not in c.text:
        return True
    checks = c.now.seen.checks
    real = checks is not None and checks.real and checks.failing == 0
    quiet = any(f.sign is Sign.QUIET for f in speaking(c.now))
    return c.page in CALM or real or quiet


def how_often(c: Claim) -> bool:
    """What is counted are the turns that there were, since the first of them."""
    said = re.search(r"came or went (\d+) times since (\d\d:\d\d)", c.text)
    if said is None:
        return True
    turned = [
        f"{event.at:%H:%M}"
        for minute in c.past
        for event in minute.events
        if event.turn in {Turn.BEGAN, Turn.ENDED} and not event.id.endswith("/late")
    ]
    since = said[2]
    return since in turned and int(said[1]) == sum(at >= since for at in turned)


def comes_and_goes(c: Claim) -> bool:
    """It comes and goes if it went more than once; surely, if more than one says so."""
    words = re.search(r"\b(seems? to )?comes? and goe?s?\b", c.text)
    if words is None:
        return True
    events = [event for minute in c.past for event in minute.events]
    often = sum(event.turn is Turn.ENDED for event in events) > 1
    sure = c.page in RED or len(supporting(c.now)) > 1
    return often and (bool(words[1]) or sure)


HELD: Final[tuple[Callable[[Claim], bool], ...]] = (
    says_so,
    not_said,
    all_well,
    unread,
    planned,
    own_line,
    offline,
    down,
    surely,
    trouble,
    blocked,
    place,
    elsewhere,
    worldwide,
    not_reached,
    answers,
    since,
    beyond_own,
    speaks_for_trouble,
    nothing_clear,
    nobody_to_compare,
    says_how_bad,
    never_said,
    since_the_end,
    only_you,
    nobody_else,
    crowd_in_numbers,
    turns,
    works_again,
    how_often,
    comes_and_goes,
)
