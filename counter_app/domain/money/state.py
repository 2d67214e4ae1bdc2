"""What the journals say about receipt books, receipts, provisional slips and the closed days of a counter."""

from __future__ import annotations

import msgspec

from counter_app.domain.money.entries import CASH, FeeLine
from sync.protocol.naming.ids import EntryId

RECEIPT = "receipt"
PROVISIONAL = "provisional"


class ReceiptBookState(msgspec.Struct, frozen=True, gc=False):
    """A book of paper receipts of one counter; ``first_number`` to ``last_number`` without hole."""

    id: EntryId
    symbol: str
    template: str
    first_number: int
    last_number: int
    next_number: int
    opened_at: int
    issued: int = 0
    amount: int = 0
    closed_at: int = 0
    outcome: str = ""
    closed_words: str = ""

    @property
    def is_closed(self) -> bool:
        """True once it was put away: what is blank in it stays blank."""
        return self.closed_at > 0

    @property
    def left(self) -> int:
        """Receipts that can still be written."""
        return 0 if self.is_closed else self.last_number - self.next_number + 1


class RefundMade(msgspec.Struct, frozen=True, gc=False):
    """Money given back on ``day`` (``yyyymmdd``) by the counter ``journal``, in dong: cash or transfer."""

    day: int
    amount: int
    journal: int
    ground: str
    method: str = CASH


class ReceiptState(msgspec.Struct, frozen=True, gc=False):
    """A receipt of a paper book (``kind`` RECEIPT) or a provisional slip (PROVISIONAL, ``law.md`` 4.8).

    ``symbol``/``number`` are those of the paper, or of the receipt that followed a slip; ``code`` is the
    slip's own code. Money in dong; ``journal`` is the counter that took it.
    """

    id: EntryId
    kind: str
    symbol: str
    number: int
    code: str
    lines: tuple[FeeLine, ...]
    amount: int
    method: str
    given: int
    change: int
    payer: str
    day: int
    at: int
    by: EntryId | None
    request: EntryId | None = None
    book: EntryId | None = None
    lookup: str = ""
    followed_at: int = 0
    voided_at: int = 0
    void_ground: str = ""
    refunds: tuple[RefundMade, ...] = ()
    printed: tuple[tuple[str, int], ...] = ()

    @property
    def refunded(self) -> int:
        """Money given back so far, in dong."""
        return sum(refund.amount for refund in self.refunds)

    @property
    def journal(self) -> int:
        """Journal of the counter that took the money."""
        return self.id.journal

    @property
    def is_void(self) -> bool:
        """True once two persons voided it; its number stays used."""
        return self.voided_at > 0

    @property
    def awaits_receipt(self) -> bool:
        """True for a slip whose receipt has not followed yet."""
        return self.kind == PROVISIONAL and not self.followed_at and not self.is_void

    @property
    def counts(self) -> int:
        """Money that stayed, in dong."""
        return 0 if self.is_void else max(0, self.amount - self.refunded)


class CashDayState(msgspec.Struct, frozen=True, gc=False):
    """The closed day of one counter, as printed on its sheet; money in dong, ``head`` the journal's head."""

    id: EntryId
    day: int
    opening: int
    cash: int
    transfer: int
    refunded: int
    expected: int
    counted: tuple[tuple[int, int], ...]
    counted_total: int
    reason: str
    open_items: tuple[str, ...]
    head: bytes
    closed_at: int
    closed_by: EntryId | None
    printed: tuple[tuple[str, int], ...] = ()
    transferred_back: int = 0

    @property
    def difference(self) -> int:
        """Counted minus expected, in dong."""
        return self.counted_total - self.expected
