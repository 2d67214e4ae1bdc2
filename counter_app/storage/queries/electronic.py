"""Electronic copies that wait at the signing desk."""

from __future__ import annotations

from sqlalchemy import Connection

from sync.protocol.naming.ids import EntryId


def electronic_to_sign(connection: Connection) -> list[EntryId]:
    """Requests with a file to number, or with one whose number a token's fault kept; oldest first."""
    rows = connection.exec_driver_sql(
        "SELECT r.id FROM requests r WHERE EXISTS (SELECT 1 FROM originals o WHERE o.request = r.id"
        " AND o.register = 'electronic' AND (o.state = 'numbered' OR"
        " (o.state = 'submitted' AND r.waits_for_number = 1))) ORDER BY r.taken_at, r.id"
    )
    return [EntryId.from_key(row[0]) for row in rows]


def signed_electronic(connection: Connection, most: int) -> list[EntryId]:
    """Lines whose file stands in the register, the newest first."""
    rows = connection.exec_driver_sql(
        "SELECT l.id FROM lines l JOIN registers r ON r.id = l.register WHERE r.register = 'electronic'"
        " AND l.file_digest <> '' ORDER BY l.signed_at DESC, l.number DESC LIMIT ?",
        (most,),
    )
    return [EntryId.from_key(row[0]) for row in rows]
