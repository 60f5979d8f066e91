"""What is taken in from the web and what of it is kept: bodies, with their bounds."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from downlight.core.errors import Unreachable
from downlight.core.speech import mark, number, tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from downlight.core.ports import Answer

_TELLING: Final = 2
"""How many bytes it takes to tell framed from bare deflate (RFC 1950)."""

Place: TypeAlias = tuple[str, str, str]
"""Address, ``Accept`` and the mark of what else was sent (`manners.mark`): what
decides which body is meant."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that can be asked for again by "has it changed?"."""

    answer: Answer
    """Without its body."""
    asking: Mapping[str, str]
    """The request headers that ask."""
    packed: bytes
    """The body; a fifth of it, mostly, and unpacked in no time."""

    @classmethod
    def of(cls, answer: Answer, asking: Mapping[str, str]) -> Kept:
        """Keep ``answer``; without its body when there is nothing to ask with."""
        packed = zlib.compress(answer.body, 1) if asking else b""
        return cls(replace(answer, body=b"", received=0), asking, packed)

    def anew(self, at: datetime, max_age: timedelta | None) -> Answer:
        """Return the answer as it still holds at the moment ``at``."""
        body = zlib.decompress(self.packed)
        age = max_age or self.answer.max_age
        return replace(self.answer, body=body, at=at, max_age=age)


class Memory:
    """Answers kept for a later 304; the longest unused go first.

    Args:
        most: How many answers.
        room: How many bytes of packed bodies altogether.
    """

    __slots__ = ("_kept", "_most", "_room", "_size")

    def __init__(self, most: int = 1024, room: int = 16 * 1024 * 1024) -> None:
        self._kept: OrderedDict[Place, Kept] = OrderedDict()
        self._most = most
        self._room = room
        self._size = 0

    def recall(self, place: Place) -> Kept | None:
        """Return what is kept of ``place``."""
        if place not in self._kept:
            return None
        self._kept.move_to_end(place)
        return self._kept[place]

    def keep(self, place: Place, kept: Kept) -> None:
        """Keep ``kept`` in place of what was there; nothing if it cannot be asked."""
        self._drop(place)
        if kept.asking and len(kept.packed) <= self._room:
            self._kept[place] = kept
            self._size += len(kept.packed)
        while len(self._kept) > self._most or self._size > self._room:
            self._drop(next(iter(self._kept)))

    def _drop(self, place: Place) -> None:
        gone = self._kept.pop(place, None)
        if gone is not None:
            self._size -= len(gone.packed)


class Body:
    """Takes in a body piece by piece, unpacks it, and never holds too much.

    A few bytes of gzip can stand for gigabytes, so each step of unpacking is told
    how much room is left.

    Args:
        encoding: As in ``Content-Encoding``; empty means as it is.
        limit: Most bytes, on the wire and unpacked.

    Raises:
        Unreachable: An encoding we did not ask for.
    """

    __slots__ = ("_bytes", "_engine", "_head", "_limit", "_packing", "_taken")

    def __init__(self, encoding: str, limit: int) -> None:
        self._packing = encoding.strip().lower().removeprefix("x-")
        if self._packing not in {"", "identity", "gzip", "deflate"}:
            raise Unreachable(mark("packed in a way we did not ask for"), "unusable")
        self._engine: zlib._Decompress | None = None
        self._head = b""
        self._bytes = bytearray()
        self._limit = limit
        self._taken = 0

    def feed(self, piece: bytes) -> None:
        """Take in the next piece.

        Raises:
            Unreachable: Too large, or not packed as it says.
        """
        self._taken += len(piece)
        if self._taken > self._limit:
            raise self._too_large()
        if self._packing in {"", "identity"}:
            self._bytes += piece
        else:
            self._unpack(piece)

    @property
    def taken(self) -> int:
        """How many bytes came, as they were packed."""
        return self._taken

    def close(self) -> bytes:
        """Return the whole body.

        Raises:
            Unreachable: It was cut short.
        """
        packed = self._packing not in {"", "identity"} and self._taken
        if packed and not (self._engine and self._engine.eof):
            raise Unreachable("the answer was cut short", "reset")
        return bytes(self._bytes)

    def _unpack(self, piece: bytes) -> None:
        if self._engine is None:
            piece = self._head = self._head + piece
            if len(piece) < _TELLING:
                return
            self._engine = zlib.decompressobj(_window(self._packing, piece))
        if self._engine.eof:  # what follows the end means nothing, as in browsers
            return
        # Never 0, which would mean "no limit".
        room = self._limit - len(self._bytes) + 1
        try:
            self._bytes += self._engine.decompress(piece, room)
        except zlib.error as error:
            raise Unreachable(
                mark("the answer is not packed as it says"), "unusable"
            ) from error
        if len(self._bytes) > self._limit:
            raise self._too_large()

    def _too_large(self) -> Unreachable:
        what = tr("the answer is larger than {n} bytes", n=number(self._limit))
        return Unreachable(what, "unusable")


def _window(packing: str, head: bytes) -> int:
    """Return zlib's name for the packing; "deflate" is sent with and without frame."""
    if packing == "gzip":
        return 16 + zlib.MAX_WBITS
    framed = head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head[:2]) % 31 == 0
    return zlib.MAX_WBITS if framed else -zlib.MAX_WBITS
