"""The journal itself: reading entries and adding them, with chain, parents and heads.

Every function works on a connection inside a transaction that somebody else began. Nothing here decides
whether an entry is welcome: ``appending`` does for our own, ``ingest`` for those of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from counter_app.storage.journals.journal_tables import (
    checkpoints,
    entries,
    entry_parents,
    entry_subjects,
)
from counter_app.storage.statements import insert_sql, write_rows
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.checkpoint import Checkpoint
from sync.protocol.journals.codec import decode
from sync.protocol.journals.entry import Entry, Facts
from sync.protocol.naming.ids import EntryId

_COLUMNS = "e.key, e.facts, e.body, e.digest, e.seal"
_ALL = f"SELECT {_COLUMNS} FROM entries e"
_OF_SUBJECT = (
    f"SELECT {_COLUMNS} FROM entry_subjects s JOIN entries e ON e.key = s.key"
    " WHERE s.subject = ? AND s.key NOT IN (SELECT key FROM set_aside) GROUP BY e.key ORDER BY e.key"
)
_PUT_HEAD = (
    "INSERT INTO journal_heads (journal, seq, head, covered) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (journal) DO UPDATE"
    " SET seq = excluded.seq, head = excluded.head, covered = excluded.covered"
)
_DROP_NAMED_HEAD = "DELETE FROM subject_heads WHERE subject = ? AND head = ?"
_DROP_EARLIER_HEAD = "DELETE FROM subject_heads WHERE subject = ?1 AND head < ?2 AND head > (?2 >> 32 << 32)"
_ADD_SUBJECT_HEAD = (
    "INSERT INTO subject_heads (subject, head) SELECT ?1, ?2"
    " WHERE NOT EXISTS (SELECT 1 FROM entry_subjects"
    " WHERE subject = ?1 AND key > ?2 AND key <= (?2 | 4294967295))"
    " AND NOT EXISTS (SELECT 1 FROM entry_parents p JOIN entry_subjects s ON s.key = p.key AND s.subject = ?1"
    " WHERE p.parent = ?2) ON CONFLICT DO NOTHING"
)


class Position(NamedTuple):
    """How far a journal is held: last ``seq``, its ``head``, last seq its author signed."""

    seq: int
    head: bytes
    covered: int


def stored_entry(row: Any) -> Entry:
    """The entry of a row ``(key, facts, body, digest, seal)``; its bytes were checked when they came."""
    key, facts, body, digest, seal = row
    return Entry(EntryId.from_key(key), decode(Facts, facts), facts, body, digest, seal)


def entry_at(connection: Connection, entry_id: EntryId) -> Entry | None:
    """The entry at ``entry_id`` in one of the held journals, or None."""
    row = connection.exec_driver_sql(f"{_ALL} WHERE e.key = ?", (entry_id.key,)).first()
    return None if row is None else stored_entry(row)


def entries_of(connection: Connection, subject: EntryId) -> list[Entry]:
    """Entries of held journals that concern ``subject``, ordered by id; set-aside ones left out."""
    return [stored_entry(row) for row in connection.exec_driver_sql(_OF_SUBJECT, (subject.key,))]


def entries_between(connection: Connection, journal: int, first: int, last: int) -> Iterator[Entry]:
    """Entries ``first`` to ``last`` of a journal, in order; fetched as they are consumed."""
    bounds = (EntryId(journal, first).key, EntryId(journal, last).key)
    rows = connection.exec_driver_sql(f"{_ALL} WHERE e.key BETWEEN ? AND ? ORDER BY e.key", bounds)
    return (stored_entry(row) for row in rows)


def position(connection: Connection, journal: int) -> Position:
    """How far ``journal`` is held; ``(0, head(0), 0)`` when nothing of it is."""
    row = connection.exec_driver_sql(
        "SELECT seq, head, covered FROM journal_heads WHERE journal = ?", (journal,)
    ).first()
    return Position(0, first_head(journal), 0) if row is None else Position(*row)


def positions(connection: Connection) -> dict[int, Position]:
    """How far every journal is held."""
    rows = connection.exec_driver_sql(
        "SELECT journal, seq, head, covered FROM journal_heads ORDER BY journal"
    )
    return {row[0]: Position(*row[1:]) for row in rows}


def heads_of(connection: Connection, subject: EntryId) -> tuple[EntryId, ...]:
    """The latest entries on ``subject`` (as ``Folded.heads``): what the next act on it names in ``after``."""
    rows = connection.exec_driver_sql(
        "SELECT head FROM subject_heads WHERE subject = ? ORDER BY head", (subject.key,)
    )
    return tuple(EntryId.from_key(row[0]) for row in rows)


def write_entries(connection: Connection, added: Sequence[Entry], before: Position, arrived: int) -> Position:
    """Add consecutive entries of one journal that follow ``before``; ``arrived`` is our clock in ms.

    Returns the new position, its ``covered`` unchanged. The caller has checked that they may be added;
    holes and known positions are refused by the database all the same (``guards``).
    """
    rows = []
    head = before.head
    for entry in added:
        header_hash = entry.header_hash
        head = next_head(head, header_hash)
        facts = entry.facts
        rows.append(
            (
                entry.id.key,
                entry.id.journal,
                entry.id.seq,
                facts.at,
                facts.kind,
                facts.version,
                facts.flags,
                entry.facts_bytes,
                entry.body,
                entry.digest,
                entry.seal,
                header_hash,
                arrived,
            )
        )
    write_rows(connection, insert_sql(entries), rows)
    index_entries(connection, added)
    if not added:
        return before
    last = added[-1].id
    connection.exec_driver_sql(_PUT_HEAD, (last.journal, last.seq, head, before.covered))
    return Position(last.seq, head, before.covered)


def index_entries(connection: Connection, added: Iterable[Entry]) -> None:
    """Note subjects, parents and the new heads of subjects of ``added`` (held or carried, inner ids)."""
    subjects, parents, named = [], [], []
    heads: dict[tuple[int, int], int] = {}
    for entry in added:
        key = entry.id.key
        facts = entry.facts
        subjects += [(subject.key, key, place) for place, subject in enumerate(facts.subjects)]
        parents += [(parent.key, key) for parent in dict.fromkeys(facts.after)]
        named += [(subject.key, parent.key) for subject in facts.subjects for parent in facts.after]
        heads.update({(subject.key, entry.id.journal): key for subject in facts.subjects})
    latest = [(subject, key) for (subject, _), key in heads.items()]
    write_rows(connection, insert_sql(entry_subjects), subjects)
    write_rows(connection, insert_sql(entry_parents), parents)
    write_rows(connection, _DROP_EARLIER_HEAD, latest)
    write_rows(connection, _ADD_SUBJECT_HEAD, latest)
    write_rows(connection, _DROP_NAMED_HEAD, named)


def write_checkpoint(connection: Connection, checkpoint: Checkpoint) -> None:
    """Keep an author's signature and note how far it covers; one already held is left as it is."""
    row = (checkpoint.journal, checkpoint.seq, checkpoint.head, checkpoint.signature)
    write_rows(connection, f"{insert_sql(checkpoints)} ON CONFLICT DO NOTHING", [row])
    connection.exec_driver_sql(
        "UPDATE journal_heads SET covered = max(covered, ?) WHERE journal = ? AND seq >= ?",
        (checkpoint.seq, checkpoint.journal, checkpoint.seq),
    )


def checkpoints_between(connection: Connection, journal: int, first: int, last: int) -> list[Checkpoint]:
    """Signatures of a journal's author from ``first`` to ``last`` seq, in order."""
    rows = connection.exec_driver_sql(
        "SELECT journal, seq, head, signature FROM checkpoints WHERE journal = ? AND seq BETWEEN ? AND ?"
        " ORDER BY seq",
        (journal, first, last),
    )
    return [Checkpoint(*row) for row in rows]
