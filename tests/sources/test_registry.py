from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest

from downlight.core.errors import CatalogError
from downlight.core.level import Level
from downlight.sources import registry
from tests.sources.shelf import FIXTURES, ID, OnePage, answer, spec

CASES = {
    "statuspage": ("outage.json", Level.MAJOR),
    "incidentio-compat": ("outage.json", Level.MAJOR),
    "incidentio-page": ("embedded-outage.json", Level.PARTIAL),
    "incidentio-widget": ("trouble.json", Level.PARTIAL),
    "google-cloud": ("outage.json", Level.MAJOR),
    "google-workspace": ("information.json", Level.OPERATIONAL),
    "aws-currentevents": ("as-sent.utf16.json", Level.MAJOR),
    "slack": ("outage.json", Level.MAJOR),
    "apple": ("outage.json", Level.MAJOR),
    "rss": ("open.xml", Level.DEGRADED),
    "azure-rss": ("made-up-items.xml", Level.DEGRADED),
}


@pytest.mark.parametrize("family", CASES)
def test_a_source_of_every_family_is_built_and_asks_its_own_page(family: str) -> None:
    name, level = CASES[family]
    page = OnePage((FIXTURES / family / name).read_bytes(), timedelta(minutes=7))
    source = registry.build(spec(family, "https://status.example"))
    report = asyncio.run(source.read(page))
    assert (source.info.id, source.info.family) == (ID, family)
    assert (source.info.kind, source.info.note) == ("official", "A note.")
    assert page.asked == [source.info.urls[0]]
    assert page.asked[0].startswith("https://")
    assert (report.source, report.level) == (ID, level)
    assert report.next_check == timedelta(minutes=7)
    assert report.fingerprint == answer(page.body).fingerprint


@pytest.mark.parametrize("family", CASES)
def test_no_family_is_asked_faster_than_its_page_can_bear(family: str) -> None:
    source = registry.build(spec(family, "https://status.example"))
    assert source.info.cadence.every >= timedelta(minutes=3)
    assert source.info.cadence.quick >= timedelta(minutes=1)


@pytest.mark.parametrize("family", sorted(CASES.keys() - {"apple", "rss", "azure-rss"}))
def test_a_body_that_has_not_changed_is_not_read_again(family: str) -> None:
    page = OnePage((FIXTURES / family / CASES[family][0]).read_bytes())
    source = registry.build(spec(family, "https://status.example"))
    first = asyncio.run(source.read(page))
    again = asyncio.run(source.read(page, first))
    assert again.incidents is first.incidents


@pytest.mark.parametrize(
    "asked", [registry.parser, lambda f: registry.build(spec(f, ""))]
)
def test_a_family_nobody_knows_is_refused(asked: object) -> None:
    assert callable(asked)
    with pytest.raises(CatalogError, match="smoke-signals"):
        asked("smoke-signals")


def test_every_family_goes_by_its_own_name() -> None:
    assert all(name == family.name for name, family in registry.FAMILIES.items())


def test_the_list_alone_imports_no_family() -> None:
    code = (
        "import sys; import downlight.sources.registry as r;"
        "sys.exit(any(f.module in sys.modules for f in r.FAMILIES.values()))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=20)
    assert done.returncode == 0
