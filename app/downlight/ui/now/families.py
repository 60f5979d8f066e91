"""The forms of sources, in words for people."""

from __future__ import annotations

from typing import Final

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
    "rss": "a feed of news",
    "http-check": "a check from this computer: does it answer?",
    "tcp-check": "a check from this computer: can it be connected to?",
    "dns-check": "a check from this computer: is its name known?",
    "whatsapp-probe": "a check from this computer: do its addresses answer?",
    "ooni": "measurements by country",
    "ioda": "measurements by country",
    "cloudflare-radar": "measurements by country",
    "mastodon": "what people write",
    "reddit": "what people write",
    "bluesky": "what people write",
    "hackernews": "what people write",
    "statusgator": "what others who watch say",
    "downdetector": "what others who watch say",
}
_VOWELS: Final = "aeiou"


def family_words(family: str) -> str:
    """Return what a source is read as, with its article: "a Statuspage page".

    Args:
        family: The wire format, e.g. ``statuspage``.
    """
    product = _PRODUCTS.get(family)
    if product is None:
        return _OTHERS.get(family, "a status page of its maker's own form")
    vowel = product[0].casefold() in _VOWELS
    return f"{'an' if vowel else 'a'} {product} page"
