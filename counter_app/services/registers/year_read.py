"""A register-year as its readings have it: months, counts for the closing, later notes, papers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.domain.dates import moment_text, vn_datetime
from counter_app.domain.folding.fact import read_fact
from counter_app.domain.money_words import money_figures
from counter_app.domain.registers.closing import LineCounts
from counter_app.domain.registers.entries import REBUILT, VOIDED, YearClosed
from counter_app.domain.registers.spans import Span, Spans, joined, overlap, without
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.forms import year_book, year_closing
from counter_app.printing.forms.minutes import Person
from counter_app.services.ports.register_row import RegisterRow
from counter_app.services.ports.saying import counted, say
from counter_app.services.registers import held
from counter_app.services.registers.month import MonthRead, book_of, paper_of, read_month
from counter_app.services.workplace import Workplace
from counter_app.storage.journals.journal import entry_at, position
from counter_app.storage.queries import old_books
from counter_app.storage.queries import registers as queries
from counter_app.storage.queries import unit as unit_queries
from sync.protocol.naming.ids import EntryId

ANNULLED, STRUCK, VOID = "annulled", "struck", "voided"
SIGNED = frozenset({"signed", "rebuilt"})


@dataclass(frozen=True)
class LaterNote:
    """A change that the bound pages of its month do not show."""

    line: EntryId
    number: int
    month: int
    at: int
    words: str
    who: str
    pasted: bool


@dataclass(frozen=True)
class YearRead:
    """A register-year: its months in order, its settled numbers, the counts of the whole."""

    state: RegisterState
    months: tuple[MonthRead, ...]
    settled: tuple[queries.SettledRow, ...]
    counts: LineCounts
    old: old_books.OldPart

    @property
    def rows(self) -> tuple[RegisterRow, ...]:
        """All lines of the year."""
        return tuple(row for month in self.months for row in month.rows)


def read_year(connection: Connection, work: Workplace, year: int, kind: str) -> YearRead:
    """The whole register-year. Raises DomainError ``register.none``."""
    state = held.required_register(connection, work, year, kind)
    dates = sorted(queries.months_with_lines(connection, state.id))
    months = tuple(read_month(connection, work, y, m, kind) for y, m in dates)
    settled = tuple(row for row in queries.settled(connection, state.id) if row.line is None)
    old = old_books.old_part(connection, state.id)
    return YearRead(state, months, settled, _counts(connection, state, months, settled), old)


def _counts(
    connection: Connection,
    state: RegisterState,
    months: tuple[MonthRead, ...],
    settled: tuple[queries.SettledRow, ...],
) -> LineCounts:
    """Counts of the year: every number from the register's first to its last must be accounted for."""
    rows = [row for month in months for row in month.rows]
    known = joined(
        [Span(number, number) for number in queries.numbers_of(connection, state.id)]
        + [Span(row.number, row.number) for row in settled]
        + list(state.unknown)
        + list(state.to_enter_from_paper)
    )
    missing: Spans = overlap((Span(state.first_number, state.last_number),), 1, state.last_number)
    for span in known:
        missing = without(missing, span.first, span.last)
    doubles = tuple(Span(number, number) for number, _ in queries.doubles(connection, state.id))
    silent = tuple(Span(row.number, row.number) for row in rows if row.state == STRUCK and not row.note)
    signed = sum(row.state in SIGNED or row.state == ANNULLED for row in rows)
    return LineCounts(
        state.first_number, state.last_number, signed, sum(row.state == STRUCK for row in rows),
        sum(row.state == "numbered" for row in rows), sum(month.counts.copies for month in months),
        sum(month.counts.fees for month in months), missing, doubles, silent,
    )  # fmt: skip


def later_notes(connection: Connection, state: RegisterState) -> tuple[LaterNote, ...]:
    """Changes of lines in bound months that the pages cannot show, by number."""
    bound = {closed.month: closed for closed in state.closed_months}
    found = []
    for row in queries.changes(connection, state.id):
        closed = bound.get(row.day // 100 % 100)
        if closed is not None and not closed.shows(row.entry):
            month = row.day // 100 % 100
            who = _author(connection, row.entry)
            found.append(LaterNote(row.line, row.number, month, row.at, row.words, who, row.pasted))
    return tuple(found)


def _author(connection: Connection, entry: EntryId) -> str:
    stored = entry_at(connection, entry)
    actor = None if stored is None else read_fact(stored).facts.actor
    row = None if actor is None else unit_queries.official(connection, actor)
    return "" if row is None else row.name


def books_of(state: RegisterState) -> str:
    """``03, 04``: the bound volumes of a year."""
    return ", ".join(f"{book:02d}" for book, _ in state.books)


def tally(read: YearRead, month: MonthRead | None = None) -> year_closing.Tally:
    """What became of the numbers of a month, or of the year."""
    rows = read.rows if month is None else month.rows
    states = [row.state for row in rows]
    voided = sum(row.outcome == VOIDED for row in read.settled) if month is None else states.count(VOID)
    counts = read.counts if month is None else month.counts
    first = read.old.first if month is None and read.old.count else counts.first
    return year_closing.Tally(
        month=0 if month is None else month.month, first=first, last=counts.last,
        signed=sum(one in SIGNED for one in states), struck=states.count(STRUCK),
        annulled=states.count(ANNULLED), voided=voided, copies=counts.copies, fees=counts.fees,
    )  # fmt: skip


def total_line(read: YearRead) -> str:
    """``875 số = 868 đã ký + 4 gạch …; 1.738 bản sao; 3.476.000 đ``."""
    states = [row.state for row in read.rows]
    total = tally(read)
    words = (
        (total.signed, ("đã ký", "signed")),
        (states.count("numbered"), ("chưa xác nhận", "not confirmed")),
        (total.struck + total.voided, ("gạch", "struck")),
        (total.annulled, ("huỷ bỏ giá trị", "annulled")),
        (read.state.unknown_count, ("chưa rõ", "unknown")),
    )
    parts = " + ".join(f"{count} {say(*word)}" for count, word in words if count)
    if not parts:
        return say("Chưa có số nào.", "No number yet.")
    numbers, book = sum(count for count, _ in words), book_of(read.state)
    return say(
        f"{numbers} số = {parts}; {total.copies} {book.counted}; {money_figures(total.fees)}",
        f"{counted(numbers, 'number', 'numbers')} = {parts}; {total.copies} {book.counted_en};"
        f" {money_figures(total.fees)}",
    ) + _from_old_book(read)


def _from_old_book(read: YearRead) -> str:
    """``; trong đó 1.775 dòng từ sổ cũ``, "" for a year that began here."""
    if not read.old.count:
        return ""
    count = f"{read.old.count:,}".replace(",", ".")
    return say(f"; trong đó {count} dòng từ sổ cũ", f"; {read.old.count} of them from the old book")


def closing_paper(
    connection: Connection, work: Workplace, read: YearRead, persons: tuple[Person, Person], at: int
) -> year_closing.YearClosing:
    """Closing sheet and minutes of a register-year, closed at ``at`` (ms) by two persons."""
    state, book = read.state, book_of(read.state)
    outcomes = {REBUILT: "Dựng lại", VOIDED: "Hủy số"}
    return year_closing.YearClosing(
        head=work.place.head, title=book.title, symbol=state.symbol, counted=book.counted,
        books=books_of(state), year=state.year, total=tally(read),
        months=tuple(tally(read, month) for month in read.months),
        settled=tuple(
            (f"{row.number:02d}", outcomes.get(row.outcome, row.outcome), row.evidence)
            for row in read.settled
        ),
        struck=tuple(
            (f"{row.number:02d}", "Số gạch", row.note.removeprefix("Số gạch: "))
            for row in read.rows if row.state == STRUCK
        ),
        changed=len({note.line for note in later_notes(connection, state)}),
        old=read.old.count, opened_at=state.first_number,
        held_at=vn_datetime(at), first=persons[0], second=persons[1],
        journal_head=position(connection, work.journal).head.hex(), marks=work.place.marks(),
    )  # fmt: skip


def closed_paper(connection: Connection, work: Workplace, read: YearRead) -> year_closing.YearClosing | None:
    """The closing sheet as it was signed, None while the year is open."""
    entry = None if read.state.closed_by is None else entry_at(connection, read.state.closed_by)
    fact = None if entry is None else read_fact(entry)
    if fact is None or not isinstance(fact.body, YearClosed):
        return None
    first, second = (_person(connection, one) for one in (fact.facts.actor, fact.body.second))
    return closing_paper(connection, work, read, (first, second), fact.body.closed_at)


def _person(connection: Connection, official: EntryId | None) -> Person:
    row = None if official is None else unit_queries.official(connection, official)
    return Person(name="", office="") if row is None else Person(name=row.name, office=row.title_line)


def book_paper(connection: Connection, work: Workplace, read: YearRead, now: int) -> year_book.YearBook:
    """The whole book of the year."""
    state = read.state
    return year_book.YearBook(
        head=work.place.head, title=book_of(state).title, symbol=state.symbol, books=books_of(state),
        year=state.year, first=state.first_number, last=state.last_number,
        months=tuple(paper_of(work, month, now) for month in read.months),
        notes=tuple(
            year_book.LaterNote(
                number=note.number, month=note.month, when=moment_text(note.at, "%H:%M %d/%m/%Y"),
                words=note.words, who=note.who, pasted=note.pasted,
            )
            for note in later_notes(connection, state)
        ),
        closing=closed_paper(connection, work, read), as_of=vn_datetime(now), marks=work.place.marks(),
    )  # fmt: skip
