"""The settings file is read with patience; what does not fit is named."""

import dataclasses
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from downlight.core.errors import SettingsError
from downlight.core.model import ServiceSlug
from downlight.core.settings import Settings
from downlight.storage.choices import CHOICES
from downlight.storage.settings_file import LARGEST, load, save

DEFAULTS = Settings()
GITHUB = ServiceSlug("github")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def read(path: Path, text: str) -> tuple[Settings, tuple[str, ...]]:
    path.write_text(text, encoding="utf-8", newline="")
    before = path.read_bytes()
    outcome = load(path)
    assert path.read_bytes() == before
    return outcome


def test_every_choice_has_its_key_and_its_words() -> None:
    assert set(CHOICES) == {field.name for field in dataclasses.fields(Settings)}
    assert list(CHOICES)[-1] == "parts"  # a table: nothing can follow it


def test_no_file_means_the_defaults_and_nothing_to_complain_about(path: Path) -> None:
    assert load(path) == (DEFAULTS, ())
    assert not path.exists()


def test_what_is_written_is_what_holds(path: Path) -> None:
    settings, complaints = read(
        path,
        'watch = ["github", "slack", "github"]\ncountry = "es"\nnotify = false\n'
        'also_in = ["DE", "br", "de"]\n'
        'icon = "dark"\nlanguage = "tr"\nconfirm_begin = 2\nconfirm_end = 10\n'
        'proxy = "socks5://localhost:1080"\nmost_per_hour = 60\n'
        'notify_floor = "down"\nquiet_floor = "partly"\nhold_while_busy = false\n'
        'quiet_hours = ["22:00-07:00", "22:00-07:00"]\n'
        '[notify_when]\ngithub = "never"\n'
        '[parts]\ngithub = ["Actions", " Git  Operations ", "Actions"]\n',
    )
    assert complaints == ()
    assert settings == Settings(
        watch=(GITHUB, ServiceSlug("slack")),
        country="ES",
        also_in=("DE", "BR"),
        notify=False,
        icon="dark",
        language="tr",
        confirm_begin=2,
        confirm_end=10,
        proxy="socks5://localhost:1080",
        most_per_hour=60,
        notify_floor="down",
        quiet_floor="partly",
        hold_while_busy=False,
        quiet_hours=("22:00-07:00",),
        notify_when={GITHUB: "never"},
        parts={GITHUB: ("Actions", "Git Operations")},
    )


@pytest.mark.parametrize("said", ["none", "auto", "NONE", ""])
def test_a_country_may_be_left_open(path: Path, said: str) -> None:
    settings, complaints = read(path, f'country = "{said}"\n')
    assert (settings.country, complaints) == (said.casefold(), ())


def test_the_mark_notepad_makes_and_its_line_ends_are_fine(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbf# mine\r\nicon = "dark"\r\nnotify = 1\r\n')
    settings, complaints = load(path)
    assert settings.icon == "dark"
    assert complaints == (
        "settings.toml, line 3: notify must be true or false, not 1; true is used.",
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("watch = 5", "watch must be a list of short names of services"),
        ('country = "XX"', 'not "XX"; "" is used.'),
        ('country = "Spain"', "country must be a country code of two letters"),
        ('country = "ß"', 'not "ß"; "" is used.'),
        ("country = 34", "not 34"),
        ('also_in = "DE"', "also_in must be a list of country codes"),
        ('notify = "yes"', 'notify must be true or false, not "yes"; true is used.'),
        ('icon = "pink"', 'icon must be "auto", "light" or "dark", not "pink"; "auto"'),
        ("icon = []", "not []"),
        ('language = "xx"', 'language must be "en", "tr" or empty, not "xx"; "" is'),
        ("language = 1", 'not 1; "" is used.'),
        ("confirm_begin = 0", "a whole number from 1 to 10, not 0; 1 is used."),
        ("confirm_begin = true", "not true; 1 is used."),
        ("confirm_end = 11", "confirm_end must be a whole number from 1 to 10, not 11"),
        ("confirm_end = 1.0", "not 1.0"),
        ("confirm_end = {a = 1}", "not a table"),
        ('notify_floor = ""', 'must be "troubled", "partly" or "down", not "";'),
        ("notify_floor = 3", 'not 3; "troubled" is used.'),
        ('quiet_floor = "awful"', '"down" or empty, not "awful"; "" is used.'),
        ('quiet_hours = "22:00-07:00"', "quiet_hours must be a list of windows"),
        ('quiet_hours = ["00:00-24:00"]', "that leave some of the week"),
        (f"quiet_hours = {['1:00-2:00'] * 21}", "a list of windows"),
        ("most_per_hour = 0", "a whole number from 1 to 60, not 0; 6 is used."),
        ("most_per_hour = 61", "not 61; 6 is used."),
        ("most_per_hour = true", "not true; 6 is used."),
        ('most_per_hour = "6"', 'not "6"; 6 is used.'),
        ("hold_while_busy = 1", "must be true or false, not 1; true is used."),
        ('notify_when = "never"', "notify_when must be a table of words"),
        ("parts = 5", "parts must be a table of lists, e.g. github = ["),
        ("parts = []", "not []; an empty table is used."),
        ("proxy = 8080", 'proxy must be "system", "none" or an address'),
        ('proxy = "ftp://a.example:21"', '; "system" is used.'),
        ('proxy = "http://a.example"', '; "system" is used.'),
        ('proxy = "http://a.example:99999"', '; "system" is used.'),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_its_line_and_the_default_used(
    path: Path, line: str, words: str
) -> None:
    settings, complaints = read(path, f'\n# "{line}"\n\n{line} # here\n')
    assert settings == DEFAULTS
    [complaint] = complaints
    assert complaint.startswith("settings.toml, line 4: ")
    assert words in complaint


def test_only_what_does_not_fit_falls_back(path: Path) -> None:
    settings, complaints = read(path, 'icon = "dark"\nconfirm_begin = 99\n')
    assert settings == replace(DEFAULTS, icon="dark")
    assert len(complaints) == 1


def test_a_password_in_a_proxy_is_not_repeated(path: Path) -> None:
    _, [complaint] = read(path, 'proxy = "http://me:s3cret@a.example"\n')
    assert "s3cret" not in complaint


def test_names_that_are_none_are_left_out_of_the_watch_list(path: Path) -> None:
    settings, complaints = read(path, 'watch = [\n  "github",\n  7,\n  "No Name"\n]\n')
    assert settings.watch == (GITHUB,)
    assert complaints == (
        (
            "settings.toml, line 1: in watch, 7 is not the short name of a service; "
            "it is left out."
        ),
        (
            'settings.toml, line 1: in watch, "No Name" is not the short name of a '
            "service; it is left out."
        ),
    )


def test_countries_that_are_none_are_left_out(path: Path) -> None:
    settings, complaints = read(path, 'also_in = ["DE", "Narnia", "ß", 7]\n')
    assert settings.also_in == ("DE",)
    what = "is not a country code of two letters; it is left out."
    assert complaints == tuple(
        f"settings.toml, line 1: in also_in, {item} {what}"
        for item in ('"Narnia"', '"ß"', "7")
    )


def test_windows_that_are_none_are_left_out_of_quiet_hours(path: Path) -> None:
    settings, complaints = read(path, 'quiet_hours = ["at night", 7, "1:00-2:00"]\n')
    assert settings.quiet_hours == ("1:00-2:00",)
    window = 'is not a window such as "mon-fri 22:00-07:00"; it is left out.'
    assert complaints == (
        f'settings.toml, line 1: in quiet_hours, "at night" {window}',
        f"settings.toml, line 1: in quiet_hours, 7 {window}",
    )


def test_who_is_told_when_is_named_one_by_one(path: Path) -> None:
    settings, complaints = read(
        path,
        '[notify_when]\ngithub = "start"\nslack = "sometimes"\nzoom = ["end"]\n'
        '"No Name" = "end"\n',
    )
    assert settings.notify_when == {GITHUB: "start"}
    must = 'must be "always", "start", "end" or "never", not'
    assert complaints == (
        (
            f"settings.toml, line 3: in notify_when, slack {must} "
            '"sometimes"; it is told always.'
        ),
        (
            f"settings.toml, line 4: in notify_when, zoom {must} "
            '["end"]; it is told always.'
        ),
        (
            'settings.toml, line 5: in notify_when, "No Name" is not the short name '
            "of a service; it is left out."
        ),
    )


def test_parts_that_cannot_be_used_are_named_one_by_one(path: Path) -> None:
    many = ", ".join(["'x'"] * 201)
    settings, complaints = read(
        path,
        'github = "of someone else"\n[parts]\n# github\ngithub = "Actions"\n'
        f'slack = ["Calls", 7]\n"No Name" = []\nzoom = ["Chat"]\nmeet = []\n'
        f"aws = [{many}]\nmiro = ['  ']\n",
    )
    assert settings.parts == {ServiceSlug("zoom"): ("Chat",)}
    lines, reasons = zip(
        *(words.split(": in parts, ") for words in complaints[1:]), strict=True
    )
    assert lines == tuple(f"settings.toml, line {n}" for n in (4, 5, 6, 8, 9, 10))
    must = "must be a list of 1 to 200 names of parts, not"
    assert reasons[:4] == (
        f'github {must} "Actions"; all of its parts count.',
        f'slack {must} ["Calls", 7]; all of its parts count.',
        '"No Name" is not the short name of a service; it is left out.',
        f"meet {must} []; all of its parts count.",
    )


@pytest.mark.parametrize(
    "text",
    ["\nparts = {github = 5}\n", "\nparts.github = 5\n", "\n[parts.github]\na = 1\n"],
)
def test_a_part_that_is_written_otherwise_is_named_with_the_line_of_its_table(
    path: Path, text: str
) -> None:
    _, [complaint] = read(path, text)
    assert complaint.startswith("settings.toml, line 2: in parts, github must be")


def test_nothing_to_watch_is_a_choice(path: Path) -> None:
    settings, complaints = read(path, "watch = []\n")
    assert settings.watch == ()
    assert complaints == ()


def test_an_unknown_key_is_named_with_the_one_that_was_meant(path: Path) -> None:
    _, complaints = read(path, 'icn = "dark"\nzebra = 1\n[watches]\na = 1\n[[x.y]]\n')
    assert complaints == (
        'settings.toml, line 1: there is no setting called "icn"; did you mean icon?',
        'settings.toml, line 2: there is no setting called "zebra"; it is ignored.',
        (
            'settings.toml, line 3: there is no setting called "watches"; '
            "did you mean watch?"
        ),
        'settings.toml, line 5: there is no setting called "x"; it is ignored.',
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('x = """\nicon = 1\n"""\nicon = 2\n', 4),
        ("x = [\n'''\nicon = 1''']\n'icon' = 2\n", 4),
        ("icon.colour = 2\n", 1),
        ('"icon"=2\n', 1),
        ("[icon]\nicon = 3\n", 1),
        ("[[icon]]\n", 1),
    ],
)
def test_the_line_is_where_the_key_really_stands(
    path: Path, text: str, line: int
) -> None:
    _, complaints = read(path, text)
    about = [words for words in complaints if "icon must be" in words]
    assert len(about) == 1
    assert about[0].startswith(f"settings.toml, line {line}: ")


def test_a_key_that_cannot_be_found_is_named_without_a_line(path: Path) -> None:
    _, complaints = read(path, '"\\u0069con" = 2\n[later]\nicon = 3\n')
    assert complaints[0].startswith("settings.toml: icon must be")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('icon = "dark"\nnotify = tru\n', "settings.toml, line 2, column 10: Invalid"),
        ("icon = \n", "settings.toml, line 1, column 8: Invalid value"),
        ('a = 1\nicon = """dark', "settings.toml, line 2, column 15: Unterminated"),
        ("icon = [", "settings.toml, line 1, column 9: "),
        ("icon = 'a'\nicon = 'b'\n", "settings.toml, line 2, column "),
        ("icon = " + "[" * 50_000, "settings.toml is nested too deeply"),
        ("icon = " + "9" * 5_000, "settings.toml: a number has too many digits"),
        ("#" * LARGEST + "\n", "settings.toml is too large"),
    ],
    ids=["word", "nothing", "text", "list", "twice", "deep", "digits", "large"],
)
def test_a_file_that_is_no_toml_is_named_by_line_and_column_and_left_alone(
    path: Path, text: str, words: str
) -> None:
    settings, [complaint] = read(path, text)
    assert settings == DEFAULTS
    assert complaint.startswith(words)
    assert "All defaults are used and the file is left as it is." in complaint
    with pytest.raises(SettingsError) as caught:
        save(path, replace(DEFAULTS, icon="dark"))
    assert "rename it" in caught.value.hint
    assert path.read_text() == text


def test_a_file_in_another_encoding_is_named_and_left_alone(path: Path) -> None:
    path.write_bytes(b'icon = "dark"\n# caf\xe9\n')
    settings, complaints = load(path)
    assert settings == DEFAULTS
    assert complaints[0].startswith("settings.toml, line 2: this is not UTF-8.")


def test_a_folder_in_its_place_is_named(path: Path) -> None:
    path.mkdir()
    settings, complaints = load(path)
    assert settings == DEFAULTS
    assert complaints[0].startswith("settings.toml cannot be read: ")
    with pytest.raises(SettingsError) as caught:
        save(path, DEFAULTS)
    assert str(path) in caught.value.hint


def test_reading_settings_does_not_load_the_editor() -> None:
    program = (
        "import sys, pathlib; from downlight.storage.settings_file import load\n"
        "load(pathlib.Path('nowhere.toml'))\n"
        "print([m for m in ('tomlkit', 'keyring', 'sqlite3') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
