"""What gives a format away: each sign leads to a family there is."""

from __future__ import annotations

import pytest

from downlight.sources import registry, signs


def families() -> set[str]:
    listed = (*signs.GIVEN, *signs.HOSTED, *signs.VENDORS, *signs.AT_HOME.values())
    return {way.family for way in listed} | set(signs._INSIDE)


def test_every_sign_leads_to_a_family() -> None:
    assert families() <= registry.FAMILIES.keys()


def test_no_way_is_listed_twice() -> None:
    for ways in (signs.GIVEN, signs.HOSTED, signs.VENDORS):
        places = [(way.family, way.tail) for way in ways]
        assert len(places) == len(set(places))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://status.acme.example/x", "Acme"),
        ("https://www.acmestatus.example", "Acme"),
        ("https://acme-status.example", "Acme"),
        ("https://status", "status"),
        ("http://127.0.0.1:8080/", "127.0.0.1"),
        ("http://localhost/", "Localhost"),
        ("", ""),
    ],
)
def test_an_owner_is_called_by_the_host(url: str, name: str) -> None:
    assert signs.host_name(url) == name


def test_a_page_is_looked_through_only_so_far() -> None:
    page = signs.Page("<p>" * signs.HEAD + "pspApiPath", "https://status.example")
    assert list(signs.embedded(page)) == []
    page = signs.Page("<script>pspApiPath</script>", "https://status.example")
    assert [way.family for way in signs.embedded(page)] == ["uptimerobot"]


def test_a_page_that_is_no_page_is_looked_through_all_the_same() -> None:
    for text in (
        "<![x",
        "<![if x]>",
        "<!doctype",
        "<a href=",
        "&#xFFFFFFFF;",
        "<title>",
    ):
        assert signs.Page(text, "https://status.example").name == ""
