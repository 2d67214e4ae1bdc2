"""Closing a register-year, its book, and the beginning of the next (NĐ 23/2015 art. 13)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from counter_app.domain.dates import vn_date
from counter_app.domain.errors import DomainError
from counter_app.domain.organisation import roles
from counter_app.domain.registers.closing import close_year, year_obstacles
from counter_app.domain.registers.opening import open_new_year
from counter_app.printing.forms import year_book
from counter_app.services.papers import forms
from counter_app.services.papers.forms import Paper
from counter_app.services.pen import status
from counter_app.services.pen.recovering import signers
from counter_app.services.ports import reads
from counter_app.services.ports.pen import SecondPerson
from counter_app.services.ports.register_years import BookProgress, YearCard, YearForm, YearMonth
from counter_app.services.ports.saying import say, spoken
from counter_app.services.registers import held
from counter_app.services.registers.desk_of_books import BookDesk, collector_rests
from counter_app.services.registers.month import book_of
from counter_app.services.registers.year_read import (
    YearRead,
    book_paper,
    books_of,
    closing_paper,
    later_notes,
    read_year,
    total_line,
)
from counter_app.storage.queries import registers as queries
from counter_app.storage.store import Acting
from sync.protocol.journals.entry import Draft, Entry


class YearBooks(BookDesk):
    """Years of each kind of register."""

    def years(self, kind: str = held.COPY) -> tuple[YearCard, ...]:
        """Register-years of a kind, newest first. Raises DomainError ``role.*``."""
        roles.require(self.desk.require(), roles.READ_REGISTERS)
        now = self.work.now()
        with collector_rests(), self.work.store.read() as connection:
            held_years = [row.year for row in queries.register_years(connection) if row.register == kind]
            return tuple(self._card(connection, year, kind, now) for year in dict.fromkeys(held_years))

    def _card(self, connection: Connection, year: int, kind: str, now: int) -> YearCard:
        read = read_year(connection, self.work, year, kind)
        state, today = read.state, vn_date(now)
        bound = {closed.month for closed in state.closed_months}
        open_items = () if state.closed else year_obstacles(state, read.counts, today)
        return YearCard(
            state.id, kind, state.symbol, book_of(state).title, year, books_of(state), state.first_number,
            state.last_number, held.where(connection, self.work, state) or self.work.place.counter_name,
            state.closed, tuple(say(item.vi, item.en) for item in open_items), total_line(read),
            tuple(
                YearMonth(one.month, one.counts.first, one.counts.last, len(one.rows), one.month in bound)
                for one in read.months
            ),
            self._next_why_not(connection, read, now),
            sum(not note.pasted for note in later_notes(connection, state)), len(read.settled),
        )  # fmt: skip

    def _next_why_not(self, connection: Connection, read: YearRead, now: int) -> str:
        try:
            self._next_drafts(connection, read.state.year, read.state.register, now)
        except DomainError as refused:
            return refused.words(spoken()).sentence
        return ""

    def closing_seconds(self) -> tuple[SecondPerson, ...]:
        """Who may sign a closing beside the person at the counter."""
        me = self.desk.require()
        with self.work.store.read() as connection:
            return status.seconds(connection, self.work, me, roles.SIGN_CLOSING)

    def close_year(self, form: YearForm) -> str:
        """Closes the year and prints closing sheet and minutes.

        Raises DomainError ``closing.blocked`` naming everything open, ``register.*``, ``role.*``,
        ``second.*``, ``pin.*``, ``password.*``.
        """
        self.desk.check_pin(form.pin)
        act, person = self.desk.act(sealed=True), self.desk.require()
        second = self.desk.second(form.second, form.second_secret)
        jobs: list[int] = []

        def decide(acting: Acting) -> tuple[Draft, ...]:
            read = read_year(acting.connection, self.work, form.year, form.kind)
            return close_year(read.state, person, second, read.counts, act.at)

        def then(connection: Connection, entries: tuple[Entry, ...]) -> None:
            read = read_year(connection, self.work, form.year, form.kind)
            persons = signers(person, second.official)
            data = closing_paper(connection, self.work, read, persons, act.at)
            paper = Paper(forms.YEAR_CLOSING, f"Khóa sổ {read.state.symbol} năm {form.year}", data)
            jobs.append(self.queue.put(connection, paper, read.state.id, act.at))

        self.work.store.act(decide, act, then)
        self.work.changed("registers", "prints")
        printed = self.queue.run(jobs)[0].state == "done"
        done = say(
            f"Đã khóa sổ năm {form.year} đến hết ngày 31/12/{form.year}.",
            f"The register of {form.year} is closed as of 31/12/{form.year}.",
        )
        papers = say("Đã in trang khóa sổ và biên bản.", "Closing sheet and minutes are printed.")
        return f"{done} {papers if printed else self.queue.words(jobs[0])}"

    def export_year(self, year: int, kind: str = held.COPY, progress: BookProgress | None = None) -> str:
        """Writes the yearly book as PDF; returns its path.

        Raises DomainError ``register.none``, ``role.*``, ``export.disk``, ``export.stopped``.
        """
        roles.require(self.desk.require(), roles.READ_REGISTERS)
        with collector_rests():
            return self._book(year, kind, progress or BookProgress())

    def _book(self, year: int, kind: str, going: BookProgress) -> str:
        with self.work.store.read() as connection:
            read = read_year(connection, self.work, year, kind)
            paper = book_paper(connection, self.work, read, self.work.now())
        going.total = 1 + len(read.months)
        _step(going)
        self.desk.saw(reads.MONTH_PDF, [read.state.id], shown=len(read.rows), reason=str(year))
        return self.write_file(f"so-{kind}-{year}.pdf", year_book.render(paper, lambda: _step(going)))

    def open_next_year(self, year: int, kind: str = held.COPY) -> str:
        """The last holder of ``year`` opens the next one, numbers from 01.

        Raises DomainError ``register.too_early``, ``register.exists``, ``pen.elsewhere``, ``role.*``.
        """
        act = self.desk.act(sealed=True)

        def decide(acting: Acting) -> tuple[Draft, ...]:
            return self._next_drafts(acting.connection, year, kind, act.at)

        self.work.store.act(decide, act)
        self.work.changed("registers", "signing")
        symbol = held.symbol_on(kind, date(year + 1, 12, 31))
        return say(
            f"Đã mở sổ {symbol} năm {year + 1}, bắt đầu từ số 01; cấp số từ ngày 01/01/{year + 1}.",
            f"Register {symbol} of {year + 1} is open from number 01; it numbers from 01/01/{year + 1}.",
        )

    def _next_drafts(self, connection: Connection, year: int, kind: str, at: int) -> tuple[Draft, ...]:
        state = held.required_register(connection, self.work, year, kind)
        known = [self.work.state(connection, row.id) for row in queries.register_years(connection)]
        symbol = held.symbol_on(kind, date(year + 1, 12, 31))
        return open_new_year(self.desk.require(), state, symbol, self.work.journal, at, known)


def _step(progress: BookProgress) -> None:
    """One step further. Raises DomainError ``export.stopped`` when a person said so."""
    progress.done += 1
    if progress.stopped:
        raise DomainError(
            "Đã dừng ghi quyển năm.", "Không có tệp nào được ghi.", "Ghi lại khi cần.",
            code="export.stopped", title_en="Writing the book of the year was stopped.",
            meaning_en="No file was written.", remedy_en="Write it again when needed.",
        )  # fmt: skip
