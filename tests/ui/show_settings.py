"""Save pictures of the settings.

    python -m tests.ui.show_settings FOLDER [STATE …]

One PNG per section and state, light and dark.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from downlight.core.keys import KEYS, Key, Ring
from downlight.core.model import ServiceSlug
from downlight.core.places.home import Whereabouts
from downlight.core.preferences import HooksView, HookView, Rehearsal
from downlight.core.settings import Settings
from downlight.ui.settings.dialog import SettingsDialog
from tests.ui import made_up
from tests.ui.show import dark, light
from tests.ui.wishes import Granted

if TYPE_CHECKING:
    from collections.abc import Callable

HOOKS = HooksView(
    (
        HookView("log", "command", ("began", "ended"), 0, "delivered"),
        HookView(
            "team", "slack", ("began", "ended", "worsened"), 2, "waiting: refused"
        ),
        HookView("bar", "waybar"),
    ),
    ('hooks.toml: command "bad": run: nobody knows {oh}; it is left out.',),
)


def person() -> Granted:
    """Return the wishes of somebody who has chosen a few things."""
    wishes = Granted()
    wishes.where = Whereabouts("TR", "zone")
    wishes.chosen_settings = replace(
        Settings(),
        country="TR",
        also_in=("DE", "BR"),
        notify_when={ServiceSlug("calm"): "end"},
        quiet_hours=("mon-fri 22:00-07:00", "sat-sun 00:00-09:00"),
    )
    wishes.hook_list = HOOKS
    wishes.key_list = (
        *(replace(key, wanted=key.family == "riot") for key in KEYS),
        Key("hook-team", "The address of your hook team", wanted=True),
    )
    return wishes


def opened(section: str, wishes: Granted | None = None) -> SettingsDialog:
    """Return the settings, open on a section."""
    made = SettingsDialog(wishes or person(), lambda: made_up.NOW)
    made.show_news(made_up.world())
    made.open_on(section)
    return made


def faulty() -> SettingsDialog:
    """Return quiet hours that cannot be."""
    made = opened("quiet")
    made.quiet.add_one.click()
    made.quiet.lines[-1].edit.setText("25:00-07:00")
    made.quiet.lines[-1].edit.editingFinished.emit()
    return made


def general_faulty() -> SettingsDialog:
    """Return a country nobody knows."""
    made = opened("general")
    made.general.also.setText("Germany, Atlantis")
    made.general.also.editingFinished.emit()
    return made


def rung(ring: Ring) -> SettingsDialog:
    """Return the keys, once the keyring has answered."""
    wishes = person()
    made = opened("keys", wishes)
    wishes.tell_ring(ring)
    return made


def tested() -> SettingsDialog:
    """Return a hook that was tried."""
    wishes = person()
    made = opened("hooks", wishes)
    made.hooks.cards[0].test.click()
    wishes.tell_try("written")
    made.hooks.cards[1].show_it.click()
    return made


def rehearsed() -> SettingsDialog:
    """Return what recorded outages would have been told like."""
    wishes = person()
    made = opened("general", wishes)
    made.resize(820, 900)
    made.general.belief.play.click()
    minute = timedelta(minutes=1)
    wishes.tell_rehearsal(
        (
            Rehearsal(
                "4 May 2026",
                "Chatter",
                told=True,
                late=3 * minute,
                end_late=minute,
            ),
            Rehearsal("12 June 2025", "Nimbus", told=True, late=56 * minute),
            Rehearsal("1 March 2025", "Post", told=False),
        )
    )
    return made


def replayed() -> SettingsDialog:
    """Return the settings while a recording is played."""
    made = opened("notify")
    made.show_news(replace(made_up.world(), replay="the outage of 2022"))
    return made


def small(made: SettingsDialog) -> SettingsDialog:
    """Return it at its smallest."""
    made.resize(made.minimumSize())
    return made


LOCKED = "Keyring locked. Unlock the keyring of your desktop, then try again."
STATES: dict[str, Callable[[], SettingsDialog]] = {
    "general": lambda: opened("general"),
    "general-small": lambda: small(opened("general")),
    "general-fault": general_faulty,
    "notify": lambda: opened("notify"),
    "quiet": lambda: opened("quiet"),
    "quiet-fault": faulty,
    "quiet-none": lambda: opened("quiet", Granted()),
    "hooks": lambda: opened("hooks"),
    "hooks-none": lambda: opened("hooks", Granted()),
    "hooks-tested": tested,
    "sources": lambda: opened("sources"),
    "keys": lambda: rung(Ring({key.name: key.name == "riot" for key in KEYS})),
    "keys-locked": lambda: rung(Ring({}, LOCKED)),
    "keys-asking": lambda: opened("keys"),
    "rehearsed": rehearsed,
    "replay": replayed,
}


def main() -> None:
    """Run it."""
    app = QApplication(sys.argv[:1])
    app.setStyle("fusion")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for shade, colours in (("light", light()), ("dark", dark())):
        app.setPalette(colours)
        for name, make in STATES.items():
            if sys.argv[2:] and name not in sys.argv[2:]:
                continue
            made = make()
            for _ in range(5):
                app.processEvents()
            made.grab().save(str(folder / f"{name}-{shade}.png"))
            made.close()
            made.deleteLater()


if __name__ == "__main__":
    main()
