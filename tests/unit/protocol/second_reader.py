"""A run read by the letter of ``docs/format.md`` alone: no line of the product, only the standard library.

If the page and the code part ways, this reader and the code disagree about the same bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass
class Bytes:
    """Bytes being read."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        self.at += count
        return self.data[self.at - count : self.at]

    def varint(self) -> int:
        """Chapter 1."""
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def signed(self) -> int:
        """Chapter 1, zigzag."""
        value = self.varint()
        return -(value + 1) // 2 if value & 1 else value // 2

    def who(self) -> tuple[int, int] | None:
        """Actor or post of a shape."""
        journal = self.varint()
        return (journal, self.varint()) if journal else None


def pack(value: object) -> bytes:
    """Shortest MessagePack of what facts are made of: nil, unsigned integers, short arrays."""
    if value is None:
        return b"\xc0"
    if isinstance(value, (tuple, list)):
        head = bytes([0x90 | len(value)]) if len(value) < 16 else b"\xdc" + len(value).to_bytes(2, "big")
        return head + b"".join(pack(item) for item in value)
    assert isinstance(value, int)
    if value < 128:
        return bytes([value])
    for mark, size in ((0xCC, 1), (0xCD, 2), (0xCE, 4), (0xCF, 8)):
        if value < 256**size:
            return bytes([mark]) + value.to_bytes(size, "big")
    raise AssertionError("beyond 64 bits")


@dataclass
class Line:
    """One entry being put together from the columns."""

    form: int
    shared: tuple[int, ...] = ()
    who: tuple[tuple[int, int] | None, ...] = ()
    facts: bytes = b""
    body: bytes | None = None
    digest: bytes = b""
    seal: bytes = b""
    at: int = 0


@dataclass
class Names:
    """Chapter 6: how ids are named."""

    own: int
    others: list[int]
    last: dict[int, int] = field(default_factory=dict)

    def take(self, data: Bytes, seq: int) -> tuple[int, int]:
        """One name."""
        value = data.varint()
        if value % 2 == 0:
            return self.own, seq - value // 2
        journal = self.others[value // 2]
        self.last[journal] = self.last.get(journal, 0) + data.signed()
        return journal, self.last[journal]


def read_run(data: Bytes) -> tuple[int, int, bytes, list[Line], dict[int, bytes]]:
    """Journal, first seq, 8 bytes of head, the entries, ``{seq: signature}`` of the checkpoints."""
    journal, first = data.varint(), data.varint()
    before, count = data.take(8), data.varint()
    shapes: list[Line] = []
    for _ in range(data.varint()):
        form = data.varint()
        if form & 1:
            shapes.append(Line(form))
        else:
            shared = tuple(data.varint() for _ in range(5))
            shapes.append(Line(form, shared, (data.who(), data.who())))
    names = Names(journal, [data.varint() for _ in range(data.varint())])
    picked = [shapes[data.varint()] if len(shapes) > 1 else shapes[0] for _ in range(count)]
    lines = [Line(shape.form, shape.shared, shape.who) for shape in picked]
    _facts(data, lines, names, first)
    lengths = [data.varint() if not line.form & 4 else 32 for line in lines]
    for line in lines:
        if line.form & 1:
            line.facts = data.take(data.varint())
    for line, length in zip(lines, lengths, strict=True):
        taken = data.take(length)
        line.body, line.digest = (None, taken) if line.form & 4 else (taken, hashlib.sha256(taken).digest())
    for line in lines:
        line.seal = data.take(64) if line.form & 2 else b""
    points, seq = {}, first - 1
    for _ in range(data.varint()):
        seq += data.varint()
        points[seq] = data.take(64)
    return journal, first, before, lines, points


def _facts(data: Bytes, lines: list[Line], names: Names, first: int) -> None:
    at = 0
    for line in lines:
        if not line.form & 1:
            at += data.signed()
            line.at = at
    for number, line in enumerate(lines):
        if line.form & 1:
            continue
        kind, version, flags, subjects, after = line.shared
        about = [names.take(data, first + number) for _ in range(subjects)]
        heads = [
            names.take(data, first + number) if data.take(1) == b"\1" else about[0] for _ in range(after)
        ]
        line.facts = pack([line.at, kind, version, flags, *line.who, about, heads])


def heads_of(journal: int, first: int, head: bytes, lines: list[Line]) -> list[bytes]:
    """Chapters 3 and 4."""
    heads = []
    for number, line in enumerate(lines):
        place = journal.to_bytes(4, "big") + (first + number).to_bytes(8, "big")
        head = hashlib.sha256(head + hashlib.sha256(place + line.facts + line.digest).digest()).digest()
        heads.append(head)
    return heads
