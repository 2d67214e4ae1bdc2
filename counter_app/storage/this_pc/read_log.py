"""The read log: who looked at whose data, when, in what way and - where it is asked - why.

Rows name subjects by id only; no name, number or word of a body ever stands here. Each row's chain covers all
before it. A row is written by itself when nobody else writes, and otherwise together with the next local
write; one that waits too long is written by the program's upkeep (``Store.settle_reads``).
"""

from __future__ import annotations

import hashlib
import struct
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from counter_app.storage.queries.select import number
from counter_app.storage.this_pc import device
from sync.protocol.naming.ids import EntryId

DAY_MS = 24 * 3_600_000
KEEP_MS = 2 * 365 * DAY_MS
"""How long rows stay: the project's own choice, no text of law was found for it [U]."""
KEEP_ROWS = 20_000
"""The newest rows stay whatever their date, so that a wild clock forgets nothing."""
MOST_NAMED = 64
"""Subjects of a list that one row names; ``shown`` counts all of them."""
MOST_WAITING = 10_000
"""Reads that may wait while the disk refuses writing; later ones are not held in memory."""
ANCHOR = "read_log.anchor"
"""Setting: the chain of the last row that was let go, in hex."""
_COLUMNS = "at, official, subject, what, reason, shown, more"


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody saw ``subjects`` at ``at`` (ms); ``what`` is a code of ``services.ports.reads``.

    ``official`` None: nobody was signed in (the command line). ``shown`` may exceed the subjects named.
    """

    at: int
    official: EntryId | None
    what: str
    subjects: tuple[EntryId, ...]
    shown: int
    reason: str = ""

    def row(self) -> tuple[int, int, int, str, str, int, bytes]:
        """The columns before the chain."""
        keys = [subject.key for subject in self.subjects[:MOST_NAMED]]
        first, rest = (keys[0], keys[1:]) if keys else (0, [])
        official = 0 if self.official is None else self.official.key
        return (
            self.at,
            official,
            first,
            self.what,
            self.reason,
            self.shown,
            struct.pack(f">{len(rest)}Q", *rest),
        )


class PendingReads:
    """Reads that are not written yet, in order. Any thread may add; who writes holds the store's turn."""

    def __init__(self) -> None:
        """Nothing waits."""
        self._waiting: deque[Read] = deque()
        self._rotated = 0

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def add(self, read: Read) -> None:
        """Remember one until the next write."""
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(read)

    def write(self, connection: Connection) -> int:
        """Write what waits; returns how many, to be forgotten once the transaction is committed."""
        taken = tuple(self._waiting)
        if not taken:
            return 0
        _append(connection, taken)
        if abs(taken[-1].at - self._rotated) > DAY_MS:
            rotate(connection, taken[-1].at)
            self._rotated = taken[-1].at
        return len(taken)

    def forget(self, count: int) -> None:
        """The first ``count`` are committed."""
        for _ in range(count):
            self._waiting.popleft()


def log_read(connection: Connection, read: Read) -> None:
    """Write one row at once, in the running transaction."""
    _append(connection, (read,))


def _append(connection: Connection, reads: Sequence[Read]) -> None:
    last = connection.exec_driver_sql("SELECT chain FROM read_log ORDER BY id DESC LIMIT 1").first()
    chain = _anchor(connection) if last is None else bytes(last[0])
    rows = []
    for read in reads:
        row = read.row()
        chain = _next(chain, row)
        rows.append((*row, chain))
    connection.exec_driver_sql(
        f"INSERT INTO read_log ({_COLUMNS}, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows
    )


def _next(chain: bytes, row: Iterable[object]) -> bytes:
    """Rows of the first release counted nothing (``shown`` 0); their chain covers five columns."""
    values = tuple(row)
    covered = values if values[5] else values[:5]
    return hashlib.sha256(chain + repr(covered).encode()).digest()


def _anchor(connection: Connection) -> bytes:
    return bytes.fromhex(device.setting(connection, ANCHOR))


def rotate(connection: Connection, now: int, keep_rows: int = KEEP_ROWS) -> int:
    """Let rows older than ``KEEP_MS`` go, oldest first; the chain goes on from the last of them."""
    newest = number(connection, "SELECT max(id) FROM read_log")
    first_kept = number(connection, "SELECT min(id) FROM read_log WHERE at >= ?", (now - KEEP_MS,))
    limit = min(first_kept or newest + 1, newest - keep_rows + 1)
    last = connection.exec_driver_sql(
        "SELECT chain FROM read_log WHERE id < ? ORDER BY id DESC LIMIT 1", (limit,)
    ).first()
    if last is None:
        return 0
    device.put_setting(connection, ANCHOR, bytes(last[0]).hex())
    return int(connection.exec_driver_sql("DELETE FROM read_log WHERE id < ?", (limit,)).rowcount)


def read_log_intact(connection: Connection) -> bool:
    """False when a row of the read log was changed, or taken out before the last one."""
    chain = _anchor(connection)
    for *row, kept in connection.exec_driver_sql(f"SELECT {_COLUMNS}, chain FROM read_log ORDER BY id"):
        chain = _next(chain, row)
        if chain != kept:
            return False
    return True


@dataclass(frozen=True, slots=True)
class LoggedRead:
    """A row as it is kept; ``subjects`` at most ``MOST_NAMED``."""

    id: int
    at: int
    official: EntryId | None
    what: str
    reason: str
    shown: int
    subjects: tuple[EntryId, ...]


def logged_reads(connection: Connection, since: int, until: int, limit: int) -> list[LoggedRead]:
    """Rows of ``since <= at < until`` (ms), newest first, at most ``limit``."""
    rows = connection.exec_driver_sql(
        f"SELECT id, {_COLUMNS} FROM read_log WHERE at >= ? AND at < ? ORDER BY id DESC LIMIT ?",
        (since, until, limit),
    )
    return [_logged(tuple(row)) for row in rows]


def _logged(row: tuple[int, int, int, int, str, str, int, bytes]) -> LoggedRead:
    place, at, official, subject, what, reason, shown, more = row
    keys = ((subject,) if subject else ()) + struct.unpack(f">{len(more) // 8}Q", more)
    who = EntryId.from_key(official) if official else None
    return LoggedRead(place, at, who, what, reason, shown, tuple(EntryId.from_key(key) for key in keys))
