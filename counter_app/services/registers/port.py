"""Registers of a month: the port of the screens (``ux.md`` 4.8)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.closing import close_month
from counter_app.domain.registers.entries import OPENING_BALANCE, RegisterOpened
from counter_app.domain.registers.opening import open_from_paper_book
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.forms import register_pdf
from counter_app.printing.forms.register_month import RegisterMonth as PaperMonth
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.ports import reads
from counter_app.services.ports.registers import OpeningForm, RegisterMonth, RegisterTab
from counter_app.services.ports.saying import say
from counter_app.services.registers import held
from counter_app.services.registers.history import history_of
from counter_app.services.registers.later_notes import LaterNotes
from counter_app.services.registers.month import MonthRead, is_over, paper_of, read_month, shown
from counter_app.services.registers.reports import Reports
from counter_app.services.registers.years import YearBooks
from counter_app.services.rules import register_kinds
from counter_app.storage.journals.journal import positions
from counter_app.storage.queries import registers as queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.naming.ids import EntryId


class RegistersArea(YearBooks, LaterNotes, Reports):
    """Implements ``RegistersPort``; each page is of one kind of register, copies unless another is named."""

    def kinds(self) -> tuple[RegisterTab, ...]:
        """Registers in use today, in the order of the law; ``open`` when one of this year is."""
        today = self.work.today()
        with self.work.store.read() as connection:
            opened = {row.register for row in queries.register_years(connection) if row.year == today.year}
        return tuple(
            RegisterTab(one.kind, one.symbol, say(_title(one.title), one.title_en), one.kind in opened)
            for one in register_kinds().in_use(today)
        )

    def months(self, kind: str = held.COPY) -> tuple[tuple[int, int], ...]:
        """(year, month) with lines, newest first; the running month when there is none."""
        with self.work.store.read() as connection:
            found = [
                month
                for row in queries.register_years(connection)
                if row.register == kind
                for month in queries.months_with_lines(connection, row.id)
            ]
        today = self.work.today()
        return tuple(sorted(set(found), reverse=True)) or ((today.year, today.month),)

    def month(self, year: int, month: int, kind: str = held.COPY) -> RegisterMonth:
        """All lines of a month in order, with unknown numbers shown as such."""
        roles.require(self.desk.require(), roles.READ_REGISTERS)
        now = self.work.now()
        with self.work.store.read() as connection:
            read = read_month(connection, self.work, year, month, kind)
            found = shown(connection, self.work, read, now)
        self._saw(reads.MONTH, read)
        return found

    def _saw(self, what: str, read: MonthRead) -> None:
        self.desk.saw(what, [read.state.id], shown=len(read.rows), reason=f"{read.year}-{read.month:02d}")

    def export_pdf(self, year: int, month: int, kind: str = held.COPY) -> str:
        """Writes the month's PDF into the papers' folder; returns its path."""
        data = self._paper(year, month, kind, reads.MONTH_PDF)
        return self.write_file(f"so-{kind}-{year}-{month:02d}.pdf", register_pdf.render(data))

    def export_excel(self, year: int, month: int, kind: str = held.COPY) -> str:
        """Writes the month as xlsx with real dates and money; returns its path."""
        from counter_app.printing.forms import register_excel  # xlsxwriter, on use

        data = self._paper(year, month, kind, reads.MONTH_EXCEL)
        return self.write_file(f"so-{kind}-{year}-{month:02d}.xlsx", register_excel.render(data))

    def _paper(self, year: int, month: int, kind: str, what: str) -> PaperMonth:
        roles.require(self.desk.require(), roles.READ_REGISTERS)
        with self.work.store.read() as connection:
            read = read_month(connection, self.work, year, month, kind)
            paper = paper_of(self.work, read, self.work.now())
        self._saw(what, read)
        return paper

    def close_month(self, year: int, month: int, pin: str, kind: str = held.COPY) -> str:
        """Closes and prints the month; raises DomainError naming what is open."""
        self.desk.check_pin(pin)
        act = self.desk.act(sealed=True)
        person = self.desk.require()
        jobs: list[int] = []

        def decide(acting: Acting) -> tuple[Draft, ...]:
            read = read_month(acting.connection, self.work, year, month, kind)
            if not read.rows:
                raise _empty(month)
            if not is_over(self.work.rules(acting.connection).calendar, self.work.today(), year, month):
                raise _running(month)
            known = tuple((journal, at.seq) for journal, at in positions(acting.connection).items())
            return close_month(read.state, person, month, read.counts, act.at, known)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            read = read_month(connection, self.work, year, month, kind)
            paper = Paper(
                forms.REGISTER, f"Sổ {read.state.symbol} tháng {month:02d}/{year}",
                paper_of(self.work, read, act.at),
            )  # fmt: skip
            jobs.append(self.queue.put(connection, paper, read.state.id, act.at))

        self.work.store.act(decide, act, then)
        self.work.changed("registers", "prints")
        tried = self.queue.run(jobs)
        if tried[0].state == "done":
            return say(
                f"Đã khóa sổ tháng {month:02d}/{year}, đã in sổ.",
                f"Month {month:02d}/{year} is closed and printed.",
            )
        closed = say(f"Đã khóa sổ tháng {month:02d}/{year}.", f"Month {month:02d}/{year} is closed.")
        return f"{closed} {self.queue.words(jobs[0])}"

    def open_register(self, form: OpeningForm) -> str:
        """Opening balance, two persons; the person at the counter is the first.

        Raises DomainError ``register.*``, ``role.*``, ``second.*``, ``pin.*``, ``password.*``.
        """
        act = self.desk.act(sealed=True)
        person = self.desk.require()
        if not (0 <= form.last_number < 10_000_000 and 1 <= form.book <= 999 and 2026 <= form.year <= 2099):
            raise _bad_opening()
        second = self.desk.second(form.second, form.second_secret)
        symbol = held.symbol_on(form.kind, date(form.year, 12, 31))
        body = RegisterOpened(
            form.kind, symbol, form.year, form.last_number + 1, form.book, OPENING_BALANCE, form.words,
            self.work.journal,
        )  # fmt: skip

        def decide(acting: Acting) -> tuple[Draft, ...]:
            rows = queries.register_years(acting.connection)
            known = [self.work.state(acting.connection, row.id) for row in rows]
            return open_from_paper_book(person, second, body, known)

        self.work.store.act(decide, act)
        self.work.changed("registers", "signing")
        return say(
            f"Đã mở sổ {symbol} năm {form.year}, số tiếp theo có khi trình ký.",
            f"Register {symbol} of {form.year} is open; the next number comes with the signing.",
        )

    def month_of(self, line: EntryId) -> tuple[int, int]:
        """(year, month) whose page holds a line. Raises DomainError ``subject.unknown``."""
        with self.work.store.read() as connection:
            row = queries.line(connection, line)
        if row is None:
            raise _no_line()
        return row.day // 10_000, row.day // 100 % 100

    def register_of(self, line: EntryId) -> str:
        """The kind of register a line stands in. Raises DomainError ``subject.unknown``."""
        with self.work.store.read() as connection:
            row = queries.line(connection, line)
            if row is None:
                raise _no_line()
            state: RegisterState = self.work.state(connection, row.register)
        return state.register

    def history(self, line: EntryId) -> tuple[str, ...]:
        """The acts on one line in words, oldest first."""
        with self.work.store.read() as connection:
            found = history_of(connection, line)
        self.desk.saw(reads.LINE, [line])
        return found


def _title(book: str) -> str:
    """``Sổ chứng thực giao dịch`` of the title as the book prints it."""
    return f"{book[0]}{book[1:].lower()}"


def _no_line() -> DomainError:
    return DomainError("Không thấy dòng này.", code="subject.unknown", title_en="No such line.")


def _empty(month: int) -> DomainError:
    return DomainError(
        f"Tháng {month} chưa có số nào.", "Không có gì để khóa.", code="month.empty",
        title_en=f"Month {month} has no number yet.", meaning_en="There is nothing to close.",
    )  # fmt: skip


def _running(month: int) -> DomainError:
    return DomainError(
        f"Tháng {month} chưa hết.", "Khóa sổ rồi thì không cấp số được nữa trong tháng.",
        "Khóa vào ngày làm việc cuối cùng của tháng.", code="month.running",
        title_en=f"Month {month} is not over.",
        meaning_en="Once it is closed no number can be given in it.",
        remedy_en="Close it on the last working day of the month.",
    )  # fmt: skip


def _bad_opening() -> DomainError:
    return DomainError(
        "Số cuối, quyển hoặc năm chưa đúng.", remedy="Xem lại sổ giấy: số cuối cùng, quyển số, năm.",
        field="last_number", code="register.opening", title_en="The last number, book or year is wrong.",
        remedy_en="Look at the paper book again.",
    )  # fmt: skip
