"""Keeping readings true: after each act, after each bundle, and all over again when a version changes."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.fold import Children
from counter_app.domain.folding.registry import advance_all, fold_subject, read_fact
from counter_app.storage.journals.journal import stored_entry
from counter_app.storage.readings import (
    acts,
    anew,
    arrival,
    dossiers,
    found,
    groups,
    lookups,
    money,
    register_lines,
    requests,
    tickets,
    unit,
)
from counter_app.storage.readings.reading import READ, Reading, drop, write
from counter_app.storage.readings.snapshots import VERSION as SNAPSHOTS
from counter_app.storage.readings.snapshots import drop_snapshot, snapshot, write_snapshots
from counter_app.storage.readings.subjects import children_of, facts_of, fold_all
from counter_app.storage.statements import fetch
from sync.protocol.journals.entry import Entry
from sync.protocol.naming.ids import EntryId

READINGS: tuple[Reading, ...] = (
    *requests.READINGS,
    *groups.READINGS,
    *arrival.READINGS,
    *register_lines.READINGS,
    *money.READINGS,
    *dossiers.READINGS,
    *lookups.READINGS,
    *tickets.READINGS,
    *unit.READINGS,
)
"""Every reading made of states."""

VERSIONS: dict[str, int] = {
    **{reading.name: reading.version for reading in READINGS},
    "documents": found.VERSION,
    "acts": acts.VERSION,
    "snapshots": SNAPSHOTS,
}
"""What the tables hold now; any difference to the store's own note rebuilds them all."""

_BATCH = 2_000


class Readings:
    """All readings of the store together. Without state: everything is in the connection's transaction."""

    def create(self, connection: Connection) -> None:
        """Make every table, empty, with its indexes, and note the versions."""
        self._create_tables(connection)
        _create_indexes(connection)
        found.leave_merging_to_idle_hours(connection)

    def _create_tables(self, connection: Connection) -> None:
        connection.exec_driver_sql(found.DROP_INDEX)
        READ.drop_all(connection)
        for table in READ.sorted_tables:
            connection.execute(CreateTable(table))
        connection.exec_driver_sql(found.CREATE_INDEX)
        connection.exec_driver_sql("DELETE FROM reading_versions")
        for name, version in VERSIONS.items():
            connection.exec_driver_sql("INSERT INTO reading_versions VALUES (?, ?)", (name, version))

    def refresh(self, connection: Connection) -> bool:
        """Rebuild when a version changed or tables are missing; True when it did."""
        noted = {
            row[0]: row[1] for row in connection.exec_driver_sql("SELECT name, version FROM reading_versions")
        }
        if noted == VERSIONS:  # one that is being read anew has one more row: a blocking start makes it whole
            found.leave_merging_to_idle_hours(connection)
            return False
        self.rebuild(connection)
        return True

    def refresh_later(self, connection: Connection) -> bool:
        """As ``refresh``, with the work left to ``read_more``; True while the readings are incomplete."""
        rows = connection.exec_driver_sql("SELECT name, version FROM reading_versions")
        noted = {row[0]: row[1] for row in rows}
        going_on = noted.pop(anew.MARK, None) is not None
        if noted == VERSIONS:
            return going_on or self.refresh(connection)
        self._create_tables(connection)
        _create_indexes(connection)
        anew.begin(connection, self._read_subjects)
        return True

    def read_more(self, connection: Connection) -> bool:
        """One piece of what ``refresh_later`` left; False when all is read."""
        with _no_cycles():
            more = anew.piece(connection, self._read_subjects)
        if not more:
            found.leave_merging_to_idle_hours(connection)
        return more

    def rebuild(self, connection: Connection) -> int:
        """Drop every reading and fold all subjects again; returns how many subjects there are.

        Indexes are made at the end, over all rows at once.
        """
        self._create_tables(connection)
        with _no_cycles():
            count = self._fill(connection)
        _create_indexes(connection)
        found.leave_merging_to_idle_hours(connection)
        return count

    def _fill(self, connection: Connection) -> int:
        count = 0
        for batch in _batches(fold_all(connection)):
            count += len(batch)
            _write(connection, batch, fresh=True)
        kinds = ", ".join(map(str, sorted(acts.KINDS)))
        rows = fetch(
            connection,
            f"SELECT key, facts, body, digest, seal FROM entries WHERE kind IN ({kinds})"
            " AND key NOT IN (SELECT key FROM set_aside)",
        )
        acts.write_acts(connection, (read_fact(stored_entry(row)) for row in rows))
        return count

    def read(self, connection: Connection, entries: Sequence[Entry]) -> None:
        """Bring the readings up to date with ``entries`` (inner ones of carried), which were just added."""
        facts = [read_fact(entry) for entry in entries]
        fresh: dict[EntryId, list[Fact]] = {}
        for fact in facts:
            for subject in dict.fromkeys(fact.facts.subjects):
                fresh.setdefault(subject, []).append(fact)
        _write(
            connection, self._folded(connection, fresh, children_of(connection, [one.id for one in facts]))
        )
        acts.write_acts(connection, facts)

    def refold(self, connection: Connection, subjects: Iterable[EntryId]) -> None:
        """Fold ``subjects`` again from all their entries: after a redaction, an admission, a late entry."""
        some = list(dict.fromkeys(subjects))
        for subject in some:
            drop_snapshot(connection, subject)
        if not some:
            return
        facts = facts_of(connection, some)
        refolded = [fold_subject(subject, held) for subject, held in facts.items()]
        _forget(connection, [folded for folded in refolded if not folded.aggregate])
        _write(connection, refolded)
        acts.drop_unreadable(connection)
        acts.write_acts(connection, (fact for held in facts.values() for fact in held))

    def _read_subjects(self, connection: Connection, some: Sequence[EntryId]) -> None:
        """Everything about ``some`` from their entries, into tables that hold nothing newer of them."""
        facts = facts_of(connection, some)
        _write(connection, [fold_subject(subject, held) for subject, held in facts.items() if held])
        acts.write_acts(connection, (fact for held in facts.values() for fact in held))

    def state(self, connection: Connection, subject: EntryId) -> Folded:
        """The folded subject as everything committed, and this transaction, make it."""
        kept = snapshot(connection, subject)
        return fold_subject(subject, facts_of(connection, [subject])[subject]) if kept is None else kept

    def _folded(
        self, connection: Connection, fresh: dict[EntryId, list[Fact]], children: Children
    ) -> list[Folded]:
        done: list[Folded] = []
        rest: list[EntryId] = []
        for subject, facts in fresh.items():
            kept = snapshot(connection, subject)
            advanced = None if kept is None else advance_all(kept, facts, children)
            if advanced is None:
                rest.append(subject)
            else:
                done.append(advanced)
        done += [fold_subject(subject, facts) for subject, facts in facts_of(connection, rest).items()]
        return done


def _create_indexes(connection: Connection) -> None:
    for table in READ.sorted_tables:
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            connection.execute(CreateIndex(index))


@contextmanager
def _no_cycles() -> Iterator[None]:
    """The collector rests: folding makes no cycles, and walking all kept facts again and again was a quarter
    of a rebuild's time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _forget(connection: Connection, unreadable: Sequence[Folded]) -> None:
    """Take out subjects of which nothing may be read any more: all their entries are set aside."""
    for reading in READINGS if unreadable else ():
        for filled in reading.tables:
            drop(connection, filled.table, filled.owner or "id", unreadable)
    found.drop_documents(connection, [folded.subject for folded in unreadable])


def _batches(subjects: Iterator[Folded]) -> Iterator[list[Folded]]:
    batch: list[Folded] = []
    for folded in subjects:
        batch.append(folded)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(connection: Connection, subjects: Sequence[Folded], *, fresh: bool = False) -> None:
    by_name: dict[str, list[Folded]] = {}
    for folded in subjects:
        by_name.setdefault(folded.aggregate, []).append(folded)
    for reading in READINGS:
        given = [folded for name in reading.aggregates for folded in by_name.get(name, ())]
        if given:
            write(connection, reading, given, fresh=fresh)
    searched = [folded for name in found.AGGREGATES for folded in by_name.get(name, ())]
    if not fresh:
        found.drop_documents(connection, [folded.subject for folded in searched if folded.state is None])
    found.write_documents(connection, searched, fresh=fresh)
    write_snapshots(connection, list(subjects))


def digests(connection: Connection) -> dict[str, str]:
    """SHA-256 over the rows of each reading, in the order of their keys; for comparing live with rebuilt.

    The index of words is compared term by term: every term with the rows that hold it.
    """
    result = {}
    for table in READ.sorted_tables:
        order = ", ".join(column.name for column in table.primary_key.columns)
        rows = connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY {order}")
        result[table.name] = _digest(rows)
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, document_words, instance)"
    )
    rows = connection.exec_driver_sql("SELECT term, doc, offset FROM temp.terms ORDER BY term, doc, offset")
    result["document_words"] = _digest(rows)
    connection.exec_driver_sql("DROP TABLE temp.terms")
    return result


def _digest(rows: Iterable[object]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(tuple(row)).encode())  # type: ignore[arg-type]
    return digest.hexdigest()


def compare_with_rebuilt(connection: Connection) -> tuple[str, ...]:
    """Names of readings that a rebuild would change; the connection's transaction must be rolled back after.

    Empty when what was read live equals what the entries say.
    """
    live = digests(connection)
    Readings().rebuild(connection)
    again = digests(connection)
    return tuple(name for name in live if live[name] != again[name])
