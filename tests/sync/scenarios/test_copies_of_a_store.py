"""Scenarios 1-3: a clone that runs beside its original, a cold copy started later, a restore offline."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from counter_app.storage.keeping.backup import back_up
from counter_app.storage.keeping.restore import restore
from counter_app.storage.store_errors import StoreError
from sync.protocol.journals.system_kinds import SystemKind
from sync.protocol.naming.grants import OpenReason
from sync.protocol.naming.ids import EntryId
from tests.support.counter import UNIT
from tests.support.invariants import doubled, rows, unnoticed_doubles
from tests.sync.scenarios.office import Office, device_life, names, numbers

FIRST = 1776


def test_clone_two_running_copies_are_found_at_the_first_contact_and_nothing_is_lost(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    twin = office.running_from(one, office.files(one, "ban-sao"))
    office.day(one, 2)
    office.meet(one)
    office.day(twin, 1)
    office.meet(twin)
    assert office.hub.trouble(UNIT).stray > 0
    office.settle(two)
    told = rows(two.store, f"SELECT count(*) FROM entries WHERE kind = {int(SystemKind.FORK_FOUND)}")
    assert told == [(1,)]
    # The branch held first is what everybody reads; the other one is whole at the hub, out of every reading.
    assert numbers(two) == numbers(one) == [(FIRST, "numbered"), (FIRST + 1, "numbered")]
    twin.close()


def test_clone_the_twin_that_learns_of_its_original_writes_no_more(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    twin = office.running_from(one, office.files(one, "ban-sao"))
    office.take_in(one)
    office.take_in(twin)
    office.meet(one)
    office.meet(twin)
    with pytest.raises((StoreError, DomainError)) as refused:
        office.take_in(twin)
    assert refused.value.code == "store.stopped"
    office.settle(two)
    assert names(two) == names(one)
    twin.close()


def test_cold_copy_started_later_learns_that_its_original_went_on(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    cold = office.files(one, "o-cung-cu")
    office.day(one, 2)
    office.settle()
    old = office.running_from(one, cold)
    assert office.register(old).next_number == FIRST
    office.meet(old)
    with pytest.raises(StoreError) as stopped:
        _ = old.store.author
    assert stopped.value.code == "store.stopped"
    assert doubled(two.store, one.register) == []
    assert office.faults(one, two) == []
    old.close()


def test_cold_copy_may_not_number_before_the_paper_was_looked_at(office: Office) -> None:
    """Offline, nobody tells it: the paper witness does. The signatory's last number is not the store's."""
    one = office.pc(1)
    cold = office.files(one, "o-cung-cu")
    office.day(one, 3)
    old = office.running_from(one, cold)
    asked = office.take_in(old)
    old.sign_in("thang")
    with pytest.raises(DomainError) as refused:
        old.areas.signing.number((asked,), "246810")
    assert refused.value.code == "pen.witness"
    with pytest.raises(DomainError) as differs:
        old.areas.signing.confirm_witness(FIRST + 2, "246810")
    assert differs.value.code == "pen.witness_differs"
    assert numbers(old) == []
    old.close()


def test_restore_offline_opens_the_next_life_numbers_nothing_and_is_completed(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    made = back_up(one.store, office.folder / "b", one.clock.now())
    done = office.day(one, 2)
    office.settle()
    lost = names(one)
    one.close()
    store = restore(made.path, one.store_key, one.store.path, one.clock.now())
    again = office.next_life(one, store, OpenReason.RESTORED, one.author.key)
    office.running[0] = again
    assert again.work.journal == device_life(one, 2)
    mine = office.take_in(again)
    # The pen stayed with the former life: offline the restored PC takes in, and numbers nothing.
    with pytest.raises(DomainError) as refused:
        office.number(again, [mine])
    assert refused.value.code == "pen.elsewhere"
    office.settle()
    assert set(lost) < set(names(again)), "what was done after the backup came back"
    assert [n for n, _ in numbers(again)] == [done.first, done.last]
    assert office.faults() == []
    # The pen is recovered from the former life; nothing is given twice.
    office.recover(again, on_paper=done.last)
    office.number(again, [mine])
    office.settle()
    state = office.register(two)
    assert doubled(two.store, EntryId(*state.id)) == [] == unnoticed_doubles(two.store, state.id, state)
    assert office.faults() == []
