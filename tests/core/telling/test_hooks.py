"""What a person wants done on change."""

from datetime import UTC, datetime

import pytest

from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.core.saying.template import Template
from downlight.core.telling.hooks import Bar, Command, Hooks, Interest, Webhook

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WORD = Template.of("{title}", ("title",))


def event(turn: Turn = Turn.BEGAN, service: str = "chat", held: str = "") -> Event:
    return Event(
        "1", NOON, ServiceSlug(service), turn, None, "", "Chat", "It is.", held=held
    )


@pytest.mark.parametrize(
    ("interest", "about", "taken"),
    [
        (Interest(), event(), True),
        (Interest(), event(Turn.ENDED), True),
        (Interest(), event(Turn.UPDATE), False),
        (Interest(frozenset({Turn.UPDATE})), event(Turn.UPDATE), True),
        (Interest(), event(held="Too often."), False),
        (Interest(held=True), event(held="Too often."), True),
        (Interest(services=frozenset({"mail"})), event(), False),
        (Interest(services=frozenset({"mail", "chat"})), event(), True),
    ],
)
def test_an_event_is_of_interest_or_not(
    interest: Interest, about: Event, taken: bool
) -> None:
    assert interest.takes(about) is taken


def test_without_any_there_is_nothing_to_be_done() -> None:
    command = Command("run", Interest(), (WORD,))
    webhook = Webhook("post", Interest(), "json", WORD, WORD)
    assert not Hooks()
    assert Hooks(bars=(Bar("bar", "/tmp/bar", "waybar"),))  # noqa: S108 - only a name
    assert Hooks((command,), (webhook,)).told == (command, webhook)
