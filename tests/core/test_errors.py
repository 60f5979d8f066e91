"""Errors as people read them."""

from __future__ import annotations

from downlight.core.errors import NoKey, Refused, StorageError, Unreachable, Unreadable
from tests.core.spoken import turkish


def test_title_and_hint_are_said_in_one_go() -> None:
    assert StorageError("x").words == "Storage failed."
    assert NoKey("mail").words == "Needs a key. Give it one with: downlight key mail"
    assert Refused(403).words == "Refused (HTTP 403)."


def test_they_are_said_in_the_persons_language_and_logged_in_english() -> None:
    words = {
        "No answer in time": "Süresinde yanıt gelmedi",
        "Answer not understood": "Yanıt anlaşılamadı",
    }
    with turkish(words):
        assert Unreachable("too late", "timeout").words == "Süresinde yanıt gelmedi."
        assert Unreadable("odd").words.startswith("Yanıt anlaşılamadı. The page may")
    assert str(Unreachable("too late", "timeout")) == "too late"
