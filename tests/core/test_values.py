"""Small values: answers, services, snapshots, settings, errors."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core import errors
from downlight.core.evidence.story import Patience
from downlight.core.evidence.verdict import Verdict
from downlight.core.level import Level
from downlight.core.model import Report, ServiceSlug, SourceId
from downlight.core.news import Event, Message, ServiceView, Snapshot, Turn
from downlight.core.ports import Answer
from downlight.core.schedule import Cadence
from downlight.core.service import Service
from downlight.core.settings import Settings
from downlight.core.source import SourceInfo, SourceSpec

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ID = SourceId("x")


def test_an_unchanged_body_is_not_parsed_again() -> None:
    parsed = []

    def parse(answer: Answer) -> Report:
        parsed.append(answer)
        return Report(ID, answer.at, Level.MAJOR)

    age = timedelta(minutes=9)
    first = Answer("u", b"one", NOW, max_age=age).parsed(parse, None)
    assert first.next_check == age
    later = Answer("u", b"one", NOW + timedelta(hours=1))
    again = later.parsed(parse, first)
    assert again == replace(first, at=later.at, next_check=None)
    assert len(parsed) == 1
    Answer("u", b"two", NOW).parsed(parse, again)
    assert len(parsed) == 2


def test_a_kept_digest_is_not_worked_out_again() -> None:
    assert Answer("u", b"one", NOW, fingerprint="known").fingerprint == "known"


def test_a_slow_source_keeps_its_reports_longer() -> None:
    hourly = Cadence(timedelta(hours=1), timedelta(hours=1), timedelta(hours=2))
    slow = SourceInfo(ID, "Slow", "x", "regional", hourly)
    quick = SourceInfo(ID, "Quick", "x", "official", Cadence())
    assert slow.shelf_life == timedelta(hours=3)
    assert quick.shelf_life == timedelta(minutes=30)


def test_what_the_catalog_says_goes_before_what_the_family_knows() -> None:
    spec = SourceSpec(ID, "slack", "A page", note="Ours.")

    def made(spec: SourceSpec, note: str = "") -> SourceInfo:
        urls = ("https://a.example/now",)
        return SourceInfo.of(
            spec, kind="people", cadence=Cadence(), urls=urls, note=note
        )

    info = made(spec, "Theirs.")
    assert (info.id, info.name, info.family) == (ID, "A page", "slack")
    assert (info.kind, info.urls) == ("people", ("https://a.example/now",))
    assert (info.page, info.verified, info.note) == ("", True, "Ours.")
    assert made(replace(spec, note=""), "Theirs.").note == "Theirs."
    assert made(replace(spec, note="")).note == ""


def test_of_an_option_the_first_value_counts() -> None:
    spec = SourceSpec(ID, "slack", "A page", options={"page": ("a", "b"), "no": ()})
    assert spec.option("page", "z") == spec.needed("page") == "a"
    assert spec.option("slug", "z") == spec.needed("slug", "z") == "z"
    assert spec.option("no", "z") == "z"
    assert spec.option("slug") == ""


def test_an_option_is_named_when_it_is_missing() -> None:
    with pytest.raises(errors.CatalogError, match="x: option 'slug'"):
        SourceSpec(ID, "slack", "A page").needed("slug")


def test_a_service_is_found_by_any_of_its_names() -> None:
    service = Service(ServiceSlug("github"), "GitHub", "developer", (), aliases=("GH",))
    assert service.matches("gh")
    assert service.matches("GIT hub")
    assert service.matches("")
    assert not service.matches("git lab")
    assert service.speaker == "GitHub"
    assert replace(service, owner="Microsoft").speaker == "Microsoft"


def test_the_snapshots_level_is_the_worst_known() -> None:
    service = Service(ServiceSlug("a"), "A", "x", ())

    def view(level: Level | None) -> ServiceView:
        return ServiceView(service, Verdict(level), ())

    levels = (None, Level.DEGRADED, Level.OPERATIONAL)
    assert Snapshot(NOW, tuple(map(view, levels))).level is Level.DEGRADED
    assert Snapshot(NOW, (view(None),)).level is None


def test_messages_of_one_outage_share_a_key() -> None:
    event = Event("1", NOW, ServiceSlug("a"), Turn.BEGAN, None, "", "", "", "e")
    end = replace(event, id="2", turn=Turn.ENDED)
    assert Message(event, "", "").key == Message(end, "", "").key
    other = replace(event, service=ServiceSlug("b"), cause="meta")
    assert Message(other, "", "").key == Message(replace(end, cause="meta"), "", "").key
    # What tells of one outage in one go takes its place; of several, nobody's.
    assert Message(end, "", "", others=(event,)).key == Message(end, "", "").key
    several = Message(end, "", "", others=(other, event))
    assert several.key == "digest:2"
    assert several.events == (other, event, end)


def test_beginnings_confirmations_and_ends_are_worth_telling_unless_held() -> None:
    worth = [turn for turn in Turn if turn.is_worth_telling]
    assert worth == [Turn.BEGAN, Turn.ENDED, Turn.CONFIRMED, Turn.UNSTABLE]
    event = Event("1", NOW, ServiceSlug("a"), Turn.BEGAN, None, "", "", "", "e")
    assert event.is_worth_telling
    assert not replace(event, held="It changes too often.").is_worth_telling
    assert not replace(event, turn=Turn.UPDATE).is_worth_telling


def test_settings_have_patience() -> None:
    assert Settings(confirm_begin=2, confirm_end=3).patience == Patience(2, 3)


def test_what_came_but_was_no_use_is_no_silence() -> None:
    assert errors.Unreachable("x", "timeout").is_silence
    assert not errors.Unreachable("x", "unusable").is_silence
    for reason in ("tls", "expired", "untrusted"):  # somebody showed a certificate
        assert not errors.Unreachable("x", reason).is_silence


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (errors.Unreachable("x", "dns"), "Name not found"),
        (errors.Unreachable("x", "resolver"), "Name look-up failed"),
        (errors.Unreachable("x", "reset"), "Connection cut off"),
        (errors.Unreachable("x", "expired"), "Certificate expired"),
        (errors.Unreachable("x", "untrusted"), "Certificate not trusted"),
        (errors.Unreachable("x"), "Not reachable"),
        (errors.Unreachable("x", "unusable"), "Answer not usable"),
        (errors.Refused(429, timedelta(seconds=5)), "Refused (HTTP 429)"),
        (errors.Unreadable("x"), "Answer not understood"),
    ],
)
def test_errors_have_titles_for_people(error: errors.SourceError, title: str) -> None:
    assert error.title == title
    assert error.words == f"{title}. {error.hint}".strip()
