"""Opening figures of a counter in a living office: one act of two persons, and its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from counter_app.domain.arrival.beginning import take_figures
from counter_app.domain.arrival.entries import FiguresTaken
from counter_app.domain.errors import DomainError
from counter_app.domain.money.receipts import open_book
from counter_app.domain.organisation import roles
from counter_app.domain.organisation.state import OfficialState
from counter_app.domain.registers.entries import OPENING_BALANCE, RegisterOpened
from counter_app.domain.registers.opening import open_from_paper_book
from counter_app.domain.seconds import Second
from counter_app.services.arrival import minutes_paper
from counter_app.services.cash.port import OPENING
from counter_app.services.dossiers import papers as dossier_papers
from counter_app.services.papers.queue import PrintQueue
from counter_app.services.pen import status
from counter_app.services.ports.arrival import (
    FiguresForm,
    FiguresView,
    ReceiptOpening,
    RegisterFigure,
    RegisterOpening,
)
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.rules import register_kinds
from counter_app.services.session.desk import Desk
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import dossiers as dossier_queries
from counter_app.storage.queries import money as money_queries
from counter_app.storage.queries import old_books
from counter_app.storage.queries import registers as register_queries
from counter_app.storage.store import Acting
from counter_app.storage.this_pc import device
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import life_of

MOST_NUMBER, MOST_BOOK, MOST_CASH = 9_999_999, 999, 10**9
FORM_01 = "01"


@dataclass
class Figures:
    """What the first page of figures shows, and the act behind its F9."""

    work: Workplace
    desk: Desk
    queue: PrintQueue

    def view(self) -> FiguresView:
        """What is open here already. Raises DomainError ``role.*``."""
        me = self.desk.require()
        roles.require(me, roles.CLOSE_BOOKS)
        today = self.work.today()
        with self.work.store.read() as connection:
            book = money_queries.open_book(connection, self.work.journal)
            form_book = self._form_book()
            return FiguresView(
                today.year,
                tuple(
                    self._register(connection, kind.kind, today) for kind in register_kinds().in_use(today)
                ),
                "" if book is None else f"{book.symbol}, {book.next_number}–{book.last_number}",
                form_book,
                dossier_queries.next_form_number(connection, form_book, FORM_01, today.year),
                int(device.setting(connection, OPENING, "0")),
                old_books.figures_of(connection, self.work.journal) is not None,
                status.seconds(connection, self.work, me, roles.TWO_PERSONS_SECOND),
            )

    def _form_book(self) -> str:
        return dossier_papers.counter_book(self.work.place.counter_number, life_of(self.work.journal))

    def _register(self, connection: Connection, kind: str, today: date) -> RegisterFigure:
        known = register_kinds().on(kind, today)
        state = held.register_now(connection, self.work, today.year, kind)
        title = say(f"{known.title[0]}{known.title[1:].lower()}", known.title_en)
        first = 0 if state is None else state.first_number
        return RegisterFigure(kind, known.symbol, title, state is not None, first)

    def take(self, form: FiguresForm) -> str:
        """Registers, receipt book, book 07 and float in one transaction; minutes are printed.

        Raises DomainError ``arrival.*``, ``register.*``, ``book.*``, ``receipt.medium``, ``role.*``,
        ``second.*``, ``pin.*``, ``password.*``.
        """
        act, person = self.desk.act(sealed=True), self.desk.require()
        _check(form)
        if form.second is None:
            raise DomainError("Chưa chọn người thứ hai.", field="second", code="second.missing",
                              title_en="The second person is not chosen.")  # fmt: skip
        second, today, jobs = (
            self.desk.second(form.second, form.second_secret),
            self.work.today(),
            list[int](),
        )

        def decide(acting: Acting) -> list[Draft]:
            self._check_first(acting.connection, today, form)
            return self._drafts(acting, form, person, second, today)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            device.put_setting(connection, OPENING, str(form.cash))
            state = self.work.state(connection, entries[-1].id)
            symbols = {one.kind: held.symbol_on(one.kind, today) for one in form.registers}
            paper = minutes_paper.of_figures(connection, self.work, state, form, symbols)
            jobs.append(self.queue.put(connection, paper, state.id, act.at))

        self.work.store.act(decide, act, then)
        self.work.changed("registers", "money", "arrival", "prints", "signing")
        printed = self.queue.run(jobs)[0].state == "done"
        paper = say("Đã in biên bản.", "The minutes are printed.") if printed else self.queue.words(jobs[0])
        done = say("Đã tiếp nhận sổ đang dùng.", "The books in use are taken over.")
        return f"{done} {paper}"

    def _check_first(self, connection: Connection, today: date, form: FiguresForm) -> None:
        """Once a counter, and before its own first form: a number that was given is not given again."""
        if old_books.figures_of(connection, self.work.journal) is not None:
            raise DomainError(
                "Quầy này đã tiếp nhận số liệu đầu kỳ.", "Số liệu đầu kỳ chỉ ghi một lần.",
                "Mở thêm sổ ở trang Sổ, thêm quyển biên lai ở trang Biên lai.", code="arrival.figures_taken",
                title_en="This counter has its opening figures.", meaning_en="They are taken once.",
                remedy_en="Open more registers on the Registers page, receipt books on Receipts.",
            )  # fmt: skip
        given = dossier_queries.next_form_number(connection, self._form_book(), FORM_01, today.year) - 1
        if form.last_form < given:
            raise DomainError(
                f"Máy này đã cấp đến số {given:02d} trong sổ theo dõi hồ sơ.", field="last_form",
                code="arrival.form_number",
                title_en=f"This PC has given numbers up to {given:02d} in book 07.",
            )  # fmt: skip

    def _drafts(
        self, acting: Acting, form: FiguresForm, person: OfficialState, second: Second, today: date
    ) -> list[Draft]:
        """Every register that is named, the receipt book, and last the figures themselves."""
        rows = register_queries.register_years(acting.connection)
        known = [self.work.state(acting.connection, row.id) for row in rows]
        batch: list[Draft] = []
        for one in form.registers:
            batch += open_from_paper_book(person, second, self._opened(one, form.words, today), known)
        if form.receipts is not None:
            batch += self._receipts(acting.connection, form.receipts, today)
        day = today.year * 10_000 + today.month * 100 + today.day
        body = FiguresTaken(day, self._form_book(), form.last_form, form.cash, form.words.strip()[:600])
        return [*batch, *take_figures(person, second, body)]

    def _opened(self, one: RegisterOpening, words: str, today: date) -> RegisterOpened:
        symbol = held.symbol_on(one.kind, date(today.year, 12, 31))
        return RegisterOpened(
            one.kind, symbol, today.year, one.last_number + 1, one.book, OPENING_BALANCE, words,
            self.work.journal,
        )  # fmt: skip

    def _receipts(self, connection: Connection, book: ReceiptOpening, today: date) -> tuple[Draft, ...]:
        if money_queries.open_book(connection, self.work.journal) is not None:
            raise DomainError(
                "Quầy này đã có quyển biên lai đang dùng.", remedy="Để trống phần biên lai.", field="symbol",
                code="arrival.receipt_book", title_en="This counter has a receipt book in use.",
                remedy_en="Leave the part of receipts empty.",
            )  # fmt: skip
        rules, numbers = self.work.rules(connection).receipts, (book.first_number, book.last_number)
        return open_book(book.symbol, book.template, numbers, book.next_number, today, rules)


def _check(form: FiguresForm) -> None:
    """Bounds of what was typed; ``field`` names the cell."""
    for one in form.registers:
        if not (0 <= one.last_number <= MOST_NUMBER and 1 <= one.book <= MOST_BOOK):
            raise DomainError(
                "Số cuối hoặc quyển số chưa đúng.", remedy="Xem lại sổ giấy.", field=f"register.{one.kind}",
                code="register.opening", title_en="The last number or the book is wrong.",
                remedy_en="Look at the paper book again.",
            )  # fmt: skip
    kinds = [one.kind for one in form.registers]
    if len(set(kinds)) != len(kinds):
        raise ValueError("a kind of register is named once")
    if not 0 <= form.last_form <= MOST_NUMBER:
        raise DomainError(
            "Số cuối của sổ theo dõi hồ sơ chưa đúng.", field="last_form", code="arrival.last_form",
            title_en="The last number of book 07 is wrong.",
        )  # fmt: skip
    if not 0 <= form.cash <= MOST_CASH:
        raise DomainError("Số tiền trong két chưa đúng.", field="cash", code="cash.opening",
                          title_en="The cash in the drawer is wrong.")  # fmt: skip
