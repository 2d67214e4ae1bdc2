"""The invariants of the exchange (``sync.md`` 8, numbered as there) as checks on real stores.

Each check returns what is wrong in words, an empty list when all is well, so that a scenario, a simulator and
a kill test can share it and say what they saw. Invariant 10 (a record waits for at most one part of a scan)
has no check: nothing carries scans yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from counter_app.domain.folding.doubles import find_doubles
from counter_app.domain.folding.registry import read_fact
from counter_app.domain.registers.spans import Spans
from counter_app.domain.registers.state import RegisterState
from counter_app.storage.journals.exchange_store import ExchangeStore
from counter_app.storage.journals.journal import stored_entry
from counter_app.storage.keeping.integrity import check_chains
from counter_app.storage.readings.upkeep import compare_with_rebuilt, digests
from counter_app.storage.store import Store
from sync.hub.hub import Hub
from sync.hub.tables import schema
from sync.hub.verify import problems
from sync.protocol.carrying.vector import SignedVector
from sync.protocol.naming.ids import EntryId

Contents = dict[tuple[int, int], tuple[bytes, bytes | None, bytes]]
"""``{(journal, seq): (facts, body, seal)}``; seals lie outside the chain, so no head tells of them."""
VALID = ("numbered", "signed")


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Rows of one question to a store."""
    with store.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def contents(store: Store) -> Contents:
    """Every entry held, as bytes."""
    held = rows(store, "SELECT journal, seq, facts, body, seal FROM entries")
    return {(journal, seq): (facts, body, seal) for journal, seq, facts, body, seal in held}


def hub_contents(hub: Hub) -> Contents:
    """Every entry the hub holds, as bytes."""
    table = schema.entries
    with hub.database.read() as connection:
        found = connection.execute(table.select())
        return {(row.journal, row.seq): (bytes(row.facts), row.body, bytes(row.seal)) for row in found}


# 1. Convergence: equal entries and equal readings for all holders of a unit's journals.


def apart(stores: Sequence[Store]) -> list[str]:
    """Invariant 1: stores that hold other entries, or read the same ones differently."""
    first, *others = stores
    ours, read = contents(first), _digests(first)
    found = []
    for place, other in enumerate(others, 1):
        theirs = contents(other)
        found += [f"store {place} differs at {at}" for at in sorted(ours.keys() ^ theirs.keys())[:3]]
        found += [
            f"store {place} has other bytes at {at}" for at in ours.keys() & theirs if ours[at] != theirs[at]
        ]
        found += [
            f"store {place} reads other {name}" for name, d in _digests(other).items() if read[name] != d
        ]
    return found


def _digests(store: Store) -> dict[str, str]:
    with store.read() as connection:
        return digests(connection)


def hub_apart(hub: Hub, unit: str, store: Store) -> list[str]:
    """Invariant 1 between hub and counter: entries, and the lines of every register."""
    held, ours = hub_contents(hub), contents(store)
    # ``common`` and other units' journals are not this counter's to hold
    known = {journal.journal for journal in hub.journals_held(unit)}
    wanted = {at: kept for at, kept in held.items() if at[0] in known}
    found = [f"only one of hub and counter holds {at}" for at in sorted(ours.keys() ^ wanted.keys())[:3]]
    found += [f"hub and counter differ at {at}" for at in ours.keys() & wanted if ours[at] != wanted[at]]
    with hub.database.read() as connection:
        theirs = {
            row.subject: (row.number, row.state) for row in connection.execute(schema.line_rows.select())
        }
    mine = {key: (number, state) for key, number, state in rows(store, "SELECT id, number, state FROM lines")}
    found += [f"the hub reads line {key} otherwise" for key in mine if theirs.get(key) != mine[key]]
    return found


# 2. What was printed survives the PC, what is "at the province" survives the hub.


def lost_prints(printed: Iterable[tuple[EntryId, int]], store: Store) -> list[str]:
    """Invariant 2: ``(line, number)`` that stands on paper and not in the store."""
    held = {EntryId.from_key(key): number for key, number in rows(store, "SELECT id, number FROM lines")}
    return [f"number {number} is on paper, its line {line} is lost" for line, number in printed
            if held.get(line) != number]  # fmt: skip


def broken_promises(words: Iterable[SignedVector | None], hub: Hub, lives: int = 0) -> list[str]:
    """Invariant 2: entries shown as received by the hub's present life that it does not hold."""
    held = {(at[0], at[1]) for at in hub_contents(hub)}
    life = lives or hub.life
    return [
        f"the hub said it holds {journal} to {seq}"
        for word in words
        if word is not None and word.life == life
        for journal, seq in word.received.positions.items()
        if (journal, seq) not in held
    ]


# 4. No holes, everything verifies.


def broken(store: Store) -> list[str]:
    """Invariant 4: holes, chains and signatures that do not verify."""
    with store.read() as connection:
        found = [f"{one.code} {one.where}" for one in check_chains(connection)]
    holes = rows(store, "SELECT journal FROM entries GROUP BY journal HAVING count(*) <> max(seq)")
    return found + [f"a hole in journal {journal}" for (journal,) in holes]


def hub_broken(hub: Hub) -> list[str]:
    """Invariant 4 at the hub."""
    with hub.database.read() as connection:
        return problems(connection, {hub.keys.signing.key_id: hub.public_key})


# 5. Numbers.


def doubled(store: Store, register: EntryId) -> list[int]:
    """Invariant 5: numbers of a register-year that two valid lines bear."""
    marks = ", ".join(f"'{state}'" for state in VALID)
    sql = f"SELECT number, id FROM lines WHERE register = {register.key} AND state IN ({marks})"
    return [d.number for d in find_doubles((n, EntryId.from_key(key)) for n, key in rows(store, sql))]


def unnoticed_doubles(store: Store, register: EntryId, state: RegisterState) -> list[str]:
    """Invariant 5: doubles that the register's state does not hold open: a closing would not stop at them."""
    told = _members(state.open_doubles)
    return [f"number {n} is doubled and nobody is told" for n in doubled(store, register) if n not in told]


def unaccounted(store: Store, register: EntryId, state: RegisterState) -> list[str]:
    """Invariant 5: numbers below the next one that are no line, unknown, void, rebuilt nor on paper."""
    lines = {n for (n,) in rows(store, f"SELECT number FROM lines WHERE register = {register.key}")}
    told = _members(state.unknown) | _members(state.to_enter_from_paper)
    for recovery in state.recoveries:
        told |= _members(recovery.voided) | _members(recovery.rebuilt)
    everything = set(range(state.first_number, state.next_number))
    found = [f"number {n} is nowhere" for n in sorted(everything - lines - told)]
    if state.missing_lines:
        found.append(f"{state.missing_lines} lines are missing")
    return found


def _members(spans: Spans) -> set[int]:
    return {n for part in spans for n in range(part.first, part.last + 1)}


# 6. Nobody changes what another owns.


def foreign_hands(stores: Sequence[Store], authors: Mapping[int, Store]) -> list[str]:
    """Invariant 6: entries that differ from what their own author's store holds."""
    own = {journal: contents(store) for journal, store in authors.items()}
    return [
        f"another changed {at}"
        for store in stores
        for at, kept in contents(store).items()
        if at[0] in own and own[at[0]].get(at, kept) != kept
    ]


# 7. Liveness.


def backlog(port: ExchangeStore) -> list[str]:
    """Invariant 7: what is not at the province although the line worked."""
    word, mine = port.last_word(), port.vector()
    if word is None:
        return ["the hub never answered"]
    return [f"journal {j} waits at {word.received.positions.get(j, 0)} of {s}"
            for j, s in mine.positions.items() if not word.received.covers(j, s)]  # fmt: skip


# 8. What is not understood is kept, and nothing is done on it.


def unknown_kept(store: Store, written: Mapping[EntryId, bytes]) -> list[str]:
    """Invariant 8: entries newer than this program that changed or vanished."""
    held = contents(store)
    return [f"{at} was lost or changed" for at, body in written.items()
            if at not in held or held[at][1] != body]  # fmt: skip


def newer(store: Store) -> set[EntryId]:
    """Entries held that this program does not read."""
    with store.read() as connection:
        found = connection.exec_driver_sql("SELECT key, facts, body, digest, seal FROM entries").all()
    facts = [read_fact(stored_entry(row)) for row in found]
    return {fact.id for fact in facts if fact.is_newer and fact.facts.kind >= 100}


# 9. What the screen says equals the state.


def stale(store: Store) -> list[str]:
    """Invariant 9: readings that a rebuild from the entries would change."""
    with store.engine.connect() as plain:
        connection = plain.execution_options(tx="write")
        transaction = connection.begin()
        try:
            return [f"{name} is not what the entries say" for name in compare_with_rebuilt(connection)]
        finally:
            transaction.rollback()


def false_acknowledgement(port: ExchangeStore, store: Store) -> list[str]:
    """Invariant 9: the positions the screens call "at the province" are those of the hub's signed word."""
    word = port.last_word()
    wanted = {} if word is None else dict(word.received.positions)
    shown = dict(rows(store, "SELECT journal, received FROM hub_words"))
    return [] if shown == wanted else [f"shown {shown}, said {wanted}"]


# 11. Equality proof.


def lying_vectors(ports: Sequence[tuple[ExchangeStore, Store]]) -> list[str]:
    """Invariant 11: vectors equal exactly when the covered contents are."""
    told = [(port.vector(), _covered(port, store)) for port, store in ports]
    return [
        "equal vectors, other contents" if one == two else "equal contents, other vectors"
        for (one, held), (two, other) in combinations(told, 2)
        if (one == two) != (held == other)
    ]


def _covered(port: ExchangeStore, store: Store) -> Contents:
    reach = port.vector().positions
    return {at: kept for at, kept in contents(store).items() if at[1] <= reach.get(at[0], 0)}
