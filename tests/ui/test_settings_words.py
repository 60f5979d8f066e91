"""Settings, hooks, keys and sources in words."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import Unreachable
from downlight.core.evidence.verdict import Evidence, Verdict
from downlight.core.health import Health
from downlight.core.keys import KEYS, Key, Ring
from downlight.core.level import Level
from downlight.core.model import Failure, Report, ServiceSlug, SourceId, Standing
from downlight.core.news import ServiceView, Snapshot, Turn
from downlight.core.places.countries import COUNTRIES, called
from downlight.core.preferences import HookView, Rehearsal, Taken
from downlight.core.schedule import Cadence
from downlight.core.service import Service
from downlight.core.settings import HOW_BAD, Settings
from downlight.core.source import SourceInfo
from downlight.core.telling.policy import Wanted
from downlight.storage.choices import CHOICES
from downlight.ui.kit.look import Look
from downlight.ui.settings import key_words
from downlight.ui.settings.general import listed
from downlight.ui.settings.hook_words import filled, state_words, what_words
from downlight.ui.settings.luggage import taken_words
from downlight.ui.settings.quiet import ENDLESS, FORM, now_words, wrong_with
from downlight.ui.settings.rehearsal_words import lines
from downlight.ui.settings.source_rows import source_rows
from downlight.ui.settings.words import FLOORS, LANGUAGES, QUIET_FLOORS, WHEN, WORDS
from tests.core.spoken import turkish

AND = "and of its end"
YOU = "Acme: you would have been told"
ONCE, TWICE = "False alarms: once.", "False alarms: 2 times."
OFFICIAL = "What it calls trouble counts at once; that it names none says little."
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_every_setting_has_a_name_and_one_sentence() -> None:
    assert set(WORDS) == {field.name for field in fields(Settings)} | {"login"}
    for said in WORDS.values():
        assert said.help.endswith(".")
        assert ". " not in said.help
        assert said.plain and "&" not in said.plain


def test_what_can_be_chosen_is_what_the_settings_know() -> None:
    assert tuple(value for value, _ in FLOORS) == HOW_BAD
    assert tuple(value for value, _ in QUIET_FLOORS) == ("", *HOW_BAD)
    assert tuple(value for value, _ in WHEN) == tuple(map(str, Wanted))
    for code, _ in (("", ""), *LANGUAGES):
        assert CHOICES["language"].check(code) == code


@pytest.mark.parametrize(
    ("text", "others", "wrong"),
    [
        ("22:00-07:00", (), ""),
        ("mon-fri 22:00-07:00", ("sat-sun 00:00-24:00",), ""),
        ("25:00-07:00", (), "A day has 24 hours."),
        ("24:00-07:00", (), "A day has 24 hours."),
        ("22:60-07:00", (), "An hour has 60 minutes."),
        (
            "07:00-07:00",
            (),
            "It ends when it begins; a whole day is 00:00-24:00.",
        ),
        ("at night", (), FORM),
        ("mox 22:00-07:00", (), FORM),
        ("00:00-24:00", (), ENDLESS),
        ("07:00-22:00", ("22:00-07:00",), ENDLESS),
    ],
)
def test_hours_that_cannot_be_are_explained(
    text: str, others: tuple[str, ...], wrong: str
) -> None:
    assert wrong_with(text, others) == wrong


def test_whether_it_is_quiet_is_said() -> None:
    sunday = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    assert now_words((), sunday) == "There are no quiet hours."
    assert now_words(("01:00-02:00",), sunday) == "It is not quiet just now."
    assert now_words(("22:00-23:30",), sunday) == ("It is quiet just now, until 23:30.")
    assert now_words(("22:00-07:00",), sunday) == (
        "It is quiet just now, until Monday 07:00."
    )


def test_a_country_in_a_list_is_found_again() -> None:
    assert listed("DE") == "Germany"
    assert {called(listed(code)) for code in COUNTRIES} == set(COUNTRIES)
    assert not any("," in listed(code) for code in COUNTRIES)


def test_a_hook_says_what_it_does_when() -> None:
    both = HookView("log", "command", ("began", "ended"))
    assert what_words(both) == "Runs a program when an outage starts or it ends."
    one = HookView("team", "slack", ("began",))
    assert what_words(one) == "Posts to Slack when an outage starts."
    bar = HookView("bar", "waybar")
    assert what_words(bar) == "Writes a file for waybar, always up to date."
    every = HookView("all", "json", tuple(str(turn) for turn in Turn))
    assert what_words(every).count(",") == len(Turn) - 2


@pytest.mark.parametrize(
    ("waiting", "last", "words"),
    [
        (0, "", ""),
        (0, "delivered", "The last one arrived."),
        (0, "failed: oh no", "The last one did not arrive: oh no."),
        (0, "given up: it is too old by now", "The last one was given up: it is too "),
        (1, "waiting: refused", "not arrived yet: refused. 1 waits to be sent."),
        (3, "delivered", "The last one arrived. 3 wait to be sent."),
        (0, "begun", "The last one is on its way."),
        (0, "strange", "The last one: strange."),
    ],
)
def test_a_hook_says_how_it_is_doing(waiting: int, last: str, words: str) -> None:
    said = state_words(HookView("log", "command", ("began",), waiting, last))
    assert words in said
    assert bool(words) is bool(said)


def test_a_text_is_filled_from_a_made_up_event_or_refused() -> None:
    assert filled("{title}!", NOW) == ("Downlight: a test!", "")
    said, wrong = filled("{oh}", NOW)
    assert said == ""
    assert wrong.startswith("Nobody knows {oh}; there are ")
    assert filled("{", NOW)[1].startswith("A brace stands alone")


def test_what_was_taken_over_is_counted() -> None:
    assert taken_words(Taken(1, 0)) == (
        "Taken over: 1 setting changed, 0 services added."
    )
    assert taken_words(Taken(2, 1, ("atlantis",))) == (
        "Taken over: 2 settings changed, 1 service added. Nobody here knows atlantis."
    )


def test_a_key_says_whether_it_is_kept_and_needed() -> None:
    key = Key("riot", "Riot Games' status", "riot")
    wanted = replace(key, wanted=True)
    hook = Key("hook-team", "The address of your hook team", wanted=True)
    idle = "Nothing that is watched asks for it."
    assert key_words.title(hook) == "The address of your hook team"
    assert key_words.state(key, None) == f"Looking … {idle}"
    assert key_words.state(wanted, Ring()) == (
        "Not known whether there is one. What is watched asks for it."
    )
    assert key_words.state(hook, Ring({"hook-team": False})) == (
        "There is none. The hook needs it."
    )
    assert key_words.state(key, Ring({"riot": True})) == "Kept in the keyring as riot."
    assert len({it.name for it in KEYS}) == len(KEYS)


def view(name: str, *evidence: Evidence) -> ServiceView:
    service = Service(ServiceSlug(name.casefold()), name, "other", ())
    return ServiceView(service, Verdict(), evidence)


def source(id_: str, standing: Standing, **more: object) -> Evidence:
    made = {"kind": "official", "cadence": Cadence(), "page": "https://a.example/"}
    info = SourceInfo(
        SourceId(id_),
        f"{id_}'s page",
        "rss",
        **{**made, **more},  # type: ignore[arg-type]  # as told
    )
    return Evidence(info, standing)


WELL = Standing(
    Report(SourceId("b"), NOW - timedelta(seconds=30), Level.OPERATIONAL),
    due=NOW + timedelta(minutes=2),
    health=Health(NOW.date(), 3, 2048, 3, 1),
)
BROKEN = Standing(failure=Failure(SourceId("z"), NOW, Unreachable("x", "timeout")))


def test_broken_sources_come_first_and_each_one_once() -> None:
    fine = source("b", WELL)
    snapshot = Snapshot(
        NOW,
        (
            view("Acme", fine, source("z", BROKEN, page="http://plain.example/")),
            view("Bolt", fine, source("m", Standing(), verified=False)),
        ),
    )
    made = source_rows(snapshot, NOW)
    assert made.said == "3 sources are asked; 1 cannot be read just now."
    assert [(row.title, row.state, row.look) for row in made.rows] == [
        ("Z's page", "Cannot be read", Look.DEGRADED),
        ("M's page", "Not asked yet", Look.UNKNOWN),
        ("B's page", "Reads well", Look.OPERATIONAL),
    ]
    assert [row.link for row in made.rows] == ["", *["https://a.example/"] * 2]
    assert made.rows[2].lines == (
        "Answered 30 s ago.",
        "Asked every 5 min, every 1 min while something is open; next in 2 min.",
        "Today: 3 requests, 2 kB; 33 % brought nothing new.",
        f"About Acme and Bolt. {OFFICIAL}",
    )
    assert made.rows[1].lines[-1].startswith("Unverified")


def test_a_source_of_many_services_counts_them() -> None:
    minute = timedelta(minutes=1)
    due = replace(WELL, due=NOW)
    alike = source("b", due, kind="people", cadence=Cadence(minute, minute))
    views = tuple(view(name, alike) for name in ("Ant", "Bee", "Cat", "Dog", "Elk"))
    [row] = source_rows(Snapshot(NOW, views), NOW).rows
    assert row.lines[1] == "Asked every 1 min; next now."
    assert row.lines[3].startswith("About Ant and 4 more services. Counts by itself")


def test_without_news_and_without_sources_it_says_so() -> None:
    assert source_rows(None, NOW).said == "Asking begins in a moment."
    assert source_rows(Snapshot(NOW), NOW).said.startswith("Nobody is asked")
    one = Snapshot(NOW, (view("Acme", source("b", WELL)),))
    assert source_rows(one, NOW).said == "One source is asked, and it reads well."


def test_how_recorded_outages_would_have_been_told() -> None:
    span = timedelta(minutes=3)
    made = lines(
        (
            Rehearsal("Day 1", "Acme", told=True, late=span, end_late=-span),
            Rehearsal("Day 2", "Acme", told=True, late=timedelta(), false=1),
            Rehearsal("Day 3", "Acme", told=True, end_late=timedelta(), false=2),
            Rehearsal("Day 4", "Acme", told=False),
        )
    )
    assert made == (
        f"Day 1. {YOU} 3 min after it began, and of its end 3 min before it was over.",
        f"Day 2. {YOU} at once when it began, {AND} not at all. {ONCE}",
        f"Day 3. {YOU} of its beginning, {AND} at once when it was over. {TWICE}",
        "Day 4. Acme: you would not have been told.",
    )
    with turkish({"Day 4": "4. gün"}):
        [said] = lines((Rehearsal("Day 4", "Acme", told=False),))
    assert said.startswith("4. gün. Acme")
