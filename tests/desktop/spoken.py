"""What a screen reader is told by a program, read over AT-SPI as a reader reads it."""

# ruff: noqa: ANN401 - jeepney has no types: what the bus says is what it is

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

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

from tests.desktop.session import until
from tests.desktop.watch import CALL_WITHIN, PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
ACTION: Final = "org.a11y.atspi.Action"
EVENTS: Final = "org.a11y.atspi.Event.Object"
REGISTRY: Final = "org.a11y.atspi.Registry"
ROOT: Final = "/org/a11y/atspi/accessible/root"
NOWHERE: Final = "/org/a11y/atspi/null"
STATES: Final = {
    1: "active",
    4: "checked",
    7: "editable",
    8: "enabled",
    11: "focusable",
    12: "focused",
    23: "selected",
    25: "showing",
    30: "visible",
}
"""The states that matter here, by their number in AT-SPI."""
CHOSEN: Final = ("page tab", "list item", "cell", "tree item")
"""Roles of what one of a list has."""
MOST: Final = 80
"""Of so many children at most a reader is asked: lists are long."""


class SpokenError(RuntimeError):
    """A question was answered with an error: whoever was asked is gone, mostly."""


class Reader:
    """Asks the programs of a box what they show."""

    def __init__(self, address: str) -> None:
        """Find the bus of the readers through the session's.

        Args:
            address: Of the session bus.
        """
        with open_dbus_connection(address) as session:
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            ask = new_method_call(bus, "GetAddress")
            (found,) = session.send_and_get_reply(ask, timeout=CALL_WITHIN).body
        self._bus = open_dbus_connection(found)
        self._turns: deque[Any] = deque(maxlen=1000)
        rule = MatchRule(type="signal", interface=EVENTS, member="StateChanged")
        self._bus.filter(rule, queue=self._turns)
        self.ask(message_bus.AddMatch(rule))
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        wish = "object:state-changed:focused"
        self.ask(new_method_call(registry, "RegisterEvent", "s", (wish,)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.close()

    def ask(self, message: Any) -> Any:
        """Return the values of an answer.

        Raises:
            SpokenError: It was an error.
        """
        reply = self._bus.send_and_get_reply(message, timeout=CALL_WITHIN)
        if reply.header.message_type is MessageType.error:
            raise SpokenError(f"{message.header.fields}: {reply.body}")
        return reply.body

    def followed(self) -> Node | None:
        """Return what the focus was said to come to last; a menu is found so only."""
        self.ask(message_bus.GetId())  # reads whatever waits in the socket
        for turn in reversed(self._turns):
            what, on, *_ = turn.body
            if (what, on) == ("focused", 1):
                fields = turn.header.fields
                sender, path = fields[HeaderFields.sender], fields[HeaderFields.path]
                return Node(self, sender, path)
        return None

    def program(self, name: str, within: float = PATIENCE) -> Node:
        """Return a program, as soon as it is there."""
        found: list[Node] = []

        def is_there() -> bool:
            root = Node(self, REGISTRY, ROOT)
            found[:] = [it for it in root.children if it.name == name]
            return bool(found)

        until(is_there, f"{name} to speak", within)
        return found[0]


@dataclass(frozen=True)
class Node:
    """One thing on the screen. What is asked of it is asked once, then remembered."""

    reader: Reader
    owner: str
    path: str

    @property
    def _address(self) -> DBusAddress:
        return DBusAddress(self.path, self.owner, ACCESSIBLE)

    @cached_property
    def children(self) -> tuple[Node, ...]:
        """What is in it."""
        (found,) = self.reader.ask(new_method_call(self._address, "GetChildren"))
        return tuple(
            Node(self.reader, owner, path)
            for owner, path in found[:MOST]
            if path != NOWHERE
        )

    @cached_property
    def name(self) -> str:
        """What it is called."""
        (found,) = self.reader.ask(Properties(self._address).get("Name"))
        return str(found[1])

    @cached_property
    def role(self) -> str:
        """What it is."""
        (found,) = self.reader.ask(new_method_call(self._address, "GetRoleName"))
        return str(found)

    @cached_property
    def states(self) -> frozenset[str]:
        """How it is, of `STATES`."""
        ((low, high),) = self.reader.ask(new_method_call(self._address, "GetState"))
        bits = low | high << 32
        return frozenset(word for bit, word in STATES.items() if bits >> bit & 1)

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """What can be done with it."""
        (there,) = self.reader.ask(new_method_call(self._address, "GetInterfaces"))
        if ACTION not in there:
            return ()
        address = DBusAddress(self.path, self.owner, ACTION)
        (found,) = self.reader.ask(new_method_call(address, "GetActions"))
        return tuple(name for name, _, _ in found)

    def below(self) -> Iterator[Node]:
        """Return everything in it that is on the screen, from the top down."""
        for child in self.children:
            try:
                if "visible" in child.states or child.role == "application":
                    yield child
                    yield from child.below()
            except SpokenError:  # gone meanwhile
                continue

    def focused(self) -> Node | None:
        """Return what in it has the focus: the innermost that says so."""
        found: Node | None = None
        anew = Node(self.reader, self.owner, self.path)
        for node in anew.below():
            # What is chosen in a list says so even while the list has no focus.
            if "focused" in node.states and (
                node.role not in CHOSEN or _holds(found, node)
            ):
                found = node
        return found or self.reader.followed()

    def await_focus(
        self, fits: Callable[[Node], bool], what: str, within: float = PATIENCE
    ) -> Node:
        """Return what has the focus as soon as it is what is waited for."""
        last: list[Node | None] = [None]

        def is_it() -> bool:
            last[0] = self.focused()
            return last[0] is not None and fits(last[0])

        try:
            until(is_it, what, within)
        except TimeoutError as error:
            on = last[0]
            said = f"{on.role} {on.name!r}" if on is not None else "nothing"
            raise TimeoutError(f"{error}; the focus is on {said}") from None
        assert last[0] is not None
        return last[0]


def _holds(holder: Node | None, node: Node) -> bool:
    """Whether a thing is directly in another."""
    return holder is not None and any(it.path == node.path for it in holder.children)
