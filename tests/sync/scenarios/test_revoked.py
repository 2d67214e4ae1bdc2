"""Scenario 8: a stolen PC is revoked and goes on writing."""

from __future__ import annotations

import pytest

from counter_app.domain.errors import DomainError
from tests.support.counter import UNIT, give
from tests.support.invariants import apart, doubled, rows, stale, unaccounted
from tests.sync.scenarios.office import Office, names, numbers


def test_what_a_revoked_pc_wrote_later_is_kept_and_passed_on_and_not_read(office: Office) -> None:
    one, two, three = office.pc(1), office.pc(2), office.pc(3)
    office.settle()
    before = office.day(one, 2)
    office.settle()
    office.hub.revoke(one.work.journal, reason="mất máy")
    office.settle(two, three)
    stolen = office.day(one, 2)
    give(one, two)  # somebody plugs a stick from the stolen PC into counter 2
    assert rows(two.store, "SELECT DISTINCT reason FROM set_aside") == [("revoked",)]
    assert [n for n, _ in numbers(two)] == [before.first, before.last]
    office.settle(two, three)
    # The hub and the third counter hold these entries as well: stored, relayed, in no reading.
    assert office.faults(two, three) == []
    assert names(three) == names(two)
    assert office.hub.trouble(UNIT).revoked > 0
    # The pen is recovered; the numbers of the thief's papers are unknown, never silently valid.
    office.recover(two, on_paper=stolen.last)
    office.settle(two, three)
    after = office.day(two, 1)
    office.settle(two, three)
    state = office.register(three)
    assert after.first > stolen.last
    unknown = {n for gap in state.unknown for n in range(gap.first, gap.last + 1)}
    assert set(range(stolen.first, stolen.last + 1)) <= unknown
    assert (doubled(three.store, state.id), unaccounted(three.store, state.id, state)) == ([], [])
    assert office.faults(two, three) == []


def test_a_revocation_that_comes_late_takes_the_entries_out_of_every_reading(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    held = office.hub.word(UNIT).received.positions[two.work.journal]
    request = office.take_in(two)
    office.settle()
    assert request in [one.state(request).id]
    office.hub.revoke(two.work.journal, held, reason="mất máy")
    office.settle(one)
    assert rows(one.store, f"SELECT count(*) FROM requests WHERE id = {request.key}") == [(0,)]
    assert stale(one.store) == []


def test_a_revoked_pc_that_hears_of_it_still_tells_what_it_did_and_learns_nothing_new(office: Office) -> None:
    one, two = office.pc(1), office.pc(2)
    office.settle()
    office.hub.revoke(two.work.journal, reason="mất máy")
    office.take_in(one)
    office.settle(one)
    secret = names(one)
    office.meet(two)
    assert names(two) != secret
    assert apart([one.store]) == []
    with pytest.raises(DomainError) as refused:
        office.day(two, 1)
    assert refused.value.code == "pen.elsewhere"
