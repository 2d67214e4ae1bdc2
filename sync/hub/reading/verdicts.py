"""The verdicts of ``domain.organisation.readable`` kept at the hub: which entries are set aside, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from counter_app.domain.organisation.readable import (
    KEY_KINDS,
    NO_SEAL,
    OFFICIAL_UNKNOWN,
    REVOKED,
    Judge,
    changes_verdicts,
)
from sync.hub import enrol
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import among, in_chunks, put, remove
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId

__all__ = ["NO_SEAL", "OFFICIAL_UNKNOWN", "REVOKED", "Verdicts", "changes_verdicts"]


class Verdicts(Judge):
    """Judges entries of one unit with the keys and revocations held, and the keys in ``arriving``."""

    def __init__(self, connection: Connection, unit: str, arriving: Iterable[Entry] = ()) -> None:
        super().__init__(enrol.revocations(connection, unit))
        self.learn(journals.entries_of_kinds(connection, unit, KEY_KINDS))
        self.learn(arriving)


def note_verdicts(connection: Connection, verdicts: Verdicts, added: Iterable[Entry]) -> list[Entry]:
    """Set aside what is not read; returns what is."""
    readable: list[Entry] = []
    aside = []
    for entry in added:
        reason = verdicts.judge(entry)
        if reason is None:
            readable.append(entry)
        else:
            aside.append({"key": entry.id.key, "reason": reason})
    put(connection, schema.set_aside, aside)
    remove(connection, schema.set_aside, "key", [entry.id.key for entry in readable])
    return readable


def reasons_of(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """``{key: reason}`` of those of ``keys`` that are set aside."""
    table = schema.set_aside
    found: dict[int, str] = {}
    for some in in_chunks(keys):
        rows = connection.execute(
            select(table.c.key, table.c.reason).where(among(connection, table.c.key, some))
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def judge_again(connection: Connection, verdicts: Verdicts, unit: str) -> set[EntryId]:
    """After a new key or revocation: subjects whose readable entries changed."""
    heads, aside, entries = schema.journal_heads, schema.set_aside, schema.entries
    keys = connection.execute(
        select(aside.c.key, aside.c.reason)
        .join(entries, entries.c.key == aside.c.key)
        .join(heads, heads.c.journal == entries.c.journal)
        .where(heads.c.unit == unit)
    ).all()
    reasons = {row[0]: row[1] for row in keys}
    held = journals.entries_by_key(connection, list(reasons))
    moved = [entry for entry in held if verdicts.judge(entry) != reasons[entry.id.key]]
    note_verdicts(connection, verdicts, moved)
    changed = {subject for entry in moved for subject in entry.facts.subjects}
    return changed | _newly_revoked(connection, verdicts)


def _newly_revoked(connection: Connection, verdicts: Verdicts) -> set[EntryId]:
    """Entries read so far that lie behind a revocation that came later than they did."""
    changed: set[EntryId] = set()
    for journal, last in verdicts.revoked.items():
        position = journals.position(connection, journal)
        if position is None or position.seq <= last:
            continue
        late = journals.entries_between(connection, journal, last + 1, position.seq)
        note_verdicts(connection, verdicts, late)
        changed.update(subject for entry in late for subject in entry.facts.subjects)
    return changed
