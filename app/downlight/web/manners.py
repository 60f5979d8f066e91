"""How a guest behaves on the web: what headers ask of us, what a failure means.

Pure: headers and exceptions in, values out.
"""

from __future__ import annotations

import hashlib
import re
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

from downlight.core.errors import Reason, Unreachable
from downlight.core.model import SHELF_LIFE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_REST: Final = timedelta(days=1)
"""Longest ``Retry-After`` we believe."""
LONGEST_AGE: Final = SHELF_LIFE - timedelta(minutes=5)
"""Longest ``max-age`` we believe: a page that claims an hour would leave us without
a fresh report for half of it."""

_MAX_AGE: Final = re.compile(r'\bmax-age\s*=\s*"?(\d{1,12})')
_NO_REUSE: Final = re.compile(r"\bno-(?:cache|store)\b")
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?([\w.:+-]{1,40})""", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_VALUE: Final = re.compile(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?")
_SENDABLE: Final = re.compile(r"[\x20-\x7e]{1,256}")


def is_loopback(host: str) -> bool:
    """Whether ``host`` (a name, or an address without brackets) is this computer."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def leads_here(host: str) -> bool:
    """Whether ``host`` may mean this computer, in any spelling the system takes.

    Wider than `is_loopback`, which allows: this one forbids. "127.1", "2130706433",
    "0.0.0.0" and "localhost." all arrive here.
    """
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        try:
            address = ip_address(socket.inet_aton(name))
        except (OSError, ValueError):
            return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback or address.is_unspecified


def rest(value: str | None, now: datetime) -> timedelta | None:
    """Return the pause a ``Retry-After`` asks for, 0 to `LONGEST_REST`.

    Args:
        value: Whole seconds or an HTTP date; None when it was not sent.
        now: The present moment (aware, UTC).

    Returns:
        The pause, or None when there is none or it makes no sense.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:12]), LONGEST_REST.total_seconds()))
    try:
        until = parsedate_to_datetime(text)
        if until.tzinfo is None:  # "-0000": UTC, says RFC 5322
            until = until.replace(tzinfo=UTC)
        return min(max(until - now, timedelta()), LONGEST_REST)
    except (ValueError, OverflowError):
        return None


def freshness(headers: Mapping[str, str]) -> timedelta | None:
    """Return how long the answer asks not to be asked again, if it does.

    That is ``max-age`` less the ``Age`` it already has, at most `LONGEST_AGE`.
    """
    control = headers.get("cache-control", "").lower()
    found = _MAX_AGE.search(control)
    if found is None or _NO_REUSE.search(control):
        return None
    age = headers.get("age", "").strip()
    spent = int(age[:12]) if age.isascii() and age.isdigit() else 0
    seconds = int(found[1]) - spent
    if seconds <= 0:
        return None
    return timedelta(seconds=min(seconds, LONGEST_AGE.total_seconds()))


def charset(headers: Mapping[str, str]) -> str | None:
    """Return the charset named by ``Content-Type``, lower case, or None."""
    found = _CHARSET.search(headers.get("content-type", ""))
    return found[1].lower() if found else None


def validators(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the request headers that ask "has it changed since?".

    Empty when the answer carries nothing to ask with, or forbids keeping it.
    """
    if "no-store" in headers.get("cache-control", "").lower():
        return {}
    asked = {
        "If-None-Match": headers.get("etag", ""),
        "If-Modified-Since": headers.get("last-modified", ""),
    }
    # Whatever the server wrote goes back into a header: plain ASCII or nothing.
    return {name: text for name, text in asked.items() if _SENDABLE.fullmatch(text)}


def sendable(headers: Mapping[str, str]) -> None:
    """Refuse headers that cannot be sent, before any library words its own refusal.

    Raises:
        Unreachable: One is no plain line of ASCII. It is named, its value is not: a
            token may have been pasted with a line break.
    """
    for name, value in headers.items():
        if not (_NAME.fullmatch(name) and _VALUE.fullmatch(value)):
            raise Unreachable(f"the header {name!r} cannot be sent", "unusable")


def mark(headers: Mapping[str, str]) -> str:
    """Return a digest of headers, the same in any order; empty for none.

    What one token was told is not for another, and a token is not kept to know that.
    """
    if not headers:
        return ""
    lines = sorted(f"{name.lower()}: {value}" for name, value in headers.items())
    return hashlib.blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def trouble(error: BaseException) -> Unreachable:
    """Return what ``error`` of the network means, in our words.

    Only kinds are named, no texts: those may quote the answer.
    """
    causes = tuple(_causes(error))
    for cause in causes:
        match cause:
            case ssl.SSLCertVerificationError():
                return _distrust(cause)
            case socket.gaierror() if cause.errno not in _NOBODY:
                return Unreachable("the name could not be looked up", "resolver")
    for kind, reason, words in _KINDS:
        if any(isinstance(cause, kind) for cause in causes):
            return Unreachable(words, reason)
    if any(isinstance(c, ssl.SSLError) and not isinstance(c, _WAITS) for c in causes):
        return Unreachable(f"no secure connection ({type(error).__name__})", "tls")
    return Unreachable(f"the connection broke ({type(error).__name__})")


_KINDS: Final[tuple[tuple[type[BaseException], Reason, str], ...]] = (
    (TimeoutError, "timeout", "no answer in time"),
    (socket.gaierror, "dns", "the name was not found"),
    (UnicodeError, "dns", "the name is not a host name"),
    (ConnectionRefusedError, "refused", "the connection was refused"),
    (ConnectionError, "reset", "the connection was cut off"),
    (ssl.SSLEOFError, "reset", "the connection was cut off"),
)
# What the system says of a name that is not, or has no address. Not every system knows
# both. Whatever else it says of a name, it was not able to find out.
_NOBODY: Final = frozenset(
    getattr(socket, name)
    for name in ("EAI_NONAME", "EAI_NODATA")
    if hasattr(socket, name)
)
_EXPIRED: Final = frozenset(
    {
        10,  # OpenSSL: X509_V_ERR_CERT_HAS_EXPIRED
        0x800B0101,  # Windows: CERT_E_EXPIRED
        -67818,  # macOS: errSecCertificateExpired
    }
)
"""How the systems whose trust we ask say that a certificate has expired."""
# Not failures: TLS saying that it waits for the other side.
_WAITS: Final = (ssl.SSLWantReadError, ssl.SSLWantWriteError)


def _distrust(error: ssl.SSLCertVerificationError) -> Unreachable:
    """Return what a certificate that was not believed means."""
    # Both are missing where it was raised by hand.
    why = getattr(error, "verify_message", "") or "not trusted"
    expired = getattr(error, "verify_code", None) in _EXPIRED
    reason: Reason = "expired" if expired else "untrusted"
    return Unreachable(f"no secure connection: certificate: {why}", reason)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield ``error`` and everything that led to it, each once."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += (found.__context__, found.__cause__)
        if isinstance(found, BaseExceptionGroup):
            waiting += found.exceptions
