"""Receipts of a request: a paper of an open book while that is lawful, else a provisional slip.

Photocopies are no fee and have their own lines. Without the organisation's token at the counter no
electronic receipt is made offline [U]: the slip says that it does not replace a receipt, which follows
(``law.md`` 4.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from counter_app.domain.certification.entries import OriginalTaken
from counter_app.domain.codes import parse_receipt_code
from counter_app.domain.drafting import draft
from counter_app.domain.errors import DomainError
from counter_app.domain.money.cash import change_for
from counter_app.domain.money.e_receipt import ReceiptRules
from counter_app.domain.money.entries import (
    CASH,
    TRANSFER,
    FeeLine,
    ProvisionalSlipIssued,
    ReceiptBookClosed,
    ReceiptBookOpened,
    ReceiptFollowed,
    ReceiptIssued,
)
from counter_app.domain.money.state import PROVISIONAL, ReceiptBookState, ReceiptState
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from sync.protocol.journals.entry import Draft
from sync.protocol.naming.ids import SELF, EntryId

COPY_FEE = "copy_fee"
SIGNATURE_FEE = "signature_fee"
TRANSACTION_FEE = "transaction_fee"
PHOTOCOPY = "photocopy"
PAPER = "paper"
ELECTRONIC = "electronic"
USED, RETURNED, DESTROYED, LOST = "used", "returned", "destroyed", "lost"
_FEE_KINDS = {"signature": SIGNATURE_FEE, "translator": SIGNATURE_FEE, "transaction": TRANSACTION_FEE}
OUTCOMES = (USED, RETURNED, DESTROYED, LOST)
"""What became of a book that is put away; papers not used up by 2026-12-31 are destroyed (NĐ 254 art. 44)."""


def receipt_lines(originals: Iterable[OriginalTaken], register: str = "copy") -> tuple[FeeLine, ...]:
    """One line per original, then one for all photocopies of one price; amounts in dong.

    ``register`` is that of the rows that name none of their own: one receipt serves several registers.
    """
    rows = tuple(originals)
    fees = tuple(
        FeeLine(_FEE_KINDS.get(row.matter or register, COPY_FEE), row.name, row.copies, row.fee)
        for row in rows
        if row.fee
    )
    prices = sorted({row.photocopy_price for row in rows if row.photocopy_pages})
    photocopies = []
    for price in prices:
        pages = sum(row.photocopy_pages for row in rows if row.photocopy_price == price)
        photocopies.append(FeeLine(PHOTOCOPY, "Tiền sao chụp (không phải phí)", pages, pages * price))
    return (*fees, *photocopies)


def total(lines: Iterable[FeeLine]) -> int:
    """Sum of the lines, in dong."""
    return sum(line.amount for line in lines)


@dataclass(frozen=True, slots=True)
class Taking:
    """Money taken at the counter: ``given`` in dong (read with ``cash.read_given``), ``day`` local."""

    lines: tuple[FeeLine, ...]
    given: int
    payer: str
    day: date
    salt: bytes
    method: str = CASH

    @property
    def amount(self) -> int:
        """What is due, in dong."""
        return total(self.lines)


def may_use_paper(book: ReceiptBookState | None, rules: ReceiptRules, day: date) -> bool:
    """True while a paper receipt is lawful on ``day`` and the book has one left."""
    return book is not None and book.left > 0 and PAPER in rules.media_on(day)


def take_money(
    taking: Taking,
    request: EntryId,
    *,
    book: ReceiptBookState | None,
    rules: ReceiptRules,
    slip_code: str,
) -> tuple[Draft, ...]:
    """A paper receipt when it is lawful and a book is open, else a provisional slip under ``slip_code``.

    ``request`` may be ``pending(i)``. Raises DomainError ``money.*``.
    """
    if book is not None and may_use_paper(book, rules, taking.day):
        return issue_receipt(taking, request, book, rules)
    return issue_slip(taking, request, slip_code)


def issue_receipt(
    taking: Taking, request: EntryId, book: ReceiptBookState, rules: ReceiptRules
) -> tuple[Draft, ...]:
    """The next paper of ``book``; DomainError ``receipt.medium`` from 2027-01-01, ``receipt.book_full``."""
    rules.check_medium(PAPER, taking.day)
    if book.left <= 0:
        raise DomainError(
            f"Quyển biên lai {book.symbol} đã hết số {book.last_number}.",
            remedy="Mở quyển mới, hoặc in phiếu thu tạm.",
            code="receipt.book_full",
            title_en=f"Receipt book {book.symbol} is used up at {book.last_number}.",
            remedy_en="Open a new book, or print a provisional slip.",
        )
    change = _checked_change(taking)
    body = ReceiptIssued(
        book.symbol,
        book.next_number,
        taking.lines,
        taking.amount,
        taking.method,
        taking.given,
        change,
        taking.payer,
        _day(taking.day),
        taking.salt,
    )
    return (draft(body, SELF, request, book.id),)


def issue_slip(taking: Taking, request: EntryId, code: str) -> tuple[Draft, ...]:
    """A *Phiếu thu tạm*: it does not replace a receipt. DomainError ``code.wrong`` for what is no code."""
    parse_receipt_code(code)
    change = _checked_change(taking)
    body = ProvisionalSlipIssued(
        code,
        taking.lines,
        taking.amount,
        taking.method,
        taking.given,
        change,
        taking.payer,
        _day(taking.day),
        taking.salt,
    )
    return (draft(body, SELF, request),)


def _checked_change(taking: Taking) -> int:
    if taking.amount <= 0:
        raise DomainError(
            "Không có khoản nào để thu.",
            code="money.nothing",
            title_en="There is nothing to pay.",
        )
    if taking.method not in (CASH, TRANSFER):
        raise DomainError(
            "Chọn tiền mặt hoặc chuyển khoản.",
            field="method",
            code="money.method",
            title_en="Choose cash or transfer.",
        )
    change = change_for(taking.given, taking.amount)
    return change if taking.method == CASH else 0


def follow_slip(slip: ReceiptState, symbol: str, number: int, lookup: str) -> tuple[Draft, ...]:
    """The receipt for a provisional slip; DomainError ``slip.none`` when none is awaited."""
    if not slip.awaits_receipt:
        known = slip.kind == PROVISIONAL and slip.number
        raise DomainError(
            f"Phiếu này đã có biên lai số {slip.number}."
            if known
            else "Đây không phải phiếu thu tạm còn chờ.",
            code="slip.none",
            title_en="No receipt is awaited for this.",
        )
    return (draft(ReceiptFollowed(symbol, number, lookup), slip.id),)


def follow_electronic(
    slip: ReceiptState, symbol: str, number: int, lookup: str, day: date, rules: ReceiptRules
) -> tuple[Draft, ...]:
    """The data of the electronic receipt that replaces a slip, made elsewhere (``law.md`` 4.8).

    ``day``: of the electronic receipt. Raises DomainError ``slip.symbol``, ``slip.number``, ``slip.lookup``,
    ``slip.none``, ``receipt.medium``.
    """
    rules.check_medium(ELECTRONIC, day)
    if re.fullmatch(rules.symbol_pattern, symbol) is None or symbol[:2] != f"{day.year % 100:02d}":
        raise DomainError(
            f"Ký hiệu biên lai điện tử năm {day.year} có dạng {day.year % 100:02d}TAA.",
            field="symbol",
            code="slip.symbol",
            title_en=f"A symbol of {day.year} looks like {day.year % 100:02d}TAA.",
        )
    if not 1 <= number <= rules.number_max:
        raise DomainError(
            f"Số biên lai phải từ 1 đến {rules.number_max}.",
            field="number",
            code="slip.number",
            title_en=f"The number lies between 1 and {rules.number_max}.",
        )
    if not lookup.strip():
        raise DomainError(
            "Nhập mã tra cứu của biên lai điện tử.",
            field="lookup",
            code="slip.lookup",
            title_en="Type the look-up code of the electronic receipt.",
        )
    return follow_slip(slip, symbol, number, lookup.strip())


def close_book(book: ReceiptBookState, outcome: str, words: str, author: OfficialState) -> tuple[Draft, ...]:
    """No receipt of ``book`` is written any more; blank papers need words that say where they are.

    Raises DomainError ``book.closed``, ``book.outcome``, ``book.not_used``, ``book.words``, ``role.*``.
    """
    roles.require(author, roles.TAKE_MONEY)
    if book.is_closed:
        raise DomainError(
            f"Quyển {book.symbol} đã đóng.",
            code="book.closed",
            title_en=f"Book {book.symbol} is closed already.",
        )
    if outcome not in OUTCOMES:
        raise DomainError(
            "Chọn quyển đã đi đâu.", field="outcome", code="book.outcome", title_en="Say what became of it."
        )
    if book.left and outcome == USED:
        raise DomainError(
            f"Quyển {book.symbol} còn {book.left} số chưa dùng.",
            remedy="Chọn nộp lại, hủy hoặc mất, và ghi căn cứ.",
            field="outcome",
            code="book.not_used",
            title_en=f"{book.left} receipts of {book.symbol} are not used.",
            remedy_en="Choose returned, destroyed or lost, and say on what ground.",
        )
    if book.left and not words.strip():
        raise DomainError(
            "Ghi căn cứ: biên bản, phiếu nộp.",
            field="words",
            code="book.words",
            title_en="Write the ground: minutes, slip of return.",
        )
    return (draft(ReceiptBookClosed(book.next_number, outcome, words.strip()), book.id),)


def open_book(
    symbol: str, template: str, numbers: tuple[int, int], next_number: int, day: date, rules: ReceiptRules
) -> tuple[Draft, ...]:
    """A paper book of this counter; a started one goes on at ``next_number``.

    Raises DomainError ``receipt.medium``, ``book.numbers``, ``book.symbol``.
    """
    rules.check_medium(PAPER, day)
    first, last = numbers
    if not symbol.strip():
        raise DomainError(
            "Nhập ký hiệu biên lai.", field="symbol", code="book.symbol", title_en="Type the symbol."
        )
    if not 1 <= first <= next_number <= last:
        raise DomainError(
            "Số đầu, số tiếp theo và số cuối phải tăng dần.",
            field="next_number",
            code="book.numbers",
            title_en="First, next and last number must ascend.",
        )
    return (draft(ReceiptBookOpened(symbol.strip(), template, first, last, next_number), SELF),)


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
