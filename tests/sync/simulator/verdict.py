"""What must be true when all have met: every invariant of ``sync.md`` 8 on every store."""

from __future__ import annotations

from counter_app.domain.certification.entries import LotNumbered
from counter_app.domain.registers.decisions import settle_void
from counter_app.domain.registers.spans import holds
from counter_app.domain.registers.state import RegisterState
from counter_app.storage.store import Store
from sync.protocol.journals.codec import decode_body
from sync.protocol.journals.system_kinds import ForkFound, SystemKind
from sync.protocol.naming.ids import EntryId
from tests.support import invariants as check
from tests.sync.simulator import dossier_verdict
from tests.sync.simulator.world import World
from tests.unit.storage.world import UNIT


def faults(world: World) -> list[str]:
    """Everybody gets the present program and meets; then every invariant."""
    world.pcs += world.dead
    world.dead.clear()
    for pc in world.pcs:
        pc.installs(older=False)
    world.meet_calmly()
    state = world.pcs[0].state(world.register)
    for pc in world.pcs:
        pc.at = max(other.at for other in world.pcs)
    world.ledger.unknown_numbers = state.unknown_count
    for part in state.unknown:
        for number in range(part.first, part.last + 1):
            if holds(state.open_doubles, number):
                continue  # a line stands there and waits for a person: nothing to void
            author = world.pcs[0].state(world.official)
            drafts = settle_void(world.pcs[0].state(world.register), author, number, "BB 12")  # type: ignore[arg-type]
            world.pcs[0].act(drafts)
    world.meet_calmly()
    return _invariants(world)


def _invariants(world: World) -> list[str]:
    stores = [pc.store for pc in world.pcs]
    first, register = stores[0], world.register
    state = world.pcs[0].state(register)
    found = check.apart(stores) + check.hub_apart(world.hub, UNIT, first) + check.hub_broken(world.hub)
    found += check.lost_prints(world.ledger.papers.items(), first)
    found += check.unnoticed_doubles(first, register, state)
    beyond = numbers_beyond_a_recovery(first, state)
    found += [f"number {n} was given twice" for n in check.doubled(first, register) if n not in beyond]
    found += check.unaccounted(first, register, state) + check.unknown_kept(first, world.ledger.unknown)
    read = {EntryId.from_key(key) for (key,) in check.rows(first, "SELECT id FROM requests")}
    found += [f"the carried request {one} is not read" for one in _carried_held(world) - read]
    told = {fork.journal for fork in _forks_told(world)}
    found += [f"the second branch of {journal} was swallowed" for journal in {*world.ledger.cloned} - told]
    words = [pc.port().last_word() for pc in world.pcs]
    found += check.broken_promises(words, world.hub)
    found += check.lying_vectors([(pc.port(), pc.store) for pc in world.pcs])
    found += check.foreign_hands(stores, {pc.journal: pc.store for pc in world.pcs})
    for pc in world.pcs:
        found += check.broken(pc.store) + check.stale(pc.store) + check.backlog(pc.port())
        found += check.false_acknowledgement(pc.port(), pc.store)
    return found + dossier_verdict.faults(world)


def numbers_beyond_a_recovery(store: Store, state: RegisterState) -> set[int]:
    """Open doubles that a lost PC wrote under the term it still held, past the range a recovery left for it.

    ``sync.md`` 8.5: it came back with an old pen and met nobody who knew. Both lines stay, a person rules.
    """
    return {
        number
        for double in state.doubles
        for recovery in state.recoveries
        if recovery.lost == double.lot.journal and recovery.term > _term(store, double.lot)
        for span in double.open
        for number in range(max(span.first, recovery.last + 1), span.last + 1)
    }


def _term(store: Store, lot: EntryId) -> int:
    ((body,),) = check.rows(store, f"SELECT body FROM entries WHERE key = {lot.key}")
    return decode_body(LotNumbered, body).term


def _carried_held(world: World) -> set[EntryId]:
    """Carried requests whose envelope outlived the hub's disks."""
    kinds = f"kind = {int(SystemKind.CARRIED)}"
    subjects = f"SELECT subject FROM entry_subjects WHERE key IN (SELECT key FROM entries WHERE {kinds})"
    held = {EntryId.from_key(key) for (key,) in check.rows(world.pcs[0].store, subjects)}
    return held & set(world.ledger.carried)


def _forks_told(world: World) -> list[ForkFound]:
    sql = f"SELECT body FROM entries WHERE kind = {int(SystemKind.FORK_FOUND)}"
    return [decode_body(ForkFound, body) for (body,) in check.rows(world.pcs[0].store, sql)]
