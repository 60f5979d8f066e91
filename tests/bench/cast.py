"""Who is watched in the made-up month: services of the catalog, their pages empty."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from downlight import wiring
from downlight.catalog import catalog
from downlight.core.model import SourceId
from downlight.core.service import Feed, Service
from downlight.core.source import SourceSpec
from downlight.engine.engine import Plan
from downlight.storage.resources import resource
from tests.bench.faces import OTHER, PARTS, Page
from tests.bench.forms import WRITERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from downlight.core.ports import Source

RECORDED: Final = ("github", "google-cloud", "whatsapp")
"""Whose outages come from the recordings, and who has no others."""
TALKED_OF: Final = ("discord", "fastly")
"""About whom people write where a person let us look."""
HOUSE: Final = ("jira", "confluence", "bitbucket", "trello")
"""Who falls together once a month, each on a page of its own."""
FORTY: Final = (
    *("discord", "openai", "gitlab", "huggingface", "mistral", "cloudflare", "steam"),
    *("nintendo", "zoom", "notion", "docker", "plausible", "xai", "twilio", "linear"),
    *("reddit", "roblox", "zapier", "spotify", "fastly", "twitch", "groq", "vimeo"),
    *("datadog", "miro", "npm", "sentry", "netlify", "vercel", "dropbox", "figma"),
    *("pypi", "digitalocean", *HOUSE, *RECORDED),
)
EIGHT: Final = (*FORTY[:7], "xai")
"""Of every kind one or two."""


@dataclass
class Cast:
    """Who is watched, and what their pages will show."""

    plan: Plan
    pages: dict[str, Page] = field(default_factory=dict)
    """By the address that is asked."""
    whose: dict[str, str] = field(default_factory=dict)
    """Slug of the service an address is of."""
    checks: set[str] = field(default_factory=set)
    """Slugs of those that we try ourselves."""
    people: dict[str, str] = field(default_factory=dict)
    """Slug by the address where people write."""

    def of(self, slug: str) -> Iterator[Page]:
        """Yield the pages of a service."""
        yield from (page for url, page in self.pages.items() if self.whose[url] == slug)


def cast(slugs: Collection[str]) -> Cast:
    """Return services of the catalog, each with an empty page."""
    found = catalog.load(resource("catalog"), wiring.FAMILIES, only=slugs)
    known = {str(service.slug): service for service in found.services}
    specs = dict(found.sources)
    services = []
    for slug in slugs:
        extra = [_people(slug)] if slug in TALKED_OF else []
        specs |= {spec.id: spec for spec in extra}
        feeds = (*known[slug].feeds, *(Feed(spec.id) for spec in extra))
        services.append(replace(known[slug], feeds=feeds))
    asked = dict.fromkeys(feed.source for it in services for feed in it.feeds)
    sources = {id_: wiring.build(specs[id_]) for id_ in asked}
    made = Cast(Plan(tuple(services), tuple(sources.values())))
    for service in services:
        for feed in service.feeds:
            _place(made, service, feed, sources[feed.source])
    return made


def _people(slug: str) -> SourceSpec:
    id_, place = SourceId(f"mastodon:{slug}"), "https://town.example"
    return SourceSpec(id_, "mastodon", "People", place, {"tag": (slug,)})


def _place(made: Cast, service: Service, feed: Feed, source: Source) -> None:
    info, slug = source.info, str(service.slug)
    made.whose |= dict.fromkeys(info.urls, slug)
    if slug in RECORDED:
        return
    if info.kind == "people":
        made.people[info.urls[0]] = slug
    elif info.kind == "measured":
        made.checks.add(slug)
    else:
        chosen = sorted(feed.selection.components) or list(PARTS)
        few = len(PARTS)
        parts = (*chosen[:few], OTHER, *chosen[few:])
        made.pages[info.urls[0]] = Page(WRITERS[info.family], parts=parts)
