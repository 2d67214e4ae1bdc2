"""Kinds of entry about fee receipts and cash (``law.md`` 4.8, ``ux.md`` 4.9)."""

from __future__ import annotations

from sync.protocol.naming.ids import EntryId

from ..field_types import (
    Amount,
    Body,
    Code,
    Count,
    Day,
    Digest,
    Number,
    Salt,
    Seal,
    Short,
    SignedAmount,
    Text,
)

CASH = "cash"
TRANSFER = "transfer"


class FeeLine(Body):
    """One line of a receipt: ``kind`` is ``copy_fee``, ``photocopy`` ...; photocopies are not a fee."""

    kind: Code
    label: Short
    quantity: Count
    amount: Amount


class ReceiptBookOpened(Body):
    """A book of paper receipts is opened at this counter; subject: the book.

    Paper stock only until 2026-12-31 (NĐ 254/2026 art. 44(2)); opening balance of a started book
    takes ``next_number`` from the paper book.
    """

    symbol: Short
    template: Short
    first_number: Number
    last_number: Number
    next_number: Number


class ReceiptIssued(Body):
    """Money is taken and a receipt of the paper book is filled in; subjects: receipt, request, book."""

    symbol: Short
    number: Number
    lines: tuple[FeeLine, ...]
    amount: Amount
    method: Code
    given: Amount
    change: Amount
    payer: Short
    day: Day
    salt: Salt


class ProvisionalSlipIssued(Body):
    """Money is taken offline against a Phiếu thu tạm ("không thay biên lai"); subjects: slip, request [U]."""

    code: Code
    lines: tuple[FeeLine, ...]
    amount: Amount
    method: Code
    given: Amount
    change: Amount
    payer: Short
    day: Day
    salt: Salt


class ReceiptFollowed(Body):
    """The receipt for a provisional slip: electronic look-up code or paper number; subjects: slip."""

    symbol: Short
    number: Number
    lookup: Short


class ReceiptVoided(Body):
    """A receipt is voided; two persons; the number stays; subjects: receipt."""

    ground: Text
    second: EntryId
    second_seal: Seal


class Refunded(Body):
    """Money is given back; two persons; subjects: receipt or slip.

    ``method``: out of the drawer (``cash``, all that older entries knew) or by bank ``transfer``.
    """

    amount: Amount
    ground: Text
    day: Day
    second: EntryId
    second_seal: Seal
    method: Code = CASH


class ReceiptBookClosed(Body):
    """No receipt of the book is written any more; subject: the book (``law.md`` 4.8, ``sync.md`` 4).

    ``from_number``: the first paper nobody filled in, last + 1 when all are used. ``outcome`` is
    ``used``, ``returned``, ``destroyed`` or ``lost`` ("from n: lost").
    """

    from_number: Number
    outcome: Code
    words: Text


class CashDayClosed(Body):
    """A counter's day is closed; subject: the closing. ``head`` is the journal head printed on the sheet.

    ``counted`` are pairs (denomination, pieces). ``open_items`` are codes of what stayed open. ``refunded``
    left the drawer, ``transferred_back`` the bank account.
    """

    day: Day
    opening: Amount
    cash: Amount
    transfer: Amount
    refunded: Amount
    expected: SignedAmount
    counted: tuple[tuple[Amount, Count], ...]
    counted_total: Amount
    reason: Text
    open_items: tuple[Short, ...]
    head: Digest
    transferred_back: Amount = 0
