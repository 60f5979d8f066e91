"""What people read that stands in the data files, not in the code.

Names are left out: of services and companies, of cities and states, of the regions of a
cloud. They are the same in every language, and so are addresses.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from downlight.core.history import record
from downlight.core.places.countries import COUNTRIES
from downlight.core.source import PAGE_OF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_ABOUT: Final[Mapping[str, tuple[str, ...]]] = {
    "fact": ("topic", "text"),
    "needs": ("name", "text"),
    "needed": ("name", "text"),
    "use": ("who", "does", "fails"),
    "failure": ("title", "text", "sign"),
    "question": ("ask", "answer"),
    "channel": ("name", "text"),
}
"""What is shown of each table of ``resources/about``, beside the source."""
_CATALOG: Final[Mapping[str, tuple[str, ...]]] = {
    "sources": ("note",),
    "functions": ("name", "limit"),
    "facts": ("topic", "text"),
}
"""The same of each table inside a service of ``resources/catalog``."""
_CHECK: Final = "Our own check of {name}"
"""What many checks are called by the service they try; said with a field."""
_PAGE: Final = PAGE_OF.removeprefix("{name}")
"""How the name of many pages ends; the whole is said with a field."""
_OUTAGE: Final = ("where", "what", "cause", "official", "note")
"""The same of an outage in ``resources/outages``."""
_AREA: Final = "area"
_MARKS: Final = "=~?-"
"""What may stand before a name in ``resources/places.tsv``, and is not of it."""


def texts(resources: Path) -> Iterator[tuple[str, str]]:
    """Yield each text of the data that is shown in the language of the person.

    Args:
        resources: The folder of the data files.

    Yields:
        The text in English, as it is looked up, and where it stands. One that stands in
        several places comes several times.
    """
    yield from _about(resources / "about")
    yield from _catalog(resources / "catalog")
    yield from _outages(resources / "outages")
    yield from _recordings(resources / "recordings")
    yield from _places(resources / "places.tsv")
    for code, name in COUNTRIES.items():
        yield name, f"core/places/countries.py: {code}"


def _about(folder: Path) -> Iterator[tuple[str, str]]:
    for where, key, entry in _tables(folder):
        # What the catalog knows goes by its name there.
        named = {"name"} & entry.keys() if "slug" in entry else set()
        yield from _said(entry, (k for k in _ABOUT[key] if k not in named), where)
        yield from _source(entry.get("source", ""), where)
        if example := entry.get("example"):
            yield from _said(example, ("text",), f"{where}: example")
            for source in example["sources"]:
                yield from _source(source, f"{where}: example")


def _catalog(folder: Path) -> Iterator[tuple[str, str]]:
    for file, _key, service in _tables(folder):
        where = f"{file}: {service['slug']}"
        yield from _said(service, ("category", "note"), where)
        formed = _CHECK.format(name=service["name"])
        for number, source in enumerate(service["sources"], start=1):
            name = source.get("name", "")
            if name not in {"", formed} and not name.endswith(_PAGE):
                yield name, f"{where}: sources {number}: name"
        for key, shown in _CATALOG.items():
            for number, entry in enumerate(service.get(key, ()), start=1):
                place = f"{where}: {key} {number}"
                yield from _said(entry, shown, place)
                yield from _source(entry.get("source", ""), place)


def _outages(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.toml")):
        # The reader words some places anew, and those words are looked up.
        for outage in record.read(tomllib.loads(file.read_text("utf-8"))).outages:
            where = f"{_name(file)}: {outage.id}"
            for key in _OUTAGE:
                if text := getattr(outage, key):
                    yield text, f"{where}: {key}"
            # Some are no names: "WhatsApp calls".
            yield from ((name, f"{where}: services") for name in outage.services)


def _recordings(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*/about.toml")):
        said = tomllib.loads(file.read_text("utf-8"))
        yield from _said(said, ("title",), f"{file.parent.name}/{file.name}")


def _places(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the parts of the world that are larger than a country."""
    for row in file.read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        code, kind, name, _countries, continent = (*row.split("\t"), "", "")[:5]
        if kind == _AREA:
            yield name.lstrip(_MARKS), f"{file.name}: {code}"
        if continent:
            yield continent, f"{file.name}: {code}, its continent"


def _tables(folder: Path) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield each table of each file: where it stands, what it is called, and itself."""
    for file in sorted(folder.glob("*.toml")):
        for key, tables in tomllib.loads(file.read_text("utf-8")).items():
            for number, table in enumerate(tables, start=1):
                yield f"{_name(file)}: {key} {number}", key, table


def _said(
    entry: Mapping[str, Any], keys: Iterator[str] | tuple[str, ...], where: str
) -> Iterator[tuple[str, str]]:
    yield from ((entry[key], f"{where}: {key}") for key in keys if entry.get(key))


def _source(source: str, where: str) -> Iterator[tuple[str, str]]:
    """Yield whose word something is, unless it is an address."""
    if source and "://" not in source:
        yield source, f"{where}: source"


def _name(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"
