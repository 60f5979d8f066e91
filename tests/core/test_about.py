"""What is known about a service beyond its state."""

from __future__ import annotations

from downlight.core.about import About, Ground


def test_what_is_nobodys_word_follows_from_how_the_thing_is_made() -> None:
    assert Ground().by_design
    assert not Ground("https://pigeons.example", "2026-11").by_design


def test_nothing_known_is_nothing_said() -> None:
    assert About() == About(facts=(), needs=(), needed=(), questions=())
