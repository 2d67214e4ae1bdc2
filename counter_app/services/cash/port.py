"""The cash day: what must be in the drawer, what is open, the closing with its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection

from counter_app.domain.dates import vn_datetime
from counter_app.domain.errors import DomainError
from counter_app.domain.money.day_closing import Closing, DaySums, OpenWork, close_day, closing_faults
from counter_app.domain.money.state import CashDayState
from counter_app.domain.money_words import money_figures
from counter_app.errors import OutsideError
from counter_app.printing.forms.day_closing import Count, DayClosing
from counter_app.services.cash.receipt_books import ReceiptBooks
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.ports.papers import DayForm, DayView
from counter_app.services.ports.receipts import BookView, CloseBookForm, FollowForm, SlipView
from counter_app.services.ports.saying import say, spoken
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.journal import position
from counter_app.storage.queries import exchange as exchange_queries
from counter_app.storage.queries import money as money_queries
from counter_app.storage.queries import registers as register_queries
from counter_app.storage.store import Acting
from counter_app.storage.this_pc import device, local
from sync.protocol.journals.entry import Draft, Entry

OPENING = "cash.opening"


@dataclass
class CashArea:
    """Implements ``CashPort``."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def day(self) -> DayView:
        """Today's money and what is open."""
        day = self.work.day()
        with self.work.store.read() as connection:
            sums, work, items = self._read(connection, day)
            taken = money_queries.day_money(connection, day, self.work.journal)
            counted = money_queries.counted_on(connection, day, self.work.journal)
        problems = tuple(fault.title for fault in closing_faults(work))
        return DayView(
            day, sums.opening, sums.cash, sums.transfer, sums.refunded, sums.expected, problems,
            work.items, items.closed, counted, taken.receipts, taken.voided, items.slips_without_receipt,
            sums.transferred_back,
        )  # fmt: skip

    def books(self) -> tuple[BookView, ...]:
        """Books of this counter, the one in use first, closed ones last."""
        return self._books().books()

    def slips(self) -> tuple[SlipView, ...]:
        """Provisional slips without a receipt, oldest first."""
        return self._books().slips()

    def follow_slip(self, form: FollowForm) -> str:
        """The slip is replaced by an electronic receipt."""
        return self._books().follow_slip(form)

    def close_book(self, form: CloseBookForm) -> str:
        """No receipt of the book is written any more."""
        return self._books().close(form)

    def _books(self) -> ReceiptBooks:
        return ReceiptBooks(self.work, self.desk)

    def _read(
        self, connection: Connection, day: int, reason: str = ""
    ) -> tuple[DaySums, OpenWork, money_queries.OpenItems]:
        """The day's sums, what is open, and whether it is closed."""
        journal = self.work.journal
        taken = money_queries.day_money(connection, day, journal)
        opening = int(device.setting(connection, OPENING, "0"))
        items = money_queries.open_items(connection, day, journal)
        unprinted = sum(job.form in (forms.RECEIPT, forms.SLIP) for job in local.print_jobs(connection))
        alone = exchange_queries.only_here(connection, journal)
        listed = (*_items(items, unprinted, alone), *self._books().warnings(connection))
        work = OpenWork(self._unconfirmed(connection), unprinted, reason, listed)
        return (
            DaySums(opening, taken.cash, taken.transfer, taken.refunded, taken.transferred_back),
            work,
            items,
        )

    def _unconfirmed(self, connection: Connection) -> int:
        """Numbers given at this PC without confirmed ink: other PCs answer for theirs."""
        rows = register_queries.unconfirmed_lines(connection)
        return sum(row.id.journal == self.work.journal for row in rows)

    def close_day(self, form: DayForm, pin: str) -> str:
        """F9: closing entry and its sheet in one transaction, then paper and backup; PINs end.

        Raises DomainError ``day.*``, ``role.*``, ``pin.*``.
        """
        self.desk.check_pin(pin)
        act = self.desk.act(sealed=True)
        person = self.desk.require()
        day = self.work.day()
        jobs: list[int] = []

        def decide(acting: Acting) -> tuple[Draft, ...]:
            connection = acting.connection
            sums, work, items = self._read(connection, day, form.reason)
            head = position(connection, self.work.journal).head
            counted = tuple((note, pieces) for note, pieces in form.counted if pieces)
            closing = Closing(day, counted, head, form.reason)
            return close_day(sums, closing, work, person, closed=items.closed)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            state = cast(CashDayState, self.work.state(connection, entries[0].id))
            paper = self._paper(connection, state, entries[0].id.seq - 1, person.name)
            jobs.append(self.queue.put(connection, paper, state.id, act.at))

        acted = self.work.store.act(decide, act, then)
        self.work.store.cover()
        self.work.changed("money", "prints", "session")
        self.queue.run(jobs)
        saved = self._back_up()
        self.desk.end_pins()
        with self.work.store.read() as connection:
            state = cast(CashDayState, self.work.state(connection, acted.entries[0].id))
        off = ""
        if state.difference:
            difference = money_figures(state.difference)
            off = say(f", lệch {difference}", f", {difference} off")
        when = f"{day % 100:02d}/{day // 100 % 100:02d}"
        return say(f"Đã chốt ngày {when}{off}.{saved}", f"Day {when} is closed{off}.{saved}")

    def _book_lines(self, connection: Connection) -> tuple[tuple[str, str], ...]:
        """The book in use, as the next day begins with it."""
        book = money_queries.open_book(connection, self.work.journal)
        if book is None:
            return ()
        left = book.last_number - book.next_number + 1
        return ((f"Quyển biên lai {book.symbol}", f"số tiếp theo {book.next_number}, còn {left} số"),)

    def _back_up(self) -> str:
        """The backup of a closed day; a failure is words, never the loss of the closing."""
        if self.work.back_up is None:
            return ""
        try:
            self.work.back_up()
        except Exception as error:  # whatever happened outside: the day is closed and stays closed
            told = error.words(spoken()).title if isinstance(error, DomainError | OutsideError) else ""
            return f" {told or say('Chưa sao lưu được.', 'The backup could not be made.')}"
        return say(" Đã sao lưu.", " Backed up.")

    def _paper(self, connection: Connection, state: CashDayState, seq: int, cashier: str) -> Paper:
        taken = money_queries.day_money(connection, state.day, self.work.journal)
        moment = vn_datetime(state.closed_at)
        data = DayClosing(
            head=self.work.place.head, counter=self.work.place.counter_name, day=moment.date(),
            closed_at=moment,
            cash_lines=(
                ("Đầu ngày", state.opening), ("Thu tiền mặt", state.cash), ("Hoàn trả", -state.refunded)
            ),
            expected=state.expected,
            counted=tuple(Count(value=note, notes=pieces) for note, pieces in state.counted),
            reason=state.reason,
            work_lines=(
                ("Chuyển khoản", money_figures(state.transfer)), *_back_by_bank(state),
                ("Phí", money_figures(taken.fees)),
                ("Tiền sao chụp", money_figures(taken.photocopies)),
                ("Số biên lai, phiếu thu", _receipts_words(taken)),
                *self._book_lines(connection),
            ),
            open_items=state.open_items, journal=str(self.work.journal), seq=seq,
            journal_head=state.head.hex(), cashier=cashier, supervisor="", marks=self.work.place.marks(),
        )  # fmt: skip
        return Paper(forms.DAY_CLOSING, f"Biên bản chốt quỹ {moment:%d/%m/%Y}", data)


def _back_by_bank(state: CashDayState) -> tuple[tuple[str, str], ...]:
    """The line of the sheet for money that went back to accounts; none on most days."""
    back = state.transferred_back
    return (("Hoàn bằng chuyển khoản", money_figures(back)),) if back else ()


def _receipts_words(taken: money_queries.DayMoney) -> str:
    return f"{taken.receipts}, trong đó hủy {taken.voided}" if taken.voided else str(taken.receipts)


def _items(items: money_queries.OpenItems, unprinted: int, alone: int) -> tuple[str, ...]:
    """What is listed on the sheet and does not stop the closing."""
    prints = items.prints_failed + items.prints_waiting - unprinted
    found = (
        (items.slips_without_receipt, f"{items.slips_without_receipt} phiếu thu tạm chưa có biên lai"),
        (prints, f"{prints} bản in đang chờ"),
        (items.drafts, f"{items.drafts} nháp dở dang"),
        (items.questions, f"{items.questions} việc tỉnh hỏi lại"),
        (alone, f"{alone} mục chưa có bản thứ hai: ghi ra USB hoặc ổ khác"),
    )
    return tuple(words for count, words in found if count > 0)


def set_opening(work: Workplace, dong: int) -> None:
    """What is in the drawer when a day begins; raises DomainError ``cash.opening``."""
    if dong < 0:
        raise DomainError("Số tiền đầu ngày không âm.", code="cash.opening", title_en="Not below zero.")
    with work.store.write() as connection:
        device.put_setting(connection, OPENING, str(dong))
