"""Years of a province on PostgreSQL in minutes: what 600 devices wrote, copied behind itself by the server.

Rows only, for tables at their size: the copies' bytes are those of what was really exchanged, their places,
subjects and days follow on. A copy's chain does not verify; the head each device goes on from is a new one on
both sides, so that the exchanges that are measured afterwards are real. Copied work is finished work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import psycopg

from benchmarks.made_up_province import Device

TEMPLATE = 302
"""Entries of a device that are copied: its first load, behind the opening."""
_KEY = "(%(journal)s::bigint << 32)"
_SHIFT = "(%(held)s + c * %(template)s - 1)"
_OWN = f"{_KEY} + 2 AND {_KEY} + %(template)s + 1"
_DAYS = """
CREATE OR REPLACE FUNCTION later(day bigint, days bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT 20260101 + n % 28 + (n / 28 % 12) * 100 + (n / 336) * 10000
  FROM (SELECT (day / 10000 - 2026) * 336 + (day / 100 % 100 - 1) * 28 + day % 100 - 1 + days AS n) AS counted
$$
"""
_COPIES = (
    f"""
    INSERT INTO entries (key, journal, seq, at, kind, facts, body, digest, seal, header_hash, arrived)
    SELECT key + {_SHIFT}, journal, seq + {_SHIFT}, at + 216000000 * (c + 1), kind, facts, body, digest, seal,
           header_hash, arrived
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS c, entries WHERE key BETWEEN {_OWN}
    """,
    f"""
    INSERT INTO entry_subjects (subject, key, position)
    SELECT CASE WHEN subject BETWEEN {_OWN} THEN subject + {_SHIFT} ELSE subject END, key + {_SHIFT}, position
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS c, entry_subjects
    WHERE subject BETWEEN {_KEY} AND {_KEY} + 4294967295 AND key BETWEEN {_OWN}
    """,
    f"""
    INSERT INTO request_rows (subject, unit, code, day, channel, stage, originals, copies, fees, paid, due_at,
                              handed_day, late)
    SELECT subject + {_SHIFT}, unit, code || '.' || c, later(day, (c + 1) * 3), channel, 'handed', originals,
           copies, fees, fees, due_at, later(day, (c + 1) * 3), 0
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS c, request_rows WHERE subject BETWEEN {_OWN}
    """,
    f"""
    INSERT INTO kpi_items (subject, unit, matter, code, what, day, taken_at, due_at, promised_at, stage,
                           is_open, waits_for_number, sent_back, settled_at, period_day)
    SELECT subject + {_SHIFT}, unit, matter, code || '.' || c, what, later(day, (c + 1) * 3), taken_at,
           due_at, promised_at, 'handed', 0, 0, 0, taken_at + 3600000, later(day, (c + 1) * 3)
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS c, kpi_items WHERE subject BETWEEN {_OWN}
    """,
    f"""
    INSERT INTO dossier_rows (subject, unit, code, official_code, portal_code, day, channel, procedure, field,
                              stage, portal, due_at, done_at, late, returned_day)
    SELECT subject + {_SHIFT} + 1, unit, 'D' || subject || '.' || c, 'O' || subject || '.' || c,
           'P' || subject || '.' || c, later(day, (c + 1) * 3), channel, '1.000001', 'HT', 'returned', 10,
           due_at, due_at, 0, later(day, (c + 1) * 3)
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS c, request_rows
    WHERE subject BETWEEN {_OWN} AND (subject & 4294967295) %% 10 = 3
    """,
    f"""
    INSERT INTO checkpoints (journal, seq, head, signature)
    SELECT journal, seq + {_SHIFT}, head, signature
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS c, checkpoints
    WHERE journal = %(journal)s AND seq BETWEEN 2 AND %(template)s + 1
    """,
)
_SUMS = """
INSERT INTO kpi_days (unit, day, received, settled, on_time)
SELECT unit, day, count(*), count(*) FILTER (WHERE is_open = 0), count(*) FILTER (WHERE is_open = 0)
FROM kpi_items GROUP BY unit, day
ON CONFLICT (unit, day) DO UPDATE
SET received = excluded.received, settled = excluded.settled, on_time = excluded.on_time
"""


def grow(database: str, devices: Sequence[Device], copies: int) -> None:
    """``copies`` more of each device's first load, and the sums of the days. Raises ``psycopg.Error``."""
    with psycopg.connect(database) as connection:
        connection.execute("SET synchronous_commit = off")
        connection.execute(_DAYS)
        for device in devices:
            _grow(connection, device, copies)
            connection.commit()
        connection.execute(_SUMS)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _grow(connection: psycopg.Connection, device: Device, copies: int) -> None:
    """The copies of one device, and a head that it and the hub both go on from."""
    held, last = device.seq, device.seq + copies * TEMPLATE
    place = {"journal": device.journal, "held": held, "template": TEMPLATE, "first": 0, "last": copies - 1}
    for sql in _COPIES:
        connection.execute(sql, place)
    head = hashlib.sha256(f"{device.journal} {last}".encode()).digest()
    connection.execute(
        "UPDATE journal_heads SET seq = %s, head = %s, covered = %s, covered_head = %s WHERE journal = %s",
        (last, head, last, head, device.journal),
    )
    device.goes_on_from(last, head)
