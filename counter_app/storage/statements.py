"""Statements for many rows, written once from the tables' own declaration.

SQLAlchemy's dictionaries cost more than SQLite's own work when thousands of rows are written, so hot paths
send tuples in column order through the driver; the columns still come from the ``Table``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from counter_app.storage.store_errors import DriverError, StoreError, translate

DAMAGED = "store.damaged"
FETCHED = 2_000
"""Rows brought over from the driver at once."""

Row = tuple[Any, ...]
"""Values of one row in the order of the table's columns."""


@cache
def insert_sql(table: Table) -> str:
    """INSERT of a whole row of ``table``."""
    names = ", ".join(column.name for column in table.columns)
    marks = ", ".join("?" for _ in table.columns)
    return f"INSERT INTO {table.name} ({names}) VALUES ({marks})"


@cache
def put_sql(table: Table) -> str:
    """INSERT that replaces the row with the same primary key. For readings and local tables only."""
    keys = [column.name for column in table.primary_key.columns]
    rest = [column.name for column in table.columns if column.name not in keys]
    change = ", ".join(f"{name} = excluded.{name}" for name in rest)
    action = f"UPDATE SET {change}" if rest else "NOTHING"
    return f"{insert_sql(table)} ON CONFLICT ({', '.join(keys)}) DO {action}"


def write_rows(connection: Connection, sql: str, rows: Sequence[Row]) -> None:
    """Run ``sql`` for each of ``rows``; nothing for none. Raises ``StoreError`` in words."""
    if rows:
        with _at_the_driver(connection) as driver:
            driver.executemany(sql, rows)


def ask(connection: Connection, sql: str, values: Row = ()) -> list[Row]:
    """All rows of ``sql`` as plain tuples; for small questions asked in every act.

    SQLAlchemy's rows and results cost as much as SQLite's own work. Raises ``StoreError`` in words.
    """
    with _at_the_driver(connection) as driver:
        found: list[Row] = driver.execute(sql, values).fetchall()
        return found


def fetch(connection: Connection, sql: str, values: Row = ()) -> Iterator[Row]:
    """As ``ask``, a few thousand rows at a time; for readers of very many rows."""
    with _at_the_driver(connection) as driver:
        cursor = driver.execute(sql, values)
        while some := cursor.fetchmany(FETCHED):
            yield from some


class _at_the_driver:
    """The driver's own connection; what it refuses is told in words, as the engine would tell it.

    Raises ``StoreError``. A class, as a generator would cost a tenth of a question.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Any:
        return self._connection.connection.driver_connection

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, DriverError):
            said = translate(error)
            if isinstance(said, StoreError) and said.code == DAMAGED:
                self._connection.invalidate(error)  # as ``engine``: the next one starts afresh
            raise said from error
