"""What is not known of trouble, with its reason: where, since when, why, how many."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from downlight.core.evidence.lead import Stamps
from downlight.core.evidence.verdict import Verdict, Word
from downlight.core.level import Level
from downlight.core.model import Incident, Phase, Place, Update
from downlight.core.news import ServiceView
from downlight.core.scope import Scope
from downlight.ui.now.facts import facts
from downlight.ui.now.stories import incidents_card
from downlight.ui.now.unsaid import cause_words
from tests.ui import made_up, uneasy
from tests.ui.made_up import NOW, ago, evidence, info, plainly, report, service, view

WRITTEN = (Update(ago(3), "A cable was cut."),)
CALM = plainly("chat", "Chat", Level.OPERATIONAL)
DOWN = plainly("chat", "Chat", Level.MAJOR)


def told(phase: Phase | None, *updates: Update) -> ServiceView:
    """Return a service whose page tells of trouble in this phase."""
    it = Incident(
        "i", "Slow", Level.MAJOR, phase, True, started_at=ago(72), updates=updates
    )
    given = report("page", Level.MAJOR, ago(1), incidents=(it,))
    return view(service("chat", "Chat"), evidence(info("page"), given))


def heard(**more: object) -> ServiceView:
    """Return a service that is down, by others than its page."""
    plain = Verdict(Level.MAJOR, official=Level.OPERATIONAL, word=Word.SAID)
    verdict = replace(plain, **more)  # type: ignore[arg-type]  # its own fields
    return ServiceView(service("chat", "Chat"), verdict, ())


@pytest.mark.parametrize(
    ("phase", "updates", "said"),
    [
        (None, (), "Cause: not known; Chat has not said."),
        (None, WRITTEN, "Cause: not known here; what Chat writes is below."),
        (
            Phase.INVESTIGATING,
            WRITTEN,
            "Cause: not known; Chat is still looking into it.",
        ),
        (
            Phase.IDENTIFIED,
            WRITTEN,
            "Cause: Chat says it is found; its words are below.",
        ),
        (
            Phase.IDENTIFIED,
            (),
            "Cause: Chat says it is found, but not what it is.",
        ),
        (
            Phase.MONITORING,
            WRITTEN,
            "Cause: Chat says that a fix is in place and watched; its words are below.",
        ),
        (
            Phase.MONITORING,
            (),
            "Cause: not known; Chat says only that a fix is in place and watched.",
        ),
    ],
)
def test_of_the_cause_no_more_is_said_than_the_page_does(
    phase: Phase | None, updates: tuple[Update, ...], said: str
) -> None:
    card = incidents_card(told(phase, *updates), NOW, UTC)
    assert card.summary == said


def test_where_no_page_tells_of_the_trouble_nobody_knows_its_cause() -> None:
    assert cause_words(heard(), NOW) == "Cause: not known; Chat has not said."
    failed = heard(word=Word.FAILED, official=None)
    assert cause_words(failed, NOW) == "Cause: not known."
    assert incidents_card(failed, NOW, UTC).summary.endswith("Cause: not known.")
    elsewhere = told(Phase.IDENTIFIED, *WRITTEN).verdict
    mine = replace(elsewhere, named=(Place("BR", "Brazil"),))
    assert cause_words(replace(DOWN, verdict=mine), NOW) == (
        "Cause: not known; Chat has not said."
    ), "what is found is the cause of something else"


@pytest.mark.parametrize(
    ("updates", "said"),
    [
        ((), "Cause: not known."),
        (WRITTEN, "Cause: not known here; what Chat writes is below."),
    ],
)
@pytest.mark.parametrize("phase", [None, *Phase])
def test_of_a_page_that_cannot_be_read_now_nothing_is_said_of_the_present(
    phase: Phase | None, updates: tuple[Update, ...], said: str
) -> None:
    fresh = told(phase, *updates)
    lost = replace(fresh, verdict=replace(fresh.verdict, read=ago(10)))
    assert cause_words(lost, NOW) == said
    silent = heard(word=Word.SAID, read=ago(10))
    assert cause_words(silent, NOW) == "Cause: not known."


def test_of_two_incidents_the_cause_of_one_is_not_told_as_that_of_both() -> None:
    sought, found = Phase.INVESTIGATING, Phase.IDENTIFIED
    each = "Cause: what Chat says of each incident is below."
    ages: list[str] = []

    def said(*phases: Phase, minutes: float = 1) -> str:
        incidents = tuple(
            Incident(f"{n}", "Slow", Level.MAJOR, phase, True, updates=WRITTEN)
            for n, phase in enumerate(phases)
        )
        given = report("page", Level.MAJOR, ago(1), incidents=incidents[:1])
        other = report("other", Level.MAJOR, ago(minutes), incidents=incidents[1:])
        pages = evidence(info("page"), given), evidence(info("other"), other)
        shown = incidents_card(view(service("chat", "Chat"), *pages), NOW, UTC)
        ages.extend(line.text for line in shown.lines if line.kind == "head")
        return shown.summary

    assert said(sought, found) == each
    assert said(sought, sought) == "Cause: not known; Chat is still looking into it."
    assert ages == ["investigating", "identified", "investigating", "investigating"]
    assert said(sought, found, minutes=60 * 24) == (
        "Cause: not known; Chat is still looking into it."
    ), "what is old says nothing of now"
    assert ages[4:] == ["investigating", "identified · as it stood 1 d ago"]


def test_where_nothing_is_wrong_no_cause_and_nobody_is_missed() -> None:
    for calm in (CALM, uneasy.your_side(), made_up.silent()):
        card = incidents_card(calm, NOW, UTC)
        assert "Cause" not in card.summary
        assert card.footnote == ""
    assert cause_words(uneasy.blocked(), NOW) == "", "a block is told as what it is"


def test_how_many_are_affected_is_said_not_to_be_known_once_below_the_story() -> None:
    said = "How many people are affected is not known: no source counts them."
    for troubled in (made_up.chatter(), DOWN, uneasy.blocked()):
        assert incidents_card(troubled, NOW, UTC).footnote == said


def test_since_when_is_told_with_its_ground() -> None:
    def since(of: ServiceView) -> str:
        return facts(of, NOW, UTC)[1]

    dated = told(None)
    assert since(dated) == "since 14:02 (1 h 12 min), as Chat dates it"
    assert since(replace(dated, late=True)) == since(dated), "the page knows better"
    seen = heard(since=ago(25))
    first = replace(seen, stamps=Stamps(posts=ago(25), sign=NOW))
    assert since(first) == "first seen at 14:49 (25 min ago)"
    assert since(replace(first, late=True)) == (
        "noticed at 14:49 (25 min ago), may have begun earlier"
    )
    assert since(seen) == "since 14:49 (25 min)", "whose look that was is not known"
    assert since(replace(heard(), since=ago(25))) == since(seen)
    assert "first seen at 14:56 (18 min ago)" in facts(made_up.unreached(), NOW, UTC)


def test_where_is_told_or_why_that_is_not_known() -> None:
    def where(of: ServiceView) -> str:
        return facts(of, NOW, UTC)[0]

    assert where(DOWN) == "where is not said"
    assert where(heard()) == "where is not known: nobody here measures it"
    asked = evidence(info("Open measurements", "regional"), None)
    silent = replace(heard(), evidence=(asked,))
    assert where(silent) == "where is not known: no measurement tells"
    abroad = heard(official=Level.MAJOR, named=(Place("BR", "Brazil"),))
    assert where(abroad) == "where is not known: nobody here measures it"
    assert where(heard(scope=Scope.GLOBAL)) == "worldwide"
    assert facts(CALM, NOW, UTC)[0].startswith("official word")
