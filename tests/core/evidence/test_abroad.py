"""Readings of many reports, and what of them the rule is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from downlight.core.evidence import abroad
from downlight.core.fusion import voices
from downlight.core.fusion.findings import Sign
from downlight.core.fusion.seen import Country
from downlight.core.model import Place, RegionReading, Report, SourceId

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD = NOW - 20 * HOUR


def reading(code: str, failing: int = 0, measured: int = 20) -> RegionReading:
    return RegionReading(
        Place(code, code),
        level=None,
        measurements=measured,
        failing=failing,
        networks=3,
        at=OLD,
    )


def sudden(code: str, failing: int = 15) -> RegionReading:
    return replace(reading(code, failing), sudden=True)


def countries(*readings: RegionReading, home: str = "") -> tuple[Country, ...]:
    report = Report(SourceId("ooni"), NOW, readings=readings)
    return abroad.countries([report], NOW, home)


def test_without_reports_there_is_no_country() -> None:
    assert abroad.countries([], NOW) == ()


def test_each_country_is_told_once_in_the_order_of_its_code() -> None:
    assert countries(sudden("PE"), reading("IS", 1)) == (
        Country("IS", OLD, 1, 20, 3),
        Country("PE", OLD, 15, 20, 3),
    )


def test_what_names_no_networks_stands_for_one_and_does_not_speak() -> None:
    found = countries(replace(sudden("PE"), networks=None), home="PE")
    assert [c.networks for c in found] == [1]
    told = voices.of_countries(found, "PE", NOW)
    assert told is not None
    assert told.sign is Sign.NOT_TOLD


@pytest.mark.parametrize(
    "odd",
    [
        replace(sudden("PE"), at=None),
        replace(sudden("PE"), internet=True),
        sudden("eu-west-1"),
    ],
)
def test_what_is_of_no_age_of_no_country_or_of_all_its_internet_is_left_out(
    odd: RegionReading,
) -> None:
    assert countries(odd, home="PE") == ()


def test_what_has_failed_for_long_counts_only_for_who_lives_there() -> None:
    blocked = tuple(reading(code, 18) for code in ("CN", "IR", "RU"))
    assert countries(*blocked) == ()
    found = countries(*blocked, home="IR")
    assert [c.code for c in found] == ["IR"]
    told = voices.of_countries(found, "IR", NOW)
    assert told is not None
    assert told.sign is Sign.HOME_FAILS


def test_what_fails_of_a_sudden_in_several_countries_is_told() -> None:
    found = countries(*(sudden(code) for code in ("BR", "IT", "ZA")), reading("IS"))
    told = voices.of_countries(found, "IS", NOW)
    assert told is not None
    assert told.sign is Sign.MANY_FAIL


def test_where_less_than_half_fail_it_need_not_be_sudden() -> None:
    assert [c.failing for c in countries(reading("PE", 9))] == [9]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_sources_the_one_that_measured_more_is_heard(turned: bool) -> None:
    both = [
        Report(SourceId(name), NOW, readings=(reading("IS", measured=measured),))
        for name, measured in (("few", 20), ("many", 90))
    ]
    found = abroad.countries(both[::-1] if turned else both, NOW)
    assert [c.measured for c in found] == [90]


def test_many_measurements_too_old_to_count_hide_no_younger_ones() -> None:
    ancient = replace(reading("IS", measured=900), at=NOW - 49 * HOUR)
    assert [c.measured for c in countries(ancient, reading("IS"))] == [20]
    assert [c.measured for c in countries(ancient)] == [900]
