"""How the ladder "is it me?" is climbed on this computer, for terminal and engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.errors import SettingsError
from downlight.core.speech import mark
from downlight.core.text import line
from downlight.engine.clock import system_clock
from downlight.probes import asking, endpoints, ladder, references, resolver
from downlight.probes.own_line import look
from downlight.storage.resources import resource
from downlight.web import line as way

if TYPE_CHECKING:
    from downlight.core.rungs.ladder import Climb, Step
    from downlight.core.settings import Settings
    from downlight.engine.engine import Plan
    from downlight.probes.ladder import Tools
    from downlight.probes.references import References
    from downlight.storage.paths import Places


async def ways(settings: Settings, places: Places) -> tuple[References, Tools]:
    """Return whom to ask whether the internet is there, and how to reach them.

    Args:
        settings: Say through which proxy.
        places: Where a person may name other references.

    Raises:
        CatalogError: A table of references is broken.
        SettingsError: The proxy is of a kind the test cannot go through.
    """
    by = references.load(resource("references.toml"), places.references)
    outside = by.places[-1].host
    proxy = await way.proxy_for(settings.proxy, "https", outside, outside.encode())
    if proxy and not proxy.startswith("http://"):
        raise unfit(proxy)
    return by, tools(by, proxy or "")


def goal(plan: Plan) -> ladder.Goal | None:
    """Return where to climb to for the first service of a plan; None without one."""
    if not plan.services:
        return None
    service = plan.services[0]
    places = endpoints.endpoints(plan.sources)
    return ladder.Goal(line(service.name), places, service.own)


async def own_line(settings: Settings, places: Places) -> Climb:
    """Look at the own line only, without a word.

    Raises:
        CatalogError: A table of references is broken.
        SettingsError: The proxy is of a kind the test cannot go through.
    """
    by, tools = await ways(settings, places)
    return await ladder.climb(ladder.Goal(), by, tools, _say_nothing)


def unfit(proxy: str) -> SettingsError:
    """Return why nothing is said of a line that a foreign kind of proxy stands in."""
    error = SettingsError(f"a proxy of the kind {proxy.partition(':')[0]!r} is set")
    error.title = mark("Not tested")
    error.hint = mark("This test goes straight or through an http:// proxy.")
    return error


def tools(by: References, proxy: str) -> Tools:
    """Return the ways this computer has to reach the outside.

    Args:
        by: Names the second name server.
        proxy: Address of the proxy to go through; empty: straight.
    """
    asker = asking.Asker(way.system_trust(), system_clock, proxy)

    async def second(host: str) -> tuple[str, ...]:
        return await resolver.by_server(host, by.resolvers[0], by.resolver_port)

    return ladder.Tools(
        own=look,
        resolve=resolver.by_system,
        second=second,
        ask=asker.ask,
        proxied=bool(proxy),
    )


def _say_nothing(_: Step) -> None:
    """Nobody waits to be told."""
