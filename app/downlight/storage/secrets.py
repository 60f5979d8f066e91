"""Secrets, in the keyring of the system and nowhere else.

The keyring may ask the user for a password, and then it answers when the user
does: each call has a time limit of its own. There is no file to fall back to.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from downlight.core.speech import mark
from downlight.storage.trouble import storage_error

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keyring.backend import KeyringBackend

    from downlight.core.errors import StorageError

SERVICE: Final = "downlight"
"""Under this name the keyring shows our secrets."""

PATIENCE: Final = timedelta(seconds=60)
"""How long a user gets to type the password of the keyring."""


class _PlainFile(Exception):
    """Every keyring here, if there is any, writes secrets into plain files."""


@dataclass(slots=True)
class _Call:
    """One question to the keyring, in a thread of its own."""

    ask: Callable[[], str | None]
    answer: str | None = None
    error: Exception | None = None
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        # Daemonic, unlike our other threads: it may wait for a password window
        # for ever, and that must not keep the program from ending.
        self.thread = threading.Thread(target=self._run, name="keyring", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.answer = self.ask()
        except Exception as error:  # noqa: BLE001 - backends raise what their system raises; `SystemKeyring` translates it
            self.error = error


def system_backend() -> KeyringBackend:
    """Return the keyring this system has.

    Raises:
        Exception: Whatever a broken set-up raises.
    """
    # 180 ms and 23 MB: only a run that needs a secret pays for it.
    import keyring  # noqa: PLC0415 - see above

    return keyring.get_keyring()


class SystemKeyring:
    """Keeps secrets in the system's keyring. Blocks; never call it on a loop."""

    def __init__(
        self,
        backend: Callable[[], KeyringBackend] = system_backend,
        patience: timedelta = PATIENCE,
    ) -> None:
        """Remember how to find the keyring; nothing is imported yet.

        Args:
            backend: Finds it, when it is needed.
            patience: How long one call may take.
        """
        self._backend = backend
        self._patience = patience
        self._call: _Call | None = None
        self._lock = threading.Lock()

    def read(self, name: str) -> str | None:
        """Return a secret, or None when there is none.

        Raises:
            StorageError: The keyring is locked, missing, broken or silent.
        """
        return self._ask(lambda: self._safe().get_password(SERVICE, name))

    def write(self, name: str, secret: str | None) -> None:
        """Keep a secret; None forgets it.

        Raises:
            StorageError: The keyring is locked, missing, broken or silent, or
                took the secret and did not keep it.
        """
        if self._ask(lambda: self._replace(name, secret)) != secret:
            raise storage_error(
                "keyring did not keep the secret",
                title=mark("Secret not kept"),
                hint=mark("The keyring took it and forgot it; it may be switched off."),
            )

    def _replace(self, name: str, secret: str | None) -> str | None:
        backend = self._safe()
        if secret is not None:
            backend.set_password(SERVICE, name, secret)
        elif backend.get_password(SERVICE, name) is not None:
            backend.delete_password(SERVICE, name)
        return backend.get_password(SERVICE, name)

    def _safe(self) -> KeyringBackend:
        backend = self._backend()
        # A chain of keyrings would go on to the next one when one cannot write.
        parts: Sequence[KeyringBackend] = getattr(backend, "backends", (backend,))
        safe = [part for part in parts if not _is_plain_file(part)]
        if not safe:
            raise _PlainFile
        return backend if len(safe) == len(parts) else safe[0]

    def _ask(self, ask: Callable[[], str | None]) -> str | None:
        with self._lock:
            if self._call is not None and self._call.thread.is_alive():
                raise _silent()
            call = self._call = _Call(ask)
            call.thread.join(self._patience.total_seconds())
            if call.thread.is_alive():
                raise _silent()
            self._call = None
        if call.error is not None:
            raise _words(call.error) from call.error
        return call.answer


def _is_plain_file(backend: KeyringBackend) -> bool:
    # The package of that name holds the keyrings that are none: readable files.
    return type(backend).__module__.startswith("keyrings.alt")


def _silent() -> StorageError:
    return storage_error(
        "keyring: no answer in time",
        title=mark("Keyring does not answer"),
        hint=mark(
            "It may be asking for its password: look for its window, then try again."
        ),
    )


def _words(error: Exception) -> StorageError:
    # Loaded by now, unless `keyring` itself is what cannot be imported. Its
    # texts stay out of ours: a backend may quote what it was given.
    message = f"keyring: {type(error).__name__}"
    try:
        from keyring import errors  # noqa: PLC0415 - see above
    except ImportError:
        return _broken(message)
    match error:
        case errors.KeyringLocked():
            return storage_error(
                message,
                title=mark("Keyring locked"),
                hint=mark("Unlock the keyring of your desktop, then try again."),
            )
        case errors.NoKeyringError() | _PlainFile():
            return storage_error(
                message,
                title=mark("No keyring"),
                hint=mark(
                    "Install and start one, e.g. GNOME Keyring or KWallet; secrets are "
                    "never written to a file."
                ),
            )
        case errors.InitError():
            return storage_error(
                message,
                title=mark("Keyring not started"),
                hint=mark("It is there but cannot be opened; log out and in again."),
            )
        case errors.PasswordSetError() | errors.PasswordDeleteError():
            return storage_error(
                message,
                title=mark("Keyring refused"),
                hint=mark("It did not take the change; it may be read-only."),
            )
        case _:
            return _broken(message)


def _broken(message: str) -> StorageError:
    return storage_error(
        message,
        title=mark("Keyring broken"),
        hint=mark("It answers with an error of its own; `downlight doctor` says more."),
    )
