"""Secrets: in the system's keyring, or nowhere; and never waited for endlessly."""

import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring import errors
from keyring.backend import KeyringBackend

from downlight.core.errors import StorageError
from downlight.storage.secrets import SystemKeyring, system_backend

if TYPE_CHECKING:
    from downlight.core.memory import Secrets

SOON = timedelta(seconds=0.05)


class Drawer(KeyringBackend):
    """A keyring that keeps secrets as long as it lives."""

    priority = -1  # keyring knows every subclass there is: never pick this one

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Broken(Drawer):
    """A keyring that answers every question with one error."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


class Asking(Drawer):
    """A keyring that waits for a person to type its password."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.typed = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.typed.wait()
        return "at last"


class PlainFile(Drawer):
    """Stands for the keyrings of `keyrings.alt`, which are readable files."""


PlainFile.__module__ = "keyrings.alt.file"


class Chain(Drawer):
    """A keyring made of several, as `keyring` chains them."""

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


def trouble_of(backend: KeyringBackend) -> StorageError:
    secrets = SystemKeyring(lambda: backend)
    with pytest.raises(StorageError) as read:
        secrets.read("token")
    with pytest.raises(StorageError) as written:
        secrets.write("token", "s3cret")
    assert (read.value.title, read.value.hint) == (
        written.value.title,
        written.value.hint,
    )
    assert "s3cret" not in str(written.value)
    return read.value


def test_a_secret_is_kept_read_back_and_forgotten() -> None:
    drawer = Drawer()
    secrets: Secrets = SystemKeyring(lambda: drawer)
    assert secrets.read("token") is None
    secrets.write("token", "s3cret")
    assert drawer.kept == {("downlight", "token"): "s3cret"}
    assert secrets.read("token") == "s3cret"
    secrets.write("token", None)
    secrets.write("token", None)
    assert drawer.kept == {}


def test_nothing_is_looked_for_before_it_is_needed() -> None:
    def fail() -> KeyringBackend:
        raise AssertionError

    SystemKeyring(fail)


def test_the_system_is_asked_for_its_keyring() -> None:
    before = keyring.get_keyring()
    drawer = Drawer()
    keyring.set_keyring(drawer)
    try:
        assert system_backend() is drawer
        SystemKeyring().write("token", "s3cret")
    finally:
        keyring.set_keyring(before)
    assert drawer.kept == {("downlight", "token"): "s3cret"}


def test_without_any_keyring_a_person_is_told_to_install_one() -> None:
    error = trouble_of(keyring.backends.fail.Keyring())
    assert error.title == "No keyring"
    assert "never written to a file" in error.hint


def test_a_keyring_that_is_switched_off_is_not_taken_for_one_that_keeps() -> None:
    secrets = SystemKeyring(keyring.backends.null.Keyring)
    assert secrets.read("token") is None
    with pytest.raises(StorageError) as caught:
        secrets.write("token", "s3cret")
    assert caught.value.title == "Secret not kept"


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (errors.KeyringLocked("locked"), "Keyring locked"),
        (errors.NoKeyringError("none"), "No keyring"),
        (errors.InitError("no start"), "Keyring not started"),
        (errors.PasswordSetError("no"), "Keyring refused"),
        (errors.PasswordDeleteError("no"), "Keyring refused"),
        (errors.KeyringError("s3cret"), "Keyring broken"),
        (OSError("s3cret"), "Keyring broken"),
        (ImportError("s3cret"), "Keyring broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_each_trouble_of_a_keyring_has_its_own_words(
    error: Exception, title: str
) -> None:
    found = trouble_of(Broken(error))
    assert found.title == title
    assert found.hint
    assert "s3cret" not in str(found)


def test_a_keyring_library_that_cannot_be_loaded_is_a_broken_keyring(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(StorageError) as caught:
        SystemKeyring().read("token")
    assert caught.value.title == "Keyring broken"


def test_a_keyring_in_a_readable_file_counts_as_none() -> None:
    assert trouble_of(PlainFile()).title == "No keyring"
    assert trouble_of(Chain(PlainFile(), PlainFile())).title == "No keyring"
    assert trouble_of(Chain()).title == "No keyring"


def test_of_a_chain_with_a_readable_file_only_the_real_keyring_is_used() -> None:
    plain, real = PlainFile(), Drawer()
    SystemKeyring(lambda: Chain(plain, real)).write("token", "s3cret")
    assert real.kept and not plain.kept


def test_a_chain_of_real_keyrings_is_used_as_it_is() -> None:
    chain = Chain(Drawer(), Drawer())
    SystemKeyring(lambda: chain).write("token", "s3cret")
    assert chain.kept


def test_a_keyring_that_asks_for_its_password_holds_nobody_up_for_ever() -> None:
    asking = Asking()
    secrets = SystemKeyring(lambda: asking, patience=SOON)
    for _ in range(3):
        with pytest.raises(StorageError) as caught:
            secrets.read("token")
        assert caught.value.title == "Keyring does not answer"
    assert asking.asked == 1  # the window is already there: not one more each time
    asking.typed.set()
    [waiting] = [t for t in threading.enumerate() if t.name == "keyring"]
    assert waiting.daemon
    waiting.join()
    secrets = SystemKeyring(lambda: asking)
    assert secrets.read("token") == "at last"


def test_once_the_password_is_typed_the_same_keyring_answers_again() -> None:
    asking = Asking()
    secrets = SystemKeyring(lambda: asking, patience=SOON)
    with pytest.raises(StorageError):
        secrets.read("token")
    asking.typed.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join()
    assert secrets.read("token") == "at last"
