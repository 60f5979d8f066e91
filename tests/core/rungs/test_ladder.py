"""The ladder's judgements and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from downlight.core.rungs import advice, far_rungs, own_rungs
from downlight.core.rungs.ladder import (
    Climb,
    Notice,
    Outcome,
    Rung,
    Step,
    Trouble,
    failed,
    fine,
    unclear,
)
from downlight.core.rungs.own_rungs import Around
from downlight.core.rungs.readings import Fault, Lookup, OwnLine, Reading, is_tampered
from downlight.core.rungs.remedies import REMEDIES, Side

MS = timedelta(milliseconds=1)
HERE = Lookup("dns.example", ("192.0.2.53",), 9 * MS, None, frozenset({"192.0.2.53"}))
LIED = replace(HERE, addresses=("192.0.2.99",))
LOST = replace(HERE, addresses=(), took=None, fault=Fault.SILENT)
GONE = replace(LOST, fault=Fault.NOWHERE)
PUBLIC = Lookup("chat.example", ("8.8.8.8",), 5 * MS)
PRIVATE = Lookup("nas.example", ("10.0.0.7",), 2 * MS)

WELL = Reading(
    "a.example:443",
    "A",
    connected=20 * MS,
    secured=30 * MS,
    answered=50 * MS,
    status=200,
)
DEAD = Reading("b.example:443", "B", fault=Fault.SILENT)
NUMBER = replace(WELL, target="192.0.2.1:443", numeric=True)


def let_in(fault: Fault) -> Reading:
    """Return a place that is reached, and no further."""
    return Reading("c.example:443", "C", connected=MS, fault=fault)


@pytest.mark.parametrize(
    ("own", "outcome", "trouble"),
    [
        (OwnLine(True, True, True), Outcome.FINE, None),
        (OwnLine(False, False, False), Outcome.FAILED, Trouble.NO_LINK),
        (OwnLine(True, False, False), Outcome.FAILED, Trouble.NO_ADDRESS),
        (OwnLine(True, True, False), Outcome.FAILED, Trouble.NO_ROUTE),
        (OwnLine(), Outcome.OPEN, None),
    ],
)
def test_the_own_line_is_judged_from_the_cable_on(
    own: OwnLine, outcome: Outcome, trouble: Trouble | None
) -> None:
    step = own_rungs.judge_link(own)
    assert (step.rung, step.outcome, step.trouble) == (Rung.LINK, outcome, trouble)


def test_one_name_that_leads_where_it_should_is_enough() -> None:
    step = own_rungs.judge_names([LOST, HERE])
    assert step == fine(Rung.DNS, 9 * MS)


@pytest.mark.parametrize(
    ("names", "around", "trouble"),
    [
        ([LOST], Around(second=(HERE,)), Trouble.DNS_DEAD),
        ([LOST], Around(second=(LOST,), references=(NUMBER,)), Trouble.DNS_CUT),
        ([LIED], Around(second=(HERE,), references=(NUMBER,)), Trouble.DNS_LIES),
        # Whoever is let out by number stands before no log-in page.
        ([LIED], Around((), (True,), (NUMBER, DEAD)), Trouble.DNS_LIES),
    ],
)
def test_names_that_fail_say_how(
    names: list[Lookup], around: Around, trouble: Trouble
) -> None:
    assert own_rungs.judge_names(names) is None
    step = own_rungs.judge_names(names, around)
    assert step is not None
    assert step.trouble is trouble


@pytest.mark.parametrize(
    ("names", "around", "outcome"),
    [
        ([LOST], Around(references=(WELL, DEAD)), Outcome.FINE),  # proven by its use
        ([LIED], Around(references=(WELL, DEAD)), Outcome.FINE),  # it has moved
        ([LIED], Around((), (True, None), (DEAD,)), Outcome.OPEN),  # a log-in page
        ([LOST], Around((LOST,), (None,), (DEAD,)), Outcome.OPEN),  # nothing at all
    ],
)
def test_names_are_not_blamed_for_what_is_not_theirs(
    names: list[Lookup], around: Around, outcome: Outcome
) -> None:
    step = own_rungs.judge_names(names, around)
    assert step is not None
    assert (step.outcome, step.trouble) == (outcome, None)


@pytest.mark.parametrize(
    ("around", "outcome"),
    [
        (Around((), (True, None), (DEAD,)), Outcome.FAILED),
        (Around((), (True, False), (DEAD,)), Outcome.FINE),
        (Around((), (True, True), (WELL, WELL, DEAD)), Outcome.FINE),
        (Around((), (None,), (WELL,)), Outcome.FINE),
        (Around((), (None,), (DEAD,)), Outcome.OPEN),
        (Around(), Outcome.OPEN),
    ],
)
def test_a_log_in_page_is_one_when_nobody_else_gets_through(
    around: Around, outcome: Outcome
) -> None:
    assert own_rungs.judge_portal(around).outcome is outcome


@pytest.mark.parametrize(
    ("references", "trouble", "note"),
    [
        ([WELL] * 3 + [DEAD] * 2, None, "3 of 5 known places answer"),
        ([WELL] * 2 + [DEAD] * 3, Trouble.WEAK, "2 of 5 known places answer"),
        ([DEAD] * 5, Trouble.OFFLINE, "0 of 5 known places answer"),
        ([let_in(Fault.FOREIGN)] * 5, None, "5 of 5 known places answer"),
    ],
)
def test_the_internet_is_there_when_most_unrelated_places_answer(
    references: list[Reading], trouble: Trouble | None, note: str
) -> None:
    step = own_rungs.judge_internet(references)
    assert (step.trouble, step.note) == (trouble, note)


IN = Reading("192.0.2.1:443", numeric=True, connected=20 * MS)
ANEW = replace(IN, connected=1020 * MS)
GONE_BY = replace(IN, connected=None, fault=Fault.SILENT)
SHUT = replace(GONE_BY, target="192.0.2.2:443")


@pytest.mark.parametrize(
    ("knocks", "lossy"),
    [
        ([], False),
        ([IN] * 10, False),
        ([IN] * 9 + [ANEW], False),
        ([IN] * 8 + [ANEW, GONE_BY], True),
        ([GONE_BY] * 10, False),  # offline, or shut off: nothing that is lost at times
        ([IN] * 10 + [SHUT] * 10, False),
        ([replace(IN, connected=1500 * MS)] * 10, False),  # far away
        ([IN] * 5 + [replace(GONE_BY, fault=Fault.REFUSED)] * 5, False),  # an answer
    ],
)
def test_what_is_lost_shows_where_the_same_place_answers_at_other_times(
    knocks: list[Reading], lossy: bool
) -> None:
    assert own_rungs.is_lossy(knocks) is lossy
    step = own_rungs.judge_internet([WELL] * 5, knocks)
    assert step.trouble is (Trouble.WEAK if lossy else None)
    names = own_rungs.judge_names(
        [LOST], Around((HERE,), (), (NUMBER,), (), (*knocks,))
    )
    assert names is not None
    # A name server is not called dead on a line that loses its answers.
    assert names.trouble is (None if lossy else Trouble.DNS_DEAD)


def test_on_a_line_that_loses_much_a_lie_is_a_lie() -> None:
    lossy = (*[IN] * 5, *[GONE_BY] * 5)
    step = own_rungs.judge_names([LIED], Around((HERE,), (), (NUMBER,), (), lossy))
    assert step is not None
    assert step.trouble is Trouble.DNS_LIES


def test_a_place_that_lets_us_in_later_is_reached() -> None:
    late = replace(DEAD, target=IN.target)
    assert own_rungs.reached_of([WELL, late, DEAD], [IN, GONE_BY]) == [WELL, late]
    step = own_rungs.judge_internet([late], [IN] * 10)
    assert step == fine(Rung.INTERNET, 20 * MS, "1 of 1 known places answer")
    lost = own_rungs.judge_internet([WELL, DEAD], [IN] * 5 + [GONE_BY] * 5)
    words = "1 of 2 known places answer, 5 of 10 connections are lost or late"
    assert lost.note == words


@pytest.mark.parametrize("fault", [Fault.PROXY, Fault.SILENT])
def test_a_proxy_is_named_whether_it_refuses_or_is_silent(fault: Fault) -> None:
    shut = replace(DEAD, fault=fault)
    step = own_rungs.judge_internet([shut] * 5, proxied=True)
    assert step.trouble is Trouble.PROXY
    some = own_rungs.judge_internet([shut] * 4 + [WELL], proxied=True)
    assert some.trouble is Trouble.WEAK


@pytest.mark.parametrize(
    ("references", "trouble"),
    [
        ([WELL, WELL, let_in(Fault.FOREIGN)], None),
        ([WELL, let_in(Fault.FOREIGN), let_in(Fault.FOREIGN)], Trouble.INTERCEPTED),
        ([WELL, let_in(Fault.EXPIRED), let_in(Fault.EARLY)], Trouble.CLOCK),
        ([WELL, let_in(Fault.CUT), let_in(Fault.SILENT)], Trouble.TLS_CUT),
        ([DEAD, WELL], None),
    ],
)
def test_secure_connections_are_whole_when_most_are(
    references: list[Reading], trouble: Trouble | None
) -> None:
    assert own_rungs.judge_secure(references).trouble is trouble


@pytest.mark.parametrize(
    ("offset", "note"),
    [
        (timedelta(days=3), "about 3 days slow"),
        (-timedelta(hours=26), "about 26 hours fast"),
        (timedelta(minutes=90), "about 90 minutes slow"),
        (timedelta(minutes=-6), "about 6 minutes fast"),
    ],
)
def test_a_clock_that_is_off_is_named_before_what_it_breaks(
    offset: timedelta, note: str
) -> None:
    step = own_rungs.judge_secure([let_in(Fault.EXPIRED)] * 3, [offset, None])
    assert (step.trouble, step.note) == (Trouble.CLOCK, note)


def test_one_server_with_a_wrong_clock_proves_nothing() -> None:
    near = replace(WELL, offset=timedelta(seconds=2))
    off = replace(WELL, offset=timedelta(days=400))
    assert own_rungs.judge_secure([near, off, near]).outcome is Outcome.FINE


def test_one_issuer_for_everybody_is_somebody_in_between() -> None:
    box = [replace(WELL, owner=name, issuer="Box") for name in "ABCD"]
    assert own_rungs.is_read_along(box)
    assert not own_rungs.is_read_along(box[:3])
    assert not own_rungs.is_read_along([*box, replace(WELL, issuer="Another")])
    assert not own_rungs.is_read_along([replace(it, issuer="") for it in box])


@pytest.mark.parametrize(
    ("names", "second", "trouble"),
    [
        ([LOST], [PUBLIC], Trouble.NAME_BLOCKED),
        ([PRIVATE], [PUBLIC], Trouble.NAME_BLOCKED),
        ([GONE], [GONE], Trouble.NAME_GONE),
        ([LOST], [GONE], Trouble.NAME_LOST),
        ([GONE], [], Trouble.NAME_LOST),
        ([PRIVATE], [GONE], None),
    ],
)
def test_the_name_of_a_service_is_doubted_before_it_is_called_gone(
    names: list[Lookup], second: list[Lookup], trouble: Trouble | None
) -> None:
    assert far_rungs.judge_name(names) is None
    step = far_rungs.judge_name(names, second)
    assert step is not None
    assert step.trouble is trouble


def test_names_that_are_found_are_counted() -> None:
    assert far_rungs.judge_name([PUBLIC]) == fine(Rung.NAME, 5 * MS)
    some = far_rungs.judge_name([PUBLIC, LOST])
    assert some == fine(Rung.NAME, 5 * MS, "1 of 2 names found")


def at(target: str, fault: Fault | None = None) -> Reading:
    return Reading(target, connected=None if fault else 7 * MS, fault=fault)


@pytest.mark.parametrize(
    ("grid", "trouble", "note"),
    [
        ([at("e1:443")], None, ""),
        (
            [at("e1:443"), at("e1:5222", Fault.SILENT), at("e2:443", Fault.CUT)],
            None,
            "1 of 2 servers answer",
        ),
        (
            [at("e1:443"), at("e2:1", Fault.SILENT), at("e3:1", Fault.SILENT)],
            Trouble.PARTLY,
            "1 of 3 servers answer",
        ),
        ([at("e1:1", Fault.SILENT), at("e2:1", Fault.REFUSED)], Trouble.SILENT, ""),
        ([at("e1:1", Fault.REFUSED)], Trouble.REFUSES, ""),
        ([at("e1:1", Fault.CUT)], Trouble.CUT_OFF, ""),
        ([at("e1:1", Fault.PROXY)], Trouble.CUT_OFF, "at the proxy"),
    ],
)
def test_servers_are_counted_by_host(
    grid: list[Reading], trouble: Trouble | None, note: str
) -> None:
    step = far_rungs.judge_connect(grid)
    assert (step.trouble, step.note) == (trouble, note)


def test_servers_without_the_page_are_only_a_part() -> None:
    page = at("web:443", Fault.SILENT)
    grid = [at("e1:443"), at("e2:443"), page]
    assert far_rungs.judge_connect(grid, [page]).trouble is Trouble.PARTLY
    assert far_rungs.judge_connect(grid, [at("web:443")]).trouble is None


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault.FOREIGN, Trouble.FOREIGN),
        (Fault.EXPIRED, Trouble.EXPIRED),
        (Fault.CUT, Trouble.CUT_OFF),
    ],
)
def test_a_service_that_cannot_prove_itself_says_how(
    fault: Fault, trouble: Trouble
) -> None:
    assert far_rungs.judge_handshake([let_in(fault)]).trouble is trouble
    assert far_rungs.judge_handshake([let_in(fault), WELL]).took == WELL.secured


@pytest.mark.parametrize(
    ("status", "trouble"), [(200, None), (403, None), (503, Trouble.ERROR)]
)
def test_a_refusal_is_an_answer_and_an_error_is_not(
    status: int, trouble: Trouble | None
) -> None:
    assert far_rungs.judge_answer([replace(WELL, status=status)]).trouble is trouble


def test_no_answer_at_all_is_mute() -> None:
    assert far_rungs.judge_answer([let_in(Fault.SILENT)]).trouble is Trouble.MUTE


@pytest.mark.parametrize(
    ("status", "body", "moved", "tampered"),
    [
        (200, "well\n", "", False),
        (200, "<html>Log in</html>", "", True),
        (302, "", "http://login.example/", True),
        (302, "", "https://login.example/", True),
        (302, "", "http://[login", True),
        (301, "", "https://test.example/well", False),
        (511, "", "", True),
        (503, "well", "", None),
        (404, "", "", None),
        (None, "", "", None),
    ],
)
def test_a_sentinel_that_says_something_else_is_not_itself(
    status: int | None, body: str, moved: str, tampered: bool | None
) -> None:
    reading = Reading("test.example:80", status=status, body=body, moved=moved)
    assert is_tampered(reading, "well") is tampered


@pytest.mark.parametrize(
    ("body", "tampered"), [("", None), ("we", None), ("well", None), ("<html", True)]
)
def test_a_sentinel_that_is_broken_off_is_judged_by_what_came(
    body: str, tampered: bool | None
) -> None:
    reading = Reading("test.example:80", status=200, body=body, fault=Fault.SILENT)
    assert is_tampered(reading, "well\n") is tampered


def test_a_reading_that_came_to_its_end_took_the_sum_of_its_stages() -> None:
    assert WELL.took == 100 * MS
    assert at("e1:443").took == 7 * MS
    assert let_in(Fault.CUT).took is None
    assert Reading("x:1").took is None


def test_a_failure_has_a_reason_and_nothing_else_has() -> None:
    with pytest.raises(ValueError, match="link"):
        Step(Rung.LINK, Outcome.FAILED)
    with pytest.raises(ValueError, match="link"):
        Step(Rung.LINK, Outcome.FINE, trouble=Trouble.NO_LINK)


UP = (fine(Rung.LINK), fine(Rung.SECURE, 34 * MS))


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_words_without_jargon(trouble: Trouble) -> None:
    climb = Climb("Chat", (*UP, failed(Rung.NAME, trouble)))
    what, do = advice.conclusion(climb)
    assert "{" not in what + do
    assert what.endswith(".")
    assert do.endswith(".")
    for word in ("TLS", "TCP", "handshake", "socket", "timeout", "resolver"):
        assert word not in what + do
    assert advice.side(climb) is REMEDIES[trouble].side


@pytest.mark.parametrize(
    ("climb", "sentence"),
    [
        (Climb("", UP), "Your own line is fine."),
        (Climb("Chat", UP), "Your own line is fine."),
        (
            Climb("Chat", (*UP, fine(Rung.ANSWER))),
            "Your own line is fine. Chat answers, seen from here.",
        ),
        (
            Climb("", (*UP, unclear(Rung.SECURE))),
            "No trouble was found, but not all could be looked at.",
        ),
    ],
)
def test_what_holds_is_said_and_no_more(climb: Climb, sentence: str) -> None:
    assert advice.conclusion(climb)[0] == sentence
    assert advice.side(climb) is None


def test_a_service_nobody_knows_a_server_of_is_not_called_well() -> None:
    assert "no server" in advice.conclusion(Climb("Chat", UP))[1]


def test_a_climb_can_be_sent_to_anybody() -> None:
    steps = (
        fine(Rung.LINK),
        fine(Rung.DNS, 1200 * MS, "not all of them"),
        far_rungs.not_looked(Rung.NAME),
        failed(Rung.CONNECT, Trouble.SILENT),
    )
    grid = (at("10.0.0.7:443", Fault.SILENT),)
    climb = Climb("The Smiths' shelf", steps, (Notice.VPN,), "WireGuard", grid)
    assert advice.as_text(climb).splitlines()[:5] == [
        "Connected to a network: yes",
        "Names are found: yes (1.2 s, not all of them)",
        "The name of The Smiths' shelf is found: not known (left to the proxy)",
        "The servers of The Smiths' shelf take connections: NO",
        "A VPN is on (WireGuard): what is seen here is seen through it.",
    ]
    text = advice.as_text(replace(climb, private=True))
    assert "Smith" not in text
    assert "10.0.0" not in text
    last = REMEDIES[Trouble.SILENT].do[-1]
    assert text.endswith(f"It may be the service, or a block on the way. {last}")


def test_where_it_is_known_to_be_theirs_the_side_says_so() -> None:
    climb = Climb("Chat", (*UP, failed(Rung.ANSWER, Trouble.ERROR, "HTTP 503")))
    assert advice.side(climb) is Side.THEM
    assert climb.failed is not None
    assert not climb.failed.rung.is_own


def test_long_times_are_told_in_seconds_and_short_ones_in_thousandths() -> None:
    assert advice.milliseconds(timedelta(seconds=1, milliseconds=240)) == "1.2 s"
    assert advice.milliseconds(timedelta(milliseconds=34.4)) == "34 ms"
