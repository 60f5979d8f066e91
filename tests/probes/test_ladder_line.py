"""The own line, as the kernel shows it, and the table of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import CatalogError
from downlight.core.model import SourceId
from downlight.core.rungs.readings import OwnLine
from downlight.core.source import SourceSpec
from downlight.probes import build
from downlight.probes.endpoints import ONLY_NAME, endpoints
from downlight.probes.own_line import look
from downlight.probes.place import Place
from downlight.probes.references import load
from downlight.storage.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

TRIE = """\
Local:
  +-- 0.0.0.0/0 3 0 5
     |-- 127.0.0.1
        /32 host LOCAL
     |-- {}
        /32 host LOCAL
     |-- 192.0.2.255
        /32 link BROADCAST
"""
TABLE = "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT\n"
OUT = TABLE + "eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0\n"
NEAR = TABLE + "eth0 000200C0 00000000 0001 0 0 0 00FFFFFF 0 0 0\n"
ZERO, GATE = "0" * 32, "fe80" + "0" * 27 + "1"
OUT6 = f"{ZERO} 00 {ZERO} 00 {GATE} 00000400 00000003 00000000 00000003 eth0\n"
REJECT6 = f"{ZERO} 00 {ZERO} 00 {ZERO} ffffffff 00000001 00000000 00200200 lo\n"
REJECT0 = f"{ZERO} 00 {ZERO} 00 {ZERO} ffffffff 00000001 00000000 00200200 eth0\n"


def laid(
    folder: Path, states: dict[str, str], inside: str = "", **files: str
) -> OwnLine:
    """Lay down what the kernel would show, and look at it."""
    for name, state in states.items():
        place = folder / "net" / name
        place.mkdir(parents=True)
        (place / "operstate").write_text(f"{state}\n", "ascii")
        if name == inside:
            (place / "bridge").mkdir()
    proc = folder / "proc"
    proc.mkdir()
    for name, text in files.items():
        (proc / name).write_text(text, "ascii")
    return look(folder / "net", proc)


def test_a_computer_at_a_router_is_connected(tmp_path: Path) -> None:
    states = {"lo": "unknown", "eth0": "up"}
    own = laid(tmp_path, states, route=OUT, fib_trie=TRIE.format("192.0.2.2"))
    assert own == OwnLine(True, True, True)


def test_a_pulled_cable_is_no_link(tmp_path: Path) -> None:
    states = {"lo": "unknown", "eth0": "down", "docker0": "up"}
    own = laid(
        tmp_path, states, "docker0", route=TABLE, fib_trie=TRIE.format("127.0.0.2")
    )
    assert own == OwnLine(False, False, False)


def test_an_address_nobody_gave_reaches_nowhere(tmp_path: Path) -> None:
    trie = TRIE.format("169.254.7.7")
    six = "fe80" + "0" * 27 + "1 02 40 20 80 eth0\n"
    own = laid(tmp_path, {"eth0": "up"}, route=NEAR, fib_trie=trie, if_inet6=six)
    assert own == OwnLine(True, False, False)


def test_no_way_out_is_seen(tmp_path: Path) -> None:
    trie = TRIE.format("192.0.2.2")
    own = laid(
        tmp_path,
        {"eth0": "up"},
        route=NEAR + "\nshort\n",
        ipv6_route=REJECT6 + REJECT0,
        fib_trie=trie,
    )
    assert own == OwnLine(True, True, False)


def test_a_bridge_may_be_the_way_out(tmp_path: Path) -> None:
    out = OUT.replace("eth0", "br0")
    own = laid(tmp_path, {"eth0": "up", "br0": "up"}, "br0", route=out)
    assert own.route


def test_a_route_by_a_dead_interface_leads_nowhere(tmp_path: Path) -> None:
    own = laid(tmp_path, {"eth0": "down"}, route=OUT, fib_trie=TRIE.format("10.0.0.2"))
    assert own == OwnLine(False, True, False)


def test_ipv6_alone_is_a_way_out(tmp_path: Path) -> None:
    six = "20010db8" + "0" * 23 + "1 02 40 00 80 eth0\n"
    own = laid(tmp_path, {"eth0": "up"}, ipv6_route=OUT6, if_inet6=six)
    assert own == OwnLine(True, True, True, ipv6=True)


def test_tables_that_cannot_be_read_prove_nothing(tmp_path: Path) -> None:
    assert laid(tmp_path, {"eth0": "up"}) == OwnLine(True, None, None)


def test_a_sandbox_that_lists_no_interface_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "net").mkdir()
    assert laid(tmp_path, {}, route=TABLE, fib_trie="Local:\n") == OwnLine()


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("route", OUT.replace(" 00000000 0 0 0\n", " 00000080 0 0 0\n")),
        ("ipv6_route", OUT6.replace(f"{ZERO} 00", "2" + "0" * 31 + " 03", 1)),
    ],
)
def test_a_way_to_half_of_the_world_leads_out(
    tmp_path: Path, name: str, table: str
) -> None:
    assert laid(tmp_path, {"eth0": "up"}, **{name: table}).route


@pytest.mark.parametrize(
    ("name", "kind"),
    [("wg0", "WireGuard"), ("tun0", "a tunnel"), ("tailscale0", "Tailscale")],
)
def test_a_vpn_is_named_by_its_kind(tmp_path: Path, name: str, kind: str) -> None:
    own = laid(tmp_path, {"eth0": "up", name: "unknown"}, route=OUT)
    assert own.vpn == kind


def test_a_system_that_shows_nothing_is_not_known(tmp_path: Path) -> None:
    assert look(tmp_path / "none", tmp_path / "none") == OwnLine()


def test_the_shipped_references_are_many_and_unrelated() -> None:
    by = load(resource("references.toml"))
    assert len(by.places) >= 5
    assert len({it.owner for it in by.places}) >= 4
    assert any(it.numeric for it in by.places)
    assert not all(it.numeric for it in by.places)
    assert all(it.tls for it in by.places)
    assert by.ipv6 is not None
    assert by.ipv6 not in by.places
    assert {it.place.owner for it in by.sentinels} == {"GNOME", "Mozilla"}
    assert not any(it.place.tls for it in by.sentinels)
    assert len(by.names) >= 2
    assert len(by.resolvers) >= 2


def test_a_table_of_the_persons_own_counts_instead(tmp_path: Path) -> None:
    shipped, own = resource("references.toml"), tmp_path / "references.toml"
    assert load(shipped, own) == load(shipped)
    text = shipped.read_text("utf-8").replace("www.wikipedia.org", "wiki.example")
    own.write_text(text, "utf-8")
    assert "wiki.example" in {it.host for it in load(shipped, own).places}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[[reference]]\n",
        "resolver = 3",
        "not toml at all",
        "reference = []\nsentinel = []\nname = []\n[[resolver]]\naddress = 'here'",
        """reference = []
resolver = []
sentinel = []
name = [{ host = "a.example", addresses = "192.0.2.1" }]
""",
    ],
)
def test_a_table_that_is_off_is_a_mistake(tmp_path: Path, text: str) -> None:
    file = tmp_path / "references.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(CatalogError, match=r"references\.toml"):
        load(file)


def spec(family: str, url: str = "", /, **options: tuple[str, ...]) -> SourceSpec:
    return SourceSpec(SourceId(family), family, "A check", url, options)


def test_our_own_checks_know_the_servers_of_a_service() -> None:
    sources = [
        build(spec("tcp-check", "tcp://a.example:993", tls=("yes",))),
        build(spec("http-check", "https://b.example/well?now=1")),
        build(spec("http-check", "http://127.0.0.1:8080")),
        build(spec("dns-check", "dns://c.example")),
        build(spec("tcp-check", "tcp://a.example:993", tls=("yes",))),
    ]
    assert endpoints(sources) == (
        Place("a.example", 993),
        Place("b.example", 443, path="/well?now=1", method="GET"),
        Place("127.0.0.1", 8080, tls=False, path="/", method="GET"),
        Place("c.example", ONLY_NAME, tls=False),
    )


def test_whatsapp_is_a_grid_and_a_page() -> None:
    found = endpoints([build(spec("whatsapp-probe"))])
    assert len(found) == 33
    assert found[0] == Place("e1.whatsapp.net", 443, tls=False)
    assert found[-1].path == "/"


def test_a_status_page_is_no_server_of_the_service() -> None:
    from downlight.sources import registry

    page = registry.build(spec("statuspage", "https://status.example"))
    assert endpoints([page]) == ()
