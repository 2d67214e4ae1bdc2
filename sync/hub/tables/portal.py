"""Tables of the sender to the national portal: what changed, one order a dossier, what came back dirty.

Kept, never exchanged, no readings: they say what the portal *acknowledged*, which no journal knows.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.tables.schema import META, blob, number, words

marks = Table("portal_marks", META, number("subject", primary=True), words("unit"))
"""Dossiers and requests that were folded anew since the sender last looked; written by the readers."""

orders = Table(
    "portal_orders",
    META,
    number("subject", primary=True),
    words("unit"),
    words("status"),
    words("code"),
    words("given"),
    blob("record"),
    number("told_key"),
    number("told_state"),
    number("doubt"),
    number("life"),
    number("next_at"),
    number("tries"),
    number("reported"),
    number("polled_at"),
    number("sent_at"),
    words("fault"),
    words("detail"),
    words("cuts"),
)
"""One row a dossier. ``status``: waiting, done, dead. ``code``: under which the portal holds it ("": it does
not), ``given`` the official code it gave. ``record``: SHA-256 of the particulars acknowledged; ``told_key``
and ``told_state`` the last step acknowledged. ``doubt`` 1: something left whose answer never came. ``life``:
the hub's when this was written - another one means an older truth. Moments ms, 0: never."""
Index("ix_portal_orders_due", orders.c.status, orders.c.next_at)
Index("ix_portal_orders_code", orders.c.code)
Index("ix_portal_orders_given", orders.c.given)

parked = Table(
    "portal_parked",
    META,
    blob("digest", primary=True),
    words("unit"),
    words("source"),
    words("fault"),
    words("detail"),
    words("raw"),
    number("arrived"),
)
"""What the portal sent and nobody could read, for a person; ``raw`` at most ``MOST_RAW`` characters."""
MOST_RAW = 8_000
