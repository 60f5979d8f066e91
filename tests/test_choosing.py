"""What a person chooses in the settings is kept, and holds at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pytest

from downlight import wiring
from downlight.catalog import own, writing
from downlight.core.errors import (
    DownlightError,
    RecordingError,
    SettingsError,
    StorageError,
)
from downlight.core.keys import KEYS, Ring
from downlight.core.level import Level
from downlight.core.model import ServiceSlug
from downlight.rehearsing import rehearse
from downlight.steward import Bystander, Steward
from downlight.storage.resources import resource
from tests.test_steward import Stage, found

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from downlight.core.telling.policy import Wishes

T = TypeVar("T")

PATIENCE = 20.0
GITHUB = ServiceSlug("github")
ACME = ServiceSlug("acme")
HOOKS = """
[[command]]
name = "say"
run = ["echo", "{title}"]

[[command]]
name = "fail"
run = ["sh", "-c", "exit 3"]

[[webhook]]
name = "team"
shape = "slack"
secret = "hook-team"
token = "hook-token"
"""


class Courier:
    """Notes by which wishes it is to go."""

    def __init__(self) -> None:
        self.wishes: list[Wishes] = []

    def change_wishes(self, wishes: Wishes) -> None:
        self.wishes.append(wishes)


class Drawer:
    """A keyring that keeps what it is given, or is locked."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.error: Exception | None = None

    def read(self, name: str) -> str | None:
        if self.error is not None:
            raise self.error
        return self.kept.get(name)

    def write(self, name: str, secret: str | None) -> None:
        if self.error is not None:
            raise self.error
        self.kept.pop(name, None)
        if secret is not None:
            self.kept[name] = secret


def locked() -> StorageError:
    error = StorageError("keyring: KeyringLocked")
    error.title, error.hint = "Keyring locked", "Unlock it."
    return error


class Choosing(Stage):
    """A steward with courier, keyring and icon."""

    def __init__(self, folder: Path, kind: type[Steward] = Steward) -> None:
        super().__init__(folder, kind)
        self.courier, self.drawer = Courier(), Drawer()
        self.styles: list[str] = []
        self.steward.courier = self.courier  # type: ignore[assignment]  # what is used of it
        self.steward.secrets = lambda: self.drawer
        self.steward.wear = self.styles.append

    def change(self, **values: object) -> None:
        settings = replace(self.steward.settings(), **values)  # type: ignore[arg-type]  # as told
        self.steward.change(settings)

    def wait(self, ask: Callable[[Callable[[T], None]], None]) -> T:
        """Ask for something that is told later, and return it."""
        heard, said = threading.Event(), list[T]()

        def tell(answer: T) -> None:
            said.append(answer)
            heard.set()

        ask(tell)
        assert heard.wait(PATIENCE)
        [answer] = said
        return answer


def test_a_change_is_kept_and_goes_to_whom_it_concerns(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    it.change(notify_floor="down", quiet_hours=("22:00-07:00",))
    assert it.courier.wishes[-1].floor is Level.MAJOR
    assert len(it.courier.wishes[-1].quiet) == 1
    assert it.kept.settings.notify_floor == "down"
    assert it.styles == []
    assert it.engine.home == ""
    it.change(icon="dark")
    assert it.styles == ["dark"]
    it.change(country="ES", also_in=("DE",))
    assert (it.engine.home, it.engine.also) == ("ES", ("DE",))
    assert it.engine.plans == []
    it.change(watch=("whatsapp",))
    assert it.engine.watched == ["whatsapp"]
    assert it.kept.settings == it.steward.settings()
    assert it.kept.complaints == ()


def test_what_cannot_be_kept_or_used_changes_nothing(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    before = it.steward.settings()
    with pytest.raises(SettingsError, match="quiet_hours"):
        it.change(quiet_hours=("25:00-07:00",))
    (tmp_path / "settings.toml").write_text("broken = ", "utf-8")
    with pytest.raises(SettingsError):
        it.change(icon="dark")
    assert it.steward.settings() == before
    assert (it.styles, it.courier.wishes) == ([], [])


def test_what_was_written_in_the_file_meanwhile_stays(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    file = tmp_path / "settings.toml"
    text = file.read_text("utf-8").replace("notify = true", "notify = false")
    file.write_text(f"# mine\n{text}", "utf-8")
    it.change(icon="dark")
    assert it.kept.settings.notify is False
    assert it.kept.settings.icon == "dark"
    assert file.read_text("utf-8").startswith("# mine\n")


def test_before_anything_runs_a_change_is_kept_all_the_same(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    it.steward.engine = it.steward.courier = None
    it.change(country="ES", watch=("whatsapp",), icon="light")
    assert it.kept.settings.country == "ES"


def test_the_files_are_made_when_they_are_to_be_opened(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    (tmp_path / "settings.toml").unlink()
    assert it.steward.file_of("settings") == str(tmp_path / "settings.toml")
    assert it.kept.settings.watch == ("github",)
    assert it.steward.file_of("hooks") == str(tmp_path / "hooks.toml")
    assert it.steward.hooks().faults == ()
    (tmp_path / "hooks.toml").write_text(HOOKS, "utf-8")
    it.steward.file_of("hooks")
    assert (tmp_path / "hooks.toml").read_text("utf-8") == HOOKS
    assert it.steward.file_of("services") == str(tmp_path / "services.toml")
    assert (tmp_path / "services.toml").read_text("utf-8") == writing.HEAD
    assert it.steward.log_folder() == str(tmp_path)


def test_hooks_are_listed_shown_and_tried(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    assert it.steward.hooks().hooks == ()
    (tmp_path / "hooks.toml").write_text(HOOKS, "utf-8")
    hooks = it.steward.hooks().hooks
    assert [(hook.name, hook.kind, hook.on) for hook in hooks] == [
        ("say", "command", ("began", "ended")),
        ("fail", "command", ("began", "ended")),
        ("team", "slack", ("began", "ended")),
    ]
    assert it.steward.preview_hook("say").startswith("echo 'Downlight: a test'")
    with pytest.raises(SettingsError):
        it.steward.preview_hook("nobody")
    say = it.wait(partial(it.steward.try_hook, "say"))
    assert say == "Downlight: a test"
    fail = it.wait(partial(it.steward.try_hook, "fail"))
    assert isinstance(fail, DownlightError)
    gone = it.wait(partial(it.steward.try_hook, "gone"))
    assert isinstance(gone, SettingsError)


def test_the_keys_are_those_of_sources_and_of_hooks(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    (tmp_path / "hooks.toml").write_text(HOOKS, "utf-8")
    it.change(watch=("github", "riot-games"))
    known = it.steward.keys()
    keys = {key.name: key for key in known}
    assert set(keys) == {*(key.name for key in KEYS), "hook-team", "hook-token"}
    wanted = {name for name, key in keys.items() if key.wanted}
    assert wanted == {"riot", "hook-team", "hook-token"}
    assert keys["hook-team"].what == "The address of your hook team"


def test_a_token_is_kept_found_and_forgotten(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    keep = it.steward.keep_key
    assert it.wait(partial(keep, "riot", "secret")) is None
    assert it.drawer.kept == {"riot": "secret"}
    ring = it.wait(it.steward.look_for_keys)
    assert ring.trouble == ""
    assert {name for name, kept in ring.kept.items() if kept} == {"riot"}
    assert set(ring.kept) == {key.name for key in KEYS}
    assert it.wait(partial(keep, "riot", None)) is None
    assert it.drawer.kept == {}


def test_a_locked_keyring_is_said_in_its_words(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    it.drawer.error = locked()
    ring = it.wait(it.steward.look_for_keys)
    assert ring == Ring({}, "Keyring locked. Unlock it.")
    error = it.wait(partial(it.steward.keep_key, "riot", "secret"))
    assert error is it.drawer.error


def test_a_bug_in_a_keyring_is_told_too(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    it.drawer.error = ZeroDivisionError()
    assert it.wait(it.steward.look_for_keys).trouble.startswith("Something went wrong")


def test_everything_is_taken_along_without_secrets(tmp_path: Path) -> None:
    old, new = Choosing(tmp_path / "old"), Choosing(tmp_path / "new")
    old.steward.add(found(), ("Mail",))
    old.change(
        proxy="http://me:secret@proxy.example:8080",
        notify_when={GITHUB: "end"},
        quiet_hours=("22:00-07:00",),
        icon="dark",
    )
    luggage = tmp_path / "luggage.toml"
    old.steward.export(str(luggage))
    text = luggage.read_text("utf-8")
    assert "secret" not in text
    assert text.startswith("# What was chosen in Downlight")
    taken = new.steward.take_over(str(luggage))
    there = replace(old.steward.settings(), proxy="http://proxy.example:8080")
    assert new.steward.settings() == new.kept.settings == there
    assert (taken.services, taken.strangers) == (1, ())
    assert taken.settings == 6
    assert [service.slug for service in new.kept.own.services] == ["acme"]
    assert new.engine.watched == ["github", "acme"]
    assert new.styles == ["dark"]
    assert new.known == 1
    again = new.steward.take_over(str(luggage))
    assert (again.settings, again.services) == (0, 0)


def test_a_file_without_services_adds_none_and_what_is_not_in_it_stays(
    tmp_path: Path,
) -> None:
    it = Choosing(tmp_path)
    it.change(icon="dark", proxy="none")
    luggage = tmp_path / "luggage.toml"
    it.steward.export(str(luggage))
    assert "[[service]]" not in luggage.read_text("utf-8")
    luggage.write_text('watch = ["whatsapp", "atlantis"]\n', "utf-8")
    taken = it.steward.take_over(str(luggage))
    assert (taken.settings, taken.services) == (1, 0)
    assert taken.strangers == ("atlantis",)
    assert it.steward.settings().icon == "dark"


FOREIGN = """\
watch = ["acme"]

[[service]]
slug = "acme"
name = "Acme"
category = "other"

[[service.sources]]
family = "statuspage"
url = "https://status.acme.example"
name = "Acme's page"
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("notify = ", "luggage.toml, line 1, column"),
        ('watch = []\nnotify = "yes"\n', "line 2: notify must be true or false, not"),
        ("colour = 3\n", 'line 1: there is no setting called "colour".'),
        ('watch = ["a b"]\n', 'line 1: in watch, "a b" is not the short name'),
        (FOREIGN.replace('"statuspage"', '"nothing"'), "line 3"),
        (FOREIGN + "\n[parts]\nacme = ['x']\n", "luggage.toml"),
        ("service = [{slug = 'x'}]\n" * 2, "luggage.toml"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_line(
    tmp_path: Path, text: str, words: str
) -> None:
    it = Choosing(tmp_path)
    before = it.steward.home, (tmp_path / "settings.toml").read_bytes()
    luggage = tmp_path / "luggage.toml"
    luggage.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        it.steward.take_over(str(luggage))
    assert caught.value.title == "Nothing was taken over"
    assert words in caught.value.hint
    assert (it.steward.home, (tmp_path / "settings.toml").read_bytes()) == before
    assert not (tmp_path / "services.toml").exists()
    with pytest.raises(SettingsError, match="no file"):
        it.steward.take_over(str(tmp_path / "nowhere.toml"))


def test_what_cannot_be_kept_leaves_both_files_as_they_were(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    luggage = tmp_path / "luggage.toml"
    luggage.write_text(FOREIGN, "utf-8")
    settings = tmp_path / "settings.toml"
    settings.write_text("broken = ", "utf-8")
    with pytest.raises(SettingsError):
        it.steward.take_over(str(luggage))
    assert not (tmp_path / "services.toml").exists()
    own.add(tmp_path / "services.toml", found("other").addition)
    before = (tmp_path / "services.toml").read_text("utf-8")
    with pytest.raises(SettingsError):
        it.steward.take_over(str(luggage))
    assert (tmp_path / "services.toml").read_text("utf-8") == before


def test_a_broken_file_of_services_is_not_taken_along(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    (tmp_path / "services.toml").write_text("[[service", "utf-8")
    with pytest.raises(DownlightError):
        it.steward.export(str(tmp_path / "luggage.toml"))
    assert not (tmp_path / "luggage.toml").exists()


def test_a_replay_shows_the_settings_and_changes_none(tmp_path: Path) -> None:
    it = Choosing(tmp_path, Bystander)
    before = it.kept
    with pytest.raises(DownlightError, match="replay"):
        it.change(icon="dark")
    with pytest.raises(DownlightError, match="replay"):
        it.steward.take_over(str(tmp_path / "settings.toml"))
    tried = it.wait(partial(it.steward.try_hook, "say"))
    kept = it.wait(partial(it.steward.keep_key, "riot", "secret"))
    played = it.wait(it.steward.rehearse)
    for answer in (tried, kept, played):
        assert isinstance(answer, DownlightError)
        assert answer.title == "This is a replay"
    it.drawer.error = ZeroDivisionError()  # a keyring may ask a person: nobody looks
    ring = it.wait(it.steward.look_for_keys)
    assert ring == Ring({}, "This is a replay. It changes nothing and asks nobody.")
    with pytest.raises(DownlightError, match="replay"):
        it.steward.file_of("hooks")
    assert not (tmp_path / "hooks.toml").exists()
    assert it.steward.file_of("settings") == str(tmp_path / "settings.toml")
    assert it.kept == before
    assert it.drawer.kept == {}


def test_without_a_courier_the_wishes_wait_for_it(tmp_path: Path) -> None:
    it = Choosing(tmp_path)
    it.steward.courier = None
    it.change(notify=False)
    assert wiring.wishes(it.steward.settings()).notify is False


def test_recorded_outages_are_played_by_the_rules_that_hold(tmp_path: Path) -> None:
    it = Choosing(tmp_path / "mine")
    it.change(confirm_begin=3)
    [slow] = rehearse(tmp_path / "mine", one_recording(tmp_path))
    [plain] = rehearse(tmp_path / "other", one_recording(tmp_path))
    assert slow.service == plain.service == "GitHub"
    assert slow.told and plain.told
    assert slow.late is not None and plain.late is not None
    assert slow.late > plain.late


def test_a_recording_that_cannot_be_played_is_said(tmp_path: Path) -> None:
    (tmp_path / "recordings" / "empty").mkdir(parents=True)
    with pytest.raises(RecordingError) as caught:
        rehearse(tmp_path, tmp_path / "recordings")
    assert caught.value.title == "Not played"


def one_recording(folder: Path) -> Path:
    """Return a folder with one of the recordings that come with Downlight."""
    name = "github-2026-08-06"
    place = folder / "recordings"
    place.mkdir(exist_ok=True)
    if not (place / name).exists():
        (place / name).symlink_to(resource("recordings") / name)
    return place
