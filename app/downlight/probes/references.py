"""Places that are asked whether the internet is there: read from a file.

How it is written, and why it is fair to ask these: ``resources/references.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from downlight.core.errors import CatalogError
from downlight.probes.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import TypeAlias

    Table: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Known:
    """A name of which it is known where it leads."""

    host: str
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentinel:
    """A place made to be asked, over plain HTTP, with a body that is known."""

    place: Place
    body: str


@dataclass(frozen=True, slots=True)
class References:
    """Whom to ask."""

    resolvers: tuple[str, ...]
    """Addresses of name servers, the second to be asked first."""
    names: tuple[Known, ...]
    sentinels: tuple[Sentinel, ...]
    places: tuple[Place, ...]
    ipv6: Place | None = None
    """A place with an address of IPv6 only; it does not count among the others."""
    resolver_port: int = 53


def load(file: Path, own: Path | None = None) -> References:
    """Read the table.

    Args:
        file: The one that is shipped.
        own: The person's, which counts in its place where there is one.

    Raises:
        CatalogError: It cannot be read, or something in it is off.
    """
    if own is not None and own.exists():
        file = own
    try:
        says = tomllib.loads(file.read_text("utf-8"))
        places = tuple(map(_place, says["reference"]))
        counted = tuple(it for it in places if ":" not in it.host)
        ipv6 = next((it for it in places if ":" in it.host), None)
        return References(
            resolvers=tuple(str(ip_address(it["address"])) for it in says["resolver"]),
            names=tuple(map(_known, says["name"])),
            sentinels=tuple(map(_sentinel, says["sentinel"])),
            places=counted,
            ipv6=ipv6,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogError(f"{file.name}: {error!r}") from error


def _known(table: Table) -> Known:
    addresses = table["addresses"]
    if not isinstance(addresses, list):
        raise TypeError("addresses: a list is wanted")
    return Known(str(table["host"]), frozenset(str(ip_address(it)) for it in addresses))


def _sentinel(table: Table) -> Sentinel:
    place = Place(
        host=str(table["host"]),
        port=80,
        tls=False,
        path=str(table["path"]),
        method="GET",
        owner=str(table["owner"]),
    )
    return Sentinel(place, str(table["body"]))


def _place(table: Table) -> Place:
    host = str(table["host"])
    return Place(
        host=host,
        path=str(table.get("path", "/")),
        owner=str(table["owner"]),
    )
