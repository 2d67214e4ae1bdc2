"""Variable-length integers and a bounded reader: the bytes below MessagePack in runs, vectors and containers.

An unsigned integer takes 7 bits a byte, least significant first, high bit set on all but the last byte
(LEB128), always in its shortest form. A signed one is zigzag-mapped first: 0, -1, 1, -2 ... -> 0, 1, 2, 3 ...
"""

from __future__ import annotations

from sync.protocol.refusals import Malformed

MAX_VARINT_BYTES = 10


def put_varint(out: bytearray, value: int) -> None:
    """Append unsigned ``value`` to ``out``. Raises ValueError below 0 or from 2**64."""
    if not 0 <= value < 2**64:
        raise ValueError(f"out of range: {value}")
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def put_signed(out: bytearray, value: int) -> None:
    """Append ``value``, of either sign, zigzag-mapped."""
    put_varint(out, value << 1 if value >= 0 else ~value << 1 | 1)


class Reader:
    """Takes values from the front of ``data``; every method raises Malformed when they are not there."""

    __slots__ = ("_data", "_place")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    @property
    def left(self) -> int:
        """How many bytes are not yet taken."""
        return len(self._data) - self._place

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        end = self._place + count
        if end > len(self._data):
            raise Malformed(f"cut short: {count} bytes wanted, {self.left} left")
        taken = self._data[self._place : end]
        self._place = end
        return taken

    def varint(self, most: int = 2**64 - 1) -> int:
        """An unsigned integer of at most ``most``, in its shortest form."""
        data, place = self._data, self._place
        if place < len(data) and data[place] <= min(most, 0x7F):  # nearly all are one byte
            self._place = place + 1
            return data[place]
        value = shift = 0
        while True:
            if place >= len(data) or shift >= 7 * MAX_VARINT_BYTES:
                raise Malformed("cut short inside an integer")
            byte = data[place]
            place += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
        if (byte == 0 and shift) or value > most:
            raise Malformed(f"integer out of bounds: {value}")
        self._place = place
        return value

    def signed(self) -> int:
        """An integer of either sign."""
        value = self.varint()
        return value >> 1 ^ -(value & 1)

    def done(self) -> None:
        """Refuse when anything is left."""
        if self.left:
            raise Malformed(f"{self.left} bytes too many")
