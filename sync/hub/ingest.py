"""Taking a bundle in: the plan of ``sync.protocol.carrying.ingest`` in one transaction, without folding."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import Connection, select

from sync.hub import enrol, province
from sync.hub.keys import ProvinceKeys
from sync.hub.reading import verdicts
from sync.hub.tables import journals, schema
from sync.hub.tables.engine import note
from sync.hub.tables.held import HeldJournals
from sync.hub.tables.journals import COMMON
from sync.hub.tables.locks import lock_heads
from sync.protocol.carrying.ingest import Fork, Parked, Plan, Step, plan_ingest
from sync.protocol.carrying.packing import pack_entry
from sync.protocol.carrying.run import Run
from sync.protocol.journals.codec import encode, encode_body
from sync.protocol.journals.entry import Draft, Entry
from sync.protocol.journals.system_kinds import ForkFound, SystemKind
from sync.protocol.naming.grants import EarlierKey, verify_opening
from sync.protocol.naming.ids import (
    COMMON_DEVICE,
    EntryId,
    device_of,
    is_province,
    life_of,
    unit_of_device,
)
from sync.protocol.refusals import OtherUnit, Refusal

SEAL_DAMAGED = "seal-damaged"
NEVER_MADE = "a seal that its official never made"


def must_be_alone(runs: Iterable[Run]) -> bool:
    """Runs of the province's own journals may begin its next life: nobody else writes meanwhile."""
    return any(is_province(run.journal) for run in runs)


def take_in(
    connection: Connection, keys: ProvinceKeys, unit: str, bearer: int, runs: Sequence[Run], arrived: int
) -> Plan:
    """Plan and carry out what ``runs`` bring to ``unit``; ``arrived`` is the hub's clock in ms.

    ``bearer`` is the journal of the device whose signature stands under what brought them.

    A run of another unit, under a withdrawn grant, or with a bent seal is parked; the others go on.
    """
    hub_keys = {keys.signing.key_id: keys.signing.public}
    lock_heads(connection, schema.journal_heads, [run.journal for run in runs])
    held = HeldJournals(connection, hub_keys)
    welcome, refused = _sorted_out(connection, keys, held, unit, runs)
    whole, damaged = _without_damaged_seals(connection, unit, bearer, welcome)
    plan = plan_ingest(held, whole, hub_keys)
    for step in plan.steps:
        _add(connection, unit, step, arrived)
    for fork, branch in plan.forks:
        _keep_stray(connection, fork, branch, arrived)
    plan = msgspec.structs.replace(plan, parked=(*refused, *damaged, *plan.parked))
    for one in plan.parked:
        _park(connection, unit, one, arrived)
    _look_after_own(connection, keys, unit, plan, arrived)
    return plan


def _sorted_out(
    connection: Connection, keys: ProvinceKeys, held: HeldJournals, unit: str, runs: Iterable[Run]
) -> tuple[list[Run], list[Parked]]:
    """Runs that this unit may bring, and the others with their refusal."""
    welcome: list[Run] = []
    refused: list[Parked] = []
    opened: dict[int, bytes] = {}

    def key_of(journal: int) -> bytes | None:
        return held.signing_key(journal) or opened.get(journal)

    for run in sorted(runs, key=lambda run: (run.journal, run.first_seq)):
        try:
            _check_welcome(connection, keys, unit, run, key_of, opened)
        except Refusal as refusal:
            where = EntryId(run.journal, run.first_seq)
            refused.append(Parked(where, refusal.code, str(refusal), run.entries))
        else:
            welcome.append(run)
    return welcome, refused


def _without_damaged_seals(
    connection: Connection, unit: str, bearer: int, runs: list[Run]
) -> tuple[list[Run], list[Parked]]:
    """Runs without those in which a seal was bent on the way; these are parked and will be asked for again.

    Seals lie outside the chain: no head tells that one was damaged, and once held nobody would send the right
    one. The same bytes a second time from the device that wrote them are its own: taken, and set aside by
    their verdict. A relay may bring them as often as it likes.
    """
    sealed = [entry for run in runs for entry in run.entries if entry.seal]
    if not sealed:
        return runs, []
    judge = verdicts.Verdicts(connection, unit, (entry for run in runs for entry in run.entries))
    whole: list[Run] = []
    damaged: list[Parked] = []
    for run in runs:
        position = journals.position(connection, run.journal)
        held = 0 if position is None else position.seq
        fresh = (entry for entry in run.entries if entry.id.seq > held and entry.seal)
        bent = next((entry for entry in fresh if judge.judge(entry) == verdicts.NO_SEAL), None)
        parked = () if bent is None else (Parked(bent.id, SEAL_DAMAGED, NEVER_MADE, (bent,)),)
        own = device_of(bearer) == device_of(run.journal)
        if any(not (own and _came_before(connection, one)) for one in parked):
            damaged += parked
        else:
            whole.append(run)
    return whole, damaged


def _came_before(connection: Connection, parked: Parked) -> bool:
    table = schema.parked
    found = connection.execute(select(table.c.digest).where(table.c.digest == _digest(parked)))
    return found.first() is not None


def _digest(parked: Parked) -> bytes:
    packed = encode([pack_entry(entry) for entry in parked.entries])
    return hashlib.sha256(parked.code.encode() + packed).digest()


def _check_welcome(
    connection: Connection,
    keys: ProvinceKeys,
    unit: str,
    run: Run,
    key_of: EarlierKey,
    opened: dict[int, bytes],
) -> None:
    if is_province(run.journal):
        device = device_of(run.journal)
        if device != COMMON_DEVICE and unit_of_device(device) != unit:
            raise OtherUnit(f"the province's journal of {unit_of_device(device)}")
        return
    position = journals.position(connection, run.journal)
    if position is not None:
        if position.unit != unit:
            raise OtherUnit(f"journal {run.journal} belongs to {position.unit}")
        return
    if run.first_seq != 1 or not run.entries or run.journal in opened:
        return  # the plan says what is wrong with it
    hub_keys = {keys.signing.key_id: keys.signing.public}
    opening = verify_opening(run.entries[0], hub_keys, key_of)
    enrol.check_opening(connection, keys, unit, opening)
    enrol.learn_grant(connection, opening)
    opened[run.journal] = opening.opened.signing_key


def _add(connection: Connection, unit: str, step: Step, arrived: int) -> None:
    owner = COMMON if device_of(step.journal) == COMMON_DEVICE else unit
    for entry in step.sealed:
        table = schema.entries
        connection.execute(table.update().where(table.c.key == entry.id.key).values(seal=entry.seal))
    queue(connection, owner, step.sealed)
    if step.entries:
        before = journals.position(connection, step.journal)
        journals.write_entries(connection, step.entries, owner, before, arrived, step.heads[-1])
        queue(connection, owner, step.entries)
    journals.write_checkpoints(connection, step.journal, step.checkpoints)
    _keep_tail(connection, step, arrived)


def queue(connection: Connection, unit: str, added: Sequence[Entry]) -> None:
    """Let the readers look: of the entry's own unit, and of every unit where one of its subjects began."""
    if unit == COMMON or not added:
        return
    province.queue_for_reading(connection, unit, added)
    elsewhere = {subject.journal for entry in added for subject in entry.facts.subjects}
    elsewhere -= {entry.id.journal for entry in added}
    if not elsewhere:
        return
    heads = schema.journal_heads
    rows = connection.execute(
        select(heads.c.journal, heads.c.unit).where(heads.c.journal.in_(sorted(elsewhere)))
    )
    owners = {journal: owner for journal, owner in rows.all() if owner not in (unit, COMMON)}
    for entry in added:
        for owner in {owners[s.journal] for s in entry.facts.subjects if s.journal in owners}:
            province.queue_for_reading(connection, owner, [entry])


def _keep_tail(connection: Connection, step: Step, arrived: int) -> None:
    """Keep the uncovered tail apart, and forget what a signature has covered since."""
    if step.entries:
        table = schema.tails
        last = step.entries[-1].id.key
        connection.execute(table.delete().where(table.c.journal == step.journal, table.c.key <= last))
    rows = [
        {
            "key": entry.id.key,
            "header_hash": entry.header_hash,
            "journal": step.journal,
            "packed": pack_entry(entry),
            "arrived": arrived,
        }
        for entry in step.tail
    ]
    note(connection, schema.tails, rows)


def _keep_stray(connection: Connection, fork: Fork, branch: Sequence[Entry], arrived: int) -> None:
    rows = [
        {
            "journal": entry.id.journal,
            "seq": entry.id.seq,
            "header_hash": entry.header_hash,
            "packed": pack_entry(entry),
            "arrived": arrived,
        }
        for entry in branch
    ]
    note(connection, schema.stray, rows)


def _park(connection: Connection, unit: str, one: Parked, arrived: int) -> None:
    packed = encode([pack_entry(entry) for entry in one.entries])
    row = {
        "digest": _digest(one),
        "journal": one.entry.journal,
        "first_seq": one.entry.seq,
        "unit": unit,
        "code": one.code,
        "detail": one.detail,
        "packed": packed,
        "arrived": arrived,
    }
    note(connection, schema.parked, [row])


def _look_after_own(connection: Connection, keys: ProvinceKeys, unit: str, plan: Plan, arrived: int) -> None:
    """Our own journal came back longer or differently, or of a life we know nothing of: we were restored,
    and go on behind every life that was. And tell of others' forks.
    """
    own = {province.own_journal(connection, unit), province.own_journal(connection, COMMON)}
    grown = [step.journal for step in plan.steps if step.entries and is_province(step.journal)]
    latest = max(map(life_of, grown), default=0)
    if (
        own.intersection(grown)
        or any(fork.journal in own for fork, _ in plan.forks)
        or latest > province.hub_life(connection)
    ):
        province.begin_next_life(connection, keys, arrived, latest)
        enrol.skip_numbers(connection)
    told = {
        entry.body
        for entry in (
            journals.entries_of_kinds(connection, unit, [SystemKind.FORK_FOUND]) if plan.forks else ()
        )
    }
    for fork, _ in plan.forks:
        body = encode_body(ForkFound(fork.journal, fork.seq, fork.held, fork.other))
        if not is_province(fork.journal) and body not in told:
            subject = EntryId(fork.journal, fork.seq)
            province.append(connection, keys, unit, [Draft(SystemKind.FORK_FOUND, (subject,), body)], arrived)
