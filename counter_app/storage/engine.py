"""The engine: SQLCipher under SQLAlchemy Core, with a raw key and honest transactions.

The driver never begins anything by itself (``isolation_level=None``); the "begin" event does:
BEGIN IMMEDIATE only for ``tx='write'``, BEGIN for readers, nothing for ``tx='none'`` (VACUUM INTO,
checkpoints, pragmas). A BEGIN IMMEDIATE for everybody would make the second reader wait for the whole
busy time-out (measured, ``dependencies.md`` 1, finding 4).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import NullPool, QueuePool

from counter_app.storage.store_errors import DriverError, StoreError, driver, store_error

KEY_BYTES = 32
BUSY_MS = 5_000
PAGE_CACHE_KIB = 16_384
_FIXED_LINES = ((3, 44, 6), (3, 50, 7), (3, 51, 3))

Tx = Literal["read", "write", "none"]


def has_wal_reset_bug(version: tuple[int, int, int]) -> bool:
    """True for a SQLite that can lose a commit when the WAL is reset (fixed in 3.44.6, 3.50.7, 3.51.3)."""
    if version >= _FIXED_LINES[-1]:
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED_LINES)


def refuse_bad_sqlite(version: tuple[int, int, int]) -> None:
    """Raises ``StoreError`` ``store.sqlite`` for a SQLite that loses data (``quality.md``, reliability)."""
    if has_wal_reset_bug(version):
        raise StoreError("store.sqlite", ".".join(map(str, version)))


def fresh_key() -> bytes:
    """A new random key of 256 bits for a store."""
    return os.urandom(KEY_BYTES)


def _pragmas(key: bytes, create: bool) -> tuple[str, ...]:
    """What every connection says first; the key before anything touches a page."""
    return (
        f"PRAGMA key = \"x'{key.hex()}'\"",
        "PRAGMA cipher_log_level = none",
        f"PRAGMA busy_timeout = {BUSY_MS}",
        "PRAGMA foreign_keys = ON",
        "PRAGMA recursive_triggers = ON",
        *(("PRAGMA journal_mode = WAL",) if create else ()),
        "PRAGMA synchronous = FULL",
        "PRAGMA wal_autocheckpoint = 0",
        "PRAGMA temp_store = MEMORY",
        f"PRAGMA cache_size = -{PAGE_CACHE_KIB}",
        "PRAGMA secure_delete = OFF",
        "SELECT count(*) FROM sqlite_master",
    )


def open_engine(path: Path, key: bytes, *, create: bool = False, pooled: bool = True) -> Engine:
    """An engine on the encrypted file ``path``; connections are opened when first used.

    ``create`` allows a new file; without it a missing file is an error at the first connection.
    ``pooled=False`` keeps no file open between uses (backups, restores).
    Raises ``StoreError`` for a dangerous SQLite and ValueError for a key that is not 32 bytes.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the key of a store is 32 bytes")
    refuse_bad_sqlite(driver.sqlite_version_info)
    mode = "rwc" if create else "rw"
    address = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> Any:
        try:
            connection = driver.connect(
                address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
            )
            for pragma in _pragmas(key, create):
                connection.execute(pragma).fetchall()
        except DriverError as error:
            raise store_error(error) or error from error
        return connection

    if pooled:
        engine = create_engine(
            "sqlite+pysqlite://",
            module=driver,
            creator=connect,
            poolclass=QueuePool,
            pool_size=4,
            max_overflow=4,
        )
    else:
        engine = create_engine("sqlite+pysqlite://", module=driver, creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _to_words)
    return engine


def _begin(connection: Connection) -> None:
    tx = connection.get_execution_options().get("tx", "read")
    if tx != "none":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if tx == "write" else "BEGIN")


def _to_words(context: ExceptionContext) -> None:
    error = store_error(context.original_exception)
    if error is not None:
        # After a page that does not prove itself SQLCipher refuses every other page on this connection, and
        # writing as "readonly": the next one starts afresh and says what is true.
        context.is_disconnect = error.code == "store.damaged"
        raise error from context.original_exception


@contextmanager
def transaction(engine: Engine, tx: Tx) -> Iterator[Connection]:
    """A connection in one transaction of the given kind; committed at the end, rolled back on any error."""
    with engine.connect() as plain:
        connection = plain.execution_options(tx=tx)
        with connection.begin():
            yield connection


def pragma(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    """The rows a pragma answers; ``name`` is written by us, never by a user."""
    return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {name}")]
