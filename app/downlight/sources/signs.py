"""What gives a format away: where it answers, and what its pages say of themselves.

The order is the one in which formats are tried: a shape that others imitate comes
first, a shape that says little of itself comes late.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from downlight.core.text import line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Way:
    """Where one family answers below the address of a page."""

    family: str
    tail: str
    """What is added to the address of the page."""
    marks: tuple[str, ...] = ()
    """Words in the host's name or on the page that speak for the family."""
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    direct: bool = False
    """Whether the address with its tail is what the family is built from."""


GIVEN: Final = (
    Way("statuspage", "/history.atom"),
    Way("statuspage", "/history.rss"),
    Way("statuspage", "/api/v2/incidents.json", direct=True),
    Way("instatus", "/v3/summary.json"),
    Way("instatus", "/v3/components.json"),
    Way("instatus", "/v2/summary.json"),
    Way("instatus", "/v2/components.json"),
    Way("google-workspace", "/appsstatus/dashboard/incidents.json", direct=True),
    Way("google-ads", "/status/publisher/incidents.json", direct=True),
    Way("azure-devops", "/_apis/status/health"),
    Way("microsoft-consumer", "/api/posts/m365Consumer", direct=True),
)
"""Endings by which the very address that was given says what it is."""

HOSTED: Final = (
    Way("statuspage", "/api/v2/summary.json", ("statuspage.io", "incident.io")),
    Way("instatus", "/summary.json", ("instatus",)),
    Way("betterstack", "/index.json", ("betteruptime", "betterstack")),
    Way("cstate", "/index.json", ("cstate",)),
    Way("ohdear", "/json", ("ohdear", "oh dear")),
    Way("sorry", "/api/v1/status", ("sorryapp", "sorry™")),
    Way("incidentio-widget", "/api/v1/summary", ("incident.io",)),
    Way("cachet3", "/api/components", ("cachet",)),
    Way("cachet2", "/api/v1/components", ("cachet",)),
    Way("gatus", "/api/v1/endpoints/statuses", ("gatus",)),
    Way("rootly", "/api/v1/status.json", ("rootly",)),
    Way("hyperping", "/status.json", ("hyperping",)),
    Way("statuscast", "/status.json", ("statuscast", ".status.page")),
    Way("statushub", "/api/statuses", ("statushub",)),
    Way("lambstatus", "/api/components", ("lambstatus",)),
    Way("upptime", "/history/summary.json", ("upptime",)),
    Way("hund", "/state_feed/feed.atom", ("hund.io",)),
    Way("statuspage", "/api/v2/status.json", ("statuspage.io",), direct=True),
    Way("statuspage", "/api/v2/components.json", ("statuspage.io",), direct=True),
    Way("statuspage", "/api/status/summary.json", ("cal.com",), direct=True),
)
"""Tried on every page, those first that the page itself speaks of."""

VENDORS: Final = (
    Way("slack", "/api/v2.0.0/current", ("slack",)),
    Way("heroku", "/api/v4/current-status", ("heroku",)),
    Way("aws-currentevents", "/public/currentevents", ("aws", "amazon")),
    Way("aws-legacy", "/data.json", ("aws", "amazon"), direct=True),
    Way("google-cloud", "/incidents.json", ("google", "firebase")),
    Way("meta", "/data/orgs.json", ("metastatus",)),
    Way("stripe", "/current", ("stripe",)),
    Way("paypal", "/api/v1/components", ("paypal",)),
    Way("algolia", "/1/status", ("algolia",)),
    Way("zendesk", "/api/ssp/incidents.json", ("zendesk",)),
    Way("adobe", "/adobestatus/StatusEvents", ("adobe",)),
)
"""Tried only where the host names the vendor, and on this computer, where a copy of
anybody's page may be served."""

AT_HOME: Final = {
    ".statuspal.io": Way("statuspal", ""),
    ".statuspal.eu": Way("statuspal", ""),
    ".openstatus.dev": Way("openstatus", ""),
}
"""Products that answer on another host, by how the hosts of their pages end."""

HEAD: Final = 300_000
"""So many characters of a page are looked through for marks."""
MOST_FEEDS: Final = 5
_STATUSIO: Final = re.compile(
    r"""(?:statuspage_id\W{1,6}|api\.status\.io/1\.0/status/)([0-9a-f]{24})"""
)
_INSIDE: Final = {
    "uptimerobot": re.compile(r"pspApiPath"),
    "pagerduty-page": re.compile(r"""<script[^>]{0,200}\bid=["']?data\b"""),
    "uptimecom": re.compile(r"global_is_operational"),
    "incidentio-page": re.compile(r"ongoing_incidents"),
    "instatus-page": re.compile(r"activeIncidents"),
    "statuscast": re.compile(r"status-list-component-status-text"),
    "uptime-kuma": re.compile(r"window\.preloadData"),
}
"""What stands in the pages of products whose data is in the page itself."""
_UPPTIME: Final = re.compile(r"github\.com/([\w.-]{1,99}/[\w.-]{1,99})/issues")
_FEED_TYPES: Final = frozenset({"application/rss+xml", "application/atom+xml"})
_TITLE_ENDS: Final = re.compile(
    r"\W*\b(?:system |service )?(?:status(?: ?page)?|health|uptime|incident history)\b"
    r"(?: ?(?:page|dashboard|history))?\W*",
    re.IGNORECASE,
)


class Page(HTMLParser):
    """What a web page says of itself: its title, its feeds, and its text for marks."""

    def __init__(self, text: str, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = url
        self.text = text[:HEAD]
        self.title = ""
        self.site = ""
        self.feeds: list[str] = []
        self._in_title = False
        with suppress(AssertionError):  # until 3.13 for a "<![" of nobody's kind
            self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a feed's link, the site's name, or the beginning of the title."""
        said = {name: value or "" for name, value in attrs}
        if tag == "link" and said.get("type", "").lower() in _FEED_TYPES:
            with suppress(ValueError):  # it leads nowhere
                self.feeds.append(urljoin(self.url, said.get("href", "")))
        if tag == "meta" and said.get("property") == "og:site_name":
            self.site = line(said.get("content", ""))
        self._in_title = tag == "title"

    def handle_data(self, data: str) -> None:
        """Take in the title."""
        if self._in_title and not self.title:
            self.title = line(data)

    @property
    def first_feeds(self) -> list[str]:
        """The first few of its feeds: whoever has hundreds, has others first."""
        return self.feeds[:MOST_FEEDS]

    @property
    def name(self) -> str:
        """Whose page it is: "Acme" for "Acme Status"; empty when it does not say."""
        words = self.site or self.title
        return " ".join(_TITLE_ENDS.sub(" ", words).split(" - ")[0].split())


def first(host: str, page: Page) -> Iterator[Way]:
    """Return the ways that a page speaks of, and the one that most others imitate."""
    text = f"{host}\n{page.text}".lower()
    yield from (w for w in HOSTED if any(mark in text for mark in w.marks))
    yield HOSTED[0]


def ways(host: str, *, here: bool) -> Iterator[tuple[Way, bool]]:
    """Return the ways to try on any host, the likeliest first.

    Args:
        host: Its name.
        here: Whether it is this computer.

    Returns:
        Each way, and whether the host names its owner, who may then be asked on
        another host of his.
    """
    for end, way in AT_HOME.items():
        if host.endswith(end):
            yield way, True
    yield from ((way, False) for way in HOSTED)
    for way in VENDORS:
        named = any(mark in host for mark in way.marks)
        if named or here:
            yield way, named


def embedded(page: Page) -> Iterator[Way]:
    """Return the ways that the text of a page itself points out."""
    if found := _STATUSIO.search(page.text):
        yield Way("statusio", "", options={"page": (found[1],)})
    for family, mark in _INSIDE.items():
        if mark.search(page.text):
            yield Way(family, "")
    if found := _UPPTIME.search(page.text):
        raw = f"https://raw.githubusercontent.com/{found[1]}/HEAD"
        yield Way("upptime", raw, direct=True)


def host_name(url: str) -> str:
    """Return a name to call the owner of ``url`` by: "Acme" for status.acme.com."""
    host = urlsplit(url).hostname or ""
    labels = [x for x in host.split(".") if x not in _PLAIN_LABELS] or [host]
    if host.replace(".", "").isdigit():
        return host
    return labels[0].removesuffix("status").strip("-").capitalize() or host


_PLAIN_LABELS: Final = frozenset({"status", "www", "health", "uptime", "trust"})
