"""Tables behind the province's board: one row a piece of work, one a numbered line, one a unit's day.

Readings like those of ``schema``: dropped and made again at will. The days are sums of the items, kept so
that a month costs thirty rows however many dossiers it had.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.tables.schema import META, number, words

kpi_items = Table(
    "kpi_items",
    META,
    number("subject", primary=True),
    words("unit"),
    words("matter"),
    words("code"),
    words("what"),
    number("day"),
    number("taken_at"),
    number("due_at"),
    number("promised_at"),
    words("stage"),
    number("is_open"),
    number("waits_for_number"),
    number("sent_back"),
    number("settled_at"),
    number("period_day"),
)
"""One row a request (``copies``) or a dossier; no name of a citizen. Moments ms, days ``yyyymmdd``, 0: none.

``settled_at``: the result exists (last line signed, result given); ``period_day``: the day whose month counts
it - for a request the day it was taken in, for a dossier the day of its result, as the counters count.
"""
Index("ix_kpi_items_open", kpi_items.c.unit, kpi_items.c.is_open, kpi_items.c.due_at)
Index("ix_kpi_items_day", kpi_items.c.unit, kpi_items.c.day)
Index("ix_kpi_items_period", kpi_items.c.unit, kpi_items.c.period_day)

kpi_lines = Table(
    "kpi_lines",
    META,
    number("subject", primary=True),
    words("unit"),
    number("request"),
    number("register"),
    number("number"),
    number("year"),
    number("day"),
    words("state"),
    number("signed_at"),
)
"""One row a line of a register: which request it belongs to and when it was signed (ms, 0: not)."""
Index("ix_kpi_lines_request", kpi_lines.c.request)
Index("ix_kpi_lines_state", kpi_lines.c.unit, kpi_lines.c.state, kpi_lines.c.day)

kpi_days = Table(
    "kpi_days",
    META,
    words("unit", primary=True),
    number("day", primary=True),
    number("received"),
    number("settled"),
    number("on_time"),
)
"""A unit's day in sums; a day without anything has no row."""

READINGS = (kpi_items, kpi_lines, kpi_days)
"""Dropped and made again with the other readings."""
