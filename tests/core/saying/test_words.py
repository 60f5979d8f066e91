"""The sentences people read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from downlight.core.errors import Unreachable, Unreadable
from downlight.core.evidence.spell import Spell
from downlight.core.evidence.story import Change
from downlight.core.evidence.verdict import Verdict, Word
from downlight.core.health import Health, Kept
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Failure,
    Incident,
    Place,
    Report,
    ServiceSlug,
    SourceId,
    Standing,
)
from downlight.core.news import ServiceView, Snapshot, Turn
from downlight.core.saying import event_words, icon_words, service_words, words
from downlight.core.saying.source_words import kept_line, source_line, usage_line
from downlight.core.scope import Scope
from downlight.core.service import Service
from tests.core.spoken import turkish

NOW = datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
SINCE = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)
APP = Service(ServiceSlug("whatsapp"), "WhatsApp", "messaging", (), owner="Meta")
BRAZIL, SPAIN = Place("BR", "Brazil"), Place("ES", "Spain")
DOWN = Verdict(
    Level.MAJOR,
    Scope.PLACES,
    (BRAZIL, SPAIN),
    since=SINCE,
    official=Level.MAJOR,
    word=Word.SAID,
)


def test_the_sentence_says_what_where_since_and_whose_word() -> None:
    assert service_words.sentence(APP, DOWN, None, NOW, UTC) == (
        "WhatsApp is down in Brazil and Spain since 14:02. Meta says so. "
        "Your own connection is fine."
    )


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (
            Verdict(online=False),
            "You are offline, so nothing can be said about WhatsApp.",
        ),
        (
            Verdict(heard=Word.FAILED),
            "Whether WhatsApp works is not known: no source could be read.",
        ),
        (
            Verdict(heard=Word.WAITING),
            "Whether WhatsApp works is not known: nobody has answered yet.",
        ),
        (
            Verdict(heard=Word.UNCLEAR),
            "Whether WhatsApp works is not known: no source says anything clear.",
        ),
        (
            Verdict(),
            "Whether WhatsApp works is not known: there is nobody to ask.",
        ),
        (
            Verdict(last=Level.MAJOR, heard=Word.SAID),
            (
                "WhatsApp was down when last heard of; "
                "whether it still is cannot be read now."
            ),
        ),
        (
            Verdict(Level.OPERATIONAL, official=Level.OPERATIONAL, word=Word.SAID),
            "WhatsApp: all well, says Meta.",
        ),
        (
            Verdict(Level.OPERATIONAL, word=Word.FAILED, measured=True),
            "WhatsApp answers from here. Meta's page could not be read.",
        ),
        (
            Verdict(Level.OPERATIONAL, measured=True),
            "WhatsApp answers from here. There is no official page to ask.",
        ),
        (
            Verdict(Level.MAINTENANCE, word=Word.SAID),
            "WhatsApp is under planned maintenance.",
        ),
        (
            Verdict(
                Level.DEGRADED,
                Scope.HERE,
                since=SINCE,
                official=Level.OPERATIONAL,
                word=Word.SAID,
                measured=True,
            ),
            (
                "WhatsApp cannot be reached from here since 14:02. "
                "Meta has not said so. Your own connection is fine."
            ),
        ),
        (
            Verdict(Level.DEGRADED, word=Word.FAILED, measured=True),
            (
                "WhatsApp cannot be reached from here. "
                "Meta's page could not be read. Your own connection is fine."
            ),
        ),
        (
            Verdict(Level.DEGRADED, measured=True),
            (
                "WhatsApp cannot be reached from here. "
                "There is no official page to ask. Your own connection is fine."
            ),
        ),
        (
            Verdict(
                Level.PARTIAL, Scope.GLOBAL, official=Level.PARTIAL, word=Word.SAID
            ),
            (
                "WhatsApp is partly down worldwide. Meta says so. "
                "Your own connection is fine."
            ),
        ),
        (
            Verdict(Level.DEGRADED, official=Level.DEGRADED, word=Word.SAID),
            "WhatsApp is troubled. Meta says so. Your own connection is fine.",
        ),
        (
            Verdict(
                Level.DEGRADED, official=Level.DEGRADED, word=Word.SAID, online=None
            ),
            "WhatsApp is troubled. Meta says so.",
        ),
        (
            Verdict(
                Level.DEGRADED,
                Scope.HERE,
                official=Level.MAINTENANCE,
                word=Word.SAID,
                measured=True,
            ),
            (
                "WhatsApp cannot be reached from here. "
                "Meta speaks of planned maintenance only. Your own connection is fine."
            ),
        ),
        (
            Verdict(Level.OPERATIONAL, word=Word.WAITING, measured=True),
            "WhatsApp answers from here. Meta's page has not answered yet.",
        ),
        (
            Verdict(Level.OPERATIONAL, word=Word.UNCLEAR, measured=True),
            "WhatsApp answers from here. Meta's page says nothing clear.",
        ),
    ],
)
def test_every_state_has_its_sentence(verdict: Verdict, sentence: str) -> None:
    assert service_words.sentence(APP, verdict, None, NOW, UTC) == sentence


def test_what_where_and_since_when_stand_as_the_language_puts_them() -> None:
    said = {
        "{name} is {level}": "{name} {level}",
        "down": "çalışmıyor",
        "in {places}": "{places}",
        "Brazil": "Brezilya",
        "Spain": "İspanya",
        "{first} and {last}": "{first} ve {last}",
        "{trouble} {place}": "{trouble} ({place})",
        "{trouble} {place} since {when}.": "{trouble} ({place}; başlangıç: {when}).",
    }
    with turkish(said):
        assert event_words.headline(APP, DOWN, Turn.BEGAN) == (
            "WhatsApp çalışmıyor (Brezilya ve İspanya)"
        )
        assert service_words.sentence(APP, DOWN, None, NOW, UTC).startswith(
            "WhatsApp çalışmıyor (Brezilya ve İspanya; başlangıç: 14:02)."
        )
        dutch = words.felt(Scope.PLACES, (Place("NL", "Netherlands"),))
    assert dutch == "Netherlands"


@pytest.mark.parametrize("where", ["from here", "buradan"])
def test_where_it_was_felt_may_have_been_noted_in_another_language(where: str) -> None:
    end = Change(Turn.ENDED, Level.OPERATIONAL, NOW, where=where, ended=NOW)
    said = {"from here": "buradan", "It was felt here.": "Burada hissedildi."}
    with turkish(said):
        assert event_words.tale(APP, DOWN, end, UTC).endswith("Burada hissedildi.")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("in Brazil", "Yer: Brazil."),
        ("Brezilya", "Yer: Brezilya."),
        ("worldwide", "Yer: dünya genelinde."),
    ],
)
def test_where_it_was_felt_goes_into_the_sentence_of_today(
    where: str, said: str
) -> None:
    end = Change(Turn.ENDED, Level.OPERATIONAL, NOW, where=where, ended=NOW)
    spoken = {
        "It was felt {place}.": "Yer: {place}.",
        "in {places}": "{places}",
        "worldwide": "dünya genelinde",
    }
    with turkish(spoken):
        assert event_words.tale(APP, DOWN, end, UTC).endswith(said)


def test_for_the_journal_what_names_no_place_is_in_english() -> None:
    with turkish({"from here": "buradan", "worldwide": "dünya genelinde"}):
        assert words.kept(Scope.HERE, ()) == "from here"
        assert words.kept(Scope.GLOBAL, ()) == "worldwide"
        assert words.kept(Scope.UNKNOWN, ()) == ""
        assert words.kept(Scope.PLACES, (BRAZIL,)) == "in Brazil"


def test_where_it_is_felt_no_state_is_taken_for_a_country() -> None:
    georgia = (Place("US-GA", "Georgia", ("US",)),)
    with turkish({"Georgia": "Gürcistan", "in {places}": "{places} içinde"}):
        assert words.where(Scope.PLACES, georgia) == "Georgia"
        assert words.felt(Scope.PLACES, georgia) == "Georgia içinde"


def test_where_names_few_places_and_counts_many() -> None:
    many = tuple(Place(str(n), f"Place {n}") for n in range(9))
    assert words.where(Scope.PLACES, (BRAZIL,)) == "Brazil"
    assert words.where(Scope.PLACES, many[:3]) == "Place 0, Place 1 and Place 2"
    assert words.where(Scope.PLACES, many) == "Place 0, Place 1 and 7 more places"
    assert words.where(Scope.GLOBAL, ()) == "worldwide"
    assert words.where(Scope.HERE, ()) == "here"
    assert words.where(Scope.UNKNOWN, ()) == "not known"
    assert words.felt(Scope.HERE, ()) == "from here"
    assert words.felt(Scope.UNKNOWN, ()) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s"),
        (40, "40 s"),
        (60, "1 min"),
        (3600, "1 h"),
        (6000, "1 h 40 min"),
        (86400, "1 d"),
        (90000, "1 d 1 h"),
        (86400 * 12 + 3600, "12 d"),
    ],
)
def test_ages_have_two_units_at_most(seconds: int, text: str) -> None:
    assert words.age(timedelta(seconds=seconds)) == text


def test_a_moment_has_its_date_when_it_is_not_of_today() -> None:
    assert words.moment(SINCE, NOW, UTC) == "14:02"
    assert words.moment(SINCE - timedelta(days=1), NOW, UTC) == "28 Feb 14:02"
    assert words.moment(SINCE - timedelta(days=90), NOW, UTC) == "1 Dec 14:02"
    assert words.moment(SINCE - timedelta(days=400), NOW, UTC) == "25 Jan 2025 14:02"
    tokyo = timezone(timedelta(hours=9))
    assert words.moment(SINCE, NOW, tokyo) == "23:02"


@pytest.mark.parametrize("turn", Turn)
def test_every_turn_has_a_title_that_names_the_service(turn: Turn) -> None:
    assert event_words.headline(APP, DOWN, turn).startswith("WhatsApp")


def test_titles_say_direction_and_place() -> None:
    assert event_words.headline(APP, DOWN, Turn.BEGAN) == (
        "WhatsApp is down in Brazil and Spain"
    )
    here = Verdict(Level.DEGRADED, Scope.HERE, measured=True)
    assert event_words.headline(APP, here, Turn.BEGAN) == (
        "WhatsApp cannot be reached from here"
    )


def test_the_tale_of_a_start_has_title_place_time_and_parts() -> None:
    incident = Incident("1", "Messages not sent.", Level.MAJOR, None, True)
    change = Change(Turn.BEGAN, Level.MAJOR, NOW, SINCE)
    vague = Verdict(
        Level.MAJOR,
        since=SINCE,
        official=Level.MAJOR,
        word=Word.SAID,
        incident=incident,
        parts=("Web", "Calls", "Media", "Groups"),
    )
    assert event_words.tale(APP, vague, change, UTC) == (
        "Messages not sent. Since 14:02. Meta says so. "
        "Affected: Web, Calls, Media and 1 more. Your own connection is fine."
    )
    bare = Verdict(Level.MAJOR, since=SINCE, official=Level.MAJOR, word=Word.SAID)
    assert event_words.tale(APP, bare, change, UTC) == (
        "Since 14:02. Meta says so. Where is not said. Your own connection is fine."
    )
    one = replace(bare, parts=("Web",))
    assert "Affected: Web." in event_words.tale(APP, one, change, UTC)
    assert event_words.tale(APP, DOWN, change, UTC) == (
        "Since 14:02. Meta says so. Your own connection is fine."
    )
    timeless = Change(Turn.BEGAN, Level.MAJOR, NOW)
    assert event_words.tale(APP, DOWN, timeless, UTC).startswith("Meta says so.")


def test_the_tale_of_an_end_has_time_duration_and_place() -> None:
    calm = Verdict(Level.OPERATIONAL)
    end = Change(
        Turn.ENDED, Level.OPERATIONAL, NOW, SINCE, where="in Brazil", ended=NOW
    )
    assert event_words.tale(APP, calm, end, UTC) == (
        "Since 14:30 after 28 min. It was felt in Brazil."
    )
    bare = Change(Turn.ENDED, Level.OPERATIONAL, NOW, ended=NOW)
    assert event_words.tale(APP, calm, bare, UTC) == "Since 14:30. Where was not said."
    here = Change(
        Turn.ENDED, Level.OPERATIONAL, NOW, SINCE, where="from here", ended=NOW
    )
    assert event_words.tale(APP, calm, here, UTC).endswith("It was felt here.")
    late = Change(Turn.ENDED, Level.OPERATIONAL, NOW, SINCE)
    assert event_words.tale(APP, calm, late, UTC) == (
        "Noticed at 14:30; it may have ended earlier. Where was not said."
    )


@pytest.mark.parametrize(
    ("verdict", "title"),
    [
        (DOWN, "WhatsApp comes and goes"),
        (Verdict(Level.OPERATIONAL), "WhatsApp seems to come and go"),
        (replace(DOWN, measured=True), "WhatsApp seems to come and go"),
        (Verdict(), "WhatsApp seems to come and go"),
    ],
)
def test_that_it_comes_and_goes_is_said_no_surer_than_it_is(
    verdict: Verdict, title: str
) -> None:
    assert event_words.headline(APP, verdict, Turn.UNSTABLE) == title


def test_one_turn_is_no_count() -> None:
    spell = Spell(NOW, NOW, Level.MAJOR)
    ended = Change(Turn.ENDED, Level.OPERATIONAL, NOW, spell=spell, late=True)
    assert event_words.tale(APP, Verdict(Level.OPERATIONAL), ended, UTC) == (
        "Noticed at 14:30; it may have ended earlier. Where was not said."
    )


def test_the_tale_of_what_comes_and_goes_counts_its_turns() -> None:
    spell = Spell(SINCE, NOW, Level.MAJOR, 5)
    counted = "Trouble came or went 5 times since 14:02."
    unstable = Change(Turn.UNSTABLE, Level.MAJOR, NOW, SINCE, spell=spell)
    assert event_words.tale(APP, DOWN, unstable, UTC) == (
        f"{counted} No more is told of it until it has stayed the same for an hour."
    )
    ended = Change(Turn.ENDED, Level.OPERATIONAL, NOW, ended=NOW, spell=spell)
    assert event_words.tale(APP, Verdict(Level.OPERATIONAL), ended, UTC) == (
        f"Since 14:30. Where was not said. {counted}"
    )
    began = replace(unstable, turn=Turn.BEGAN)
    assert event_words.tale(APP, DOWN, began, UTC) == (
        f"Since 14:02. {counted} Meta says so. Your own connection is fine."
    )


def test_how_often_it_came_and_went_is_said_in_trouble_and_in_calm() -> None:
    spell = Spell(SINCE, NOW, Level.MAJOR, 5)
    counted = "Trouble came or went 5 times since 14:02."
    calm = Verdict(
        Level.OPERATIONAL, official=Level.OPERATIONAL, word=Word.SAID, spell=spell
    )
    assert service_words.sentence(APP, calm, None, NOW, UTC) == (
        f"WhatsApp: all well, says Meta. {counted}"
    )
    assert service_words.sentence(APP, replace(DOWN, spell=spell), None, NOW, UTC) == (
        "WhatsApp is down in Brazil and Spain since 14:02. "
        f"{counted} Meta says so. Your own connection is fine."
    )


def test_maintenance_is_called_what_it_is() -> None:
    change = Change(Turn.MAINTENANCE_BEGAN, Level.MAINTENANCE, NOW)
    assert event_words.tale(APP, DOWN, change, UTC) == (
        "14:30. Planned work, not an outage."
    )


def test_a_source_says_how_it_is_doing() -> None:
    id_ = SourceId("x")
    report = Report(id_, SINCE)
    assert source_line(Standing(), NOW) == "Not asked yet."
    assert source_line(Standing(report), NOW) == "Answered 28 min ago."
    failure = Failure(id_, NOW, Unreachable("no", "timeout"))
    assert source_line(Standing(report, failure), NOW) == (
        "No answer in time; last good answer 28 min ago."
    )
    checks = (Check("a", SINCE - SINCE), Check("b", None, "timed out"))
    probed = Standing(replace(report, checks=checks))
    assert source_line(probed, NOW) == "Tried 28 min ago: 1 of 2 answered."
    odd = Failure(id_, NOW, Unreadable("no"))
    assert source_line(Standing(None, odd), NOW) == (
        "Answer not understood. The page may have changed its form; "
        "an update of Downlight may help."
    )


def test_a_source_that_goes_on_failing_says_how_often_since_when_and_why() -> None:
    failure = Failure(SourceId("x"), NOW, Unreachable("no", "dns"))
    report = Report(SourceId("x"), NOW - timedelta(hours=2))
    standing = Standing(report, failure, 4, failing_since=SINCE)
    assert source_line(standing, NOW, UTC) == (
        "Failed 4 times in a row since 14:02: Name not found. Last answer 2 h ago."
    )
    never = Standing(None, failure, 2)
    assert source_line(never, NOW) == "Failed 2 times in a row: Name not found."
    earlier = replace(never, health=Health(answered=NOW - timedelta(days=2)))
    assert source_line(earlier, NOW).endswith("Last answer 2 d ago.")
    odd = replace(standing, failure=Failure(SourceId("x"), NOW, Unreadable("no")))
    assert source_line(odd, NOW, UTC) == (
        "Failed 4 times in a row since 14:02: Answer not understood. Last answer "
        "2 h ago. The page may have changed its form; an update of Downlight may help."
    )


def test_a_source_that_has_moved_says_where() -> None:
    health = Health(moved="https://status.acme.example/")
    moved = "Has moved to status.acme.example."
    assert source_line(Standing(health=health), NOW) == f"Not asked yet. {moved}"
    answers = Standing(Report(SourceId("x"), SINCE), health=health)
    assert source_line(answers, NOW) == f"Answered 28 min ago. {moved}"
    failure = Failure(SourceId("x"), NOW, Unreachable("no", "timeout"))
    gone = Standing(failure=failure, failures=1, health=health)
    assert source_line(gone, NOW) == f"No answer in time. {moved}"


def test_what_was_kept_of_a_source_reads_as_it_did_then() -> None:
    assert kept_line(Kept(NOW), NOW) == "Not asked yet."
    health = Health(answered=SINCE, moved="https://new.example/status")
    assert kept_line(Kept(NOW, health), NOW) == (
        "Answered 28 min ago. Has moved to new.example/status."
    )
    once = Kept(NOW, Health(answered=SINCE), 1, "Name not found", "", SINCE)
    assert kept_line(once, NOW) == ("Name not found; last good answer 28 min ago.")
    often = Kept(NOW, Health(), 3, "Needs a key", "Give it one.", SINCE)
    assert kept_line(often, NOW, UTC) == (
        "Failed 3 times in a row since 14:02: Needs a key. Give it one."
    )


@pytest.mark.parametrize(
    ("health", "line"),
    [
        (Health(), "Not asked today."),
        (Health(NOW.date() - timedelta(days=1), 7), "Not asked today."),
        (Health(NOW.date(), 1, 999), "Today: 1 request, 999 B."),
        (
            Health(NOW.date(), 112, 1_400_000, 100, 96),
            "Today: 112 requests, 1.4 MB; 96 % brought nothing new.",
        ),
        (
            Health(NOW.date(), 300, 640_400, 300, 299),
            "Today: 300 requests, 640 kB; 99 % brought nothing new.",
        ),
        (Health(NOW.date(), 2, 999_499), "Today: 2 requests, 999 kB."),
        (Health(NOW.date(), 2, 999_500), "Today: 2 requests, 1.0 MB."),
    ],
)
def test_the_cost_of_a_day_is_told_in_a_line(health: Health, line: str) -> None:
    assert usage_line(health, NOW) == line


def test_the_cost_of_the_last_day_needs_no_clock() -> None:
    assert usage_line(Health(NOW.date(), 2, 10)) == "Today: 2 requests, 10 B."


def view(name: str, level: Level | None, **more: object) -> ServiceView:
    service = Service(ServiceSlug(name.lower()), name, "x", ())
    verdict = Verdict(level, official=level, word=Word.SAID, since=SINCE)
    return ServiceView(service, verdict, ())


@pytest.mark.parametrize(
    ("snapshot", "text"),
    [
        (Snapshot(NOW), "Nothing is watched yet."),
        (Snapshot(NOW, online=False), "You are offline."),
        (Snapshot(NOW, trouble="Monitoring stopped."), "Monitoring stopped."),
        (Snapshot(NOW, (view("A", None),), asking=True), "Asking …"),
        (Snapshot(NOW, (view("A", None),)), "Not known: A."),
        (
            Snapshot(NOW, (view("A", Level.MAINTENANCE), view("B", Level.OPERATIONAL))),
            "Planned maintenance: A.",
        ),
        (Snapshot(NOW, (view("A", Level.OPERATIONAL),)), "All well: A."),
        (
            Snapshot(NOW, tuple(view(c, Level.OPERATIONAL) for c in "ABCDEF")),
            "All well: A, B, C and 3 more.",
        ),
        (
            Snapshot(NOW, (view("A", Level.DEGRADED),)),
            "A is troubled since 14:02. A says so. Your own connection is fine.",
        ),
        (
            Snapshot(NOW, (view("A", Level.OPERATIONAL),), replay="demo"),
            "Replay of demo: All well: A.",
        ),
    ],
)
def test_the_tooltip_is_a_sentence(snapshot: Snapshot, text: str) -> None:
    assert icon_words.tooltip(snapshot, UTC) == text


def test_the_tooltip_has_the_worst_first_and_counts_the_rest() -> None:
    views = tuple(view(c, Level.DEGRADED) for c in "ABC")
    snapshot = Snapshot(NOW, (*views, view("D", Level.MAJOR)))
    lines = icon_words.tooltip(snapshot, UTC).splitlines()
    assert lines[0].startswith("D is down")
    assert lines[-1] == "1 more in trouble."


def test_stamps_are_in_utc() -> None:
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    assert words.stamp(tokyo) == "2026-03-01T14:30:00Z"


def test_a_place_is_known_from_none_in_either_language() -> None:
    with turkish({"worldwide": "dünya genelinde", "in {places}": "yer: {places}"}):
        for nowhere in ("", "worldwide", "from here", "dünya genelinde"):
            assert not words.names_places(nowhere)
        assert words.names_places(words.felt(Scope.PLACES, (BRAZIL,)))
