"""What the province shows of its readings: a register's month, a day's figures, positions, open questions."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from sync.hub.reading.verdicts import REVOKED
from sync.hub.tables import journals, schema
from sync.protocol.naming.ids import EntryId, is_province


class LineView(msgspec.Struct, frozen=True):
    """One line of a register with the columns of the paper book; ``fee`` in dong, ``day`` ``yyyymmdd``."""

    number: int
    book: int
    year: int
    day: int
    requester_name: str
    original_name: str
    signatory_line: str
    copies: int
    fee: int
    state: str
    remarks: str


class RegisterMonth(msgspec.Struct, frozen=True):
    """A register's month: its lines in order of number, and where the register-year stands."""

    unit: str
    register: str
    symbol: str
    year: int
    month: int
    next_number: int
    unknown: int
    doubles: int
    missing_lines: int
    closed: bool
    lines: tuple[LineView, ...]


class DayFigures(msgspec.Struct, frozen=True):
    """A unit's day in numbers; money in dong."""

    unit: str
    day: int
    requests: int
    originals: int
    copies: int
    fees: int
    refusals: int
    numbered: int
    signed: int
    struck: int
    handed_over: int
    handed_over_late: int
    open_requests: int
    open_questions: int


class JournalView(msgspec.Struct, frozen=True):
    """How far a journal is held, as the hub's signed word tells it; ``head`` in hex."""

    journal: int
    seq: int
    head: str


class QuestionView(msgspec.Struct, frozen=True):
    """A question of the province."""

    question: EntryId
    entry: EntryId
    code: str
    field: str
    words: str
    status: str
    how: str


_LINE_COLUMNS = tuple(schema.line_rows.c[name] for name in LineView.__struct_fields__)


def register_month(
    connection: Connection, unit: str, register: str, year: int, month: int
) -> RegisterMonth | None:
    """The month ``month`` (1-12) of a register-year of ``unit``; None when there is no such register-year."""
    table, lines = schema.register_rows, schema.line_rows
    found = (
        connection.execute(
            select(table)
            .where(table.c.unit == unit, table.c.register == register, table.c.year == year)
            .order_by(table.c.subject)
        )
        .mappings()
        .first()
    )
    if found is None:
        return None
    first = year * 10_000 + month * 100
    rows = connection.execute(
        select(*_LINE_COLUMNS)
        .where(lines.c.register == found["subject"], lines.c.day.between(first, first + 99))
        .order_by(lines.c.number, lines.c.subject)
    )
    return RegisterMonth(
        unit,
        register,
        found["symbol"],
        year,
        month,
        found["next_number"],
        found["unknown"],
        found["doubles"],
        found["missing_lines"],
        found["closed_month"] >= month,
        tuple(LineView(*row) for row in rows),
    )


def day_figures(connection: Connection, unit: str, day: int) -> DayFigures:
    """Figures of ``unit`` on ``day`` (``yyyymmdd``)."""
    requests, lines, refusals = schema.request_rows, schema.line_rows, schema.refusal_rows
    questions = schema.question_rows

    def total(column: Any, table: Table, *where: ColumnElement[bool]) -> int:
        value = connection.execute(
            select(column).select_from(table).where(table.c.unit == unit, *where)
        ).scalar()
        return int(value or 0)

    taken, given = requests.c.day == day, requests.c.handed_day == day
    still_open = and_(requests.c.handed_day == 0, requests.c.stage.not_in(("struck", "annulled")))
    return DayFigures(
        unit,
        day,
        total(func.count(), requests, taken),
        total(func.sum(requests.c.originals), requests, taken),
        total(func.sum(requests.c.copies), requests, taken),
        total(func.sum(requests.c.fees), requests, taken),
        total(func.count(), refusals, refusals.c.day == day),
        total(func.count(), lines, lines.c.day == day),
        total(func.count(), lines, lines.c.signed_day == day),
        total(func.count(), lines, lines.c.day == day, lines.c.state == "struck"),
        total(func.count(), requests, given),
        total(func.count(), requests, given, requests.c.late == 1),
        total(func.count(), requests, requests.c.day <= day, still_open),
        total(func.count(), questions, questions.c.status == "open"),
    )


def journals_held(connection: Connection, unit: str) -> tuple[JournalView, ...]:
    """Positions of the unit's journals as far as signatures cover them."""
    held = journals.positions(connection, unit)
    return tuple(JournalView(number, at.covered, at.covered_head.hex()) for number, at in held.items())


def questions(connection: Connection, unit: str, status: str = "open") -> tuple[QuestionView, ...]:
    """Questions of ``unit`` in one status: ``open``, ``answered`` or ``settled``."""
    table = schema.question_rows
    rows = connection.execute(
        select(
            table.c.subject,
            table.c.entry,
            table.c.code,
            table.c.field,
            table.c.words,
            table.c.status,
            table.c.how,
        )
        .where(table.c.unit == unit, table.c.status == status)
        .order_by(table.c.subject)
    )
    return tuple(QuestionView(EntryId.from_key(row[0]), EntryId.from_key(row[1]), *row[2:]) for row in rows)


def unread(connection: Connection) -> int:
    """How many entries wait for a reader."""
    return int(connection.execute(select(func.count()).select_from(schema.unread)).scalar() or 0)


class Trouble(msgspec.Struct, frozen=True):
    """What waits for a technician: parked runs, stray branches, uncovered tails, revoked entries."""

    parked: tuple[tuple[int, int, str], ...]
    stray: int
    tails: int
    revoked: int


def trouble(connection: Connection, unit: str) -> Trouble:
    """What of ``unit`` was kept apart; every number 0 on a good day."""
    held = [journal for journal in journals.positions(connection, unit) if not is_province(journal)]
    parked = schema.parked
    rows = connection.execute(
        select(parked.c.journal, parked.c.first_seq, parked.c.code)
        .where(parked.c.unit == unit)
        .order_by(parked.c.arrived, parked.c.journal, parked.c.first_seq)
    )

    def count(table: Table) -> int:
        found = connection.execute(select(func.count()).select_from(table).where(table.c.journal.in_(held)))
        return int(found.scalar() or 0)

    aside, entries = schema.set_aside, schema.entries
    revoked = connection.execute(
        select(func.count())
        .select_from(aside.join(entries, entries.c.key == aside.c.key))
        .where(aside.c.reason == REVOKED, entries.c.journal.in_(held))
    ).scalar()
    return Trouble(
        tuple((row[0], row[1], row[2]) for row in rows),
        count(schema.stray),
        count(schema.tails),
        int(revoked or 0),
    )
