"""Every lot names an act of delegation: that is kept folded, whatever order and clock the lots have."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.drafting import draft
from counter_app.domain.folding.aggregate import Folded
from counter_app.domain.organisation.entries import DelegationEnded
from counter_app.domain.registers.decisions import pass_pen_into_file
from counter_app.storage.statements import ask
from sync.protocol.naming.ids import EntryId
from tests.unit.storage.test_exchange_store import give
from tests.unit.storage.test_readings import rebuilt_differs
from tests.unit.storage.test_unread_parents import own_journal
from tests.unit.storage.world import Counter


def folded(counter: Counter, subject: EntryId) -> Folded:
    with counter.store.read() as connection:
        return counter.store.readings.state(connection, subject)


def two_lots(counters: Callable[..., Counter]) -> tuple[Counter, EntryId, Counter, EntryId, Counter]:
    """The first PC numbers and passes the pen, the second numbers; the third holds what was before."""
    first, second, third = counters(1), counters(2), counters(3)
    register, delegation = first.register(), first.delegation()
    for taker in (second, third):
        give(first, taker)
    first.number(register, delegation, [first.request()])
    first.act(pass_pen_into_file(folded(first, register).state, first.journal, second.journal))
    give(first, second)
    (lot, *_) = second.number(register, delegation, [second.request()]).entries
    return first, delegation, second, lot.id, third


def test_a_lot_that_came_after_the_one_that_follows_it_reads_the_same(
    counters: Callable[..., Counter],
) -> None:
    first, delegation, second, lot, third = two_lots(counters)
    own_journal(second, third)
    give(first, third)
    assert lot in folded(third, delegation).heads
    assert folded(third, delegation).heads == folded(second, delegation).heads
    assert rebuilt_differs(third.store) == ()


def test_a_clock_in_2099_changes_nothing_of_what_is_kept(counters: Callable[..., Counter]) -> None:
    first, second = counters(1), counters(2)
    register, delegation = first.register(), first.delegation()
    give(first, second)
    first.at += 70 * 365 * 86_400_000
    first.number(register, delegation, [first.request()])
    first.act(pass_pen_into_file(folded(first, register).state, first.journal, second.journal))
    give(first, second)
    second.number(register, delegation, [second.request()])
    give(second, first)
    assert rebuilt_differs(first.store) == rebuilt_differs(second.store) == ()


def test_an_end_of_the_delegation_is_kept_in_the_state(counter: Counter) -> None:
    delegation = counter.delegation()
    counter.act([draft(DelegationEnded(20261130, "tập huấn"), delegation)])
    with counter.store.read() as connection:
        kept = ask(connection, "SELECT count(*) FROM snapshots WHERE subject = ?", (delegation.key,))
    assert kept == [(1,)]
    assert folded(counter, delegation).state.ended_on == 20261130
    assert rebuilt_differs(counter.store) == ()
