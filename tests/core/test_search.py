"""Finding a service: the right row on top, whatever a person types."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.model import Selection, ServiceSlug, SourceId
from downlight.core.search import rank
from downlight.core.service import Feed, Service


def service(
    slug: str,
    name: str,
    category: str = "developer",
    *aliases: str,
    owner: str = "",
    parent: str = "",
    region: str = "",
) -> Service:
    feed = Feed(SourceId(slug), Selection(regions=frozenset({region} - {""})))
    return Service(
        ServiceSlug(slug),
        name,
        category,
        (feed,),
        owner=owner,
        parent=parent,
        aliases=aliases,
    )


ALL: Final = (
    service("chirp-business", "Chirp for Business", "messaging", owner="Nest"),
    service("chirp", "Chirp", "messaging", "CP", "bird call", owner="Nest"),
    service("codehub-runner", "Runner", "developer", "CodeHub Runner"),
    service("codehub", "CodeHub", "developer", "CH"),
    service("skies", "Skies", "cloud", "SKY", owner="Nest"),
    service("skies-bonn", "Skies Bönn", "cloud", "BNN", region="mid-west-1"),
    service("skies-bern", "Skies Bern", "cloud", "BRN", region="alp-2"),
    service("echo", "École", "productivity", "chirpless school"),
    service("tube", "ViewTube", "media", parent="skies"),
)


def found(words: str) -> list[str]:
    return [str(service.slug) for service in rank(ALL, words)]


def test_no_words_find_everything_in_the_order_given() -> None:
    assert rank(ALL, "") == ALL
    assert rank(ALL, " \t") == ALL


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("chi", "chirp"),  # of two that begin so, the shorter
        ("CH", "codehub"),  # an alias in full beats what begins so
        ("codeh", "codehub"),  # the name beats the alias of another
        ("code hub", "codehub"),  # a gap that is not there
        ("code h", "codehub"),
        ("codehub", "codehub"),
        ("bird-call", "chirp"),  # a gap that is another one
        ("birdcall", "chirp"),
        ("skies bnn", "skies-bonn"),  # a house and a place
        ("bonn", "skies-bonn"),  # accents make no difference, here and there
        ("Bönn", "skies-bonn"),
        ("ecole", "echo"),
        ("mid-west-1", "skies-bonn"),  # the provider's code of a region
        ("view tub", "tube"),
        ("wtube", "tube"),  # somewhere inside
        ("business", "chirp-business"),
    ],
)
def test_the_right_row_is_on_top(words: str, first: str) -> None:
    assert found(words)[0] == first


def test_every_word_must_match_somewhere() -> None:
    assert found("nest messaging") == ["chirp", "chirp-business"]
    assert found("nest media") == []
    assert found("skies media") == ["tube"]


def test_better_matches_come_first() -> None:
    # An alias in full, the beginning of names, then what merely belongs to it.
    assert found("skies") == ["skies", "skies-bonn", "skies-bern", "tube"]
    # The beginning of the name, of a word in an alias; then somewhere inside.
    assert found("chirp") == ["chirp", "chirp-business", "echo"]
    assert found("c") == [
        *("chirp", "codehub", "chirp-business"),
        *("echo", "codehub-runner", "skies", "skies-bonn", "skies-bern"),
    ]


def test_equals_come_shortest_first_then_as_given() -> None:
    assert found("nest") == ["chirp", "skies", "chirp-business"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("chirq", "chirp"),  # another letter
        ("chiirp", "chirp"),  # one too many
        ("chrp", "chirp"),  # one missing
        ("hcirp", "chirp"),  # two swapped
        ("cihrp", "chirp"),
        ("xhirp", "chirp"),
        ("chirpp", "chirp"),
        ("codehu busines", ""),  # each word must match
        ("codejub", "codehub"),
        ("codej", "codehub"),  # while one still types
        ("skeis bern", "skies-bern"),
        ("chirqless", "echo"),  # in an alias
        ("chxxp", ""),  # two errors
        ("chq", ""),  # too short to tell
        ("rumn", ""),  # too short for the beginning of a word
        ("....", ""),
    ],
)
def test_one_typing_error_is_forgiven_when_nothing_matches(
    words: str, first: str
) -> None:
    assert found(words)[:1] == ([first] if first else [])


def test_a_mended_name_comes_before_a_mended_owner() -> None:
    rows = (service("a", "Abcde", owner="Nesting"), service("b", "Nesting Boxes"))
    assert [s.slug for s in rank(rows, "nestinq")] == ["b", "a"]


def test_nothing_is_forgiven_when_something_matches() -> None:
    assert found("skie") == ["skies", "skies-bonn", "skies-bern", "tube"]
    assert found("codehub r") == ["codehub-runner", "codehub"]


@given(words=st.text(max_size=12))
def test_whatever_is_typed_finds_each_at_most_once(words: str) -> None:
    rows = found(words)
    assert len(rows) == len(set(rows))


@given(service=st.sampled_from(ALL))
def test_everything_is_found_first_by_its_own_name(service: Service) -> None:
    assert rank(ALL, service.name.upper())[0] == service


def test_what_no_service_is_called_by_is_not_looked_for_at_length() -> None:
    everything = (service("github", "GitHub"),)
    assert rank(everything, "git " * 50) == everything
    assert rank(everything, "git " * 500) == ()
