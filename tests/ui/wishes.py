"""Wishes written down, and answered when the test says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from downlight.core.errors import DownlightError
from downlight.core.home import Whereabouts, said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from downlight.core.addition import Found
    from downlight.core.ladder import Climb, Step
    from downlight.core.model import Component, ServiceSlug


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
        self.refusal: DownlightError | None = None

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

    def _may(self) -> None:
        if self.refusal is not None:
            raise self.refusal
