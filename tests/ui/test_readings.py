"""What is said of measurements in countries, and of how much people write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from downlight.core.level import Level
from downlight.core.model import Place, RegionReading
from downlight.ui.now.cards import posts_words
from downlight.ui.now.measures import reading_words
from tests.ui.made_up import NOW, ago, report

FAILS = RegionReading(Place("TR", "Turkey"), None, False, 20, 14, 3)
MANY = "13 posts in the last hour, each person counted once in 15 min."


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (FAILS, "Most fail, on 3 networks: no sudden change is known."),
        (
            replace(FAILS, sudden=True),
            "Most fail, on 3 networks: far more than before.",
        ),
        (replace(FAILS, networks=None), "Most fail: no sudden change is known."),
        (replace(FAILS, blocked=True), "Fails as a block would, on 3 networks."),
        (
            replace(FAILS, networks=1, blocked=True),
            "Fails as a block would, on 1 network.",
        ),
        (
            replace(FAILS, networks=1),
            "One network only: most fail there, which tells little of the others.",
        ),
        (
            replace(FAILS, networks=1, failing=0),
            "One network only: most succeed there, which tells little of the others.",
        ),
        (replace(FAILS, failing=2), "Too few measurements to say."),
        (
            replace(FAILS, measurements=4, failing=4, networks=1),
            "Too few measurements to say.",
        ),
        (replace(FAILS, level=Level.OPERATIONAL), ""),
        (replace(FAILS, measurements=0, failing=0), ""),
        (
            replace(FAILS, level=Level.MAJOR, internet=True),
            "The Internet there as a whole, not this service.",
        ),
    ],
)
def test_a_reading_says_what_its_level_does_not(
    reading: RegionReading, words: str
) -> None:
    assert reading_words(reading) == words


@pytest.mark.parametrize(
    ("count", "reach", "words"),
    [
        (13, None, MANY),
        (13, 60, MANY),
        (13, 40, f"At least {MANY}"),
        (1, None, "One post in the last hour."),
        (1, 40, "At least one post in the last hour."),
        (0, None, "No post in the last hour."),
        (0, 90, "No post in the last hour."),
        (0, 40, "No post in the last 40 min; what was before is not known."),
    ],
)
def test_posts_are_counted_no_further_than_they_reach(
    count: int, reach: int | None, words: str
) -> None:
    told = report(
        "p",
        None,
        NOW,
        mentions=tuple(NOW - timedelta(minutes=n) for n in range(count)),
        reaches=None if reach is None else ago(reach),
    )
    assert posts_words(told, NOW) == words
