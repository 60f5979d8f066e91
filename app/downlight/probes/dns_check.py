"""Our own check of one name: does it lead where it should?

Asked is this computer's own resolver, so an answer out of its memory counts too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from downlight.core.errors import CatalogError, Unreachable
from downlight.core.model import Check, Report
from downlight.core.speech import number, tr
from downlight.core.text import line
from downlight.probes.options import described, silent, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from downlight.core.ports import Web
    from downlight.core.source import SourceInfo, SourceSpec

NAMED: Final = 3
"""More addresses than this are not named."""

_NAME: Final = re.compile(r"[^\s/:@?#\[\]]{1,253}")


@dataclass(frozen=True, slots=True)
class DnsCheck:
    """Looks up one name."""

    info: SourceInfo
    host: str
    expected: frozenset[str]
    """Addresses that must be among the answers; empty for any."""

    async def read(self, web: Web, last: Report | None = None) -> Report:
        """Look it up once.

        Raises:
            SourceError: Nothing was learned.
        """
        del last
        target, began = line(self.host), web.now()
        try:
            found = _written(await web.resolve(self.host))
        except Unreachable as error:
            return told(self.info.id, web.now(), silent(target, error))
        now = web.now()
        missing = self.expected - found
        trouble = _astray(found, missing) if missing else ""
        check = Check(target, max(now - began, timedelta()), trouble)
        return told(self.info.id, now, check)


def build(spec: SourceSpec) -> DnsCheck:
    """Make the check of a name: of option ``host``, or of ``dns://host``.

    Options:
        host: The name, when it is not in the address.
        expect: Addresses that must be among the answers; any will do when missing.
        every: Seconds between two tries; 300 when missing, 30 at least.

    Raises:
        CatalogError: It cannot be checked like that.
    """
    named = spec.url.removeprefix("dns://") if spec.url.startswith("dns://") else ""
    host = spec.option("host", named.strip("/")).strip()
    try:
        expected = _written(spec.options.get("expect", ()))
    except ValueError:
        raise CatalogError(f"{spec.id}: expect: addresses are wanted") from None
    if not _NAME.fullmatch(host):
        raise CatalogError(f"{spec.id}: host: the name of a host is wanted")
    return DnsCheck(described(spec, f"dns://{host}"), host, expected)


def _written(addresses: Iterable[str]) -> frozenset[str]:
    """Return addresses in the one spelling they can be compared in.

    Raises:
        ValueError: One of them is none.
    """
    return frozenset(str(ip_address(address.strip())) for address in addresses)


def _astray(found: Iterable[str], missing: Iterable[str]) -> str:
    return tr(
        "Leads to {found}, not to {wanted}", found=_list(found), wanted=_list(missing)
    )


def _list(addresses: Iterable[str]) -> str:
    known = sorted(addresses)
    more = len(known) - NAMED
    named = ", ".join(known[:NAMED])
    if more <= 0:
        return named
    return tr("{names} and {n} more", names=named, n=number(more))
