"""Entries that are held and not read, and the honest acts that name them."""

from __future__ import annotations

from counter_app.domain.folding.fact import apart_from
from counter_app.domain.folding.registry import fold_subject
from sync.protocol.naming.ids import EntryId
from tests.unit.domain.folding.writing import Counter
from tests.unit.domain.registers.counters import number_lot, opened


def test_an_act_does_not_wait_for_a_parent_that_is_held_and_not_read() -> None:
    """A stolen PC's entry was named before the revocation came; the honest act after it still counts."""
    thief, honest = Counter(1), Counter(2)
    register = opened(honest)
    thief.exchange(honest)
    stolen = number_lot_unseen(thief, register)
    honest.exchange(thief)
    number_lot_unseen(honest, register)
    facts = [fact for fact in honest.facts.values() if fact.id not in stolen]
    assert fold_subject(register, facts).waiting
    assert not fold_subject(register, apart_from(facts, stolen)).waiting
    assert apart_from(facts, frozenset()) == facts


def number_lot_unseen(counter: Counter, register: EntryId) -> frozenset[EntryId]:
    """A lot written without asking who holds the pen; the ids of its entries."""
    before = set(counter.facts)
    number_lot(counter, register, 1, first=counter.state(register).next_number, term=1)
    return frozenset(counter.facts.keys() - before)
