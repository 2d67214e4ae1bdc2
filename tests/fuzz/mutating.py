"""Bytes bent at random, seeded: what a bad disk, a curious neighbour or a forger might make of real ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

WHOLE_NUMBERS = (
    b"\0",
    b"\1",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01",
    b"\xff" * 9 + b"\x7f",
    b"\xdc\xff\xff",
    b"\xdd\xff\xff\xff\xff",
    b"\xdf\xff\xff\xff\xff",
    b"\xc6\xff\xff\xff\xff",
    b"\xcf" + b"\xff" * 8,
    b"\xc0",
    b"\xc1",
    b"\x91" * 64,
    b"\xd3" + b"\x80" + b"\0" * 7,
)
"""Bytes where lengths and counts stand: ends of varints' and MessagePack's ranges, deep nesting."""
MOST_BYTES = 1 << 20


class Mutator:
    """``bent`` gives one more variation of one of ``corpus``; the same seed gives the same ones."""

    def __init__(self, corpus: Sequence[bytes], seed: int, tokens: Sequence[bytes] = ()) -> None:
        """``tokens`` are pieces that mean something to the parser."""
        self.chance = random.Random(seed)
        self._corpus = list(corpus) or [b""]
        self._tokens = (*WHOLE_NUMBERS, *tokens)
        self._ways: tuple[Callable[[bytearray], None], ...] = (
            self._flip,
            self._set,
            self._cut_out,
            self._repeat,
            self._token,
            self._graft,
            self._end,
            self._swap,
        )

    def bent(self) -> bytes:
        """One example, changed in one to eight places; one in fifty is noise."""
        if self.chance.random() < 0.02:
            return self.chance.randbytes(self.chance.randrange(400))
        out = bytearray(self.chance.choice(self._corpus))
        for _ in range(self.chance.choice((1, 1, 1, 2, 3, 5, 8))):
            self.chance.choice(self._ways)(out)
        return bytes(out[:MOST_BYTES])

    def _place(self, out: bytearray) -> int:
        """Anywhere, and more often near the beginning, where lengths and kinds stand."""
        near = min(len(out), self.chance.choice((16, 80, len(out) or 1)))
        return self.chance.randrange(max(near, 1))

    def _flip(self, out: bytearray) -> None:
        if out:
            out[self._place(out)] ^= 1 << self.chance.randrange(8)

    def _set(self, out: bytearray) -> None:
        if out:
            out[self._place(out)] = self.chance.randrange(256)

    def _cut_out(self, out: bytearray) -> None:
        place = self._place(out)
        del out[place : place + self.chance.choice((1, 2, 7, 40, 500))]

    def _repeat(self, out: bytearray) -> None:
        place = self._place(out)
        piece = out[place : place + self.chance.choice((1, 4, 30, 200))]
        out[place:place] = piece * self.chance.choice((1, 2, 60))

    def _token(self, out: bytearray) -> None:
        place, token = self._place(out), self.chance.choice(self._tokens)
        out[place : place + self.chance.choice((0, len(token)))] = token

    def _graft(self, out: bytearray) -> None:
        other = self.chance.choice(self._corpus)
        start = self.chance.randrange(max(len(other), 1))
        place = self._place(out)
        out[place : place + self.chance.choice((0, 8))] = other[
            start : start + self.chance.choice((4, 40, 400))
        ]

    def _end(self, out: bytearray) -> None:
        del out[self.chance.randrange(max(len(out), 1)) :]

    def _swap(self, out: bytearray) -> None:
        one, other = self._place(out), self._place(out)
        if out:
            out[one], out[other] = out[other], out[one]
