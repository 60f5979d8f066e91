"""A service: what of the evidence speaks about what people do with it."""

from __future__ import annotations

from datetime import timedelta

from downlight.core.level import Level
from downlight.core.model import Check, Component
from downlight.core.service import Function

FUNCTION = Function("Messages", ("e*.chat.example:*", "web.example"), ("Chat", "7"))


def test_a_function_is_served_by_what_its_patterns_name() -> None:
    def served(target: str) -> bool:
        return FUNCTION.is_served_by(Check(target, timedelta()))

    assert served("e16.chat.example:5222")
    assert served("web.example")
    assert not served("web.example:443")
    assert not served("E16.chat.example:5222")
    assert not Function("Calls").is_served_by(Check("web.example", None))


def test_a_function_is_told_by_parts_of_its_name_id_or_group() -> None:
    part = Component("1", "Mail", Level.OPERATIONAL)
    assert not FUNCTION.is_told_by(part)
    for key, value in {"id": "7", "name": "Chat", "group": "Chat"}.items():
        fields = {"id": "1", "name": "Mail", "group": None} | {key: value}
        named = Component(
            str(fields["id"]), str(fields["name"]), None, group=fields["group"]
        )
        assert FUNCTION.is_told_by(named)
