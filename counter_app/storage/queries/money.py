"""Money: receipts of a day, the open books, what a day's closing lists as open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import number, one, select
from sync.protocol.naming.ids import EntryId


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt or provisional slip; money in dong."""

    id: EntryId
    kind: str
    symbol: str
    number: int
    code: str
    amount: int
    method: str
    payer: str
    day: int
    at: int
    journal: int
    by: EntryId | None
    request: EntryId | None
    voided_at: int
    refunded: int
    awaits_receipt: bool
    printed: int


@dataclass(frozen=True, slots=True)
class BookRow:
    """A book of paper receipts of a counter."""

    id: EntryId
    journal: int
    symbol: str
    template: str
    first_number: int
    last_number: int
    next_number: int
    issued: int
    amount: int


@dataclass(frozen=True, slots=True)
class DayMoney:
    """What one counter took on one day, in dong; void receipts do not count.

    ``refunded`` left the drawer, ``transferred_back`` the bank account.
    """

    cash: int
    transfer: int
    refunded: int
    fees: int
    photocopies: int
    receipts: int
    voided: int
    transferred_back: int = 0


@dataclass(frozen=True, slots=True)
class OpenItems:
    """What a day closing names as open: counts, and whether the day is closed already."""

    unconfirmed_lines: int
    slips_without_receipt: int
    prints_waiting: int
    prints_failed: int
    drafts: int
    questions: int
    closed: bool


def receipts_of_day(connection: Connection, day: int, journal: int) -> list[ReceiptRow]:
    """Receipts of one counter's day in the order they were given."""
    return select(
        connection, ReceiptRow, "FROM receipts WHERE day = ? AND journal = ? ORDER BY id", (day, journal)
    )


def receipts_of_request(connection: Connection, request: EntryId) -> list[ReceiptRow]:
    """Receipts of one request."""
    return select(connection, ReceiptRow, "FROM receipts WHERE request = ? ORDER BY id", (request.key,))


def receipts_with(
    connection: Connection, *, number: int = 0, symbol: str = "", code: str = ""
) -> list[ReceiptRow]:
    """Receipts that bear a number (of one symbol, or any), or the slip with a code; newest first."""
    if code:
        return select(connection, ReceiptRow, "FROM receipts WHERE code = ? ORDER BY id DESC", (code,))
    return select(
        connection, ReceiptRow,
        "FROM receipts WHERE number = ?1 AND number > 0 AND (?2 = '' OR symbol = ?2) ORDER BY id DESC",
        (number, symbol),
    )  # fmt: skip


def books_of(connection: Connection, symbol: str) -> list[BookRow]:
    """Every book of one symbol, of whatever counter."""
    return select(connection, BookRow, "FROM receipt_books WHERE symbol = ? ORDER BY id", (symbol,))


def open_book(connection: Connection, journal: int) -> BookRow | None:
    """The oldest book of a counter that still has blank receipts."""
    return one(
        connection, BookRow,
        "FROM receipt_books WHERE journal = ? AND next_number <= last_number AND closed_at = 0 ORDER BY id",
        (journal,),
    )  # fmt: skip


def books_here(connection: Connection, journal: int) -> list[BookRow]:
    """Books of a counter that are not put away, then the closed ones; the one in use first."""
    return select(
        connection, BookRow,
        "FROM receipt_books WHERE journal >> 8 = ?1 >> 8"
        " ORDER BY closed_at > 0, next_number > last_number, id", (journal,),
    )  # fmt: skip


def slips_awaiting(connection: Connection, journal: int) -> list[ReceiptRow]:
    """Provisional slips of a counter whose receipt has not followed, oldest first."""
    return select(
        connection,
        ReceiptRow,
        "FROM receipts WHERE awaits_receipt = 1 AND journal = ? ORDER BY id",
        (journal,),
    )


def day_money(connection: Connection, day: int, journal: int) -> DayMoney:
    """Sums of a counter's day; refunds count on the day and at the counter that gave them back."""
    here = "day = ? AND journal = ?"
    taken = f"SELECT sum(amount) FROM receipts WHERE {here} AND voided_at = 0 AND method"
    lines = (
        "SELECT sum(l.amount) FROM receipt_lines l JOIN receipts r ON r.id = l.receipt"
        " WHERE r.day = ? AND r.journal = ? AND r.voided_at = 0 AND l.kind"
    )
    back = f"SELECT sum(amount) FROM refunds WHERE {here} AND method"
    key = (day, journal)
    return DayMoney(
        cash=number(connection, f"{taken} = 'cash'", key),
        transfer=number(connection, f"{taken} = 'transfer'", key),
        refunded=number(connection, f"{back} <> 'transfer'", key),
        transferred_back=number(connection, f"{back} = 'transfer'", key),
        fees=number(connection, f"{lines} <> 'photocopy'", key),
        photocopies=number(connection, f"{lines} = 'photocopy'", key),
        receipts=number(connection, f"SELECT count(*) FROM receipts WHERE {here}", key),
        voided=number(connection, f"SELECT count(*) FROM receipts WHERE {here} AND voided_at > 0", key),
    )


def counted_on(connection: Connection, day: int, journal: int) -> int | None:
    """What was counted when a counter's day was closed, in dong; None while it is open."""
    row = connection.exec_driver_sql(
        "SELECT counted_total FROM cash_days WHERE day = ? AND journal = ? ORDER BY id", (day, journal)
    ).first()
    return None if row is None else int(row[0])


def open_items(connection: Connection, day: int, journal: int) -> OpenItems:
    """What is not finished when a counter closes its day."""
    jobs = "SELECT count(*) FROM print_jobs WHERE state"
    return OpenItems(
        unconfirmed_lines=number(connection, "SELECT count(*) FROM lines WHERE state = 'numbered'"),
        slips_without_receipt=number(
            connection, "SELECT count(*) FROM receipts WHERE awaits_receipt = 1 AND journal = ?", (journal,)
        ),
        prints_waiting=number(connection, f"{jobs} IN ('waiting', 'sent')"),
        prints_failed=number(connection, f"{jobs} = 'failed'"),
        drafts=number(connection, "SELECT count(*) FROM drafts"),
        questions=number(connection, "SELECT count(*) FROM questions WHERE status = 'open'"),
        closed=bool(
            number(connection, "SELECT count(*) FROM cash_days WHERE day = ? AND journal = ?", (day, journal))
        ),
    )
