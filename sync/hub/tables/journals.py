"""Entries, positions and checkpoints of journals. Every function works inside a transaction of the caller.

Nothing here decides whether an entry is welcome: ``ingest`` does for others', ``province`` writes ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from sync.hub.tables import schema
from sync.hub.tables.engine import add, among, in_chunks, note
from sync.protocol.carrying.lean import Past
from sync.protocol.carrying.run import Run, make_run
from sync.protocol.carrying.vector import Vector, make_vector
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.checkpoint import CHECKPOINT_EVERY, Checkpoint
from sync.protocol.journals.codec import decode
from sync.protocol.journals.entry import Entry, Facts
from sync.protocol.naming.ids import MAX_SEQ, EntryId, is_province

COMMON = ""
"""The unit column of the journal ``common``."""

_ENTRY = (
    schema.entries.c.key,
    schema.entries.c.facts,
    schema.entries.c.body,
    schema.entries.c.digest,
    schema.entries.c.seal,
)


class HeadMoved(RuntimeError):
    """A journal grew between reading its position and writing behind it; nothing of the writing is kept."""


class Position(NamedTuple):
    """How far a journal is held (``seq``, ``head``) and signed by its author (``covered``)."""

    unit: str
    seq: int
    head: bytes
    covered: int
    covered_head: bytes


def stored_entry(row: Sequence[Any]) -> Entry:
    """The entry of a row ``(key, facts, body, digest, seal)``; its bytes were checked when they came."""
    key, facts, body, digest, seal = row
    return Entry(EntryId.from_key(key), decode(Facts, facts), facts, body, digest, seal)


def position(connection: Connection, journal: int) -> Position | None:
    """How far ``journal`` is held, None when nothing of it is."""
    heads = schema.journal_heads
    row = connection.execute(
        select(heads.c.unit, heads.c.seq, heads.c.head, heads.c.covered, heads.c.covered_head).where(
            heads.c.journal == journal
        )
    ).first()
    return None if row is None else Position(*row)


def positions(connection: Connection, unit: str) -> dict[int, Position]:
    """Positions of the journals that ``unit`` exchanges: its devices', its province's, ``common``."""
    heads = schema.journal_heads
    rows = connection.execute(
        select(
            heads.c.journal, heads.c.unit, heads.c.seq, heads.c.head, heads.c.covered, heads.c.covered_head
        )
        .where(heads.c.unit.in_((unit, COMMON)))
        .order_by(heads.c.journal)
    )
    return {row[0]: Position(*row[1:]) for row in rows}


def vector_of(connection: Connection, unit: str) -> Vector:
    """What the hub holds of ``unit``, as far as signatures cover it."""
    held = positions(connection, unit)
    return make_vector({journal: (at.covered, at.covered_head) for journal, at in held.items()})


def entry_at(connection: Connection, entry_id: EntryId) -> Entry | None:
    """The entry at ``entry_id`` in its own journal, or None."""
    row = connection.execute(select(*_ENTRY).where(schema.entries.c.key == entry_id.key)).first()
    return None if row is None else stored_entry(row)


def entries_by_key(connection: Connection, keys: Sequence[int]) -> list[Entry]:
    """The held entries among ``keys``, ordered by id."""
    found: list[Entry] = []
    for some in in_chunks(sorted(set(keys))):
        rows = connection.execute(select(*_ENTRY).where(among(connection, schema.entries.c.key, some)))
        found += [stored_entry(row) for row in rows]
    return sorted(found, key=lambda entry: entry.id)


def entries_between(connection: Connection, journal: int, first: int, last: int) -> list[Entry]:
    """Entries ``first`` to ``last`` of a journal, in order."""
    low, high = EntryId(journal, first).key, EntryId(journal, last).key
    key = schema.entries.c.key
    rows = connection.execute(select(*_ENTRY).where(key.between(low, high)).order_by(key))
    return [stored_entry(row) for row in rows]


def entries_of_kinds(connection: Connection, unit: str, kinds: Sequence[int]) -> list[Entry]:
    """Entries of these kinds in the journals of ``unit`` and in ``common``, ordered by id."""
    heads = schema.journal_heads
    rows = connection.execute(
        select(*_ENTRY)
        .join(heads, heads.c.journal == schema.entries.c.journal)
        .where(schema.entries.c.kind.in_(list(kinds)), heads.c.unit.in_((unit, COMMON)))
        .order_by(schema.entries.c.key)
    )
    return [stored_entry(row) for row in rows]


def head_at(connection: Connection, journal: int, seq: int) -> bytes:
    """The head at ``seq``, which is held: chained on from the nearest signature below."""
    points = schema.checkpoints
    row = connection.execute(
        select(points.c.seq, points.c.head)
        .where(points.c.journal == journal, points.c.seq <= seq)
        .order_by(points.c.seq.desc())
        .limit(1)
    ).first()
    place, head = (0, first_head(journal)) if row is None else (row[0], row[1])
    key = schema.entries.c.key
    rows = connection.execute(
        select(schema.entries.c.header_hash)
        .where(key.between(EntryId(journal, place + 1).key, EntryId(journal, seq).key))
        .order_by(key)
    )
    for (header_hash,) in rows:
        head = next_head(head, header_hash)
    return bytes(head)


def past_of(connection: Connection, journal: int, first: int, last: int) -> Past | None:
    """The entries ``first`` .. ``last`` and the head at ``last``; None unless all are held and signed."""
    held = position(connection, journal)
    if held is None or held.covered < last:
        return None
    entries = entries_between(connection, journal, first, last)
    return Past(head_at(connection, journal, last), entries) if len(entries) == last - first + 1 else None


def write_entries(
    connection: Connection,
    added: Sequence[Entry],
    unit: str,
    before: Position | None,
    arrived: int,
    head: bytes | None = None,
) -> Position:
    """Add consecutive entries of one journal that follow ``before``; ``arrived`` is the hub's clock (ms).

    The caller has verified them; ``head`` is the one after the last where that proof computed it. A known key
    is an error of the database, never ignored.
    """
    journal = added[0].id.journal
    rows = [_row(entry, arrived) for entry in added]
    if head is None:
        head = first_head(journal) if before is None else before.head
        for row in rows:
            head = next_head(head, row["header_hash"])
    add(connection, schema.entries, rows)
    index_entries(connection, added)
    covered, covered_head = (
        (0, first_head(journal)) if before is None else (before.covered, before.covered_head)
    )
    now = Position(unit, added[-1].id.seq, head, covered, covered_head)
    _move_head(connection, journal, before, now)
    return now


def _move_head(connection: Connection, journal: int, before: Position | None, now: Position) -> None:
    """From ``before`` to ``now``. Raises HeadMoved when somebody was quicker: a lock is missing."""
    heads = schema.journal_heads
    if before is None:
        add(connection, heads, [{"journal": journal, **now._asdict()}])
        return
    moved = connection.execute(
        heads.update()
        .where(heads.c.journal == bindparam("which"), heads.c.seq == bindparam("held"))
        .values(seq=bindparam("upto"), head=bindparam("their_head")),
        {"which": journal, "held": before.seq, "upto": now.seq, "their_head": now.head},
    )
    if moved.rowcount != 1:
        raise HeadMoved(f"journal {journal} is no longer at {before.seq}")


def _row(entry: Entry, arrived: int) -> dict[str, Any]:
    facts = entry.facts
    return {
        "key": entry.id.key,
        "journal": entry.id.journal,
        "seq": entry.id.seq,
        "at": facts.at,
        "kind": facts.kind,
        "facts": entry.facts_bytes,
        "body": entry.body,
        "digest": entry.digest,
        "seal": entry.seal,
        "header_hash": entry.header_hash,
        "arrived": arrived,
    }


def index_entries(connection: Connection, added: Sequence[Entry]) -> None:
    """Note which subjects ``added`` concern (held or carried, under their own ids)."""
    rows = [
        {"subject": subject.key, "key": entry.id.key, "position": place}
        for entry in added
        for place, subject in _distinct(entry.facts.subjects)
    ]
    note(connection, schema.entry_subjects, rows)


def _distinct(subjects: Sequence[EntryId]) -> Iterator[tuple[int, EntryId]]:
    seen: set[EntryId] = set()
    for place, subject in enumerate(subjects):
        if subject not in seen:
            seen.add(subject)
            yield place, subject


def write_checkpoints(connection: Connection, journal: int, points: Sequence[Checkpoint]) -> None:
    """Keep signatures of ``journal``'s author and note how far they cover."""
    if not points:
        return
    rows = [
        {"journal": journal, "seq": point.seq, "head": point.head, "signature": point.signature}
        for point in points
    ]
    note(connection, schema.checkpoints, rows)
    last = max(points, key=lambda point: point.seq)
    heads = schema.journal_heads
    connection.execute(
        heads.update()
        .where(heads.c.journal == bindparam("which"), heads.c.covered < bindparam("upto"))
        .values(covered=bindparam("upto"), covered_head=bindparam("their_head")),
        {"which": journal, "upto": last.seq, "their_head": last.head},
    )


def pieces_from(connection: Connection, first: Mapping[int, int], most_bytes: int) -> list[Run]:
    """Runs cut at signatures from ``{journal: first seq}`` on, province's first, about ``most_bytes``.

    At least one piece when there is any; about 64 entries a piece where signatures allow.
    """
    pieces: list[Run] = []
    for journal in sorted(first, key=lambda number: (not is_province(number), number)):
        for piece in _pieces(connection, journal, first[journal]):
            pieces.append(piece)
            most_bytes -= sum(len(e.facts_bytes) + len(e.body or b"") for e in piece.entries) + 64
            if most_bytes <= 0:
                return pieces
    return pieces


def _pieces(connection: Connection, journal: int, first: int) -> Iterator[Run]:
    points = schema.checkpoints
    rows = connection.execute(
        select(points.c.journal, points.c.seq, points.c.head, points.c.signature)
        .where(points.c.journal == journal, points.c.seq.between(first, MAX_SEQ))
        .order_by(points.c.seq)
    )
    left = [Checkpoint(*row) for row in rows]
    start, place = first, 0
    while place < len(left):
        end = place
        while end + 1 < len(left) and left[end + 1].seq < start + CHECKPOINT_EVERY:
            end += 1
        point = left[end]
        held = entries_between(connection, journal, start, point.seq)
        yield make_run(head_at(connection, journal, start - 1), held, [point])
        start, place = point.seq + 1, end + 1
