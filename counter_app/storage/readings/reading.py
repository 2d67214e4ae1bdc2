"""What a reading is: tables, and the rows that one folded subject gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Integer, LargeBinary, MetaData, Table, Text

from counter_app.domain.folding.aggregate import Folded
from counter_app.storage.statements import Row, insert_sql, put_sql, write_rows
from sync.protocol.naming.ids import EntryId

READ = MetaData()
"""Tables of all readings; dropped and filled again when a version changes, never migrated."""


def key(name: str = "id", *, primary: bool = True) -> Column[int]:
    """A column of entry ids as integers."""
    return Column(name, Integer, primary_key=primary, nullable=False, autoincrement=False)


def whole(name: str, *, primary: bool = False) -> Column[int]:
    """A whole number: count, dong, ms, ``yyyymmdd``; 0 where nothing is known."""
    return Column(name, Integer, primary_key=primary, nullable=False, autoincrement=False)


def link(name: str) -> Column[int]:
    """An entry id as integer, or null."""
    return Column(name, Integer, nullable=True)


def text(name: str, *, primary: bool = False) -> Column[str]:
    """Text in NFC."""
    return Column(name, Text, primary_key=primary, nullable=False)


def blob(name: str) -> Column[bytes]:
    """Exact bytes."""
    return Column(name, LargeBinary, nullable=False)


def key_of(entry: EntryId | None) -> int | None:
    """The id as a column value."""
    return None if entry is None else entry.key


class Filled(NamedTuple):
    """One table of a reading. ``owner`` names the column with the subject where a subject has many rows."""

    table: Table
    owner: str | None = None


class Reading(NamedTuple):
    """Rows of its ``tables`` from folded subjects of its ``aggregates``.

    ``rows(folded)`` gives one sequence of rows per table and is called only with a state. A changed ``rows``
    or table needs a higher ``version``: then everything is dropped and folded again.
    """

    name: str
    version: int
    aggregates: tuple[str, ...]
    tables: tuple[Filled, ...]
    rows: Callable[[Folded], Sequence[Iterable[Row]]]


Batch = list[tuple[Folded, Sequence[Iterable[Row]]]]


def write(
    connection: Connection, reading: Reading, subjects: Sequence[Folded], *, fresh: bool = False
) -> None:
    """Replace the rows of ``subjects`` in the tables of ``reading``; ``fresh``: none held yet."""
    given = [reading.rows(folded) for folded in subjects if folded.state is not None]
    for place, filled in enumerate(reading.tables):
        rows: list[Any] = [row for one in given for row in one[place]]
        if fresh:
            write_rows(connection, insert_sql(filled.table), rows)
        elif filled.owner is None:
            drop(connection, filled.table, "id", [f for f in subjects if f.state is None])
            write_rows(connection, put_sql(filled.table), rows)
        else:
            drop(connection, filled.table, filled.owner, subjects)
            write_rows(connection, insert_sql(filled.table), rows)


def drop(connection: Connection, table: Table, column: str, subjects: Sequence[Folded]) -> None:
    """Take the rows of ``subjects`` out, found by ``column``."""
    keys = [(folded.subject.key,) for folded in subjects]
    write_rows(connection, f"DELETE FROM {table.name} WHERE {column} = ?", keys)
