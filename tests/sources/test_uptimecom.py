from __future__ import annotations

import asyncio

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.hosted import uptimecom
from tests.sources.shelf import FIXTURES, OnePage, read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [("all-well.html", Level.OPERATIONAL), ("trouble.html", Level.DEGRADED)],
)
def test_the_mark_in_the_page_is_all_it_says(name: str, level: Level) -> None:
    assert shelved("uptimecom", name).level is level


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>All systems operational</body></html>",
        '<html><script>x = {"global_is_operational": true}',  # cut short
        '<html><script>x = {"global_is_operational": null}</script></html>',
        '{"global_is_operational": true}',
    ],
)
def test_a_page_without_the_mark_or_its_end_is_refused(body: str) -> None:
    with pytest.raises(Unreadable):
        read("uptimecom", body)


def test_one_no_outweighs_every_yes() -> None:
    body = "<html>global_is_operational: true, global_is_operational: false</html>"
    assert read("uptimecom", body).level is Level.DEGRADED


def test_the_page_itself_is_asked_for() -> None:
    page = OnePage((FIXTURES / "uptimecom" / "all-well.html").read_bytes())
    source = uptimecom.build(spec("uptimecom", "https://status.cdn.example"))
    assert asyncio.run(source.read(page)).level is Level.OPERATIONAL
    assert page.accepted == ["text/html"]
    assert not source.info.verified
