"""A month of one register: every line in order, unknown numbers as such, what keeps it from being closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection

from counter_app.domain.calendar.working_days import WorkingCalendar
from counter_app.domain.certification.taking_in.matters import RegisterKind
from counter_app.domain.dates import vn_date, vn_datetime
from counter_app.domain.money_words import money_figures
from counter_app.domain.registers.closing import LineCounts, obstacles
from counter_app.domain.registers.entries import REBUILT, VOIDED
from counter_app.domain.registers.spans import Span, overlap
from counter_app.domain.registers.state import RegisterState
from counter_app.printing.forms import register_month as form
from counter_app.services.ports.register_row import RegisterRow
from counter_app.services.ports.registers import RegisterMonth
from counter_app.services.ports.saying import counted, say
from counter_app.services.registers import held
from counter_app.services.rules import register_kinds
from counter_app.services.workplace import Workplace
from counter_app.storage.queries import exchange
from counter_app.storage.queries import registers as queries

_PAPER_STATES = {
    "signed": form.LineState.SIGNED,
    "numbered": form.LineState.UNCONFIRMED,
    "struck": form.LineState.STRUCK,
    "annulled": form.LineState.ANNULLED,
    "unknown": form.LineState.UNKNOWN,
    "rebuilt": form.LineState.SIGNED,
    "voided": form.LineState.STRUCK,
}


@dataclass(frozen=True)
class MonthRead:
    """A month as the readings have it: the state of its register, its rows, its counts."""

    state: RegisterState
    year: int
    month: int
    rows: tuple[RegisterRow, ...]
    counts: LineCounts

    @property
    def closed(self) -> bool:
        """True once the month is closed."""
        return any(closed.month == self.month for closed in self.state.closed_months)


def read_month(connection: Connection, work: Workplace, year: int, month: int, kind: str) -> MonthRead:
    """The month of a register. Raises DomainError ``register.none``."""
    state = held.required_register(connection, work, year, kind)
    lines = queries.month_lines(connection, state.id, year, month)
    rows = [
        RegisterRow(
            line.id, line.number, line.day, line.parties or line.requester_name, line.original_name,
            line.signatory_line, line.copies, line.fee, line.remarks, line.state,
        )
        for line in lines
    ]  # fmt: skip
    rows += _settled(connection, state, year, month, {row.number for row in rows})
    rows += _unknown(state, rows)
    rows += _voided(connection, state, rows)
    rows.sort(key=lambda row: (row.number, row.line or (0, 0)))
    return MonthRead(state, year, month, tuple(rows), _counts(connection, state, year, month, rows))


def _settled(
    connection: Connection, state: RegisterState, year: int, month: int, known: set[int]
) -> list[RegisterRow]:
    """Numbers of a lost PC that a person rebuilt (with their day) or voided, without a line of their own."""
    found = []
    first = year * 10_000 + month * 100
    for row in queries.settled(connection, state.id):
        mine = row.line is None and row.number not in known and first <= row.day <= first + 99
        if row.outcome == REBUILT and mine:
            found.append(
                RegisterRow(
                    None, row.number, row.day, row.requester_name, row.original_name, row.signatory_line,
                    row.copies, row.fee, f"Khôi phục: {row.evidence}", "rebuilt",
                )
            )  # fmt: skip
    return found


def _unknown(state: RegisterState, rows: list[RegisterRow]) -> list[RegisterRow]:
    """Numbers nobody vouches for, as far as they lie before or between the month's own."""
    if not rows:
        return []
    last = max(row.number for row in rows)
    first = min(row.number for row in rows)
    found = []
    for part in state.unknown:
        # A recovery leaves its unknown numbers just below those the new holder gave first.
        if part.last < last and part.last + 1 >= first:
            found += [_blank(number) for number in range(part.first, part.last + 1)]
    known = {row.number for row in rows}
    return [row for row in found if row.number not in known]


def _voided(connection: Connection, state: RegisterState, rows: list[RegisterRow]) -> list[RegisterRow]:
    """Unknown numbers voided with minutes, where they lie among the month's own."""
    numbers = {row.number for row in rows}
    return [
        RegisterRow(None, row.number, 0, "", "", "", 0, 0, f"Hủy số theo biên bản: {row.evidence}", "voided")
        for row in queries.settled(connection, state.id)
        if row.outcome == VOIDED and numbers and row.number not in numbers
        and min(numbers) <= row.number + 1 and row.number < max(numbers)
    ]  # fmt: skip


def _blank(number: int) -> RegisterRow:
    return RegisterRow(None, number, 0, "", "", "", 0, 0, "Chưa rõ: số của máy hỏng, chờ xác định", "unknown")


def _counts(
    connection: Connection, state: RegisterState, year: int, month: int, rows: list[RegisterRow]
) -> LineCounts:
    """What the closing asks of the lines: counts by state, holes and doubles inside the month's numbers."""
    by_state = [row.state for row in rows]
    numbers = sorted({row.number for row in rows})
    first, last = (numbers[0], numbers[-1]) if numbers else (0, 0)
    doubles = tuple(
        Span(number, number) for number, _ in queries.doubles(connection, state.id) if first <= number <= last
    )
    # What the old book holds and nobody wrote here is no hole: it stays on paper (decision 055).
    missing = overlap(_holes(numbers), state.first_number, last) if numbers else ()
    voided = tuple(part for recovery in state.recoveries for part in recovery.voided)
    missing = tuple(hole for hole in missing if not overlap(voided, hole.first, hole.last))
    # An annulled copy was made and paid for: it stays in the sums, as on the printed page.
    counted = [row for row in rows if row.state in ("signed", "numbered", "rebuilt", "annulled")]
    return LineCounts(
        first, last, sum(s in ("signed", "annulled", "rebuilt") for s in by_state), by_state.count("struck"),
        by_state.count("numbered"), sum(row.copies for row in counted), sum(row.fee for row in counted),
        missing, doubles,
    )  # fmt: skip


def _holes(numbers: list[int]) -> tuple[Span, ...]:
    return tuple(Span(one + 1, other - 1) for one, other in pairwise(numbers) if other > one + 1)


def shown(connection: Connection, work: Workplace, read: MonthRead, now: int) -> RegisterMonth:
    """The page of a month."""
    found = obstacles(read.state, read.counts)
    blocked = ""
    if found and not read.closed:
        vi, en = "; ".join(item.vi for item in found), "; ".join(item.en for item in found)
        blocked = say(
            f"Tháng {read.month} còn {vi}, chưa khóa được.",
            f"Month {read.month} cannot be closed yet: {en}.",
        )
    elif not read.rows:
        blocked = say(f"Tháng {read.month} chưa có số nào.", f"Month {read.month} has no number yet.")
    elif not read.closed and not is_over(
        work.rules(connection).calendar, vn_date(now), read.year, read.month
    ):
        blocked = say(
            f"Tháng {read.month} chưa hết, khóa vào ngày làm việc cuối cùng.",
            f"Month {read.month} is not over; it is closed on its last working day.",
        )
    waiting = exchange.sync_counts(connection).waiting
    moment = vn_datetime(now)
    note = say(
        f"Số liệu của máy này đến {moment:%H:%M}; {waiting} mục chưa ở tỉnh.",
        f"As this PC knows at {moment:%H:%M}; {counted(waiting, 'item', 'items')} not at the province.",
    )
    state, when = read.state, f"{read.month:02d}/{read.year}"
    title = say(f"Sổ {state.symbol} tháng {when}", f"Register {state.symbol}, {when}")
    return RegisterMonth(
        state.register, title, read.year, read.month,
        state.book, read.rows, sum_line(read), read.counts.copies, read.counts.fees, blocked, read.closed,
        note, book_of(state).heads,
    )  # fmt: skip


def is_over(calendar: WorkingCalendar, today: date, year: int, month: int) -> bool:
    """True from the last working day of a month on: closing earlier would stop numbering."""
    if (today.year, today.month) != (year, month):
        return (today.year, today.month) > (year, month)
    following = calendar.next_working_day(today)
    return (following.year, following.month) != (year, month)


def sum_line(read: MonthRead) -> str:
    """``330 số = 324 đã ký + 5 chưa xác nhận + 1 gạch; 812 bản sao; 2.140.000 đ``; the parts add up."""
    states = [row.state for row in read.rows]
    words = (
        (("signed", "rebuilt"), ("đã ký", "signed")),
        (("numbered",), ("chưa xác nhận", "not confirmed")),
        (("struck", "voided"), ("gạch", "struck")),
        (("annulled",), ("huỷ bỏ giá trị", "annulled")),
        (("unknown",), ("chưa rõ", "unknown")),
    )
    counts = [(sum(s in group for s in states), word) for group, word in words]
    parts = " + ".join(f"{count} {say(*word)}" for count, word in counts if count)
    if not parts:
        return say("Chưa có số nào.", "No number yet.")
    copies, fees, book = read.counts.copies, money_figures(read.counts.fees), book_of(read.state)
    return say(
        f"{len(states)} số = {parts}; {copies} {book.counted}; {fees}",
        f"{counted(len(states), 'number', 'numbers')} = {parts}; {_counted(copies, book)}; {fees}",
    )


def book_of(state: RegisterState) -> RegisterKind:
    """Title and columns of a register-year: those in force on its last day."""
    return register_kinds().on(state.register, date(state.year, 12, 31))


def _counted(copies: int, book: RegisterKind) -> str:
    """``1 copy``, ``2 papers``."""
    if book.kind == held.COPY:
        return counted(copies, "copy", "copies")
    return counted(copies, book.counted_en.removesuffix("s"), book.counted_en)


def paper_of(work: Workplace, read: MonthRead, now: int) -> form.RegisterMonth:
    """The month as its pages print it."""
    return form.RegisterMonth(
        head=work.place.head, book=f"{read.state.book:02d}", year=read.year, month=read.month,
        lines=tuple(_paper_line(row) for row in read.rows), as_of=vn_datetime(now), closed=read.closed,
        marks=work.place.marks(), symbol=read.state.symbol, heads=book_of(read.state).heads,
        title=book_of(read.state).title, counted=book_of(read.state).counted,
    )  # fmt: skip


def _paper_line(row: RegisterRow) -> form.RegisterLine:
    state = _PAPER_STATES.get(row.state, form.LineState.UNKNOWN)
    # The paper writes the state's word itself; the screen's remark begins with the same.
    note = row.note.removeprefix("Số gạch: ").removeprefix("Chưa rõ: ")
    if state is form.LineState.UNKNOWN:
        return form.RegisterLine(number=row.number, state=state, note=note)
    day = date(row.day // 10_000, row.day // 100 % 100, row.day % 100) if row.day else None
    return form.RegisterLine(
        number=row.number, state=state, day=day, requester=row.name, original=row.original,
        signer=row.signatory, copies=row.copies, fee=row.fee, note=note,
    )  # fmt: skip
