"""What is chosen in the window is taken as the file would take it, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from downlight.core.errors import SettingsError
from downlight.core.model import ServiceSlug
from downlight.core.settings import Settings
from downlight.storage.settings_check import checked
from downlight.storage.settings_file import load, save

if TYPE_CHECKING:
    from pathlib import Path

GITHUB = ServiceSlug("github")


@pytest.mark.parametrize(
    "more",
    [
        {"watch": (GITHUB,)},
        {"country": "ES"},
        {"also_in": ("DE", "BR")},
        {"notify": False, "hold_while_busy": False},
        {"quiet_hours": ("22:00-07:00",), "quiet_floor": "down"},
        {"most_per_hour": 60, "confirm_begin": 10, "confirm_end": 10},
        {"proxy": "socks5://127.0.0.1:1080", "icon": "dark", "language": "tr"},
        {"notify_when": {GITHUB: "never"}, "parts": {GITHUB: ("Actions",)}},
    ],
)
def test_what_fits_is_taken_and_comes_back_from_the_file(
    tmp_path: Path, more: dict[str, object]
) -> None:
    settings = replace(Settings(), **more)  # type: ignore[arg-type]  # as told
    assert checked(settings, Settings()) == settings
    save(tmp_path / "settings.toml", settings)
    assert load(tmp_path / "settings.toml") == (settings, ())


@pytest.mark.parametrize(
    ("more", "form"),
    [
        ({"quiet_hours": ("25:00-07:00",)}, "a list of windows"),
        ({"quiet_hours": ("00:00-24:00",)}, "a list of windows"),
        ({"also_in": ("DE", "Atlantis")}, "a list of country codes"),
        ({"proxy": "proxy.example"}, "an address such as"),
        ({"proxy": ""}, "an address such as"),
        ({"most_per_hour": 0}, "from 1 to 60"),
        ({"confirm_begin": 11}, "from 1 to 10"),
        ({"icon": "blue"}, 'It must be "auto", "light" or "dark".'),
        ({"language": "xx"}, 'It must be "en", "tr" or empty.'),
        ({"notify_when": {GITHUB: "sometimes"}}, "a table of words"),
        ({"parts": {GITHUB: ()}}, "a table of lists"),
        ({"watch": (ServiceSlug("Not A Slug"),)}, "a list of short names"),
        ({"country": "Spain"}, "a country code"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_form_it_must_have(
    more: dict[str, object], form: str
) -> None:
    settings = replace(Settings(), **more)  # type: ignore[arg-type]  # as told
    with pytest.raises(SettingsError) as caught:
        checked(settings, Settings())
    assert caught.value.title == "This cannot be used"
    assert form in caught.value.hint


def test_what_was_so_before_is_not_looked_at() -> None:
    odd = replace(Settings(), proxy="odd")
    assert checked(replace(odd, notify=False), odd).proxy == "odd"


def test_a_country_is_written_in_capitals() -> None:
    assert checked(replace(Settings(), country="es"), Settings()).country == "ES"
