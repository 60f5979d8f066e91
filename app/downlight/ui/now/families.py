"""The forms of sources, in words for people."""

from __future__ import annotations

from typing import Final

from downlight.core.speech import mark, tr

_PRODUCTS: Final = {
    "statuspage": "Statuspage",
    "instatus": "Instatus",
    "instatus-page": "Instatus",
    "incidentio-compat": "incident.io",
    "incidentio-page": "incident.io",
    "incidentio-widget": "incident.io",
    "betterstack": "Better Stack",
    "statusio": "Status.io",
    "statuspal": "Statuspal",
    "cachet2": "Cachet",
    "cachet3": "Cachet",
    "uptime-kuma": "Uptime Kuma",
    "gatus": "Gatus",
    "upptime": "Upptime",
    "cstate": "cState",
    "ohdear": "Oh Dear",
    "sorry": "Sorry",
    "statusiq": "StatusIQ",
    "uptimerobot": "UptimeRobot",
    "pagerduty-page": "PagerDuty",
    "uptimecom": "Uptime.com",
    "statuscast": "StatusCast",
    "freshstatus": "Freshstatus",
    "hyperping": "Hyperping",
    "statushub": "StatusHub",
    "statuscake": "StatusCake",
    "openstatus": "OpenStatus",
    "lambstatus": "LambStatus",
    "rootly": "Rootly",
    "hund": "Hund",
}
"""Products status pages are made with."""

_OTHERS: Final = {
    "rss": mark("a feed of news"),
    "http-check": mark("a check from this computer: does it answer?"),
    "tcp-check": mark("a check from this computer: can it be connected to?"),
    "dns-check": mark("a check from this computer: is its name known?"),
    "whatsapp-probe": mark("a check from this computer: do its addresses answer?"),
    "ooni": mark("measurements by country"),
    "ioda": mark("measurements by country"),
    "cloudflare-radar": mark("measurements by country"),
    "mastodon": mark("what people write"),
    "reddit": mark("what people write"),
    "bluesky": mark("what people write"),
    "hackernews": mark("what people write"),
    "statusgator": mark("what others who watch say"),
    "downdetector": mark("what others who watch say"),
}
_OWN_FORM: Final = mark("a status page of its maker's own form")
_VOWELS: Final = "aeiou"


def family_words(family: str) -> str:
    """Return what a source is read as, with its article: "a Statuspage page".

    Args:
        family: The wire format, e.g. ``statuspage``.
    """
    product = _PRODUCTS.get(family)
    if product is None:
        return tr(_OTHERS.get(family, _OWN_FORM))
    if product[0].casefold() in _VOWELS:
        return tr("an {product} page", product=product)
    return tr("a {product} page", product=product)
