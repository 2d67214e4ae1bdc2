"""What is at the province: ``saved == received + waiting``, from its signed vector and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import number, select
from sync.protocol.naming.ids import COMMON_DEVICE, EntryId

MEASURED = 500
"""Waiting entries of a journal whose size is looked at."""


@dataclass(frozen=True, slots=True)
class SyncCounts:
    """Entries of the unit's counters held here; ``oldest_waiting`` in ms, 0 for none."""

    saved: int
    received: int
    waiting: int
    backed_up: int
    oldest_waiting: int
    waiting_bytes: int


def sync_counts(connection: Connection) -> SyncCounts:
    """Counts by journal position, so that they cannot disagree with the vector.

    Every screen asks this, in a unit without a province too, where a year of entries waits: the size of what
    waits is that of the first ``MEASURED`` entries of a journal, reckoned up for the rest.
    """
    rows = connection.exec_driver_sql(
        "SELECT journal, seq, min(seq, coalesce(received, 0)), min(seq, coalesce(backed_up, 0))"
        " FROM journal_heads LEFT JOIN hub_words USING (journal) WHERE journal < ?",
        (COMMON_DEVICE << 8,),
    ).all()
    waiting = [_waiting(connection, row[0], row[2], row[1]) for row in rows if row[1] > row[2]]
    saved, received, backed_up = (sum(row[place] for row in rows) for place in (1, 2, 3))
    oldest = min((at for at, _ in waiting), default=0)
    return SyncCounts(saved, received, saved - received, backed_up, oldest, sum(size for _, size in waiting))


def _waiting(connection: Connection, journal: int, received: int, seq: int) -> tuple[int, int]:
    """When the oldest entry of a journal behind ``received`` was written, and about how many bytes wait."""
    at, size, measured = connection.exec_driver_sql(
        "SELECT min(at), sum(size), count(*) FROM"
        " (SELECT at, length(facts) + coalesce(length(body), 0) AS size FROM entries"
        " WHERE key > ? AND key <= ? ORDER BY key LIMIT ?)",
        (journal << 32 | received, journal << 32 | seq, MEASURED),
    ).one()
    return (at, size * (seq - received) // measured) if measured else (0, 0)


def is_received(connection: Connection, entry: EntryId) -> bool:
    """True when the province's signed vector covers ``entry``."""
    return bool(
        number(
            connection, "SELECT received >= ? FROM hub_words WHERE journal = ?", (entry.seq, entry.journal)
        )
    )


def marks(connection: Connection) -> dict[int, int]:
    """``{journal: last seq at the province}``: marks for whole lists without a query a row."""
    rows = connection.exec_driver_sql("SELECT journal, received FROM hub_words")
    return {row[0]: row[1] for row in rows}


def in_backup(connection: Connection) -> dict[int, int]:
    """``{journal: last seq in a verified backup of the province}`` by its newest signed word."""
    rows = connection.exec_driver_sql("SELECT journal, backed_up FROM hub_words WHERE backed_up > 0")
    return {row[0]: row[1] for row in rows}


def entries_waiting(connection: Connection, limit: int = 200) -> list[EntryId]:
    """Entries of counters that the province has not acknowledged, oldest first."""
    rows = connection.exec_driver_sql(
        "SELECT e.key FROM journal_heads h LEFT JOIN hub_words w USING (journal)"
        " JOIN entries e ON e.key > (h.journal << 32 | coalesce(w.received, 0))"
        " AND e.key <= (h.journal << 32 | h.seq) WHERE h.journal < ? ORDER BY e.at, e.key LIMIT ?",
        (COMMON_DEVICE << 8, limit),
    )
    return [EntryId.from_key(row[0]) for row in rows]


def entries_received(connection: Connection, limit: int = 200) -> list[EntryId]:
    """The latest entries of counters that are at the province."""
    rows = connection.exec_driver_sql(
        "SELECT e.key FROM hub_words w JOIN entries e ON e.key > (w.journal << 32)"
        " AND e.key <= (w.journal << 32 | w.received) WHERE w.journal < ?"
        " ORDER BY e.at DESC, e.key DESC LIMIT ?",
        (COMMON_DEVICE << 8, limit),
    )
    return [EntryId.from_key(row[0]) for row in rows]


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A run refused on arrival, for the technician."""

    id: int
    journal: int
    first_seq: int
    code: str
    detail: str
    arrived: int


def parked(connection: Connection) -> list[ParkedRow]:
    """What was refused, newest first."""
    return select(connection, ParkedRow, "FROM parked ORDER BY id DESC")


@dataclass(frozen=True, slots=True)
class SecondCopy:
    """A peer that is known to hold all of a journal up to ``seq``, as told at ``at`` (ms)."""

    peer: str
    seq: int
    at: int


def only_here(connection: Connection, journal: int) -> int:
    """How many entries of ``journal`` no peer and not the province is known to hold: one disk has them."""
    return number(
        connection,
        "SELECT max(0, coalesce((SELECT seq FROM journal_heads WHERE journal = ?1), 0) - max("
        "coalesce((SELECT max(seq) FROM peers WHERE journal = ?1), 0),"
        " coalesce((SELECT received FROM hub_words WHERE journal = ?1), 0)))",
        (journal,),
    )


def second_copies(connection: Connection, journal: int) -> list[SecondCopy]:
    """Who else holds our journal and how far, best first."""
    return select(
        connection, SecondCopy, "FROM peers WHERE journal = ? ORDER BY seq DESC, at DESC", (journal,)
    )
