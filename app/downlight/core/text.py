"""Foreign text made harmless: reduced to plain words and cut to length, once."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from downlight.core.speech import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE_LENGTH: Final = 160
"""Longest title we keep, in characters."""
BODY_LENGTH: Final = 4000
"""Longest message of a provider we keep, in characters."""

_BLOCKS: Final = frozenset(
    {"p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "hr", "table"}
)
_MUTE: Final = frozenset({"script", "style", "head", "title", "template"})
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r"\s*\n\s*")
_MARKDOWN_LINK: Final = re.compile(
    r"\[([^\[\]\n]{1,200})\]\((https?://[^)\s]{1,500})\)"
)
_MARKDOWN_MARK: Final = re.compile(r"(\*\*|__|`)(?=\S)(.{1,400}?)(?<=\S)\1")
_MARKDOWN_HEAD: Final = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_MARKS: Final = ("<", "&", "#", "`", "**", "__", "](")
"""Text without any of these has no markup."""
_ODD: Final = re.compile(r"[^\n\t -~]")
_TAG: Final = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>|&[a-zA-Z]{2,10};|&#\d{1,7};")
_MARKUP: Final = re.compile(
    r"<(?P<end>/?)(?:(?P<name>[a-zA-Z][a-zA-Z0-9]*+)|[!?])"
    r"(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+>"
)
"""A tag. None reaches over the next "<", so that however many begin and
never end, each character is looked at a few times only. (The parser of the standard
library took twenty seconds for one such text of 32 kB.)"""


def plain(markup: str, *, length: int = BODY_LENGTH) -> str:
    """Return ``markup`` (HTML, Markdown or plain) as plain text.

    Entities are resolved, block tags become line breaks, control and
    direction-changing characters are dropped, white space is folded.

    Args:
        markup: Text from outside.
        length: Longest result in characters; longer text ends in "…".
    """
    if len(markup) <= length:
        lines = markup.replace("\r\n", "\n").split("\n")
        if all(map(_is_bare, lines)):  # as below, at a tenth of the cost
            return "\n".join(filter(None, map(_spaced, lines)))
    text = markup[: length * 8]
    for _ in range(2):  # feeds escape entities twice
        if not _TAG.search(text):
            break
        text = _stripped(text)
    text = _MARKDOWN_LINK.sub(r"\1 (\2)", text[: length * 2])
    text = _MARKDOWN_MARK.sub(r"\2", text)
    text = _MARKDOWN_HEAD.sub("", text)
    return cut(_fold(text), length)


def _stripped(text: str) -> str:
    """Return the words between the tags, in time that grows with the length alone."""
    text = _uncommented(text)
    words: list[str] = []
    mute, at = "", 0
    for tag in _MARKUP.finditer(text):
        if not mute:
            words.append(html.unescape(text[at : tag.start()]))
        at = tag.end()
        name = (tag["name"] or "").lower()
        if mute:
            mute = "" if tag["end"] and name == mute else mute
        elif name in _BLOCKS:
            words.append("\n")
        elif name in _MUTE and not tag["end"] and not tag[0].endswith("/>"):
            mute = name
    if not mute:
        words.append(html.unescape(text[at:]))
    return "".join(words)


def _uncommented(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 <= (end := text.find("-->", start)):
        parts.append(text[at:start])
        at = end + 3
    return "".join((*parts, text[at:]))


def line(text: str, *, length: int = TITLE_LENGTH) -> str:
    """Return ``text`` as one plain line of at most ``length`` characters."""
    if len(text) <= length and _is_bare(text):
        return _spaced(text)
    return cut(" ".join(plain(text, length=length * 2).split()), length)


def _is_bare(line: str) -> bool:
    """Whether nothing in a line is markup or to be dropped, but for spaces."""
    if not (line.isascii() and line.isprintable()):
        return False
    # No generator: this is asked of every text of every answer.
    for mark in _MARKS:  # noqa: SIM110 - for that reason
        if mark in line:
            return False
    return True


def _spaced(line: str) -> str:
    """Return a printable line with single spaces between its words."""
    return " ".join(line.split()) if "  " in line else line.strip()


def cut(text: str, length: int) -> str:
    """Return ``text``, shortened with "…" when longer than ``length`` (>= 1)."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def listed(names: Sequence[str]) -> str:
    """Return names as people list them: "A, B and C"; empty for none."""
    if len(names) <= 1:
        return "".join(names)
    return tr("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])


def _fold(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", _ODD.sub(_kept, text))
    return _LINES.sub("\n", text).strip()


def _kept(found: re.Match[str]) -> str:
    """Return a character other than printable ASCII, or "" when it is not wanted.

    Cc: control, Cf: invisible and direction marks, Cs: lone surrogates, which no file
    or terminal can hold. The joiners are part of emoji and of several scripts.
    """
    c = found[0]
    joins = c in "\u200c\u200d"
    return c if joins or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else ""
