"""Reading one table of a catalog file, with words for whatever is wrong in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from downlight.core.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Mapping

TomlTable: TypeAlias = "Mapping[str, object]"

HTTPS: Final = re.compile(r"https://[a-z0-9.-]+(:\d+)?([/?][^\s#]*)?")
"""No user name, no fragment, the host in small letters; addresses here are our own."""
OWN: Final = re.compile(
    rf"{HTTPS.pattern}"
    r"|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?([/?][^\s#]*)?"
    r"|tcp://([a-z0-9._-]+|\[[0-9a-f:.]+\]):\d{1,5}"
    r"|dns://[a-z0-9._-]+"
)
"""What a person may watch besides: pages of this computer, ports and names."""


class Table:
    """One table of a TOML file, and where it stands."""

    def __init__(
        self,
        where: str,
        values: object,
        keys: frozenset[str],
        addresses: re.Pattern[str] = HTTPS,
    ) -> None:
        """Take over ``values``.

        Args:
            where: File and entry, for messages: ``media.toml: twitch``.
            values: What TOML gave; must be a table.
            keys: Every key that may stand in it.
            addresses: What an address in it looks like.

        Raises:
            CatalogError: It is no table, or holds a key that nobody knows.
        """
        if not isinstance(values, dict):
            raise CatalogError(f"{where}: not a table")
        self.where = where
        self._addresses = addresses
        self._values: TomlTable = values
        for key in sorted(values.keys() - keys):
            raise self.wrong(key, "nobody knows this key")

    def wrong(self, key: str, why: str) -> CatalogError:
        """Return the error that names file, entry and key."""
        return CatalogError(f"{self.where}: {key}: {why}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there.

        Raises:
            CatalogError: It is missing, empty or not a text.
        """
        value = self._values.get(key, default)
        if value is None:
            raise self.wrong(key, "missing")
        if not isinstance(value, str) or (not value.strip() and key in self._values):
            raise self.wrong(key, "must be a text, and not an empty one")
        return value.strip()

    def flag(self, key: str) -> bool:
        """Return true or false; false when it is not there.

        Raises:
            CatalogError: It is something else.
        """
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when it is not there.

        Raises:
            CatalogError: It is no list, or something in it is no text.
        """
        value = self._values.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "must be a list of texts")
        found = tuple(v.strip() for v in value if isinstance(v, str) and v.strip())
        if len(found) != len(value):
            raise self.wrong(key, "must be a list of texts, none of them empty")
        return found

    def tables(self, key: str) -> list[object]:
        """Return a list of tables, to be read one by one; empty when not there.

        Raises:
            CatalogError: It is no list.
        """
        value = self._values.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "must be a list of tables")
        return value

    def items(self) -> list[tuple[str, object]]:
        """Return every key with its value, in the order of the file."""
        return list(self._values.items())

    def inner(self, key: str, keys: frozenset[str] | None = None) -> Table:
        """Return the table under ``key``; an empty one when it is not there.

        Args:
            key: Where it stands.
            keys: Every key that may stand in it; None: any.

        Raises:
            CatalogError: It is no table, or holds a key that nobody knows.
        """
        values = self._values.get(key, {})
        known = frozenset(values) if keys is None and isinstance(values, dict) else keys
        return Table(f"{self.where}: {key}", values, known or frozenset())

    def address(self, key: str, default: str | None = None) -> str:
        """Return an address as it is written.

        Raises:
            CatalogError: It is missing, or not https (or what else may stand here).
        """
        url = self.text(key, default)
        if not url:
            return url
        if not self._addresses.fullmatch(url):
            raise self.wrong(key, f"not an https address: {url!r}")
        return url
