"""Which version the tables have, and the steps that bring older ones forward.

Kept tables are changed by steps of this list, alone and in one transaction; readings never are: they are
dropped and made again from the journals. New tables need no step, they are made when they are missing. A
database of a later version is refused, so an older program never writes what it does not understand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, inspect

from sync.hub.tables import postgres, schema
from sync.hub.tables.dump import RESTORING
from sync.hub.tables.engine import guard, put

NAME = "schema"
"""The setting that holds the version."""


class LaterTables(ValueError):
    """The tables are of a later version of the program."""


def _by_journal_and_kind(connection: Connection) -> None:
    """2: a unit's entries of a kind are found without passing over every other unit's."""
    connection.exec_driver_sql("DROP INDEX IF EXISTS ix_entries_kind")
    connection.exec_driver_sql(
        "CREATE INDEX IF NOT EXISTS ix_entries_journal_kind ON entries (journal, kind)"
    )


def _by_portal_code(connection: Connection) -> None:
    """3: a dossier is found by any of its codes without passing over all that its unit ever took in."""
    connection.exec_driver_sql(
        "CREATE INDEX IF NOT EXISTS ix_dossier_rows_portal_code ON dossier_rows (portal_code)"
    )


STEPS: Mapping[int, Callable[[Connection], None]] = {2: _by_journal_and_kind, 3: _by_portal_code}
"""What leads to each version from the one before. A new one: a number, a function, a test on old tables."""
VERSION = max(STEPS)


def found(connection: Connection) -> int | None:
    """The version of the tables there, None when there are none."""
    if not inspect(connection).has_table(schema.settings.name):
        return None
    table = schema.settings
    value = connection.execute(table.select().where(table.c.name == NAME)).first()
    return None if value is None else int(value[1])


def is_half_restored(connection: Connection) -> bool:
    """True when a restore into this database was cut off before its new life had begun."""
    return connection.dialect.name != "sqlite" and inspect(connection).has_table(RESTORING)


def bring_forward(connection: Connection, arrived: int) -> int | None:
    """Make the tables, or bring them to ``VERSION``; returns the version found, None for new ones.

    ``arrived`` is the hub's clock (ms): its year gets its part. Raises LaterTables; then nothing changed.
    """
    before = found(connection)
    if before is not None and before > VERSION:
        raise LaterTables(f"tables of version {before}, this program knows {VERSION}")
    if connection.dialect.name == "postgresql":
        postgres.make_entries(connection, schema.entries, arrived)
    schema.META.create_all(connection)
    for version in range((before or VERSION) + 1, VERSION + 1):
        STEPS[version](connection)
    guard(connection)
    put(connection, schema.settings, [{"name": NAME, "value": str(VERSION)}])
    return before
