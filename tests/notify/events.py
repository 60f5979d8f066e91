"""Events and hostile texts for the tests of notifications."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Message, News, Snapshot, Turn

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_NUMBERS = count(1)


def event(
    turn: Turn = Turn.BEGAN,
    *,
    title: str = "Example Chat is down in Brazil",
    sentence: str = "Example Chat is down in Brazil since 11:58.",
    level: Level | None = Level.MAJOR,
    episode: str = "20260304T115800Z",
    service: str = "example-chat",
    at: datetime = NOON,
    id_: str = "",
) -> Event:
    return Event(
        id=id_ or f"event-{next(_NUMBERS)}",
        at=at,
        service=ServiceSlug(service),
        turn=turn,
        level=level,
        scope="Brazil",
        title=title,
        sentence=sentence,
        episode=episode,
    )


def message(
    title: str = "Example Chat is down in Brazil",
    body: str = "Since 11:58.",
    *,
    urgent: bool = True,
    about: Event | None = None,
) -> Message:
    return Message(about or event(), title, body, urgent=urgent)


def news(*events: Event) -> News:
    return News(Snapshot(NOON), events)


HOSTILE = (
    "",
    " ",
    "\n",
    "-",
    "--",
    "-h",
    "--help",
    "--version",
    "-u critical",
    "-i/etc/passwd",
    "--hint=string:sound-file:/x.wav",
    "- a list item",
    "\u2010-h",
    "\t-h",
    "\n-h",
    "<b>",
    "<b>bold</b>",
    "</body>",
    "<i>never closed",
    "<img src='http://example.org/pixel.png'/>",
    "<a href='file:///etc/passwd'>click</a>",
    "<script>alert(1)</script>",
    "<span size='xx-large'>huge</span>",
    "<![CDATA[x]]>",
    "<!-- comment -->",
    "a < b > c",
    "a & b",
    "&amp;",
    "&amp;amp;",
    "&lt;b&gt;",
    "&#0;",
    "&#x202e;",
    "&nosuch;",
    "&",
    "\x00",
    "before\x00after",
    "\x00-h",
    "\x01\x02\x03",
    "bell\x07",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x7f",
    "\x80\x9f",
    "\ud800",
    "\udfff lone",
    "half \ud83d pair",
    "\udc80",
    "\u202egnp.exe",
    "\u2066isolated\u2069",
    "\u200f\u200e",
    "\u200b",
    "\u200b-h",
    "\ufeff",
    "\ufeff-h",
    "\ufffe\uffff",
    "\U0010ffff",
    "\u2028line\u2029paragraph",
    "line\r\nline",
    "line\n\n\n\n\nline",
    "\r",
    "\v\f\x85",
    "x" * 10_000,
    "-" * 10_000,
    " " * 10_000,
    "\n" * 10_000,
    "&" * 10_000,
    "<" * 10_000,
    "\U0001f525" * 10_000,
    "e" + "\u0301" * 10_000,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1e7\U0001f1f7",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "שלום עולם",
    "名前",
    "back\\slash \\n \\0 \\x41 \\777",
    "'); drop table events; --",
    'it\'s "quoted" `tick` $(id) ${HOME} %s %n %%',
    "{'title': <'x'>}",
    "\\",
    "file:///etc/passwd https://example.org/?a=1&b=<2>",
)
