"""Texts with named gaps: data stays data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.saying.template import Misfit, Template

NAMES = ("title", "level")


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{title}", "down"),
        ("a {title} b {level} c", "a down b 5 c"),
        ("{{title}}", "{title}"),
        ("}}{{{title}{{", "}{down{"),
    ],
)
def test_gaps_are_filled(text: str, filled: str) -> None:
    template = Template.of(text, NAMES)
    assert template.fill({"title": "down", "level": "5"}) == filled


@given(st.text())
def test_what_fills_a_gap_is_never_looked_at_again(text: str) -> None:
    template = Template.of("{title}|{level}", NAMES)
    assert template.fill({"title": text, "level": "{title}"}) == f"{text}|{{title}}"


def test_what_is_not_known_is_empty() -> None:
    assert Template.of("<{level}>", NAMES).fill({}) == "<>"


@pytest.mark.parametrize(
    "text",
    [
        "{nope}",
        "{}",
        "{0}",
        "{title.__class__}",
        "{title!r}",
        "{title:>9}",
        "{title[0]}",
    ],
)
def test_a_gap_without_a_known_name_is_refused(text: str) -> None:
    words = r"nobody knows .* there are {title}, {level}"
    with pytest.raises(Misfit, match=words) as caught:
        Template.of(text, NAMES)
    assert f"{{{caught.value.gap}}}" == text


@pytest.mark.parametrize("text", ["{", "}", "a { b", "{title", "title}", "{a{title}}"])
def test_a_brace_that_stands_alone_is_refused(text: str) -> None:
    with pytest.raises(Misfit, match="stands alone") as caught:
        Template.of(text, NAMES)
    assert caught.value.gap is None
