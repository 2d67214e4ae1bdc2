"""Which question is put when: taken by one worker at a time, put again later and later with jitter."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from sync.hub.clock import LONGEST_WAIT_MS
from sync.hub.lookups.tables import lookup_rows, lookup_tries
from sync.hub.tables.engine import put, remove
from sync.hub.tables.locks import lock_reader
from sync.protocol.naming.ids import EntryId

AT_ONCE = 20
CLAIM_MS = 120_000
"""So long a worker has a question for itself; if it dies meanwhile, another takes it then."""
FIRST_MS, MOST_MS = 30_000, 30 * 60_000
TOLD_AFTER = 2
"""Vain tries before a counter hears "not reachable": one lost packet is no news (own figure)."""
_LOCK = "lookup-queue"


class Taken(NamedTuple):
    """A question a worker has: its unit, how often it was put in vain and since when (ms, 0 never)."""

    lookup: EntryId
    unit: str
    tries: int
    since: int
    told: bool


def take(connection: Connection, now: int, most: int = AT_ONCE) -> list[Taken]:
    """The questions that are due, oldest first, held for this worker until ``CLAIM_MS`` from ``now``."""
    lock_reader(connection, _LOCK)
    rows, tries = lookup_rows, lookup_tries
    due = func.coalesce(tries.c.next_at, 0)
    found = connection.execute(
        select(rows.c.subject, rows.c.unit, tries.c.tries, tries.c.since, tries.c.told)
        .outerjoin(tries, tries.c.lookup == rows.c.subject)
        .where(rows.c.is_open == 1, or_(due <= now, due > now + LONGEST_WAIT_MS))
        .order_by(rows.c.asked_at, rows.c.subject)
        .limit(most)
    )
    taken = [Taken(EntryId.from_key(row[0]), row[1], row[2] or 0, row[3] or 0, bool(row[4])) for row in found]
    put(connection, lookup_tries, [_row(one, now + CLAIM_MS) for one in taken])
    return taken


def postpone(
    connection: Connection, one: Taken, now: int, chance: Callable[[], float], *, told: bool
) -> None:
    """It was put in vain at ``now`` (ms): again after a wait that doubles, spread by ``chance`` (0 to 1)."""
    whole = min(MOST_MS, FIRST_MS << min(one.tries, 10))
    wait = int(whole * (0.5 + chance() / 2))
    again = one._replace(tries=one.tries + 1, since=one.since or now, told=told)
    put(connection, lookup_tries, [_row(again, now + wait)])


def done(connection: Connection, lookup: EntryId) -> None:
    """It was answered for good."""
    remove(connection, lookup_tries, "lookup", [lookup.key])


def _row(one: Taken, next_at: int) -> dict[str, int]:
    return {
        "lookup": one.lookup.key, "tries": one.tries, "next_at": next_at, "since": one.since,
        "told": int(one.told),
    }  # fmt: skip
