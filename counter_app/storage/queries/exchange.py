"""What is at the province: ``saved == received + waiting``, from its signed vector and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import number, select
from sync.protocol.ids import COMMON_DEVICE, EntryId


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
    """Counts by journal position, so that they cannot disagree with the vector."""
    row = connection.exec_driver_sql(
        "SELECT coalesce(sum(seq), 0), coalesce(sum(min(seq, coalesce(received, 0))), 0),"
        " coalesce(sum(min(seq, coalesce(backed_up, 0))), 0)"
        " FROM journal_heads LEFT JOIN hub_words USING (journal) WHERE journal < ?",
        (COMMON_DEVICE << 8,),
    ).one()
    saved, received, backed_up = row
    waiting = connection.exec_driver_sql(
        "SELECT coalesce(min(e.at), 0), coalesce(sum(length(e.facts) + coalesce(length(e.body), 0)), 0)"
        " FROM journal_heads h LEFT JOIN hub_words w USING (journal)"
        " JOIN entries e ON e.key > (h.journal << 32 | coalesce(w.received, 0))"
        " AND e.key <= (h.journal << 32 | h.seq) WHERE h.journal < ?",
        (COMMON_DEVICE << 8,),
    ).one()
    return SyncCounts(saved, received, saved - received, backed_up, *waiting)


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


def second_copies(connection: Connection, journal: int) -> list[SecondCopy]:
    """Who else holds our journal and how far, best first."""
    return select(
        connection, SecondCopy, "FROM peers WHERE journal = ? ORDER BY seq DESC, at DESC", (journal,)
    )
