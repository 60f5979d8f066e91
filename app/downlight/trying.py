"""Hooks shown and tried, for window and terminal: what one would do, and doing it."""

from __future__ import annotations

import asyncio
import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

from downlight import wiring
from downlight.core.errors import DeliveryError, SettingsError
from downlight.core.preferences import HooksView, HookView
from downlight.core.speech import tr
from downlight.core.telling.bulletin import sample
from downlight.core.telling.hooks import Bar, Command
from downlight.engine.clock import system_clock
from downlight.notify import bars, command, webhook
from downlight.notify.lane import Later
from downlight.storage import hooks_file, outbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from downlight.core.settings import Settings
    from downlight.core.telling.bulletin import Bulletin
    from downlight.core.telling.hooks import Hooks, Webhook
    from downlight.storage.paths import Places

HEAD: Final = """\
# What Downlight does when something changes: run a program, post to an address, or
# write a file for a status bar. The file is read when Downlight starts.
#
# [[command]]
# name = "log"
# on = ["began", "ended"]
# run = ["logger", "{title}"]
#
# [[webhook]]
# name = "team"
# shape = "slack"
# secret = "hook-team"  # the address, kept with: downlight key hook-team
"""
"""What a new file of hooks says."""


def listed(places: Places) -> HooksView:
    """Return the hooks as they stand in the file, and how each is doing."""
    hooks, faults = hooks_file.load(places.hooks)
    states = outbox.last_of(places.outbox) if hooks else {}
    found = []
    for it in hooks.told:
        waiting, last = states.get(it.name, (0, ""))
        kind = "command" if isinstance(it, Command) else it.shape
        turns = tuple(sorted(it.interest.on))
        found.append(HookView(it.name, kind, turns, waiting, last))
    found += [HookView(bar.name, bar.shape) for bar in hooks.bars]
    return HooksView(tuple(found), faults)


def secrets_of(places: Places) -> dict[str, str]:
    """Return the names of the secrets that hooks ask for, each with its title."""
    hooks, _ = hooks_file.load(places.hooks)
    found = {}
    for hook in hooks.webhooks:
        if hook.secret:
            said = tr("The address of your hook {name}", name=hook.name)
            found[hook.secret] = said
        if hook.token:
            found[hook.token] = tr("The token of your hook {name}", name=hook.name)
    return found


def named(name: str, places: Places) -> Command | Webhook | Bar:
    """Return a hook by its name.

    Raises:
        SettingsError: There is none of that name.
    """
    hooks, _ = hooks_file.load(places.hooks)
    found = _by_name(hooks)
    if name not in found:
        error = SettingsError(repr(name))
        error.title = tr("Which hook?")
        if name:
            error.title = tr("No hook is called {name}", name=repr(name))
        known = tr("There are none.")
        if found:
            known = tr("There are: {names}.", names=", ".join(found))
        where = tr("They stand in {file}.", file=places.hooks)
        error.hint = f"{known} {where}"
        raise error
    return found[name]


def _by_name(hooks: Hooks) -> dict[str, Command | Webhook | Bar]:
    return {it.name: it for it in (*hooks.told, *hooks.bars)}


def preview(hook: Command | Webhook | Bar) -> str:
    """Return in words what a hook would do on a made-up event; no secret is in it."""
    return "\n".join(_preview(hook, sample(system_clock())))


def _preview(hook: Command | Webhook | Bar, said: Bulletin) -> Iterator[str]:
    if isinstance(hook, Bar):
        yield tr("into {file}:", file=hook.path)
        yield bars.render(bars.trial(), hook.shape).rstrip("\n")
    elif isinstance(hook, Command):
        yield shlex.join(command.arguments(hook, said))
        for name, text in command.environment(said).items():
            yield f"  {name}={shlex.quote(text)}"
        text = json.dumps(dict(said))
        yield "  " + tr("on standard input: {text}", text=text)
    else:
        # What the keyring holds is not shown, nor asked for.
        url = hook.url or f"https://({hook.secret})/(secret)"
        request = webhook.compose(hook, said, url)
        shown = request.url
        if not hook.url:
            shown = tr("(the address kept as {name})", name=hook.secret)
        yield f"{request.method} {shown}"
        if hook.token:
            token = tr("(what is kept as {name})", name=hook.token)
            yield f"  Authorization: Bearer {token}"
        for name, text in request.headers.items():
            yield f"  {name}: {text}"
        yield json.dumps(request.body, indent=2, ensure_ascii=False)


def attempt(hook: Command | Webhook | Bar, settings: Settings) -> str:
    """Let a hook do its work once, on a made-up event; waits until it is done.

    Returns:
        What was heard from it; mostly nothing.

    Raises:
        DeliveryError: It did not work.
    """
    try:
        return asyncio.run(_do(hook, sample(system_clock()), settings))
    except Later as error:
        raise DeliveryError(str(error)) from error
    except OSError as error:
        why = tr("not written: {why}", why=error.strerror or error)
        raise DeliveryError(why) from error


async def _do(hook: Command | Webhook | Bar, said: Bulletin, settings: Settings) -> str:
    """Do it once; return what was heard.

    Raises:
        DeliveryError: It did not work.
        Later: It did not work, and would be tried again.
        OSError: The file cannot be written.
    """
    if isinstance(hook, Bar):
        bars.write(Path(hook.path), bars.render(bars.trial(), hook.shape))
        return ""
    if isinstance(hook, Command):
        return await command.run(hook, said)
    async with wiring.live_post(settings) as post:
        await webhook.send(hook, said, post)
    return ""
