"""The longer explanation, and the sentences that hang on what was weighed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.evidence.lead import Stamps
from downlight.core.evidence.story import Change
from downlight.core.evidence.verdict import Evidence, Verdict, Word
from downlight.core.evidence.why import Leaning, Why, asked, why
from downlight.core.fusion.findings import Finding, Sign, Voice
from downlight.core.fusion.gate import Fault
from downlight.core.fusion.judgement import Judgement
from downlight.core.fusion.ruling import State
from downlight.core.level import Level
from downlight.core.model import (
    Incident,
    Phase,
    Place,
    ServiceSlug,
    SourceId,
    Standing,
)
from downlight.core.news import Turn
from downlight.core.saying import event_words, service_words
from downlight.core.schedule import Cadence
from downlight.core.scope import Scope
from downlight.core.service import Service
from downlight.core.source import SourceInfo

NOW = datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
SINCE = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)
APP = Service(ServiceSlug("whatsapp"), "WhatsApp", "messaging", (), owner="Meta")
BRAZIL = Place("BR", "Brazil")

GREEN = Finding(
    Voice.OFFICIAL, Sign.GREEN, NOW, -0.3, "The official page shows no incident"
)
SURGE = Finding(Voice.PEOPLE, Sign.SURGE, NOW, 10.0, "Many people write far more")
FAIL = Finding(Voice.OWN, Sign.PATH, NOW, 6.0, "Our own checks fail: 3 of 3")
MUTE = Finding(
    Voice.COUNTRIES, Sign.NOT_TOLD, NOW, 0.0, "Too few measurements", silent=True
)


def judged(state: State | None, *reasons: Finding, **more: object) -> Judgement:
    """Return a judgement with these reasons."""
    plain = Judgement(
        state,
        Scope.UNKNOWN,
        (),
        blocked=False,
        confidence=0.97,
        odds=-7.0,
        fault=None,
        remarks=(),
        reasons=reasons,
        missing=(),
        would_change=("An incident on the official page",),
        notice=None,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # its own fields


def verdict(level: Level | None, judgement: Judgement, **more: object) -> Verdict:
    """Return a verdict that follows from a judgement."""
    plain = Verdict(
        level,
        since=SINCE,
        official=Level.OPERATIONAL,
        word=Word.SAID,
        heard=Word.SAID,
        judgement=judgement,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # its own fields


GUESS = verdict(
    Level.MAJOR,
    judged(State.OUTAGE, SURGE, GREEN, support=frozenset({Voice.PEOPLE})),
)
CONFIRMED = verdict(
    Level.MAJOR,
    judged(
        State.OUTAGE,
        SURGE,
        FAIL,
        support=frozenset({Voice.PEOPLE, Voice.OWN}),
        confirmed=True,
    ),
)


def said(it: Verdict) -> str:
    """Return the sentence about it."""
    return service_words.sentence(APP, it, None, NOW, UTC)


@pytest.mark.parametrize(
    ("it", "sentence"),
    [
        (
            GUESS,
            (
                "WhatsApp seems to be down since 14:02. Meta has not said so. "
                "Your own connection is fine."
            ),
        ),
        (
            CONFIRMED,
            (
                "WhatsApp is down since 14:02. Meta has not said so. "
                "Your own connection is fine."
            ),
        ),
        (
            verdict(
                Level.DEGRADED,
                judged(State.DEGRADED, blocked=True),
                scope=Scope.PLACES,
                places=(BRAZIL,),
                online=None,
            ),
            "WhatsApp seems to be blocked in Brazil since 14:02.",
        ),
        (
            verdict(
                Level.MAJOR,
                judged(State.OUTAGE, confirmed=True, calm_since=NOW),
                scope=Scope.HERE,
                online=None,
            ),
            (
                "WhatsApp seems to work again since 14:30, after trouble since 14:02. "
                "It counts as over when that lasts."
            ),
        ),
        (
            verdict(None, judged(State.ITS_YOU, FAIL)),
            (
                "WhatsApp cannot be reached from here, but others report nothing: "
                "it seems to be only you."
            ),
        ),
        (
            verdict(None, judged(State.ITS_YOU, replace(FAIL, sign=Sign.PASS))),
            (
                "Your connection was at fault until just now. "
                "Nothing can be said about WhatsApp meanwhile."
            ),
        ),
        (
            verdict(
                Level.MAJOR,
                judged(State.OUTAGE, confirmed=True),
                official=Level.DEGRADED,
                online=None,
            ),
            "WhatsApp is down since 14:02. Meta says that it is troubled.",
        ),
        (
            verdict(
                Level.MAJOR,
                judged(State.OUTAGE, confirmed=True),
                admitted=True,
                online=None,
            ),
            ("WhatsApp is down since 14:02. Meta's page names no trouble any more."),
        ),
        (
            verdict(
                Level.MAJOR,
                judged(State.OUTAGE, confirmed=True),
                official=Level.MAJOR,
                read=SINCE,
                online=None,
            ),
            ("WhatsApp is down since 14:02. Meta's page was read last at 14:02: down."),
        ),
        (
            verdict(
                Level.MAJOR,
                judged(State.OUTAGE, confirmed=True),
                official=Level.MAJOR,
                incident=Incident(
                    "i", "Trouble", Level.MAJOR, Phase.MONITORING, open=True
                ),
                online=None,
            ),
            (
                "WhatsApp is down since 14:02. "
                "Meta says that a fix is in place and watched."
            ),
        ),
        (
            verdict(Level.OPERATIONAL, judged(State.OPERATIONAL), read=SINCE),
            (
                "No trouble with WhatsApp is known. "
                "Meta's page was read last at 14:02: no trouble."
            ),
        ),
        (
            verdict(
                Level.DEGRADED,
                judged(State.DEGRADED, confirmed=True),
                official=None,
                read=SINCE,
                online=None,
            ),
            (
                "WhatsApp is troubled since 14:02. "
                "Meta's page was read last at 14:02: nothing clear."
            ),
        ),
        (
            verdict(
                None,
                judged(
                    State.ITS_YOU,
                    fault=Fault.CLOCK,
                    remarks=("Your clock is wrong",),
                ),
            ),
            "Your clock is wrong. Nothing can be said about WhatsApp meanwhile.",
        ),
        (
            verdict(None, judged(None, remarks=("Waiting for other evidence",))),
            "Whether WhatsApp works is not known. Waiting for other evidence.",
        ),
        (
            verdict(
                None,
                judged(None, FAIL, odds=-1.0, remarks=("Not reachable from here",)),
                heard=Word.UNCLEAR,
            ),
            (
                "Whether WhatsApp works is not known. Not reachable from here. "
                "Possible trouble: Our own checks fail: 3 of 3."
            ),
        ),
        (
            verdict(None, judged(None, remarks=("Unsaid",)), heard=Word.UNCLEAR),
            "Whether WhatsApp works is not known: no source says anything clear.",
        ),
        (
            verdict(None, judged(None)),
            "Whether WhatsApp works is not known: no source says anything clear.",
        ),
        (
            verdict(
                Level.OPERATIONAL,
                judged(State.OPERATIONAL),
                official=Level.MAJOR,
                scope=Scope.PLACES,
                places=(BRAZIL,),
            ),
            "WhatsApp: all well where you are. Meta names trouble in Brazil.",
        ),
        (
            verdict(Level.OPERATIONAL, judged(State.OPERATIONAL), official=Level.MAJOR),
            (
                "WhatsApp seems well. Meta's page still names trouble, but was not "
                "written to for long."
            ),
        ),
        (
            verdict(
                Level.OPERATIONAL,
                judged(State.OPERATIONAL),
                official=None,
                word=Word.NOBODY,
            ),
            ("No trouble with WhatsApp is known. There is no official page to ask."),
        ),
        (
            verdict(Level.OPERATIONAL, judged(State.OPERATIONAL, FAIL, odds=-1.0)),
            (
                "WhatsApp: all well, says Meta. "
                "Possible trouble: Our own checks fail: 3 of 3."
            ),
        ),
    ],
)
def test_a_sentence_is_no_surer_than_what_was_weighed(
    it: Verdict, sentence: str
) -> None:
    assert said(it) == sentence


def test_a_guess_is_called_one_and_what_speaks_for_it_is_told() -> None:
    change = Change(Turn.BEGAN, Level.MAJOR, NOW, SINCE)
    assert event_words.headline(APP, GUESS, Turn.BEGAN) == "WhatsApp seems to be down"
    assert event_words.tale(APP, GUESS, change, UTC) == (
        "Since 14:02. Many people write far more. Meta has not said so. "
        "Where is not said. Your own connection is fine."
    )


def test_that_a_guess_turned_out_true_is_told_with_who_says_so() -> None:
    change = Change(Turn.CONFIRMED, Level.MAJOR, NOW, SINCE)
    title = event_words.headline(APP, CONFIRMED, Turn.CONFIRMED)
    assert title == "WhatsApp is down: now confirmed"
    body = event_words.tale(APP, CONFIRMED, change, UTC)
    assert "Many people write far more. Our own checks fail: 3 of 3." in body


def test_what_seems_to_get_worse_is_not_said_to_do_so() -> None:
    title = event_words.headline(APP, GUESS, Turn.WORSENED)
    assert title == "WhatsApp now seems to be down"
    sure = event_words.headline(APP, CONFIRMED, Turn.WORSENED)
    assert sure == "WhatsApp got worse: down"


def test_an_end_that_only_a_front_door_shows_is_no_more_than_that() -> None:
    it = verdict(Level.OPERATIONAL, judged(State.OPERATIONAL), measured=True)
    title = event_words.headline(APP, it, Turn.ENDED)
    assert title == "WhatsApp answers from here again"


def test_what_fades_is_no_early_sign() -> None:
    faded = replace(SURGE, fading=True)
    for sign, early in ((SURGE, True), (faded, False)):
        judgement = judged(State.OPERATIONAL, sign, odds=-1.0)
        assert judgement.is_early is early


def test_what_only_our_own_checks_say_is_said_once() -> None:
    ours = verdict(
        Level.DEGRADED,
        judged(State.DEGRADED, FAIL, support=frozenset({Voice.OWN})),
        measured=True,
    )
    change = Change(Turn.BEGAN, Level.DEGRADED, NOW, SINCE)
    assert event_words.headline(APP, ours, Turn.BEGAN) == (
        "WhatsApp cannot be reached from here"
    )
    assert "fail" not in event_words.tale(APP, ours, change, UTC)


def test_before_anything_is_weighed_there_is_nothing_to_explain() -> None:
    assert why(Verdict(), Stamps(), NOW) == Why()


def test_the_explanation_names_reasons_gaps_and_what_would_change_it() -> None:
    judgement = judged(
        State.OUTAGE,
        SURGE,
        replace(FAIL, places=("BR",)),
        GREEN,
        MUTE,
        remarks=("Unstable",),
        missing=("our own checks", "measurements in countries"),
    )
    stamps = Stamps(posts=SINCE, sign=SINCE)
    told = why(verdict(Level.MAJOR, judgement), stamps, NOW, UTC, home="TR")
    assert told.sure == "We are very sure (97 %)."
    assert told.remarks == ("Unstable.",)
    assert [(r.who, r.leaning, r.here) for r in told.reasons] == [
        ("People", Leaning.TROUBLE, True),
        ("Our own checks", Leaning.NEITHER, False),
        ("Official page", Leaning.WELL, True),
        ("Measurements in countries", Leaning.NEITHER, True),
    ]
    assert told.reasons[0].words == "Many people write far more."
    assert told.missing == "Not heard: our own checks and measurements in countries."
    assert told.changes == ("An incident on the official page",)
    assert told.lead == (
        "We saw people write more than usual about it from 14:02.",
        "As far as we looked, the official page has not named it so far.",
    )


@pytest.mark.parametrize(
    ("confidence", "sure"),
    [
        (0.9, "We are very sure (90 %)."),
        (0.75, "We are quite sure (75 %)."),
        (0.5, "We are fairly sure (50 %)."),
        (0.27, "We are not sure (27 %)."),
    ],
)
def test_how_sure_we_are_has_a_word(confidence: float, sure: str) -> None:
    it = verdict(Level.OPERATIONAL, judged(State.OPERATIONAL, confidence=confidence))
    told = why(it, Stamps(posts=SINCE, sign=SINCE), NOW, UTC)
    assert (told.sure, told.missing, told.lead) == (sure, "", ())


def test_without_a_beginning_none_is_named_when_it_looks_better() -> None:
    it = verdict(Level.MAJOR, judged(State.OUTAGE, calm_since=NOW), since=None)
    assert said(it).startswith("WhatsApp seems to work again since 14:30. It counts")
    assert why(it, Stamps(), NOW, UTC).sure == ""


def test_of_what_is_not_known_nobody_is_sure() -> None:
    it = verdict(None, judged(None, missing=("our own checks",)))
    told = why(it, Stamps(), NOW - timedelta(minutes=1), UTC)
    assert (told.sure, told.missing) == ("", "Not heard: our own checks.")


def test_where_trouble_is_abroad_what_was_seen_from_here_counts_elsewhere() -> None:
    red = Finding(Voice.OFFICIAL, Sign.MAJOR, NOW, 12.0, "Red", places=("DE",))
    it = verdict(Level.MAJOR, judged(State.OUTAGE, red, FAIL, abroad=("DE",)))
    reasons = why(it, Stamps(), NOW, UTC, "TR").reasons
    assert [(reason.who, reason.here, reason.leaning) for reason in reasons] == [
        ("Official page", True, Leaning.TROUBLE),
        ("Our own checks", False, Leaning.NEITHER),
    ]


def source(kind: str) -> Evidence:
    """Return a source of a kind that has not answered yet."""
    cadence = Cadence(timedelta(minutes=1))
    return Evidence(SourceInfo(SourceId(kind), kind, "f", kind, cadence), Standing())


def test_who_is_silent_is_told_apart_from_who_is_not_asked() -> None:
    it = verdict(Level.MAJOR, judged(State.OUTAGE, MUTE, FAIL, missing=("all",)))

    def missing(*kinds: str) -> str:
        voices = asked([source(kind) for kind in kinds])
        return why(it, Stamps(), NOW, UTC, "", voices).missing

    assert missing("official", "measured", "people", "regional") == (
        "Asked, but with no answer that counts: the official page, what people write "
        "and measurements in countries."
    )
    assert missing("official", "measured", "aggregator") == (
        "Asked, but with no answer that counts: the official page. Not asked, as there "
        "is no such source: what people write and measurements in countries."
    )
    assert missing() == (
        "Not asked, as there is no such source: the official page, what people write "
        "and measurements in countries."
    )


def test_where_all_are_heard_nobody_is_missing() -> None:
    fine = replace(MUTE, sign=Sign.FINE, weight=-0.5, silent=False)
    it = verdict(Level.MAJOR, judged(State.OUTAGE, GREEN, FAIL, SURGE, fine))
    assert why(it, Stamps(), NOW, UTC, "", asked([])).missing == ""


def test_who_looked_and_has_not_seen_it_is_named() -> None:
    passing = replace(FAIL, sign=Sign.PASS, weight=-0.4)
    quiet = replace(SURGE, sign=Sign.QUIET, weight=-0.8)
    fine = replace(MUTE, sign=Sign.FINE, weight=-0.5, silent=False)

    def lead(*reasons: Finding, home: str = "", abroad: tuple[str, ...] = ()) -> str:
        weighed = judged(State.OUTAGE, *reasons, abroad=abroad)
        it = verdict(Level.MAJOR, weighed)
        *_, last = why(it, Stamps(official=SINCE), NOW, UTC, home).lead
        return last

    named = "We saw the official page name it at 14:02."
    assert lead(passing, quiet, fine) == (
        "No sign of it so far, as far as we looked: our own checks, what people write "
        "and measurements in countries."
    )
    assert lead(passing, MUTE) == (
        "No sign of it so far, as far as we looked: our own checks."
    )
    assert lead(FAIL, MUTE) == named, "what fails a little is a sign"
    assert lead(replace(quiet, carried=True)) == named, "that was some time ago"
    assert lead(replace(fine, places=("BR",)), home="TR") == named
    assert lead(passing, abroad=("DE",)) == named, "it was seen from here"


def test_what_nobody_asked_could_say_is_not_waited_for() -> None:
    people, page = "Many people who report it", "An incident on the official page"
    judgement = replace(judged(State.OPERATIONAL, GREEN), would_change=(people, page))
    found = verdict(Level.OPERATIONAL, judgement)

    def changes(*voices: Voice) -> tuple[str, ...]:
        return why(found, Stamps(), NOW, voices=voices).changes

    assert changes(Voice.OFFICIAL) == (page,)
    assert changes(Voice.PEOPLE, Voice.OFFICIAL) == (people, page)
    assert why(found, Stamps(), NOW).changes == (people, page)


def test_who_alone_is_in_trouble_does_not_wait_for_people_nobody_asks() -> None:
    people, page = "Many people who report the same", "An incident on the official page"
    judgement = replace(judged(State.ITS_YOU), would_change=(people, page))
    found = verdict(None, judgement)
    for voices, said in (
        ({Voice.OFFICIAL}, (page,)),
        ({Voice.OFFICIAL, Voice.PEOPLE}, (people, page)),
    ):
        assert why(found, Stamps(), NOW, voices=voices).changes == said
