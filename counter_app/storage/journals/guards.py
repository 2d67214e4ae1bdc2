"""Triggers that make the journal append-only, declared once and re-created after every migration.

Alembic's batch mode silently drops the triggers of a table it rebuilds (``dependencies.md`` 1, finding 3), so
nothing but this module creates them, and ``missing_guards`` is asked at every start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, delete, insert

from counter_app.storage.journals.journal_tables import permits
from sync.protocol.naming.ids import EntryId

REDACT = "redact"
SEAL = "seal"
ARCHIVE = "archive"

_SAME = " AND ".join(
    f"NEW.{column} IS OLD.{column}"
    for column in (
        "key",
        "journal",
        "seq",
        "at",
        "kind",
        "version",
        "flags",
        "facts",
        "digest",
        "header_hash",
        "arrived",
    )
)
_ALLOWED = "EXISTS (SELECT 1 FROM permits WHERE act = '{}' AND key = OLD.key)"


def _trigger(name: str, when: str, table: str, condition: str, words: str) -> tuple[str, str]:
    sql = f"CREATE TRIGGER {name} BEFORE {when} ON {table}"
    sql += f" WHEN {condition}" if condition else ""
    return name, f"{sql} BEGIN SELECT RAISE(ABORT, 'journal: {words}'); END"


_REDACTION = f"{_ALLOWED.format(REDACT)} AND {_SAME} AND NEW.body IS NULL AND NEW.seal IS OLD.seal"
_SEALING = (
    f"{_ALLOWED.format(SEAL)} AND {_SAME} AND NEW.body IS OLD.body"
    " AND OLD.seal = x'' AND length(NEW.seal) = 64"
)

GUARDS: dict[str, str] = dict(
    [
        _trigger(
            "entries_no_update",
            "UPDATE",
            "entries",
            f"NOT (({_REDACTION}) OR ({_SEALING}))",
            "an entry is never changed",
        ),
        _trigger(
            "entries_no_delete",
            "DELETE",
            "entries",
            f"NOT {_ALLOWED.format(ARCHIVE)}",
            "an entry is never deleted",
        ),
        _trigger(
            "entries_no_replace",
            "INSERT",
            "entries",
            "EXISTS (SELECT 1 FROM entries WHERE key = NEW.key)",
            "an entry is never replaced",
        ),
        _trigger(
            "entries_no_hole",
            "INSERT",
            "entries",
            "NEW.seq > 1 AND NOT EXISTS (SELECT 1 FROM entries WHERE key = NEW.key - 1)"
            " AND NOT EXISTS (SELECT 1 FROM journal_heads WHERE journal = NEW.journal AND seq = NEW.seq - 1)",
            "a journal has no holes",
        ),
        _trigger("checkpoints_no_update", "UPDATE", "checkpoints", "", "a signature is never changed"),
        _trigger("checkpoints_no_delete", "DELETE", "checkpoints", "", "a signature is never deleted"),
        _trigger(
            "heads_only_forward",
            "UPDATE",
            "journal_heads",
            "NEW.journal <> OLD.journal OR NEW.seq < OLD.seq OR NEW.covered < OLD.covered"
            " OR (NEW.seq = OLD.seq AND NEW.head <> OLD.head)",
            "a head only moves forward",
        ),
        _trigger("heads_no_delete", "DELETE", "journal_heads", "", "a head is never deleted"),
        _trigger("carried_no_update", "UPDATE", "carried", "", "a carried entry is never changed"),
        _trigger("stray_no_delete", "DELETE", "stray", "", "a stray entry is never deleted"),
    ]
)
"""Name and SQL of every trigger."""


def create_guards(connection: Connection) -> None:
    """Drop and create every trigger; after creating tables and after each migration."""
    for name, sql in GUARDS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(sql)


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """Names of triggers that are absent or differ from what is declared here."""
    triggers = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found = {row.name: row.sql for row in triggers}
    return tuple(name for name, sql in GUARDS.items() if found.get(name) != sql)


@contextmanager
def permitted(connection: Connection, act: str, entry: EntryId) -> Iterator[None]:
    """Allow one guarded change of one entry inside the running transaction, and forbid it again."""
    connection.execute(insert(permits), {"act": act, "key": entry.key})
    yield
    connection.execute(delete(permits))
