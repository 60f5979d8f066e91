"""Does what a person chooses in the settings: keeps it, and goes by it at once."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from downlight import wiring
from downlight.core.errors import CatalogError, DownlightError
from downlight.core.keys import KEYS, Key, Ring
from downlight.core.speech import tr
from downlight.storage import settings_file
from downlight.storage.settings_check import checked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.core.memory import Secrets
    from downlight.core.preferences import Document, HooksView, Rehearsal, Taken
    from downlight.core.settings import IconStyle, Settings
    from downlight.engine.thread import EngineThread
    from downlight.notify.courier import Courier
    from downlight.ui.bridge import Bridge
    from downlight.wiring import Home

log = logging.getLogger(__name__)

T = TypeVar("T")


class Chooser:
    """Grants `Preferences` about what really goes on."""

    def __init__(self, home: Home, bridge: Bridge, know: Callable[[], None]) -> None:
        """Begin, without anyone yet who goes by it.

        Args:
            home: Where this run keeps its things, and what was chosen before.
            bridge: Brings answers back to the window's thread.
            know: Told when there are more or fewer services to choose from.
        """
        self.home = home
        self.engine: EngineThread | None = None
        self.courier: Courier | None = None
        self.wear: Callable[[IconStyle], None] = _naked
        """Told for what kind of panel the icon is to be drawn."""
        self.secrets: Callable[[], Secrets] = wiring.secrets
        """Finds the keyring; called on a thread that may wait."""
        self._bridge = bridge
        self._know = know

    def settings(self) -> Settings:
        """Return what holds now."""
        return self.home.settings

    def change(self, settings: Settings) -> None:
        """Keep these, and go by them at once.

        Raises:
            SettingsError: One of them cannot be used, or the file cannot be changed.
            StorageError: The disk refuses.
        """
        before = self.home
        settings = checked(settings, before.settings)
        settings_file.save(before.places.settings, settings, was=before.settings)
        self._go_by(replace(before, settings=settings))

    def _go_by(self, home: Home) -> None:
        """Put into force what is kept already."""
        old, new = self.home, home
        self.home, was, now = new, old.settings, new.settings
        if self.courier is not None:
            self.courier.change_wishes(wiring.wishes(now))
        if self.engine is not None and _land(now) != _land(was):
            self.engine.settle_home(wiring.country(now), now.also_in)
        if now.icon != was.icon:
            self.wear(now.icon)
        if (now.watch, now.parts, new.own) != (was.watch, was.parts, old.own):
            self._live_in(new)

    def _live_in(self, home: Home) -> None:
        """Watch what was chosen, from what there is to choose now."""
        self.home = home = with_own(home)
        if self.engine is not None:
            plan, _ = wiring.plan(home.settings.watch, home)
            self.engine.adopt(plan)
        self._know()

    def file_of(self, what: Document) -> str:
        """Return where that file stands; it is made when there is none.

        Raises:
            DownlightError: It cannot be made.
        """
        path: Path = getattr(self.home.places, what)
        if not path.exists():
            if what == "settings":
                settings_file.save(path, self.home.settings)
            else:
                from downlight.catalog import writing  # noqa: PLC0415 - seldom
                from downlight.trying import HEAD  # noqa: PLC0415 - seldom

                writing.replace(path, HEAD if what == "hooks" else writing.HEAD)
        return str(path)

    def log_folder(self) -> str:
        """Return the folder of what Downlight writes about itself."""
        return str(self.home.places.log.parent)

    def export(self, path: str) -> None:
        """Write settings, watch list and own services there, without secrets.

        Raises:
            DownlightError: They cannot be written.
        """
        from downlight import moving  # noqa: PLC0415 - seldom, and start-up is felt

        moving.export(Path(path), self.home)

    def take_over(self, path: str) -> Taken:
        """Go by what was written by `export`, and keep it.

        Raises:
            DownlightError: It does not fit or cannot be kept; nothing has changed.
        """
        from downlight import moving  # noqa: PLC0415 - seldom, and start-up is felt

        home, taken = moving.take_over(Path(path), self.home)
        self._go_by(home)
        return taken

    def hooks(self) -> HooksView:
        """Return what is done on change, as it stands in its file."""
        from downlight import trying  # noqa: PLC0415 - seldom, and start-up is felt

        return trying.listed(self.home.places)

    def preview_hook(self, name: str) -> str:
        """Return in words what a hook would do on a made-up event; does nothing.

        Raises:
            SettingsError: There is no such hook any more.
        """
        from downlight import trying  # noqa: PLC0415 - seldom, and start-up is felt

        return trying.preview(trying.named(name, self.home.places))

    def try_hook(self, name: str, tell: Callable[[str | DownlightError], None]) -> None:
        """Let a hook do its work on a made-up event."""
        from downlight import trying  # noqa: PLC0415 - seldom, and start-up is felt

        home = self.home

        def work() -> str:
            return trying.attempt(trying.named(name, home.places), home.settings)

        self._aside(work, tell)

    def rehearse(
        self, tell: Callable[[Sequence[Rehearsal] | DownlightError], None]
    ) -> None:
        """Find out how recorded outages would have been told."""
        from downlight import rehearsing  # noqa: PLC0415 - seldom

        folder = self.home.places.folder
        self._aside(lambda: rehearsing.rehearse(folder), tell)

    def keys(self) -> tuple[Key, ...]:
        """Return which tokens and logins there may be, without looking for them."""
        from downlight import trying  # noqa: PLC0415 - seldom, and start-up is felt

        home = self.home
        plan, _ = wiring.plan(home.settings.watch, home)
        families = {source.info.family for source in plan.sources}
        hooks = trying.secrets_of(home.places).items()
        return (
            *(replace(key, wanted=key.family in families) for key in KEYS),
            *(Key(name, what, wanted=True) for name, what in hooks),
        )

    def look_for_keys(self, tell: Callable[[Ring], None]) -> None:
        """Ask the keyring which of them it holds."""
        names = [key.name for key in self.keys()]

        def work() -> Ring:
            ring, kept = self.secrets(), dict[str, bool]()
            for name in names:
                try:
                    kept[name] = ring.read(name) is not None
                except DownlightError as error:
                    return Ring(kept, error.words)
            return Ring(kept)

        def heard(answer: Ring | DownlightError) -> None:
            if isinstance(answer, DownlightError):
                answer = Ring(trouble=answer.words)
            tell(answer)

        self._aside(work, heard)

    def keep_key(
        self,
        name: str,
        value: str | None,
        tell: Callable[[DownlightError | None], None],
    ) -> None:
        """Put a token into the keyring; None forgets it."""
        self._aside(lambda: self.secrets().write(name, value), tell)

    def _aside(
        self, work: Callable[[], T], tell: Callable[[T | DownlightError], None]
    ) -> None:
        """Do what may take long on a thread of its own, and tell what came of it."""
        told = self._bridge.carry(tell)

        def run() -> None:
            try:
                answer: T | DownlightError = work()
            except DownlightError as error:
                answer = error
            except Exception:  # an edge: a hook, or a keyring (HOUSE 11)
                log.exception("bug in what was asked for in the settings")
                answer = DownlightError(tr("a bug; the log says more"))
            told(answer)

        # It may wait for a person to type a password: that keeps no program alive.
        threading.Thread(target=run, name="aside", daemon=True).start()


def with_own(home: Home) -> Home:
    """Return it with the person's own services as they stand in the file now."""
    try:
        added, _ = wiring.own_services(home.places.services)
    except CatalogError:  # said when the program began; the others are watched
        return home
    return replace(home, own=added)


def _land(settings: Settings) -> tuple[str, tuple[str, ...]]:
    return settings.country, settings.also_in


def _naked(_style: IconStyle) -> None:
    """Draw no icon: there is none yet."""
