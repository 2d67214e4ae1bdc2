"""Statements for many rows, written once from the tables' own declaration.

SQLAlchemy's dictionaries cost more than SQLite's own work when thousands of rows are written, so hot paths
send tuples in column order through the driver; the columns still come from the ``Table``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

from counter_app.storage.store_errors import DriverError, translate

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
    """Run ``sql`` for each of ``rows``; nothing for none."""
    if rows:
        connection.exec_driver_sql(sql, list(rows))


def fetch(connection: Connection, sql: str, values: Row = ()) -> Iterator[Row]:
    """Rows of ``sql`` as plain tuples, a few thousand at a time; for readers of very many rows.

    SQLAlchemy's rows cost as much as SQLite's own work. Raises ``StoreError`` in words as the engine would.
    """
    driver: Any = connection.connection.driver_connection
    try:
        cursor = driver.execute(sql, values)
        while some := cursor.fetchmany(FETCHED):
            yield from some
    except DriverError as error:
        raise translate(error) from error
