"""What all findings say together, at one moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.fusion import weights
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.gate import BENT, DEAD, Fault
from downlight.core.fusion.outlook import missing, turning_points
from downlight.core.fusion.ruling import State
from downlight.core.fusion.weighing import UNSURE, Opinion, confidence, weigh
from downlight.core.scope import Scope

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def find(
    voice: Voice,
    sign: Sign,
    weight: float,
    *places: str,
    lasting: timedelta = MINUTE,
    telling: bool = False,
) -> Finding:
    return Finding(
        voice,
        sign,
        NOW,
        weight,
        f"{voice} {sign}",
        places=places,
        since=NOW - lasting,
        telling=telling,
    )


GREEN = find(Voice.OFFICIAL, Sign.GREEN, -0.3)
MAJOR = find(Voice.OFFICIAL, Sign.MAJOR, 12)
MINOR = find(Voice.OFFICIAL, Sign.MINOR, 10)
OLD_RED = find(Voice.OFFICIAL, Sign.OLD_RED, 2.4)
PLANNED = find(Voice.OFFICIAL, Sign.PLANNED, 0)
PASS = find(Voice.OWN, Sign.PASS, -0.4)
ERROR = find(Voice.OWN, Sign.SERVER_ERROR, 9.5)
PATH = find(Voice.OWN, Sign.PATH, 6)
QUIET = find(Voice.PEOPLE, Sign.QUIET, -0.8, telling=True)
HUSH = find(Voice.PEOPLE, Sign.QUIET, -0.3)
RISE = find(Voice.PEOPLE, Sign.RISE, 5)
SURGE = find(Voice.PEOPLE, Sign.SURGE, 10)
FLOOD = find(Voice.PEOPLE, Sign.FLOOD, 10)
HOME = find(Voice.COUNTRIES, Sign.HOME_FAILS, 6, "NL")
MANY = find(Voice.COUNTRIES, Sign.MANY_FAIL, 4)


def opinion(*findings: Finding, fault: Fault | None = None) -> Opinion:
    return weigh(findings, fault, "NL")


@pytest.mark.parametrize(
    ("findings", "fault", "state"),
    [
        ((GREEN, PASS, QUIET), None, State.OPERATIONAL),
        ((), None, None),
        ((PLANNED,), None, State.MAINTENANCE),
        ((PLANNED, ERROR), None, State.MAINTENANCE),
        ((MAJOR, PASS), None, State.OUTAGE),
        ((MINOR, PASS), None, State.DEGRADED),
        ((OLD_RED, PASS), None, State.OPERATIONAL),
        ((FLOOD, PASS), None, State.OUTAGE),
        ((SURGE, PASS), None, State.DEGRADED),
        ((ERROR, GREEN), None, State.DEGRADED),
        ((ERROR, RISE), None, State.OUTAGE),
        ((PATH, QUIET), None, None),
        ((PATH, HUSH), None, None),
        ((replace(PATH, since=NOW - 24 * MINUTE), QUIET), None, State.ITS_YOU),
        ((replace(PATH, since=NOW - 23 * MINUTE), QUIET), None, None),
        (
            (replace(PATH, since=NOW - 30 * MINUTE), QUIET, OLD_RED),
            None,
            State.DEGRADED,
        ),
        ((replace(PATH, sign=Sign.UNTRUSTED, weight=1), HUSH), None, None),
        ((QUIET,), Fault.POOR, State.ITS_YOU),
        ((SURGE,), Fault.POOR, State.DEGRADED),
        ((QUIET,), Fault.UNASKED, State.OPERATIONAL),
        ((MAJOR,), Fault.OFFLINE, State.ITS_YOU),
        ((MAJOR,), Fault.CLOCK, State.OUTAGE),
        ((SURGE,), Fault.CLOCK, State.ITS_YOU),
    ],
)
def test_the_first_rule_that_applies_names_the_state(
    findings: tuple[Finding, ...], fault: Fault | None, state: State | None
) -> None:
    assert opinion(*findings, fault=fault).state is state


def test_an_old_red_page_keeps_us_from_blaming_the_person() -> None:
    own = replace(PATH, weight=1, since=NOW - 30 * MINUTE)
    assert opinion(own, QUIET, OLD_RED).state is None


def test_each_voice_counts_once_by_its_reddest_else_its_calmest() -> None:
    two = find(Voice.OWN, Sign.PASS, -2.5)
    assert opinion(PASS, two).odds == weights.PRIOR - 2.5
    assert opinion(PASS, two, PATH, ERROR).odds == weights.PRIOR + 9.5


def test_what_is_said_of_other_countries_does_not_count_here() -> None:
    afar = replace(MAJOR, places=("JP",))
    said = opinion(afar, PASS, QUIET)
    assert said.state is State.OPERATIONAL
    assert said.remarks == ("There is a problem in Japan, not in your region",)
    assert opinion(afar, ERROR, SURGE).state is State.OUTAGE


@pytest.mark.parametrize(
    ("findings", "scope", "places"),
    [
        ((replace(MAJOR, places=("NL", "BE")), HOME), Scope.PLACES, ("NL", "BE")),
        ((HOME, PATH), Scope.PLACES, ("NL",)),
        ((MANY, PATH), Scope.GLOBAL, ()),
        ((ERROR, GREEN), Scope.HERE, ()),
        ((MAJOR,), Scope.UNKNOWN, ()),
    ],
)
def test_where_it_is_felt_is_as_far_as_anyone_says(
    findings: tuple[Finding, ...], scope: Scope, places: tuple[str, ...]
) -> None:
    said = opinion(*findings)
    assert (said.scope, said.places) == (scope, places)


def test_blocked_here_is_not_down() -> None:
    assert opinion(HOME, PATH, QUIET).blocked
    assert not opinion(HOME, PATH, SURGE).blocked
    assert not opinion(MAJOR, PATH).blocked


@pytest.mark.parametrize(
    ("findings", "confirmed"),
    [
        ((MINOR,), True),
        ((ERROR,), False),
        ((ERROR, RISE), True),
        ((SURGE, PASS), False),
    ],
)
def test_confirmed_is_the_page_or_two_voices(
    findings: tuple[Finding, ...], confirmed: bool
) -> None:
    assert opinion(*findings).confirmed is confirmed


def test_two_voices_that_barely_reach_confirm_nothing() -> None:
    some = find(Voice.OWN, Sign.SOME, 3.5)
    assert not opinion(some, RISE).confirmed


def test_reasons_come_heaviest_first() -> None:
    said = opinion(PASS, GREEN, SURGE, HOME)
    assert said.reasons == (SURGE, HOME, PASS, GREEN)


# --------------------------------------------------------------------- confidence


def test_all_well_is_the_surer_the_more_are_heard() -> None:
    sure = [
        confidence(State.OPERATIONAL, opinion(*found))
        for found in ((GREEN,), (GREEN, PASS), (GREEN, PASS, QUIET))
    ]
    assert sure == sorted(sure)
    assert 0.9 < sure[-1] < 0.96
    assert confidence(
        State.OPERATIONAL, opinion(GREEN, PASS, replace(QUIET, carried=True))
    ) == pytest.approx(sure[1], abs=0.001)


def test_one_voice_that_is_not_the_page_makes_nobody_sure() -> None:
    assert confidence(State.DEGRADED, opinion(SURGE, SURGE)) == 0.85
    assert confidence(State.OUTAGE, opinion(MAJOR)) > 0.99
    assert confidence(State.OUTAGE, opinion(ERROR, SURGE)) > 0.99


def test_a_fault_that_is_seen_is_surer_than_one_concluded() -> None:
    for fault in DEAD | BENT:
        assert confidence(State.ITS_YOU, opinion(fault=fault)) == 0.95
    assert confidence(State.ITS_YOU, opinion(fault=Fault.POOR)) == 0.8
    assert confidence(None, opinion()) == UNSURE


# --------------------------------------------------------- what would change it


def test_the_missing_are_named() -> None:
    silent = replace(PASS, weight=0, silent=True)
    assert missing([GREEN, silent]) == (
        "our own checks",
        "what people write",
        "measurements in countries",
    )


@pytest.mark.parametrize(
    ("state", "findings", "fault", "first"),
    [
        (State.ITS_YOU, (), Fault.POOR, "Unrelated sites that answer again"),
        (State.ITS_YOU, (PATH,), None, "Many people who report the same"),
        (State.OUTAGE, (MAJOR,), None, "The official page, once it names no"),
        (State.OUTAGE, (MAJOR, ERROR), None, "Ten minutes in which"),
        (State.DEGRADED, (ERROR,), None, "An incident on the official page"),
        (None, (), Fault.UNASKED, "Unrelated sites that answer, or do not"),
        (None, (PATH,), None, "An incident on the official page"),
        (State.MAINTENANCE, (PLANNED,), None, "The end of the announced"),
        (State.OPERATIONAL, (GREEN,), None, "An incident on the official page"),
    ],
)
def test_what_would_change_it_is_said(
    state: State | None,
    findings: tuple[Finding, ...],
    fault: Fault | None,
    first: str,
) -> None:
    said = turning_points(state, opinion(*findings, fault=fault))
    assert said[0].startswith(first)
    assert len(set(said)) == len(said)


def test_a_page_is_not_alone_while_others_are_asked() -> None:
    assert weigh([GREEN], None, "NL").alone
    assert not weigh([GREEN], None, "NL", others=True).alone


def test_a_page_that_names_trouble_elsewhere_only_says_that_all_is_well_here() -> None:
    abroad = find(Voice.OFFICIAL, Sign.MAJOR, 12, "BR")
    assert opinion(abroad).state is State.OPERATIONAL
    assert opinion(replace(abroad, voice=Voice.PEOPLE)).state is None


def test_one_failed_look_of_all_there_is_tells_nothing() -> None:
    first = find(Voice.OWN, Sign.FIRST, 2)
    assert opinion(first).state is None
    assert opinion(first, GREEN).state is State.OPERATIONAL


# --------------------------------------------------- countries the person named

JAPAN = replace(MAJOR, places=("JP", "KR"))


def abroad(*findings: Finding, fault: Fault | None = None) -> Opinion:
    return weigh(findings, fault, "NL", ("BR", "JP"), others=True)


def test_trouble_in_a_country_that_was_named_counts() -> None:
    said = abroad(JAPAN, PASS, QUIET)
    assert (said.state, said.scope) == (State.OUTAGE, Scope.PLACES)
    assert said.places == ("JP", "KR")
    assert said.abroad == ("JP",)
    assert said.remarks == ("There is a problem in Japan, which you named",)
    assert said.confirmed
    assert said.support == {Voice.OFFICIAL}


@pytest.mark.parametrize("seen", [PASS, PATH, HOME, QUIET, RISE, HUSH])
def test_what_is_seen_from_here_tells_nothing_of_there(seen: Finding) -> None:
    quiet, loud = abroad(JAPAN), abroad(JAPAN, seen)
    assert quiet.odds == loud.odds == weights.PRIOR + 12
    assert not loud.blocked
    assert confidence(State.OUTAGE, loud) == confidence(State.OUTAGE, quiet)


def test_trouble_here_goes_before_trouble_there() -> None:
    said = abroad(JAPAN, ERROR, SURGE)
    assert (said.state, said.abroad) == (State.OUTAGE, ())
    assert said.support == {Voice.OWN, Voice.PEOPLE}
    assert said.places == ()


def test_what_touches_the_persons_own_country_is_not_afar() -> None:
    both = replace(MAJOR, places=("JP", "NL"))
    assert abroad(both, PASS) == opinion_with_others(both, PASS)


def opinion_with_others(*findings: Finding) -> Opinion:
    return weigh(findings, None, "NL", others=True)


def test_a_country_nobody_named_is_still_elsewhere() -> None:
    peru = replace(MAJOR, places=("PE",))
    assert abroad(peru, PASS) == opinion_with_others(peru, PASS)


def test_nothing_is_elsewhere_while_nobody_knows_where_the_person_is() -> None:
    said = weigh([JAPAN, PASS], None, "", ("BR",))
    assert (said.state, said.places, said.abroad) == (State.OUTAGE, ("JP", "KR"), ())


@pytest.mark.parametrize("fault", sorted(DEAD))
def test_over_a_dead_line_there_is_nothing_to_say_of_there(fault: Fault) -> None:
    assert abroad(JAPAN, fault=fault).state is State.ITS_YOU


def test_it_may_be_only_you_here_and_down_there() -> None:
    path = replace(PATH, since=NOW - 30 * MINUTE)
    assert abroad(path, QUIET).state is State.ITS_YOU
    assert abroad(path, QUIET, JAPAN).state is State.OUTAGE


def test_an_old_word_of_there_stands_as_nobody_else_speaks_of_there() -> None:
    old = replace(OLD_RED, places=("JP",), code="major")
    said = abroad(old, PASS, QUIET)
    assert (said.state, said.confirmed) == (State.OUTAGE, True)
    assert turning_points(said.state, said)[0].startswith("The official page, once")


def test_measurements_that_fail_there_are_no_trouble_yet() -> None:
    fails = find(Voice.COUNTRIES, Sign.OTHERS_FAIL, 0, "JP")
    said = abroad(fails, GREEN, PASS)
    assert (said.state, said.abroad) == (State.OPERATIONAL, ())
    assert abroad(fails, MAJOR).places == ()
