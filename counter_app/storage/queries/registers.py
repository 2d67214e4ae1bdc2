"""Registers: a month with every legal column, lots and lines whose ink is not confirmed, doubles."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import number, one, select
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A register-year: its pen (``holder`` journal, 0 on paper) and what keeps it from being closed."""

    id: EntryId
    register: str
    symbol: str
    year: int
    first_number: int
    next_number: int
    book: int
    term: int
    holder: int
    last_numbered_at: int
    unknown: int
    doubles: int
    missing_lines: int
    closed_month: int
    closed: bool
    frozen: bool
    conflicts: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """A register line; ``remarks`` is column 8 (Ghi chú), ``parties`` column 3 unless it is a name."""

    id: EntryId
    register: EntryId
    number: int
    book: int
    year: int
    day: int
    request: EntryId
    original: int
    lot: EntryId
    requester_name: str
    parties: str
    original_name: str
    signatory_line: str
    copies: int
    fee: int
    state: str
    numbered_at: int
    signed_at: int
    reason: str
    remarks: str


@dataclass(frozen=True, slots=True)
class LotRow:
    """A pile and how much of it is confirmed."""

    id: EntryId
    register: EntryId
    signatory: EntryId
    signatory_name: str
    signatory_line: str
    book: int
    first_number: int
    count: int
    day: int
    numbered_at: int
    signed: int
    struck: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class SpanRow:
    """Numbers ``first`` to ``last`` that are ``unknown``, ``double`` or ``to_enter``."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A number settled by a person: ``rebuilt`` with its columns, or ``voided``."""

    number: int
    outcome: str
    evidence: str
    line: EntryId | None
    requester_name: str
    original_name: str
    copies: int
    fee: int
    day: int
    signatory_line: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An entry that changed what the book says of a line; ``pasted`` once its slip came out."""

    line: EntryId
    entry: EntryId
    number: int
    day: int
    at: int
    words: str
    pasted: bool


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """Counts of a month's lines by state, copies and fees of the valid ones (dong)."""

    first: int
    last: int
    signed: int
    unconfirmed: int
    struck: int
    annulled: int
    copies: int
    fees: int


def register_years(connection: Connection) -> list[RegisterRow]:
    """Every register-year, newest first."""
    return select(connection, RegisterRow, "FROM registers ORDER BY year DESC, register, id")


def register_of(connection: Connection, register: str, year: int) -> RegisterRow | None:
    """The register-year of a kind; of two opened for one year the first counts, the other is a conflict."""
    return one(
        connection,
        RegisterRow,
        "FROM registers WHERE register = ? AND year = ? ORDER BY id",
        (register, year),
    )


def month_lines(connection: Connection, register: EntryId, year: int, month: int) -> list[LineRow]:
    """All lines of a month in the order of their numbers."""
    return select(
        connection, LineRow,
        "FROM lines WHERE register = ? AND day BETWEEN ? AND ? ORDER BY number, id",
        (register.key, *_month(year, month)),
    )  # fmt: skip


def _month(year: int, month: int) -> tuple[int, int]:
    first = year * 10_000 + month * 100
    return first, first + 99


def month_counts(connection: Connection, register: EntryId, year: int, month: int) -> MonthCounts:
    """Counts for the sum line and for closing; numbers 0 when the month has no line."""
    row = connection.exec_driver_sql(
        "SELECT coalesce(min(number), 0), coalesce(max(number), 0), coalesce(sum(state = 'signed'), 0),"
        " coalesce(sum(state = 'numbered'), 0), coalesce(sum(state = 'struck'), 0),"
        " coalesce(sum(state = 'annulled'), 0),"
        " coalesce(sum(copies) FILTER (WHERE state IN ('signed', 'numbered')), 0),"
        " coalesce(sum(fee) FILTER (WHERE state IN ('signed', 'numbered')), 0)"
        " FROM lines WHERE register = ? AND day BETWEEN ? AND ?",
        (register.key, *_month(year, month)),
    ).one()
    return MonthCounts(*row)


def months_with_lines(connection: Connection, register: EntryId) -> list[tuple[int, int]]:
    """(year, month) that have lines, newest first."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT day / 100 FROM lines WHERE register = ? ORDER BY 1 DESC", (register.key,)
    )
    return [(row[0] // 100, row[0] % 100) for row in rows]


def spans(connection: Connection, register: EntryId) -> list[SpanRow]:
    """Numbers nobody vouches for, given twice, or used on paper and not entered."""
    return select(
        connection, SpanRow, "FROM register_spans WHERE register = ? ORDER BY kind, first", (register.key,)
    )


def settled(connection: Connection, register: EntryId) -> list[SettledRow]:
    """Numbers a person settled, in their order."""
    return select(
        connection, SettledRow, "FROM settled_numbers WHERE register = ? ORDER BY number, id", (register.key,)
    )


def line_by_number(connection: Connection, register: EntryId, shown: int) -> list[LineRow]:
    """Every line that bears a number: more than one is a double."""
    return select(
        connection, LineRow, "FROM lines WHERE register = ? AND number = ? ORDER BY id", (register.key, shown)
    )


def line(connection: Connection, subject: EntryId) -> LineRow | None:
    """One line."""
    return one(connection, LineRow, "FROM lines WHERE id = ?", (subject.key,))


def lines_of_lot(connection: Connection, lot: EntryId) -> list[LineRow]:
    """Lines of a pile in the order of their numbers."""
    return select(connection, LineRow, "FROM lines WHERE lot = ? ORDER BY number, id", (lot.key,))


def unconfirmed_lots(connection: Connection) -> list[LotRow]:
    """Piles that are away for ink and seal, oldest first."""
    return select(connection, LotRow, "FROM lots WHERE unconfirmed > 0 ORDER BY numbered_at, id")


def unconfirmed_lines(connection: Connection) -> list[LineRow]:
    """Numbers given whose ink and seal nobody confirmed."""
    return select(connection, LineRow, "FROM lines WHERE state = 'numbered' ORDER BY numbered_at, number, id")


def unconfirmed_lines_of_request(connection: Connection, request: EntryId) -> list[LineRow]:
    """What a scanned slip ticks at moment 4."""
    return select(
        connection, LineRow,
        "FROM lines WHERE state = 'numbered' AND request = ? ORDER BY number, id", (request.key,),
    )  # fmt: skip


def doubles(connection: Connection, register: EntryId) -> list[tuple[int, tuple[EntryId, ...]]]:
    """Numbers that more than one valid line bears, with those lines."""
    rows = connection.exec_driver_sql(
        "SELECT number, id FROM lines WHERE register = ?1 AND state IN ('numbered', 'signed') AND number IN"
        " (SELECT number FROM lines WHERE register = ?1 AND state IN ('numbered', 'signed')"
        " GROUP BY number HAVING count(*) > 1) ORDER BY number, id",
        (register.key,),
    )
    found: dict[int, list[EntryId]] = {}
    for shown, key in rows:
        found.setdefault(shown, []).append(EntryId.from_key(key))
    return [(shown, tuple(lines)) for shown, lines in found.items()]


def lots_before(connection: Connection, register: EntryId, day: int, first_number: int) -> int:
    """How many piles of a register left earlier on the same day."""
    return number(
        connection,
        "SELECT count(*) FROM lots WHERE register = ? AND day = ? AND first_number < ?",
        (register.key, day, first_number),
    )


def changes(connection: Connection, register: EntryId) -> list[ChangeRow]:
    """Everything that changed lines of a register-year after their numbering, by number and time."""
    return select(
        connection,
        ChangeRow,
        "FROM line_changes WHERE register = ? ORDER BY number, at, entry",
        (register.key,),
    )


def numbers_of(connection: Connection, register: EntryId) -> list[int]:
    """Numbers that have a line, each once, ascending."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT number FROM lines WHERE register = ? ORDER BY number", (register.key,)
    )
    return [row[0] for row in rows]
