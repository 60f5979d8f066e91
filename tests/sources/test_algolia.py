from __future__ import annotations

import pytest

from downlight.core.errors import Unreadable
from downlight.core.level import Level
from downlight.sources.vendors import algolia
from tests.sources.shelf import FIXTURES, read, shelved, spec


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("made-up-all-well.json", Level.OPERATIONAL),
        ("made-up-outage.json", Level.MAJOR),
        ("made-up-new-word.json", None),
        ("made-up-whole.json", Level.DEGRADED),
    ],
)
def test_the_level_is_the_worst_cluster(name: str, level: Level | None) -> None:
    assert shelved("algolia", name).level is level


def test_every_cluster_is_a_part() -> None:
    components = shelved("algolia", "made-up-outage.json").components
    assert [(c.id, c.level) for c in components] == [
        ("t1-br", Level.MAJOR),
        ("t2-de", Level.DEGRADED),
        ("t3-jp", None),
    ]


def test_a_new_word_for_everything_is_not_all_well() -> None:
    assert read("algolia", '{"global": {"status": "steaming"}}').level is None


@pytest.mark.parametrize("name", ["status-only.json", "all-well.json"])
def test_the_decoys_of_statuspage_are_not_read(name: str) -> None:
    with pytest.raises(Unreadable):
        read("algolia", (FIXTURES / "statuspage" / name).read_bytes())


@pytest.mark.parametrize(
    ("end", "path"),
    [
        ("", "/1/status"),
        ("/1/status", "/1/status"),
        (
            "/2/status/service/all/period/current",
            "/2/status/service/all/period/current",
        ),
    ],
)
def test_the_page_is_asked_for_its_clusters(end: str, path: str) -> None:
    source = algolia.build(spec("algolia", f"https://status.example{end}"))
    assert source.info.urls == (f"https://status.example{path}",)
    assert source.info.page == "https://status.example"
    assert not source.info.verified
