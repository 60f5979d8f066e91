"""The past of a service, from the disk to what is said of a day."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from downlight import history, wiring
from downlight.core.errors import CatalogError, Refused, Unreachable
from downlight.core.health import Health, Kept
from downlight.core.history.past import Kind, Origin, Span
from downlight.core.history.when import answer
from downlight.core.level import Level
from downlight.core.model import Component, Incident, Report, ServiceSlug, SourceId
from downlight.core.news import Event, Turn
from downlight.core.places.countries import COUNTRIES
from downlight.engine.recording import Entry, Recording
from downlight.storage.journal import Journal
from downlight.storage.resources import resource
from tests.doubles import RecordedWeb

if TYPE_CHECKING:
    from pathlib import Path

    from downlight.core.history.past import Outage, Past, Record

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
GITHUB = ServiceSlug("github")
LIST = "https://www.githubstatus.com/api/v2/incidents.json"


def past(folder: Path, slug: str) -> Past:
    found = history.past(wiring.open_home(folder), slug, lambda: NOON)
    assert found is not None
    return found


def official(folder: Path, slug: str) -> SourceId:
    plan, _ = wiring.plan([slug], wiring.open_home(folder))
    return next(s.info.id for s in plan.sources if s.info.kind == "official")


def whatsapp() -> Record:
    found = history.public_record("whatsapp")
    assert found is not None
    return found


def fill(journal: Journal, page: SourceId, *incidents: Incident) -> None:
    """Have a page list incidents, and be read all day."""
    parts = (Component("c1", "Git Operations", Level.OPERATIONAL),)
    report = Report(page, NOON, components=parts, incidents=incidents)
    journal.write(NOON, [report], {}, [])
    for minutes in range(-720, 1, 20):
        answered = NOON + timedelta(minutes=minutes)
        journal.write_health({page: Kept(answered, Health(answered=answered))})


INCIDENT = Incident(
    "i1",
    "Pushes fail",
    Level.MAJOR,
    None,
    open=False,
    started_at=NOON - 3 * HOUR,
    ended_at=NOON - 2 * HOUR,
    component_ids=("c1",),
)


def test_nobody_knows_the_past_of_what_nobody_knows(tmp_path: Path) -> None:
    assert history.past(wiring.open_home(tmp_path), "atlantis") is None


def test_before_the_first_look_there_is_the_public_record(tmp_path: Path) -> None:
    it = past(tmp_path, "whatsapp")
    assert len(it.outages) == 35
    assert it.watched == ()
    assert past(tmp_path, "github").outages == ()
    assert list(tmp_path.iterdir()) == []


def test_what_the_journal_holds_is_found(tmp_path: Path) -> None:
    page = official(tmp_path, "github")
    began = Event(
        "github/e/began", NOON - 2.5 * HOUR, GITHUB, Turn.BEGAN, Level.MAJOR, "", "", ""
    )
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        fill(journal, page, INCIDENT)
        journal.write(NOON, [], {}, [began])
    it = past(tmp_path, "github")
    (outage,) = it.outages
    assert outage.origins == (Origin.TOLD,)
    assert outage.length == HOUR
    assert it.looked(NOON - 12 * HOUR, NOON) == 12 * HOUR
    words = answer(it, NOON.date(), UTC).sentence
    assert words.startswith("On 20 November 2026 GitHub was down. From 09:00 to 10:00")


def test_parts_that_do_not_count_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[parts]\ngithub = ["Actions"]\n', "utf-8")
    page = official(tmp_path, "github")
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        fill(journal, page, INCIDENT)
    assert past(tmp_path, "github").outages == ()
    (tmp_path / "settings.toml").write_text(
        '[parts]\ngithub = ["Git Operations"]\n', "utf-8"
    )
    assert len(past(tmp_path, "github").outages) == 1


def test_parts_are_chosen_before_anything_was_read(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[parts]\ngithub = ["Actions"]\n', "utf-8")
    Journal.open(tmp_path / "journal.sqlite").close()
    assert past(tmp_path, "github").outages == ()


def test_a_replay_is_not_the_past(tmp_path: Path) -> None:
    page = official(tmp_path, "github")
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        journal.set_meta(wiring.MARK, "a recording")
        fill(journal, page, INCIDENT)
    assert past(tmp_path, "github").outages == ()
    with Journal.open(tmp_path / wiring.LIVE_JOURNAL) as journal:
        journal.set_meta(wiring.MARK, wiring.LIVE)
        fill(journal, page, INCIDENT)
    assert len(past(tmp_path, "github").outages) == 1


def test_a_replay_knows_what_it_told_and_the_record_up_to_then(
    tmp_path: Path,
) -> None:
    plan, _ = wiring.plan(["whatsapp", "github"], wiring.open_home(tmp_path))
    page = next(
        it.info for it in plan.sources if it.info.urls and "github" in it.info.id
    )
    url, then = page.urls[0], datetime(2021, 10, 4, 16, tzinfo=UTC)
    tape = Recording(
        tmp_path,
        (
            Entry(NOON - 6 * HOUR, url, 200),
            Entry(NOON - 4 * HOUR, url, error="timeout"),
            Entry(NOON - 3 * HOUR, url, 500),
            Entry(NOON - 2 * HOUR, url, 200),
            Entry(NOON - HOUR, "https://else.example/", 200),
            Entry(NOON + HOUR, url, 200),
        ),
        "",
    )
    with Journal.in_memory() as journal:
        it = history.replayed(tape, plan, "whatsapp", journal, then)
        assert it is not None
        assert (it.now, it.watched) == (then, ())
        assert it.outages[-1].id == "wa-2021-08-12-zm"
        assert it.record is not None
        assert it.record.as_of == then.date()
        fill(journal, page.id, INCIDENT)
        it = history.replayed(tape, plan, "github", journal, NOON)
        assert it is not None
        assert [outage.incidents for outage in it.outages] == [("i1",)]
        assert it.watched == (
            Span(NOON - 6 * HOUR, NOON - 4 * HOUR),
            Span(NOON - 2 * HOUR, NOON),
        )
        assert it.record is None
        assert history.replayed(tape, plan, "slack", journal, NOON) is None


def listing(*ids: str) -> str:
    """Return what a page lists of the past, each incident a day older."""
    incidents = [
        {
            "id": id_,
            "name": "Pushes fail",
            "status": "resolved",
            "impact": "major",
            "started_at": (NOON - timedelta(days=number + 1)).isoformat(),
            "resolved_at": (NOON - timedelta(days=number + 1) + HOUR).isoformat(),
        }
        for number, id_ in enumerate(ids)
    ]
    return json.dumps({"incidents": incidents})


def backfill(
    folder: Path, web: RecordedWeb, at: datetime = NOON, slug: str = "github"
) -> bool:
    home = wiring.open_home(folder)
    return asyncio.run(history.backfill(web, home, slug, lambda: at))


def test_what_the_page_lists_of_the_past_is_asked_once_and_kept(
    tmp_path: Path,
) -> None:
    web = RecordedWeb({LIST: listing("a", "b", "c")})
    assert backfill(tmp_path, web)
    it = past(tmp_path, "github")
    assert [outage.incidents for outage in it.outages] == [("c",), ("b",), ("a",)]
    assert it.listed == Span(NOON - timedelta(days=3), NOON)
    assert not backfill(tmp_path, web, NOON + timedelta(days=29))
    assert web.asked == [LIST]
    web.answers[LIST] = listing()
    assert backfill(tmp_path, web, NOON + timedelta(days=30))
    it = past(tmp_path, "github")
    assert len(it.outages) == 3
    assert it.listed is None


def test_a_page_without_a_list_is_not_asked_again_soon(tmp_path: Path) -> None:
    web = RecordedWeb({LIST: Refused(404)})
    assert backfill(tmp_path, web)
    assert not backfill(tmp_path, web)
    assert past(tmp_path, "github").listed is None


def test_a_page_that_does_not_answer_is_asked_again(tmp_path: Path) -> None:
    web = RecordedWeb({})
    for _ in range(2):
        with pytest.raises(Unreachable):
            backfill(tmp_path, web)
    assert web.asked == [LIST, LIST]


def test_who_lists_nothing_of_the_past_is_not_asked(tmp_path: Path) -> None:
    web = RecordedWeb({})
    assert not backfill(tmp_path, web, slug="imessage")
    assert web.asked == []


def test_a_list_that_was_only_just_begun_covers_no_time(tmp_path: Path) -> None:
    page = official(tmp_path, "github")
    for said in (f"{NOON.isoformat()} {NOON.isoformat()}", "once upon a time"):
        with Journal.open(tmp_path / "journal.sqlite") as journal:
            journal.write_listed(page, (), NOON, said)
        assert past(tmp_path, "github").listed is None


def test_a_record_that_is_broken_says_so(tmp_path: Path) -> None:
    file = tmp_path / "chat.toml"
    for text in ("as_of = [", "as_of = 2026-11-01\n", "outage = 3"):
        file.write_text(text, "utf-8")
        with pytest.raises(CatalogError, match=r"chat\.toml"):
            history.record_in(file)


def test_every_shipped_record_is_of_a_service_and_can_be_read() -> None:
    known = {service.slug for service in wiring.whole_catalog().services}
    for file in resource("outages").glob("*"):
        assert file.suffix == ".toml"
        assert file.stem in known
        assert history.public_record(file.stem) is not None


@pytest.mark.parametrize("outage", whatsapp().outages, ids=lambda it: it.id)
def test_each_outage_of_the_record_has_its_sources_and_contradicts_nothing(
    outage: Outage,
) -> None:
    assert outage.sources
    assert all(url.startswith(("https://", "http://")) for url in outage.sources)
    assert outage.trust in {"high", "medium", "low"}
    assert set(outage.countries) <= set(COUNTRIES)
    assert outage.what.endswith(".")
    assert outage.where
    assert outage.begun.date() <= whatsapp().as_of
    if outage.word is not None:
        assert outage.word >= outage.begun
    if outage.lasted is not None and outage.ended is not None:
        margin = outage.precision or timedelta()
        assert outage.lasted <= outage.ended - outage.begun + margin
    assert (outage.root is None) <= (not outage.sure)
    assert (outage.cause != "") >= (outage.root is not None)


def test_blocks_and_siblings_of_whatsapp_are_told_apart() -> None:
    kinds = [outage.kind for outage in whatsapp().outages]
    assert (kinds.count(Kind.OUTAGE), kinds.count(Kind.BLOCK)) == (26, 7)
    assert kinds.count(Kind.SIBLING) == 2


def test_the_answer_for_a_known_day_of_whatsapp(tmp_path: Path) -> None:
    it = past(tmp_path, "whatsapp")
    assert answer(it, date(2022, 10, 25), UTC).down is True
    assert answer(it, date(2022, 10, 24), UTC).down is None
    assert answer(it, date(2016, 5, 2), UTC).down is None
