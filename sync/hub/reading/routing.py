"""Entries on a shared subject travel between units: once each, inside ``Carried`` of the province's journal.

A subject concerns the unit where it began, every unit whose devices wrote on it, and those it was shared
with; so do the persons it names. Ending the sharing stops what comes later, and takes nothing back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from counter_app.domain.kinds import BY_NUMBER
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import among, in_chunks, note
from sync.hub.tables.journals import COMMON
from sync.protocol.journals.codec import encode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.journals.system_kinds import SystemKind, carry
from sync.protocol.naming.ids import SELF, EntryId, is_province


def owners(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """``{journal: unit}`` of held journals."""
    heads = schema.journal_heads
    found: dict[int, str] = {}
    for some in in_chunks(sorted(set(numbers))):
        rows = connection.execute(
            select(heads.c.journal, heads.c.unit).where(among(connection, heads.c.journal, some))
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def share(connection: Connection, subject: EntryId, unit: str) -> None:
    """From now on ``subject`` concerns ``unit`` too; its reader carries what is there already."""
    note(connection, schema.concerned, [{"subject": subject.key, "unit": unit}])
    keys = _keys_on(connection, [subject])
    note(connection, schema.unread, [{"unit": unit, "key": key} for key in keys])


def end_sharing(connection: Connection, subject: EntryId, unit: str) -> None:
    """Later entries on ``subject`` are no longer carried to ``unit``."""
    table = schema.concerned
    connection.execute(table.delete().where(table.c.subject == subject.key, table.c.unit == unit))


def note_writers(connection: Connection, added: Sequence[Entry], unit: str) -> None:
    """A unit that writes on a subject of another is concerned by it from then on."""
    known = owners(connection, (s.journal for entry in added for s in entry.facts.subjects))
    rows = []
    for entry in added:
        if is_province(entry.id.journal):
            continue
        for subject in entry.facts.subjects:
            if known.get(subject.journal, unit) not in (unit, COMMON):
                rows.append({"subject": subject.key, "unit": unit})
    note(connection, schema.concerned, rows)


def units_concerned(connection: Connection, subjects: Sequence[EntryId]) -> dict[EntryId, set[str]]:
    """Units besides the one where each of ``subjects`` began that are to have its entries."""
    found: dict[EntryId, set[str]] = {}
    table = schema.concerned
    for keys in in_chunks([subject.key for subject in subjects]):
        rows = connection.execute(
            select(table.c.subject, table.c.unit).where(among(connection, table.c.subject, keys))
        )
        for key, unit in rows:
            found.setdefault(EntryId.from_key(key), set()).add(unit)
    return found


def carry_to(connection: Connection, unit: str, touched: Sequence[EntryId]) -> list[Draft]:
    """Envelopes for ``unit``: every entry of others on the shared ones of ``touched``, earliest first."""
    table = schema.concerned
    subjects = _with_persons(connection, unit, _shared(connection, touched, unit))
    if not subjects:
        return []
    keys = _keys_on(connection, sorted(subjects))
    sent = table_of_routed(connection, unit, keys)
    held = journals.entries_by_key(connection, [key for key in keys if key not in sent])
    whose = owners(connection, (entry.id.journal for entry in held))
    foreign = [
        entry
        for entry in held
        if whose.get(entry.id.journal) not in (unit, COMMON) and not is_province(entry.id.journal)
    ]
    foreign.sort(key=lambda entry: (entry.facts.at, entry.id))
    note(connection, schema.routed, [{"unit": unit, "key": entry.id.key} for entry in foreign])
    persons = subjects - set(_shared(connection, touched, unit))
    note(connection, table, [{"subject": subject.key, "unit": unit} for subject in sorted(persons)])
    return [Draft(SystemKind.CARRIED, (SELF,), encode_body(carry(entry))) for entry in foreign]


def table_of_routed(connection: Connection, unit: str, keys: Sequence[int]) -> set[int]:
    """Keys among ``keys`` that were carried to ``unit`` already."""
    table = schema.routed
    sent: set[int] = set()
    for some in in_chunks(keys):
        rows = connection.execute(
            select(table.c.key).where(table.c.unit == unit, among(connection, table.c.key, some))
        )
        sent.update(row[0] for row in rows)
    return sent


def remind(connection: Connection, subject: EntryId, unit: str) -> None:
    """Let the reader of ``unit`` look at entries on ``subject`` that it was not given yet.

    Never at what the province wrote for another unit, its questions say: that is not carried, and two readers
    would remind each other of it for ever.
    """
    keys = _keys_on(connection, [subject])
    sent = table_of_routed(connection, unit, keys)
    held = [EntryId.from_key(key) for key in keys if key not in sent]
    whose = owners(connection, (entry.journal for entry in held))
    fresh = [
        e.key
        for e in held
        if whose.get(e.journal, COMMON) not in (unit, COMMON) and not is_province(e.journal)
    ]
    note(connection, schema.unread, [{"unit": unit, "key": key} for key in fresh])


def _shared(connection: Connection, touched: Sequence[EntryId], unit: str) -> list[EntryId]:
    """Those of ``touched`` that concern ``unit`` and another unit."""
    whose = owners(connection, (subject.journal for subject in touched))
    concerned = units_concerned(connection, touched)
    shared = []
    for subject in touched:
        others = concerned.get(subject, set())
        home = whose.get(subject.journal)
        if unit in others or (home == unit and others):
            shared.append(subject)
    return shared


def _with_persons(connection: Connection, unit: str, subjects: Sequence[EntryId]) -> set[EntryId]:
    """``subjects`` and the persons their entries name."""
    found = set(subjects)
    for entry in journals.entries_by_key(connection, _keys_on(connection, subjects)):
        kind = BY_NUMBER.get(entry.facts.kind)
        if kind is not None:
            pairs = zip(entry.facts.subjects, kind.aggregates, strict=False)
            found.update(subject for subject, name in pairs if name == "person")
    return found


def _keys_on(connection: Connection, subjects: Sequence[EntryId]) -> list[int]:
    """Keys of every entry that names one of ``subjects``."""
    index = schema.entry_subjects
    keys: set[int] = set()
    for some in in_chunks([subject.key for subject in subjects]):
        rows = connection.execute(select(index.c.key).where(among(connection, index.c.subject, some)))
        keys.update(row[0] for row in rows)
    return sorted(keys)
