"""The list of all families: which file reads what.

A family's file is imported when a source of it is first built or read, so that the
start of the program pays only for what is watched.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from downlight.core.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from downlight.core.model import Report, SourceId
    from downlight.core.ports import Answer, Source
    from downlight.core.source import SourceSpec


@dataclass(frozen=True, slots=True)
class Family:
    """One wire format."""

    name: str
    """As in the catalog and on the command line, e.g. ``statuspage``."""
    module: str
    """Where its code is."""
    reader: str = "parse"
    """What its pure function is called there."""

    def build(self, spec: SourceSpec) -> Source:
        """Make the source that ``spec`` describes."""
        module = importlib.import_module(self.module)
        build: Callable[[SourceSpec], Source] = module.build
        return build(spec)

    def parse(self, source: SourceId, answer: Answer) -> Report:
        """Read one answer.

        Raises:
            Unreadable: It is not of this format.
        """
        module = importlib.import_module(self.module)
        parse: Callable[[SourceId, Answer], Report] = getattr(module, self.reader)
        return parse(source, answer)


FAMILIES: Final[Mapping[str, Family]] = {
    family.name: family
    for family in (
        # Pages made with a product.
        Family("statuspage", "downlight.sources.hosted.statuspage"),
        Family("incidentio-compat", "downlight.sources.hosted.statuspage"),
        Family("incidentio-page", "downlight.sources.hosted.incidentio"),
        Family("incidentio-widget", "downlight.sources.hosted.incidentio_widget"),
        Family("instatus", "downlight.sources.hosted.instatus"),
        Family("instatus-page", "downlight.sources.hosted.instatus"),
        Family("betterstack", "downlight.sources.hosted.betterstack"),
        Family("statusio", "downlight.sources.hosted.statusio"),
        Family("statuspal", "downlight.sources.hosted.statuspal"),
        Family("cachet2", "downlight.sources.hosted.cachet2"),
        Family("cachet3", "downlight.sources.hosted.cachet3"),
        Family("uptime-kuma", "downlight.sources.hosted.uptime_kuma"),
        Family("gatus", "downlight.sources.hosted.gatus"),
        Family("upptime", "downlight.sources.hosted.upptime"),
        Family("cstate", "downlight.sources.hosted.cstate"),
        Family("ohdear", "downlight.sources.hosted.ohdear"),
        Family("sorry", "downlight.sources.hosted.sorry"),
        Family("statusiq", "downlight.sources.hosted.statusiq"),
        Family("uptimerobot", "downlight.sources.hosted.uptimerobot"),
        Family("pagerduty-page", "downlight.sources.hosted.pagerduty"),
        Family("uptimecom", "downlight.sources.hosted.uptimecom"),
        Family("statuscast", "downlight.sources.hosted.statuscast"),
        Family("freshstatus", "downlight.sources.hosted.freshstatus"),
        Family("hyperping", "downlight.sources.hosted.hyperping"),
        Family("statushub", "downlight.sources.hosted.statushub"),
        Family("statuscake", "downlight.sources.hosted.statuscake"),
        Family("openstatus", "downlight.sources.hosted.openstatus"),
        Family("lambstatus", "downlight.sources.hosted.lambstatus"),
        Family("rootly", "downlight.sources.hosted.statuspage"),
        Family("rss", "downlight.sources.hosted.feed"),
        Family("hund", "downlight.sources.hosted.feed"),
        # Pages a vendor built for itself.
        Family("meta", "downlight.sources.vendors.meta"),
        Family("google-cloud", "downlight.sources.vendors.google"),
        Family("google-workspace", "downlight.sources.vendors.google"),
        Family("google-ads", "downlight.sources.vendors.google"),
        Family("aws-currentevents", "downlight.sources.vendors.aws"),
        Family("aws-legacy", "downlight.sources.vendors.aws_legacy"),
        Family("aws-rss", "downlight.sources.vendors.aws_rss"),
        Family("azure-rss", "downlight.sources.vendors.azure_rss"),
        Family("azure-devops", "downlight.sources.vendors.azure_devops"),
        Family("microsoft-consumer", "downlight.sources.vendors.microsoft_consumer"),
        Family("m365-graph", "downlight.sources.vendors.m365_graph"),
        Family("heroku", "downlight.sources.vendors.heroku"),
        Family("salesforce", "downlight.sources.vendors.salesforce"),
        Family("apple", "downlight.sources.vendors.apple"),
        Family("slack", "downlight.sources.vendors.slack"),
        Family("xbox", "downlight.sources.vendors.xbox"),
        Family("psn", "downlight.sources.vendors.psn"),
        Family("riot", "downlight.sources.vendors.riot"),
        Family("steam", "downlight.sources.vendors.steam"),
        Family("signal", "downlight.sources.vendors.signal"),
        Family("stripe", "downlight.sources.vendors.stripe"),
        Family("paypal", "downlight.sources.vendors.paypal"),
        Family("okta", "downlight.sources.vendors.okta"),
        Family("auth0", "downlight.sources.vendors.auth0"),
        Family("adobe", "downlight.sources.vendors.adobe"),
        Family("zendesk", "downlight.sources.vendors.zendesk"),
        Family("algolia", "downlight.sources.vendors.algolia"),
        Family("docusign", "downlight.sources.vendors.docusign"),
        Family("zscaler", "downlight.sources.vendors.zscaler"),
        # By country.
        Family("ooni", "downlight.sources.regional.ooni"),
        Family("ioda", "downlight.sources.regional.ioda"),
        Family("cloudflare-radar", "downlight.sources.regional.cloudflare_radar"),
        # What is written in public.
        Family("mastodon", "downlight.sources.people.mastodon"),
        Family("reddit", "downlight.sources.people.reddit"),
        Family("bluesky", "downlight.sources.people.bluesky"),
        Family("hackernews", "downlight.sources.people.hackernews"),
        # Others who watch.
        Family("statusgator", "downlight.sources.aggregators.statusgator"),
        Family("downdetector", "downlight.sources.aggregators.downdetector"),
    )
}


def build(spec: SourceSpec) -> Source:
    """Make the source that ``spec`` describes.

    Raises:
        CatalogError: Its family is none of ours.
    """
    return _family(spec.family).build(spec)


def parser(family: str) -> Callable[[SourceId, Answer], Report]:
    """Return the pure function that reads answers of ``family``.

    Raises:
        CatalogError: The family is none of ours.
    """
    return _family(family).parse


def _family(name: str) -> Family:
    try:
        return FAMILIES[name]
    except KeyError:
        raise CatalogError(f"no such family of sources: {name!r}") from None
