"""What a thief, a disk or a slip of ours could do below the program: entries changed, guards taken off."""

from __future__ import annotations

from sqlalchemy import Connection

from counter_app.storage.journals.guards import GUARDS
from counter_app.storage.store import Store
from sync.hub.hub import Hub
from sync.hub.tables import schema
from sync.hub.tables.engine import guard
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.entry import header_hash
from sync.protocol.naming.ids import EntryId


def change_body(store: Store, place: EntryId) -> None:
    """One byte of a body on a counter's disk, as a dying disk would; chain and heads stay as they were."""
    with store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER entries_no_update")
        connection.exec_driver_sql(
            "UPDATE entries SET body = CAST(substr(body, 1, length(body) - 1) || x'00' AS BLOB)"
            " WHERE key = ?",
            (place.key,),
        )
        connection.exec_driver_sql(GUARDS["entries_no_update"])


def rewrite_at_hub(hub: Hub, place: EntryId, digest: bytes) -> bytes:
    """The hub's entry at ``place`` says something else, the chain behind it bent to fit; its old digest."""
    with hub.database.write(alone=True) as connection:
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
        for (name,) in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        facts, was = connection.exec_driver_sql(
            "SELECT facts, digest FROM entries WHERE key = ?", (place.key,)
        ).one()
        connection.exec_driver_sql(
            "UPDATE entries SET digest = ?, header_hash = ? WHERE key = ?",
            (digest, header_hash(place, facts, digest), place.key),
        )
        _bend_heads(connection, place.journal)
        guard(connection)
    return bytes(was)


def _bend_heads(connection: Connection, journal: int) -> None:
    head = first_head(journal)
    rows = connection.exec_driver_sql(
        "SELECT seq, header_hash FROM entries WHERE journal = ? ORDER BY key", (journal,)
    ).all()
    heads = schema.journal_heads
    for seq, hashed in rows:
        head = next_head(head, hashed)
        point = (head, journal, seq)
        connection.exec_driver_sql("UPDATE checkpoints SET head = ? WHERE journal = ? AND seq = ?", point)
        for column, at in (("head", "seq"), ("covered_head", "covered")):
            connection.exec_driver_sql(
                f"UPDATE {heads.name} SET {column} = ? WHERE journal = ? AND {at} = ?", point
            )
