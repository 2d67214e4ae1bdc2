"""Tables of the look-ups: one reading, and what the hub keeps beside the journals.

``lookup_rows`` is a reading like others. Tries, log and standing are the hub's own: they are no entries,
since they say nothing about a citizen's matter; a hub without them asks again and goes on.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.tables.schema import META, blob, number, words

lookup_rows = Table(
    "lookup_rows",
    META,
    number("subject", primary=True),
    words("unit"),
    words("system"),
    words("status"),
    number("is_open"),
    number("asked_at"),
    number("until"),
    number("expires"),
)
"""Reading: one row a look-up; moments ms, ``expires`` yyyymmdd, 0 without an answer."""
Index("ix_lookup_rows_open", lookup_rows.c.is_open, lookup_rows.c.asked_at)
Index("ix_lookup_rows_expires", lookup_rows.c.expires)

lookup_tries = Table(
    "lookup_tries",
    META,
    number("lookup", primary=True),
    number("tries"),
    number("next_at"),
    number("since"),
    number("told"),
)
"""How often a question was put in vain, when it is put again (ms), since when, and whether that was told.

``next_at`` also parts the workers: who takes a question moves it on first, in a transaction of its own.
"""

lookup_log = Table(
    "lookup_log",
    META,
    number("number", primary=True),
    number("at"),
    number("day"),
    words("unit"),
    number("lookup"),
    number("official"),
    words("system"),
    words("purpose"),
    words("by_right"),
    words("outcome"),
    number("took"),
    blob("digest"),
)
"""Each time a system was asked: who, for which procedure, by which right, what came, in how many ms.

No name and no number of a citizen; ``digest`` chains each row to the one before.
"""
Index("ix_lookup_log_day", lookup_log.c.day)

lookup_standing = Table(
    "lookup_standing",
    META,
    words("system", primary=True),
    words("standing"),
    number("since"),
    number("failures"),
    number("slow"),
    number("doubt"),
)
"""How each system answers, since when (ms), how many calls in a row failed or were slow, since when."""

lookup_told = Table(
    "lookup_told",
    META,
    words("unit", primary=True),
    words("system", primary=True),
    words("standing"),
    number("since"),
    number("at"),
)
"""What a unit was told last of a system, so that it is told once and not at every swing."""
