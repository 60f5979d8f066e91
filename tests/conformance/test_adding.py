"""A copy of every recorded page is recognised by its address, and no shell is."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from downlight.core.errors import NoKey, SourceError
from downlight.core.model import SourceId
from downlight.core.ports import Answer
from downlight.engine.clock import system_clock
from downlight.sources import registry
from downlight.sources.detect import Recognised, Unrecognised, recognise
from downlight.web.door import HttpWeb
from tests.conformance.test_samples import NOW, SAMPLES, Row, table
from tests.servers import Asked, reply, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.servers import Serve

pytestmark = pytest.mark.conformance

SHELL = (
    b"<!doctype html><html><head><title>Status</title></head><body>"
    b'<div id="root">All systems operational</div><script src="/app.js"></script>'
    b"</body></html>"
)
"""What single-page programs answer to every address there is."""


@dataclass(frozen=True)
class Copy:
    """One recorded answer, and where it stood."""

    file: str
    family: str
    path: str
    """With its query, as in the endpoint's address."""
    body: bytes

    @property
    def is_refused(self) -> bool:
        """Whether it is no answer of its family, or of none."""
        if self.family not in registry.FAMILIES or self.family in ELSEWHERE_ONLY:
            return True
        answer = Answer("https://status.example/", self.body, NOW)
        try:
            report = registry.parser(self.family)(SourceId("copy"), answer)
        except SourceError:
            return True
        return not (report.level or report.components or report.incidents)


ELSEWHERE_ONLY = {"m365-graph", "steam"}
"""Read at their vendor's alone: a token goes nowhere else, and the time of day at
Steam says nothing of the host it stands on."""
BESIDE = {
    "instatus/wistia_v3_components_one.json": "instatus/wistia_v3_summary_up.json",
    "meta/HANDWRITTEN_outages_history_from_a_test.json": (
        "meta/HANDWRITTEN_orgs_from_a_test.json"
    ),
    "statuspage/github_history.atom": "statuspage/github_summary_all_operational.json",
}
"""What stands on the same host and is the page's main answer, and by no chance also
absent there."""
ALSO_AT = {"/v3/summary.json": "/summary.json"}
"""Where products give the same answer again."""

WRAPS: dict[str, Callable[[bytes], bytes]] = {
    "incidentio-page": lambda body: _page(_flight(b'{"summary":' + body + b"}")),
    "instatus-page": lambda body: _page(_flight(body)),
    "pagerduty-page": lambda body: _page(
        b'<script id="data" type="application/json">' + body + b"</script>"
    ),
}
"""How products put their data into the page itself."""


def _page(inside: bytes) -> bytes:
    return b"<!doctype html><html><head></head><body>" + inside + b"</body></html>"


def _flight(data: bytes) -> bytes:
    words = data.decode().replace("\\", "\\\\").replace('"', '\\"')
    words = words.replace("\n", "\\n").replace("<", "\\u003c")
    return f'<script>self.__next_f.push([1,"1:{words}\\n"])</script>'.encode()


def copies() -> Iterator[Copy]:
    for row in table(SAMPLES / "INDEX.tsv"):
        body = (SAMPLES / row["file"]).read_bytes()
        if wrap := WRAPS.get(row["family"]):
            yield Copy(row["file"], row["family"], "/", wrap(body))
        elif path := _place(row):
            yield Copy(row["file"], row["family"], path, body)


def _place(row: Row) -> str:
    endpoint = re.sub(r"<[^>]*>", "x", row["endpoint"]).split(" ")[0]
    if endpoint.startswith("/"):
        return endpoint
    parts = urlsplit(endpoint)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.path}{query}" if parts.scheme == "https" else ""


COPIES = list(copies())
GOOD = [copy for copy in COPIES if not copy.is_refused]
BAD = [copy for copy in COPIES if copy.is_refused]


@pytest.fixture(autouse=True)
def _recordings_at_hand() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the recorded answers are not kept beside this checkout")


def host_of(copy: Copy, rest: bytes) -> Serve:
    """Return what serves a copy, and what stands beside it, whatever their query."""
    beside = [other for other in COPIES if other.file == BESIDE.get(copy.file)]
    there = {urlsplit(c.path).path: reply(c.body) for c in (copy, *beside)}
    there |= {ALSO_AT[path]: there[path] for path in ALSO_AT.keys() & there.keys()}

    async def serve(
        asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(there.get(urlsplit(asked.path).path, rest))
        await writer.drain()

    return serve


ELSEWHERE = {
    "404": reply(b"nothing here", status="404 Not Found"),
    "a shell": reply(SHELL, "Content-Type: text/html"),
}


async def look(copy: Copy, elsewhere: str, path: str) -> Recognised:
    async with (
        serving(host_of(copy, ELSEWHERE[elsewhere])) as server,
        HttpWeb(system_clock) as web,
    ):
        return await recognise(web, server.url(path))


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("copy", GOOD, ids=lambda copy: copy.file)
def test_the_very_address_of_an_answer_gives_its_family(
    copy: Copy, elsewhere: str
) -> None:
    found = asyncio.run(look(copy, elsewhere, copy.path))
    assert found.spec.family == copy.family


BELOW_A_PAGE = {
    "statuspage": "/api/v2/summary.json",
    "incidentio-compat": "/api/v2/status.json",
    "incidentio-widget": "/api/v1/summary",
    "instatus": "/v3/summary.json",
    "betterstack": "/index.json",
    "gatus": "/api/v1/endpoints/statuses",
    "ohdear": "/json",
    "slack": "/api/v2.0.0/current",
    "heroku": "/api/v4/current-status",
    "google-cloud": "/incidents.json",
    "aws-legacy": "/data.json",
    "meta": "/data/orgs.json",
    "upptime": "/history/summary.json",
    "incidentio-page": "/",
    "instatus-page": "/",
    "pagerduty-page": "/",
}
"""Where families answer below the address of their page."""
PAGES = [
    (copy, urlsplit(copy.path).path.removesuffix(BELOW_A_PAGE[copy.family]) + "/")
    for copy in GOOD
    if copy.path.endswith(BELOW_A_PAGE.get(copy.family, " "))
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize(("copy", "page"), PAGES, ids=lambda x: getattr(x, "file", x))
def test_the_address_of_the_page_gives_the_family(
    copy: Copy, page: str, elsewhere: str
) -> None:
    found = asyncio.run(look(copy, elsewhere, page))
    assert found.spec.family == copy.family


def test_there_are_copies_of_most_families() -> None:
    assert len(GOOD) >= 60
    assert len(BAD) >= 15
    assert {copy.family for copy, _ in PAGES} == BELOW_A_PAGE.keys()


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("copy", BAD, ids=lambda copy: copy.file)
def test_what_is_no_answer_is_refused_in_words(copy: Copy, elsewhere: str) -> None:
    with pytest.raises(SourceError) as refusal:
        asyncio.run(look(copy, elsewhere, copy.path))
    assert isinstance(refusal.value, Unrecognised | NoKey)
    assert len(refusal.value.words) > 40
