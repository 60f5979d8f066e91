"""Saying at the terminal in which country one is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from downlight.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Istanbul")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")


def said(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> str:
    assert main(["--data", str(folder), "country", *words]) == 0
    return capsys.readouterr().out.strip()


def test_the_guess_is_said_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Country: Turkey, guessed from the time zone."
    assert said(capsys, tmp_path) == words
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("word", "kept", "words"),
    [
        ("es", "ES", "Country: Spain, as you said."),
        ("united kingdom", "GB", "Country: United Kingdom, as you said."),
        ("NONE", "none", "Country: not said, as you wish."),
        ("auto", "auto", "Country: Turkey, guessed from the time zone."),
    ],
)
def test_a_country_is_kept_and_counts(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    word: str,
    kept: str,
    words: str,
) -> None:
    assert said(capsys, tmp_path, *word.split()) == words
    text = (tmp_path / "settings.toml").read_text("utf-8")
    assert f'\ncountry = "{kept}"\n' in text
    assert said(capsys, tmp_path) == words


def test_a_country_that_is_none_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), "country", "Narnia"]) == 3
    err = capsys.readouterr().err
    assert err.startswith("downlight: No such country: 'Narnia'\n")
    assert list(tmp_path.iterdir()) == []


def test_a_slip_in_the_settings_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text('country = "Spain"\n', "utf-8")
    assert main(["--data", str(tmp_path), "country"]) == 0
    captured = capsys.readouterr()
    assert "country must be a country code" in captured.err
    assert captured.out.startswith("Country: Turkey, ")


def test_doctor_and_status_say_which_country_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text(
        'watch = []\ncountry = "ES"\nproxy = "none"\n', "utf-8"
    )
    words = "Spain, as you said; `downlight country` changes it"
    assert main(["--data", str(tmp_path), "doctor", "--json"]) in {0, 1}
    [row] = [
        row for row in json.loads(capsys.readouterr().out) if row["what"] == "Country"
    ]
    assert row == {"what": "Country", "works": None, "words": words}
    assert main(["--data", str(tmp_path), "status"]) == 3
    assert capsys.readouterr().out.endswith(f"Country: {words}.\n")


def test_other_countries_are_kept_count_and_are_forgotten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turkey = "Country: Turkey, guessed from the time zone."
    both = f"{turkey}\nTrouble counts, too, in Germany and the United States."
    words = ("--also", "DE", "usa", "germany")
    assert said(capsys, tmp_path, *words) == both
    text = (tmp_path / "settings.toml").read_text("utf-8")
    assert '\nalso_in = ["DE", "US"]\n' in text
    assert said(capsys, tmp_path) == both
    one = "Country: Spain, as you said.\nTrouble counts, too, in Brazil."
    assert said(capsys, tmp_path, "es", "--also", "BR") == one
    assert said(capsys, tmp_path, "--also") == "Country: Spain, as you said."
    assert "\nalso_in = []\n" in (tmp_path / "settings.toml").read_text("utf-8")


def test_that_other_countries_are_of_no_effect_without_the_own_one_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = said(capsys, tmp_path, "none", "--also", "BR")
    assert words.endswith("\nWhile your own is not known, trouble anywhere counts.")


def test_another_country_that_is_none_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--data", str(tmp_path), "country", "ES", "--also", "DE", "auto"]
    assert main(words) == 3
    err = capsys.readouterr().err
    assert err.startswith("downlight: No such country: 'auto'\n")
    assert 'Two letters, e.g. "ES", or its name.' in err
    assert list(tmp_path.iterdir()) == []


def test_doctor_and_status_name_the_other_countries(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text(
        'watch = []\ncountry = "ES"\nalso_in = ["DE"]\nproxy = "none"\n', "utf-8"
    )
    assert main(["--data", str(tmp_path), "status"]) == 3
    assert capsys.readouterr().out.endswith(
        "Country: Spain, as you said; trouble counts, too, in Germany; "
        "`downlight country` changes it.\n"
    )
