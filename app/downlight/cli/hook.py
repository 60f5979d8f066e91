"""``downlight hook``: what is done when something changes, shown and tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight import trying, wiring
from downlight.cli import console
from downlight.core.errors import DeliveryError
from downlight.core.telling.hooks import Command
from downlight.storage import hooks_file, outbox

if TYPE_CHECKING:
    from argparse import Namespace

    from downlight.core.telling.hooks import Bar, Hooks, Webhook
    from downlight.wiring import Home


def run(options: Namespace) -> int:
    """List the hooks, show what one would do, or let it do it.

    Returns:
        0 when it worked, 1 when it did not, 3 when the file has faults.

    Raises:
        SettingsError: There is no such hook.
    """
    home = wiring.open_home(options.data)
    hooks, complaints = hooks_file.load(home.places.hooks)
    for complaint in complaints:
        console.complain(complaint)
    if options.what == "list":
        _list(hooks, home)
        return 3 if complaints else 0
    hook = trying.named(options.name or "", home.places)
    if options.what == "preview":
        console.say(trying.preview(hook))
        return 0
    return _test(hook, home)


def _list(hooks: Hooks, home: Home) -> None:
    if not hooks:
        console.say(f"There are no hooks. They stand in {home.places.hooks}.")
    states = outbox.last_of(home.places.outbox)
    for it in hooks.told:
        turns = ", ".join(sorted(it.interest.on))
        what = "command" if isinstance(it, Command) else it.shape
        console.say(f"{it.name:20} {what:8} on {turns}{_state(states.get(it.name))}")
    for bar in hooks.bars:
        console.say(f"{bar.name:20} {bar.shape:8} in {bar.path}")


def _state(state: tuple[int, str] | None) -> str:
    if state is None:
        return ""
    waiting, last = state
    return f"; last: {last}" + (f"; {waiting} waiting" if waiting else "")


def _test(hook: Command | Webhook | Bar, home: Home) -> int:
    try:
        heard = trying.attempt(hook, home.settings)
    except DeliveryError as error:
        console.complain(f"{hook.name}: {error}")
        return 1
    if heard:
        console.say(heard)
    console.say(f"{hook.name}: done.")
    return 0
