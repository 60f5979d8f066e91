"""What a person chooses in the settings, and what they show of hooks and files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from downlight.core.errors import DownlightError
    from downlight.core.keys import Key, Ring
    from downlight.core.settings import Settings

Document: TypeAlias = Literal["settings", "hooks", "services"]
"""A file that a person may edit."""


@dataclass(frozen=True, slots=True)
class HookView:
    """One hook as it stands in the file."""

    name: str
    kind: str
    """``command``, or the shape of a webhook or of a status bar's file."""
    on: tuple[str, ...] = ()
    """The turns it is told of, sorted; empty where it is told of all."""
    waiting: int = 0
    """How much has not arrived yet."""
    last: str = ""
    """What came of the newest, e.g. ``delivered``; empty while there was none."""


@dataclass(frozen=True, slots=True)
class HooksView:
    """What stands in the file of the hooks."""

    hooks: tuple[HookView, ...] = ()
    faults: tuple[str, ...] = ()
    """A sentence for each entry that is left out, and why."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over from a file of settings."""

    settings: int
    """How many settings are other ones than before."""
    services: int
    """How many of the person's services are new here."""
    strangers: tuple[str, ...] = ()
    """Watched services that nobody here knows, by their short names."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """How one recorded outage would have been told."""

    title: str
    """Of the recording."""
    service: str
    """Its name."""
    told: bool
    """Whether it would have been told while it lasted."""
    late: timedelta | None = None
    """After its beginning; negative: before. None: not told, or it began before the
    recording."""
    end_late: timedelta | None = None
    """The same of its end; None: that was not told."""
    false: int = 0
    """How often else it would have been told."""


class Preferences(Protocol):
    """What a person chooses in the settings. Called on the window's thread."""

    def settings(self) -> Settings:
        """Return what holds now."""
        ...

    def change(self, settings: Settings) -> None:
        """Keep these, and go by them at once, as far as that needs no new start.

        Raises:
            DownlightError: One of them cannot be used, or they cannot be kept;
                nothing has changed.
        """
        ...

    def file_of(self, what: Document) -> str:
        """Return where that file stands; it is made when there is none.

        Raises:
            DownlightError: It cannot be made.
        """
        ...

    def log_folder(self) -> str:
        """Return the folder of what Downlight writes about itself."""
        ...

    def export(self, path: str) -> None:
        """Write settings, watch list and own services there, without secrets.

        Raises:
            DownlightError: They cannot be written.
        """
        ...

    def take_over(self, path: str) -> Taken:
        """Go by what was written by `export`, and keep it.

        Raises:
            DownlightError: It does not fit or cannot be kept; nothing has changed.
        """
        ...

    def hooks(self) -> HooksView:
        """Return what is done on change, as it stands in its file."""
        ...

    def preview_hook(self, name: str) -> str:
        """Return in words what a hook would do on a made-up event; does nothing.

        Raises:
            DownlightError: There is no such hook any more.
        """
        ...

    def try_hook(self, name: str, tell: Callable[[str | DownlightError], None]) -> None:
        """Let a hook do its work on a made-up event; returns at once.

        Args:
            name: Which one.
            tell: Told later, once: what was heard from it, mostly nothing, or why it
                did not work.
        """
        ...

    def rehearse(
        self, tell: Callable[[Sequence[Rehearsal] | DownlightError], None]
    ) -> None:
        """Find out how recorded outages would have been told; returns at once.

        Args:
            tell: Told later, once: how each would have been told by what is chosen
                now, or why that is not known.
        """
        ...

    def keys(self) -> tuple[Key, ...]:
        """Return which tokens and logins there may be, without looking for them."""
        ...

    def look_for_keys(self, tell: Callable[[Ring], None]) -> None:
        """Ask the keyring which of them it holds; returns at once.

        Args:
            tell: Told later, once; the keyring may ask the person first.
        """
        ...

    def keep_key(
        self,
        name: str,
        value: str | None,
        tell: Callable[[DownlightError | None], None],
    ) -> None:
        """Put a token into the keyring; returns at once.

        Args:
            name: Of the key.
            value: The token; None forgets the one that is there.
            tell: Told later, once: why it was not done, None when it was.
        """
        ...
