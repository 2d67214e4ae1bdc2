"""The kept tables of a new store, and the revision they stand at.

A new store is made at once from the declared tables; an older one is brought here by ``migrations``. A test
compares both ways, triggers included.
"""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.storage.journals.guards import create_guards, missing_guards
from counter_app.storage.store_errors import StoreError
from counter_app.storage.this_pc.local_tables import KEPT

__all__ = ["REVISION", "check_guards", "create_kept", "revision"]

REVISION = "0003"
"""Revision of the kept tables this program works with: the newest script in ``migrations/versions``."""


def create_kept(connection: Connection, *, guarded: bool = True) -> None:
    """Make every kept table, their triggers, and stamp the revision.

    ``guarded=False`` leaves the triggers to the caller, who copies proved rows first.
    """
    KEPT.create_all(connection)
    if guarded:
        create_guards(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))


def revision(connection: Connection) -> str | None:
    """Revision of the store, None for an empty file."""
    if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first():
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def check_guards(connection: Connection) -> None:
    """Raises ``StoreError`` ``store.damaged`` when a trigger of the journal is gone or was changed."""
    missing = missing_guards(connection)
    if missing:
        raise StoreError("store.damaged", f"triggers: {', '.join(missing)}")
