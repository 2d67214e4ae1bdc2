"""Kept tables of the province's pages: accounts, sessions, what was read, and when each device was met.

None is a reading of journals, none is exchanged.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.tables.schema import META, blob, number, words

accounts = Table(
    "page_accounts",
    META,
    words("name", primary=True),
    words("secret"),
    words("role"),
    words("unit"),
    number("disabled"),
    number("failures"),
    number("locked_until"),
    number("made"),
)
"""Officials who read pages. ``secret`` is argon2id's own text; ``unit`` is empty for the whole province."""

sessions = Table(
    "page_sessions",
    META,
    blob("digest", primary=True),
    words("account"),
    number("begun"),
    number("seen"),
)
"""Who is signed in: SHA-256 of the cookie, never the cookie; moments ms."""

read_log = Table(
    "page_reads",
    META,
    number("at", primary=True),
    words("reader", primary=True),
    words("what", primary=True),
    words("unit"),
    number("shown"),
)
"""Who read rows of dossiers or of a register: ``what`` names the view and its filter, ``shown`` how many."""
Index("ix_page_reads_unit", read_log.c.unit, read_log.c.at)

contacts = Table(
    "device_contacts",
    META,
    number("journal", primary=True),
    words("unit"),
    number("met_at"),
    number("clock_at"),
    number("claimed"),
    number("held"),
    number("waiting_since"),
)
"""The last exchange with each journal's PC: the hub's clock and the PC's (ms), how many entries the PC said
it has, how many were held afterwards, and since when that differs (0: it does not)."""
Index("ix_device_contacts_unit", contacts.c.unit)
