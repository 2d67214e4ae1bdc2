"""Two persons undo: a line is annulled, a receipt voided, money given back; and a new receipt book."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.certification.lines.annulment import AnnulmentAct, annul_line
from counter_app.domain.codes import classify_scan
from counter_app.domain.errors import DomainError
from counter_app.domain.money.entries import TRANSFER
from counter_app.domain.money.receipts import open_book
from counter_app.domain.money.state import ReceiptState
from counter_app.domain.money.undo import refund, void_receipt
from counter_app.domain.money_words import money_figures
from counter_app.domain.organisation import roles
from counter_app.services.pen.days import day_typed
from counter_app.services.ports.pen import AnnulForm, BookForm, ReceiptFound, UndoForm
from counter_app.services.ports.saying import say
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import money as money_queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft


@dataclass
class Undoing:
    """Nothing is erased: each act is an entry beside what it undoes."""

    work: Workplace
    desk: Desk

    def annul(self, form: AnnulForm) -> str:
        """Raises DomainError ``annul.*``, ``date.*``, ``day.*``, ``role.*``, ``second.*``, ``pin.*``."""
        act, person = self.desk.act(sealed=True), self.desk.require()
        decision = AnnulmentAct(
            form.act_number, day_typed(form.act_day, self.work.today(), "act_date"), form.words
        )
        today, second = self.work.day(), self.desk.second(form.second, form.second_secret)
        shown = ""

        def decide(acting: Acting) -> tuple[Draft, ...]:
            nonlocal shown
            line = self.work.state(acting.connection, form.line)
            shown = line.shown_number
            return annul_line(line, decision, today, person, second)

        self.work.store.act(decide, act)
        self.work.changed("registers", "requests")
        number = form.act_number.strip()
        return say(
            f"Số {shown} đã huỷ bỏ giá trị theo {number}; dòng ở lại trong sổ.",
            f"Number {shown} is annulled by {number}; its line stays in the book.",
        )

    def find(self, connection: Connection, text: str) -> tuple[ReceiptFound, ...]:
        """By ``1842``, ``AA-26P 1842`` or the barcode of a slip or receipt."""
        scan = classify_scan(text)
        if scan.code is not None:
            rows = money_queries.receipts_with(connection, code=scan.code.receipt_digits)
        else:
            symbol, _, number = text.strip().rpartition(" ")
            if not number.isdecimal():
                return ()
            rows = money_queries.receipts_with(connection, number=int(number), symbol=symbol.strip())
        return tuple(_found(self.work.state(connection, row.id)) for row in rows)

    def void(self, form: UndoForm) -> str:
        """Raises DomainError ``void.*``, ``role.*``, ``second.*``, ``pin.*``, ``password.*``."""
        act, person = self.desk.act(sealed=True), self.desk.require()
        second = self.desk.second(form.second, form.second_secret)

        def decide(acting: Acting) -> tuple[Draft, ...]:
            receipt: ReceiptState = self.work.state(acting.connection, form.receipt)
            closed = money_queries.open_items(acting.connection, receipt.day, receipt.journal).closed
            return void_receipt(receipt, form.ground, person, second, day_closed=closed)

        self.work.store.act(decide, act)
        self.work.changed("money", "requests")
        return say(
            "Đã hủy biên lai; số biên lai vẫn tính là đã dùng.",
            "The receipt is void; its number counts as used.",
        )

    def refund(self, form: UndoForm, amount: int) -> str:
        """Raises DomainError ``refund.*``, ``void.*``, ``role.*``, ``second.*``, ``pin.*``."""
        act, person, by_bank = self.desk.act(sealed=True), self.desk.require(), False
        second, day = self.desk.second(form.second, form.second_secret), self.work.day()

        def decide(acting: Acting) -> tuple[Draft, ...]:
            nonlocal by_bank
            if money_queries.open_items(acting.connection, day, self.work.journal).closed:
                raise _day_closed()
            receipt: ReceiptState = self.work.state(acting.connection, form.receipt)
            by_bank = (form.method or receipt.method) == TRANSFER
            return refund(receipt, amount, form.ground, day, person, second, form.method)

        self.work.store.act(decide, act)
        self.work.changed("money", "requests")
        money = money_figures(amount)
        if by_bank:
            return say(f"Đã hoàn {money} bằng chuyển khoản.", f"{money} given back by transfer.")
        return say(f"Đã hoàn {money}, trừ vào quỹ hôm nay.", f"{money} given back out of today's cash.")

    def open_book(self, form: BookForm) -> str:
        """Raises DomainError ``book.*``, ``receipt.medium``, ``role.*``."""
        roles.require(self.desk.require(), roles.TAKE_MONEY)
        today, numbers = self.work.today(), (form.first_number, form.last_number)

        def decide(acting: Acting) -> tuple[Draft, ...]:
            rules = self.work.rules(acting.connection).receipts
            for book in money_queries.books_of(acting.connection, form.symbol.strip()):
                if book.first_number <= form.last_number and form.first_number <= book.last_number:
                    raise _book_known(book)
            return open_book(form.symbol, form.template, numbers, form.next_number, today, rules)

        self.work.store.act(decide, self.desk.act())
        self.work.changed("money")
        book = form.symbol.strip()
        left = f"{form.next_number}–{form.last_number}"
        return say(
            f"Đã mở quyển biên lai {book}, số {left}.", f"Receipt book {book} is open, numbers {left}."
        )


def _found(receipt: ReceiptState) -> ReceiptFound:
    title = say("Phiếu thu tạm", "Provisional slip")
    if receipt.number:
        title = say(
            f"Biên lai {receipt.symbol} số {receipt.number}", f"Receipt {receipt.symbol} {receipt.number}"
        )
    return ReceiptFound(
        receipt.id,
        title,
        receipt.payer,
        receipt.day,
        receipt.amount,
        receipt.counts,
        receipt.is_void,
        receipt.method,
    )


def _day_closed() -> DomainError:
    return DomainError(
        "Hôm nay đã chốt quỹ.", "Biên bản chốt ngày không sửa được.", "Hoàn tiền vào ngày làm việc sau.",
        code="refund.day_closed", title_en="Today's cash is closed.",
        meaning_en="The sheet of a closed day cannot change.",
        remedy_en="Refund on the next working day.",
    )  # fmt: skip


def _book_known(book: money_queries.BookRow) -> DomainError:
    span = f"{book.first_number}–{book.last_number}"
    return DomainError(
        f"Quyển {book.symbol} số {span} đã mở.", "Một số biên lai chỉ dùng một lần.",
        "Xem lại ký hiệu và dải số trên bìa quyển.", "first_number", code="book.twice",
        title_en=f"Book {book.symbol} {span} is open already.",
        meaning_en="A receipt number is used once.",
        remedy_en="Look at symbol and numbers on the cover.",
    )  # fmt: skip
