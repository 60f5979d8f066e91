"""Everything that can go wrong, in one family.

* DownlightError
  + SourceError: this attempt gave no report; try again later
    - Unreachable: no usable answer arrived (DNS, TCP, TLS, time-out, too large)
    - Refused: the server answered with an error status
    - Unreadable: it answered, but not in the shape we know
    - NoKey: it wants a token that we do not have
  + DeliveryError: a notification channel could not deliver
  + SettingsError: the settings file cannot be read
  + StorageError: the journal or a secret cannot be kept or read
  + RecordingError: a recording cannot be played
  + CatalogError: the shipped catalog contradicts itself

``title`` and ``hint`` are for people, in English where they are fixed: who shows them
puts them through `tr`. ``str(error)`` is for logs. Neither ever holds the body of an
answer or a secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from downlight.core.speech import mark, tr

if TYPE_CHECKING:
    from datetime import timedelta

Reason: TypeAlias = Literal[
    "timeout",
    "refused",
    "reset",
    "dns",
    "resolver",
    "tls",
    "expired",
    "untrusted",
    "broken",
    "unusable",
]
"""Why nothing usable arrived: the words a recording uses.

``reset``: the other side broke off. ``dns``: there is no such name, ``resolver``:
nobody could say whether there is. ``expired`` and ``untrusted``: the certificate is
(``untrusted`` also when it is for another name, or not valid yet), ``tls``: any other
trouble with a secure connection. ``broken``: no way there, or nothing better is known.
``unusable``: something came that we do not take (too large, say).

Recordings older than ``reset``, ``resolver``, ``expired`` and ``untrusted`` have
``broken``, ``dns`` and ``tls`` in their place.
"""


class DownlightError(Exception):
    """Any failure Downlight foresees."""

    title = mark("Something went wrong")
    """A few words for a person."""
    hint = ""
    """What a person can do about it; empty when nothing."""

    @property
    def words(self) -> str:
        """Title and hint as a person reads them in one go."""
        return f"{tr(self.title)}. {tr(self.hint)}".strip()


class SourceError(DownlightError):
    """This attempt produced no report."""

    title = mark("No answer")
    retry_after: timedelta | None = None
    """How long the server asked us to stay away."""


class Unreachable(SourceError):
    """No usable answer arrived."""

    title = mark("Not reachable")

    def __init__(self, message: str, reason: Reason = "broken") -> None:
        super().__init__(message)
        self.reason: Reason = reason
        self.title = _UNREACHABLE[reason]

    @property
    def is_silence(self) -> bool:
        """Whether nobody was heard at all, as it is on a dead line."""
        return self.reason in _SILENT


_UNREACHABLE: dict[Reason, str] = {
    "timeout": mark("No answer in time"),
    "refused": mark("Connection refused"),
    "reset": mark("Connection cut off"),
    "dns": mark("Name not found"),
    "resolver": mark("Name look-up failed"),
    "tls": mark("No secure connection"),
    "expired": mark("Certificate expired"),
    "untrusted": mark("Certificate not trusted"),
    "broken": mark("Not reachable"),
    "unusable": mark("Answer not usable"),
}
_SILENT: frozenset[Reason] = frozenset(
    {"timeout", "refused", "reset", "dns", "resolver", "broken"}
)


class Refused(SourceError):
    """The server answered with an error status."""

    title = mark("Refused")

    def __init__(self, status: int, retry_after: timedelta | None = None) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.retry_after = retry_after
        self.title = tr("Refused (HTTP {status})", status=status)


class Unreadable(SourceError):
    """The answer is not in the shape we know."""

    title = mark("Answer not understood")
    hint = mark("The page may have changed its form; an update of Downlight may help.")


class NoKey(SourceError):
    """The source wants a token, and there is none we could use."""

    title = mark("Needs a key")

    def __init__(self, name: str, why: str = "") -> None:
        super().__init__(f"no key {name!r}" + (f": {why}" if why else ""))
        self.name = name
        self.hint = why or tr("Give it one with: downlight key {name}", name=name)


class DeliveryError(DownlightError):
    """A notification channel could not deliver."""

    title = mark("Notification not delivered")


class SettingsError(DownlightError):
    """The settings file cannot be read."""

    title = mark("Settings not readable")


class StorageError(DownlightError):
    """Something cannot be kept or read back."""

    title = mark("Storage failed")


class RecordingError(DownlightError):
    """A recording cannot be played."""

    title = mark("Recording not readable")


class CatalogError(DownlightError):
    """The catalog contradicts itself."""

    title = mark("Catalog not readable")
