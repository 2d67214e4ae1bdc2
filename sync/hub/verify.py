"""Proof that what the hub holds is what the authors signed: every digest, chain, checkpoint and opening."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, select

from sync.hub.tables import journals, schema
from sync.hub.tables.engine import check_whole
from sync.hub.tables.held import HeldJournals
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.checkpoint import Checkpoint
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.grants import HubKeys
from sync.protocol.refusals import NotAuthentic

_AT_ONCE = 2_000


def problems(connection: Connection, hub_keys: HubKeys) -> list[str]:
    """What is wrong with pages, chains and signatures, in words for a technician; empty when all is well."""
    found = [f"database: {line}" for line in check_whole(connection)]
    heads = schema.journal_heads
    held = HeldJournals(connection, hub_keys)
    for journal in connection.execute(select(heads.c.journal).order_by(heads.c.journal)).scalars().all():
        found += [f"journal {journal}: {line}" for line in _journal(connection, held, journal)]
    return found


def _journal(connection: Connection, held: HeldJournals, journal: int) -> Iterator[str]:
    position = journals.position(connection, journal)
    key = held.signing_key(journal)
    if position is None or key is None:
        yield "its opening does not verify"
        return
    points = _points(connection, journal)
    head, seq = first_head(journal), 0
    for entry in _entries(connection, journal, position.seq):
        seq += 1
        if entry.id.seq != seq:
            yield f"seq {seq} is missing"
            return
        if entry.body is not None and hashlib.sha256(entry.body).digest() != entry.digest:
            yield f"the body at {seq} was changed"
        head = next_head(head, entry.header_hash)
        point = points.pop(seq, None)
        if point is not None:
            yield from _signature(point, head, key)
    if (seq, head) != (position.seq, position.head):
        yield f"the chain ends at {seq} with another head"
    if points:
        yield f"signatures beyond the last entry: {sorted(points)}"


def _signature(point: Checkpoint, head: bytes, key: bytes) -> Iterator[str]:
    if point.head != head:
        yield f"the signature at {point.seq} is over another head"
        return
    try:
        point.verify(key)
    except NotAuthentic:
        yield f"the signature at {point.seq} does not verify"


def _points(connection: Connection, journal: int) -> dict[int, Checkpoint]:
    table = schema.checkpoints
    rows = connection.execute(
        select(table.c.journal, table.c.seq, table.c.head, table.c.signature).where(
            table.c.journal == journal
        )
    )
    return {row[1]: Checkpoint(*row) for row in rows}


def _entries(connection: Connection, journal: int, last: int) -> Iterator[Entry]:
    for start in range(1, last + 1, _AT_ONCE):
        yield from journals.entries_between(connection, journal, start, min(start + _AT_ONCE - 1, last))
