"""What only PostgreSQL knows: opening it, rows by whole columns, years of entries, the guards as triggers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any, Literal

from sqlalchemy import Connection, Engine, LargeBinary, Table, Text, create_engine, make_url
from sqlalchemy.schema import CreateColumn

How = Literal["add", "note", "put"]
DRIVER = "postgresql+psycopg"
STATEMENT_MS = 120_000
LOCK_MS = 15_000
"""Longer than any turn of a reader takes, shorter than a device waits for its answer."""
IDLE_MS = 60_000
POOL_SECONDS = 10.0
_VIET_NAM = timedelta(hours=7)


def open_postgres(url: str, *, connections: int = 8) -> Engine:
    """The database at ``url`` (``postgresql://…``), at most ``connections`` of this process.

    A password belongs into ``PGPASSFILE`` or the service file, where no list of processes shows it. Connects
    at the first use. Raises ValueError for the address of another kind of database.
    """
    place = make_url(url)
    if place.get_backend_name() != "postgresql":
        raise ValueError(f"no address of a PostgreSQL database: {place.render_as_string()}")
    limits = (("statement_timeout", STATEMENT_MS), ("lock_timeout", LOCK_MS))
    options = [f"-c {name}={value}" for name, value in limits]
    options.append(f"-c idle_in_transaction_session_timeout={IDLE_MS}")
    return create_engine(
        place.set(drivername=DRIVER),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "options": " ".join(options),
            "application_name": "commune-hub",
            "connect_timeout": 10,
            "keepalives_idle": 30,
        },
    )


def write_rows(connection: Connection, table: Table, how: How, rows: Sequence[Any]) -> None:
    """Insert ``rows`` in one statement that carries an array a column: one turn of the wire for thousands."""
    names = tuple(rows[0])
    sql = _statement(table, how, names)
    keys = [column.name for column in table.primary_key.columns]
    if how == "put":  # a statement may not touch one row twice; the last counts, as row after row
        rows = list({tuple(row[key] for key in keys): row for row in rows}.values())
    columns = {name: list(map(itemgetter(name), rows)) for name in names}
    connection.exec_driver_sql(sql, columns)


@lru_cache(maxsize=256)
def _statement(table: Table, how: How, names: tuple[str, ...]) -> str:
    keys = [column.name for column in table.primary_key.columns]
    arrays = ", ".join(_array(table, name) for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    sql = f'INSERT INTO "{table.name}" ({quoted}) SELECT * FROM unnest({arrays})'
    changed = [f'"{name}" = excluded."{name}"' for name in names if name not in keys]
    if how == "put" and changed:
        return f"{sql} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {', '.join(changed)}"
    return sql if how == "add" else f"{sql} ON CONFLICT DO NOTHING"


def _array(table: Table, name: str) -> str:
    """Sent in binary: the driver writes an array as text at a third of the rate."""
    kind = table.c[name].type
    word = "bytea" if isinstance(kind, LargeBinary) else "text" if isinstance(kind, Text) else "bigint"
    return f"%({name})b::{word}[]"


def make_entries(connection: Connection, entries: Table, arrived: int) -> None:
    """The table of entries in parts by the year in which they arrived; ``arrived`` is the hub's clock (ms).

    A key is unique within a part; that no key is given twice is the head row's work (``journals``). A year
    for which no part was made in time lands in the part ``entries_other``.
    """
    columns = ", ".join(str(CreateColumn(one).compile(connection)) for one in entries.columns)
    connection.exec_driver_sql(
        f"CREATE TABLE IF NOT EXISTS entries ({columns}, PRIMARY KEY (key, arrived))"
        " PARTITION BY RANGE (arrived)"
    )
    connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS entries_other PARTITION OF entries DEFAULT")
    for index in sorted(entries.indexes, key=lambda one: str(one.name)):
        names = ", ".join(column.name for column in index.columns)
        connection.exec_driver_sql(f"CREATE INDEX IF NOT EXISTS {index.name} ON entries ({names})")
    make_years(connection, arrived)


def make_years(connection: Connection, arrived: int) -> None:
    """Parts for the year of ``arrived`` (ms) and the next; those there stay as they are."""
    year = (datetime.fromtimestamp(arrived / 1000, UTC) + _VIET_NAM).year
    for one in (year, year + 1):
        name, low, high = f"entries_{one}", _begins(one), _begins(one + 1)
        if connection.exec_driver_sql(f"SELECT to_regclass('{name}')").scalar() is not None:
            continue
        late = connection.exec_driver_sql(
            f"SELECT 1 FROM entries_other WHERE arrived >= {low} AND arrived < {high} LIMIT 1"
        ).first()
        if late is None:
            connection.exec_driver_sql(
                f"CREATE TABLE {name} PARTITION OF entries FOR VALUES FROM ({low}) TO ({high})"
            )


def _begins(year: int) -> int:
    """The first moment of ``year`` in Viet Nam, ms."""
    return int((datetime(year, 1, 1, tzinfo=UTC) - _VIET_NAM).timestamp() * 1000)


_KEPT = """
CREATE OR REPLACE FUNCTION kept_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'journal: kept as it was written' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
_SAME = " AND ".join(
    f"NEW.{name} = OLD.{name}" for name in ("key", "journal", "seq", "facts", "digest", "header_hash")
)
_CHANGED = (
    f"NOT ({_SAME} AND (NEW.body IS NOT DISTINCT FROM OLD.body OR NEW.body IS NULL)"
    " AND (NEW.seal = OLD.seal OR length(OLD.seal) = 0))"
)
_GUARDS = (
    ("entries_no_change", "UPDATE ON entries", f"WHEN ({_CHANGED})"),
    ("entries_no_delete", "DELETE ON entries", ""),
    ("stray_no_delete", "DELETE ON stray", ""),
    ("checkpoints_no_change", "UPDATE ON checkpoints", ""),
)


def guard(connection: Connection) -> None:
    """Triggers that keep entries append-only; a body may only be dropped, a missing seal only be added."""
    held = set(connection.exec_driver_sql("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal").scalars())
    connection.exec_driver_sql(_KEPT)
    for name, when, condition in _GUARDS:
        if name not in held:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} BEFORE {when} FOR EACH ROW {condition}"
                " EXECUTE FUNCTION kept_as_written()"
            )
