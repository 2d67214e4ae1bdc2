"""The log of reads: every call to a system, chained, with one digest a day (``law.md`` 7.1: purpose, person,
time).

Who the citizen was stands in the question's entry alone, which is redacted in its time; the log stays.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from sqlalchemy import Connection, Row, func, select

from sync.hub.lookups.tables import lookup_log
from sync.hub.reading.rows import local_day
from sync.hub.tables.engine import add
from sync.hub.tables.locks import lock_reader
from sync.protocol.naming.ids import EntryId

_START = b"\0" * 32
LOCK = "lookup-log"
"""Name of the lock under which rows are added; taken after the units' own."""
PIECE = 1_000


class Call(NamedTuple):
    """One call: when it ended (ms), for whom, and what came of it."""

    at: int
    unit: str
    lookup: EntryId
    official: EntryId
    system: str
    purpose: str
    by_right: str
    outcome: str
    took: int


class LogRow(NamedTuple):
    """A row as it is shown: ``lookup`` and ``official`` are entry ids, ``took`` ms."""

    number: int
    at: int
    unit: str
    lookup: EntryId
    official: EntryId
    system: str
    purpose: str
    by_right: str
    outcome: str
    took: int


class LogDay(NamedTuple):
    """The digest of a day (yyyymmdd): of its last row, and so of every row before."""

    day: int
    calls: int
    digest: bytes


def write(connection: Connection, call: Call) -> None:
    """Append one call; inside the transaction that writes what came of it."""
    lock_reader(connection, LOCK)
    table = lookup_log
    last = connection.execute(
        select(table.c.number, table.c.digest).order_by(table.c.number.desc()).limit(1)
    ).first()
    number = last.number + 1 if last else 1
    told = {"number": number, "day": local_day(call.at), **_columns(call)}
    add(connection, table, [{**told, "digest": _digest(last.digest if last else _START, told)}])


def _columns(call: Call) -> dict[str, int | str]:
    return {**call._asdict(), "lookup": call.lookup.key, "official": call.official.key}


def _digest(before: bytes, told: dict[str, int | str]) -> bytes:
    names = [column.name for column in lookup_log.columns if column.name != "digest"]
    written = "\x1f".join(str(told[name]) for name in names)
    return hashlib.sha256(before + written.encode()).digest()


def rows(connection: Connection, day: int, unit: str = "") -> tuple[LogRow, ...]:
    """Calls of a day (yyyymmdd), of one unit or of all, in order."""
    table = lookup_log
    wanted = [table.c.day == day, *([table.c.unit == unit] if unit else [])]
    found = connection.execute(select(table).where(*wanted).order_by(table.c.number).limit(PIECE))
    return tuple(_shown(row) for row in found)


def _shown(row: Row[tuple[object, ...]]) -> LogRow:
    told = row._mapping
    return LogRow(
        told["number"], told["at"], told["unit"], EntryId.from_key(told["lookup"]),
        EntryId.from_key(told["official"]), told["system"], told["purpose"], told["by_right"],
        told["outcome"], told["took"],
    )  # fmt: skip


def days(connection: Connection, most: int = 31) -> tuple[LogDay, ...]:
    """The last days with calls, newest first, each with its digest."""
    table = lookup_log
    last = (
        select(table.c.day, func.max(table.c.number).label("number"), func.count().label("calls"))
        .group_by(table.c.day)
        .subquery()
    )
    found = connection.execute(
        select(last.c.day, last.c.calls, table.c.digest)
        .join(table, table.c.number == last.c.number)
        .order_by(last.c.day.desc())
        .limit(most)
    )
    return tuple(LogDay(*row) for row in found)


def broken_at(connection: Connection) -> int | None:
    """Number of the first row that was changed, taken out or put in; None for a whole log."""
    before, expected, last = _START, 1, 0
    table = lookup_log
    while True:
        some = connection.execute(
            select(table).where(table.c.number > last).order_by(table.c.number).limit(PIECE)
        ).all()
        for row in some:
            told = dict(row._mapping)
            if told["number"] != expected or _digest(before, told) != told["digest"]:
                return expected
            before, last, expected = told["digest"], told["number"], expected + 1
        if not some:
            return None
