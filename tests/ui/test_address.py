"""What is said about an address a person pasted, and about forms of sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from downlight.core.errors import DownlightError
from downlight.core.level import Level
from downlight.core.model import Check, Incident, Place, SourceId
from downlight.core.source import SourceSpec
from downlight.probes import FAMILIES as CHECKS
from downlight.sources.registry import FAMILIES
from downlight.ui.kit.look import Look, worst_look
from downlight.ui.now.families import family_words
from downlight.ui.picking.address import (
    address_in,
    failed_panel,
    found_by,
    found_panel,
    is_called,
    page_of,
)
from downlight.ui.places import place_words
from tests.core.spoken import turkish
from tests.ui import made_up

TOOK = timedelta(milliseconds=20)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("https://status.acme.example/x", "https://status.acme.example/x"),
        (" status.acme.example ", "status.acme.example"),
        ("acme.example:8080/status", "acme.example:8080/status"),
        ("tcp://acme.example:25", "tcp://acme.example:25"),
        ("dns://acme.example", "dns://acme.example"),
        ("http://localhost:3001", "http://localhost:3001"),
        ("ftp://acme.example", ""),
        ("https://", ""),
        ("acme", ""),
        ("acme.", ""),
        ("acme.e", ""),
        (".example", ""),
        ("acme example.org", ""),
        ("", ""),
    ],
)
def test_an_address_is_told_from_a_plain_word(words: str, address: str) -> None:
    assert address_in(words) == address


def test_a_browser_is_given_https_or_nothing() -> None:
    assert page_of("acme.example/x") == "https://acme.example/x"
    assert page_of("https://acme.example") == "https://acme.example"
    assert page_of("http://acme.example") == ""
    assert page_of("tcp://acme.example:25") == ""


def test_a_service_may_be_called_like_an_address() -> None:
    services = (made_up.service("shop", "Shop.com", aliases=("shp.com",)),)
    assert is_called(services, " shop.COM ")
    assert is_called(services, "shp.com")
    assert not is_called(services, "shops.com")


def test_the_other_name_that_fits_best_is_told() -> None:
    made = made_up.service("gh", "GitHub", aliases=("ghub pages", "GH", "git host"))
    assert found_by(made, "gh") == "GH"
    assert found_by(made, "git") == ""
    assert found_by(made, "git host") == "git host"
    assert found_by(made, "pages") == "ghub pages"
    other = made_up.service("npm", "npm", owner="GitHub")
    assert found_by(other, "gith") == "GitHub"


@pytest.mark.parametrize(
    ("check", "word"),
    [
        (Check("a", TOOK), "it answers from here"),
        (Check("a", None, "No answer in time"), "it does not answer from here"),
        (Check("a", TOOK, "HTTP 500"), "it answers, but not as it should"),
    ],
)
def test_a_check_says_what_is_seen_from_here(check: Check, word: str) -> None:
    told = made_up.report("a", None, made_up.NOW, checks=(check,))
    panel = found_panel(made_up.found(report=told, notes=()))
    assert panel.word == f"Now: {word}"
    assert [act for act, _ in panel.acts] == ["add"]
    assert panel.text == ""


def test_many_open_incidents_are_counted() -> None:
    base = made_up.found().report
    open_ones = tuple(
        Incident(str(n), f"Story {n}", Level.MAJOR, None, open=True) for n in range(5)
    )
    panel = found_panel(made_up.found(report=replace(base, incidents=open_ones)))
    assert panel.text.startswith("Going on: Story 0; Story 1; Story 2; and 2 more.")


def test_a_service_added_before_is_called_that() -> None:
    panel = found_panel(made_up.found(), known=True)
    assert panel.title == "Acme: you have added it before, and ticked."
    assert (panel.look, panel.acts) == (Look.PARTIAL, ())


def test_an_error_without_a_page_leaves_only_the_check() -> None:
    panel = failed_panel("http://acme.example", DownlightError("x"))
    assert panel.title == "acme.example: something went wrong."
    assert [act for act, _ in panel.acts] == ["check"]


def test_only_in_english_what_went_wrong_begins_with_a_small_letter() -> None:
    error = DownlightError("x")
    panel = failed_panel("acme.example", error)
    assert panel.title == "acme.example: something went wrong."
    with turkish({"Something went wrong": "İşler ters gitti"}):
        panel = failed_panel("acme.example", error)
    assert panel.title == "acme.example: İşler ters gitti."


def test_every_form_of_source_has_words_for_people() -> None:
    made = "a status page of its maker's own form"
    plain = [name for name in (*FAMILIES, *CHECKS) if family_words(name) == made]
    assert all(".vendors." in FAMILIES[name].module for name in plain)
    assert family_words("instatus") == "an Instatus page"
    assert family_words("betterstack") == "a Better Stack page"


def test_two_forms_are_both_named() -> None:
    addition = made_up.found().addition
    specs = tuple(
        SourceSpec(SourceId(name), name, name) for name in ("rss", "gatus", "rss")
    )
    specs = (*(replace(spec, family="rss") for spec in addition.sources), *specs)
    panel = found_panel(made_up.found(addition=replace(addition, sources=specs)))
    assert panel.title == "Read as a feed of news and a Gatus page."


def test_a_place_is_told_with_its_country() -> None:
    assert place_words(Place("FRA", "Frankfurt", ("DE",))) == "Frankfurt, Germany"
    assert place_words(Place("BR", "Brazil", ("BR",))) == "Brazil"
    assert place_words(Place("EU", "Europe", ("DE", "FR"))) == "Europe"
    assert place_words(Place("x", "Nowhere", ("ZZ",))) == "Nowhere"


def test_what_is_not_known_is_not_called_well() -> None:
    assert worst_look([Level.OPERATIONAL, None]) is Look.UNKNOWN
    assert worst_look([None, Level.DEGRADED]) is Look.DEGRADED
    assert worst_look([]) is Look.UNKNOWN
