"""Entries inside envelopes, and bodies that a redaction empties; the counter's rules at the hub."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from sync.hub.tables import journals, schema
from sync.hub.tables.engine import note
from sync.protocol.carrying.packing import pack_entry
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Entry
from sync.protocol.journals.system_kinds import Carried, Redacted, SystemKind
from sync.protocol.naming.ids import EntryId, is_province
from sync.protocol.refusals import Malformed


def unwrap(connection: Connection, readable: Sequence[Entry]) -> list[Entry]:
    """Keep and index what ``Carried`` entries bring under its own id; returns what is new here."""
    fresh: list[Entry] = []
    for envelope in readable:
        if envelope.facts.kind != SystemKind.CARRIED or envelope.body is None:
            continue
        try:
            inner = decode_body(Carried, envelope.body).unpack()
        except Malformed:
            continue  # newer than this program: kept and passed on in its envelope
        carried = schema.carried
        known = connection.execute(select(carried.c.key).where(carried.c.key == inner.id.key)).first()
        if known is None and journals.entry_at(connection, inner.id) is None:
            row = {"key": inner.id.key, "envelope": envelope.id.key, "packed": pack_entry(inner)}
            note(connection, carried, [row])
            journals.index_entries(connection, [inner])
            fresh.append(inner)
    return fresh


def redact(connection: Connection, unit: str, readable: Sequence[Entry]) -> tuple[EntryId, ...]:
    """Drop the bodies that orders of ``unit`` name, also those that arrive after the order.

    Returns the subjects to fold again. Header and digest stay, so the chain still verifies.
    """
    orders = journals.entries_of_kinds(connection, unit, [SystemKind.REDACTED])
    fresh = {entry.id for entry in readable}
    targets = {
        target
        for order in orders
        if (target := _target(order)) is not None and (order.id in fresh or target in fresh)
    }
    subjects: set[EntryId] = set()
    for target in targets:
        held = journals.entry_at(connection, target)
        position = journals.position(connection, target.journal)
        if held is None or held.body is None or position is None or position.unit != unit:
            continue
        table = schema.entries
        connection.execute(table.update().where(table.c.key == target.key).values(body=None))
        subjects.update(held.facts.subjects)
    return tuple(sorted(subjects))


def _target(order: Entry) -> EntryId | None:
    if order.body is None or not (is_province(order.id.journal) or order.seal):
        return None
    try:
        return decode_body(Redacted, order.body).entry
    except Malformed:
        return None
