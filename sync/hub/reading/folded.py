"""Subjects folded from their facts, and the snapshots that keep a long year as cheap as a short one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact, apart_from
from counter_app.domain.folding.registry import BY_NAME, advance, fold_subject, read_fact
from sync.hub.tables import schema
from sync.hub.tables.engine import among, in_chunks, put, remove
from sync.hub.tables.journals import stored_entry
from sync.protocol.carrying.packing import unpack_entry
from sync.protocol.naming.ids import EntryId

KEPT_FOR = frozenset({"register", "lot", "receipt_book", "unit"})
"""Aggregates with a snapshot; others are folded from their few entries."""
_FOLDED = msgspec.msgpack.Decoder(Folded)


def facts_of(connection: Connection, subjects: Sequence[EntryId]) -> dict[EntryId, list[Fact]]:
    """Every readable fact that names each of ``subjects``."""
    found: dict[EntryId, list[Fact]] = {subject: [] for subject in subjects}
    index, entries, carried = schema.entry_subjects, schema.entries, schema.carried
    aside = select(schema.set_aside.c.key)
    for keys in in_chunks([subject.key for subject in subjects]):
        held = connection.execute(
            select(
                index.c.subject,
                entries.c.key,
                entries.c.facts,
                entries.c.body,
                entries.c.digest,
                entries.c.seal,
            )
            .join(entries, entries.c.key == index.c.key)
            .where(among(connection, index.c.subject, keys), index.c.key.not_in(aside))
        )
        for subject, *row in held:
            found[EntryId.from_key(subject)].append(read_fact(stored_entry(row)))
        inner = connection.execute(
            select(index.c.subject, carried.c.key, carried.c.packed)
            .join(carried, carried.c.key == index.c.key)
            .where(among(connection, index.c.subject, keys))
        )
        for subject, key, packed in inner:
            found[EntryId.from_key(subject)].append(read_fact(unpack_entry(EntryId.from_key(key), packed)))
        unread = select(index.c.key).where(among(connection, index.c.subject, keys), index.c.key.in_(aside))
        if ids := frozenset(map(EntryId.from_key, connection.execute(unread).scalars())):
            found.update((one, apart_from(found[one], ids)) for one in map(EntryId.from_key, keys))
    return found


def fold_whole(connection: Connection, subjects: Sequence[EntryId]) -> dict[EntryId, Folded]:
    """``subjects`` folded from all their facts."""
    return {
        subject: fold_subject(subject, facts) for subject, facts in facts_of(connection, subjects).items()
    }


def fold_with(connection: Connection, fresh: Mapping[EntryId, Sequence[Fact]]) -> dict[EntryId, Folded]:
    """Subjects with the facts just added: on top of a snapshot where that is right, else folded whole."""
    done: dict[EntryId, Folded] = {}
    kept = snapshots_of(connection, list(fresh))
    for subject, facts in fresh.items():
        folded: Folded | None = kept.get(subject)
        for fact in facts:
            folded = None if folded is None else advance(folded, fact)
        if folded is not None:
            done[subject] = folded
    done.update(fold_whole(connection, [subject for subject in fresh if subject not in done]))
    return done


def states_of(connection: Connection, subjects: Sequence[EntryId]) -> dict[EntryId, Folded]:
    """``subjects`` as they stand, from snapshots where there are any."""
    kept = snapshots_of(connection, subjects)
    kept.update(fold_whole(connection, [subject for subject in subjects if subject not in kept]))
    return kept


def snapshots_of(connection: Connection, subjects: Sequence[EntryId]) -> dict[EntryId, Folded]:
    """Kept states of those of ``subjects`` that have one."""
    found: dict[EntryId, Folded] = {}
    table = schema.snapshots
    for keys in in_chunks([subject.key for subject in subjects]):
        rows = connection.execute(
            select(table.c.subject, table.c.aggregate, table.c.folded, table.c.state).where(
                among(connection, table.c.subject, keys)
            )
        )
        for subject, name, packed, state in rows:
            kind: Any = BY_NAME[name].state
            found[EntryId.from_key(subject)] = msgspec.structs.replace(
                _FOLDED.decode(packed), state=msgspec.msgpack.decode(state, type=kind | None)
            )
    return found


def keep_snapshots(connection: Connection, subjects: Sequence[Folded]) -> None:
    """Keep those of ``subjects`` that deserve it, forget the others'."""
    rows = [
        {
            "subject": folded.subject.key,
            "aggregate": folded.aggregate,
            "folded": msgspec.msgpack.encode(msgspec.structs.replace(folded, state=None)),
            "state": msgspec.msgpack.encode(folded.state),
        }
        for folded in subjects
        if folded.aggregate in KEPT_FOR
    ]
    put(connection, schema.snapshots, rows)


def drop_snapshots(connection: Connection, subjects: Sequence[EntryId]) -> None:
    """Forget kept states: the subjects are folded again from their entries."""
    remove(connection, schema.snapshots, "subject", [subject.key for subject in subjects])
