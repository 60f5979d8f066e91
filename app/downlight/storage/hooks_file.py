"""The hooks file: what a person wants done on change, read with patience.

An entry that does not fit is named and left out; the others hold. Nothing in it is
ever a secret: it names what the keyring holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args
from urllib.parse import urlsplit

from downlight.core.errors import SettingsError
from downlight.core.news import Turn
from downlight.core.saying.template import Misfit, Template, gaps
from downlight.core.speech import tr
from downlight.core.telling.bulletin import NAMES
from downlight.core.telling.hooks import (
    LIMIT,
    Bar,
    BarShape,
    Command,
    Hooks,
    Interest,
    Shape,
    Webhook,
)
from downlight.storage.choices import Unfit, is_slug, shown
from downlight.storage.settings_file import read_text
from downlight.storage.settings_text import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

T = TypeVar("T")

MOST: Final = 50
"""So many hooks are read; each has its turn with every event."""
LONGEST: Final = 4000
"""Characters of one template."""
SECRET: Final = re.compile(r"hook-[a-z0-9][a-z0-9-]{0,39}")
"""Names of what the keyring holds for hooks: no other secret can be sent by one."""
TURNS: Final = tuple(str(turn) for turn in Turn)

_SHELL: Final = re.compile(r"(?:a|ba|c|da|fi|k|mk|tc|z)?sh")
_SCRIPT: Final = re.compile(r"-[a-zA-Z]*c[a-zA-Z]*")
"""Of a `_SHELL`: the next word is a program, those after it are data."""
_JOINING: Final = re.compile(r"cmd|powershell|pwsh")
_JOINED: Final = re.compile(r"/[ck]|-c(?:ommand)?")
"""Of a `_JOINING` one: all words after it are one program."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ROOM: Final = re.compile(r"[!#][!-~]{1,255}")
_COMMON: Final = frozenset({"name", "on", "services", "held"})
_COMMAND: Final = _COMMON | {"run", "limit"}
_WEBHOOK: Final = _COMMON | {"shape", "url", "secret", "token"}
_WORDS: Final = frozenset({"title", "text"})
_EXTRA: Final[Mapping[str, frozenset[str]]] = {
    "slack": _WORDS,
    "discord": _WORDS,
    "matrix": _WORDS | {"room"},
    "ntfy": _WORDS,
    "json": frozenset({"fields"}),
}
"""Which keys a webhook has besides, by its shape."""
_HERE: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def load(path: Path) -> tuple[Hooks, tuple[str, ...]]:
    """Read the hooks; never fails.

    Returns:
        The hooks, and a sentence for each entry that is left out and why. A file
        that is not there has nothing to complain about.
    """
    try:
        table = parse(path.name, read_text(path))
    except FileNotFoundError:
        return Hooks(), ()
    except SettingsError as error:
        why = tr("{why}. No hook is run and the file is left as it is.", why=error)
        return Hooks(), (why,)
    reading = _Reading(path.name)
    hooks = Hooks(
        commands=tuple(reading.entries(table, "command", _command)),
        webhooks=tuple(reading.entries(table, "webhook", _webhook)),
        bars=tuple(reading.entries(table, "file", _bar)),
    )
    for key in table.keys() - {"command", "webhook", "file"}:
        reading.complain(
            tr(
                "nobody knows {key}; there are [[command]], [[webhook]] and [[file]].",
                key=shown(key),
            )
        )
    return hooks, tuple(reading.complaints)


class _Reading:
    """What was found in the file so far."""

    def __init__(self, file: str) -> None:
        self.complaints: list[str] = []
        self._file = file
        self._names: set[str] = set()

    def complain(self, words: str) -> None:
        """Note what is wrong."""
        self.complaints.append(f"{self._file}: {words}")

    def entries(
        self, table: Mapping[str, Any], kind: str, read: Callable[[_Entry], T]
    ) -> Iterator[T]:
        """Yield every entry of a kind that can be used."""
        rows = table.get(kind, [])
        if not isinstance(rows, list):
            self.complain(
                tr("{kind} must stand in double brackets: [[{kind}]].", kind=kind)
            )
            return
        for number, row in enumerate(rows, 1):
            who = f"{kind} {number}"
            try:
                if not isinstance(row, dict):
                    raise Unfit(tr("it must be a table [[{kind}]]", kind=kind))  # noqa: TRY301 - said with the others
                entry = _Entry(row)
                name = entry.name()
                who = f"{kind} {shown(name)}"
                found = read(entry)
                self._claim(name)
            except Unfit as error:
                self.complain(tr("{who}: {why}; it is left out.", who=who, why=error))
            else:
                yield found

    def _claim(self, name: str) -> None:
        """Take a name for an entry.

        Raises:
            Unfit: It is taken, or there are too many.
        """
        if name in self._names:
            raise Unfit(tr("another hook has this name"))
        if len(self._names) == MOST:
            raise Unfit(tr("there are more than {most} hooks", most=MOST))
        self._names.add(name)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One table of the file; every look at it may raise `Unfit`, which says why."""

    row: Mapping[str, Any]

    def only(self, keys: frozenset[str]) -> None:
        """Refuse keys that nobody knows."""
        for key in sorted(self.row.keys() - keys):
            raise Unfit(tr("nobody knows {key} here", key=shown(key)))

    def name(self) -> str:
        """Return what it is called."""
        name = self.row.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise Unfit(
                tr("{key} must be 1 to 40 small letters, digits and dashes", key="name")
            )
        return name

    def text(self, key: str) -> str:
        """Return a text; empty when it is not there."""
        value = self.row.get(key, "")
        if not isinstance(value, str) or len(value) > LONGEST:
            raise Unfit(tr("{key} must be a text", key=key))
        return value

    def one_of(self, key: str, words: tuple[str, ...]) -> str:
        """Return one of some words."""
        value = self.row.get(key)
        if value not in words:
            must = tr("{key} must be {words}", key=key, words=_or(words))
            if key in self.row:
                must = tr("{must}, not {given}", must=must, given=shown(value))
            raise Unfit(must)
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when it is not there."""
        value = self.row.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise Unfit(tr("{key} must be a list of texts", key=key))
        return tuple(value)

    def template(self, key: str, default: str) -> Template:
        """Return a text with gaps."""
        return _template(key, self.text(key) or default)

    def templates(self, key: str) -> dict[str, Template]:
        """Return a table of texts with gaps; empty when it is not there."""
        value = self.row.get(key, {})
        if not isinstance(value, dict) or not all(
            isinstance(text, str) for text in value.values()
        ):
            raise Unfit(tr("{key} must be a table of texts", key=key))
        return {name: _template(name, text) for name, text in value.items()}

    def secret(self, key: str) -> str:
        """Return the name of a secret; empty when it is not there."""
        name = self.text(key)
        if name and not SECRET.fullmatch(name):
            raise Unfit(
                tr(
                    "{key} is the name of what the keyring holds and begins with "
                    '"hook-"; keep it with: downlight key hook-NAME',
                    key=key,
                )
            )
        return name

    def address(self, key: str) -> str:
        """Return an address; empty when it is not there. Never shown in words."""
        url = self.text(key)
        if url and not _is_address(url):
            raise Unfit(
                tr("{key} must be an https address, or http on this computer", key=key)
            )
        return url

    def interest(self) -> Interest:
        """Return which events it is told of."""
        plain = Interest()
        on = self.texts("on")
        for word in on:
            if word not in TURNS:
                raise Unfit(
                    tr(
                        "on: {word} is none of {words}",
                        word=shown(word),
                        words=", ".join(TURNS),
                    )
                )
        services = self.texts("services")
        for slug in services:
            if not is_slug(slug):
                raise Unfit(
                    tr(
                        "services: {slug} is no short name of a service",
                        slug=shown(slug),
                    )
                )
        held = self.row.get("held", False)
        if not isinstance(held, bool):
            raise Unfit(tr("{key} must be true or false", key="held"))
        turns = frozenset(map(Turn, on)) if "on" in self.row else plain.on
        return Interest(turns, frozenset(services), held)


def _command(entry: _Entry) -> Command:
    entry.only(_COMMAND)
    run = entry.texts("run")
    if not run or not run[0].strip():
        raise Unfit(tr('run must be a list: the program and its arguments, ["…", "…"]'))
    if any("\0" in word for word in run):
        raise Unfit(tr("run holds a character that no argument can hold"))
    if "{" in run[0]:
        raise Unfit(tr("run: which program it is must not hang on the event"))
    words = tuple(_template("run", word) for word in run)
    if any(script.pieces[0][1] for script in _scripts(run, words)):
        raise Unfit(
            tr(
                "run: a shell would run what a page says as a program; let the script "
                "read DOWNLIGHT_TITLE and the like from the environment"
            )
        )
    limit = entry.row.get("limit", LIMIT.total_seconds())
    if isinstance(limit, bool) or not isinstance(limit, int | float):
        raise Unfit(tr("limit must be a number of seconds"))
    if not 1 <= limit <= 600:  # noqa: PLR2004 - as the words say
        raise Unfit(tr("limit must be 1 to 600 seconds"))
    return Command(entry.name(), entry.interest(), words, timedelta(seconds=limit))


def _scripts(run: Sequence[str], words: Sequence[T]) -> Sequence[T]:
    """Return those of ``words`` that a shell takes for a program; mostly none."""
    name = re.split(r"[/\\]", run[0].casefold())[-1].removesuffix(".exe")
    if name.endswith((".bat", ".cmd")):  # Windows has its shell read all of it
        return words[1:]
    plain, joining = _SHELL.fullmatch(name), _JOINING.fullmatch(name)
    for n, option in enumerate(run[1:], 2):
        if plain and _SCRIPT.fullmatch(option):
            after = (m for m in range(n, len(run)) if run[m][:1] not in {"-", "+"})
            return [words[m] for m in islice(after, 1)]
        if joining and _JOINED.fullmatch(option.casefold()):
            return words[n:]
    return ()


def _webhook(entry: _Entry) -> Webhook:
    shape: Any = entry.one_of("shape", get_args(Shape))
    entry.only(_WEBHOOK | _EXTRA[shape])
    url, secret = entry.address("url"), entry.secret("secret")
    if bool(url) == bool(secret):
        raise Unfit(
            tr(
                "it needs either url, or secret: the name under which the keyring "
                "holds the address"
            )
        )
    token, room = entry.secret("token"), entry.text("room")
    if shape == "matrix" and not (url and token and _ROOM.fullmatch(room)):
        raise Unfit(
            tr(
                "matrix needs url (of the home server), room (like !abc:example.org) "
                "and token"
            )
        )
    return Webhook(
        name=entry.name(),
        interest=entry.interest(),
        shape=shape,
        title=entry.template("title", "{title}"),
        text=entry.template("text", "{sentence}"),
        url=url,
        secret=secret,
        token=token,
        room=room,
        fields=entry.templates("fields"),
    )


def _bar(entry: _Entry) -> Bar:
    entry.only(frozenset({"name", "path", "shape"}))
    shape: Any = entry.one_of("shape", get_args(BarShape))
    said = entry.text("path")
    try:
        path = Path(said).expanduser()
    except RuntimeError:  # "~nobody"
        path = Path()
    if not path.is_absolute() or "\0" in said:
        raise Unfit(tr('path must begin with "/" or "~/"'))
    return Bar(entry.name(), str(path), shape)


def _template(key: str, text: str) -> Template:
    try:
        return Template.of(text, NAMES)
    except Misfit as error:
        if error.gap is None:
            why = tr(
                "{key}: a brace stands alone; one that is meant is doubled", key=key
            )
        else:
            why = tr(
                "{key}: nobody knows {gap}; there are {gaps}",
                key=key,
                gap=gaps([error.gap]),
                gaps=gaps(NAMES),
            )
        raise Unfit(why) from error


def _is_address(url: str) -> bool:
    if not (url.isascii() and url.isprintable()) or " " in url:
        return False
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)


def _or(words: tuple[str, ...]) -> str:
    return tr("{words} or {last}", words=", ".join(words[:-1]), last=words[-1])
