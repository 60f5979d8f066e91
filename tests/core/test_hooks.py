"""What a person wants done on change."""

from datetime import UTC, datetime

import pytest

from downlight.core.hooks import Bar, Command, Hooks, Wanted, Webhook
from downlight.core.model import ServiceSlug
from downlight.core.news import Event, Turn
from downlight.core.template import Template

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WORD = Template.of("{title}", ("title",))


def event(turn: Turn = Turn.BEGAN, service: str = "chat", held: str = "") -> Event:
    return Event(
        "1", NOON, ServiceSlug(service), turn, None, "", "Chat", "It is.", held=held
    )


@pytest.mark.parametrize(
    ("wanted", "about", "taken"),
    [
        (Wanted(), event(), True),
        (Wanted(), event(Turn.ENDED), True),
        (Wanted(), event(Turn.UPDATE), False),
        (Wanted(frozenset({Turn.UPDATE})), event(Turn.UPDATE), True),
        (Wanted(), event(held="Too often."), False),
        (Wanted(held=True), event(held="Too often."), True),
        (Wanted(services=frozenset({"mail"})), event(), False),
        (Wanted(services=frozenset({"mail", "chat"})), event(), True),
    ],
)
def test_an_event_is_of_interest_or_not(
    wanted: Wanted, about: Event, taken: bool
) -> None:
    assert wanted.takes(about) is taken


def test_without_any_there_is_nothing_to_be_done() -> None:
    command = Command("run", Wanted(), (WORD,))
    webhook = Webhook("post", Wanted(), "json", WORD, WORD)
    assert not Hooks()
    assert Hooks(bars=(Bar("bar", "/tmp/bar", "waybar"),))  # noqa: S108 - only a name
    assert Hooks((command,), (webhook,)).told == (command, webhook)
