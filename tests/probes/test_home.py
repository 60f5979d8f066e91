"""Where a computer seems to be, as its settings tell it."""

from __future__ import annotations

import plistlib
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from downlight.core.places.home import Whereabouts
from downlight.probes import home
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own ways")

ZONES = resource("zones.tsv")


def laid(folder: Path, *names: str) -> Path:
    """Lay down a folder of zones, each a link to the next; return its path."""
    zones = folder / "share" / "zoneinfo"
    for name in names:
        (zones / name).parent.mkdir(parents=True, exist_ok=True)
    (zones / names[-1]).write_text("TZif2", "ascii")
    for one, other in pairwise(names):
        (zones / one).symlink_to(zones / other)
    return zones


def test_the_zone_is_where_the_link_leads_by_its_first_name(tmp_path: Path) -> None:
    zones = laid(tmp_path, "Atlantic/Reykjavik", "Africa/Abidjan")
    link = tmp_path / "localtime"
    link.symlink_to(zones / "Atlantic/Reykjavik")
    assert home.zone({}, link, tmp_path / "none") == "Atlantic/Reykjavik"


def test_a_link_may_lead_to_another_and_to_the_older_rules(tmp_path: Path) -> None:
    zones = laid(tmp_path, "posix/Europe/Istanbul")
    (tmp_path / "real").symlink_to(zones / "posix/Europe/Istanbul")
    link = tmp_path / "localtime"
    link.symlink_to("real")
    assert home.zone({}, link, tmp_path / "none") == "Europe/Istanbul"


def test_links_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    assert home.zone({}, one, tmp_path / "none") == ""


def test_where_there_is_no_link_the_file_with_the_name_counts(tmp_path: Path) -> None:
    link, named = tmp_path / "localtime", tmp_path / "timezone"
    link.write_text("TZif2", "ascii")
    named.write_text("Europe/Istanbul\n", "ascii")
    assert home.zone({}, link, named) == "Europe/Istanbul"
    named.unlink()
    assert home.zone({}, link, named) == ""


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/Istanbul", "Europe/Istanbul"),
        (":Turkey", "Turkey"),
        (":/usr/share/zoneinfo/Asia/Calcutta", "Asia/Calcutta"),
        ("<+03>-3", "<+03>-3"),
        ("", "Europe/Madrid"),
    ],
)
def test_the_environment_goes_before_the_link(
    tmp_path: Path, said: str, zone: str
) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Madrid")
    assert home.zone({"TZ": said}, link, tmp_path / "none") == zone


def test_the_locale_of_the_money_says_where_one_lives() -> None:
    assert home.locale({"LANG": "tr_TR.UTF-8", "LC_MESSAGES": "en_GB"}) == "tr_TR.UTF-8"
    assert home.locale({"LANG": "en_GB", "LC_MONETARY": "tr_TR"}) == "tr_TR"
    assert home.locale({"LC_ALL": "es_ES", "LC_MONETARY": "tr_TR"}) == "es_ES"
    assert home.locale({"LC_ALL": "C.UTF-8", "LANG": "tr_TR"}) == "tr_TR"
    assert home.locale({"LANG": "C"}) == ""


def test_the_region_of_macos_is_read_from_its_settings(tmp_path: Path) -> None:
    file = tmp_path / "set.plist"
    assert home.apple_locale(file) == ""
    for table, found in (
        ({"AppleLocale": "en_TR"}, "en_TR"),
        ({"AppleLocale": 1}, ""),
        ({}, ""),
        (["en_TR"], ""),
    ):
        file.write_bytes(plistlib.dumps(table))
        assert home.apple_locale(file) == found
    for broken in (b"<?xml version='1.0'?><plist>", b"bplist00nonsense", b""):
        file.write_bytes(broken)
        assert home.apple_locale(file) == ""


def test_the_guess_counts_until_the_person_says_otherwise(tmp_path: Path) -> None:
    here = {"TZ": "Europe/Istanbul", "LANG": "en_US.UTF-8"}
    assert home.whereabouts("", ZONES, here) == Whereabouts("TR", "zone")
    guessed = home.whereabouts("auto", ZONES, here)
    assert guessed == Whereabouts("TR", "zone", settled=True)
    nowhere = tmp_path / "not-read"
    assert home.whereabouts("ES", nowhere, here).code == "ES"
    assert home.whereabouts("none", nowhere, here).code == ""
