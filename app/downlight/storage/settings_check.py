"""Settings that are chosen in a window: none is taken that the file would refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from downlight.core.errors import SettingsError
from downlight.core.speech import mark
from downlight.storage.choices import CHOICES, Unfit

if TYPE_CHECKING:
    from downlight.core.settings import Settings
    from downlight.storage.choices import Choice


def checked(settings: Settings, was: Settings) -> Settings:
    """Return settings in the form the file would give back.

    Args:
        settings: What shall hold.
        was: What holds; what is the same there is not looked at.

    Raises:
        SettingsError: One of them has not the form it must have; says which form.
    """
    fit: dict[str, Any] = {}
    for key, choice in CHOICES.items():
        value = getattr(settings, key)
        if value != getattr(was, key):
            fit[key] = _fit(choice, value)
    return replace(settings, **fit)


def _fit(choice: Choice, value: Any) -> Any:  # noqa: ANN401 - of any key
    try:
        found = choice.check(_as_read(value))
    except Unfit:
        raise _refused(choice) from None
    # The file is read with patience: what does not fit in it is left out there.
    if isinstance(value, tuple | Mapping) and len(found) < len(value):
        raise _refused(choice)
    return found


def _as_read(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _as_read(entry) for name, entry in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _refused(choice: Choice) -> SettingsError:
    error = SettingsError(f"{choice.key} does not fit")
    error.title = mark("This cannot be used")
    error.hint = choice.form.of_it
    return error
