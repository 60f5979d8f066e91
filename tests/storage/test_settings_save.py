"""Settings are never written over a person's work."""

import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from downlight.core.errors import StorageError
from downlight.core.model import ServiceSlug
from downlight.core.settings import Settings
from downlight.storage.settings_file import load, save

DEFAULTS = Settings()
GITHUB = ServiceSlug("github")

WRITTEN = """\
# mine
proxy = "none"  # at work
watch = [
    "slack",  # for work
    "github", # for fun
]

[later]  # some day
icon = "dark"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def read(path: Path, text: str) -> tuple[Settings, tuple[str, ...]]:
    path.write_text(text, encoding="utf-8", newline="")
    before = path.read_bytes()
    outcome = load(path)
    assert path.read_bytes() == before
    return outcome


def test_saving_without_a_file_writes_one_that_explains_itself(tmp_path: Path) -> None:
    path = tmp_path / "new/folder/settings.toml"
    save(path, replace(DEFAULTS, country="ES"))
    assert load(path) == (replace(DEFAULTS, country="ES"), ())
    assert path.read_text().startswith("# Settings of Downlight.")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["settings.toml"]


def test_saving_changes_what_changed_and_nothing_else(path: Path) -> None:
    settings, _ = read(path, WRITTEN)
    chosen = replace(
        settings,
        watch=(GITHUB, ServiceSlug("whatsapp")),
        proxy="system",
        confirm_end=3,
    )
    save(path, chosen)
    assert path.read_text() == (
        '# mine\nproxy = "system"  # at work\nwatch = [\n'
        '    "github", # for fun\n    "whatsapp",\n]\n'
        'confirm_end = 3\n\n[later]  # some day\nicon = "dark"\n'
    )
    assert load(path)[0] == chosen


def test_a_watch_list_in_another_order_is_written_in_that_order(path: Path) -> None:
    settings, _ = read(path, WRITTEN)
    save(path, replace(settings, watch=settings.watch[::-1]))
    assert load(path)[0].watch == (GITHUB, ServiceSlug("slack"))
    assert "# at work" in path.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "watch = [\n# one\n'a', # two\n\n'b'\n# three\n]\n",
        # tomlkit 0.15 would put the next item into the comment.
        "watch = [\n'a', # two\n'slack'\n# three\n]\n",
        "watch = [ # x\n 'a'# y\n,'slack' # z\n,]\n",
        "watch.a = 1\n[later]\nb = nan\n",
        "[[watch]]\n[watch.a]\n",
        "[later]\nwatch = 1",
        "\r\n# mine",
    ],
)
def test_a_watch_list_can_be_changed_however_it_was_written(
    path: Path, text: str
) -> None:
    settings, _ = read(path, text)
    save(path, replace(settings, watch=(ServiceSlug("slack"), GITHUB)))
    assert load(path)[0].watch == (ServiceSlug("slack"), GITHUB)


def test_saving_what_already_holds_does_not_touch_the_file(path: Path) -> None:
    settings, _ = read(path, WRITTEN)
    before = path.stat()
    save(path, settings)
    assert path.stat() == before


def test_a_value_that_does_not_fit_stays_until_it_is_chosen_anew(path: Path) -> None:
    settings, _ = read(path, "confirm_begin = 99 # why not\n")
    save(path, replace(settings, notify=False))
    assert path.read_text() == "confirm_begin = 99 # why not\nnotify = false\n"
    save(path, replace(settings, notify=False, confirm_begin=2))
    assert path.read_text() == "confirm_begin = 2 # why not\nnotify = false\n"


def test_what_a_person_changed_meanwhile_is_not_undone(path: Path) -> None:
    was, _ = read(path, 'icon = "auto"\nnotify = true\n')
    path.write_text('icon = "dark"\nnotify = true\n')
    save(path, replace(was, notify=False), was)
    assert path.read_text() == 'icon = "dark"\nnotify = false\n'


def test_a_setting_is_never_written_into_a_table_of_someone_else(path: Path) -> None:
    settings, _ = read(path, "[later]\nicon = 'dark'\n")
    save(path, replace(settings, icon="light"))
    assert tomllib.loads(path.read_text()) == {
        "icon": "light",
        "later": {"icon": "dark"},
    }


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles/mine.toml", tmp_path / "settings.toml"
    real.parent.mkdir()
    real.write_text("notify = true\n")
    real.chmod(0o640)
    link.symlink_to(real)
    save(link, replace(DEFAULTS, notify=False))
    assert link.is_symlink()
    assert real.read_text() == "notify = false\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_link_to_nothing_gets_its_file(tmp_path: Path) -> None:
    link = tmp_path / "settings.toml"
    link.symlink_to(tmp_path / "dotfiles/mine.toml")
    save(link, DEFAULTS)
    assert load(tmp_path / "dotfiles/mine.toml") == (DEFAULTS, ())


def test_a_place_that_takes_no_file_is_named_and_left_clean(tmp_path: Path) -> None:
    path = tmp_path / ("s" * 250 + ".toml")  # no room in the name for a draft's
    with pytest.raises(StorageError) as caught:
        save(path, DEFAULTS)
    assert caught.value.title == "Folder not writable"
    assert str(tmp_path) in caught.value.hint
    assert not list(tmp_path.iterdir())


PARTS = """\
country = "ES"

[parts]  # what we use
# the builds
github = [
    "Actions",  # daily
    "Pages",
]
slack = "Calls"  # to mend
zoom = ["Chat"]

[later]
icon = "dark"
"""
SLACK, ZOOM = ServiceSlug("slack"), ServiceSlug("zoom")


def test_parts_are_chosen_and_given_up_and_all_else_stays(path: Path) -> None:
    settings, _ = read(path, PARTS)
    assert settings.parts == {GITHUB: ("Actions", "Pages"), ZOOM: ("Chat",)}
    chosen = {GITHUB: ("Actions", "Issues"), ServiceSlug("a.b"): ("Web",)}
    save(path, replace(settings, parts=chosen))
    assert load(path)[0] == replace(settings, parts=chosen)
    text = path.read_text()
    for kept in ("# what we use", "# the builds", "# daily", "# to mend"):
        assert kept in text
    assert 'slack = "Calls"' in text  # it does not fit, and may be mended
    assert "zoom" not in text
    assert text.endswith('[later]\nicon = "dark"\n')


def test_the_last_part_can_go_and_the_first_can_come(path: Path) -> None:
    settings, _ = read(path, "icon = 'dark'\n[later]\na = 1\n")
    one = replace(settings, parts={GITHUB: ("Actions",)})
    save(path, one)
    assert load(path)[0] == one
    save(path, settings)
    assert load(path)[0] == settings
    assert tomllib.loads(path.read_text())["later"] == {"a": 1}


def test_parts_that_a_person_chose_meanwhile_are_not_undone(path: Path) -> None:
    was, _ = read(path, '[parts]\ngithub = ["Actions"]\n')
    path.write_text('[parts]\ngithub = ["Pages"]\nzoom = ["Chat"]\n')
    save(path, replace(was, parts={**was.parts, SLACK: ("Calls",)}), was)
    assert load(path)[0].parts == {
        GITHUB: ("Pages",),
        ZOOM: ("Chat",),
        SLACK: ("Calls",),
    }


@pytest.mark.parametrize(
    "text",
    [
        "parts = 5\n",
        "parts = {github = ['Actions']}  # short\n",
        "parts.github = ['Actions']\nnotify = true\n",
        "[parts.github]\na = 1\n[later]\n[parts.zoom]\n",
        "[[parts]]\n",
        "[parts]",
        "[later]\nparts = 1",
        "[parts]\ngithub = [\n'Actions' # one\n,'Pages' # two\n,]",
    ],
)
def test_parts_can_be_changed_however_they_were_written(path: Path, text: str) -> None:
    settings, _ = read(path, text)
    for parts in ({GITHUB: ("Pages",), SLACK: ("Calls",)}, {SLACK: ("Calls",)}, {}):
        save(path, replace(settings, parts=parts))
        assert load(path)[0].parts == parts


def test_what_another_program_watches_since_stays_watched(path: Path) -> None:
    slack, zoom, signal = map(ServiceSlug, ("slack", "zoom", "signal"))
    before, _ = read(path, 'watch = ["slack", "github"]\n')
    save(path, replace(before, watch=(slack, GITHUB, zoom)), was=before)
    # This program read its settings before that, and drops one and adds one.
    save(path, replace(before, watch=(slack, signal)), was=before)
    assert load(path)[0].watch == (slack, zoom, signal)
    now, _ = load(path)
    save(path, replace(now, watch=(signal, slack)), was=now)
    assert load(path)[0].watch == (signal, slack)
