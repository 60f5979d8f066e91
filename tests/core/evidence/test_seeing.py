"""What the rule sees of the evidence about one service."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from downlight.core.evidence import seeing
from downlight.core.evidence.facts import gather
from downlight.core.fusion.seen import Checks, Page, PageWord
from downlight.core.level import Level
from downlight.core.model import (
    Check,
    Maintenance,
    MaintenanceState,
    Place,
    Report,
    SourceId,
    Update,
)
from downlight.core.result import Result
from tests.core.heard import (
    BRAZIL,
    MINUTE,
    NOW,
    evidence,
    incident,
    official,
    own,
)

if TYPE_CHECKING:
    from downlight.core.evidence.verdict import Evidence

OK, MAINT, DEGRADED, PARTIAL, MAJOR = Level
HOUR = timedelta(hours=1)
FAST = timedelta(milliseconds=40)


def second(e: Evidence) -> Evidence:
    """Return the same from another source."""
    return replace(e, info=replace(e.info, id=SourceId(f"{e.info.id}2")))


def page(*found: Evidence) -> Page | None:
    places = gather(found, NOW, online=True).places
    return seeing.page(found, places, NOW)


def checks(*found: Evidence, slow: bool = False) -> Checks | None:
    return seeing.checks(found, NOW, lambda _: slow)


def written(at: timedelta | None, level: Level | None = MAJOR) -> Evidence:
    """Return a page with an incident that was written about so long ago."""
    made = incident(MAJOR, NOW - 9 * HOUR)
    texts = (Update(NOW - at, "x"), Update(NOW - 8 * HOUR, "y")) if at else ()
    return official(MAJOR, replace(made, level=level, updates=texts))


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (OK, PageWord.GREEN),
        (MAINT, PageWord.MAINTENANCE),
        (DEGRADED, PageWord.MINOR),
        (PARTIAL, PageWord.MAJOR),
        (MAJOR, PageWord.MAJOR),
    ],
)
def test_every_level_of_a_page_has_a_word(level: Level, word: PageWord) -> None:
    assert page(official(level)) == Page(word)


def test_a_page_that_says_nothing_is_not_seen() -> None:
    assert page() is None
    assert page(official(None)) is None
    assert page(official(MAJOR, at=NOW - HOUR)) is None
    assert page(own(MAJOR)) is None


def test_of_several_pages_the_worst_is_seen() -> None:
    seen = page(official(OK), second(official(DEGRADED)))
    assert seen == Page(PageWord.MINOR)


def test_a_page_is_as_old_as_what_it_last_wrote_about_its_trouble() -> None:
    assert page(written(7 * HOUR)) == Page(PageWord.MAJOR, NOW - 7 * HOUR)
    assert page(written(None)) == Page(PageWord.MAJOR)
    assert page(written(7 * HOUR, None)) == Page(PageWord.MAJOR, NOW - 7 * HOUR)
    assert page(written(7 * HOUR, OK)) == Page(PageWord.MAJOR)  # about no trouble
    assert page(written(-HOUR)) == Page(PageWord.MAJOR, NOW)


def test_that_a_page_changed_is_writing_too() -> None:
    old = written(7 * HOUR)
    changed = replace(old, standing=replace(old.standing, changed=NOW - HOUR))
    assert page(changed) == Page(PageWord.MAJOR, NOW - HOUR)
    before = replace(old, standing=replace(old.standing, changed=NOW - 9 * HOUR))
    assert page(before) == Page(PageWord.MAJOR, NOW - 7 * HOUR)


def test_of_equally_bad_pages_the_newest_tells_the_age() -> None:
    seen = page(written(7 * HOUR), second(written(2 * HOUR)))
    assert seen == Page(PageWord.MAJOR, NOW - 2 * HOUR)
    undated = page(written(7 * HOUR), second(official(MAJOR)))
    assert undated == Page(PageWord.MAJOR)


def test_only_countries_limit_trouble() -> None:
    there = page(official(MAJOR, incident(MAJOR, NOW, BRAZIL)))
    assert there is not None
    assert there.places == ("BR",)
    mixed = incident(MAJOR, NOW, BRAZIL, Place("eu-west-1", "Ireland"))
    cloud = page(official(MAJOR, mixed))
    assert cloud is not None
    assert cloud.places == ()


def test_planned_work_ends_when_the_last_of_it_is_to_end() -> None:
    def ends(*works: tuple[timedelta | None, MaintenanceState]) -> Page | None:
        made = tuple(
            Maintenance(f"m{n}", "Work", state, ends_at=NOW + end if end else None)
            for n, (end, state) in enumerate(works)
        )
        return page(official(MAINT, works=made))

    now, later = MaintenanceState.IN_PROGRESS, MaintenanceState.SCHEDULED
    work = PageWord.MAINTENANCE
    assert ends() == Page(work)
    assert ends((HOUR, now), (2 * HOUR, now)) == Page(work, planned_end=NOW + 2 * HOUR)
    assert ends((HOUR, now), (9 * HOUR, later)) == Page(work, planned_end=NOW + HOUR)
    assert ends((HOUR, now), (None, now)) == Page(work)


def test_without_checks_nothing_of_our_own_is_seen() -> None:
    assert checks() is None
    assert checks(official(OK)) is None
    assert checks(own(OK)) is None
    old = own(OK, None, Check("e1", FAST), at=NOW - HOUR)
    assert checks(old) is None


def test_silence_is_no_failure_while_nobody_else_is_heard() -> None:
    silent = own(None, None, Check("e1", None, "no", Result.TIMEOUT))
    lonely = checks(silent)
    assert lonely == Checks(NOW, 1, 1, Result.TIMEOUT, lonely=True)
    known = replace(silent, failing_since=NOW - MINUTE)
    assert checks(known) == Checks(NOW, 1, 1, Result.TIMEOUT, since=NOW - MINUTE)


def test_checks_that_pass_pass_or_lag() -> None:
    well = own(OK, None, Check("e1", FAST), Check("e2", FAST))
    assert checks(well) == Checks(NOW, 0, 2, Result.OK)
    assert checks(well, slow=True) == Checks(NOW, 0, 2, Result.SLOW)


def test_a_host_is_well_when_one_of_its_ports_is() -> None:
    well, dead = Check("e1:443", FAST), Check("e1:5222", None, "no", Result.REFUSED)
    assert checks(own(DEGRADED, None, well, dead)) == Checks(NOW, 0, 1)
    other = Check("e2:443", None, "no", Result.TIMEOUT)
    part = checks(own(DEGRADED, None, well, dead, other))
    assert part == Checks(NOW, 1, 2, Result.TIMEOUT)
    path = Check("https://a.example/x:y", FAST, "HTTP 503", Result.SERVER_ERROR)
    whole = checks(
        own(DEGRADED, None, path, replace(path, target="https://b.example/"))
    )
    assert whole == Checks(NOW, 2, 2, Result.SERVER_ERROR)


def test_what_fails_most_hosts_is_what_is_seen() -> None:
    refused = Check("e1", None, "no", Result.REFUSED)
    late = [Check(f"e{n}", None, "no", Result.TIMEOUT) for n in (2, 3)]
    seen = checks(own(None, NOW - MINUTE, refused, *late))
    assert seen == Checks(NOW, 3, 3, Result.TIMEOUT, since=NOW - MINUTE)


def test_reports_of_an_earlier_downlight_say_less_but_not_nothing() -> None:
    silent = own(None, NOW - MINUTE, Check("e1", None, "no"))
    found = checks(silent)
    assert found is not None
    assert found.result is Result.TIMEOUT
    odd = checks(own(DEGRADED, None, Check("e1", FAST, "not the expected words")))
    assert odd == Checks(NOW, 1, 1, Result.WRONG)


def test_several_checks_of_ours_are_seen_as_one_round() -> None:
    well = own(OK, None, Check("a", FAST), at=NOW - MINUTE)
    bad = own(None, NOW - 5 * MINUTE, Check("b", None, "no", Result.RESET))
    seen = checks(well, second(bad))
    assert seen == Checks(NOW, 1, 2, Result.RESET, since=NOW - 5 * MINUTE)


def test_people_and_countries_are_told_apart_while_they_count() -> None:
    posts = Report(SourceId("people"), NOW)
    map_ = Report(SourceId("regional"), NOW)
    old = Report(SourceId("people"), NOW - HOUR)
    found = [
        evidence("people", posts),
        evidence("regional", map_),
        evidence("people", old),
        evidence("people", None),
        official(OK),
    ]
    assert seeing.people(found, NOW) == (posts,)
    assert seeing.regional(found, NOW) == (map_,)
