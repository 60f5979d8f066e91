"""What a person adds hangs together."""

from __future__ import annotations

import pytest

from downlight.core.addition import Addition
from downlight.core.model import ServiceSlug, SourceId
from downlight.core.service import Feed, Service
from downlight.core.source import SourceSpec

SPEC = SourceSpec(SourceId("statuspage:acme"), "statuspage", "Acme's status page")


def service(source: str) -> Service:
    feeds = (Feed(SourceId(source)),)
    return Service(ServiceSlug("acme"), "Acme", "other", feeds, own=True)


def test_a_service_is_read_where_it_says() -> None:
    assert Addition(service(SPEC.id), (SPEC,)).sources == (SPEC,)


def test_a_service_that_would_be_read_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="acme: nobody reads"):
        Addition(service("statuspage:elsewhere"), (SPEC,))
