"""Data inside a web page made with Next.js: JSON, in pieces, inside of scripts."""

from __future__ import annotations

import json
import re
from typing import Final

from downlight.core.errors import Unreadable
from downlight.sources.wire import decode_text

_PIECE: Final = re.compile(r'__next_f\.push\(\[1,("(?:[^"\\]++|\\.)*+")\]\)')


def embedded(page: str, start: re.Pattern[str]) -> str:
    """Return the first JSON value of a page that begins with ``start``.

    Args:
        page: The HTML.
        start: How the value begins, unescaped.

    Raises:
        Unreadable: There is none, or it breaks off.
    """
    flow = "".join(decode_text(piece, str) for piece in _PIECE.findall(page))
    if not (found := start.search(flow)):
        raise Unreadable("a web page without the data we know in it")
    try:
        _, end = json.JSONDecoder().raw_decode(flow, found.start())
    except (ValueError, RecursionError) as error:
        raise Unreadable("the data in the web page breaks off") from error
    return flow[found.start() : end]
