"""An event as other programs read it."""

import json
from datetime import UTC, datetime

from downlight.core.evidence.verdict import Verdict
from downlight.core.fusion.judgement import Judgement
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, ServiceView, Turn
from downlight.core.scope import Scope
from downlight.core.service import Service
from downlight.core.telling.bulletin import LONGEST, NAMES, bulletin, sample, texts

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ELEVEN = datetime(2026, 3, 4, 11, tzinfo=UTC)
CHAT = Service(
    ServiceSlug("chat"), "Chat", "other", (), page="https://status.example.org"
)
JUDGEMENT = Judgement(
    state=None,
    scope=Scope.GLOBAL,
    places=(),
    blocked=False,
    confidence=0.8765,
    odds=3.0,
    fault=None,
    remarks=(),
    reasons=(),
    missing=(),
    would_change=(),
    notice=None,
)


def event(title: str = "Chat is down", level: Level | None = Level.MAJOR) -> Event:
    return Event(
        id="chat/1/began",
        at=NOON,
        service=ServiceSlug("chat"),
        turn=Turn.BEGAN,
        level=level,
        scope="Brazil",
        title=title,
        sentence="Since 11:00.",
        episode="1",
        incident="i1",
        held="Too often.",
        cause="c1",
    )


def test_everything_is_said_under_its_name() -> None:
    verdict = Verdict(Level.MAJOR, since=ELEVEN, judgement=JUDGEMENT)
    said = bulletin(event(), ServiceView(CHAT, verdict, ()))
    assert tuple(said) == NAMES
    assert said == {
        "id": "chat/1/began",
        "at": "2026-03-04T12:00:00Z",
        "service": "chat",
        "name": "Chat",
        "turn": "began",
        "level": "major_outage",
        "scope": "Brazil",
        "title": "Chat is down",
        "sentence": "Since 11:00.",
        "since": "2026-03-04T11:00:00Z",
        "url": "https://status.example.org",
        "episode": "1",
        "incident": "i1",
        "cause": "c1",
        "held": "Too often.",
        "confidence": 0.88,
    }


def test_when_nobody_says_since_when_it_is_since_we_know() -> None:
    view = ServiceView(CHAT, Verdict(Level.MAJOR), (), since=NOON)
    assert bulletin(event(), view)["since"] == "2026-03-04T12:00:00Z"


def test_what_is_not_known_is_null_and_as_a_text_empty() -> None:
    said = bulletin(event(level=None))
    assert (said["level"], said["since"], said["confidence"]) == (None, None, None)
    assert (said["name"], said["url"]) == ("chat", "")
    assert texts(said)["level"] == texts(said)["confidence"] == ""


def test_the_name_of_a_service_is_known_without_its_state() -> None:
    said = bulletin(event(), service=CHAT)
    assert (said["name"], said["url"]) == ("Chat", "https://status.example.org")


def test_a_long_text_is_cut_and_an_odd_one_can_be_handed_on() -> None:
    said = bulletin(event("a\0b\ud800" + "x" * 10_000))
    title = texts(said)["title"]
    assert title.startswith("abx")
    assert len(str(said["title"])) == LONGEST
    title.encode()
    assert json.loads(json.dumps(said)) == said


def test_a_made_up_event_says_so_and_each_moment_has_another() -> None:
    said = sample(NOON)
    assert tuple(said) == NAMES
    assert said["title"] == "Downlight: a test"
    assert said["sentence"] == "This is a test; nothing is down."
    assert said["id"] != sample(ELEVEN)["id"]
