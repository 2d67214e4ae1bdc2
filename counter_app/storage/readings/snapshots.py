"""States of subjects that many entries touch, kept so that the 24,000th number costs what the 24th did."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Table

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.registry import BY_NAME
from counter_app.storage.readings.reading import READ, blob, key, text
from counter_app.storage.statements import ask, put_sql, write_rows
from sync.protocol.naming.ids import EntryId

KEPT_FOR = frozenset({"register", "lot", "receipt_book", "unit", "group", "delegation"})
"""Aggregates with a snapshot; all others are folded from their few entries each time."""

VERSION = 2
"""Higher when ``KEPT_FOR`` or a kept state changes; 2: acts of delegation, which every lot names."""

snapshots = Table("snapshots", READ, key("subject"), text("aggregate"), blob("folded"), blob("state"))
"""Folded subjects as MessagePack, the state apart since its type follows from the aggregate."""

_FOLDED = msgspec.msgpack.Decoder(Folded)


def write_snapshots(connection: Connection, subjects: list[Folded]) -> None:
    """Keep those of ``subjects`` that deserve it."""
    rows = [
        (
            folded.subject.key,
            folded.aggregate,
            msgspec.msgpack.encode(msgspec.structs.replace(folded, state=None)),
            msgspec.msgpack.encode(folded.state),
        )
        for folded in subjects
        if folded.aggregate in KEPT_FOR
    ]
    write_rows(connection, put_sql(snapshots), rows)


def snapshot(connection: Connection, subject: EntryId) -> Folded | None:
    """The kept state of ``subject``, None when none is kept."""
    found = ask(
        connection, "SELECT aggregate, folded, state FROM snapshots WHERE subject = ?", (subject.key,)
    )
    if not found:
        return None
    ((name, packed, state),) = found
    kind: Any = BY_NAME[name].state
    return msgspec.structs.replace(
        _FOLDED.decode(packed), state=msgspec.msgpack.decode(state, type=kind | None)
    )


def applied_heads(connection: Connection, subject: EntryId) -> tuple[EntryId, ...] | None:
    """The heads without what waits for a parent; None when nothing waits, or no snapshot is kept."""
    found = ask(connection, "SELECT folded FROM snapshots WHERE subject = ?", (subject.key,))
    if not found:
        return None
    folded = _FOLDED.decode(found[0][0])
    return folded.heads if folded.waiting else None


def drop_snapshot(connection: Connection, subject: EntryId) -> None:
    """Forget one kept state: the subject is folded again from its entries."""
    connection.exec_driver_sql("DELETE FROM snapshots WHERE subject = ?", (subject.key,))
