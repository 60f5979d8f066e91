"""What a test sees of the tray: StatusNotifierItems, read as a panel reads them.

An item is looked at, clicked, its menu opened and chosen from; changes are waited for
by their signals, with a deadline. What is said to the notification service is in
`tests.desktop.notices`.
"""

# ruff: noqa: ANN401 - jeepney has no types: what the bus says is what it is

from __future__ import annotations

import colorsys
import time
from collections import Counter, deque
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import open_dbus_connection

from tests.desktop.session import WATCHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
ARRIVAL = "StatusNotifierItemRegistered"
PATIENCE = 30.0
"""Seconds a test waits for what must come, on a machine busy with other things."""
CALL_WITHIN = 10.0
"""Seconds one D-Bus call may take."""
_LOOKED_AT = 48
"""Pixels; of the sizes an item offers, the one nearest to this is looked at."""
_HUES = ((15, "red"), (35, "orange"), (65, "amber"), (170, "green"), (260, "blue"))


def colour_of(pixels: Iterable[tuple[int, int, int, int]]) -> str:
    """Name the colour most of an icon has.

    Args:
        pixels: Red, green, blue, alpha; each 0 to 255.

    Returns:
        ``red``, ``orange``, ``amber``, ``green``, ``blue``, ``purple``; ``grey`` when
        less than a sixth of what can be seen has a hue; ``nothing`` for an empty icon.
    """
    names: Counter[str] = Counter()
    for red, green, blue, alpha in pixels:
        if alpha > 127:
            hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
            vivid = saturation > 0.35 and value > 60
            names[_hue(hue * 360) if vivid else "grey"] += 1
    total = names.total()
    if not total:
        return "nothing"
    del names["grey"]
    name, count = names.most_common(1)[0] if names else ("grey", 0)
    return name if count * 6 >= total else "grey"


def _hue(degrees: float) -> str:
    if degrees >= 340:
        return "red"
    return next((name for end, name in _HUES if degrees < end), "purple")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an item's menu."""

    number: int
    label: str
    """Without the marks for keys."""
    enabled: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What an item shows at one moment."""

    name: str
    title: str
    status: str
    tooltip: str
    """Title and text, on lines of their own."""
    colour: str
    sizes: tuple[int, ...]
    """Widths offered, in pixels."""
    digest: str
    """Of all pixels: equal digests look equal."""


class Tray:
    """The items of a session's tray, over a connection of its own."""

    def __init__(self, address: str) -> None:
        """Connect to the session bus of that address and hear its items' signals."""
        self._bus = open_dbus_connection(address)
        self._signals: deque[Any] = deque(maxlen=1000)
        for interface in (ITEM, WATCHER):
            rule = MatchRule(type="signal", interface=interface)
            self._bus.filter(rule, queue=self._signals)
            self._bus.send_and_get_reply(
                message_bus.AddMatch(rule), timeout=CALL_WITHIN
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.close()

    def items(self) -> tuple[str, ...]:
        """What is registered, as ``owner/path``; nothing when there is no tray."""
        watcher = DBusAddress("/StatusNotifierWatcher", WATCHER, WATCHER)
        reply = self._bus.send_and_get_reply(
            Properties(watcher).get("RegisteredStatusNotifierItems"),
            timeout=CALL_WITHIN,
        )
        if reply.header.message_type is MessageType.error:
            return ()
        return tuple(reply.body[0][1])

    def wait(self, what: str, condition: Callable[[], bool], within: float) -> None:
        """Ask ``condition`` now and after each signal until it holds.

        Raises:
            TimeoutError: It did not hold within so many seconds.
        """
        deadline = time.monotonic() + within
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"waited {within:g} s in vain for {what}")
            # At most a second, so that an item that died without a word is seen.
            try:
                self._bus.recv_until_filtered(self._signals, timeout=min(left, 1.0))
            except TimeoutError:
                continue

    def await_arrival(self, within: float = PATIENCE) -> float:
        """The moment (monotonic, s) the tray says that a new item has come.

        Raises:
            TimeoutError: None came within so many seconds.
        """
        deadline = time.monotonic() + within
        while True:
            left = max(0.0, deadline - time.monotonic())
            signal = self._bus.recv_until_filtered(self._signals, timeout=left)
            if signal.header.fields[HeaderFields.member] == ARRIVAL:
                return time.monotonic()

    def forget(self) -> None:
        """Hear no more of signals that have come already."""
        self.items()  # reads whatever waits in the socket
        self._signals.clear()

    def item(self, within: float = PATIENCE) -> Item:
        """The first item, as soon as there is one."""
        self.wait("an item in the tray", lambda: bool(self.items()), within)
        owner, _, path = self.items()[0].partition("/")
        return Item(self, owner, f"/{path or 'StatusNotifierItem'}")

    def ask(self, address: DBusAddress, call: str, signature: str, *body: Any) -> Any:
        """Call a method; its answer's values.

        Raises:
            RuntimeError: The answer was an error.
        """
        return self._answer(new_method_call(address, call, signature, body))

    def properties(self, address: DBusAddress) -> dict[str, Any]:
        """All properties of an object, without their types."""
        values = self._answer(Properties(address).get_all())[0]
        return {name: value for name, (_, value) in values.items()}

    def _answer(self, message: Any) -> Any:
        reply = self._bus.send_and_get_reply(message, timeout=CALL_WITHIN)
        if reply.header.message_type is MessageType.error:
            raise RuntimeError(f"{message.header.fields}: {reply.body}")
        return reply.body


@dataclass(frozen=True, slots=True)
class Item:
    """One registered item."""

    tray: Tray
    owner: str
    path: str

    def look(self) -> Look:
        """What it shows now.

        Raises:
            RuntimeError: It is gone.
        """
        shown = self.tray.properties(DBusAddress(self.path, self.owner, ITEM))
        _, _, headline, text = shown.get("ToolTip", ("", [], "", ""))
        pixmaps = shown["IconPixmap"]
        digest = sha256(b"".join(bytes(pixels) for _, _, pixels in pixmaps))
        nearest = min(
            pixmaps, key=lambda p: abs(p[0] - _LOOKED_AT), default=(0, 0, b"")
        )
        data = bytes(nearest[2])
        argb = (data[at : at + 4] for at in range(0, len(data), 4))
        return Look(
            name=shown["Id"],
            title=shown["Title"],
            status=shown["Status"],
            tooltip=f"{headline}\n{text}".strip(),
            colour=colour_of((r, g, b, a) for a, r, g, b in argb),
            sizes=tuple(width for width, _, _ in pixmaps),
            digest=digest.hexdigest(),
        )

    def wait_colour(self, colour: str, within: float = PATIENCE) -> Look:
        """What it shows as soon as it has that colour."""
        last = [self.look()]

        def has_it() -> bool:
            last[0] = self.look()
            return last[0].colour == colour

        try:
            self.tray.wait(f"a {colour} icon", has_it, within)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; last seen: {last[0]}") from None
        return last[0]

    def activate(self) -> None:
        """Click it with the left button, as a host does."""
        address = DBusAddress(self.path, self.owner, ITEM)
        self.tray.ask(address, "Activate", "ii", 0, 0)

    def menu(self) -> tuple[Entry, ...]:
        """Its menu, opened and read as a host does; lines and hidden ones left out."""
        address = self._menu()
        self.tray.ask(address, "AboutToShow", "i", 0)
        _, root = self.tray.ask(address, "GetLayout", "iias", 0, -1, [])
        return _entry(root).entries

    def click(self, label: str) -> None:
        """Choose the entry of that label.

        Raises:
            StopIteration: The menu has no such entry.
        """
        number = next(entry.number for entry in self.menu() if entry.label == label)
        event = (number, "clicked", ("i", 0), 0)
        self.tray.ask(self._menu(), "Event", "isvu", *event)

    def _menu(self) -> DBusAddress:
        shown = self.tray.properties(DBusAddress(self.path, self.owner, ITEM))
        return DBusAddress(shown["Menu"], self.owner, MENU)


def _entry(node: Any) -> Entry:
    number, properties, children = node
    shown = {name: value for name, (_, value) in properties.items()}
    below = (child for _, child in children)
    return Entry(
        number=number,
        label=shown.get("label", "").replace("_", ""),
        enabled=shown.get("enabled", True),
        entries=tuple(_entry(child) for child in below if _visible(child)),
    )


def _visible(node: Any) -> bool:
    shown = {name: value for name, (_, value) in node[1].items()}
    return shown.get("visible", True) and shown.get("type") != "separator"
