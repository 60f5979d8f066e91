"""Which form a setting has, in words: said of a file, and of what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from downlight.core.speech import mark


@dataclass(frozen=True, slots=True)
class Form:
    """What may stand in a setting."""

    of_key: str
    """A clause about the setting ``{key}``, to be followed by what stands there."""
    of_it: str
    """A sentence about what was chosen."""


SLUGS: Final = Form(
    mark(
        '{key} must be a list of short names of services, e.g. ["whatsapp", "github"]'
    ),
    mark('It must be a list of short names of services, e.g. ["whatsapp", "github"].'),
)
COUNTRY: Final = Form(
    mark(
        '{key} must be a country code of two letters, e.g. "ES", or "auto", "none" or '
        "empty"
    ),
    mark(
        'It must be a country code of two letters, e.g. "ES", or "auto", "none" or '
        "empty."
    ),
)
COUNTRIES: Final = Form(
    mark('{key} must be a list of country codes of two letters, e.g. ["DE", "BR"]'),
    mark('It must be a list of country codes of two letters, e.g. ["DE", "BR"].'),
)
TRUTH: Final = Form(
    mark("{key} must be true or false"), mark("It must be true or false.")
)
FLOOR: Final = Form(
    mark('{key} must be "troubled", "partly" or "down"'),
    mark('It must be "troubled", "partly" or "down".'),
)
QUIET_FLOOR: Final = Form(
    mark('{key} must be "troubled", "partly", "down" or empty'),
    mark('It must be "troubled", "partly", "down" or empty.'),
)
WINDOWS: Final = Form(
    mark(
        "{key} must be a list of windows that leave some of the week, e.g. "
        '["22:00-07:00"]'
    ),
    mark(
        "It must be a list of windows that leave some of the week, e.g. "
        '["22:00-07:00"].'
    ),
)
HOURLY: Final = Form(
    mark("{key} must be a whole number from 1 to 60"),
    mark("It must be a whole number from 1 to 60."),
)
LOOKS: Final = Form(
    mark("{key} must be a whole number from 1 to 10"),
    mark("It must be a whole number from 1 to 10."),
)
ICON: Final = Form(
    mark('{key} must be "auto", "light" or "dark"'),
    mark('It must be "auto", "light" or "dark".'),
)
LANGUAGE: Final = Form(
    mark('{key} must be "en", "tr" or empty'), mark('It must be "en", "tr" or empty.')
)
PROXY: Final = Form(
    mark(
        '{key} must be "system", "none" or an address such as '
        '"http://proxy.example:8080"'
    ),
    mark(
        'It must be "system", "none" or an address such as "http://proxy.example:8080".'
    ),
)
WHENS: Final = Form(
    mark('{key} must be a table of words, e.g. github = "start"'),
    mark('It must be a table of words, e.g. github = "start".'),
)
PARTS: Final = Form(
    mark('{key} must be a table of lists, e.g. github = ["Actions", "Git Operations"]'),
    mark('It must be a table of lists, e.g. github = ["Actions", "Git Operations"].'),
)

NO_SLUG: Final = mark("in {key}, {item} is not the short name of a service")
NO_COUNTRY: Final = mark("in {key}, {item} is not a country code of two letters")
NO_WINDOW: Final = mark(
    'in {key}, {item} is not a window such as "mon-fri 22:00-07:00"'
)
NO_PARTS: Final = mark(
    "in {key}, {name} must be a list of 1 to {most} names of parts, not {given}"
)
NO_WHEN: Final = mark(
    'in {key}, {name} must be "always", "start", "end" or "never", not {given}'
)
"""What is wrong with an item of a list, or an entry of a table: clauses."""
LEFT_OUT: Final = mark("it is left out.")
ALL_PARTS: Final = mark("all of its parts count.")
ALWAYS: Final = mark("it is told always.")
"""What is done instead: clauses to end a sentence."""
