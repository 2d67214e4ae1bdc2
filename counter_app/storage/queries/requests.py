"""Requests: home's work list, one request by code, a person's earlier ones, what waits for a number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import number, one, select
from sync.protocol.naming.ids import EntryId

FIRST_ROWS = 200


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request as lists show it; ``stage`` as in the domain, moments ms, days ``yyyymmdd``, money dong."""

    id: EntryId
    code: str
    daily: int
    day: int
    journal: int
    taken_at: int
    taken_by: EntryId | None
    name: str
    id_number: str
    birth: int
    phone: str
    person: EntryId | None
    originals: int
    copies: int
    titles: str
    due_at: int
    pay: str
    signatory: EntryId | None
    stage: str
    waits_for_number: bool
    fees: int
    paid: int
    to_pay: int
    to_refund: int
    returned_reason: str
    returned_words: str
    handed_over_at: int
    frozen: bool
    waiting: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class OriginalRow:
    """One original of a request; ``number`` 0 before one is born."""

    request: EntryId
    place: int
    kind: str
    name: str
    mark: str
    pages: int
    copies: int
    fee: int
    photocopy_pages: int
    photocopy_price: int
    compared_at: int
    state: str
    line: EntryId | None
    number: int
    book: int
    year: int
    lot: EntryId | None
    reason: str
    handed_over_at: int


@dataclass(frozen=True, slots=True)
class HomeCounts:
    """Figures of the home page's tiles; "today" is ``day`` of the question, all of them counts."""

    overdue: int
    due_today: int
    to_hand_over: int
    taken_today: int
    returned: int
    unconfirmed_lines: int
    waiting_for_number: int


def to_hand_over(connection: Connection, limit: int = FIRST_ROWS) -> list[RequestRow]:
    """Signed and not yet handed over, oldest promise first."""
    return select(
        connection, RequestRow,
        "FROM requests WHERE is_open = 1 AND stage = 'signed' ORDER BY due_at, id LIMIT ?", (limit,),
    )  # fmt: skip


def home_counts(connection: Connection, now: int, day: int, day_end: int, journal: int) -> HomeCounts:
    """Tiles of home: ``now`` and ``day_end`` in ms, ``day`` the local date, ``journal`` this PC's."""
    opened = "SELECT count(*) FROM requests WHERE is_open = 1 AND stage <> 'signed'"
    return HomeCounts(
        overdue=number(connection, f"{opened} AND due_at < ?", (now,)),
        due_today=number(connection, f"{opened} AND due_at BETWEEN ? AND ?", (now, day_end)),
        to_hand_over=number(
            connection, "SELECT count(*) FROM requests WHERE is_open = 1 AND stage = 'signed'"
        ),
        taken_today=number(
            connection, "SELECT count(*) FROM requests WHERE day = ? AND journal = ?", (day, journal)
        ),
        returned=number(connection, f"{opened} AND returned_reason <> ''"),
        unconfirmed_lines=number(connection, "SELECT count(*) FROM lines WHERE state = 'numbered'"),
        waiting_for_number=number(connection, "SELECT count(*) FROM requests WHERE waits_for_number = 1"),
    )


def request(connection: Connection, subject: EntryId) -> RequestRow | None:
    """One request, None when it is not (yet) readable here."""
    return one(connection, RequestRow, "FROM requests WHERE id = ?", (subject.key,))


def request_by_code(connection: Connection, code: str) -> RequestRow | None:
    """The request whose slip carries ``code`` (digits only)."""
    return one(connection, RequestRow, "FROM requests WHERE code = ? ORDER BY id DESC", (code,))


def originals(connection: Connection, subject: EntryId) -> list[OriginalRow]:
    """Originals of a request, in their order."""
    return select(connection, OriginalRow, "FROM originals WHERE request = ? ORDER BY place", (subject.key,))


def requests_of_number(connection: Connection, id_number: str, limit: int = 50) -> list[RequestRow]:
    """Earlier requests under one identity number, newest first."""
    return select(
        connection, RequestRow,
        "FROM requests WHERE id_number = ? AND id_number <> '' ORDER BY taken_at DESC, id DESC LIMIT ?",
        (id_number, limit),
    )  # fmt: skip


def waiting_for_number(connection: Connection, register: str = "copy") -> list[RequestRow]:
    """The pile of one authority: submitted, not sent back, oldest first."""
    return select(
        connection, RequestRow,
        "FROM requests r WHERE waits_for_number = 1 AND EXISTS"
        " (SELECT 1 FROM originals o WHERE o.request = r.id"
        " AND o.state = 'submitted' AND o.register = ?) ORDER BY taken_at, id",
        (register,),
    )  # fmt: skip


def waiting_by_authority(connection: Connection) -> dict[str, int]:
    """How many requests wait for a number in each queue; one of several matters waits in each of theirs."""
    rows = connection.exec_driver_sql(
        "SELECT o.register, count(DISTINCT o.request) FROM originals o JOIN requests r ON r.id = o.request"
        " WHERE r.waits_for_number = 1 AND o.state = 'submitted' GROUP BY o.register"
    )
    return {row[0]: row[1] for row in rows}


def waiting_originals(connection: Connection, register: str) -> int:
    """How many originals of one authority wait for a number, at whatever counter they were taken in."""
    return number(
        connection,
        "SELECT count(*) FROM originals o JOIN requests r ON r.id = o.request"
        " WHERE r.waits_for_number = 1 AND o.register = ? AND o.state = 'submitted'",
        (register,),
    )


def last_daily(connection: Connection, day: int, journal: int) -> int:
    """Highest running number of a counter's day, 0 before the first.

    Requests, groups and dossiers share it: the code of a slip names unit, counter, day and this number alone.
    """
    sql = (
        "SELECT max(coalesce((SELECT max(daily) FROM requests WHERE day = ?1 AND journal = ?2), 0),"
        " coalesce((SELECT max(daily) FROM dossiers WHERE day = ?1 AND journal = ?2), 0),"
        " coalesce((SELECT max(daily) FROM form_numbers WHERE day = ?1 AND journal = ?2), 0),"
        " coalesce((SELECT max(daily) FROM request_groups WHERE day = ?1 AND journal = ?2), 0))"
    )
    return number(connection, sql, (day, journal))
