"""A country's Internet: alerts of several signals, and what they add up to."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.errors import CatalogError, Unreadable
from downlight.core.level import Level
from downlight.core.model import Report, SourceId
from downlight.core.source import SourceSpec
from downlight.sources.regional.ioda import LIMIT, build, parse
from tests.doubles import NOW, RecordedWeb
from tests.sources.shelf import FIXTURES, answer, read, shelved

SHELF = FIXTURES / "ioda"
ID = SourceId("ioda")


def spec(**options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(ID, "ioda", "IODA", options=options)


def levels(report: Report) -> dict[str, Level | None]:
    return {reading.place.code: reading.level for reading in report.readings}


def test_two_signals_that_have_fallen_are_trouble_of_the_whole_country() -> None:
    report = shelved("ioda", "outage.json")
    malta = next(r for r in report.readings if r.place.code == "MT")
    assert malta.level is Level.MAJOR
    assert (malta.place.name, malta.place.countries) == ("Malta", ("MT",))
    assert (malta.measurements, malta.failing, malta.blocked) == (4, 2, False)


@pytest.mark.parametrize("name", ["outage.json", "odd.json"])
def test_a_countrys_internet_is_not_taken_for_the_service(name: str) -> None:
    readings = shelved("ioda", name).readings
    assert readings
    assert all(r.internet and r.networks is None for r in readings)


def test_a_reading_is_as_old_as_its_newest_alert_and_without_one_of_no_age() -> None:
    report = parse(ID, answer((SHELF / "outage.json").read_bytes()), {"IS", "MT"})
    ages = {r.place.code: r.at for r in report.readings}
    assert ages["MT"] == datetime.fromtimestamp(1791100200, UTC)
    assert ages["IS"] is None


def test_the_telescope_under_its_old_and_new_name_is_one_signal() -> None:
    assert levels(shelved("ioda", "outage.json"))["BT"] is Level.DEGRADED


def test_a_normal_alert_ends_the_one_before_whatever_their_order() -> None:
    assert levels(shelved("ioda", "outage.json"))["FJ"] is Level.OPERATIONAL


def test_what_fell_hours_ago_and_is_not_back_is_still_trouble() -> None:
    assert levels(shelved("ioda", "outage.json"))["LA"] is Level.DEGRADED


def test_a_new_word_for_a_signal_is_not_called_well() -> None:
    report = shelved("ioda", "odd.json")
    assert levels(report)["PE"] is None


def test_what_is_no_country_is_left_out_and_googles_signals_are_one() -> None:
    assert levels(shelved("ioda", "odd.json")) == {"PE": None, "TO": Level.OPERATIONAL}


@pytest.mark.parametrize("name", ["all-well.json", "outage.json"])
def test_a_country_never_gives_a_service_a_level(name: str) -> None:
    assert shelved("ioda", name).level is None


def test_a_country_that_was_asked_for_and_has_no_alert_is_well() -> None:
    quiet = answer((SHELF / "all-well.json").read_bytes())
    assert levels(parse(ID, quiet)) == {}
    assert levels(parse(ID, quiet, ("MT", "FJ"))) == {
        "FJ": Level.OPERATIONAL,
        "MT": Level.OPERATIONAL,
    }


def test_an_answer_that_may_be_cut_off_is_not_believed() -> None:
    value = json.loads((SHELF / "outage.json").read_bytes())
    value["data"] = value["data"][:1] * LIMIT
    with pytest.raises(Unreadable, match="more alerts"):
        read("ioda", json.dumps(value))


@pytest.mark.parametrize(
    "change", [{"error": "no such entity"}, {"data": None}, {"type": None}]
)
def test_an_error_in_the_same_envelope_is_refused(change: dict[str, object]) -> None:
    value = json.loads((SHELF / "all-well.json").read_bytes())
    with pytest.raises(Unreadable):
        read("ioda", json.dumps(value | change))


def test_an_alert_without_a_time_ends_nothing() -> None:
    value = json.loads((SHELF / "outage.json").read_bytes())
    value["data"][4]["time"] = "late"
    with pytest.raises(Unreadable, match="without a time"):
        read("ioda", json.dumps(value))


def test_it_asks_for_the_last_week_of_the_chosen_countries_hourly() -> None:
    source = build(spec(countries=("mt", "FJ"), api=("http://127.0.0.1:8/",)))
    assert (source.info.kind, source.info.verified) == ("regional", False)
    assert source.info.cadence.quick == timedelta(hours=1)
    end = int(NOW.timestamp())
    url = (
        "http://127.0.0.1:8/v2/outages/alerts/country/MT,FJ"
        f"?from={end - 7 * 86_400}&until={end}&limit={LIMIT}"
    )
    body = (SHELF / "all-well.json").read_bytes()
    web = RecordedWeb({url: body}, max_age=timedelta(minutes=9))
    report = asyncio.run(source.read(web))
    assert levels(report) == {"FJ": Level.OPERATIONAL, "MT": Level.OPERATIONAL}
    assert report.next_check == timedelta(minutes=9)
    assert build(spec(countries=("MT",))).info.urls[0].startswith("https://api.ioda.")


@pytest.mark.parametrize("countries", [(), ("QQ",), ("MT", "Malta")])
def test_countries_that_there_are_not_are_a_mistake(countries: tuple[str, ...]) -> None:
    with pytest.raises(CatalogError, match="countries"):
        build(spec(countries=countries))
