"""``downlight hook``: what is done when something changes, shown and tried."""

from __future__ import annotations

import asyncio
import json
import shlex
from typing import TYPE_CHECKING

from downlight import wiring
from downlight.cli import console
from downlight.core.bulletin import bulletin
from downlight.core.errors import DeliveryError, SettingsError
from downlight.core.hooks import Bar, Command
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.engine.clock import system_clock
from downlight.storage import hooks_file, outbox

if TYPE_CHECKING:
    from argparse import Namespace

    from downlight.core.bulletin import Bulletin
    from downlight.core.hooks import Hooks, Webhook
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
    hook = _named(hooks, options.name or "", home)
    if options.what == "preview":
        _preview(hook, _sample())
        return 0
    return _test(hook, _sample(), home)


def _sample() -> Bulletin:
    """Return a made-up event that says so; each is another one."""
    at = system_clock()
    event = Event(
        id=f"test/{at:%Y%m%dT%H%M%S.%fZ}/began",
        at=at,
        service=ServiceSlug("test"),
        turn=Turn.BEGAN,
        level=Level.DEGRADED,
        scope="here",
        title="Downlight: a test",
        sentence="This is a test; nothing is down.",
        episode=f"{at:%Y%m%dT%H%M%SZ}",
    )
    return bulletin(event)


def _named(hooks: Hooks, name: str, home: Home) -> Command | Webhook | Bar:
    found = {it.name: it for it in (*hooks.told, *hooks.bars)}
    if name not in found:
        error = SettingsError(repr(name))
        error.title = f"No hook is called {name!r}" if name else "Which hook?"
        known = f"There are: {', '.join(found)}." if found else "There are none."
        error.hint = f"{known} They stand in {home.places.hooks}."
        raise error
    return found[name]


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


def _preview(hook: Command | Webhook | Bar, said: Bulletin) -> None:
    if isinstance(hook, Bar):
        from downlight.notify.bars import TRIAL, render

        console.say(f"into {hook.path}:")
        console.say(render(TRIAL, hook.shape).rstrip("\n"))
    elif isinstance(hook, Command):
        from downlight.notify.command import arguments, environment

        console.say(shlex.join(arguments(hook, said)))
        for name, text in environment(said).items():
            console.say(f"  {name}={shlex.quote(text)}")
        console.say(f"  on standard input: {json.dumps(dict(said))}")
    else:
        from downlight.notify.webhook import compose

        # What the keyring holds is not shown, nor asked for.
        url = hook.url or f"https://({hook.secret})/(secret)"
        request = compose(hook, said, url)
        shown = request.url if hook.url else f"(the address kept as {hook.secret})"
        console.say(f"{request.method} {shown}")
        if hook.token:
            console.say(f"  Authorization: Bearer (what is kept as {hook.token})")
        for name, text in request.headers.items():
            console.say(f"  {name}: {text}")
        console.say(json.dumps(request.body, indent=2, ensure_ascii=False))


def _test(hook: Command | Webhook | Bar, said: Bulletin, home: Home) -> int:
    from downlight.notify.lane import Later

    try:
        heard = asyncio.run(_do(hook, said, home))
    except (DeliveryError, Later) as error:
        console.complain(f"{hook.name}: {error}")
        return 1
    except OSError as error:
        console.complain(f"{hook.name}: not written: {error.strerror or error}")
        return 1
    if heard:
        console.say(heard)
    console.say(f"{hook.name}: done.")
    return 0


async def _do(hook: Command | Webhook | Bar, said: Bulletin, home: Home) -> str:
    """Do it once; return what was heard.

    Raises:
        DeliveryError: It did not work.
        Later: It did not work, and would be tried again.
        OSError: The file cannot be written.
    """
    if isinstance(hook, Bar):
        from pathlib import Path

        from downlight.notify.bars import TRIAL, render, write

        write(Path(hook.path), render(TRIAL, hook.shape))
        return ""
    if isinstance(hook, Command):
        from downlight.notify import command

        return await command.run(hook, said)
    from downlight.notify import webhook

    async with wiring.live_post(home.settings) as post:
        await webhook.send(hook, said, post)
    return ""
