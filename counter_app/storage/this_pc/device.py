"""Facts about this PC and this store, in the settings table: own journal, unit, stops, keys at rest."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.storage.statements import put_sql, write_rows
from counter_app.storage.this_pc.local_tables import sealed_keys, settings

OWN_JOURNAL = "own_journal"
UNIT = "unit"


def setting(connection: Connection, name: str, default: str = "") -> str:
    """Value of a setting of this PC."""
    row = connection.exec_driver_sql("SELECT value FROM settings WHERE name = ?", (name,)).first()
    return default if row is None else str(row[0])


def settings_of(connection: Connection, prefix: str = "") -> dict[str, str]:
    """All settings whose name begins with ``prefix``."""
    rows = connection.exec_driver_sql(
        "SELECT name, value FROM settings WHERE substr(name, 1, ?) = ? ORDER BY name", (len(prefix), prefix)
    )
    return {row[0]: row[1] for row in rows}


def put_setting(connection: Connection, name: str, value: str) -> None:
    """Set a setting of this PC."""
    write_rows(connection, put_sql(settings), [(name, value)])


def own_journal(connection: Connection) -> int | None:
    """The journal this PC writes, None before enrolment."""
    found = setting(connection, OWN_JOURNAL)
    return int(found) if found else None


def stop(connection: Connection, journal: int, reason: str) -> None:
    """Note that this PC must not write in ``journal`` any more."""
    put_setting(connection, f"stopped.{journal}", reason)


def stopped(connection: Connection, journal: int) -> str:
    """Why this PC may not write in ``journal``, "" when it may."""
    return setting(connection, f"stopped.{journal}")


def put_sealed_key(connection: Connection, name: str, sealed: bytes, at: int) -> None:
    """Keep a private key as its sealing left it; ``name``: ``official:<key>``, ``device:<journal>``."""
    write_rows(connection, put_sql(sealed_keys), [(name, sealed, at)])


def sealed_key(connection: Connection, name: str) -> bytes | None:
    """A sealed private key, None when none is kept under ``name``."""
    row = connection.exec_driver_sql("SELECT sealed FROM sealed_keys WHERE name = ?", (name,)).first()
    return None if row is None else bytes(row[0])


def drop_sealed_key(connection: Connection, name: str) -> None:
    """A private key is no longer kept on this PC."""
    connection.exec_driver_sql("DELETE FROM sealed_keys WHERE name = ?", (name,))
