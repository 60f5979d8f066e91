"""Wishes written down, and answered when the test says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from downlight.core.errors import DownlightError
from downlight.core.keys import KEYS
from downlight.core.places.home import Whereabouts, said
from downlight.core.preferences import HooksView, Rehearsal, Taken
from downlight.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.core.addition import Found
    from downlight.core.history.past import Past
    from downlight.core.keys import Key, Ring
    from downlight.core.model import Component, ServiceSlug
    from downlight.core.preferences import Document
    from downlight.core.rungs.ladder import Climb, Step

T = TypeVar("T")


class Granted:
    """Grants everything, unless told to refuse."""

    def __init__(self) -> None:
        self.refreshed = 0
        self.watched: list[tuple[ServiceSlug, ...]] = []
        self.looks: list[tuple[str, bool]] = []
        self.tell: Callable[[Found | DownlightError], None] = lambda _: None
        self.added: list[tuple[Found, tuple[str, ...]]] = []
        self.removed: list[ServiceSlug] = []
        self.parts: tuple[Component, ...] | DownlightError | None = None
        """Told at once; None: later, through `tell_parts`."""
        self.tell_parts: Callable[[tuple[Component, ...] | DownlightError], None]
        self.asked_parts: list[ServiceSlug] = []
        self.chosen: dict[ServiceSlug, tuple[str, ...]] = {}
        self.where = Whereabouts(settled=True)
        """Where the person is, as far as anybody knows."""
        self.settled: list[str] = []
        self.at_login = False
        self.climbs: list[ServiceSlug] = []
        self.step: Callable[[Step], None] = lambda _: None
        self.tell_climb: Callable[[Climb | DownlightError], None] = lambda _: None
        self.pasts: list[ServiceSlug] = []
        self.make_past: Callable[[Past], Any] = lambda past: past
        self.tell_past: Callable[[Any], None] = lambda _: None
        self.backfills: list[ServiceSlug] = []
        self.tell_backfill: Callable[[bool | DownlightError], None] = lambda _: None
        self.refusal: DownlightError | None = None
        self.chosen_settings = Settings()
        self.changes: list[Settings] = []
        self.exported: list[str] = []
        self.imported: list[str] = []
        self.taken = Taken(2, 1)
        self.hook_list = HooksView()
        self.tries: list[str] = []
        self.tell_try: Callable[[str | DownlightError], None] = lambda _: None
        self.key_list: tuple[Key, ...] = KEYS
        self.looks_for_keys = 0
        self.tell_rehearsal: Callable[[Sequence[Rehearsal] | DownlightError], None]
        self.tell_ring: Callable[[Ring], None] = lambda _: None
        self.kept_keys: list[tuple[str, str | None]] = []
        self.tell_kept: Callable[[DownlightError | None], None] = lambda _: None

    def refuse(self, title: str, hint: str = "") -> DownlightError:
        error = DownlightError(title)
        error.title, error.hint = title, hint
        self.refusal = error
        return error

    def refresh(self) -> None:
        self.refreshed += 1

    def watch(self, slugs: Sequence[ServiceSlug]) -> None:
        self.watched.append(tuple(slugs))

    def look_at(
        self,
        address: str,
        tell: Callable[[Found | DownlightError], None],
        *,
        check: bool = False,
    ) -> None:
        self.looks.append((address, check))
        self.tell = tell

    def add(self, found: Found, parts: Sequence[str] = ()) -> None:
        self._may()
        self.added.append((found, tuple(parts)))

    def remove(self, slug: ServiceSlug) -> None:
        self._may()
        self.removed.append(slug)

    def parts_of(
        self,
        slug: ServiceSlug,
        tell: Callable[[tuple[Component, ...] | DownlightError], None],
    ) -> None:
        self.asked_parts.append(slug)
        self.tell_parts = tell
        if self.parts is not None:
            tell(self.parts)

    def climb(
        self,
        slug: ServiceSlug,
        step: Callable[[Step], None],
        tell: Callable[[Climb | DownlightError], None],
    ) -> None:
        self.climbs.append(slug)
        self.step, self.tell_climb = step, tell

    def past(
        self,
        slug: ServiceSlug,
        make: Callable[[Past], T],
        tell: Callable[[T | DownlightError], None],
        known: Past | None = None,
    ) -> None:
        if known is not None:
            tell(make(known))
            return
        self.pasts.append(slug)
        self.make_past, self.tell_past = make, tell

    def backfill(
        self, slug: ServiceSlug, tell: Callable[[bool | DownlightError], None]
    ) -> None:
        self.backfills.append(slug)
        self.tell_backfill = tell

    def chosen_parts(self, slug: ServiceSlug) -> tuple[str, ...]:
        return self.chosen.get(slug, ())

    def choose_parts(self, slug: ServiceSlug, parts: Sequence[str]) -> None:
        self._may()
        self.chosen[slug] = tuple(parts)

    def whereabouts(self) -> Whereabouts:
        return self.where

    def settle_country(self, choice: str) -> None:
        self.settled.append(choice)
        self.where = said(choice) or replace(self.where, settled=True)

    def starts_at_login(self) -> bool:
        return self.at_login

    def start_at_login(self, *, on: bool) -> None:
        self._may()
        self.at_login = on

    def settings(self) -> Settings:
        return self.chosen_settings

    def change(self, settings: Settings) -> None:
        self._may()
        self.changes.append(settings)
        self.chosen_settings = settings

    def file_of(self, what: Document) -> str:
        self._may()
        return f"/nowhere/{what}.toml"

    def log_folder(self) -> str:
        return "/nowhere/log"

    def export(self, path: str) -> None:
        self._may()
        self.exported.append(path)

    def take_over(self, path: str) -> Taken:
        self._may()
        self.imported.append(path)
        return self.taken

    def hooks(self) -> HooksView:
        return self.hook_list

    def preview_hook(self, name: str) -> str:
        self._may()
        return f"what {name} sends"

    def try_hook(self, name: str, tell: Callable[[str | DownlightError], None]) -> None:
        self.tries.append(name)
        self.tell_try = tell

    def rehearse(
        self, tell: Callable[[Sequence[Rehearsal] | DownlightError], None]
    ) -> None:
        self.tell_rehearsal = tell

    def keys(self) -> tuple[Key, ...]:
        return self.key_list

    def look_for_keys(self, tell: Callable[[Ring], None]) -> None:
        self.looks_for_keys += 1
        self.tell_ring = tell

    def keep_key(
        self,
        name: str,
        value: str | None,
        tell: Callable[[DownlightError | None], None],
    ) -> None:
        self.kept_keys.append((name, value))
        self.tell_kept = tell

    def _may(self) -> None:
        if self.refusal is not None:
            raise self.refusal
