"""Outages noted by hand: what is named is trouble, what is not named is unknown."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from downlight.core.errors import CatalogError, NoKey, Unreadable
from downlight.core.level import Level
from downlight.core.model import Report, SourceId
from downlight.core.source import SourceSpec
from downlight.sources.regional.cloudflare_radar import QUERY, SECRET, build
from tests.doubles import RecordedWeb
from tests.sources import shelf
from tests.sources.shelf import FIXTURES, read, shelved

FAMILY = "cloudflare-radar"
URL = f"https://api.cloudflare.com/{QUERY}"
BODY = (FIXTURES / FAMILY / "outage.json").read_bytes()


def spec(**options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId("radar"), FAMILY, "Radar", options=options)


def levels(report: Report) -> dict[str, Level | None]:
    return {reading.place.code: reading.level for reading in report.readings}


def test_only_what_goes_on_now_colours_a_country() -> None:
    report = shelved(FAMILY, "outage.json")
    assert levels(report) == {
        "FJ": Level.DEGRADED,
        "PE": Level.MAJOR,  # two notes: the worse one, which ends later today
        "TO": Level.MAJOR,
    }
    assert report.readings[0].place.name == "Fiji"
    assert all(r.internet and r.at is None for r in report.readings)
    assert report.level is None


def test_a_country_that_nobody_wrote_about_is_not_called_well() -> None:
    report = shelved(FAMILY, "all-well.json")
    assert (report.readings, report.level) == ((), None)


def test_an_unknown_kind_of_outage_is_no_less_than_troubled() -> None:
    report = shelved(FAMILY, "odd.json")
    assert levels(report) == {"BT": Level.DEGRADED, "TO": Level.DEGRADED}


@pytest.mark.parametrize(
    "body",
    [
        '{"success":false,"errors":[{"code":10000}],"messages":[],"result":null}',
        '{"success":false,"result":{"annotations":[]}}',
        '{"success":true,"result":null}',
        '{"success":true,"result":{"trafficAnomalies":[]}}',
    ],
)
def test_errors_in_the_same_envelope_are_refused(body: str) -> None:
    with pytest.raises(Unreadable):
        read(FAMILY, body)


def test_the_token_goes_with_the_question_and_nowhere_else() -> None:
    source = build(spec(countries=("fj",)))
    web = RecordedWeb(
        {URL: BODY},
        secrets={SECRET: "t0k3n"},
        at=shelf.NOW,
        max_age=timedelta(hours=2),
    )
    report = asyncio.run(source.read(web))
    assert web.sent == [{"Authorization": "Bearer t0k3n"}]
    assert web.asked == [URL]
    assert "t0k3n" not in repr(source)
    assert levels(report) == {"FJ": Level.DEGRADED}
    assert report.next_check == timedelta(hours=2)


def test_without_countries_all_are_told() -> None:
    source = build(spec(api=("http://127.0.0.1:9",)))
    web = RecordedWeb(
        {f"http://127.0.0.1:9/{QUERY}": BODY},
        secrets={SECRET: "t0k3n"},
        at=shelf.NOW,
    )
    assert len(asyncio.run(source.read(web)).readings) == 3
    assert (source.info.kind, source.info.verified) == ("regional", False)


def test_without_a_token_nothing_is_asked() -> None:
    web = RecordedWeb({URL: BODY})
    with pytest.raises(NoKey):
        asyncio.run(build(spec()).read(web))
    assert web.asked == []


def test_a_country_that_there_is_not_is_a_mistake() -> None:
    with pytest.raises(CatalogError, match="countries"):
        build(spec(countries=("Fiji",)))
