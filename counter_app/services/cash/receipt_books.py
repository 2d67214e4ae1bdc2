"""Books of paper receipts, when they end, and the receipts that follow provisional slips (``law.md`` 4.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.money.receipts import PAPER, close_book, follow_electronic
from counter_app.domain.money.state import ReceiptBookState, ReceiptState
from counter_app.domain.organisation import roles
from counter_app.services.pen.days import day_typed
from counter_app.services.ports.receipts import BookView, CloseBookForm, FollowForm, SlipView
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import money as money_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft

FEW_LEFT = 10
"""From so many blank receipts on the page warns: time enough to fetch the next book."""


@dataclass
class ReceiptBooks:
    """What stands on the page of receipts beside voids and refunds."""

    work: Workplace
    desk: Desk

    def books(self) -> tuple[BookView, ...]:
        """Books of this counter, the one in use first, closed ones last. Raises DomainError ``role.*``."""
        roles.require(self.desk.require(), roles.READ_REGISTERS)
        with self.work.store.read() as connection:
            current = money_queries.open_book(connection, self.work.journal)
            rows = money_queries.books_here(connection, self.work.journal)
            lawful = PAPER in self.work.rules(connection).receipts.media_on(self.work.today())
            states: list[ReceiptBookState] = [self.work.state(connection, row.id) for row in rows]
        in_use = None if current is None else current.id
        return tuple(_view(state, state.id == in_use, self.work.journal, lawful) for state in states)

    def warnings(self, connection: Connection) -> tuple[str, ...]:
        """What the day's closing lists about books."""
        lawful = PAPER in self.work.rules(connection).receipts.media_on(self.work.today())
        row = money_queries.open_book(connection, self.work.journal)
        if row is None:
            return ()
        words = _warning(self.work.state(connection, row.id), self.work.journal, lawful)
        return (words,) if words else ()

    def slips(self) -> tuple[SlipView, ...]:
        """Provisional slips of this counter without a receipt, oldest first. Raises ``role.*``."""
        roles.require(self.desk.require(), roles.READ_REGISTERS)
        with self.work.store.read() as connection:
            rows = money_queries.slips_awaiting(connection, self.work.journal)
        return tuple(SlipView(row.id, row.code, row.payer, row.day, row.amount) for row in rows)

    def follow_slip(self, form: FollowForm) -> str:
        """Raises DomainError ``slip.*``, ``receipt.medium``, ``date.*``, ``day.*``, ``role.*``."""
        roles.require(self.desk.require(), roles.TAKE_MONEY)
        symbol = form.symbol.strip().upper()
        typed = day_typed(form.day, self.work.today())
        day = date(typed // 10_000, typed // 100 % 100, typed % 100)

        def decide(acting: Acting) -> tuple[Draft, ...]:
            connection = acting.connection
            slip: ReceiptState = self.work.state(connection, form.slip)
            known = money_queries.receipts_with(connection, number=form.number, symbol=symbol)
            if any(row.id != slip.id for row in known):
                raise _number_used(symbol, form.number)
            if typed < slip.day:
                raise _before_slip()
            rules = self.work.rules(connection).receipts
            return follow_electronic(slip, symbol, form.number, form.lookup, day, rules)

        self.work.store.act(decide, self.desk.act())
        self.work.changed("money")
        return say(
            f"Phiếu thu tạm đã có biên lai {symbol} số {form.number}.",
            f"The provisional slip has its receipt {symbol} {form.number}.",
        )

    def close(self, form: CloseBookForm) -> str:
        """Raises DomainError ``book.*``, ``role.*``."""
        act, person = self.desk.act(sealed=True), self.desk.require()
        closed = ""

        def decide(acting: Acting) -> tuple[Draft, ...]:
            nonlocal closed
            book: ReceiptBookState = self.work.state(acting.connection, form.book)
            closed = say(
                f"Đã đóng quyển {book.symbol} từ số {book.next_number}.",
                f"Book {book.symbol} is closed from number {book.next_number}.",
            )
            if not book.left:
                closed = say(
                    f"Đã đóng quyển {book.symbol}, dùng hết {book.issued} số.",
                    f"Book {book.symbol} is closed, all {book.issued} numbers used.",
                )
            return close_book(book, form.outcome, form.words, person)

        self.work.store.act(decide, act)
        self.work.changed("money")
        return closed


def _view(state: ReceiptBookState, in_use: bool, journal: int, lawful: bool) -> BookView:
    return BookView(
        state.id, state.symbol, state.template, state.first_number, state.last_number, state.next_number,
        state.left, state.issued, state.amount, in_use, _warning(state, journal, lawful), state.outcome,
        state.closed_words,
    )  # fmt: skip


def _warning(state: ReceiptBookState, journal: int, lawful: bool) -> str:
    """The first thing a person should do something about; "" when there is nothing."""
    if state.is_closed:
        return ""
    if state.id.journal != journal:
        return say(
            f"Quyển của máy trước khi cài lại: đóng từ số {state.next_number}.",
            f"A book from before this PC was set up again: close it from number {state.next_number}.",
        )
    if not lawful:
        return say(
            "Biên lai giấy hết hiệu lực: đóng quyển, nộp lại hoặc hủy phần còn.",
            "Paper receipts are no longer valid: close the book, hand in or destroy the rest.",
        )
    if not state.left:
        return say("Đã hết số: mở quyển mới, đóng quyển này.", "Used up: open a new book, close this one.")
    if state.left > FEW_LEFT:
        return ""
    return say(
        f"Còn {state.left} số: chuẩn bị quyển mới.", f"{state.left} numbers left: get a new book ready."
    )


def _number_used(symbol: str, number: int) -> DomainError:
    return DomainError(
        f"Biên lai {symbol} số {number} đã ghi cho một khoản khác.", "Một số biên lai chỉ dùng một lần.",
        "Xem lại ký hiệu và số.", "number", code="slip.number_used",
        title_en=f"Receipt {symbol} {number} is recorded for other money.",
        meaning_en="A receipt number is used once.", remedy_en="Look at symbol and number.",
    )  # fmt: skip


def _before_slip() -> DomainError:
    return DomainError(
        "Ngày biên lai không trước ngày phiếu thu tạm.", remedy="Xem lại ngày trên biên lai.", field="day",
        code="slip.day", title_en="The receipt is not dated before the slip.",
        remedy_en="Look at the date on the receipt.",
    )  # fmt: skip
