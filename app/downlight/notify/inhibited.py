"""What the desktop's own services tell of whether a person may be disturbed.

Each question is for a service that runs already; none is started for it. Names were
found in these programs as Debian 12 has them, meanings in their public sources, both
read 2026-11; only dunst (which knows none of it) and Xfce's were asked:

* ``Inhibited`` of org.freedesktop.Notifications is Plasma's addition to the
  specification: do not disturb, by the person or by what shares or mirrors the screen
  (introspection in libnotificationmanager 5.27).
* ``HasInhibition(4)`` of Plasma's PolicyAgent: a program keeps the screen from going
  dark (``ChangeScreenSettings`` in powerdevil 5.27).
* ``HasInhibit`` of org.freedesktop.PowerManagement.Inhibit: the same in Xfce
  (xfce4-power-manager 4.18, which then keeps the screen on). Plasma answers it, too,
  but means that the computer does not go to sleep, which a download asks for as well.
* ``IsInhibited(8)`` of org.gnome.SessionManager: a program keeps the session from
  counting as idle (gnome-session 43, cinnamon-session 5.6, mate-session 1.26; 8 is
  "inhibit the session being marked as idle").
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from jeepney import DBusAddress, MessageFlag, Properties, new_method_call

from downlight.core.speech import mark
from downlight.notify.bus import Bus, Declined

if TYPE_CHECKING:
    from jeepney import Message as Packet

PATIENCE: Final = timedelta(seconds=2)
"""For all questions together; a healthy desktop takes a few."""
NOT_TO_DISTURB: Final = mark("The desktop says not to disturb.")
AWAKE: Final = mark("A program keeps the screen awake, as for a film or a talk.")


@dataclass(frozen=True, slots=True)
class Question:
    """A call that is answered with yes or no."""

    name: str
    """Of the service; of the interface, too, where no other is named."""
    path: str
    member: str
    """A method; a property where it takes no arguments and ``is_property``."""
    words: str
    """What a yes means."""
    interface: str = ""
    body: tuple[int, ...] = ()
    """Unsigned numbers."""
    is_property: bool = False
    is_last: bool = False
    """Whether who answers it, yes or no, makes the others needless."""

    def call(self) -> Packet:
        """Return the call; nobody is started to answer it."""
        place = DBusAddress(self.path, self.name, self.interface or self.name)
        if self.is_property:
            packet = Properties(place).get(self.member)
        else:
            form = "u" * len(self.body)
            packet = new_method_call(place, self.member, form or None, self.body)
        packet.header.flags |= MessageFlag.no_auto_start
        return packet


QUESTIONS: Final = (
    Question(
        "org.freedesktop.Notifications",
        "/org/freedesktop/Notifications",
        "Inhibited",
        NOT_TO_DISTURB,
        is_property=True,
    ),
    Question(
        "org.kde.Solid.PowerManagement.PolicyAgent",
        "/org/kde/Solid/PowerManagement/PolicyAgent",
        "HasInhibition",
        AWAKE,
        body=(4,),
        is_last=True,
    ),
    Question(
        "org.freedesktop.PowerManagement",
        "/org/freedesktop/PowerManagement/Inhibit",
        "HasInhibit",
        AWAKE,
        interface="org.freedesktop.PowerManagement.Inhibit",
    ),
    Question(
        "org.gnome.SessionManager",
        "/org/gnome/SessionManager",
        "IsInhibited",
        AWAKE,
        body=(8,),
    ),
)


def ask(address: str | None = None, patience: timedelta = PATIENCE) -> str:
    """Return why the person should not be disturbed, in a sentence; "" if he may.

    Args:
        address: Of the bus; None for the session's.
        patience: For everything.

    Raises:
        Silent: There is no bus, or it did not answer in time.
    """
    deadline = time.monotonic() + patience.total_seconds()

    def left() -> timedelta:
        return max(timedelta(seconds=deadline - time.monotonic()), timedelta())

    bus = Bus(address, patience)
    try:
        bus.greet(left())
        for question in QUESTIONS:
            try:
                _, body = bus.call(question.call(), left())
            except Declined:  # nobody is there, or he does not know what is asked
                continue
            if _is_yes(body):
                return question.words
            if question.is_last:
                break
    finally:
        bus.close()
    return ""


def _is_yes(body: object) -> bool:
    match body:
        case (bool(value),) | (("b", bool(value)),):
            return value
        case _:
            return False
