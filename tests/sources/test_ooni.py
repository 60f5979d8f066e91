"""Counts of measurements by country, and what they do not say."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from downlight.core.errors import CatalogError, Unreachable, Unreadable
from downlight.core.level import Level
from downlight.core.model import RegionReading, Report, SourceId
from downlight.core.places.countries import COUNTRIES, country
from downlight.core.ports import Answer
from downlight.core.source import SourceSpec
from downlight.sources.regional.ooni import TESTS, build, parse
from tests.doubles import NOW, RecordedWeb

SHELF = Path(__file__).parents[1] / "fixtures" / "ooni"
ID = SourceId("ooni:whatsapp")
ADDRESS = "https://api.ooni.io/api/v1/aggregation?test_name=whatsapp&axis_x=probe_cc"
RECENT = f"{ADDRESS}&axis_y=probe_asn&since=2026-11-20&until=2026-11-22"
BEFORE = f"{ADDRESS}&since=2026-11-06&until=2026-11-20"


def answer(body: bytes | str) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return Answer(RECENT, data, NOW)


def shelf(name: str) -> Answer:
    return answer((SHELF / f"{name}.json").read_bytes())


def by_country(report: Report) -> dict[str, RegionReading]:
    return {reading.place.code: reading for reading in report.readings}


def spec(*test: str) -> SourceSpec:
    return SourceSpec(ID, "ooni", "OONI", options={"test": test} if test else {})


def ask(web: RecordedWeb, test: str = "whatsapp") -> Report:
    return asyncio.run(build(spec(test)).read(web))


@pytest.fixture
def both() -> dict[str, RegionReading]:
    return by_country(
        parse(ID, shelf("two_days"), shelf("fortnight_before"), vetted=True)
    )


def test_where_most_get_through_it_works(both: dict[str, RegionReading]) -> None:
    italy = both["IT"]
    assert italy.place.name == "Italy"
    assert italy.level is Level.OPERATIONAL
    assert (italy.measurements, italy.failing, italy.networks) == (100, 4, 2)
    assert not italy.blocked
    assert not italy.sudden


def test_where_many_fail_of_a_sudden_it_may_be_blocked(
    both: dict[str, RegionReading],
) -> None:
    iran = both["IR"]
    assert iran.blocked
    assert iran.sudden
    assert iran.level is None
    assert (iran.measurements, iran.failing, iran.networks) == (100, 75, 2)


def test_where_as_many_failed_before_we_do_not_know(
    both: dict[str, RegionReading],
) -> None:
    china = both["CN"]
    assert (china.blocked, china.sudden, china.level) == (False, False, None)


def test_trouble_of_one_network_is_not_called_a_block(
    both: dict[str, RegionReading],
) -> None:
    egypt = both["EG"]
    assert (egypt.measurements, egypt.failing, egypt.networks) == (100, 70, 1)
    assert egypt.sudden
    assert (egypt.blocked, egypt.level) == (False, None)


def test_a_network_nobody_knows_or_that_measured_nothing_does_not_count(
    both: dict[str, RegionReading],
) -> None:
    france, mexico = both["FR"], both["MX"]
    assert (france.measurements, france.networks) == (50, 1)
    assert (mexico.measurements, mexico.networks) == (40, None)
    assert france.level is mexico.level is None


def test_of_a_test_with_known_false_alarms_blocked_is_never_said() -> None:
    report = parse(ID, shelf("two_days"), shelf("fortnight_before"))
    assert not any(reading.blocked for reading in report.readings)
    assert by_country(report)["IR"].sudden


def test_where_little_is_measured_we_do_not_know(
    both: dict[str, RegionReading],
) -> None:
    tuvalu = both["TV"]
    assert (tuvalu.measurements, tuvalu.level, tuvalu.blocked) == (9, None, False)


def test_where_little_was_measured_before_nothing_is_sudden(
    both: dict[str, RegionReading],
) -> None:
    assert (both["CU"].blocked, both["CU"].level) == (False, None)


def test_rows_of_one_country_are_added_up(both: dict[str, RegionReading]) -> None:
    brazil = both["BR"]
    assert (brazil.measurements, brazil.failing) == (100, 60)
    assert brazil.blocked  # nothing failed before


def test_a_code_that_is_no_country_is_left_out(both: dict[str, RegionReading]) -> None:
    assert "ZZ" not in both


def test_without_the_time_before_nothing_counts_as_blocked() -> None:
    report = parse(ID, shelf("two_days"), vetted=True)
    assert not any(reading.blocked or reading.sudden for reading in report.readings)


def test_measurements_never_give_the_service_a_level() -> None:
    assert parse(ID, shelf("two_days"), shelf("fortnight_before")).level is None


def test_counts_of_a_period_are_dated_to_its_middle() -> None:
    report = parse(ID, shelf("two_days"), since=NOW - timedelta(hours=30))
    assert {reading.at for reading in report.readings} == {NOW - timedelta(hours=15)}


def test_without_a_beginning_nobody_knows_when_it_was_measured() -> None:
    assert {reading.at for reading in parse(ID, shelf("two_days")).readings} == {None}


def test_nothing_measured_is_no_reading() -> None:
    assert parse(ID, shelf("nothing_measured")).readings == ()


def test_a_single_row_may_stand_alone() -> None:
    report = parse(ID, answer('{"result":{"probe_cc":"IT","measurement_count":5}}'))
    assert by_country(report)["IT"].measurements == 5


@pytest.mark.parametrize(
    "counts",
    [
        '"measurement_count":5,"failure_count":9,"anomaly_count":3',
        '"measurement_count":-5,"failure_count":-9',
        '"measurement_count":null',
        '"anomaly_count":7',
    ],
)
def test_counts_that_cannot_be_are_none(counts: str) -> None:
    report = parse(ID, answer(f'{{"result":[{{"probe_cc":"IT",{counts}}}]}}'))
    reading = by_country(report)["IT"]
    assert 0 <= reading.failing <= reading.measurements
    assert reading.level is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('{"error":"bad parameter"}', "no counts"),
        ('{"v":0,"error":"late","result":[]}', "no counts"),
        ('{"detail":"bad"}', "no counts"),
        ('{"result":{"measurement_count":70}}', "no country"),
        ('{"result":[{"measurement_start_day":"2026-11-20"}]}', "no country"),
        ('{"result":null}', "shape"),
        ('{"result":[7]}', "shape"),
        ('{"result":[{"probe_cc":"IT","anomaly_count":"x"}]}', "shape"),
        ("[]", "shape"),
        ('{"test_name":"whatsapp","test_keys":{}}', "single measurements"),
        ('{"metadata":{},"results":[]}', "single measurements"),
        ("<html></html>", "web page"),
        ("", "empty"),
    ],
)
def test_everything_else_is_not_readable(body: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        parse(ID, answer(body))


def test_the_last_days_and_the_fortnight_before_are_asked_for() -> None:
    web = RecordedWeb(
        {RECENT: shelf("two_days").body, BEFORE: shelf("fortnight_before").body},
        max_age=timedelta(minutes=20),
    )
    report = ask(web)
    assert web.asked == [RECENT, BEFORE]
    assert by_country(report)["IR"].blocked
    at = by_country(report)["IR"].at
    assert at is not None  # the middle of a day and a half, and a millisecond
    assert at.replace(microsecond=0) == datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert report.next_check == timedelta(minutes=20)


@pytest.mark.parametrize("test", sorted(TESTS))
def test_only_tests_without_known_false_alarms_say_blocked(test: str) -> None:
    web = RecordedWeb(
        {
            address.replace("whatsapp", test): shelf(name).body
            for address, name in ((RECENT, "two_days"), (BEFORE, "fortnight_before"))
        }
    )
    iran = by_country(ask(web, test))["IR"]
    assert iran.sudden
    assert iran.blocked is (test in {"whatsapp", "signal"})


@pytest.mark.parametrize("broken", [Unreachable("off"), '{"error":"quota exceeded"}'])
def test_without_the_fortnight_the_days_still_count(broken: Unreachable | str) -> None:
    report = ask(RecordedWeb({RECENT: shelf("two_days").body, BEFORE: broken}))
    assert by_country(report)["IT"].level is Level.OPERATIONAL
    assert not by_country(report)["IR"].blocked


def test_without_the_last_days_there_is_no_report() -> None:
    web = RecordedWeb({BEFORE: shelf("fortnight_before").body})
    with pytest.raises(Unreachable):
        ask(web)
    assert web.asked == [RECENT]


@pytest.mark.parametrize("test", sorted(TESTS))
def test_each_app_is_asked_for_hourly(test: str) -> None:
    info = build(spec(test)).info
    assert info.kind == "regional"
    assert info.cadence.every == info.cadence.quick == timedelta(hours=1)
    assert f"test_name={test}&" in info.urls[0]


@pytest.mark.parametrize("test", [(), ("tor",), ("whatsapp", "signal")])
def test_an_unknown_test_is_a_mistake_of_the_catalog(test: tuple[str, ...]) -> None:
    with pytest.raises(CatalogError):
        build(spec(*test))


def test_every_country_has_a_name_of_its_own() -> None:
    assert len(COUNTRIES) == 250  # 249 of ISO 3166-1, and Kosovo
    assert len(set(COUNTRIES.values())) == 250
    assert all(len(c) == 2 and c.isupper() and name for c, name in COUNTRIES.items())
    assert country("CI") == "Ivory Coast"
    assert country("??") == "??"
