"""What a person chose, in one file to take along: written, and taken over.

The file is the settings file with the person's services below. Nothing secret is in
it, as far as we can tell: tokens stand in the keyring, the login of a proxy is left
out, and so is what looks like a login or a token in the address of a service.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from downlight import wiring
from downlight.catalog import own, writing
from downlight.core.addition import Addition
from downlight.core.errors import CatalogError, DownlightError, SettingsError
from downlight.core.preferences import Taken
from downlight.core.speech import mark, tr
from downlight.storage import settings_file, settings_text
from downlight.storage.choices import CHOICES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from downlight.catalog.catalog import Catalog
    from downlight.core.model import ServiceSlug
    from downlight.core.settings import Settings
    from downlight.storage.paths import Places
    from downlight.wiring import Home

HEAD: Final = """\
# What was chosen in Downlight: settings, what is watched, and own services.
# Tokens and passwords are not in here; what looks like one in an address is left out.
# To take it over: Settings, General, Import.
"""
MOST: Final = 500
"""More services than this nobody chose: such a file would only keep us busy."""
_ADDRESS: Final = re.compile(r"""[a-z][a-z0-9+.-]{0,19}://[^\s"'<>]+""", re.IGNORECASE)
_LOGIN: Final = re.compile(r"(?<=://)[^/?#]*@")
_TOKEN: Final = re.compile(
    r"""
    ( [?&;#]
      (?: [^=&;#]* (?: token | secret | password | passwd | pwd | apikey | accesskey )
        | (?: [^=&;#]* [_.-] )?
          (?: key | pass | auth | authorization | sig | signature | credentials? )
      ) =
    ) [^&;#]+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SERVICES: Final = re.compile(r"^[ \t]*\[\[[ \t]*service[ \t]*\]\]", re.MULTILINE)


def export(path: Path, home: Home) -> None:
    """Write everything that was chosen into one file; one that is there is replaced.

    Raises:
        CatalogError: The file of the person's own services cannot be read.
        SettingsError: It is a file that Downlight goes by; it is left as it is.
        StorageError: The disk refuses.
    """
    from downlight.storage.settings_edit import template  # noqa: PLC0415 - heavy, rare

    _guard(path, home.places)
    settings = replace(home.settings, proxy=_without_login(home.settings.proxy))
    text = template(settings, head=HEAD)
    try:
        services = settings_file.read_text(home.places.services)
    except FileNotFoundError:
        services = ""
    own.parse(home.places.services.name, services, wiring.FAMILIES)
    found = _SERVICES.search(services)
    if found is not None:
        text += "\n" + without_secrets(services[found.start() :])
    writing.replace(path, text)


def take_over(path: Path, home: Home) -> tuple[Home, Taken]:
    """Take over what stands in such a file: all of it, or nothing.

    Settings that are not in it stay as they are, and so do services that are known.

    Raises:
        DownlightError: The file does not fit, and says where, or cannot be kept;
            nothing was changed.
    """
    try:
        text = settings_file.read_text(path)
    except FileNotFoundError as error:
        raise _refused(tr("There is no file {file}.", file=path.name)) from error
    except SettingsError as error:
        raise _refused(f"{error}.") from error
    settings = _settings(path.name, text, home.settings)
    added = _services(path.name, text)
    for many in (added.services, settings.watch, settings.notify_when, settings.parts):
        if len(many) > MOST:
            raise _refused(
                tr(
                    "{file} names more than {most} services.",
                    file=path.name,
                    most=MOST,
                )
            )
    # As it stands in the file now: a person may have edited it meanwhile.
    own_before, _ = wiring.own_services(home.places.services)
    everything = wiring.whole_catalog(replace(home, own=own_before))
    known = {service.slug for service in everything.services}
    new = [
        Addition(it, tuple(added.sources[feed.source] for feed in it.feeds))
        for it in added.services
        if it.slug not in known
    ]
    _keep(home, settings, new, known)
    own_now, _ = wiring.own_services(home.places.services)
    after = replace(home, settings=settings, own=own_now)
    changed = sum(
        getattr(settings, key) != getattr(home.settings, key) for key in CHOICES
    )
    _, strangers = wiring.plan(settings.watch, after)
    return after, Taken(changed, len(new), strangers)


def _settings(name: str, text: str, now: Settings) -> Settings:
    try:
        table = settings_text.parse(name, text)
    except SettingsError as error:
        raise _refused(f"{error}.") from error
    table.pop("service", None)
    said, complaints = settings_text.weigh(name, text, table)
    for it in complaints:
        # What would be used instead is of no interest here: nothing is.
        raise _refused(f"{it.where}: {it.why}.")
    if said.proxy == _without_login(now.proxy):
        table.pop("proxy", None)  # the same one; its login was not taken along
    return replace(now, **{key: getattr(said, key) for key in table})


def _services(name: str, text: str) -> Catalog:
    """Return the services in the file, all of which can be asked."""
    found = _SERVICES.search(text)
    start = len(text) if found is None else found.start()
    # The lines above are left blank, so that errors name the right one.
    below = "\n" * text.count("\n", 0, start) + text[start:]
    try:
        added = own.parse(name, below, wiring.FAMILIES)
        for spec in added.sources.values():
            wiring.build(spec)
    except (CatalogError, ValueError) as error:
        raise _refused(f"{error}.") from error
    return added


def _keep(
    home: Home,
    settings: Settings,
    new: Sequence[Addition],
    taken: Collection[ServiceSlug],
) -> None:
    """Keep services and settings, or neither."""
    path = home.places.services
    before = path.read_bytes() if path.exists() else None
    try:
        if new:
            own.add_all(path, new, taken)
        settings_file.save(home.places.settings, settings, was=home.settings)
    except DownlightError:
        if new and before is not None:
            writing.replace(path, before.decode("utf-8-sig"))
        elif new:
            path.unlink(missing_ok=True)
        raise


def without_secrets(text: str) -> str:
    """Return a text with the logins and tokens left out of the addresses in it.

    What a token is called tells it apart: of one in the path of an address nobody
    can tell.
    """

    def bare(found: re.Match[str]) -> str:
        return _TOKEN.sub(r"\1", _LOGIN.sub("", found[0]))

    return _ADDRESS.sub(bare, text)


def _guard(path: Path, places: Places) -> None:
    """Refuse to write over what the program itself goes by.

    Raises:
        SettingsError: It is one of these files.
    """
    for used in (places.settings, places.services, places.hooks, places.references):
        if path.resolve() == used.resolve():
            error = SettingsError(f"{path.name} is in use")
            error.title = tr("Downlight itself uses {file}", file=path.name)
            error.hint = mark("Choose another name or another folder.")
            raise error


def _without_login(proxy: str) -> str:
    parts = urlsplit(proxy)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _refused(words: str) -> SettingsError:
    error = SettingsError(words)
    error.title, error.hint = mark("Nothing was taken over"), words
    return error
