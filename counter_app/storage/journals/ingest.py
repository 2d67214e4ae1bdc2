"""Taking a bundle in: the plan of ``sync.protocol.carrying.ingest`` carried out in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from counter_app.storage.journals import journal, verdicts
from counter_app.storage.journals.guards import REDACT, SEAL, permitted
from counter_app.storage.journals.journal_tables import carried
from counter_app.storage.readings.upkeep import Readings
from counter_app.storage.statements import insert_sql, write_rows
from sync.protocol.carrying.ingest import Fork, Parked, Plan, Step, plan_ingest
from sync.protocol.carrying.packing import pack_entry
from sync.protocol.carrying.run import Run
from sync.protocol.journals.chain import first_head, next_head
from sync.protocol.journals.codec import decode_body, encode
from sync.protocol.journals.entry import Entry
from sync.protocol.journals.system_kinds import Carried, Redacted, SystemKind
from sync.protocol.naming.grants import HubKeys, Opening, verify_opening
from sync.protocol.naming.ids import EntryId, device_of, is_province, journal_of
from sync.protocol.refusals import Malformed, Refusal

FIRST_DOMAIN_KIND = 100
SEAL_DAMAGED = "seal-damaged"


class HeldJournals:
    """What this store has, for the planner (``sync.protocol.carrying.ingest.Known``)."""

    def __init__(self, connection: Connection, hub_keys: HubKeys) -> None:
        self._connection = connection
        self._hub_keys = hub_keys
        self._openings: dict[int, Opening | None] = {}

    def position(self, journal_number: int) -> tuple[int, bytes]:
        """Last seq held and the head there."""
        found = journal.position(self._connection, journal_number)
        return found.seq, found.head

    def held(self, journal_number: int, first: int, last: int) -> Sequence[Entry]:
        """Entries that are held."""
        return list(journal.entries_between(self._connection, journal_number, first, last))

    def head_at(self, journal_number: int, seq: int) -> bytes:
        """The head at a held seq, chained on from the nearest checkpoint below."""
        return head_at(self._connection, journal_number, seq)

    def opening(self, journal_number: int) -> Opening | None:
        """The opening of a held journal; it was verified when it came, so its grant is not asked again."""
        if journal_number not in self._openings:
            self._openings[journal_number] = self._read_opening(journal_number)
        return self._openings[journal_number]

    def _read_opening(self, journal_number: int) -> Opening | None:
        entry = journal.entry_at(self._connection, EntryId(journal_number, 1))
        if entry is None:
            return None
        try:
            return verify_opening(entry, self._hub_keys, self._earlier_key)
        except Refusal:
            return None

    def _earlier_key(self, journal_number: int) -> bytes | None:
        found = self.opening(journal_number)
        return None if found is None else found.opened.signing_key

    def openings_of(self, device: int) -> Sequence[Opening]:
        """Openings of every held life of a device."""
        low, high = journal_of(device, 1), journal_of(device, 255)
        rows = self._connection.exec_driver_sql(
            "SELECT journal FROM journal_heads WHERE journal BETWEEN ? AND ?", (low, high)
        )
        found = [self.opening(row[0]) for row in rows.all()]
        return [opening for opening in found if opening is not None]


def head_at(connection: Connection, journal_number: int, seq: int) -> bytes:
    """The head of a journal at ``seq``, which must be held."""
    row = connection.exec_driver_sql(
        "SELECT seq, head FROM checkpoints WHERE journal = ? AND seq <= ? ORDER BY seq DESC LIMIT 1",
        (journal_number, seq),
    ).first()
    place, head = (0, first_head(journal_number)) if row is None else (row[0], row[1])
    bounds = (EntryId(journal_number, place + 1).key, EntryId(journal_number, seq).key)
    rows = connection.exec_driver_sql(
        "SELECT header_hash FROM entries WHERE key BETWEEN ? AND ? ORDER BY key", bounds
    )
    for (header_hash,) in rows:
        head = next_head(head, header_hash)
    return bytes(head)


def ingest(
    connection: Connection,
    readings: Readings,
    bearer: int,
    runs: Sequence[Run],
    hub_keys: HubKeys,
    arrived: int,
) -> Plan:
    """Plan and carry out what the device, or the province, of journal ``bearer`` brought.

    ``arrived`` is our clock in ms. Returns the plan as carried out.
    """
    whole, damaged = _without_damaged_seals(connection, bearer, runs)
    plan = plan_ingest(HeldJournals(connection, hub_keys), whole, hub_keys)
    plan = msgspec.structs.replace(plan, parked=(*damaged, *plan.parked))
    for step in plan.steps:
        _add(connection, step, arrived)
    for fork, branch in plan.forks:
        _keep_stray(connection, fork, branch, arrived)
    for one in plan.parked:
        _park(connection, one, arrived)
    added = plan.added
    read_new(connection, readings, added, resealed=any(step.sealed for step in plan.steps))
    return plan


def _without_damaged_seals(
    connection: Connection, bearer: int, runs: Sequence[Run]
) -> tuple[Sequence[Run], tuple[Parked, ...]]:
    """Runs without those in which a seal was bent on the way; these are parked and will be asked for again.

    Seals lie outside the chain: no head tells that one was damaged, and once held nobody would send the right
    one. The same bytes a second time from the device that wrote them, or from the province, are its own:
    taken, and set aside by their verdict. A relay may bring them as often as it likes.
    """
    if not any(entry.seal for run in runs for entry in run.entries):
        return runs, ()
    judge = verdicts.Verdicts(connection, [entry for run in runs for entry in run.entries])
    whole, damaged = [], []
    for run in runs:
        held = journal.position(connection, run.journal).seq
        fresh = (entry for entry in run.entries if entry.id.seq > held and entry.seal)
        bent = next((one for one in fresh if judge.judge(one) == verdicts.NO_SEAL), None)
        believed = is_province(bearer) or device_of(bearer) == device_of(run.journal)
        if bent is None or (believed and _came_before(connection, bent)):
            whole.append(run)
        else:
            damaged.append(Parked(bent.id, SEAL_DAMAGED, "a seal that its official never made", (bent,)))
    return whole, tuple(damaged)


def _came_before(connection: Connection, entry: Entry) -> bool:
    digest = hashlib.sha256(encode([pack_entry(entry)])).digest()
    found = connection.exec_driver_sql("SELECT 1 FROM parked WHERE digest = ?", (digest,))
    return found.first() is not None


def _add(connection: Connection, step: Step, arrived: int) -> None:
    for entry in step.sealed:
        with permitted(connection, SEAL, entry.id):
            connection.exec_driver_sql(
                "UPDATE entries SET seal = ? WHERE key = ?", (entry.seal, entry.id.key)
            )
    if step.entries:
        before = journal.position(connection, step.journal)
        journal.write_entries(connection, step.entries, before, arrived)
    for checkpoint in step.checkpoints:
        journal.write_checkpoint(connection, checkpoint)
    for entry in step.tail:
        _park(connection, Parked(entry.id, "uncovered", "no signature covers it yet", (entry,)), arrived)


def read_new(
    connection: Connection, readings: Readings, added: Sequence[Entry], *, resealed: bool = False
) -> None:
    """Judge, unwrap, redact, and bring the readings up to date with entries just added."""
    judge = verdicts.Verdicts(connection)
    aside = [(entry, reason) for entry in added if (reason := judge.judge(entry))]
    verdicts.set_entries_aside(connection, aside)
    refused = {entry.id for entry, _ in aside}
    readable = [entry for entry in added if entry.id not in refused]
    inner = unwrap_carried(connection, readable)
    redacted = redact(connection, readable)
    readings.read(connection, [entry for entry in (*readable, *inner) if entry.id not in redacted])
    again = {subject for subjects in redacted.values() for subject in subjects}
    # What knew of an entry that is held and not read may have waited for it.
    again.update(subject for entry, _ in aside for subject in entry.facts.subjects)
    if resealed or verdicts.changes_verdicts(added):
        again |= verdicts.judge_again(connection)
    readings.refold(connection, again)


def read_own(connection: Connection, readings: Readings, added: Sequence[Entry]) -> None:
    """``read_new`` for an act of our own: nothing to judge unless it changes keys, carries or redacts.

    Raises ``SealNotTheirs`` when a seal is not the official's: others would keep the act and not read it.
    """
    verdicts.refuse_unsealed(connection, added)
    if verdicts.changes_verdicts(added) or any(entry.facts.kind < FIRST_DOMAIN_KIND for entry in added):
        read_new(connection, readings, added)
    else:
        readings.read(connection, added)


def unwrap_carried(connection: Connection, added: Sequence[Entry]) -> list[Entry]:
    """Keep and index what ``Carried`` entries bring, under the inner id; returns what is new here."""
    fresh = []
    for envelope in added:
        if envelope.facts.kind != SystemKind.CARRIED or envelope.body is None:
            continue
        try:
            inner = decode_body(Carried, envelope.body).unpack()
        except Malformed:
            continue  # newer than this program: kept and passed on in its envelope
        known = connection.exec_driver_sql(
            "SELECT 1 FROM entries WHERE key = ?1 UNION ALL SELECT 1 FROM carried WHERE key = ?1",
            (inner.id.key,),
        ).first()
        if known is None:
            row = (inner.id.key, envelope.id.key, pack_entry(inner))
            write_rows(connection, insert_sql(carried), [row])
            journal.index_entries(connection, [inner])
            fresh.append(inner)
    return fresh


def redact(connection: Connection, added: Sequence[Entry]) -> dict[EntryId, tuple[EntryId, ...]]:
    """Drop the bodies that ``Redacted`` entries name (the province's, or sealed by an official).

    Also those named earlier whose entry arrives only now. Returns the redacted entries and their subjects.
    """
    orders = [entry for entry in added if entry.facts.kind == SystemKind.REDACTED]
    targets = {target for entry in orders if (target := _target(entry)) is not None}
    if added:
        rows = connection.exec_driver_sql(
            "SELECT key, facts, body, digest, seal FROM entries WHERE kind = ?", (int(SystemKind.REDACTED),)
        )
        new = {entry.id for entry in added}
        targets |= {t for row in rows if (t := _target(journal.stored_entry(row))) is not None and t in new}
    done = {}
    for target in sorted(targets):
        held = journal.entry_at(connection, target)
        if held is not None and held.body is not None:
            with permitted(connection, REDACT, target):
                connection.exec_driver_sql("UPDATE entries SET body = NULL WHERE key = ?", (target.key,))
            done[target] = held.facts.subjects
    return done


def _target(order: Entry) -> EntryId | None:
    if order.body is None or not (is_province(order.id.journal) or order.seal):
        return None
    try:
        return decode_body(Redacted, order.body).entry
    except Malformed:
        return None


def _keep_stray(connection: Connection, fork: Fork, branch: Sequence[Entry], arrived: int) -> None:
    rows = [(e.id.journal, e.id.seq, pack_entry(e), e.header_hash, arrived) for e in branch]
    sql = "INSERT INTO stray (journal, seq, packed, header_hash, arrived) VALUES (?, ?, ?, ?, ?)"
    write_rows(connection, f"{sql} ON CONFLICT DO NOTHING", rows)


def _park(connection: Connection, one: Parked, arrived: int) -> None:
    packed = encode([pack_entry(entry) for entry in one.entries])
    row = (
        one.entry.journal,
        one.entry.seq,
        packed,
        one.code,
        one.detail,
        arrived,
        hashlib.sha256(packed).digest(),
    )
    names = "journal, first_seq, packed, code, detail, arrived, digest"
    sql = f"INSERT INTO parked ({names}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    write_rows(connection, sql, [row])
