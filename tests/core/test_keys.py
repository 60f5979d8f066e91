"""Keys and hooks, as settings show them."""

from __future__ import annotations

from downlight.core.keys import KEYS, Ring
from downlight.core.preferences import HooksView, HookView, Taken


def test_every_key_is_told_apart_and_asked_for_by_somebody() -> None:
    assert len({key.name for key in KEYS}) == len({key.what for key in KEYS})
    assert len({key.name for key in KEYS}) == len(KEYS)
    assert all(key.family and not key.wanted for key in KEYS)


def test_what_nobody_said_is_not_known() -> None:
    ring = Ring()
    assert "riot" not in ring.kept
    assert ring.trouble == ""
    hook = HookView("log", "command")
    assert (hook.on, hook.waiting, hook.last) == ((), 0, "")
    assert HooksView() == HooksView((), ())
    assert Taken(1, 0).strangers == ()
