"""What pages list of the past is asked for where they list it, and nowhere else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import Refused, Unreachable
from downlight.core.model import SourceId
from downlight.core.source import SourceSpec
from downlight.sources import backlog
from tests.doubles import RecordedWeb
from tests.sources.shelf import FIXTURES

if TYPE_CHECKING:
    from downlight.core.errors import SourceError
    from downlight.core.model import Incident

SITE = "https://status.maker.example"
LIST = f"{SITE}/api/v2/incidents.json"
PAST = (FIXTURES / "statuspage" / "incidents-only.json").read_bytes()
META = (FIXTURES / "meta" / "made_up_history.json").read_bytes()


def spec(family: str, url: str = SITE, *orgs: str) -> SourceSpec:
    options = {"orgs": orgs} if orgs else {}
    return SourceSpec(SourceId("s"), family, "Maker's page", url, options)


def read(
    it: SourceSpec, answers: dict[str, bytes | str | SourceError]
) -> tuple[Incident, ...] | None:
    return asyncio.run(backlog.read(RecordedWeb(answers), it))


@pytest.mark.parametrize(
    ("it", "urls"),
    [
        (spec("statuspage"), (LIST,)),
        (spec("statuspage", f"{SITE}/"), (LIST,)),
        (spec("statuspage", f"{SITE}/api/v2/summary.json"), (LIST,)),
        (
            spec("meta", SITE, "a", "b"),
            tuple(f"{SITE}/data/outages/{org}.history.json" for org in "ab"),
        ),
        (spec("meta"), ()),
        (spec("meta", "", "a"), ()),
        (spec("gatus"), ()),
    ],
)
def test_each_family_has_its_places(it: SourceSpec, urls: tuple[str, ...]) -> None:
    assert backlog.addresses(it) == urls


def test_what_is_over_is_read_by_the_family_itself() -> None:
    found = read(spec("statuspage"), {LIST: PAST})
    assert found
    assert "r3s0lved0001" in {incident.id for incident in found}


def test_of_several_lists_one_that_cannot_be_read_is_left_out() -> None:
    first, second = backlog.addresses(spec("meta", SITE, "a", "b"))
    found = read(spec("meta", SITE, "a", "b"), {first: "<html>", second: META})
    assert found
    assert {part for it in found for part in it.component_ids} >= {"b/4"}


@pytest.mark.parametrize("answer", ["<html>", Refused(404), Refused(410)])
def test_where_there_is_no_list_nothing_is_known(answer: str | SourceError) -> None:
    assert read(spec("statuspage"), {LIST: answer}) is None
    assert read(spec("gatus"), {}) is None


@pytest.mark.parametrize("error", [Refused(503), Refused(429), Unreachable("no")])
def test_who_does_not_answer_now_may_answer_later(error: SourceError) -> None:
    with pytest.raises(type(error)):
        read(spec("statuspage"), {LIST: error})
