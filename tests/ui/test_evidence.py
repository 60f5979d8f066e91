"""What unfolds of each source: what it weighs, when it is asked, where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from downlight.core.errors import Unreachable
from downlight.core.evidence.verdict import Evidence
from downlight.core.evidence.why import Leaning, Reason
from downlight.core.fusion.findings import Voice
from downlight.core.level import Level
from downlight.core.model import Failure, Standing
from downlight.ui.now.source_card import (
    UNVERIFIED,
    asked_words,
    evidence_card,
    weight_words,
)
from tests.ui import made_up
from tests.ui.made_up import NOW, ago, evidence, info, report, service, view

if TYPE_CHECKING:
    from downlight.core.news import ServiceView
    from downlight.ui.views import Line

OFFICIAL, OWN = Voice.OFFICIAL, Voice.OWN


def rows(of: ServiceView) -> tuple[Line, ...]:
    return evidence_card(of, NOW, UTC).lines


def notes(line: Line) -> dict[str, str]:
    return dict(line.notes)


def reason(voice: Voice, weight: float, *, here: bool = True) -> Reason:
    leaning = Leaning.TROUBLE if weight > 0 else Leaning.WELL
    if not (weight and here):
        leaning = Leaning.NEITHER
    return Reason(voice, "Words.", leaning, weight, NOW, here)


def test_a_source_says_what_it_weighs_among_those_that_pull_the_same_way() -> None:
    reasons = (reason(OFFICIAL, 9.0), reason(OWN, 1.0), reason(Voice.PEOPLE, -2.0))
    assert weight_words(info("p"), reasons) == "90 % of what speaks for trouble."
    assert weight_words(info("p", "measured"), reasons) == (
        "10 % of what speaks for trouble."
    )
    assert weight_words(info("p", "people"), reasons) == (
        "It is all that speaks against trouble."
    )
    faint = (reason(OFFICIAL, 9.0), reason(OWN, 0.01))
    assert weight_words(info("p", "measured"), faint) == (
        "Less than 1 % of what speaks for trouble."
    )
    assert weight_words(info("p", "measured"), faint, alone=False) == (
        "With all of its kind: less than 1 % of what speaks for trouble."
    )


def test_what_says_nothing_weighs_nothing() -> None:
    assert weight_words(info("p"), (reason(OWN, 3.0),)) == "Nothing now."
    assert weight_words(info("p"), (reason(OFFICIAL, 0.0),)) == "Nothing now."
    abroad = (reason(Voice.COUNTRIES, 3.0, here=False),)
    assert weight_words(info("p", "regional"), abroad) == (
        "Nothing here: it counts elsewhere only."
    )
    assert weight_words(info("p", "aggregator"), ()) == (
        "Nothing: it is shown to compare with."
    )


def test_several_reasons_of_one_kind_weigh_together() -> None:
    reasons = (reason(OWN, 2.0), reason(OWN, 1.0), reason(OFFICIAL, 1.0))
    assert weight_words(info("p", "measured"), reasons).startswith("75 % ")


def test_the_weight_is_that_of_the_verdict() -> None:
    page, own, regional = rows(made_up.chatter())
    shares = [int(notes(line)["Weighs"].split(" ")[0]) for line in (page, own)]
    assert sum(shares) == 100
    assert shares[0] > shares[1] > 0
    assert notes(regional)["Weighs"] == "Nothing now."


def test_when_it_is_asked_is_told_as_far_as_it_is_known() -> None:
    heard = report("p", Level.OPERATIONAL, ago(2))
    failure = Failure(heard.source, ago(1), Unreachable("no"))
    soon = NOW + timedelta(minutes=3)
    assert asked_words(Standing(), NOW) == "not yet"
    assert asked_words(Standing(heard), NOW) == "2 min ago"
    assert asked_words(Standing(heard, failure), NOW) == "1 min ago"
    assert asked_words(Standing(heard, due=soon), NOW) == "2 min ago, again in 3 min"
    assert asked_words(Standing(due=ago(1)), NOW) == "not yet, asking now"


def test_a_source_that_was_never_proven_says_so_and_links_only_to_https() -> None:
    official, own, _ = rows(made_up.chatter())
    assert notes(official)["To know"].startswith("Covers the business platform")
    assert UNVERIFIED in [text for _, text in official.notes]
    assert (official.link, official.link_text) == (
        "https://status.example.org/",
        "status.example.org",
    )
    assert own.link == ""
    odd = info("Odd", page="javascript:alert(1)", verified=False)
    [line] = rows(view(service("s", "S"), evidence(odd, None)))
    assert line.link == ""
    assert notes(line)["To know"] == UNVERIFIED


def test_the_last_failure_is_told_beside_what_still_counts() -> None:
    source = info("The page")
    heard = report(source.name, Level.OPERATIONAL, ago(2))
    failure = Failure(source.id, ago(1), Unreachable("no", "timeout"))
    fails = Standing(
        heard, failure, 3, None, failing_since=ago(4), changed=ago(60 * 24)
    )
    [line] = rows(view(service("s", "S"), Evidence(source, fails)))
    assert notes(line)["Failed"].startswith("Failed 3 times in a row since 15:10")
    assert notes(line)["Changed"] == "3 Mar 15:14, 1 d ago"


def test_a_failure_that_the_row_tells_is_not_told_twice() -> None:
    [line] = rows(made_up.silent())
    assert line.text.startswith("No answer in time")
    assert "Failed" not in notes(line)


def test_our_own_check_says_what_it_tries() -> None:
    def tries(*urls: str) -> str:
        own = info("From here", "measured", urls=urls)
        given = evidence(own, report(own.name, Level.OPERATIONAL, ago(1)))
        [line] = rows(view(service("s", "S"), given))
        return notes(line).get("Tries", "")

    chat = "tcp://e1.chat.example:443"
    assert tries(chat) == "e1.chat.example:443"
    assert tries("https://chat.example/", chat) == "chat.example and 1 more address"
    assert tries(chat, chat, chat).endswith("and 2 more addresses")
    assert tries() == ""


def test_a_source_tells_what_asking_it_costs_and_where_it_has_moved() -> None:
    page, _, _, moved = rows(made_up.network())
    assert notes(page)["Costs"] == (
        "Today: 288 requests, 1.4 MB; 93 % brought nothing new."
    )
    assert notes(moved)["Moved"].startswith("To status.meshwork.example/feed. An ")
    mine = replace(
        made_up.network(), service=replace(made_up.network().service, own=True)
    )
    assert "Add it again from there" in notes(rows(mine)[3])["Moved"]


def test_a_source_that_is_too_old_weighs_nothing_of_what_others_say() -> None:
    page, other = info("The page"), info("Another page")
    old = evidence(other, report(other.name, Level.OPERATIONAL, ago(60 * 24)))
    new = evidence(page, report(page.name, Level.MAJOR, ago(1)))
    first, second = rows(view(service("s", "S"), new, old))
    assert notes(first)["Weighs"] == "It is all that speaks for trouble."
    assert notes(second)["Weighs"] == "Nothing now."


def test_sources_of_one_kind_do_not_each_claim_all_that_they_weigh() -> None:
    pages = [info("The page"), info("Another page")]
    levels = (Level.MAJOR, Level.OPERATIONAL)
    both = [
        evidence(page, report(page.name, level, ago(1)))
        for page, level in zip(pages, levels, strict=True)
    ]
    for line in rows(view(service("s", "S"), *both)):
        assert notes(line)["Weighs"] == (
            "With all of its kind: it is all that speaks for trouble."
        )
