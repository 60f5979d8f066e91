"""By which way this computer reaches the outside."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from downlight.probes.way_out import GOOD_FOR, WayOut

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEAD = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\n"
HOME = "wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\n"
NEAR = "wlan0\t0000A8C0\t00000000\t0001\t0\t0\t600\t00FFFFFF\n"
ELSEWHERE = HOME.replace("0100A8C0", "0102A8C0")
SIX = (
    f"{32 * '0'} 00 {32 * '0'} 00 fe80{28 * '1'} 00000400 00000003 00000000 00000003"
    "    wlan0\n"
)
NONE6 = (
    f"{32 * '0'} 00 {32 * '0'} 00 {32 * '0'} ffffffff 00000001 00000000 00200200 lo\n"
)


class Place:
    """A made-up /proc/net, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, START
        self.way = WayOut(lambda: self.now, folder)

    def after(self, route: str, six: str = "") -> str:
        (self.folder / "route").write_text(HEAD + route, "ascii")
        (self.folder / "ipv6_route").write_text(six, "ascii")
        self.now += GOOD_FOR
        return self.way.mark()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_another_gateway_is_another_way(place: Place) -> None:
    assert place.after(HOME + NEAR) != place.after(ELSEWHERE + NEAR)


def test_what_passes_over_it_does_not_change_a_way(place: Place) -> None:
    used = HOME.replace("\t0\t0\t600", "\t7\t9\t600")
    busy = SIX.replace("00000000 00000003", "00000009 00000003")
    assert place.after(HOME, SIX + NONE6) == place.after(used, NONE6 + busy)


def test_a_way_of_ipv6_counts_too(place: Place) -> None:
    assert place.after(HOME, NONE6) != place.after(HOME, SIX)


def test_without_a_way_there_is_no_name_for_it(place: Place) -> None:
    assert place.after(NEAR, NONE6) == ""
    assert place.after("nonsense\n") == ""


def test_where_nothing_is_shown_nothing_is_known(tmp_path: Path) -> None:
    assert WayOut(lambda: START, tmp_path / "none").mark() == ""


def test_it_is_not_looked_at_more_often_than_needed(place: Place) -> None:
    before = place.after(HOME)
    (place.folder / "route").write_text(HEAD + ELSEWHERE, "ascii")
    place.now += GOOD_FOR - timedelta(seconds=1)
    assert place.way.mark() == before
    place.now -= timedelta(days=1)  # a clock set back does not stop it from looking
    assert place.way.mark() != before


def test_this_computer_can_be_looked_at() -> None:
    way = WayOut(lambda: START).mark()
    assert way == WayOut(lambda: START).mark()
