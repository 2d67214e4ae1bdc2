"""Closing a counter's day: expected, counted, the reason of a difference, what stays open (``ux.md`` 4.9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.money.entries import CASH, TRANSFER, CashDayClosed
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF

NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200)
"""Vietnamese notes and coins in dong, biggest first: the order of the count."""


@dataclass(frozen=True, slots=True)
class DaySums:
    """The day's money of one counter, in dong; ``expected`` is what the cash box must hold.

    ``refunded`` left the box, ``transferred_back`` the bank account.
    """

    opening: int
    cash: int
    transfer: int
    refunded: int
    transferred_back: int = 0

    @property
    def expected(self) -> int:
        """Opening plus cash minus the cash that went back."""
        return self.opening + self.cash - self.refunded


def day_sums(receipts: Iterable[ReceiptState], day: int, journal: int, opening: int) -> DaySums:
    """Sums of ``day`` (``yyyymmdd``) at the counter ``journal``; void receipts do not count.

    A refund counts on the day and at the counter where the money left, whenever and wherever it was taken.
    """
    cash = transfer = refunded = by_bank = 0
    for receipt in receipts:
        if receipt.day == day and receipt.journal == journal and not receipt.is_void:
            cash += receipt.amount if receipt.method == CASH else 0
            transfer += receipt.amount if receipt.method == TRANSFER else 0
        for refund in receipt.refunds:
            here = refund.amount if (refund.day, refund.journal) == (day, journal) else 0
            by_bank += here if refund.method == TRANSFER else 0
            refunded += 0 if refund.method == TRANSFER else here
    return DaySums(opening, cash, transfer, refunded, by_bank)


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is not finished at the end of a day.

    ``unconfirmed`` numbers without confirmed ink and ``unprinted`` receipts stop the closing (the latter
    unless ``unprinted_reason`` says why); ``items`` are words that are only listed on the sheet.
    """

    unconfirmed: int = 0
    unprinted: int = 0
    unprinted_reason: str = ""
    items: tuple[str, ...] = ()


def closing_faults(work: OpenWork) -> Iterator[DomainError]:
    """What stops the closing, in the words of ``ux.md`` 4.9."""
    if work.unconfirmed:
        yield DomainError(
            f"Còn {work.unconfirmed} số đã cấp chưa xác nhận đã ký. Ctrl+. để đến bàn ký.",
            code="day.unconfirmed",
            title_en=f"{work.unconfirmed} numbers are given but not confirmed as signed. Ctrl+. goes there.",
        )
    if work.unprinted and not work.unprinted_reason.strip():
        yield DomainError(
            f"Có {work.unprinted} biên lai chưa in được. In lại hoặc ghi lý do.",
            code="day.unprinted",
            title_en=f"{work.unprinted} receipts could not be printed. Print again or give the reason.",
        )


@dataclass(frozen=True, slots=True)
class Closing:
    """The count: (note, pieces), the reason of a difference, the journal's head printed on the sheet."""

    day: int
    counted: tuple[tuple[int, int], ...]
    head: bytes
    reason: str = ""

    @property
    def counted_total(self) -> int:
        """What was counted, in dong."""
        return sum(note * pieces for note, pieces in self.counted)


def close_day(
    sums: DaySums, closing: Closing, work: OpenWork, author: OfficialState, *, closed: bool = False
) -> tuple[Draft, ...]:
    """The closing entry; also with zero receipts and offline. A difference needs a reason and never blocks.

    ``closed``: this counter's day is closed already. Raises DomainError ``day.*``, ``role.*``.
    """
    roles.require(author, roles.CLOSE_DAY)
    if closed:
        raise DomainError(
            "Ngày này đã chốt.",
            "Biên bản chốt ngày chỉ xem được.",
            "Thay đổi muộn là điều chỉnh của ngày hôm sau.",
            code="day.closed",
            title_en="This day is closed.",
            meaning_en="Its sheet is read-only.",
            remedy_en="A late change is an adjustment of the next day.",
        )
    for fault in closing_faults(work):
        raise fault
    _check_count(closing)
    difference = closing.counted_total - sums.expected
    if difference and not closing.reason.strip():
        raise DomainError(
            f"Lệch {money_figures(difference)}. Ghi lý do lệch.",
            field="reason",
            code="day.difference",
            title_en=f"{money_figures(difference)} off. Write the reason.",
        )
    notes = (*work.items, *((work.unprinted_reason.strip(),) if work.unprinted else ()))
    body = CashDayClosed(
        closing.day,
        sums.opening,
        sums.cash,
        sums.transfer,
        sums.refunded,
        sums.expected,
        closing.counted,
        closing.counted_total,
        closing.reason.strip(),
        tuple(note[:120] for note in notes),
        closing.head,
        sums.transferred_back,
    )
    return (draft(body, SELF),)


def _check_count(closing: Closing) -> None:
    seen = [note for note, _ in closing.counted]
    if len(set(seen)) != len(seen) or any(n not in NOTES or p < 0 for n, p in closing.counted):
        raise DomainError(
            "Mỗi mệnh giá đếm một lần, số tờ không âm.",
            field="counted",
            code="day.count",
            title_en="Count each note once; pieces are not negative.",
        )
