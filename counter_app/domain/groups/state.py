"""What the journals say about a group; its persons are requests of their own and are not kept here."""

from __future__ import annotations

import msgspec

from counter_app.domain.certification.state import Payment
from counter_app.domain.groups.entries import ONE
from sync.protocol.naming.ids import EntryId

MAX_PEOPLE = 500
"""Persons of one group (own figure): a school's year; more come as a second group."""


class GroupState(msgspec.Struct, frozen=True, gc=False):
    """A group as it stands. ``seen`` has one bit for each line of the list that is written.

    Moments in ms, money in dong; ``amount`` is the sum over the persons that are written.
    """

    id: EntryId
    code: str
    daily: int
    day: int
    taken_at: int
    taken_by: EntryId | None
    name: str
    bearer: str
    bearer_id: str
    phone: str
    papers: str
    planned: int
    pay: str
    receipt: str
    slip: str
    list_digest: bytes
    seen: bytes = b""
    taken: int = 0
    originals: int = 0
    copies: int = 0
    amount: int = 0
    payments: tuple[Payment, ...] = ()
    ended_at: int = 0
    ground: str = ""

    @property
    def is_ended(self) -> bool:
        """True when nobody joins any more."""
        return self.ended_at > 0

    @property
    def paid(self) -> int:
        """Money taken for the whole group and not given back, in dong."""
        return sum(payment.counts for payment in self.payments)

    @property
    def to_pay(self) -> int:
        """What is still to be paid for the group as a whole, in dong; 0 where each person pays his own."""
        return max(0, self.amount - self.paid) if self.receipt == ONE else 0

    def has(self, line: int) -> bool:
        """True when the person at ``line`` (from 0) is written."""
        return line // 8 < len(self.seen) and bool(self.seen[line // 8] >> line % 8 & 1)


def with_line(seen: bytes, line: int) -> bytes:
    """``seen`` with the bit of ``line`` set."""
    bits = bytearray(seen.ljust(line // 8 + 1, b"\0"))
    bits[line // 8] |= 1 << line % 8
    return bytes(bits)
