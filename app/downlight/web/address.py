"""Where we go and where not: rules for addresses and for the steps between them."""

from __future__ import annotations

from typing import Final, Protocol

from downlight.core.errors import Unreachable
from downlight.core.speech import mark
from downlight.web.manners import is_loopback, leads_here

TOO_OFTEN: Final = mark("redirected too often")
_SECURE: Final = mark("only over https")


class Address(Protocol):
    """The parts of an address, as a library has taken it apart."""

    @property
    def scheme(self) -> str:
        """As in ``https``, lower case."""
        ...

    @property
    def host(self) -> str:
        """Name or address, without brackets."""
        ...

    @property
    def port(self) -> int | None:
        """None where it is the scheme's own."""
        ...

    @property
    def path(self) -> str:
        """From the first slash on, without the query."""
        ...

    @property
    def userinfo(self) -> bytes:
        """User name and password; empty when there are none."""
        ...


def check(there: Address) -> None:
    """Refuse an address we do not go to.

    Raises:
        Unreachable: It is none of a web page, carries a name, or leaves this computer
            without TLS.
    """
    if not there.host or there.scheme not in {"http", "https"}:
        raise Unreachable(mark("not an address of a web page"), "unusable")
    if there.userinfo:  # it would be sent as a password
        raise Unreachable(mark("an address with a user name in it"), "unusable")
    if there.scheme == "http" and not is_loopback(there.host):
        raise Unreachable(f"{there.host}: {_SECURE}", "unusable")


def check_step(here: Address, there: Address) -> None:
    """Refuse a redirect from ``here`` that gives up what ``here`` had.

    Raises:
        Unreachable: It gives up TLS, or leads from outside to this computer.
    """
    if here.scheme == "https" and there.scheme == "http":
        raise Unreachable(mark("redirected from https to http"), "unusable")
    if leads_here(there.host) and not leads_here(here.host):
        raise Unreachable(mark("redirected to this computer"), "unusable")


def site(address: Address) -> tuple[str, str, int | None]:
    """Return what must stay the same for a token to be sent along."""
    return address.scheme, address.host, address.port


def is_same_place(one: Address, other: Address) -> bool:
    """Whether two addresses mean one page; a slash at the end and capitals aside."""
    return site(one) == site(other) and _path(one) == _path(other)


def _path(address: Address) -> str:
    return address.path.rstrip("/").lower()
