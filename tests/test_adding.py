"""A service is added by its address: looked at, checked, or known already."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from downlight import adding, wiring
from downlight.adding import Wish, find
from downlight.catalog.catalog import Catalog
from downlight.core.addition import Addition
from downlight.core.errors import Refused, SettingsError, Unreachable
from downlight.core.level import Level
from tests.doubles import MILLISECOND, RecordedWeb
from tests.sources.shelf import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

    from downlight.core.addition import Found
    from downlight.wiring import Home

HOST = "https://status.acme.example"
SUMMARY = f"{HOST}/api/v2/summary.json"
OUTAGE = (FIXTURES / "statuspage" / "outage.json").read_bytes()
EMPTY = Catalog()


def look(web: RecordedWeb, wish: Wish, known: Catalog = EMPTY) -> Found:
    return asyncio.run(find(web, wish, known))


def page() -> RecordedWeb:
    return RecordedWeb({HOST: b"<title>Acme Status</title>", SUMMARY: OUTAGE})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return wiring.open_home(tmp_path)


def test_a_page_is_added_under_its_own_name_or_the_one_that_is_wished() -> None:
    found = look(page(), Wish(HOST, name="  My\nAcme "))
    service = found.addition.service
    assert (service.name, service.slug, service.page) == ("My Acme", "my-acme", HOST)
    assert service.own
    assert [spec.name for spec in found.addition.sources] == ["My Acme's status page"]
    assert found.report.level is not None
    assert found.report.level.is_trouble


def test_a_name_that_is_taken_gives_another_slug(home: Home) -> None:
    whole = wiring.whole_catalog(home)
    found = look(page(), Wish(HOST, name="GitHub"), whole)
    assert found.addition.service.slug != "github"


def test_the_parts_that_are_wished_are_those_that_count() -> None:
    found = look(page(), Wish(HOST, parts=("Webmail", "Kitchen")))
    (feed,) = found.addition.service.feeds
    assert feed.selection.components == {"Webmail", "Kitchen"}
    assert found.notes == ("The page names no part “Kitchen”.",)


def test_only_the_family_that_is_wished_is_tried() -> None:
    web = page()
    web.answers[HOST] = Refused(403)
    assert look(web, Wish(HOST, family="statuspage")).report.components
    assert web.asked == [HOST, SUMMARY]


def test_an_address_of_the_catalog_is_watched_as_it_stands_there(home: Home) -> None:
    whole = wiring.whole_catalog(home)
    github = whole.service("github")
    assert github is not None
    source = wiring.build(whole.sources[github.feeds[0].source])
    web = RecordedWeb({source.info.urls[0]: OUTAGE})
    for address in ("www.githubstatus.com", "https://githubstatus.com/"):
        found = look(web, Wish(address), whole)
        assert found.addition.service == github
        assert found.notes == ("Downlight knows it already: GitHub.",)


def test_what_was_added_before_is_known(home: Home) -> None:
    home = adding.keep(home, look(page(), Wish(HOST, name="Acme")))
    home = wiring.open_home(home.places.settings.parent)
    found = look(page(), Wish(f"{HOST}/"), wiring.whole_catalog(home))
    assert found.notes == ("You have added it before: Acme.",)
    before = home.places.services.read_text()
    again = adding.keep(home, found, ["Webmail"])
    assert home.places.services.read_text() == before
    assert again.settings.parts == {"acme": ("Webmail",)}
    assert again.settings.watch.count(found.addition.service.slug) == 1


@pytest.mark.parametrize(
    ("address", "family"),
    [("tcp://acme.example:443", "tcp-check"), ("dns://acme.example", "dns-check")],
)
def test_a_scheme_asks_for_its_check(address: str, family: str) -> None:
    web = RecordedWeb(
        lines={"acme.example:443": MILLISECOND}, names={"acme.example": ("192.0.2.1",)}
    )
    found = look(web, Wish(address))
    service = found.addition.service
    assert found.addition.sources[0].family == family
    assert (service.name, service.page) == ("acme.example", "")
    assert service.measured_only
    assert found.report.level is Level.OPERATIONAL
    assert "seen from here" in found.notes[-1]


def test_a_check_of_a_page_takes_what_is_expected_along() -> None:
    web = RecordedWeb({HOST: b"All is well"})
    wish = Wish("status.acme.example", check=True, options=(("expect_text", "well"),))
    found = look(web, wish)
    (spec,) = found.addition.sources
    assert (spec.family, spec.url) == ("http-check", HOST)
    assert spec.options == {"expect_text": ("well",)}
    assert len(found.notes) == 1
    assert found.addition.service.page == HOST


def test_a_check_that_fails_right_away_is_added_and_says_so() -> None:
    found = look(RecordedWeb(), Wish("tcp://acme.example:443"))
    assert found.report.level is not Level.OPERATIONAL
    assert found.notes[0] == "acme.example:443: Not reachable."


def test_a_host_that_is_not_there_cannot_be_added() -> None:
    with pytest.raises(Unreachable):
        look(RecordedWeb(), Wish(HOST))


def test_a_page_on_this_computer_is_kept_without_a_link(home: Home) -> None:
    here = "http://localhost:3001"
    web = RecordedWeb({here: b"<p>", f"{here}/api/v2/summary.json": OUTAGE})
    found = look(web, Wish(here, name="Here"))
    assert found.addition.service.page == ""
    adding.keep(home, found)
    again = wiring.open_home(home.places.settings.parent)
    assert again.complaints == ()
    assert again.own.service("here") == found.addition.service


def test_what_is_removed_is_neither_watched_nor_kept(home: Home) -> None:
    found = look(page(), Wish(HOST, name="Acme", parts=("Webmail",)))
    slug = found.addition.service.slug
    kept = adding.keep(home, found)
    assert slug in kept.settings.watch
    gone = adding.remove(adding.choose_parts(kept, slug, ["Webmail"]), slug)
    assert slug not in gone.settings.watch
    assert gone.settings.parts == {}
    assert wiring.open_home(home.places.settings.parent).own == EMPTY
    with pytest.raises(SettingsError):
        adding.remove(gone, slug)


def test_parts_of_a_service_of_the_catalog_are_kept_in_the_settings(
    home: Home,
) -> None:
    whole = wiring.whole_catalog(home)
    github = whole.service("github")
    assert github is not None
    found = look(page(), Wish(HOST))
    specs = tuple(whole.sources[feed.source] for feed in github.feeds)
    known = replace(found, addition=Addition(github, specs))
    kept = adding.keep(home, known, ["Git Operations"])
    assert kept.settings.parts == {"github": ("Git Operations",)}
    assert not home.places.services.exists()
