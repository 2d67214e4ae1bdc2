"""Files of entries on their way (never exchanged themselves): what is to be sent, what was asked for.

What must be sent is read from the journal, never remembered beside it: a crash between an act and this table
costs nothing, since the next look finds the entry (decision 036).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from counter_app.storage.queries.select import number, one
from sync.protocol.naming.ids import EntryId, device_of, journal_of

OUT: Final = "out"
IN: Final = "in"
WAITING, SENT, HERE, GONE, REFUSED, ABSENT = "waiting", "sent", "here", "gone", "refused", "absent"
_COLUMNS = "digest, way, folder, subject, state, salt, key_version, length, taken, tries, asked_at, life"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file under way: ``digest`` is its SHA-256, ``folder`` that of kept files, ``subject`` its entry.

    ``salt`` and ``key_version`` say how it was sealed, ``length`` and ``taken`` are bytes of the sealed file,
    ``life`` the hub's when it had the file.
    """

    digest: bytes
    way: str
    folder: str
    subject: EntryId
    state: str
    salt: bytes
    key_version: int
    length: int
    taken: int
    tries: int
    asked_at: int
    life: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Files of this PC: at the province, not there yet."""

    sent: int
    waiting: int


def unqueued(connection: Connection, journal: int, kinds: Sequence[int]) -> list[EntryId]:
    """Entries of this device, in any life, that may name a file, written after the last queued one."""
    device = device_of(journal)
    first = EntryId(journal_of(device, 1), 1).key
    last = EntryId(journal_of(device, 255), 2**32 - 1).key
    after = number(
        connection, "SELECT coalesce(max(subject), 0) FROM attachments WHERE way = 'out' AND subject >= ?",
        (first,),
    )  # fmt: skip
    marks = ", ".join("?" * len(kinds))
    rows = connection.exec_driver_sql(
        f"SELECT key FROM entries WHERE kind IN ({marks}) AND key > ? AND key <= ? ORDER BY key",
        (*kinds, max(after, first - 1), last),
    )
    return [EntryId.from_key(row[0]) for row in rows]


def want(connection: Connection, digest: bytes, way: str, folder: str, subject: EntryId, at: int) -> None:
    """A file waits: to be sent, or to come. One that waits or was sent stays as it is."""
    connection.exec_driver_sql(
        f"INSERT INTO attachments ({_COLUMNS}) VALUES (?, ?, ?, ?, 'waiting', x'', 0, 0, 0, 0, ?, 0)"
        " ON CONFLICT (digest, way) DO UPDATE SET state = 'waiting', asked_at = excluded.asked_at, tries = 0"
        " WHERE attachments.way = 'in' AND attachments.state <> 'waiting'",
        (digest, way, folder, subject.key, at),
    )


def next_waiting(connection: Connection, way: str, life: int = 0) -> Attachment | None:
    """The file to move now: one that is under way first, then the oldest.

    What was sent to an earlier ``life`` of the hub waits again: it may have been restored without its files.
    """
    return one(
        connection, Attachment,
        "FROM attachments WHERE way = ? AND (state = 'waiting' OR (state = 'sent' AND life < ?))"
        " ORDER BY taken > 0 DESC, subject", (way, life),
    )  # fmt: skip


def find(connection: Connection, digest: bytes, way: str) -> Attachment | None:
    """How a file stands, None when nobody asked."""
    return one(connection, Attachment, "FROM attachments WHERE digest = ? AND way = ?", (digest, way))


def seal_with(connection: Connection, digest: bytes, salt: bytes, key_version: int, length: int) -> None:
    """How a file is sealed for sending; from its beginning."""
    connection.exec_driver_sql(
        "UPDATE attachments SET state = 'waiting', salt = ?, key_version = ?, length = ?, taken = 0"
        " WHERE digest = ? AND way = 'out'",
        (salt, key_version, length, digest),
    )


def moved(connection: Connection, digest: bytes, way: str, taken: int, length: int) -> None:
    """So many bytes of a sealed file are there."""
    connection.exec_driver_sql(
        "UPDATE attachments SET taken = ?, length = ? WHERE digest = ? AND way = ?",
        (taken, length, digest, way),
    )


def settle(connection: Connection, digest: bytes, way: str, state: str, life: int = 0) -> None:
    """A file is through, or will not be."""
    connection.exec_driver_sql(
        "UPDATE attachments SET state = ?, life = ?, salt = x'', taken = 0 WHERE digest = ? AND way = ?",
        (state, life, digest, way),
    )


def failed(connection: Connection, digest: bytes, way: str, most: int) -> None:
    """One try more was in vain: from the beginning, or given up after ``most``."""
    connection.exec_driver_sql(
        "UPDATE attachments SET tries = tries + 1, salt = x'', taken = 0,"
        " state = CASE WHEN tries + 1 >= ? THEN 'refused' ELSE 'waiting' END WHERE digest = ? AND way = ?",
        (most, digest, way),
    )


def counts(connection: Connection) -> Counts:
    """Files of this PC's entries at the province, and still waiting here."""
    row = connection.exec_driver_sql(
        "SELECT coalesce(sum(state = 'sent'), 0), coalesce(sum(state = 'waiting'), 0) FROM attachments"
        " WHERE way = 'out'"
    ).one()
    return Counts(int(row[0]), int(row[1]))


def hub_life(connection: Connection) -> int:
    """The hub's life by its last word, 0 before the first."""
    return number(connection, "SELECT coalesce(max(life), 0) FROM hub_words")
