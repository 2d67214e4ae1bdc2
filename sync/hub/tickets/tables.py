"""Readings of tickets, requests from afar and standings; words stay in the entries."""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.tables.schema import META, number, words

ticket_rows = Table(
    "ticket_rows", META, number("subject", primary=True), words("unit"), words("status"), words("screen"),
    number("opened_at"), number("changed_at"),
)  # fmt: skip
"""One row a ticket; moments ms."""
Index("ix_ticket_rows", ticket_rows.c.unit, ticket_rows.c.status, ticket_rows.c.changed_at)

afar_rows = Table(
    "afar_rows", META, number("subject", primary=True), words("unit"), number("device"), words("wish"),
    words("status"), number("asked_at"), number("answered_at"),
)  # fmt: skip
"""One row a request; ``device`` is the PC's number; moments ms."""
Index("ix_afar_rows_device", afar_rows.c.unit, afar_rows.c.device)

standing_rows = Table(
    "standing_rows", META, number("subject", primary=True), words("unit"), number("device"), number("at"),
    words("version"), number("free_mb"), number("oldest_unsent"), number("last_backup"),
    number("checked_at"), number("broken"), number("look"), words("worst"),
)  # fmt: skip
"""What a PC said of itself, by ticket, answer or once a day; ``worst`` are codes of lines not well."""
Index("ix_standing_rows_device", standing_rows.c.unit, standing_rows.c.device, standing_rows.c.at)

READINGS = (ticket_rows, afar_rows, standing_rows)
"""Dropped and made again from the journals."""
