"""The reader of a unit: folds what is new, keeps the readings, asks, carries. One at a time for each unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.folding.fact import Fact
from counter_app.domain.folding.registry import read_fact
from counter_app.domain.rulings.checks import Surroundings
from sync.hub import clock, enrol, province
from sync.hub.keys import Entropy, ProvinceKeys
from sync.hub.lookups import reading as lookups
from sync.hub.portal.queue import mark_changed
from sync.hub.reading import kpi as kpi_rows
from sync.hub.reading import redaction, routing, rulings
from sync.hub.reading.folded import drop_snapshots, fold_whole, fold_with, keep_snapshots, states_of
from sync.hub.reading.rows import write_rows
from sync.hub.reading.verdicts import (
    NO_SEAL,
    REVOKED,
    Verdicts,
    changes_verdicts,
    judge_again,
    note_verdicts,
    reasons_of,
)
from sync.hub.tables import journals, kpi, schema
from sync.hub.tables.engine import among, in_chunks, note, remove
from sync.hub.tables.locks import lock_readers, waits_for_one_writer
from sync.hub.tickets import tables as tickets
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.naming.grants import JournalOpened
from sync.protocol.naming.ids import EntryId, is_province
from sync.protocol.refusals import Malformed

BATCH = 2_000
_READINGS = "readings"
"""The setting that names the version of the readings held."""


class Read(NamedTuple):
    """What one turn of a reader did; ``left`` says that it should turn again."""

    entries: int = 0
    questions: int = 0
    carried: int = 0
    left: bool = False

    def plus(self, other: Read) -> Read:
        """Both turns together."""
        return Read(
            self.entries + other.entries,
            self.questions + other.questions,
            self.carried + other.carried,
            self.left or other.left,
        )


class Reader:
    """Reads one unit inside the caller's writing transaction."""

    def __init__(
        self, connection: Connection, keys: ProvinceKeys, unit: str, at: int, entropy: Entropy
    ) -> None:
        self._connection = connection
        self._keys = keys
        self._unit = unit
        self._at = at
        self._entropy = entropy
        self._owners: dict[int, str] = {}

    def turn(self) -> Read:
        """Read up to ``BATCH`` entries; the province's answers to them are entries of the next turn."""
        may_write = self._may_write()
        added = self._taken(may_write)
        if not added and not rulings.postponed(self._connection, self._unit):
            return Read()
        folded = self._fold(added)
        questions = carried = 0
        if may_write:
            self._enrol(added)
            questions = self._rule(added, folded)
            carried = self._carry(added)
        more = bool(added) or questions > 0 or carried > 0
        return Read(len(added), questions, carried, left=more and may_write)

    def _taken(self, may_write: bool) -> list[Entry]:
        """What is read in this turn, with every lock it needs.

        A subject that began in another unit is that reader's too: both would write its rows, so both readers'
        locks are held, all at once and in order. What came meanwhile with another home waits a turn.
        """
        homes = {self._unit}
        if not waits_for_one_writer(self._connection):
            homes |= self._homes(journals.entries_by_key(self._connection, self._unread()))
        lock_readers(self._connection, homes)
        self._owners.clear()
        if not may_write:
            return journals.entries_by_key(self._connection, self._unread())
        added = journals.entries_by_key(self._connection, self._take_off())
        ours = [entry for entry in added if self._homes([entry]) <= homes]
        if len(ours) < len(added) and not waits_for_one_writer(self._connection):
            mine = {entry.id for entry in ours}
            back = [{"unit": self._unit, "key": e.id.key} for e in added if e.id not in mine]
            note(self._connection, schema.unread, back)
            return ours
        return added

    def _homes(self, entries: Sequence[Entry]) -> set[str]:
        """Units where the subjects of ``entries`` began."""
        return {self._unit_of(subject) for entry in entries for subject in entry.facts.subjects}

    def _take_off(self) -> list[int]:
        """Take entries off the queue *before* looking at them.

        Who queues one of them again in the meantime, as its seal has come, waits for this turn's end and
        queues it anew; taken off at the end, the seal would go unread.
        """
        table = schema.unread
        taken: list[int] = []
        for keys in in_chunks(self._unread()):
            gone = table.delete().where(
                table.c.unit == self._unit, among(self._connection, table.c.key, keys)
            )
            taken += self._connection.execute(gone.returning(table.c.key)).scalars()
        return taken

    def _unread(self) -> list[int]:
        table = schema.unread
        rows = self._connection.execute(
            select(table.c.key).where(table.c.unit == self._unit).order_by(table.c.key).limit(BATCH)
        )
        return list(rows.scalars())

    def _may_write(self) -> bool:
        """False while a device claims to know more of our own journal than we do (``province.HOLD_MS``)."""
        until = province.setting(self._connection, f"hold:{self._unit}")
        return until is None or clock.is_over(int(until), self._at, province.HOLD_MS)

    def _fold(self, added: Sequence[Entry]) -> dict[EntryId, Folded]:
        """Judge, unwrap, redact, fold; returns the subjects touched."""
        verdicts = Verdicts(self._connection, self._unit)
        readable = note_verdicts(self._connection, verdicts, added)
        inner = redaction.unwrap(self._connection, readable)
        redacted = redaction.redact(self._connection, self._unit, readable)
        again = set(redacted)
        if changes_verdicts(added):
            again |= judge_again(self._connection, verdicts, self._unit)
        rulings.note_questions(self._connection, readable)
        routing.note_writers(self._connection, readable, self._unit)
        fresh: dict[EntryId, list[Fact]] = {}
        for fact in map(read_fact, (*readable, *inner)):
            for subject in dict.fromkeys(fact.facts.subjects):
                fresh.setdefault(subject, []).append(fact)
        aside = {s for entry in added for s in entry.facts.subjects} - set(fresh)
        again |= aside
        drop_snapshots(self._connection, sorted(again))
        folded = fold_with(self._connection, {s: facts for s, facts in fresh.items() if s not in again})
        folded.update(fold_whole(self._connection, sorted(again)))
        write_rows(self._connection, list(folded.values()), self._unit_of)
        mark_changed(self._connection, list(folded.values()), self._unit_of)
        keep_snapshots(self._connection, list(folded.values()))
        return folded

    def _unit_of(self, subject: EntryId) -> str:
        if subject.journal not in self._owners:
            self._owners.update(routing.owners(self._connection, [subject.journal]))
        return self._owners.get(subject.journal, self._unit)

    def _enrol(self, added: Sequence[Entry]) -> None:
        """A journal that began gets the unit's key."""
        opened: dict[int, JournalOpened] = {}
        for entry in added:
            began = entry.facts.kind == SystemKind.JOURNAL_OPENED and entry.id.seq == 1
            mine = began and not is_province(entry.id.journal)
            if mine and entry.body is not None and self._unit_of(entry.id) == self._unit:
                try:
                    opened[entry.id.journal] = decode_body(JournalOpened, entry.body)
                except Malformed:
                    continue
        if opened:
            enrol.issue_to(self._connection, self._keys, self._unit, opened, self._at, self._entropy)

    def _rule(self, added: Sequence[Entry], folded: dict[EntryId, Folded]) -> int:
        """Ask about entries of this unit, new ones, postponed ones, and those a new conflict names."""
        waiting = rulings.postponed(self._connection, self._unit)
        contested = [found.entry.key for one in folded.values() for found in one.open_conflicts]
        extra = journals.entries_by_key(self._connection, [*waiting, *contested])
        mine = {e.id: e for e in (*added, *extra) if self._unit_of(e.id) == self._unit}
        reasons = reasons_of(self._connection, [entry.id.key for entry in mine.values()])
        facts = [
            read_fact(entry)
            for entry in mine.values()
            if not is_province(entry.id.journal) and reasons.get(entry.id.key) != REVOKED
        ]
        named = {subject for fact in facts for subject in rulings.named_by(fact)}
        states = states_of(self._connection, sorted(named - set(folded))) | folded
        around = Surroundings(states)
        ripe: list[Fact] = []
        still: dict[int, int] = {}
        for fact in facts:
            since = waiting.get(fact.id.key, self._at)
            early = reasons.get(fact.id.key) != NO_SEAL and rulings.is_premature(fact, around)
            if early and self._at - since < rulings.PATIENCE_MS:
                still[fact.id.key] = since
            else:
                ripe.append(fact)
        drafts = rulings.drafts_of_questions(self._connection, self._unit, ripe, states)
        rulings.postpone(self._connection, self._unit, still, [fact.id.key for fact in ripe])
        rulings.note_questions(self._connection, self._append(drafts))
        return len(drafts)

    def _carry(self, added: Sequence[Entry]) -> int:
        touched = list(dict.fromkeys(subject for entry in added for subject in entry.facts.subjects))
        drafts = routing.carry_to(self._connection, self._unit, touched)
        self._append(drafts)
        self._tell_others(touched)
        return len(drafts)

    def _tell_others(self, touched: Sequence[EntryId]) -> None:
        """Units that share a touched subject have entries to fetch: their readers carry them."""
        concerned = routing.units_concerned(self._connection, touched)
        homes = {subject: self._unit_of(subject) for subject in concerned}
        for subject, others in concerned.items():
            for unit in sorted((others | {homes[subject]}) - {self._unit, journals.COMMON}):
                routing.remind(self._connection, subject, unit)

    def _append(self, drafts: Sequence[Draft]) -> list[Entry]:
        return province.append(self._connection, self._keys, self._unit, drafts, self._at)


def units_with_work(connection: Connection) -> list[str]:
    """Units with something unread, or with questions that wait, in order; quick for 126 units too."""
    units, unread, unruled = schema.units, schema.unread, schema.unruled
    queued = select(unread.c.key).where(unread.c.unit == units.c.unit).exists()
    waiting = select(unruled.c.key).where(unruled.c.unit == units.c.unit).exists()
    return list(
        connection.execute(select(units.c.unit).where(queued | waiting).order_by(units.c.unit)).scalars()
    )


def forget_older(connection: Connection) -> None:
    """Drop readings that an earlier version of the program made; the readers of all units begin again."""
    if province.setting(connection, _READINGS) != kpi_rows.VERSION:
        for unit in province.unit_codes(connection):
            forget_readings(connection, unit)
        province.set_setting(connection, _READINGS, kpi_rows.VERSION)


def forget_readings(connection: Connection, unit: str) -> None:
    """Drop what was read of ``unit`` and let its reader begin again: readings are never migrated."""
    heads, index, entries = schema.journal_heads, schema.entry_subjects, schema.entries
    for table in (*schema.READINGS, *kpi.READINGS, *lookups.READINGS, *tickets.READINGS):
        connection.execute(table.delete().where(table.c.unit == unit))
    mine = select(entries.c.key).join(heads, heads.c.journal == entries.c.journal).where(heads.c.unit == unit)
    subjects = connection.execute(select(index.c.subject).where(index.c.key.in_(mine)).distinct())
    remove(connection, schema.snapshots, "subject", subjects.scalars().all())
    rows = [{"unit": unit, "key": key} for key in connection.execute(mine).scalars()]
    note(connection, schema.unread, rows)
