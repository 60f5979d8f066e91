"""Foreign text is made harmless."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from downlight.core.text import cut, line, plain


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("Plain & simple", "Plain & simple"),
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br />Two<br>Three", "One\nTwo\nThree"),
        ("&lt;p&gt;Twice &amp;amp; thrice&lt;/p&gt;", "Twice & thrice"),
        ("<script>alert(1)</script>Safe", "Safe"),
        ("<style>p{}</style></style>Safe", "Safe"),
        ("<img src='https://x.example/a.png'>Gone", "Gone"),
        ("**Summary:** `api` is __slow__", "Summary: api is slow"),
        ("# Title\n\nBody", "Title\nBody"),
        ("See [the page](https://x.example/a).", "See the page (https://x.example/a)."),
        ("a\u202eb\u0000c\ufeff", "abc"),
        ("a\r\nb\rc\n\n\n\nd", "a\nb\nc\nd"),
        ("  a \t b  ", "a b"),
        ("<b>bold</b> <i>move</i>", "bold move"),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_markup_becomes_words(markup: str, text: str) -> None:
    assert plain(markup) == text


def test_text_is_cut_with_a_mark() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abc def", 5) == "abc…"
    assert len(plain("word " * 5000)) <= 4000


def test_bare_words_stay_as_they_are() -> None:
    assert line("All  well ") == "All well"


def test_a_line_has_no_breaks() -> None:
    assert line("<p>One</p>\n<p>Two</p>") == "One Two"
    assert len(line("x" * 500)) == 160


@given(st.text())
def test_nothing_that_hides_survives(text: str) -> None:
    kinds = {unicodedata.category(c) for c in plain(text) if c not in "\n\u200c\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs"}


def test_a_marked_section_of_nobodys_kind_is_dropped_like_a_tag() -> None:
    assert plain("down <![foo bar]> &amp; out") == "down & out"


def test_what_is_inside_a_script_or_a_comment_is_not_shown() -> None:
    assert plain("a<script>if (b) '<script>' + '</p>'</script>c") == "ac"
    assert plain("a<!-- <b>no</b> -->b<title/>c<p>d") == "abc\nd"
    assert plain("a<title>b</title>c<title>d") == "ac"


def test_quotes_may_hide_the_end_of_a_tag_and_may_be_lost() -> None:
    assert plain("""a<i title="1 > 2">b</i>c""") == "abc"
    assert plain("""a<i title='>b</i>c""") == "abc"


@pytest.mark.parametrize(
    "piece",
    ["<a ", "<a b='", "<!--", "'<a b=']]>", "<![<!--", "[", "__a ", "</a <", "<a/"],
)
def test_markup_that_never_ends_does_not_take_for_ever(piece: str) -> None:
    # Twenty such texts; the parser of the standard library would take minutes.
    for _ in range(20):
        assert len(plain("<p>" + piece * 6000)) <= 4000
