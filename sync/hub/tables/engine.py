"""The database: the only module that knows which one it is.

SQLite (through SQLCipher, for its newer SQLite and for encryption at rest) on one machine, PostgreSQL for a
province: ``postgres`` beside this knows its ways, ``locks`` says who waits for whom.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Table,
    any_,
    bindparam,
    create_engine,
    event,
    literal,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from sync.hub.tables import postgres
from sync.hub.tables.locks import lock_province
from sync.hub.tables.locks import lock_reader as lock_reader
from sync.hub.tables.postgres import How

Row = Mapping[str, Any]
GONE = (DBAPIError, PoolTimeout)
"""The database does not answer, or not in time: nothing was written, and the same may be asked again."""
BUSY_SECONDS = 30.0
_CHUNK = 400


def open_sqlite(path: Path, key: bytes, *, durable: bool = True) -> Engine:
    """The encrypted file ``path``, made when it is missing; ``key`` is 32 raw bytes.

    ``durable=False`` leaves flushing to the system: for simulations only. Raises ValueError for another key
    length; a wrong key shows as ``sqlcipher3.DatabaseError`` at the first use.
    """
    if len(key) != 32:
        raise ValueError("the key of the hub's database is 32 bytes")

    def connect() -> Any:
        connection = driver.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
        )
        for pragma in (
            f"PRAGMA key = \"x'{key.hex()}'\"",
            "PRAGMA cipher_log_level = none",
            "PRAGMA foreign_keys = ON",
            "PRAGMA journal_mode = WAL",
            f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}",
            "PRAGMA temp_store = MEMORY",
            "PRAGMA cache_size = -32768",
        ):
            connection.execute(pragma).fetchall()
        return connection

    engine = create_engine(
        "sqlite+pysqlite://", module=driver, creator=connect, pool_size=4, max_overflow=8, poolclass=QueuePool
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    tx = connection.get_execution_options().get("tx", "read")
    if tx != "none":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if tx == "write" else "BEGIN")


class Database:
    """An open database: many readers; writers take turns on SQLite, and wait by ``locks`` on PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._writing: AbstractContextManager[object] = threading.RLock() if self.is_sqlite else nullcontext()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction: all its answers are of one moment."""
        with self.engine.connect() as plain:
            connection = plain.execution_options(tx="read")
            if not self.is_sqlite:
                connection = connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    @contextmanager
    def write(self, *, alone: bool = False) -> Iterator[Connection]:
        """A writing transaction: committed at the end, rolled back on any error.

        ``alone``: nobody else writes meanwhile, in any worker.
        """
        with self._writing, self.engine.connect() as plain:
            connection = plain.execution_options(tx="write")
            with connection.begin():
                lock_province(connection, alone=alone)
                yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that must be new; a known key is an error, never swallowed."""
    _write(connection, table, "add", rows)


def note(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert derived rows; those already there stay as they are. Never for entries."""
    _write(connection, table, "note", rows)


def put(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows or replace those with the same key."""
    _write(connection, table, "put", rows)


def _write(connection: Connection, table: Table, how: How, rows: Sequence[Row]) -> None:
    """Every row has the columns of the first.

    The statement is written once; its values go straight to the driver, since turning thousands of
    dictionaries into SQLAlchemy's parameters cost more than the database's own work.
    """
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        postgres.write_rows(connection, table, how, rows)
        return
    sql, names = _statement(connection.dialect, table, how, tuple(rows[0]))
    values = list(map(itemgetter(*names), rows)) if len(names) > 1 else [(row[names[0]],) for row in rows]
    connection.exec_driver_sql(sql, values)


@lru_cache(maxsize=256)
def _statement(
    dialect: Dialect, table: Table, how: How, columns: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """The driver's own words, and the order of the values."""
    insert = sqlite.insert(table)
    keys = [column.name for column in table.primary_key.columns]
    changed = {name: insert.excluded[name] for name in columns if name not in keys}
    if how == "put" and changed:
        insert = insert.on_conflict_do_update(index_elements=keys, set_=changed)
    elif how != "add":
        insert = insert.on_conflict_do_nothing()
    compiled: Any = insert.compile(dialect=dialect, column_keys=list(columns))
    return str(compiled), tuple(compiled.positiontup)


def remove(connection: Connection, table: Table, column: str, values: Iterable[Any]) -> None:
    """Delete the rows whose ``column`` is one of ``values``."""
    if connection.dialect.name != "sqlite":
        if gone := list(values):
            connection.execute(table.delete().where(among(connection, table.c[column], gone)))
        return
    wanted = [{"gone": value} for value in values]
    if wanted:
        connection.execute(table.delete().where(table.c[column] == bindparam("gone")), wanted)


def among(connection: Connection, column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """``column`` is one of ``values``: one array on PostgreSQL, whose driver reads marks slowly."""
    if connection.dialect.name == "sqlite":
        return column.in_(values)
    return column == any_(literal(list(values), ARRAY(column.type)))


def in_chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """``values`` in pieces that fit into one statement's parameters."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def guard(connection: Connection) -> None:
    """Triggers that keep entries append-only also against a slip of ours; a body may only be dropped."""
    if connection.dialect.name != "sqlite":
        postgres.guard(connection)
        return
    same = " AND ".join(
        f"NEW.{name} IS OLD.{name}" for name in ("key", "journal", "seq", "facts", "digest", "header_hash")
    )
    change = f"NOT ({same} AND (NEW.body IS OLD.body OR NEW.body IS NULL)"
    change += " AND (NEW.seal IS OLD.seal OR length(OLD.seal) = 0))"
    for name, when, condition in (
        ("entries_no_change", "UPDATE ON entries", change),
        ("entries_no_delete", "DELETE ON entries", "1"),
        ("stray_no_delete", "DELETE ON stray", "1"),
        ("checkpoints_no_change", "UPDATE ON checkpoints", "1"),
    ):
        connection.exec_driver_sql(
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {when} WHEN {condition}"
            " BEGIN SELECT RAISE(ABORT, 'journal: kept as it was written'); END"
        )


def copy_into(database: Database, target: Path) -> None:
    """A consistent copy of the whole database in the new file ``target``, under the same key."""
    with database.engine.connect() as plain:
        connection = plain.execution_options(tx="none")
        connection.exec_driver_sql("VACUUM INTO ?", (str(target),))


def check_whole(connection: Connection) -> tuple[str, ...]:
    """What the database finds wrong with its own pages; empty when nothing."""
    if connection.dialect.name != "sqlite":
        return ()
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return tuple(line for line in found if line != "ok")
