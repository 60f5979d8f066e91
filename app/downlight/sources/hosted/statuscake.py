"""Public reports of StatusCake.

Format: ``https://app.statuscake.com/Workfloor/PublicReportHandler.php?PublicID=<id>``,
``{"TestData": [{"Status": "Up"}]}`` (stts, read 2026-03). No recorded answer was ever
seen. How the tests are called is not known, so only the state of the whole is told; one
of many being down is a partial outage of it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from downlight.core.level import Level
from downlight.core.model import Component, Report
from downlight.core.schedule import Cadence
from downlight.sources.page import Page, official
from downlight.sources.pages import together
from downlight.sources.wire import decode, word

if TYPE_CHECKING:
    from downlight.core.model import SourceId
    from downlight.core.ports import Answer
    from downlight.core.source import SourceSpec

API: Final = "https://app.statuscake.com"
PATH: Final = "/Workfloor/PublicReportHandler.php?PublicID="
CADENCE: Final = Cadence(every=timedelta(minutes=5), quick=timedelta(seconds=150))

LEVELS: Final = {"up": Level.OPERATIONAL, "down": Level.MAJOR}


class _Test(msgspec.Struct, rename="pascal"):
    status: str


class _Said(msgspec.Struct, rename="pascal"):
    test_data: list[_Test]


def parse(source: SourceId, answer: Answer) -> Report:
    """Turn the report's tests into one level.

    Raises:
        Unreadable: It is something else.
    """
    tests = decode(answer, _Said).test_data
    nameless = [Component("", "", LEVELS.get(word(test.status))) for test in tests]
    return Report(source, answer.at, level=together(nameless))


def build(spec: SourceSpec) -> Page:
    """Make the source of one report.

    The option ``id`` is its public id, ``api`` another origin than StatusCake's own;
    not needed where the URL is that of the report itself.

    Raises:
        CatalogError: The id is missing.
    """
    page = url = spec.url
    if PATH not in url:
        api = spec.option("api", API).rstrip("/")
        url = f"{api}{PATH}{spec.needed('id')}"
    return official(spec, parse, url=url, page=page, cadence=CADENCE, verified=False)
