"""What the bench watches: made-up services, each with a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from downlight.core.model import ServiceSlug, SourceId
from downlight.core.service import Feed, Service
from downlight.core.source import SourceSpec
from downlight.engine.engine import Plan
from downlight.sources import registry
from tests.bench.hosts import address

if TYPE_CHECKING:
    from collections.abc import Sequence


def plan(count: int, ports: Sequence[int]) -> Plan:
    """Return ``count`` services, each on a host of its own, on these ports in turn."""
    pairs = [_pair(number, ports[number % len(ports)]) for number in range(count)]
    services = tuple(service for service, _ in pairs)
    return Plan(services, tuple(registry.build(spec) for _, spec in pairs))


def _pair(number: int, port: int) -> tuple[Service, SourceSpec]:
    url = f"http://{address(number)}:{port}"
    source = SourceId(f"statuspage:{address(number)}")
    name = f"Made-up service {number}"
    service = Service(
        slug=ServiceSlug(f"made-up-{number}"),
        name=name,
        category="cloud",
        feeds=(Feed(source),),
    )
    return service, SourceSpec(source, "statuspage", f"{name}'s status page", url)
