from __future__ import annotations

import re

import pytest

from downlight.core.errors import Unreadable
from downlight.sources.flight import embedded

START = re.compile(r'\{"here"')


def test_a_value_is_put_together_from_its_pieces() -> None:
    page = (
        r'<script>self.__next_f.push([1,"5:[{\"he"])</script>'
        r'<script>self.__next_f.push([1,"re\": \"a \\\"b\\\"\"},1]"])</script>'
    )
    assert embedded(page, START) == r'{"here": "a \"b\""}'


@pytest.mark.parametrize(
    "page",
    [
        "<html>operational</html>",
        r'<script>__next_f.push([1,"{\"here\": \"and no"])</script>',
        r'<script>__next_f.push([1,"{\"here\": ' + "[" * 100_000 + '"])</script>',
        r'<script>__next_f.push([1,"\x"])</script>',
    ],
    ids=["nothing", "cut short", "deep", "no JSON"],
)
def test_what_is_not_there_is_unreadable(page: str) -> None:
    with pytest.raises(Unreadable):
        embedded(page, START)
