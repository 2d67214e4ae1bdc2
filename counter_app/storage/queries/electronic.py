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
